package volunteers

import (
	"context"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Plans lists the routes from a date on, also those that were cancelled, in the
// order of their days.
func (v *Volunteers) Plans(ctx context.Context, from workday.Date) ([]VisitPlan, error) {
	return v.plans(ctx, 0, `p.date >= ?2`, from.String())
}

// MyPlans lists the routes from a date on that an account was asked for and
// goes: neither cancelled nor declined.
func (v *Volunteers) MyPlans(ctx context.Context, account uint64, from workday.Date) ([]VisitPlan, error) {
	return v.plans(ctx, account, `p.date >= ?2 AND p.cancelled = '' AND p.id IN (SELECT plan FROM visit_plan_members WHERE account = ?1 AND declined = '')`, from.String())
}

// MatterPlans lists the routes on which a matter is verified, newest first.
func (v *Volunteers) MatterPlans(ctx context.Context, matter uint64) ([]VisitPlan, error) {
	all, err := v.plans(ctx, 0, `p.id IN (SELECT plan FROM visit_plan_stops WHERE matter = ?2 AND matter > 0 AND position > 0)`, int64(matter))
	slices.Reverse(all)
	return all, err
}

// PlanOf is a route by its number.
func (v *Volunteers) PlanOf(ctx context.Context, id uint64) (VisitPlan, error) {
	all, err := v.plans(ctx, 0, `p.id = ?2`, int64(id))
	if err == nil && len(all) == 0 {
		err = errNoPlan
	}
	if err != nil {
		return VisitPlan{}, err
	}
	return all[0], nil
}

// mostPlans bounds a list of routes.
const mostPlans = `1000`

// plans reads routes for an account (?1; 0: nobody's); the condition's arguments
// are from ?2 on.
func (v *Volunteers) plans(ctx context.Context, account uint64, where string, more ...any) ([]VisitPlan, error) {
	args := append([]any{int64(account)}, more...)
	chosen := `(SELECT p.id FROM visit_plans p WHERE ` + where + ` ORDER BY p.date DESC, p.id DESC LIMIT ` + mostPlans + `)`
	rows, err := v.db.QueryContext(ctx, `SELECT id, version, date, mode, note, cancelled FROM visit_plans WHERE id IN `+chosen+` ORDER BY date, id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []VisitPlan
	at := map[uint64]int{}
	for rows.Next() {
		var p VisitPlan
		if err := rows.Scan(&p.ID, &p.Version, &p.Date, &p.Mode, &p.Note, &p.Cancelled); err != nil {
			return nil, err
		}
		at[p.ID] = len(out)
		out = append(out, p)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	if err := v.members(ctx, chosen, args, func(plan uint64, m Member) { out[at[plan]].Members = append(out[at[plan]].Members, m) }); err != nil {
		return nil, err
	}
	return out, v.stops(ctx, chosen, args, func(plan uint64, s PlannedStop) { out[at[plan]].Stops = append(out[at[plan]].Stops, s) })
}

func (v *Volunteers) members(ctx context.Context, chosen string, args []any, each func(plan uint64, m Member)) error {
	rows, err := v.db.QueryContext(ctx, `SELECT plan, account, declined, note, declined_at FROM visit_plan_members WHERE plan IN `+chosen+` ORDER BY plan, account`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var plan uint64
		var m Member
		var at int64
		if err := rows.Scan(&plan, &m.Account, &m.Declined, &m.Note, &at); err != nil {
			return err
		}
		m.DeclinedAt = when(at)
		each(plan, m)
	}
	return rows.Err()
}

func (v *Volunteers) stops(ctx context.Context, chosen string, args []any, each func(plan uint64, s PlannedStop)) error {
	rows, err := v.db.QueryContext(ctx, `SELECT s.plan, s.stop, s.department, s.place, s.hall_window, s.item, s.look, s.matter, coalesce(v.filed_at, 0), coalesce(v.findings, 0),
		EXISTS (SELECT 1 FROM visits o WHERE o.plan = s.plan AND o.plan > 0 AND o.stop = s.stop AND o.department = s.department AND o.account = ?1)
		FROM visit_plan_stops s LEFT JOIN visits v ON v.id = s.visit WHERE s.position > 0 AND s.plan IN `+chosen+` ORDER BY s.plan, s.position`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var plan uint64
		var s PlannedStop
		var at int64
		if err := rows.Scan(&plan, &s.Number, &s.Department, &s.Place, &s.Window, &s.Item, &s.Look, &s.Matter, &at, &s.Findings, &s.Mine); err != nil {
			return err
		}
		s.FiledAt = when(at)
		each(plan, s)
	}
	return rows.Err()
}
