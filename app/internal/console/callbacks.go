package console

import (
	"context"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Callbacks lists ratings to be called back.
func (s *Ratings) Callbacks(ctx context.Context, draw uint64) ([]httpapi.Callback, error) {
	all, err := s.r.Callbacks(ctx, draw)
	if err != nil {
		return nil, err
	}
	names, err := s.c.People().names(ctx)
	out := make([]httpapi.Callback, len(all))
	for i := range all {
		out[i] = s.callback(&all[i], names)
	}
	return out, err
}

func (s *Ratings) callback(c *ratings.Callback, names map[uint64]string) httpapi.Callback {
	out := httpapi.Callback{ID: c.ID, Draw: c.Draw, Rating: ratingRow(&c.Rating), Given: levelWord(c.Given), State: c.State, DueAt: c.DueAt,
		Overdue: c.State == ratings.Open && s.c.Now().After(c.DueAt), Own: c.Own, Now: levelWord(c.Now), Agrees: c.State == ratings.Reached && c.Agrees(), Said: c.Said}
	for _, t := range c.Tries {
		out.Tries = append(out.Tries, httpapi.CallbackTry{At: t.At, By: names[t.Account], Reached: t.Reached, Note: t.Note})
	}
	return out
}

// CallbackDraws lists the draws with what came of them.
func (s *Ratings) CallbackDraws(ctx context.Context) ([]httpapi.CallbackDraw, error) {
	all, err := s.r.CallbackDraws(ctx)
	out := make([]httpapi.CallbackDraw, len(all))
	for i, d := range all {
		out[i] = httpapi.CallbackDraw{ID: d.ID, At: d.At, First: d.First, Last: d.Last, DueAt: d.DueAt, Candidates: d.Candidates, Drawn: d.Drawn, Open: d.Open,
			Reached: d.Reached, Unreached: d.Unreached, Agreeing: d.Agreeing, Differing: d.Reached - d.Agreeing, NotTheirs: d.NotTheirs}
	}
	return out, err
}

// DrawCallbacks draws ratings to call back.
func (s *Ratings) DrawCallbacks(ctx context.Context, q httpapi.CallbackRequest) (*httpapi.CallbackDraw, error) {
	first, err := workday.ParseDate(q.From)
	if err != nil {
		return nil, err
	}
	last, err := workday.ParseDate(q.To)
	if err != nil {
		return nil, err
	}
	made, err := s.r.DrawCallbacks(ctx, access.From(ctx), ratings.DrawRequest{First: first, Last: last, Percent: q.Percent, AtLeast: q.AtLeast})
	if err != nil {
		return nil, err
	}
	all, err := s.CallbackDraws(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == made.ID {
			return &all[i], nil
		}
	}
	return nil, fmt.Errorf("console: the draw %d is not there", made.ID)
}

var errCalled = fault.New(fault.Conflict, "callback_done", "这项回访已经办完，不能再查看号码。", "This call-back is done; the number is not told any more.", nil)

// Number journals that somebody sees whom to call, and then tells. The reason is
// the draw.
func (s *Ratings) Number(ctx context.Context, id uint64) (*httpapi.Rater, error) {
	c, err := s.r.Callback(ctx, id)
	if err != nil {
		return nil, err
	}
	if c.State != ratings.Open {
		return nil, errCalled
	}
	return s.open(ctx, &c.Rating, map[string]any{"rating": c.Rating.ID, "callback": id, "reason": fmt.Sprintf("抽取回访 #%d", c.Draw)})
}

// Record records a call and answers how the call-back stands.
func (s *Ratings) Record(ctx context.Context, id uint64, q httpapi.CallRequest) (*httpapi.Callback, error) {
	if err := s.r.Record(ctx, access.From(ctx), id, ratings.Call{Tries: q.Tries, Reached: q.Reached, Own: q.Own, Now: ratings.LevelOf(q.Now), Said: q.Said}); err != nil {
		return nil, err
	}
	c, err := s.r.Callback(ctx, id)
	if err != nil {
		return nil, err
	}
	names, err := s.c.People().names(ctx)
	out := s.callback(&c, names)
	return &out, err
}
