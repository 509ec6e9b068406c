package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Rating is what an applicant thought of the service, without who it was.
type Rating struct {
	ID            uint64    `json:"id"`
	Department    string    `json:"department"`
	ItemName      string    `json:"item_name"`
	CaseNo        string    `json:"case_no" doc:"empty: of no case, such as an enquiry"`
	CaseID        uint64    `json:"case_id,omitempty" doc:"0: the console has no such case"`
	Level         string    `json:"level" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied"`
	Channel       string    `json:"channel"`
	Window        string    `json:"window"`
	Handler       string    `json:"handler" doc:"whose service was rated"`
	RatedAt       time.Time `json:"rated_at"`
	Named         bool      `json:"named" doc:"a name or a telephone was given"`
	Reasons       []string  `json:"reasons" doc:"what was ticked, in words"`
	Text          string    `json:"text"`
	ContactedAt   time.Time `json:"contacted_at,omitzero" doc:"by the department's own report"`
	ContactResult string    `json:"contact_result"`
	MatterID      uint64    `json:"matter_id,omitempty" doc:"what came of it; 0: nothing"`
	MatterState   string    `json:"matter_state" enum:",contact,rectify,objected,replied,closed,dropped"`
}

// RatingDetail is one rating, with what came of it.
type RatingDetail struct {
	Rating
	Followed *matter.Outcome `json:"followed,omitempty" doc:"how its matter stands"`
}

// RatingCount counts ratings and what came of the bad ones.
type RatingCount struct {
	Levels    []int `json:"levels" minItems:"5" maxItems:"5" doc:"how many of each, the best first"`
	Total     int   `json:"total"`
	Satisfied int   `json:"satisfied" doc:"of the three best levels"`
	Waiting   int   `json:"waiting" doc:"whose rater is to be contacted"`
	Late      int   `json:"late" doc:"whose rater was contacted late, or waits and is late (V25)"`
}

// RatingFigures are of ratings given in a span.
type RatingFigures struct {
	RatingCount
	Goal        int                `json:"goal" doc:"satisfied ratings wanted, in percent"`
	Departments []DepartmentRating `json:"departments" doc:"with ratings in the span, by code"`
}

// DepartmentRating is a department's share of the figures.
type DepartmentRating struct {
	Department string `json:"department"`
	RatingCount
}

// RatingFilter are the filters of the ratings list and its export.
type RatingFilter struct {
	Department string `query:"department" maxLength:"64"`
	CaseID     uint64 `query:"case_id"`
	Level      string `query:"level" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied"`
	Bad        bool   `query:"bad" doc:"of the two worst levels"`
	Waiting    bool   `query:"waiting" doc:"whose rater is to be contacted"`
	Text       string `query:"text" maxLength:"100" doc:"part of what was written, or a case number's beginning"`
	From       string `query:"from" doc:"an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
	To         string `query:"to" doc:"exclusive"`
}

func (f *RatingFilter) query(ctx context.Context) (ratings.Filter, error) {
	q := ratings.Filter{Department: f.Department, CaseID: f.CaseID, Level: ratings.LevelOf(f.Level), Bad: f.Bad, Waiting: f.Waiting, Text: f.Text}
	if err := access.From(ctx).Within(&q.Department); err != nil {
		return q, err
	}
	return q, instants(instant{"from", f.From, &q.From}, instant{"to", f.To, &q.To})
}

// Rater is who gave a rating.
type Rater struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Ratings is what applicants thought of the service and what is done about it;
// package console has it.
type Ratings interface {
	List(ctx context.Context, f ratings.Filter, at store.Window) (store.Page[Rating], error)
	Each(ctx context.Context, f ratings.Filter, each func(*ratings.Rating) error) error
	Figures(ctx context.Context, department string, from, to time.Time) (*RatingFigures, error)
	One(ctx context.Context, id uint64) (*RatingDetail, error)
	// Rater journals who asks and why, and then tells who gave a bad rating.
	Rater(ctx context.Context, id uint64, reason string) (*Rater, error)
	RatingFiles
	Callbacks
}

// thinking registers what applicants thought, as lists and one by one.
func (a *oldAPI) thinking() {
	get(a, "/ratings", "ratings", "Ratings of the service, those given last first; nobody who rated is named", func(ctx context.Context, in *struct {
		RatingFilter
		Window
	}) (store.Page[Rating], error) {
		q, err := in.query(ctx)
		if err != nil {
			return store.Page[Rating]{}, err
		}
		return a.ratings.List(ctx, q, in.at())
	})
	get(a, "/ratings/figures", "ratingFigures", "Figures of the ratings given in a span", func(ctx context.Context, in *struct {
		Department string `query:"department" maxLength:"64"`
		From       string `query:"from" required:"true" doc:"an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
		To         string `query:"to" required:"true" doc:"exclusive"`
	}) (*RatingFigures, error) {
		f := RatingFilter{Department: in.Department, From: in.From, To: in.To}
		q, err := f.query(ctx)
		if err != nil {
			return nil, err
		}
		return a.ratings.Figures(ctx, q.Department, q.From, q.To)
	})
	get(a, "/ratings/{id}", "rating", "A rating, with what came of it", func(ctx context.Context, in *api.ByID) (*RatingDetail, error) {
		r, err := a.ratings.One(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if access.From(ctx).Sees(r.Department) != nil {
			return nil, ratings.ErrUnknown
		}
		return r, nil
	})
	handle(a, operation(http.MethodPost, "/ratings/{id}/rater", "openRater", "See who gave a bad rating; who asks and why is journaled"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) (*Rater, error) {
			return a.ratings.Rater(ctx, in.ID, in.Body.Reason)
		})
	huma.Register(a.huma, exportOperation("ratings", "exportRatings", "Ratings as a file; nobody who rated is named"), func(ctx context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		RatingFilter
	}) (*huma.StreamResponse, error) {
		q, err := in.query(ctx)
		return a.Download("ratings", "好差评", in.Format, in.RatingFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
			return export.Ratings(w, f, func(each func(*ratings.Rating) error) error { return a.ratings.Each(ctx, q, each) })
		}), nil
	})
	a.ratingFiles()
	a.callbacks()
}
