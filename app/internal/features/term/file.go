package term

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// File is all that the office keeps about a volunteer supervisor.
func (t *Terms) File(ctx context.Context, id uint64, m Months) (*VolunteerFile, error) {
	p, err := t.person(ctx, id)
	if err != nil {
		return nil, err
	}
	span, err := t.months(m)
	if err != nil {
		return nil, err
	}
	row, err := t.row(ctx, &p, span)
	if err != nil {
		return nil, err
	}
	names, err := t.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := &VolunteerFile{VolunteerRow: row, Terms: p.terms}
	changes, err := t.Changes(ctx, id)
	for _, c := range changes {
		out.Changes = append(out.Changes, TermChange{Term: c.Term, Kind: c.Kind, At: c.At, By: names[c.By], Reason: c.Reason,
			Certificate: c.Certificate, First: c.FirstDay, Until: c.UntilDay})
	}
	for i := range p.trainings {
		out.Trainings = append(out.Trainings, training(&p.trainings[i], names))
	}
	for i := range p.appraisals {
		out.Appraisals = append(out.Appraisals, appraisal(&p.appraisals[i], names))
	}
	return out, err
}

// Mine is what a volunteer reads of oneself, to this day.
func (t *Terms) Mine(ctx context.Context, who access.Principal) (*MyTerm, error) {
	p, err := t.person(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	today := t.office.Today()
	state, held := StateOn(p.terms, today)
	out := &MyTerm{Today: today.String(), State: state, Term: held}
	span, err := spanTo(today, state, held)
	if err != nil {
		return nil, err
	}
	if out.Figures, err = t.figures(ctx, &p, span); err != nil {
		return nil, err
	}
	active, err := t.active(ctx, &p, today)
	if err != nil {
		return nil, err
	}
	if active > 0 {
		out.Figures.LastActive = active.String()
	}
	if out.Rated, err = t.work.Rated(ctx, p.ID, today); err != nil {
		return nil, err
	}
	for i := range p.trainings {
		out.Trainings = append(out.Trainings, training(&p.trainings[i], nil))
	}
	for i := range p.appraisals {
		if !p.appraisals[i].Superseded {
			out.Appraisals = append(out.Appraisals, appraisal(&p.appraisals[i], nil))
		}
	}
	return out, nil
}

func training(x *Training, names map[uint64]string) TrainingRow {
	out := TrainingRow{ID: x.ID, Date: x.Date, Topic: x.Topic, Hours: x.Hours, Withdrawn: x.Withdrawn}
	for _, account := range x.Accounts {
		if name := names[account]; name != "" {
			out.Names = append(out.Names, name)
		}
	}
	return out
}

func appraisal(x *Appraisal, names map[uint64]string) AppraisalRow {
	return AppraisalRow{Year: x.Year, Grade: x.Grade, Words: x.Words, At: x.At, By: names[x.By], Superseded: x.Superseded}
}
