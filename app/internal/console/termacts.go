package console

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/terms"
)

// Appoint appoints somebody for a term.
func (s *Terms) Appoint(ctx context.Context, id uint64, a httpapi.Appointment) error {
	return s.t.Appoint(ctx, access.From(ctx), a.Key, id, a.Particulars)
}

// Correct sets right what an appointment says.
func (s *Terms) Correct(ctx context.Context, term uint64, c httpapi.TermCorrection) error {
	return s.t.Correct(ctx, access.From(ctx), c.Key, term, c.Particulars, c.KeepEnd, c.Reason)
}

// End ends a term early.
func (s *Terms) End(ctx context.Context, term uint64, e httpapi.TermEnd) error {
	return s.t.End(ctx, access.From(ctx), e.Key, term, e.Until, e.Why, e.Reason)
}

// Trainings lists every training.
func (s *Terms) Trainings(ctx context.Context) ([]httpapi.Training, error) {
	all, err := s.t.Trainings(ctx, 0)
	if err != nil {
		return nil, err
	}
	names, err := s.c.People().names(ctx)
	out := make([]httpapi.Training, len(all))
	for i := range all {
		out[i] = training(&all[i], names)
	}
	return out, err
}

// Train records a training.
func (s *Terms) Train(ctx context.Context, t httpapi.NewTraining) error {
	return s.t.Train(ctx, access.From(ctx), t.Key, terms.Training{Date: t.Date, Topic: t.Topic, Hours: t.Hours, Accounts: t.Accounts})
}

// WithdrawTraining takes back a training that was recorded wrongly.
func (s *Terms) WithdrawTraining(ctx context.Context, id uint64, key, reason string) error {
	return s.t.Withdraw(ctx, access.From(ctx), key, id, reason)
}

// Appraise appraises somebody's year.
func (s *Terms) Appraise(ctx context.Context, id uint64, a httpapi.NewAppraisal) error {
	return s.t.Appraise(ctx, access.From(ctx), a.Key, id, a.Year, a.Grade, a.Words)
}
