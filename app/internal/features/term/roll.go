package term

import "context"

// Roll lists the volunteer supervisors.
func (t *Terms) Roll(ctx context.Context) (*VolunteerRoll, error) {
	all, err := t.volunteers(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := &VolunteerRoll{Today: t.office.Today().String(), AsOf: t.asOf().String()}
	for i := range all {
		row, err := t.row(ctx, &all[i], nil)
		if err != nil {
			return nil, err
		}
		out.Volunteers = append(out.Volunteers, row)
	}
	out.NextCertificate, err = t.NextCertificate(ctx)
	return out, err
}

// row is a volunteer for the office; a span of nil is the default.
func (t *Terms) row(ctx context.Context, p *person, span *Span) (VolunteerRow, error) {
	state, held := StateOn(p.terms, t.office.Today())
	out := VolunteerRow{ID: p.ID, Name: p.Name, Active: p.Active, State: state, Term: held}
	for _, a := range p.appraisals { // the latest first
		if !a.Superseded {
			out.Appraisal = &AppraisalRow{Year: a.Year, Grade: a.Grade, Words: a.Words, At: a.At}
			break
		}
	}
	asOf := t.asOf()
	var err error
	if out.Rated, err = t.work.Rated(ctx, p.ID, asOf); err != nil {
		return out, err
	}
	if span == nil {
		usual, err := spanTo(asOf, state, held)
		if err != nil {
			return out, err
		}
		span = &usual
	}
	if out.Figures, err = t.figures(ctx, p, *span); err != nil {
		return out, err
	}
	active, err := t.active(ctx, p, asOf)
	if err != nil {
		return out, err
	}
	if active > 0 {
		out.Figures.LastActive = active.String()[:len("2006-01")]
	}
	if state == Serving || state == Ending || state == Unregistered {
		out.Figures.Inactive, err = t.inactive(ctx, p, held, active, asOf)
	}
	return out, err
}
