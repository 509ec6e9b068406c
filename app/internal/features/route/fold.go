package route

import (
	"errors"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// begin writes a new plan.
func (o *Outline) begin(w *store.Writer, plan uint64, at time.Time) error {
	if err := w.Exec(`INSERT INTO visit_plans (id, date, note, created_at, mode) VALUES (?,?,?,?,?)`,
		int64(plan), o.Date, o.Note, at.UnixMicro(), o.Mode); err != nil {
		return err
	}
	return o.fold(w, plan)
}

// fold writes a plan's members and stops. A stop that was taken out keeps its
// row, so that its number is no other's: a phone may still hold a sheet of it.
func (o *Outline) fold(w *store.Writer, plan uint64) error {
	for _, m := range o.Members {
		if err := w.Exec(`INSERT INTO visit_plan_members (plan, account) VALUES (?,?) ON CONFLICT DO NOTHING`, int64(plan), int64(m)); err != nil {
			return err
		}
	}
	for i, s := range o.Stops {
		if err := w.Exec(`INSERT INTO visit_plan_stops (plan, stop, position, department, place, hall_window, item, look, matter, visit)
			VALUES (?1, CASE WHEN ?2 > 0 THEN ?2 ELSE (SELECT coalesce(max(stop), 0) + 1 FROM visit_plan_stops WHERE plan = ?1) END, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)
			ON CONFLICT DO UPDATE SET position = ?3, department = ?4, place = ?5, hall_window = ?6, item = ?7, look = ?8, matter = ?9`,
			int64(plan), int64(s.Number), int64(i+1), s.Department, s.Place, s.Window, s.Item, s.Look, int64(s.Matter)); err != nil {
			return err
		}
	}
	return nil
}

func (d *changedData) fold(w *store.Writer) error {
	plan := int64(d.Plan)
	if err := errors.Join(
		w.Exec(`UPDATE visit_plans SET date = ?, note = ?, mode = ?, version = version + 1 WHERE id = ?`, d.Date, d.Note, d.Mode, plan),
		w.Exec(`UPDATE visit_plan_stops SET position = 0 WHERE plan = ?`, plan)); err != nil {
		return err
	}
	// Who stays keeps what they said; who is asked anew has not said anything.
	var gone []uint64
	if err := w.Each(func(row store.Row) error {
		if account := uint64(row.Int(0)); !slices.Contains(d.Members, account) {
			gone = append(gone, account)
		}
		return nil
	}, `SELECT account FROM visit_plan_members WHERE plan = ?`, plan); err != nil {
		return err
	}
	for _, account := range gone {
		if err := w.Exec(`DELETE FROM visit_plan_members WHERE plan = ? AND account = ?`, plan, int64(account)); err != nil {
			return err
		}
	}
	return d.Outline.fold(w, d.Plan)
}

func foldCancelled(w *store.Writer, a act.Of[cancelledData]) error {
	return w.Exec(`UPDATE visit_plans SET cancelled = ?, version = version + 1 WHERE id = ?`, a.Data.Reason, int64(a.Data.Plan))
}

func foldDeclined(w *store.Writer, a act.Of[declinedData]) error {
	d := &a.Data
	if err := errors.Join(
		w.Exec(`UPDATE visit_plan_members SET declined = ?, note = ?, declined_at = ? WHERE plan = ? AND account = ?`,
			string(d.Why), d.Note, a.At.UnixMicro(), int64(d.Plan), int64(a.By)),
		w.Exec(`UPDATE visit_plans SET version = version + 1 WHERE id = ?`, int64(d.Plan))); err != nil {
		return err
	}
	for _, department := range d.Departments {
		if err := w.Exec(`INSERT INTO visit_interests (account, department) VALUES (?,?) ON CONFLICT DO NOTHING`, int64(a.By), department); err != nil {
			return err
		}
	}
	return nil
}

// Fulfil marks the stop of which a sheet was just filed, if its writer is asked
// for it and it was there: whoever files first has done it for both. The fold of
// visits calls it.
func Fulfil(w *store.Writer, p Place, by, visit uint64) error {
	return w.Exec(`UPDATE visit_plan_stops SET visit = ?1 WHERE plan = ?2 AND stop = ?3 AND department = ?4 AND visit = 0
		AND EXISTS (SELECT 1 FROM visit_plan_members WHERE plan = ?2 AND account = ?5)`,
		int64(visit), int64(p.Plan), int64(p.Stop), p.Department, int64(by))
}

// Asked tells on the writer whether an account was asked for a plan.
func Asked(w *store.Writer, plan, account uint64) (bool, error) {
	return w.Exists(`SELECT 1 FROM visit_plan_members WHERE plan = ? AND account = ?`, int64(plan), int64(account))
}
