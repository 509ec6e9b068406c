package route

import (
	"context"
	"database/sql"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// From lists the plans from a date on, also those that were cancelled, in the
// order of their days.
func (s *Plans) From(ctx context.Context, from workday.Date) ([]VisitPlan, error) {
	return s.read(ctx, 0, `p.date >= ?`, from.String())
}

// going is of the plans that an account was asked for and that stand: neither
// cancelled nor declined by it.
const going = `p.cancelled = '' AND p.id IN (SELECT plan FROM visit_plan_members WHERE account = ? AND declined = '')`

// Of lists the plans from a date on that an account was asked for and goes on.
func (s *Plans) Of(ctx context.Context, account uint64, from workday.Date) ([]VisitPlan, error) {
	return s.read(ctx, account, `p.date >= ? AND `+going, from.String(), int64(account))
}

// OfMatter lists the plans on which a matter is verified, newest first.
func (s *Plans) OfMatter(ctx context.Context, matter uint64) ([]VisitPlan, error) {
	all, err := s.read(ctx, 0, `p.id IN (SELECT plan FROM visit_plan_stops WHERE matter = ? AND matter > 0 AND position > 0)`, int64(matter))
	slices.Reverse(all)
	return all, err
}

// One is a plan by its number.
func (s *Plans) One(ctx context.Context, id uint64) (VisitPlan, error) {
	all, err := s.read(ctx, 0, `p.id = ?`, int64(id))
	if err == nil && len(all) == 0 {
		err = errNoPlan
	}
	if err != nil {
		return VisitPlan{}, err
	}
	return all[0], nil
}

// AskedOf lists the numbers of the plans of some days, both inclusive, that an
// account was asked for, and that were neither cancelled nor declined.
func (s *Plans) AskedOf(ctx context.Context, account uint64, from, to workday.Date) (out []uint64, err error) {
	err = store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var id uint64
		err := row.Scan(&id)
		out = append(out, id)
		return err
	}, `SELECT p.id FROM visit_plans p JOIN visit_plan_members m ON m.plan = p.id
		WHERE m.account = ? AND m.declined = '' AND p.cancelled = '' AND p.date >= ? AND p.date <= ?`, int64(account), from.String(), to.String())
	return out, err
}

// read reads plans in one state of the database for an account (0: nobody's), the
// latest 1,000 in the order of their days.
func (s *Plans) read(ctx context.Context, account uint64, where string, args ...any) ([]VisitPlan, error) {
	chosen := `(SELECT p.id FROM visit_plans p WHERE ` + where + ` ORDER BY p.date DESC, p.id DESC LIMIT 1000)`
	tx, err := s.office.Store.Readers().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	var out []VisitPlan
	at := map[uint64]int{}
	if err := store.EachRow(ctx, tx, func(row *sql.Rows) error {
		var p VisitPlan
		err := row.Scan(&p.ID, &p.Version, &p.Date, &p.Mode, &p.Note, &p.Cancelled)
		at[p.ID] = len(out)
		out = append(out, p)
		return err
	}, `SELECT id, version, date, mode, note, cancelled FROM visit_plans WHERE id IN `+chosen+` ORDER BY date, id`, args...); err != nil {
		return nil, err
	}
	if err := store.EachRow(ctx, tx, func(row *sql.Rows) error {
		var plan uint64
		var m Member
		var declined int64
		if err := row.Scan(&plan, &m.Account, &m.Declined, &m.Note, &declined); err != nil {
			return err
		}
		m.DeclinedAt = store.Time(declined)
		p := &out[at[plan]]
		p.Members = append(p.Members, m)
		return nil
	}, `SELECT plan, account, declined, note, declined_at FROM visit_plan_members WHERE plan IN `+chosen+` ORDER BY plan, account`, args...); err != nil {
		return nil, err
	}
	if err := store.EachRow(ctx, tx, func(row *sql.Rows) error {
		var plan uint64
		var x PlannedStop
		if err := row.Scan(&plan, &x.Number, &x.Department, &x.Place, &x.Window, &x.Item, &x.Look, &x.Matter, &x.visit); err != nil {
			return err
		}
		p := &out[at[plan]]
		p.Stops = append(p.Stops, x)
		return nil
	}, `SELECT plan, stop, department, place, hall_window, item, look, matter, visit FROM visit_plan_stops WHERE position > 0 AND plan IN `+chosen+` ORDER BY plan, position`, args...); err != nil {
		return nil, err
	}
	if err := tx.Rollback(); err != nil {
		return nil, err
	}
	return out, s.fill(ctx, account, out)
}

// fill tells of each stop what was filed of it, and whether the account did.
func (s *Plans) fill(ctx context.Context, account uint64, all []VisitPlan) error {
	var visits, plans []uint64
	for _, p := range all {
		plans = append(plans, p.ID)
		for _, x := range p.Stops {
			if x.visit > 0 {
				visits = append(visits, x.visit)
			}
		}
	}
	filed, err := s.sheets.Filed(ctx, visits)
	if err != nil {
		return err
	}
	own, err := s.sheets.Own(ctx, account, plans)
	if err != nil {
		return err
	}
	for _, p := range all {
		for i := range p.Stops {
			x := &p.Stops[i]
			f := filed[x.visit]
			x.FiledAt, x.Findings, x.Mine = f.At, f.Findings, own[Place{p.ID, x.Number, x.Department}]
		}
	}
	return nil
}
