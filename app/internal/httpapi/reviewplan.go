package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// ReviewPlan is what goes to the volunteers by itself, with what one needs to
// choose shares well.
type ReviewPlan struct {
	volunteers.Plan
	Since     time.Time `json:"since,omitzero" doc:"when it was put in force"`
	Reviewers int       `json:"reviewers" doc:"volunteers who can be given reviews"`
	Recent    []Recent  `json:"recent" doc:"what came about in the last 30 days"`
}

// Recent is how much of a kind came about at a department.
type Recent = volunteers.Recent

// Reviewable is something that can be put up for review, with the review that
// it had.
type Reviewable struct {
	Subject string             `json:"subject" doc:"to put it up by"`
	Kind    volunteers.Kind    `json:"kind" enum:"rejection,overdue,authorization,finding"`
	Rule    string             `json:"rule,omitempty" doc:"of a finding"`
	Name    api.Sentence       `json:"name" doc:"of a finding's rule; empty for other kinds"`
	Review  uint64             `json:"review,omitempty" doc:"0: never put up"`
	State   string             `json:"state" enum:",open,third,done"`
	Verdict volunteers.Verdict `json:"verdict" enum:",proper,improper,cannot_tell" doc:"once it is decided"`
}

// ReviewChoice is what the office chooses for review; package console has it.
type ReviewChoice interface {
	Plan(ctx context.Context) (*ReviewPlan, error)
	SetPlan(ctx context.Context, p volunteers.Plan) error
	OfCase(ctx context.Context, id uint64) ([]Reviewable, error)
	OfAuthorization(ctx context.Context, id uint64) ([]Reviewable, error)
	PutUp(ctx context.Context, subject, reason string) error
}

// choosing registers what the office chooses for review.
func (a *oldAPI) choosing() {
	get(a, "/reviews/plan", "reviewPlan", "What goes to the volunteers by itself", func(ctx context.Context, _ *none) (*ReviewPlan, error) {
		return a.reviews.Plan(ctx)
	})
	act(a, "/reviews/plan", "setReviewPlan", "Put a plan in force, from the week or month that is under way", func(ctx context.Context, in *struct{ Body volunteers.Plan }) error {
		return a.reviews.SetPlan(ctx, in.Body)
	})
	act(a, "/reviews", "putUpForReview", "Put one thing up for review; who reviews it is not the office's to choose", func(ctx context.Context, in *struct {
		Body struct {
			Subject string `json:"subject" minLength:"3" maxLength:"200"`
			Reason  string `json:"reason" minLength:"4" maxLength:"200"`
		}
	}) error {
		return a.reviews.PutUp(ctx, in.Body.Subject, in.Body.Reason)
	})
	get(a, "/cases/{id}/reviews", "caseReviews", "What of a case can be or was put up for review", func(ctx context.Context, in *api.ByID) ([]Reviewable, error) {
		return a.reviews.OfCase(ctx, in.ID)
	})
	get(a, "/authorizations/{id}/reviews", "authorizationReviews", "An authorization as something to review", func(ctx context.Context, in *api.ByID) ([]Reviewable, error) {
		return a.reviews.OfAuthorization(ctx, in.ID)
	})
}
