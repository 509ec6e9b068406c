package casefile

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Case is one row of the cases list.
type Case struct {
	ID         uint64 `json:"id" doc:"journal number of the case's first record"`
	Department string `json:"department" doc:"department code"`
	CaseNo     string `json:"case_no"`
	ItemCode   string `json:"item_code"`
	ItemName   string `json:"item_name"`
	CaseType   string `json:"case_type" enum:"on_the_spot,committed,joint,referred_up"`
	State      string `json:"state" enum:"received,supplement,accepted,paused,ended" doc:"received: handed in; supplement: papers awaited; accepted: being handled; paused: special procedure; ended"`
	Outcome    string `json:"outcome" enum:"open,granted,refused,not_accepted,returned,decided,withdrawn,voided,forwarded"`
	Level      string `json:"level" enum:"none,review,data,warn,yellow,red" doc:"highest active finding"`

	ReceivedAt     time.Time `json:"received_at,omitzero"`
	AcceptedAt     time.Time `json:"accepted_at,omitzero"`
	EndedAt        time.Time `json:"ended_at,omitzero"`
	SentAt         time.Time `json:"sent_at,omitzero"`
	DueAt          time.Time `json:"due_at,omitzero" doc:"of the main clock: promised, else statutory"`
	StatutoryDueAt time.Time `json:"statutory_due_at,omitzero"`
	LastAt         time.Time `json:"last_at,omitzero" doc:"when the latest event occurred"`

	Limit                 int    `json:"limit"`
	LimitUnit             string `json:"limit_unit" enum:",working_days,calendar_days,working_hours,seconds,working_seconds" doc:"empty: no limit; with limit 0 else: the same day"`
	Used                  int    `json:"used" doc:"units of the main clock used, pauses taken off"`
	OverBy                int    `json:"over_by,omitempty" doc:"units of the main clock over its limit"`
	Extended              int    `json:"extended"`
	Requests              int    `json:"requests" doc:"pauses begun"`
	Paused                int    `json:"paused" doc:"units paused"`
	PausedNow             bool   `json:"paused_now"`
	Overdue               bool   `json:"overdue"`
	OverdueByRegistration bool   `json:"overdue_by_registration" doc:"by the dates of all facts the case is in time, and by what was registered when its limit ran out it was not: what was registered only afterwards does not make it timely"`
	OverdueWithoutPauses  bool   `json:"overdue_without_pauses"`
	Refused               bool   `json:"refused" doc:"grounds for refusal exist"`
	OutOfOrder            bool   `json:"out_of_order" doc:"the first receipt stands after the end"`
	Early                 bool   `json:"early"`
	DeemedAccepted        bool   `json:"deemed_accepted"`
	Corrected             bool   `json:"corrected" doc:"the department changed a record of this case afterwards"`
	Unlisted              bool   `json:"unlisted" doc:"a year without a holiday list was counted"`

	Applicant string `json:"applicant" doc:"masked"`
	Project   string `json:"project"`
	Handler   string `json:"handler"`
	Window    string `json:"window"`
	Events    int    `json:"events"`
}

const caseColumns = `id, dept, item, case_no, state, outcome, level, flags, received_at, accepted_at, ended_at, sent_at,
	due_at, statutory_due_at, last_at, limit_n, limit_unit, used, extended, requests, paused, events,
	applicant, project, handler, hall_window`

// scanCase reads a case as it was last judged.
func scanCase(n *registry) func(*sql.Rows) (Case, error) {
	return func(r *sql.Rows) (c Case, err error) {
		var dept, item, state, outcome, level, flags, unit int64
		var received, accepted, ended, sent, due, statutory, last int64
		if err = r.Scan(&c.ID, &dept, &item, &c.CaseNo, &state, &outcome, &level, &flags, &received, &accepted, &ended, &sent,
			&due, &statutory, &last, &c.Limit, &unit, &c.Used, &c.Extended, &c.Requests, &c.Paused, &c.Events,
			&c.Applicant, &c.Project, &c.Handler, &c.Window); err != nil {
			return c, err
		}
		it := n.itemOf(item)
		c.Department, c.ItemCode, c.ItemName, c.CaseType = n.code[dept], it.Code, it.Name, it.CaseType
		c.State, c.Outcome, c.Level = store.States.Word(state), store.Outcomes.Word(outcome), store.Levels.Word(level)
		c.ReceivedAt, c.AcceptedAt, c.EndedAt, c.SentAt = store.Time(received), store.Time(accepted), store.Time(ended), store.Time(sent)
		c.DueAt, c.StatutoryDueAt, c.LastAt, c.LimitUnit = store.Time(due), store.Time(statutory), store.Time(last), store.Units.Word(unit)
		has := func(f store.Flags) bool { return store.Flags(flags)&f != 0 }
		c.Overdue, c.OverdueWithoutPauses, c.PausedNow = has(store.FlagOverdue), has(store.FlagOverdueWithoutPauses), has(store.FlagPausedNow)
		c.OverdueByRegistration = has(store.FlagLapsed)
		c.Refused, c.OutOfOrder, c.Early = has(store.FlagRefused), has(store.FlagOutOfOrder), has(store.FlagEarly)
		c.DeemedAccepted, c.Corrected, c.Unlisted = has(store.FlagDeemedAccepted), has(store.FlagCorrected), has(store.FlagUnlisted)
		return c, nil
	}
}

// CaseByNo reads one case by its number, counted on to the moment.
func (v *View) CaseByNo(department, caseNo string) (Case, error) {
	if err := v.who.Within(&department); err != nil {
		return Case{}, err
	}
	n, err := v.names()
	if err != nil {
		return Case{}, err
	}
	dept, err := n.department(department)
	if err != nil {
		return Case{}, err
	}
	c, err := v.oneCase("case_no = ? AND dept = ?", caseNo, dept)
	if err == nil {
		err = v.countOn(&c)
	}
	return c, err
}

// Case reads one case by its id, as it was last judged. Another department's is not
// even looked at for who is kept to one: it is answered as one that does not exist, in
// the same words and after the same reading, so that nobody learns which there are.
func (v *View) Case(id uint64) (Case, error) {
	if own, restricted := v.who.Restricted(); restricted {
		return v.oneCase("id = ? AND dept = (SELECT id FROM departments WHERE code = ?)", int64(id), own)
	}
	return v.oneCase("id = ?", int64(id))
}

// CaseNo is a case's number by its id; empty where there is none. It knows no
// principal: whoever may read of a case may know its number.
func (r *Reader) CaseNo(ctx context.Context, id uint64) (no string, err error) {
	err = r.store.Readers().QueryRowContext(ctx, `SELECT case_no FROM cases WHERE id = ?`, int64(id)).Scan(&no)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return no, err
}

func (v *View) oneCase(where string, args ...any) (c Case, err error) {
	n, err := v.names()
	if err != nil {
		return c, err
	}
	found := false
	err = store.EachRow(v.ctx, v.tx, func(r *sql.Rows) (err error) {
		found = true
		c, err = scanCase(n)(r)
		return err
	}, `SELECT `+caseColumns+` FROM cases WHERE `+where, args...)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "unknown_case",
			"没有这个办件。请核对办件编号和部门。", "There is no such case. Check the case number and the department.", nil)
	}
	return c, err
}
