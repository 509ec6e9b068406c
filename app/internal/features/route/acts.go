package route

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Acts are the acts of planning visits. What is filed of a plan is folded by
// package visit, which calls Fulfil.
var Acts = []act.Any{plannedOne, planned, changed, cancelled, declined}

// Tables are what they fill.
var Tables = []string{"visit_plans", "visit_plan_members", "visit_plan_stops", "visit_interests"}

// plannedOneData asks volunteers for a visit to one department.
type plannedOneData struct {
	Department string   `json:"department"`
	Date       string   `json:"date"`
	Note       string   `json:"note,omitempty"`
	Members    []uint64 `json:"members"`
}

// outline is the one stop that such a plan was.
func (d *plannedOneData) outline() Outline {
	return Outline{Date: d.Date, Mode: "unannounced", Note: d.Note, Members: d.Members, Stops: []Stop{{Department: d.Department}}}
}

type changedData struct {
	Plan    uint64 `json:"plan"`
	Version int    `json:"version"`
	Outline
}

type cancelledData struct {
	Plan    uint64 `json:"plan"`
	Version int    `json:"version"`
	Reason  string `json:"reason"`
}

type declinedData struct {
	Plan        uint64   `json:"plan"`
	Why         Unable   `json:"why"`
	Departments []string `json:"departments,omitempty"`
	Note        string   `json:"note,omitempty"`
}

var example = Outline{Date: "2026-09-24", Mode: "unannounced", Members: []uint64{7}, Stops: []Stop{{Department: "GH"}}}

var (
	// plannedOne was made only before plans had several stops.
	plannedOne = act.Define(act.Def[plannedOneData]{
		Type: "visit.planned", Group: act.Visits,
		About: func(a act.Of[plannedOneData]) act.Subject { return act.OnDepartment(a.Data.Department) },
		Words: func(a act.Of[plannedOneData]) (zh, en string) {
			return fmt.Sprintf("安排暗访：%s %s", a.Data.Department, a.Data.Date), fmt.Sprintf("Planned a visit: %s, %s", a.Data.Department, a.Data.Date)
		},
		Fold: func(w *store.Writer, a act.Of[plannedOneData]) error {
			o := a.Data.outline()
			return o.begin(w, a.Seq, a.At)
		},
		Example: plannedOneData{Department: "GH", Date: "2026-09-24", Members: []uint64{7}},
	})
	planned = act.Define(act.Def[Outline]{
		Type: "visit.route_planned", Group: act.Visits, About: act.Itself[Outline](act.Plan),
		Words: func(a act.Of[Outline]) (zh, en string) {
			return fmt.Sprintf("安排暗访：%s", a.Data.briefZH()), fmt.Sprintf("Planned a visit: %s", a.Data.briefEN())
		},
		Check:   onDay(func(w *store.Writer, a act.Of[Outline], today workday.Date) error { return a.Data.check(w, today) }),
		Fold:    func(w *store.Writer, a act.Of[Outline]) error { return a.Data.begin(w, a.Seq, a.At) },
		Example: example,
	})
	changed = act.Define(act.Def[changedData]{
		Type: "visit.route_changed", Group: act.Visits,
		About: func(a act.Of[changedData]) act.Subject { return act.On(act.Plan, a.Data.Plan) },
		Words: func(a act.Of[changedData]) (zh, en string) {
			return fmt.Sprintf("调整暗访安排：%s", a.Data.briefZH()), fmt.Sprintf("Changed a planned visit: %s", a.Data.briefEN())
		},
		Check:   onDay(func(w *store.Writer, a act.Of[changedData], today workday.Date) error { return a.Data.check(w, today) }),
		Fold:    func(w *store.Writer, a act.Of[changedData]) error { return a.Data.fold(w) },
		Example: changedData{Plan: 1, Version: 1, Outline: example},
	})
	cancelled = act.Define(act.Def[cancelledData]{
		Type: "visit.route_cancelled", Group: act.Visits, Reasoned: true,
		About:   func(a act.Of[cancelledData]) act.Subject { return act.On(act.Plan, a.Data.Plan) },
		Words:   act.Plain[cancelledData]("取消暗访安排", "Cancelled a planned visit"),
		Check:   func(w *store.Writer, a act.Of[cancelledData]) error { return a.Data.check(w) },
		Fold:    foldCancelled,
		Example: cancelledData{Plan: 1, Version: 1, Reason: "改日再去"},
	})
	// declined is told without who it was and without what it was about: of both
	// together one could tell who visited.
	declined = act.Define(act.Def[declinedData]{
		Type: "visit.route_declined", Group: act.Visits, Sealed: true,
		Words: act.Plain[declinedData]("说明一次暗访去不了", "Said that they cannot go on a planned visit"),
		Check: onDay(func(w *store.Writer, a act.Of[declinedData], today workday.Date) error {
			return a.Data.check(w, a.By, today)
		}),
		Fold:    foldDeclined,
		Example: declinedData{Plan: 1, Why: Ill},
	})
)

// onDay tells a check the office's day of the act.
func onDay[T any](check func(w *store.Writer, a act.Of[T], today workday.Date) error) func(*store.Writer, act.Of[T]) error {
	return func(w *store.Writer, a act.Of[T]) error {
		cal, err := intake.Calendar(w, workday.Default())
		if err != nil {
			return err
		}
		return check(w, a, cal.DateOf(a.At))
	}
}

func (o *Outline) briefZH() string { return fmt.Sprintf("%s，%d 站", o.Date, len(o.Stops)) }

func (o *Outline) briefEN() string {
	if len(o.Stops) == 1 {
		return o.Date + ", 1 stop"
	}
	return fmt.Sprintf("%s, %d stops", o.Date, len(o.Stops))
}
