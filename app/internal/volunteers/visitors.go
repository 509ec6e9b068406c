package volunteers

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// VisitorQuery asks who could go.
type VisitorQuery struct {
	Date        string
	Departments []string // of the route
	Plan        uint64   // that is being changed; 0: a new one
	Going       []uint64 // who go in any case
}

// Visitors lists the volunteers in term, those whose turn it is first, and whom
// rotation proposes for a pair. Who is barred or has said that they cannot go is
// listed and not proposed.
func (v *Volunteers) Visitors(ctx context.Context, q VisitorQuery) (all []Visitor, proposed []uint64, err error) {
	day, err := workday.ParseDate(q.Date)
	if err != nil {
		return nil, nil, invalidPlan(fault.Field{Name: "date", ZH: "请选择日期", EN: "choose a date"})
	}
	free, err := v.serving(ctx, day)
	if err != nil {
		return nil, nil, err
	}
	today := v.journal.Calendar().DateOf(v.now())
	outings, err := v.outings(ctx, min(day, today)-furthestDays, q.Plan)
	if err != nil {
		return nil, nil, err
	}
	all = rotation(whose{today: today.String(), since: (today - lately).String(), day: day.String(), departments: q.Departments}, outings, free)
	unable, err := v.unable(ctx, q.Plan)
	if err != nil {
		return nil, nil, err
	}
	for i := range all {
		all[i].Unable = slices.Contains(unable, all[i].Account)
	}
	return all, propose(all, mostMembers, q.Going...), nil
}

// outings are the routes that stand from a date on, but for one.
func (v *Volunteers) outings(ctx context.Context, from workday.Date, but uint64) ([]outing, error) {
	rows, err := v.db.QueryContext(ctx, `SELECT p.id, p.date,
		(SELECT json_group_array(m.account) FROM visit_plan_members m WHERE m.plan = p.id AND m.declined = ''),
		(SELECT json_group_array(s.department) FROM visit_plan_stops s WHERE s.plan = p.id AND s.position > 0)
		FROM visit_plans p WHERE p.date >= ? AND p.cancelled = '' AND p.id <> ?`, from.String(), int64(but))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []outing
	for rows.Next() {
		var o outing
		var members, departments []byte
		if err := rows.Scan(&o.plan, &o.date, &members, &departments); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(members, &o.members); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(departments, &o.departments); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, rows.Err()
}

// unable are those who said of a plan that they cannot go.
func (v *Volunteers) unable(ctx context.Context, plan uint64) (out []uint64, err error) {
	rows, err := v.db.QueryContext(ctx, `SELECT account FROM visit_plan_members WHERE plan = ? AND declined <> ''`, int64(plan))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var account uint64
		if err := rows.Scan(&account); err != nil {
			return nil, err
		}
		out = append(out, account)
	}
	return out, rows.Err()
}
