package console

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Plan is the review plan in force.
func (r *Reviews) Plan(ctx context.Context) (*httpapi.ReviewPlan, error) {
	p, err := r.v.Plan(ctx)
	if err != nil {
		return nil, err
	}
	out := &httpapi.ReviewPlan{Plan: p.Plan, Since: p.Since}
	if out.Shares == nil {
		out.Shares = []volunteers.Share{}
	}
	if out.Recent, err = r.v.Recent(ctx); err != nil {
		return nil, err
	}
	out.Reviewers, err = r.v.Reviewers(ctx)
	return out, err
}

// SetPlan puts a review plan in force.
func (r *Reviews) SetPlan(ctx context.Context, p volunteers.Plan) error {
	return r.v.SetPlan(ctx, access.From(ctx), p)
}

// PutUp puts one thing up for review.
func (r *Reviews) PutUp(ctx context.Context, subject, reason string) error {
	return r.v.PutUp(ctx, access.From(ctx), subject, reason)
}

// OfCase lists what of a case can be or was put up for review.
func (r *Reviews) OfCase(ctx context.Context, id uint64) ([]httpapi.Reviewable, error) {
	all, err := r.v.SubjectsOfCase(ctx, id)
	return reviewables(all), err
}

// OfAuthorization is an authorization as something to review.
func (r *Reviews) OfAuthorization(ctx context.Context, id uint64) ([]httpapi.Reviewable, error) {
	all, err := r.v.SubjectOfAuthorization(ctx, id)
	return reviewables(all), err
}

func reviewables(all []volunteers.Subject) []httpapi.Reviewable {
	out := make([]httpapi.Reviewable, len(all))
	for i := range all {
		s := &all[i]
		out[i] = httpapi.Reviewable{Subject: s.ID, Kind: s.Kind, Rule: s.Rule(), Review: s.Review, State: s.State, Verdict: s.Verdict}
		for _, rule := range rules.Catalogue() {
			if rule.Code == out[i].Rule {
				out[i].Name = api.Sentence{ZH: rule.NameZH, EN: rule.NameEN}
			}
		}
	}
	return out
}

// drawPlanned draws what the plan wants, once a day after its checkpoint.
func (c *Console) drawPlanned(ctx context.Context, done workday.Date) (workday.Date, error) {
	today := c.cal.DateOf(c.Now())
	if today == done {
		return done, nil
	}
	drawn, err := c.volunteers.DrawPlanned(ctx)
	for _, d := range drawn {
		c.opts.Logger.Info("drawn by plan", "draw", d.Name, "period", d.Period, "drawn", d.Drawn, "of", d.Candidates)
	}
	if f, ok := fault.As(err); ok && f.Kind == fault.Unavailable {
		return done, nil // the day's checkpoint is not signed yet
	}
	if err != nil {
		return done, err
	}
	return today, nil
}
