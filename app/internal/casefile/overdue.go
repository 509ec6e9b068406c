package casefile

import (
	"database/sql"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// OverdueRow sets the department's own overdue report beside our computation.
type OverdueRow struct {
	CaseID         uint64    `json:"case_id,omitempty"`
	CaseNo         string    `json:"case_no"`
	Department     string    `json:"department"`
	ItemName       string    `json:"item_name"`
	Clock          string    `json:"clock" enum:"promised,statutory," doc:"the gravest clock that ran over"`
	DueAt          time.Time `json:"due_at,omitzero"`
	OverAt         time.Time `json:"over_at,omitzero"`
	EndedAt        time.Time `json:"ended_at,omitzero"`
	OverBy         int       `json:"over_by" doc:"units over the limit"`
	Unit           string    `json:"unit"`
	ByRegistration bool      `json:"by_registration,omitempty" doc:"by the dates of all facts the case is in time; due_at and over_by are by what was registered"`
	Paused         int       `json:"paused"`
	PausedNow      bool      `json:"paused_now"`
	Agreement      string    `json:"agreement" enum:"both,only_ours,only_theirs,awaited,no_duty" doc:"only_ours: a report that the department undertook to send was left out; no_duty: it never undertook to send any"`
	ReportSeq      uint64    `json:"report_seq,omitempty"`
	ReportedAt     time.Time `json:"reported_at,omitzero"`
	ReportedOverBy string    `json:"reported_over_by,omitempty" doc:"in the department's own words"`
	ReportedN      int       `json:"reported_n,omitempty" doc:"the figure in those words; 0: less than one"`
	ReportedUnit   string    `json:"reported_unit,omitempty" enum:",working_days,calendar_days,working_hours" doc:"of that figure; absent where none can be read, or its unit is not said"`
	Responsible    string    `json:"responsible,omitempty"`
	Explanation    string    `json:"explanation,omitempty"`

	// That both report a case does not mean that they report the same.
	Figures       string `json:"figures,omitempty" enum:"same,differ" doc:"of what both report: whether the reported figure is the computed one of the limit that it is of; absent where it cannot be compared"`
	ReportedClock string `json:"reported_clock,omitempty" enum:"promised,statutory,none" doc:"of what both report: the limit that had run out when the department reported; none: neither had"`
	SinceReport   int    `json:"since_report,omitempty" doc:"units that the case ran further over after the department reported, where the figures differ"`
}

// OverdueRegister lists the overdue register, newest first; open cases run
// on to the moment.
func (v *View) OverdueRegister(a list.Ask) (store.Page[OverdueRow], error) {
	w, n, err := narrowed(v, OverdueList, a, ranged(a), false)
	if err != nil {
		return store.Page[OverdueRow]{}, err
	}
	l := overdueRegister
	if ranged(a) {
		l.Few = fewInRange
	}
	l.Sorts = !v.aligned(a, "", "agreement")
	p, err := store.List(v.ctx, v.tx, l, w, a.At, scanOverdue(n))
	if err != nil {
		return p, err
	}
	for i := range p.Rows {
		if err := v.runOn(&p.Rows[i]); err != nil {
			return p, err
		}
	}
	return p, nil
}

// EachOverdue calls each with every row of the overdue register that is asked
// for, newest first.
func (v *View) EachOverdue(a list.Ask, each func(*OverdueRow) error) error {
	w, n, err := narrow(v, OverdueList, a)
	if err != nil {
		return err
	}
	return store.All(v.ctx, v.tx, overdueRegister, w, scanOverdue(n), func(o *OverdueRow) error {
		if err := v.runOn(o); err != nil {
			return err
		}
		return each(o)
	})
}

// overdueOf lists a case's rows of the overdue register, as last judged.
func (v *View) overdueOf(caseID uint64) ([]OverdueRow, error) {
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	p, err := store.List(v.ctx, v.tx, overdueRegister, ofCase(caseID), store.Window{Limit: 10}, scanOverdue(n))
	return p.Rows, err
}

var overdueRegister = store.Listing{Columns: `dept, item, case_id, case_no, agreement, clock, due_at, over_at, ended_at, over_by, unit, paused,
	report_seq, reported_at, reported_over_by, responsible, explanation,
	coalesce((SELECT flags & 8196 FROM cases c WHERE c.id = case_id), 0)`, From: "register_overdue", Counted: "register_overdue", Order: "sort_at DESC, id DESC"}

func scanOverdue(n *registry) func(*sql.Rows) (OverdueRow, error) {
	return func(r *sql.Rows) (o OverdueRow, err error) {
		var dept, item, agreement, clock, due, over, ended, unit, reported, flags int64
		err = r.Scan(&dept, &item, &o.CaseID, &o.CaseNo, &agreement, &clock, &due, &over, &ended, &o.OverBy, &unit, &o.Paused,
			&o.ReportSeq, &reported, &o.ReportedOverBy, &o.Responsible, &o.Explanation, &flags)
		o.PausedNow, o.ByRegistration = store.Flags(flags)&store.FlagPausedNow != 0, over > 0 && store.Flags(flags)&store.FlagLapsed != 0
		o.Department, o.ItemName = n.code[dept], n.itemOf(item).Name
		o.Agreement, o.Clock, o.Unit = store.Agreements.Word(agreement), store.Clocks.Word(clock), store.Units.Word(unit)
		o.DueAt, o.OverAt, o.EndedAt, o.ReportedAt = store.Time(due), store.Time(over), store.Time(ended), store.Time(reported)
		return o, err
	}
}
