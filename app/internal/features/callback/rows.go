package callback

import (
	"context"
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// States of a call-back.
const (
	Open      = "open"
	Reached   = "reached"
	Unreached = "unreached" // not at MostTries tries
)

// Callback is one rating whose rater is called back.
type Callback struct {
	ID    uint64
	Draw  uint64
	State string
	DueAt time.Time
	Own   bool // once reached: the rating was theirs
	Now   int  // once reached: the level they give now; 0: it was not theirs
	Said  string
	Tries []Try
	Given int // the level when it was drawn
	rating.Rating
}

// Try is one time that somebody was called.
type Try struct {
	At      time.Time
	Account uint64
	Reached bool
	Note    string
}

// Agrees tells whether who was reached gave the rating and stands by it: by
// being satisfied or not, whatever the exact level.
func (c *Callback) Agrees() bool {
	return c.Own && (c.Now > rating.Content) == (c.Given > rating.Content)
}

// List lists call-backs, in the order drawn: a draw's, or with 0 all that
// are open.
func (s *Callbacks) List(ctx context.Context, drawID uint64) ([]Callback, error) {
	if drawID == 0 {
		return s.read(ctx, `WHERE b.state = 'open' ORDER BY b.id`)
	}
	return s.read(ctx, `WHERE b.draw = ? ORDER BY b.id`, int64(drawID))
}

// One reads a call-back.
func (s *Callbacks) One(ctx context.Context, id uint64) (Callback, error) {
	all, err := s.read(ctx, `WHERE b.id = ?`, int64(id))
	if err == nil && len(all) == 0 {
		err = errNoCallback
	}
	if err != nil {
		return Callback{}, err
	}
	return all[0], nil
}

var errNoCallback = fault.New(fault.NotFound, "unknown_callback", "没有这项回访。请刷新列表。", "There is no such call-back. Reload the list.", nil)

func (s *Callbacks) read(ctx context.Context, where string, args ...any) ([]Callback, error) {
	tries, err := s.tries(ctx, where, args...)
	if err != nil {
		return nil, err
	}
	out := []Callback{}
	var ids []uint64 // of the ratings
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		c := Callback{}
		var due int64
		err := row.Scan(&c.ID, &c.Draw, &c.Rating.ID, &c.Given, &c.State, &c.Own, &c.Now, &c.Said, &due)
		c.DueAt, c.Tries = store.Time(due), tries[c.ID]
		out, ids = append(out, c), append(ids, c.Rating.ID)
		return err
	}, `SELECT b.id, b.draw, b.rating, b.level, b.state, b.own, b.now, b.said, cd.due_at FROM callbacks b CROSS JOIN callback_draws cd ON cd.draw = b.draw `+where, args...); err != nil {
		return nil, err
	}
	ratings, err := s.ratings.Of(ctx, ids)
	for i := range out {
		out[i].Rating = ratings[ids[i]]
	}
	return out, err
}

func (s *Callbacks) tries(ctx context.Context, where string, args ...any) (map[uint64][]Try, error) {
	out := map[uint64][]Try{}
	return out, store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var id uint64
		var t Try
		var at int64
		err := row.Scan(&id, &at, &t.Account, &t.Reached, &t.Note)
		t.At = store.Time(at)
		out[id] = append(out[id], t)
		return err
	}, `SELECT callback, at, account, reached, note FROM callback_tries WHERE callback IN (SELECT b.id FROM callbacks b `+where+`) ORDER BY callback, n`, args...)
}

// Draw is a draw with what came of it.
type Draw struct {
	ID          uint64
	At          time.Time
	First, Last string // days of the ratings drawn from
	DueAt       time.Time
	Candidates  int
	Drawn       int
	Open        int
	Reached     int
	Unreached   int
	Agreeing    int // of those reached: see Callback.Agrees
	NotTheirs   int // of those reached: they did not give the rating
}

// Draws lists the draws, newest first.
func (s *Callbacks) Draws(ctx context.Context) ([]Draw, error) {
	out := []Draw{}
	var ids []uint64
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var d Draw
		var due int64
		err := row.Scan(&d.ID, &d.First, &d.Last, &due, &d.Open, &d.Reached, &d.Unreached, &d.Agreeing, &d.NotTheirs)
		d.DueAt = store.Time(due)
		out, ids = append(out, d), append(ids, d.ID)
		return err
	}, `SELECT cd.draw, cd.first, cd.last, cd.due_at,
			sum(b.state = 'open'), sum(b.state = 'reached'), sum(b.state = 'unreached'),
			sum(b.state = 'reached' AND b.own = 1 AND (b.now > ?1) = (b.level > ?1)), sum(b.state = 'reached' AND b.own = 0)
		FROM callback_draws cd JOIN callbacks b ON b.draw = cd.draw GROUP BY cd.draw ORDER BY cd.draw DESC LIMIT 500`, rating.Content); err != nil {
		return nil, err
	}
	made, err := s.sampler().Of(ctx, ids)
	for i := range out {
		d := made[out[i].ID]
		out[i].At, out[i].Candidates, out[i].Drawn = d.At, d.Candidates, d.Drawn
	}
	return out, err
}
