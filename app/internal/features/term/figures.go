package term

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// figures are of a span; trainings, which are no secret, count to this day.
func (t *Terms) figures(ctx context.Context, p *person, span Span) (VolunteerFigures, error) {
	out := VolunteerFigures{}
	out.TrainingHours, _ = Trained(p.trainings, span.From, t.trainedTo(span))
	if span.From > span.To {
		return out, nil
	}
	out.From, out.To = span.From.String(), span.To.String()
	var err error
	out.Record, err = t.work.Record(ctx, p.ID, span)
	return out, err
}

// active is the last day by another on which somebody did something, a training
// included; 0: never.
func (t *Terms) active(ctx context.Context, p *person, by workday.Date) (workday.Date, error) {
	_, trained := Trained(p.trainings, 0, by)
	at, err := t.work.Active(ctx, p.ID, by)
	if at.IsZero() {
		return trained, err
	}
	return max(trained, t.office.Calendar().DateOf(at)), err
}

// inactive tells whether by the end of a day somebody had done nothing for long
// though asked. active is when they last did something; held the term they serve.
func (t *Terms) inactive(ctx context.Context, p *person, held *Term, active, by workday.Date) (bool, error) {
	began := t.office.Calendar().DateOf(p.CreatedAt)
	if held != nil {
		first, err := workday.ParseDate(held.First)
		if err != nil {
			return false, err
		}
		began = max(began, first)
	}
	since := max(active, began)
	if !Idle(since, by) {
		return false, nil
	}
	return t.work.Asked(ctx, p.ID, since, by)
}
