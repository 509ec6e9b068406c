package demonstration

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
)

// seen is a visit as somebody files it.
type seen struct {
	login, department, window string
	planned                   int // the day of the plan that it is of; 0: of one's own accord
	hour                      int // of the arrival
	minutes                   int // it took
	sheet                     visit.Sheet
	photographs               int
}

// file files a visit, with photographs of the window.
func (t *teller) file(s seen) {
	ctx, who := t.as(s.login)
	number := t.next()
	s.sheet.Department, s.sheet.Window = s.department, s.window
	if s.sheet.Mode == "" {
		s.sheet.Mode = "unannounced"
	}
	s.sheet.ArrivedAt = t.at(s.hour, 10)
	s.sheet.LeftAt = s.sheet.ArrivedAt.Add(time.Duration(s.minutes) * time.Minute)
	if t.moment.Before(s.sheet.LeftAt) {
		t.moment = s.sheet.LeftAt.Add(9 * time.Minute)
		t.At(t.moment)
	}
	if s.planned != 0 {
		if p, ok := t.plan(s.planned, s.department); ok {
			for _, x := range p.Stops {
				if x.Department == s.department {
					s.sheet.Plan, s.sheet.Stop, s.sheet.Place = p.ID, x.Number, x.Place
				}
			}
		}
	}
	var photos []visit.Photo
	for n := range s.photographs {
		picture, hash, err := photograph(s.login+s.department, n)
		if !t.done(err) || !t.done(t.pictures().Put(who.Account, hash, picture, visit.Taken{At: s.sheet.ArrivedAt.Add(time.Duration(3+2*n) * time.Minute)})) {
			return
		}
		more, err := t.pictures().Of(who.Account, []string{hash})
		if !t.done(err) {
			return
		}
		photos = append(photos, more...)
	}
	_, err := t.Visits.File(ctx, who, number, s.sheet, photos)
	t.done(err)
}

// plan is the plan of a day with a stop at a department.
func (t *teller) plan(day int, department string) (route.VisitPlan, bool) {
	all, err := t.Plans.From(t.ctx, t.day(day))
	t.done(err)
	for i := range all {
		if all[i].Date != t.day(day).String() {
			continue
		}
		for _, s := range all[i].Stops {
			if s.Department == department {
				return all[i], true
			}
		}
	}
	return route.VisitPlan{}, false
}

// ask plans a route, under the number that it is given.
func (t *teller) ask(day int, mode, note string, members []string, stops ...route.Stop) {
	ctx, staff := t.as("banjia")
	o := route.Outline{Date: t.day(day).String(), Mode: mode, Note: note, Stops: stops}
	for _, m := range members {
		o.Members = append(o.Members, t.id(m))
	}
	_, err := t.Plans.Plan(ctx, staff, t.next(), o)
	t.done(err)
}

// noted is the matter that somebody's latest visit to a department brought about.
func (t *teller) noted(login, department string) (m matter.Matter, ok bool) {
	all, err := t.Visits.Of(t.ctx, t.id(login))
	t.done(err)
	for i := range all {
		if all[i].Sheet.Department != department || len(all[i].Sheet.Findings) == 0 {
			continue
		}
		of, err := t.Matters.Of(t.ctx, matter.Visit, []uint64{all[i].ID})
		t.done(err)
		if found := of[all[i].ID]; len(found) > 0 {
			return found[0], true
		}
	}
	return m, false
}

// step takes a step in what came of somebody's visit.
func (t *teller) step(login string, m matter.Matter, action string, fields map[string]string) {
	ctx, who := t.as(login)
	number := t.next()
	now, err := t.Matters.One(ctx, who, m.ID)
	if !t.done(err) {
		return
	}
	t.done(t.Matters.Step(ctx, who, m.ID, number, len(now.Steps), action, fields))
}

// assign hands a matter over to its department.
func (t *teller) assign(m matter.Matter, task string) {
	t.step("banjia", m, "assign", map[string]string{"task": task})
}

func whole(n int) *int { return &n }

func yes(b bool) *bool { return &b }
