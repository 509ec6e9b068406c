package rating

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Feature is what applicants thought of the service.
func (s *Ratings) Feature() feature.Feature {
	return feature.Feature{Name: "rating", Acts: Acts, Tables: Tables, Lists: []list.Any{Listed}, Operations: s.operations,
		Jobs: []feature.Job{{Name: "follow up bad ratings", Every: followEvery, Do: s.Follow}}}
}

// operations are a liaison's for its own department. Who gave a rating is the
// desk's to open, and the journal says so.
func (s *Ratings) operations(h *api.API) {
	api.List(h, Listed, "ratings", "Ratings of the service, those given last first; nobody who rated is named", access.SeesCases,
		func(ctx context.Context, ask list.Ask) (store.Page[Row], error) {
			p, err := s.List(ctx, access.From(ctx), ask)
			return store.Mapped(p, (*Rating).Row), err
		})
	api.Get(h, "/ratings/figures", "ratingFigures", "Figures of the ratings given in a span", access.SeesCases, s.spanFigures)
	api.Get(h, "/ratings/{id}", "rating", "A rating, with what came of it", access.SeesCases,
		func(ctx context.Context, in *api.ByID) (*Detail, error) {
			return s.detail(ctx, access.From(ctx), in.ID)
		})
	api.Post(h, "/ratings/{id}/rater", "openRater", "See who gave a bad rating; who asks and why is journaled", access.Desk,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) (Rater, error) {
			return s.Rater(ctx, access.From(ctx), in.ID, in.Body.Reason)
		})
	api.File(h, Listed, "exportRatings", "Ratings as a file; nobody who rated is named", access.TakesFiles,
		func(ctx context.Context, ask list.Ask, each func(*Rating) error) error {
			return s.Each(ctx, access.From(ctx), ask, each)
		})
	s.fileOperations(h)
}

// Row is the rating as it is told.
func (r *Rating) Row() Row {
	counts := ""
	if r.Counts() != r.Level {
		counts = LevelWord(r.Counts())
	}
	return Row{ID: r.ID, Department: r.Department, ItemName: r.ItemName, CaseNo: r.CaseNo, CaseID: r.CaseID, Level: LevelWord(r.Level),
		FirstLevel: LevelWord(r.FirstLevel), Called: r.Called, Counts: counts, RewrittenAt: r.RewrittenAt, ContactTold: r.ContactTold,
		Channel: r.Channel, Window: r.Window, Handler: r.Handler, RatedAt: r.RatedAt, Named: r.Named, Reasons: r.Reasons, Text: r.Text,
		ContactedAt: r.ContactedAt, ContactResult: r.ContactResult, MatterID: r.Matter, MatterState: r.MatterState}
}

// detail is a rating as somebody may see it, with what came of it.
func (s *Ratings) detail(ctx context.Context, who access.Principal, id uint64) (*Detail, error) {
	r, err := s.seen(ctx, who, id)
	if err != nil {
		return nil, err
	}
	out := &Detail{Row: r.Row()}
	told, err := s.history(ctx, id)
	if err != nil {
		return nil, err
	}
	for i := range told {
		if len(told) > 1 {
			out.History = append(out.History, told[i].version())
		}
	}
	of, err := s.matters.Of(ctx, matter.Rating, []uint64{id})
	for i := range of[id] {
		o := s.matters.Outcome(&of[id][i])
		out.Followed = &o
	}
	return out, err
}

// figuresOf chooses the ratings that figures are of.
type figuresOf struct {
	Department string `query:"department" maxLength:"64"`
	From       string `query:"from" required:"true" doc:"an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
	To         string `query:"to" required:"true" doc:"exclusive"`
}

func (s *Ratings) spanFigures(ctx context.Context, in *figuresOf) (*RatingFigures, error) {
	if err := access.From(ctx).Within(&in.Department); err != nil {
		return nil, err
	}
	from, err := instant("from", in.From)
	if err != nil {
		return nil, err
	}
	to, err := instant("to", in.To)
	if err != nil {
		return nil, err
	}
	f, err := s.Figures(ctx, in.Department, from, to)
	if err != nil {
		return nil, err
	}
	out := &RatingFigures{RatingCount: ratingCount(&f.Count), Goal: Goal}
	for i := range f.Departments {
		d := &f.Departments[i]
		out.Departments = append(out.Departments, DepartmentRating{Department: d.Department, RatingCount: ratingCount(&d.Count)})
	}
	return out, nil
}

func ratingCount(c *Count) RatingCount {
	return RatingCount{Levels: c.Levels[:], Total: c.Total(), Satisfied: c.Satisfied(), ByCall: c.ByCall, Rewritten: c.Rewritten, NotTheirs: c.NotTheirs, Followed: c.Followed, Waiting: c.Waiting, Contacted: c.Contacted, Late: c.Late}
}

// instant reads an end of a span, or names the parameter that is wrong.
func instant(name, text string) (time.Time, error) {
	t, ok := list.Instant(text)
	if !ok {
		return t, fault.InvalidFields("invalid_input", "填写的内容有误。请按各项提示更正后重试。", "Something in the request is wrong. Correct what is named and try again.",
			fault.Field{Name: name, ZH: "应为日期（如 2026-09-22）或 RFC 3339 时间", EN: "expected a date such as 2026-09-22, or an RFC 3339 time"})
	}
	return t, nil
}
