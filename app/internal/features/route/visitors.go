package route

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Wanted asks who could go.
type Wanted struct {
	Date        string
	Departments []string // of the plan
	Plan        uint64   // that is being changed; 0: a new one
	Going       []uint64 // who go in any case
}

// Visitors lists the volunteers in term, those whose turn it is first, and whom
// rotation proposes for a pair. Who is barred or has said that they cannot go is
// listed and not proposed.
func (s *Plans) Visitors(ctx context.Context, q Wanted) (all []Candidate, proposed []uint64, err error) {
	day, err := workday.ParseDate(q.Date)
	if err != nil {
		return nil, nil, invalid(fault.Field{Name: "date", ZH: "请选择日期", EN: "choose a date"})
	}
	free, err := s.serving(ctx, day)
	if err != nil {
		return nil, nil, err
	}
	today := s.office.Today()
	outings, err := s.outings(ctx, min(day, today)-furthestDays, q.Plan)
	if err != nil {
		return nil, nil, err
	}
	all = rotation(whose{today: today.String(), since: (today - lately).String(), day: day.String(), departments: q.Departments}, outings, free)
	unable, err := s.unable(ctx, q.Plan)
	if err != nil {
		return nil, nil, err
	}
	for i := range all {
		all[i].Unable = slices.Contains(unable, all[i].Account)
	}
	return all, propose(all, mostMembers, q.Going...), nil
}

// outings are the plans that stand from a date on, but for one.
func (s *Plans) outings(ctx context.Context, from workday.Date, but uint64) (out []outing, err error) {
	err = store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var o outing
		var members, departments []byte
		if err := row.Scan(&o.plan, &o.date, &members, &departments); err != nil {
			return err
		}
		err := errors.Join(json.Unmarshal(members, &o.members), json.Unmarshal(departments, &o.departments))
		out = append(out, o)
		return err
	}, `SELECT p.id, p.date,
		(SELECT json_group_array(m.account) FROM visit_plan_members m WHERE m.plan = p.id AND m.declined = ''),
		(SELECT json_group_array(s.department) FROM visit_plan_stops s WHERE s.plan = p.id AND s.position > 0)
		FROM visit_plans p WHERE p.date >= ? AND p.cancelled = '' AND p.id <> ?`, from.String(), int64(but))
	return out, err
}

// unable are those who said of a plan that they cannot go.
func (s *Plans) unable(ctx context.Context, plan uint64) (out []uint64, err error) {
	err = store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var account uint64
		err := row.Scan(&account)
		out = append(out, account)
		return err
	}, `SELECT account FROM visit_plan_members WHERE plan = ? AND declined <> ''`, int64(plan))
	return out, err
}
