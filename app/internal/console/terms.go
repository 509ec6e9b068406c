package console

import (
	"context"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/terms"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Terms is who serves as a volunteer supervisor, as the HTTP API sees it.
type Terms struct {
	c *Console
	t *terms.Terms
	v *volunteers.Volunteers
}

// Terms is the console's.
func (c *Console) Terms() *Terms { return &Terms{c, c.terms, c.volunteers} }

func (s *Terms) today() workday.Date { return s.c.cal.DateOf(s.c.Now()) }

// asOf is the last day of the last whole month. What the office is told of
// sealed work reaches to it: a figure that moved at once would tell whose the
// review or the visit was that just came in.
func (s *Terms) asOf() workday.Date {
	year, month, _ := s.today().Civil()
	return workday.NewDate(year, month, 1) - 1
}

// lastYear is the default span where there is no current term, in days.
const lastYear = 365

// spanTo is the span that figures are of by default: from the beginning of the
// term that somebody serves, else of the last 365 days.
func spanTo(to workday.Date, state terms.State, t *terms.Term) (volunteers.Span, error) {
	if t == nil || state == terms.Over {
		return volunteers.Span{From: to - lastYear + 1, To: to}, nil
	}
	first, err := workday.ParseDate(t.First)
	return volunteers.Span{From: first, To: to}, err
}

// person is a volunteer with what hangs on their account.
type person struct {
	accounts.Account
	terms      []terms.Term
	trainings  []terms.Training
	appraisals []terms.Appraisal
}

// people lists the volunteers, or one of them.
func (s *Terms) people(ctx context.Context, only uint64) ([]person, error) {
	all, err := s.c.People().accounts.All(ctx)
	if err != nil {
		return nil, err
	}
	held, err := s.t.All(ctx)
	if err != nil {
		return nil, err
	}
	trainings, err := s.t.Trainings(ctx, only)
	if err != nil {
		return nil, err
	}
	appraisals, err := s.t.Appraisals(ctx, only)
	if err != nil {
		return nil, err
	}
	trained, judged := map[uint64][]terms.Training{}, map[uint64][]terms.Appraisal{}
	for _, x := range trainings {
		for _, account := range x.Accounts {
			trained[account] = append(trained[account], x)
		}
	}
	for _, x := range appraisals {
		judged[x.Account] = append(judged[x.Account], x)
	}
	var out []person
	for _, a := range all {
		if a.Role == access.Volunteer && (only == 0 || a.ID == only) {
			out = append(out, person{a, held[a.ID], trained[a.ID], judged[a.ID]})
		}
	}
	return out, nil
}

var errNoVolunteer = fault.New(fault.NotFound, "unknown_volunteer", "没有这位义务监督员。请刷新名单。", "There is no such volunteer supervisor. Reload the list.", nil)

func (s *Terms) person(ctx context.Context, id uint64) (person, error) {
	all, err := s.people(ctx, id)
	if err == nil && len(all) == 0 {
		err = errNoVolunteer
	}
	if err != nil {
		return person{}, err
	}
	return all[0], nil
}

// Roll lists the volunteer supervisors.
func (s *Terms) Roll(ctx context.Context) (*httpapi.VolunteerRoll, error) {
	all, err := s.people(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := &httpapi.VolunteerRoll{Today: s.today().String(), AsOf: s.asOf().String()}
	for i := range all {
		row, err := s.row(ctx, &all[i], nil)
		if err != nil {
			return nil, err
		}
		out.Volunteers = append(out.Volunteers, row)
	}
	out.NextCertificate, err = s.t.NextCertificate(ctx)
	return out, err
}

// row is a volunteer for the office; a span of nil is the default.
func (s *Terms) row(ctx context.Context, p *person, span *volunteers.Span) (httpapi.VolunteerRow, error) {
	state, t := terms.StateOn(p.terms, s.today())
	out := httpapi.VolunteerRow{ID: p.ID, Name: p.Name, Active: p.Active, State: state, Term: term(t)}
	for _, a := range p.appraisals { // the latest first
		if !a.Superseded {
			out.Appraisal = &httpapi.Appraisal{Year: a.Year, Grade: a.Grade, Words: a.Words, At: a.At}
			break
		}
	}
	asOf := s.asOf()
	var err error
	if out.Rated, err = s.c.feedback.Average(ctx, p.ID, asOf); err != nil {
		return out, err
	}
	if span == nil {
		usual, err := spanTo(asOf, state, t)
		if err != nil {
			return out, err
		}
		span = &usual
	}
	if out.Figures, err = s.figures(ctx, p, *span); err != nil {
		return out, err
	}
	active, err := s.active(ctx, p, asOf)
	if err != nil {
		return out, err
	}
	if active > 0 {
		out.Figures.LastActive = active.String()[:len("2006-01")]
	}
	if state == terms.Serving || state == terms.Ending || state == terms.Unregistered {
		out.Figures.Inactive, err = s.inactive(ctx, p, t, active, asOf)
	}
	return out, err
}

// figures are of a span; trainings, which are no secret, count to this day.
func (s *Terms) figures(ctx context.Context, p *person, span volunteers.Span) (httpapi.VolunteerFigures, error) {
	out := httpapi.VolunteerFigures{}
	out.TrainingHours, _ = terms.Trained(p.trainings, span.From, s.trainedTo(span))
	if span.From > span.To {
		return out, nil
	}
	out.From, out.To = span.From.String(), span.To.String()
	var err error
	if out.Record, err = s.v.Record(ctx, p.ID, span); err != nil {
		return out, err
	}
	out.Sums, err = s.c.visits.Sums(ctx, p.ID, span.From, span.To)
	return out, err
}

// trainedTo is the last day whose trainings count to a span: this one, where the
// span reaches as far as the office is told.
func (s *Terms) trainedTo(span volunteers.Span) workday.Date {
	if span.To < s.asOf() {
		return span.To
	}
	return s.today()
}

// active is the last day by another on which somebody did something, a training
// included; 0: never.
func (s *Terms) active(ctx context.Context, p *person, by workday.Date) (workday.Date, error) {
	_, last := terms.Trained(p.trainings, 0, by)
	for _, active := range []func(context.Context, uint64, workday.Date) (time.Time, error){s.v.Active, s.c.visits.Active} {
		at, err := active(ctx, p.ID, by)
		if err != nil {
			return 0, err
		}
		if !at.IsZero() {
			last = max(last, s.c.cal.DateOf(at))
		}
	}
	return last, nil
}

// inactive tells whether by the end of a day somebody had done nothing for long
// though asked: a review was overdue then, or the day of a visit passed since.
func (s *Terms) inactive(ctx context.Context, p *person, t *terms.Term, active, by workday.Date) (bool, error) {
	began := s.c.cal.DateOf(p.CreatedAt)
	if t != nil {
		first, err := workday.ParseDate(t.First)
		if err != nil {
			return false, err
		}
		began = max(began, first)
	}
	since := max(active, began)
	if !terms.Idle(since, by) {
		return false, nil
	}
	if asked, err := s.c.plans.AskedOf(ctx, p.ID, since+1, by); err != nil || len(asked) > 0 {
		return len(asked) > 0, err
	}
	return s.v.Owes(ctx, p.ID, by)
}

func term(t *terms.Term) *httpapi.Term {
	if t == nil {
		return nil
	}
	return &httpapi.Term{ID: t.ID, Particulars: t.Particulars, Until: t.Until, Why: t.Why, Reason: t.Reason}
}

// File is all that the office keeps about a volunteer supervisor.
func (s *Terms) File(ctx context.Context, id uint64, m httpapi.Months) (*httpapi.VolunteerFile, error) {
	p, err := s.person(ctx, id)
	if err != nil {
		return nil, err
	}
	span, err := s.months(m)
	if err != nil {
		return nil, err
	}
	row, err := s.row(ctx, &p, span)
	if err != nil {
		return nil, err
	}
	names, err := s.c.People().names(ctx)
	if err != nil {
		return nil, err
	}
	out := &httpapi.VolunteerFile{VolunteerRow: row}
	for i := range p.terms {
		out.Terms = append(out.Terms, *term(&p.terms[i]))
	}
	changes, err := s.t.Changes(ctx, id)
	for _, c := range changes {
		out.Changes = append(out.Changes, httpapi.TermChange{Term: c.Term, Kind: c.Kind, At: c.At, By: names[c.By], Reason: c.Reason,
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

// months reads which whole months are asked for; nil: none are.
func (s *Terms) months(m httpapi.Months) (*volunteers.Span, error) {
	if m.From == "" && m.To == "" {
		return nil, nil
	}
	first := func(name, text string) (time.Time, error) {
		t, err := time.Parse("2006-01", text)
		if err != nil {
			err = wrongMonth(name, "请选择月份", "choose a month")
		}
		return t, err
	}
	span := volunteers.Span{From: s.asOf() - lastYear + 1, To: s.asOf()}
	if m.From != "" {
		t, err := first("from", m.From)
		if err != nil {
			return nil, err
		}
		span.From = workday.NewDate(t.Year(), t.Month(), 1)
	}
	if m.To != "" {
		t, err := first("to", m.To)
		if err != nil {
			return nil, err
		}
		span.To = min(span.To, workday.NewDate(t.Year(), t.Month()+1, 1)-1)
	}
	if span.From > span.To {
		return nil, wrongMonth("from", fmt.Sprintf("数字只到 %s，起始月份要在它之前", span.To), fmt.Sprintf("figures reach to %s only; begin before it", span.To))
	}
	return &span, nil
}

func wrongMonth(name, zh, en string) error {
	f := fault.New(fault.Invalid, "record_months", "所选月份有误。请重新选择。", "The months are wrong; choose again.", nil)
	f.Fields = []fault.Field{{Name: name, ZH: zh, EN: en}}
	return f
}

func training(x *terms.Training, names map[uint64]string) httpapi.Training {
	out := httpapi.Training{ID: x.ID, Date: x.Date, Topic: x.Topic, Hours: x.Hours, Withdrawn: x.Withdrawn}
	for _, account := range x.Accounts {
		if name := names[account]; name != "" {
			out.Names = append(out.Names, name)
		}
	}
	return out
}

func appraisal(x *terms.Appraisal, names map[uint64]string) httpapi.Appraisal {
	return httpapi.Appraisal{Year: x.Year, Grade: x.Grade, Words: x.Words, At: x.At, By: names[x.By], Superseded: x.Superseded}
}

// Mine is what the asking volunteer reads of oneself, to this day.
func (s *Terms) Mine(ctx context.Context) (*httpapi.MyTerm, error) {
	p, err := s.person(ctx, access.From(ctx).Account)
	if err != nil {
		return nil, err
	}
	today := s.today()
	state, t := terms.StateOn(p.terms, today)
	out := &httpapi.MyTerm{Today: today.String(), State: state, Term: term(t)}
	span, err := spanTo(today, state, t)
	if err != nil {
		return nil, err
	}
	if out.Figures, err = s.figures(ctx, &p, span); err != nil {
		return nil, err
	}
	active, err := s.active(ctx, &p, today)
	if err != nil {
		return nil, err
	}
	if active > 0 {
		out.Figures.LastActive = active.String()
	}
	if out.Rated, err = s.c.feedback.Average(ctx, p.ID, today); err != nil {
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

// Export calls each with every volunteer supervisor.
func (s *Terms) Export(ctx context.Context, each func(*export.Volunteer) error) error {
	roll, err := s.Roll(ctx)
	if err != nil {
		return err
	}
	for i := range roll.Volunteers {
		v := &roll.Volunteers[i]
		f := &v.Figures
		row := export.Volunteer{Name: v.Name, State: string(v.State), From: f.From, To: f.To, Assigned: f.Assigned, InTime: f.InTime, Late: f.Late,
			Awaited: f.Open + f.OpenLate, Interests: f.Interests, Asked: f.Asked, Answered: f.Answered, Filed: f.Filed,
			Findings: f.Findings, Upheld: f.Upheld, Dropped: f.Dropped, TrainingHours: f.TrainingHours, LastActive: f.LastActive, Inactive: f.Inactive,
			Ratings: v.Rated.Ratings, Facts: v.Rated.Facts, Fairness: v.Rated.Fairness}
		if t := v.Term; t != nil {
			row.Certificate, row.Group, row.Work, row.First, row.Until, row.Why = t.Certificate, string(t.Group), t.Work, t.First, t.Until, string(t.Why)
		}
		if a := v.Appraisal; a != nil {
			row.AppraisedYear, row.Grade = a.Year, string(a.Grade)
		}
		if err := each(&row); err != nil {
			return err
		}
	}
	return nil
}
