package review

import (
	"context"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Feature is what volunteers review.
func (s *Reviews) Feature() feature.Feature {
	return feature.Feature{Name: "review", Acts: Acts, Tables: Tables, Lists: []list.Any{Listed}, Operations: s.operations, Jobs: s.jobs()}
}

func (s *Reviews) operations(h *api.API) {
	s.reviewing(h)
	s.choosing(h)
	// Reviewers' names are the head's to open, and the journal says so.
	api.List(h, Listed, "reviews", "Reviews, newest first", access.SeesCases, s.rows)
	api.File(h, Listed, "exportReviews", "Reviews as a file, without who reviewed", access.TakesFiles, s.file)
	api.Post(h, "/reviews/{id}/names", "unsealReviewers", "See who reviewed; who asks and why is journaled", access.HeadAlone,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) ([]api.Reviewer, error) {
			return s.unseal(ctx, access.From(ctx), in.ID, in.Body.Reason)
		})
	api.Get(h, "/draws", "draws", "Draws, newest first", access.Everyone, func(ctx context.Context, _ *api.None) ([]Draw, error) {
		all, err := s.Draws(ctx)
		out := make([]Draw, len(all))
		for i := range all {
			out[i] = drawn(&all[i])
		}
		return out, err
	})
	api.Post(h, "/draws", "makeDraw", "Draw a sample and put it up for review", access.Desk, func(ctx context.Context, in *struct{ Body DrawRequest }) (*Draw, error) {
		return s.draw(ctx, &in.Body)
	})
	api.Get(h, "/draws/{id}/certificate", "drawCertificate", "All that anybody needs to make a draw again; mingcha-redraw reads it", access.Everyone,
		func(ctx context.Context, in *api.ByID) (*draw.Certificate, error) {
			c, err := s.Certificate(ctx, in.ID)
			return &c, err
		})
}

// reviewing is what a reviewer does.
func (s *Reviews) reviewing(h *api.API) {
	api.Get(h, "/my/reviews", "myReviews", "What one has to review", access.Volunteers, func(ctx context.Context, _ *api.None) ([]MyReview, error) {
		return s.mine(ctx, access.From(ctx).Account)
	})
	api.Get(h, "/my/reviews/{id}", "myReview", "A review with all one needs for a verdict, once no interest was declared", access.Volunteers,
		func(ctx context.Context, in *api.ByID) (*ReviewPage, error) {
			return s.page(ctx, access.From(ctx).Account, in.ID)
		})
	api.Command(h, "/my/reviews/{id}/interest", "declareInterest", "Say whether one has an interest in the case", access.Volunteers, func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			Conflict Conflict `json:"conflict" enum:"none,employer,kin,application"`
			Note     string   `json:"note,omitempty" maxLength:"2000"`
		}
	}) error {
		return s.Declare(ctx, access.From(ctx), in.ID, in.Body.Conflict, in.Body.Note)
	})
	api.Command(h, "/my/reviews/{id}/verdict", "giveVerdict", "Give one's verdict; it cannot be changed", access.Volunteers, func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			Verdict Verdict  `json:"verdict" enum:"proper,improper,cannot_tell"`
			Reasons []string `json:"reasons,omitempty" maxItems:"20"`
			Note    string   `json:"note,omitempty" maxLength:"2000"`
		}
	}) error {
		return s.Judge(ctx, access.From(ctx), in.ID, in.Body.Verdict, in.Body.Reasons, strings.TrimSpace(in.Body.Note))
	})
}

// choosing is what the office chooses for review; who reviews it is not its to
// choose.
func (s *Reviews) choosing(h *api.API) {
	api.Get(h, "/reviews/plan", "reviewPlan", "What goes to the volunteers by itself", access.Office, func(ctx context.Context, _ *api.None) (*PlanPage, error) {
		return s.planPage(ctx)
	})
	api.Command(h, "/reviews/plan", "setReviewPlan", "Put a plan in force, from the week or month that is under way", access.Desk,
		func(ctx context.Context, in *struct{ Body ReviewPlan }) error {
			return s.SetPlan(ctx, access.From(ctx), in.Body)
		})
	api.Command(h, "/reviews", "putUpForReview", "Put one thing up for review; who reviews it is not the office's to choose", access.Desk, func(ctx context.Context, in *struct {
		Body struct {
			Subject string `json:"subject" minLength:"3" maxLength:"200"`
			Reason  string `json:"reason" minLength:"4" maxLength:"200"`
		}
	}) error {
		return s.PutUp(ctx, access.From(ctx), in.Body.Subject, in.Body.Reason)
	})
	api.Get(h, "/cases/{id}/reviews", "caseReviews", "What of a case can be or was put up for review", access.Office, func(ctx context.Context, in *api.ByID) ([]Reviewable, error) {
		return reviewables(s.SubjectsOfCase(ctx, in.ID))
	})
	api.Get(h, "/authorizations/{id}/reviews", "authorizationReviews", "An authorization as something to review", access.Office, func(ctx context.Context, in *api.ByID) ([]Reviewable, error) {
		return reviewables(s.SubjectOfAuthorization(ctx, in.ID))
	})
}

// draw takes a sample for who asks.
func (s *Reviews) draw(ctx context.Context, q *DrawRequest) (*Draw, error) {
	from, err := workday.ParseDate(q.From)
	if err != nil {
		return nil, err
	}
	to, err := workday.ParseDate(q.To)
	if err != nil {
		return nil, err
	}
	d, err := s.Draw(ctx, access.From(ctx), Sample{Kind: q.Kind, From: from, To: to, Percent: q.Percent, AtLeast: q.AtLeast})
	out := drawn(&d)
	return &out, err
}

func drawn(d *sampling.Drawn) Draw {
	return Draw{ID: d.ID, Name: d.Name, Kind: Kind(d.Kind), At: d.At, Candidates: d.Candidates, Drawn: d.Drawn, Period: d.Period}
}
