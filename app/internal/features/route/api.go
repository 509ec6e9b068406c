package route

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
)

// Feature is what the office asks volunteers for.
func (s *Plans) Feature() feature.Feature {
	return feature.Feature{Name: "route", Acts: Acts, Tables: Tables, Operations: s.operations}
}

// operations are the desk's, who plan, and the volunteers', who say when they
// cannot go. Departments never learn of any of it.
func (s *Plans) operations(h *api.API) {
	api.Get(h, "/visits/plans", "visitPlans", "Routes asked for: those to come and those of the last 90 days", access.Desk, s.all)
	api.Get(h, "/visits/plans/counts", "visitPlanCounts", "How many plans want the office", access.Desk, s.counts)
	api.Get(h, "/visits/candidates", "visitCandidates", "Departments, those that are due for a visit first, with the reasons", access.Desk, s.candidates)
	api.Get(h, "/visits/visitors", "visitors", "Volunteers, those whose turn it is first, and whom rotation proposes", access.Desk, s.visitors)
	api.Post(h, "/visits", "planVisit", "Ask one or two volunteers for a route", access.Desk, func(ctx context.Context, in *struct{ Body RouteRequest }) (*VisitRoute, error) {
		id, err := s.Plan(ctx, access.From(ctx), in.Body.Key, in.Body.Outline)
		if err != nil {
			return nil, err
		}
		return s.one(ctx, id)
	})
	api.Put(h, "/visits/plans/{id}", "changeVisitPlan", "Change a route, until its day is over", access.Desk, func(ctx context.Context, in *struct {
		api.ByID
		Body RouteChange
	}) (*VisitRoute, error) {
		if err := s.Change(ctx, access.From(ctx), in.ID, in.Body.Key, in.Body.Version, in.Body.Outline); err != nil {
			return nil, err
		}
		return s.one(ctx, in.ID)
	})
	api.Command(h, "/visits/plans/{id}/cancel", "cancelVisitPlan", "Take a route back, or wait no longer for it", access.Desk, func(ctx context.Context, in *struct {
		api.ByID
		Body RouteCancel
	}) error {
		return s.Cancel(ctx, access.From(ctx), in.ID, in.Body.Key, in.Body.Version, in.Body.Reason)
	})
	api.Command(h, "/my/visits/plans/{id}/decline", "declineVisit", "Say that one cannot go", access.Volunteers, func(ctx context.Context, in *struct {
		api.ByID
		Body Declining
	}) error {
		return s.Decline(ctx, access.From(ctx), in.ID, in.Body.Key, in.Body.Why, in.Body.Departments, in.Body.Note)
	})
	api.Get(h, "/matters/{id}/visits", "matterVisits", "Visits that are planned to verify a matter", access.Office,
		func(ctx context.Context, in *api.ByID) ([]MatterVisit, error) { return s.verifying(ctx, in.ID) })
}

const (
	plansShown   = 90 // days back, for the office
	ownPlansOpen = 30 // days back, for who goes: so long a sheet is taken
)

// Mine are the plans that a volunteer goes on, and those before of which
// something is not filed.
func (s *Plans) Mine(ctx context.Context, account uint64) ([]MyRoute, error) {
	today, cal := s.office.Today(), s.office.Calendar()
	all, err := s.Of(ctx, account, today-ownPlansOpen)
	if err != nil {
		return nil, err
	}
	names, err := s.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := []MyRoute{}
	for i := range all {
		p := &all[i]
		if p.Date < today.String() && p.Open() == 0 {
			continue
		}
		r := MyRoute{ID: p.ID, Date: p.Date, Mode: p.Mode, Note: p.Note, State: p.State(cal, today), Stops: make([]MyStop, len(p.Stops))}
		for _, m := range p.Members {
			if m.Account != account {
				r.Partners = append(r.Partners, Partner{Name: names[m.Account], Declined: m.Declined != ""})
			}
		}
		for i, x := range p.Stops {
			r.Stops[i] = MyStop{Stop: x.Number, Department: x.Department, Place: x.Place, Window: x.Window, Item: x.Item, Look: x.Look, FiledAt: x.FiledAt, Mine: x.Mine}
		}
		out = append(out, r)
	}
	return out, nil
}

// all are the plans to come and of the days before.
func (s *Plans) all(ctx context.Context, _ *api.None) ([]VisitRoute, error) {
	all, err := s.From(ctx, s.office.Today()-plansShown)
	if err != nil {
		return nil, err
	}
	names, err := s.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]VisitRoute, len(all))
	for i := range all {
		out[i] = s.row(&all[i], names)
	}
	return out, nil
}

func (s *Plans) one(ctx context.Context, id uint64) (*VisitRoute, error) {
	p, err := s.One(ctx, id)
	if err != nil {
		return nil, err
	}
	names, err := s.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	r := s.row(&p, names)
	return &r, nil
}

func (s *Plans) row(p *VisitPlan, names map[uint64]string) VisitRoute {
	r := VisitRoute{ID: p.ID, Version: p.Version, Date: p.Date, Mode: p.Mode, Note: p.Note, State: p.State(s.office.Calendar(), s.office.Today()), Cancelled: p.Cancelled,
		Members: make([]RouteMember, len(p.Members)), Stops: make([]RouteStop, len(p.Stops))}
	for i, m := range p.Members {
		r.Members[i] = RouteMember{Account: m.Account, Name: names[m.Account], Declined: m.Declined, Note: m.Note, DeclinedAt: m.DeclinedAt}
	}
	for i, x := range p.Stops {
		r.Stops[i] = RouteStop{Stop: x.Stop, Filed: !x.FiledAt.IsZero()}
	}
	return r
}

// counts are the plans that want the office.
func (s *Plans) counts(ctx context.Context, _ *api.None) (*VisitPlanCounts, error) {
	today, cal := s.office.Today(), s.office.Calendar()
	all, err := s.From(ctx, today-plansShown)
	out := &VisitPlanCounts{}
	for i := range all {
		switch state := all[i].State(cal, today); {
		case state == Late:
			out.Late++
		case (state == Ahead || state == Today) && all[i].Declined():
			out.Declined++
		}
	}
	return out, err
}

// candidates are the departments, those that are due for a visit first.
func (s *Plans) candidates(ctx context.Context, _ *api.None) ([]DueDepartment, error) {
	all, err := s.Due(ctx)
	out := make([]DueDepartment, len(all))
	for i, d := range all {
		out[i] = DueDepartment{Department: d.Department, Last: d.Last, Days: d.Days, Matters: d.Matters, Findings: d.Findings, Planned: d.Planned,
			Points: d.Points(), DaysPoints: d.DaysPoints, MattersPoints: d.MattersPoints, FindingsPoints: d.FindingsPoints}
	}
	return out, err
}

// visitors are who might be asked.
func (s *Plans) visitors(ctx context.Context, q *VisitorQuery) (*Visitors, error) {
	all, proposed, err := s.Visitors(ctx, Wanted{Date: q.Date, Departments: q.Departments, Plan: q.Plan, Going: q.Going})
	if err != nil {
		return nil, err
	}
	names, err := s.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := &Visitors{Visitors: make([]Visitor, len(all)), Proposed: proposed}
	for i, x := range all {
		out.Visitors[i] = Visitor{Account: x.Account, Name: names[x.Account], Planned: x.Planned, Lately: x.Lately, Last: x.Last, LastWith: x.LastWith,
			Before: x.Before, Busy: x.Busy, Barred: x.Barred, Unable: x.Unable}
	}
	return out, nil
}

// verifying are the visits that are planned to verify a matter, newest first.
func (s *Plans) verifying(ctx context.Context, matter uint64) ([]MatterVisit, error) {
	all, err := s.OfMatter(ctx, matter)
	if err != nil {
		return nil, err
	}
	out := []MatterVisit{}
	for i := range all {
		p := &all[i]
		for _, x := range p.Stops {
			if x.Matter != matter {
				continue
			}
			v := MatterVisit{Plan: p.ID, Date: p.Date, Mode: p.Mode, State: p.State(s.office.Calendar(), s.office.Today()), FiledAt: x.FiledAt, Findings: x.Findings}
			if !x.FiledAt.IsZero() {
				v.State = Complete
			}
			out = append(out, v)
		}
	}
	return out, nil
}
