package console

import (
	"context"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// followEvery is how often is looked for bad ratings to follow up.
const followEvery = 2 * time.Second

// followRatings follows bad ratings up as they come in, and those that came in
// before the console stopped.
func (c *Console) followRatings(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		if err := c.ratings.Follow(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, intake.ErrClosed) {
			c.opts.Logger.Error("bad ratings could not be followed up", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Ratings is what applicants thought of the service as the HTTP API sees it.
type Ratings struct {
	c *Console
	r *ratings.Ratings
}

// Ratings is the console's.
func (c *Console) Ratings() *Ratings { return &Ratings{c, c.ratings} }

// List lists ratings.
func (s *Ratings) List(ctx context.Context, f ratings.Filter, at store.Window) (out store.Page[httpapi.Rating], err error) {
	p, err := s.r.List(ctx, f, at)
	return paged(p, ratingRow), err
}

// Each calls each with every rating of the filter.
func (s *Ratings) Each(ctx context.Context, f ratings.Filter, each func(*ratings.Rating) error) error {
	return s.r.Each(ctx, f, each)
}

func levelWord(level int) string { return store.RatingWord(uint8(level)) }

func ratingRow(r *ratings.Rating) httpapi.Rating {
	return httpapi.Rating{ID: r.ID, Department: r.Department, ItemName: r.ItemName, CaseNo: r.CaseNo, CaseID: r.CaseID, Level: levelWord(r.Level),
		Channel: r.Channel, Window: r.Window, Handler: r.Handler, RatedAt: r.RatedAt, Named: r.Named, Reasons: r.Reasons, Text: r.Text,
		ContactedAt: r.ContactedAt, ContactResult: r.ContactResult, MatterID: r.Matter, MatterState: r.MatterState}
}

// Figures are of the ratings given in a span.
func (s *Ratings) Figures(ctx context.Context, department string, from, to time.Time) (*httpapi.RatingFigures, error) {
	f, err := s.r.Figures(ctx, department, from, to)
	if err != nil {
		return nil, err
	}
	out := &httpapi.RatingFigures{RatingCount: ratingCount(&f.Count), Goal: ratings.Goal}
	for i := range f.Departments {
		d := &f.Departments[i]
		out.Departments = append(out.Departments, httpapi.DepartmentRating{Department: d.Department, RatingCount: ratingCount(&d.Count)})
	}
	return out, nil
}

func ratingCount(c *ratings.Count) httpapi.RatingCount {
	return httpapi.RatingCount{Levels: c.Levels[:], Total: c.Total(), Satisfied: c.Satisfied(), Waiting: c.Waiting, Late: c.Late}
}

// One is a rating with what came of it.
func (s *Ratings) One(ctx context.Context, id uint64) (*httpapi.RatingDetail, error) {
	r, err := s.r.One(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &httpapi.RatingDetail{Rating: ratingRow(&r)}
	of, err := s.c.matters.Of(ctx, matter.Rating, []uint64{id})
	for i := range of[id] {
		o := s.c.matters.Outcome(&of[id][i])
		out.Followed = &o
	}
	return out, err
}

var errNotBad = fault.New(fault.Forbidden, "not_a_bad_rating", "只有差评才能查看评价人；满意的评价请通过抽取回访联系。",
	"Only who gave a bad rating can be seen; others are contacted by a draw for call-backs.", nil)

// Rater journals who wants to see who gave a bad rating and why, and then tells.
func (s *Ratings) Rater(ctx context.Context, id uint64, reason string) (*httpapi.Rater, error) {
	r, err := s.r.One(ctx, id)
	if err != nil {
		return nil, err
	}
	if !r.Bad() && r.Matter == 0 {
		return nil, errNotBad
	}
	return s.open(ctx, &r, map[string]any{"rating": id, "reason": reason})
}

// open tells who gave a rating, once the journal says that it was told.
func (s *Ratings) open(ctx context.Context, r *ratings.Rating, note map[string]any) (*httpapi.Rater, error) {
	if err := s.c.People().accounts.Note(ctx, access.From(ctx), accounts.Unmasked, note); err != nil {
		return nil, err
	}
	who, err := s.r.Rater(ctx, r)
	return &httpapi.Rater{Name: who.Name, Phone: who.Phone}, err
}
