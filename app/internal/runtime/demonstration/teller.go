package demonstration

import (
	"context"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// teller does one stage.
type teller struct {
	*Office
	ctx    context.Context
	stage  int
	moment time.Time
	acts   int   // of the stage
	err    error // that ends the story
}

// between is how long one act comes after another.
const between = 2 * time.Minute

// next is the number of the next act, which comes a little later than the one
// before. It is the same when a stage is told again.
func (t *teller) next() string {
	t.acts++
	t.moment = t.moment.Add(between)
	t.At(t.moment)
	return fmt.Sprintf("story-%02d-%03d", t.stage, t.acts)
}

// done notes how an act went, and tells whether it was taken.
func (t *teller) done(err error) bool {
	if err == nil || t.err != nil {
		return t.err == nil
	}
	if f, ok := fault.As(err); ok && f.Kind != fault.Unavailable {
		t.Log.DebugContext(t.ctx, "what the demonstration's people did was refused", "stage", t.stage, "act", t.acts, "error", err)
		return false
	}
	t.err = err
	return false
}

// day is the day so many working days from the demonstration's first day; before it
// where n is negative.
func (t *teller) day(n int) workday.Date { return t.Calendar.AddWorkingDays(t.Day, n) }

func (t *teller) today() workday.Date { return t.Calendar.DateOf(t.moment) }

// read has the city's departments send what they have, follows up the bad ratings
// among it, and signs the day's checkpoint.
func (t *teller) read() {
	if t.done(t.Read(t.ctx)) {
		t.sign()
	}
	if t.err == nil {
		t.done(t.Ratings.Follow(t.ctx))
	}
}

// sign signs the day's checkpoint, from which its draws follow.
func (t *teller) sign() { t.done(t.Sign(t.ctx)) }

// as is somebody by login, in a context of theirs.
func (t *teller) as(login string) (context.Context, access.Principal) {
	if login == here {
		return access.With(t.ctx, access.Here), access.Here
	}
	a, err := t.People.ByLogin(t.ctx, login)
	t.done(err)
	who := a.Principal()
	return access.With(t.ctx, who), who
}

// id is somebody's account.
func (t *teller) id(login string) uint64 {
	_, who := t.as(login)
	return who.Account
}

// logins are whose accounts are which.
func (t *teller) logins() map[uint64]string {
	all, err := t.People.All(t.ctx)
	t.done(err)
	out := make(map[uint64]string, len(all))
	for i := range all {
		out[all[i].ID] = all[i].Login
	}
	return out
}
