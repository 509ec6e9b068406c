package volunteers

import (
	"errors"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Acts of planning visits.
const (
	visitPlanned   = "visit.planned" // one department; made only before there were routes
	routePlanned   = "visit.route_planned"
	routeChanged   = "visit.route_changed"
	routeCancelled = "visit.route_cancelled"
	routeDeclined  = "visit.route_declined"
)

type visitPlannedData struct {
	Department string   `json:"department"`
	Date       string   `json:"date"`
	Note       string   `json:"note,omitempty"`
	Members    []uint64 `json:"members"`
}

// route is the one stop that such a plan was.
func (d *visitPlannedData) route() Route {
	return Route{Date: d.Date, Mode: "unannounced", Note: d.Note, Members: d.Members, Stops: []Stop{{Department: d.Department}}}
}

type routeChangedData struct {
	Plan    uint64 `json:"plan"`
	Version int    `json:"version"`
	Route
}

type routeCancelledData struct {
	Plan    uint64 `json:"plan"`
	Version int    `json:"version"`
	Reason  string `json:"reason"`
}

type routeDeclinedData struct {
	Plan        uint64   `json:"plan"`
	Why         Unable   `json:"why"`
	Departments []string `json:"departments,omitempty"`
	Note        string   `json:"note,omitempty"`
}

// RouteFolder folds the acts of planning visits; see intake.Folder. What is
// filed of a route is folded by VisitFolder, which marks its stop.
type RouteFolder struct{}

func (RouteFolder) Types() []string {
	return []string{visitPlanned, routePlanned, routeChanged, routeCancelled, routeDeclined}
}

func (RouteFolder) Tables() []string {
	return []string{"visit_plans", "visit_plan_members", "visit_plan_stops", "visit_interests"}
}

func (RouteFolder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	switch a.Type {
	case visitPlanned:
		d, err := intake.DataOf[visitPlannedData](a)
		if err != nil {
			return err
		}
		return foldRoute(w, a, d.route())
	case routePlanned:
		r, err := intake.DataOf[Route](a)
		if err != nil {
			return err
		}
		return foldRoute(w, a, r)
	case routeChanged:
		d, err := intake.DataOf[routeChangedData](a)
		if err != nil {
			return err
		}
		return d.fold(w)
	case routeCancelled:
		d, err := intake.DataOf[routeCancelledData](a)
		if err != nil {
			return err
		}
		return w.Exec(`UPDATE visit_plans SET cancelled = ?, version = version + 1 WHERE id = ?`, d.Reason, int64(d.Plan))
	case routeDeclined:
		d, err := intake.DataOf[routeDeclinedData](a)
		if err != nil {
			return err
		}
		return d.fold(w, a)
	}
	return nil
}

func foldRoute(w *store.Writer, a *intake.RecordedAct, r Route) error {
	if err := w.Exec(`INSERT INTO visit_plans (id, date, note, created_at, mode) VALUES (?,?,?,?,?)`,
		int64(a.Seq), r.Date, r.Note, a.At.UnixMicro(), r.Mode); err != nil {
		return err
	}
	return r.fold(w, a.Seq)
}

func (d *routeChangedData) fold(w *store.Writer) error {
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
	return d.Route.fold(w, d.Plan)
}

// fold writes a route's members and stops. A stop that was taken out keeps its
// row, so that its number is no other's: a phone may still hold a sheet of it.
func (r *Route) fold(w *store.Writer, plan uint64) error {
	for _, m := range r.Members {
		if err := w.Exec(`INSERT INTO visit_plan_members (plan, account) VALUES (?,?) ON CONFLICT DO NOTHING`, int64(plan), int64(m)); err != nil {
			return err
		}
	}
	for i, s := range r.Stops {
		if err := w.Exec(`INSERT INTO visit_plan_stops (plan, stop, position, department, place, hall_window, item, look, matter, visit)
			VALUES (?1, CASE WHEN ?2 > 0 THEN ?2 ELSE (SELECT coalesce(max(stop), 0) + 1 FROM visit_plan_stops WHERE plan = ?1) END, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)
			ON CONFLICT DO UPDATE SET position = ?3, department = ?4, place = ?5, hall_window = ?6, item = ?7, look = ?8, matter = ?9`,
			int64(plan), int64(s.Number), int64(i+1), s.Department, s.Place, s.Window, s.Item, s.Look, int64(s.Matter)); err != nil {
			return err
		}
	}
	return nil
}

func (d *routeDeclinedData) fold(w *store.Writer, a *intake.RecordedAct) error {
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

// fulfil marks the stop of which a sheet was just filed, if its writer is asked
// for it and it was there: whoever files first has done it for both.
func (s *Sheet) fulfil(w *store.Writer, by, visit uint64) error {
	return w.Exec(`UPDATE visit_plan_stops SET visit = ?1 WHERE plan = ?2 AND stop = ?3 AND department = ?4 AND visit = 0
		AND EXISTS (SELECT 1 FROM visit_plan_members WHERE plan = ?2 AND account = ?5)`,
		int64(visit), int64(s.Plan), int64(s.stop()), s.Department, int64(by))
}

// stop is the number of a planned sheet's stop. Sheets of before there were
// routes name the plan alone, which had one.
func (s *Sheet) stop() int {
	if s.Plan > 0 && s.Stop == 0 {
		return 1
	}
	return s.Stop
}
