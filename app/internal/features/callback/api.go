package callback

import (
	"context"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/features/account"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Feature is the calls back of who rated.
func (s *Callbacks) Feature() feature.Feature {
	return feature.Feature{Name: "callback", Acts: Acts, Tables: Tables, Operations: s.operations}
}

// operations: whom to call is the desk's to open, and the journal says so.
func (s *Callbacks) operations(h *api.API) {
	api.Get(h, "/callbacks", "callbacks", "Ratings to be called back", access.Office, func(ctx context.Context, in *struct {
		Draw uint64 `query:"draw" doc:"0: what is open of all draws"`
	}) ([]Row, error) {
		all, err := s.List(ctx, in.Draw)
		if err != nil {
			return nil, err
		}
		return s.rows(ctx, all)
	})
	api.Get(h, "/callbacks/draws", "callbackDraws", "Draws of ratings to call back, newest first, with what came of them", access.SeesCity,
		func(ctx context.Context, _ *api.None) ([]CallbackDraw, error) { return s.drawRows(ctx) })
	api.Post(h, "/callbacks/draws", "drawCallbacks", "Draw ratings to call back, of those with a telephone", access.Desk,
		func(ctx context.Context, in *struct{ Body CallbackRequest }) (*CallbackDraw, error) {
			return s.request(ctx, access.From(ctx), &in.Body)
		})
	api.Post(h, "/callbacks/{id}/number", "openCallback", "See who is to be called back; that one did is journaled", access.Desk,
		func(ctx context.Context, in *api.ByID) (rating.Rater, error) {
			return s.Number(ctx, access.From(ctx), in.ID)
		})
	api.Post(h, "/callbacks/{id}/calls", "recordCallback", "Record a call; it cannot be changed", access.Desk,
		func(ctx context.Context, in *struct {
			api.ByID
			Body CallRequest
		}) (*Row, error) {
			q := &in.Body
			if err := s.Record(ctx, access.From(ctx), in.ID, Call{Tries: q.Tries, Reached: q.Reached, Own: q.Own, Now: rating.LevelOf(q.Now), Said: q.Said}); err != nil {
				return nil, err
			}
			return s.row(ctx, in.ID)
		})
}

// rows are call-backs as they are told.
func (s *Callbacks) rows(ctx context.Context, all []Callback) ([]Row, error) {
	names, err := s.people.Names(ctx)
	out := make([]Row, len(all))
	for i := range all {
		c := &all[i]
		out[i] = Row{ID: c.ID, Draw: c.Draw, Rating: c.Rating.Row(), Given: rating.LevelWord(c.Given), State: c.State, DueAt: c.DueAt,
			Overdue: c.State == Open && s.office.Now().After(c.DueAt), Own: c.Own, Now: rating.LevelWord(c.Now), Agrees: c.State == Reached && c.Agrees(), Said: c.Said}
		for _, t := range c.Tries {
			out[i].Tries = append(out[i].Tries, CallbackTry{At: t.At, By: names[t.Account], Reached: t.Reached, Note: t.Note})
		}
	}
	return out, err
}

func (s *Callbacks) row(ctx context.Context, id uint64) (*Row, error) {
	c, err := s.One(ctx, id)
	if err != nil {
		return nil, err
	}
	rows, err := s.rows(ctx, []Callback{c})
	if err != nil {
		return nil, err
	}
	return &rows[0], nil
}

// drawRows are the draws as they are told.
func (s *Callbacks) drawRows(ctx context.Context) ([]CallbackDraw, error) {
	all, err := s.Draws(ctx)
	out := make([]CallbackDraw, len(all))
	for i, d := range all {
		out[i] = CallbackDraw{ID: d.ID, At: d.At, First: d.First, Last: d.Last, DueAt: d.DueAt, Candidates: d.Candidates, Drawn: d.Drawn, Open: d.Open,
			Reached: d.Reached, Unreached: d.Unreached, Agreeing: d.Agreeing, Differing: d.Reached - d.Agreeing, NotTheirs: d.NotTheirs}
	}
	return out, err
}

// request makes the draw that somebody asks for.
func (s *Callbacks) request(ctx context.Context, by access.Principal, q *CallbackRequest) (*CallbackDraw, error) {
	first, err := workday.ParseDate(q.From)
	if err != nil {
		return nil, err
	}
	last, err := workday.ParseDate(q.To)
	if err != nil {
		return nil, err
	}
	made, err := s.Draw(ctx, by, DrawRequest{First: first, Last: last, Percent: q.Percent, AtLeast: q.AtLeast})
	if err != nil {
		return nil, err
	}
	all, err := s.drawRows(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == made.ID {
			return &all[i], nil
		}
	}
	return nil, fmt.Errorf("callback: the draw %d is not there", made.ID)
}

var errCalled = fault.New(fault.Conflict, "callback_done", "这项回访已经办完，不能再查看号码。", "This call-back is done; the number is not told any more.", nil)

// Number tells whom to call, once the journal says who asked. The reason is the
// draw.
func (s *Callbacks) Number(ctx context.Context, by access.Principal, id uint64) (rating.Rater, error) {
	c, err := s.One(ctx, id)
	if err != nil {
		return rating.Rater{}, err
	}
	if c.State != Open {
		return rating.Rater{}, errCalled
	}
	return s.ratings.Reveal(ctx, by, &c.Rating, account.Opening{Rating: c.Rating.ID, Callback: id, Reason: fmt.Sprintf("抽取回访 #%d", c.Draw)})
}
