package console

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

const (
	plansShown   = 90 // days back, for the office
	ownPlansOpen = 30 // days back, for who goes: so long a sheet is taken
)

func (s *Visits) today() workday.Date { return s.c.cal.DateOf(s.c.Now()) }

// mine are the routes that a volunteer goes on, and those before of which
// something is not filed.
func (s *Visits) mine(ctx context.Context, account uint64) ([]httpapi.MyRoute, error) {
	today := s.today()
	all, err := s.v.MyPlans(ctx, account, today-ownPlansOpen)
	if err != nil {
		return nil, err
	}
	names, err := s.c.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := []httpapi.MyRoute{}
	for i := range all {
		p := &all[i]
		if p.Date < today.String() && p.Open() == 0 {
			continue
		}
		r := httpapi.MyRoute{ID: p.ID, Date: p.Date, Mode: p.Mode, Note: p.Note, State: p.State(s.c.cal, today), Stops: make([]httpapi.MyStop, len(p.Stops))}
		for _, m := range p.Members {
			if m.Account != account {
				r.Partners = append(r.Partners, httpapi.Partner{Name: names[m.Account], Declined: m.Declined != ""})
			}
		}
		for i, x := range p.Stops {
			r.Stops[i] = httpapi.MyStop{Stop: x.Number, Department: x.Department, Place: x.Place, Window: x.Window, Item: x.Item, Look: x.Look, FiledAt: x.FiledAt, Mine: x.Mine}
		}
		out = append(out, r)
	}
	return out, nil
}

// Plan asks volunteers for a route.
func (s *Visits) Plan(ctx context.Context, q httpapi.RouteRequest) (*httpapi.VisitRoute, error) {
	id, err := s.v.PlanRoute(ctx, access.From(ctx), q.Key, q.Route)
	if err != nil {
		return nil, err
	}
	return s.plan(ctx, id)
}

// Change puts a route in the place of what was planned.
func (s *Visits) Change(ctx context.Context, id uint64, q httpapi.RouteChange) (*httpapi.VisitRoute, error) {
	if err := s.v.ChangeRoute(ctx, access.From(ctx), id, q.Key, q.Version, q.Route); err != nil {
		return nil, err
	}
	return s.plan(ctx, id)
}

// Cancel takes a route back.
func (s *Visits) Cancel(ctx context.Context, id uint64, q httpapi.RouteCancel) error {
	return s.v.CancelRoute(ctx, access.From(ctx), id, q.Key, q.Version, q.Reason)
}

// Decline says that the asking volunteer cannot go.
func (s *Visits) Decline(ctx context.Context, id uint64, q httpapi.Declining) error {
	return s.v.Decline(ctx, access.From(ctx), id, q.Key, q.Why, q.Departments, q.Note)
}

func (s *Visits) plan(ctx context.Context, id uint64) (*httpapi.VisitRoute, error) {
	p, err := s.v.PlanOf(ctx, id)
	if err != nil {
		return nil, err
	}
	names, err := s.c.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	r := s.route(&p, names)
	return &r, nil
}

func (s *Visits) route(p *volunteers.VisitPlan, names map[uint64]string) httpapi.VisitRoute {
	r := httpapi.VisitRoute{ID: p.ID, Version: p.Version, Date: p.Date, Mode: p.Mode, Note: p.Note, State: p.State(s.c.cal, s.today()), Cancelled: p.Cancelled,
		Members: make([]httpapi.RouteMember, len(p.Members)), Stops: make([]httpapi.RouteStop, len(p.Stops))}
	for i, m := range p.Members {
		r.Members[i] = httpapi.RouteMember{Account: m.Account, Name: names[m.Account], Declined: m.Declined, Note: m.Note, DeclinedAt: m.DeclinedAt}
	}
	for i, x := range p.Stops {
		r.Stops[i] = httpapi.RouteStop{Stop: x.Stop, FiledAt: x.FiledAt, Findings: x.Findings}
	}
	return r
}

// Plans are the routes to come and of the days before.
func (s *Visits) Plans(ctx context.Context) ([]httpapi.VisitRoute, error) {
	all, err := s.v.Plans(ctx, s.today()-plansShown)
	if err != nil {
		return nil, err
	}
	names, err := s.c.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]httpapi.VisitRoute, len(all))
	for i := range all {
		out[i] = s.route(&all[i], names)
	}
	return out, nil
}

// Counts are the plans that want the office.
func (s *Visits) Counts(ctx context.Context) (*httpapi.VisitPlanCounts, error) {
	today := s.today()
	all, err := s.v.Plans(ctx, today-plansShown)
	out := &httpapi.VisitPlanCounts{}
	for i := range all {
		switch state := all[i].State(s.c.cal, today); {
		case state == volunteers.Late:
			out.Late++
		case (state == volunteers.Ahead || state == volunteers.Today) && all[i].Declined():
			out.Declined++
		}
	}
	return out, err
}

// Due are the departments, those that are due for a visit first.
func (s *Visits) Due(ctx context.Context) ([]httpapi.DueDepartment, error) {
	all, err := s.v.Due(ctx)
	out := make([]httpapi.DueDepartment, len(all))
	for i, d := range all {
		out[i] = httpapi.DueDepartment{Department: d.Department, Last: d.Last, Days: d.Days, Matters: d.Matters, Findings: d.Findings, Planned: d.Planned,
			Points: d.Points(), DaysPoints: d.DaysPoints, MattersPoints: d.MattersPoints, FindingsPoints: d.FindingsPoints}
	}
	return out, err
}

// Visitors are who might be asked for a route.
func (s *Visits) Visitors(ctx context.Context, q httpapi.VisitorQuery) (*httpapi.Visitors, error) {
	all, proposed, err := s.v.Visitors(ctx, volunteers.VisitorQuery{Date: q.Date, Departments: q.Departments, Plan: q.Plan, Going: q.Going})
	if err != nil {
		return nil, err
	}
	names, err := s.c.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := &httpapi.Visitors{Visitors: make([]httpapi.Visitor, len(all)), Proposed: proposed}
	for i, x := range all {
		out.Visitors[i] = httpapi.Visitor{Account: x.Account, Name: names[x.Account], Planned: x.Planned, Lately: x.Lately, Last: x.Last, LastWith: x.LastWith,
			Before: x.Before, Busy: x.Busy, Barred: x.Barred, Unable: x.Unable}
	}
	return out, nil
}

// OfMatter are the visits that are planned to verify a matter, newest first.
func (s *Visits) OfMatter(ctx context.Context, id uint64) ([]httpapi.MatterVisit, error) {
	all, err := s.v.MatterPlans(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []httpapi.MatterVisit{}
	for i := range all {
		p := &all[i]
		for _, x := range p.Stops {
			if x.Matter != id {
				continue
			}
			v := httpapi.MatterVisit{Plan: p.ID, Date: p.Date, Mode: p.Mode, State: p.State(s.c.cal, s.today()), FiledAt: x.FiledAt, Findings: x.Findings}
			if !x.FiledAt.IsZero() {
				v.State = volunteers.Complete
			}
			out = append(out, v)
		}
	}
	return out, nil
}
