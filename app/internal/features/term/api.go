package term

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// Feature is who serves as a volunteer supervisor.
func (t *Terms) Feature() feature.Feature {
	return feature.Feature{Name: "term", Acts: Acts, Tables: Tables, Lists: []list.Any{Listed}, Operations: t.operations}
}

// operations tell sums of volunteers' work, never whose single reviews and visits
// were.
func (t *Terms) operations(h *api.API) {
	api.Get(h, "/volunteers", "terms", "Volunteer supervisors with their terms and sums of their work", access.Desk,
		func(ctx context.Context, _ *api.None) (*VolunteerRoll, error) { return t.Roll(ctx) })
	api.Get(h, "/volunteers/{id}", "volunteerRecord", "A volunteer supervisor's terms, trainings, record and appraisals", access.Desk,
		func(ctx context.Context, in *struct {
			api.ByID
			Months
		}) (*VolunteerFile, error) {
			return t.File(ctx, in.ID, in.Months)
		})
	t.appointing(h)
	t.training(h)
	api.Get(h, "/my/term", "myTerm", "One's own appointment, trainings, record and appraisals", access.Volunteers,
		func(ctx context.Context, _ *api.None) (*MyTerm, error) { return t.Mine(ctx, access.From(ctx)) })
	api.File(h, Listed, "exportVolunteers", "Volunteer supervisors as a file", access.Desk,
		func(ctx context.Context, _ list.Ask, each func(*Filed) error) error { return t.Each(ctx, each) })
}

func (t *Terms) appointing(h *api.API) {
	api.Command(h, "/volunteers/{id}/terms", "appointVolunteer", "Appoint for a term, or for another", access.Desk, func(ctx context.Context, in *struct {
		api.ByID
		Body Appointment
	}) error {
		return t.Appoint(ctx, access.From(ctx), in.Body.Key, in.ID, in.Body.Particulars)
	})
	api.Command(h, "/terms/{id}/corrections", "correctTerm", "Set right what an appointment says", access.Desk, func(ctx context.Context, in *struct {
		api.ByID
		Body TermCorrection
	}) error {
		c := &in.Body
		return t.Correct(ctx, access.From(ctx), c.Key, in.ID, c.Particulars, c.KeepEnd, c.Reason)
	})
	api.Command(h, "/terms/{id}/end", "endTerm", "End a term early", access.Desk, func(ctx context.Context, in *struct {
		api.ByID
		Body TermEnd
	}) error {
		e := &in.Body
		return t.End(ctx, access.From(ctx), e.Key, in.ID, e.Until, e.Why, e.Reason)
	})
	api.Command(h, "/volunteers/{id}/appraisals", "appraiseVolunteer", "Appraise a year; a later one of the same year supersedes", access.Desk, func(ctx context.Context, in *struct {
		api.ByID
		Body NewAppraisal
	}) error {
		a := &in.Body
		return t.Appraise(ctx, access.From(ctx), a.Key, in.ID, a.Year, a.Grade, a.Words)
	})
}

func (t *Terms) training(h *api.API) {
	api.Get(h, "/trainings", "trainings", "Trainings, newest first", access.Desk, func(ctx context.Context, _ *api.None) ([]TrainingRow, error) {
		all, err := t.Trainings(ctx, 0)
		if err != nil {
			return nil, err
		}
		names, err := t.people.Names(ctx)
		out := make([]TrainingRow, len(all))
		for i := range all {
			out[i] = training(&all[i], names)
		}
		return out, err
	})
	api.Command(h, "/trainings", "recordTraining", "Record a training that took place", access.Desk, func(ctx context.Context, in *struct{ Body NewTraining }) error {
		x := &in.Body
		return t.Train(ctx, access.From(ctx), x.Key, Training{Date: x.Date, Topic: x.Topic, Hours: x.Hours, Accounts: x.Accounts})
	})
	api.Command(h, "/trainings/{id}/withdrawal", "withdrawTraining", "Withdraw a training that was recorded wrongly", access.Desk, func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			api.Keyed
			Reason string `json:"reason" minLength:"4" maxLength:"500"`
		}
	}) error {
		return t.Withdraw(ctx, access.From(ctx), in.Body.Key, in.ID, in.Body.Reason)
	})
}
