package ratings

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
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
	Rating
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
func (c *Callback) Agrees() bool { return c.Own && (c.Now > content) == (c.Given > content) }

// Callbacks lists call-backs, in the order drawn: a draw's, or with 0 all that
// are open.
func (s *Ratings) Callbacks(ctx context.Context, drawID uint64) ([]Callback, error) {
	if drawID == 0 {
		return s.callbacks(ctx, `WHERE b.state = 'open' ORDER BY b.id`)
	}
	return s.callbacks(ctx, `WHERE b.draw = ? ORDER BY b.id`, int64(drawID))
}

// Callback reads a call-back.
func (s *Ratings) Callback(ctx context.Context, id uint64) (Callback, error) {
	all, err := s.callbacks(ctx, `WHERE b.id = ?`, int64(id))
	if err == nil && len(all) == 0 {
		err = errNoCallback
	}
	if err != nil {
		return Callback{}, err
	}
	return all[0], nil
}

var errNoCallback = fault.New(fault.NotFound, "unknown_callback", "没有这项回访。请刷新列表。", "There is no such call-back. Reload the list.", nil)

func (s *Ratings) callbacks(ctx context.Context, where string, args ...any) ([]Callback, error) {
	tries, err := s.tries(ctx, where, args...)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT b.id, b.draw, b.level, b.state, b.own, b.now, b.said, cd.due_at, `+ratingColumns+`
		FROM callbacks b CROSS JOIN callback_draws cd ON cd.draw = b.draw CROSS JOIN ratings r ON r.id = b.rating `+ratingJoins+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Callback{}
	for rows.Next() {
		c := Callback{Tries: []Try{}}
		var due int64
		if c.Rating, err = scanAfter(rows, &c.ID, &c.Draw, &c.Given, &c.State, &c.Own, &c.Now, &c.Said, &due); err != nil {
			return nil, err
		}
		c.DueAt, c.Tries = when(due), append(c.Tries, tries[c.ID]...)
		out = append(out, c)
	}
	return out, rows.Err()
}

func (s *Ratings) tries(ctx context.Context, where string, args ...any) (map[uint64][]Try, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT callback, at, account, reached, note FROM callback_tries WHERE callback IN (SELECT b.id FROM callbacks b `+where+`) ORDER BY callback, n`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[uint64][]Try{}
	for rows.Next() {
		var id uint64
		var t Try
		var at int64
		if err := rows.Scan(&id, &at, &t.Account, &t.Reached, &t.Note); err != nil {
			return nil, err
		}
		t.At = when(at)
		out[id] = append(out[id], t)
	}
	return out, rows.Err()
}

// CallbackDraw is a draw with what came of it.
type CallbackDraw struct {
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

// CallbackDraws lists the draws, newest first.
func (s *Ratings) CallbackDraws(ctx context.Context) ([]CallbackDraw, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT d.id, d.at, cd.first, cd.last, cd.due_at, d.candidates, d.drawn,
			sum(b.state = 'open'), sum(b.state = 'reached'), sum(b.state = 'unreached'),
			sum(b.state = 'reached' AND b.own = 1 AND (b.now > ?1) = (b.level > ?1)), sum(b.state = 'reached' AND b.own = 0)
		FROM callback_draws cd JOIN draws d ON d.id = cd.draw JOIN callbacks b ON b.draw = d.id GROUP BY d.id ORDER BY d.id DESC LIMIT 500`, content)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []CallbackDraw{}
	for rows.Next() {
		var d CallbackDraw
		var at, due int64
		if err := rows.Scan(&d.ID, &at, &d.First, &d.Last, &due, &d.Candidates, &d.Drawn, &d.Open, &d.Reached, &d.Unreached, &d.Agreeing, &d.NotTheirs); err != nil {
			return nil, err
		}
		d.At, d.DueAt = when(at), when(due)
		out = append(out, d)
	}
	return out, rows.Err()
}
