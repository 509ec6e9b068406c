package workflow

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Step is one thing that was done.
type Step struct {
	Action string
	By     uint64 // account
	At     time.Time
	From   time.Time // when a deadline that it starts begins; zero: At
	Fields map[string]string
	Files  []File // that came with it
}

// File is a file that came with a step: the steps know it by its hash, and it is kept
// elsewhere.
type File struct {
	SHA256 string `json:"sha256"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Bytes  int    `json:"bytes"`
}

// Actor is who wants to do something.
type Actor struct {
	Account uint64
	Roles   []string
}

func (w Actor) is(roles []string) bool {
	return slices.ContainsFunc(w.Roles, func(r string) bool { return slices.Contains(roles, r) })
}

// Instance is one thing on its way through a definition.
type Instance struct {
	State string
	Since time.Time // when it came into the state
	Limit Limit     // of no meaning once it is done
	Steps []Step    // as many as its version
	Done  bool      // in a final state
}

// Limit is a deadline: working days after the day of From. The day itself is
// not counted (Civil Code art. 201). It is reckoned when it is asked for, so
// that a holiday list announced later moves it.
type Limit struct {
	From time.Time
	Days int
	On   string // the role that must act
}

// Due is the close of business on the deadline's last day.
func (l Limit) Due(cal *workday.Calendar) time.Time {
	return cal.CloseOf(cal.AddWorkingDays(cal.DateOf(l.From), l.Days))
}

// Overdue tells whether the deadline has passed. The second in which business
// closes is in time.
func (in *Instance) Overdue(cal *workday.Calendar, now time.Time) bool {
	return !in.Done && now.Truncate(time.Second).After(in.Limit.Due(cal))
}

// Overdue tells whether the first deadline of what began then would be over.
func (d *Definition) Overdue(begun time.Time, cal *workday.Calendar, now time.Time) bool {
	in := d.Begin(begun)
	return in.Overdue(cal, now)
}

// Late tells of each recorded step whether it was taken after the deadline that
// it was under, by those whom the deadline was on or in their place.
func (d *Definition) Late(begun time.Time, steps []Step, cal *workday.Calendar) []bool {
	out := make([]bool, len(steps))
	for i, s := range steps {
		before, _ := d.Fold(begun, steps[:i]) // what was folded once folds again
		a, _ := d.Action(s.Action)
		owed := a.For == before.Limit.On || slices.Contains(a.By, before.Limit.On)
		out[i] = owed && before.Overdue(cal, s.At)
	}
	return out
}

// Last is the latest step with one of the actions.
func (in *Instance) Last(actions ...string) (Step, bool) {
	for _, s := range slices.Backward(in.Steps) {
		if slices.Contains(actions, s.Action) {
			return s, true
		}
	}
	return Step{}, false
}

// Begin is an instance without steps.
func (d *Definition) Begin(at time.Time) Instance {
	return Instance{State: d.Start, Since: at, Limit: Limit{at, d.Days, d.On}}
}

// Fold is where recorded steps lead. It follows them only: who might take them
// and what they had to bring was asked when they were taken. It fails on steps
// that do not follow from each other; the instance is then as far as they did.
func (d *Definition) Fold(begun time.Time, steps []Step) (Instance, error) {
	in := d.Begin(begun)
	for i, s := range steps {
		next, err := d.move(in, s)
		if err != nil {
			return in, fmt.Errorf("%s: step %d: %w", d.Name, i+1, err)
		}
		in = next
	}
	return in, nil
}

// Apply takes one more step, or refuses it with a *fault.Error that says why
// and what to do. version is how many steps the person had seen: where there
// are more, somebody was quicker, and the step is refused. The instance given
// stays as it was.
func (d *Definition) Apply(in Instance, version int, who Actor, s Step, cal *workday.Calendar) (Instance, error) {
	a, err := d.permit(&in, version, who, s, cal)
	if err != nil {
		return in, err
	}
	if s.Fields, err = a.read(s.Fields); err != nil {
		return in, err
	}
	s.By = who.Account
	out, err := d.move(in, s)
	if err != nil {
		return in, errBroken(err)
	}
	if a.Clock == Extends && out.Overdue(cal, s.At) {
		return in, errStillPast(out.Limit.Due(cal), cal)
	}
	return out, nil
}

// Allowed lists what somebody may do now, in the definition's order.
func (d *Definition) Allowed(in Instance, who Actor, now time.Time, cal *workday.Calendar) []Action {
	var out []Action
	for _, a := range d.Actions {
		if _, err := d.permit(&in, len(in.Steps), who, Step{Action: a.Name, At: now}, cal); err == nil {
			out = append(out, a)
		}
	}
	return out
}

// move does what a step does, and asks only what it cannot do without.
func (d *Definition) move(in Instance, s Step) (Instance, error) {
	a, known := d.Action(s.Action)
	to, exists := d.State(a.To)
	if !known || !exists || !slices.Contains(a.From, in.State) {
		return in, fmt.Errorf("%q does not lead on from %q", s.Action, in.State)
	}
	switch a.Clock {
	case Starts:
		in.Limit = Limit{s.At, a.Days, a.On}
		if !s.From.IsZero() {
			in.Limit.From = s.From
		}
	case Extends:
		n, err := strconv.Atoi(s.Fields[DaysField])
		if err != nil {
			return in, fmt.Errorf("%q extends by %q days", s.Action, s.Fields[DaysField])
		}
		in.Limit.Days += n
	}
	in.Steps = append(slices.Clip(in.Steps), s) // two who go on from here must not share what they append
	if to.Name != in.State {                    // what leads back to where it is leaves it there since it came
		in.Since = s.At
	}
	in.State, in.Done = to.Name, to.Final
	return in, nil
}
