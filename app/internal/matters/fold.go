package matters

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// Acts of matters.
const (
	stepped = "matter.step"
	noticed = "matter.noticed" // a step that the console takes for what it came to know
)

type steppedData struct {
	Matter  uint64            `json:"matter"`
	Version int               `json:"version"` // how many steps the person had seen
	Action  string            `json:"action"`
	Fields  map[string]string `json:"fields,omitempty"`
	At      time.Time         `json:"at,omitzero"` // of what the console noticed: when it happened
}

// step is the step that an act takes.
func (d *steppedData) step(a *intake.RecordedAct) workflow.Step {
	s := workflow.Step{Action: d.Action, By: a.By, At: a.At, Fields: d.Fields}
	if a.Type == noticed {
		s.At = d.At
	}
	return s
}

// Open opens a matter. The folds of visits, reviews and ratings call it, so a
// matter comes up in the same transaction as what it comes from.
func Open(w *store.Writer, o Opening, at time.Time) error {
	reasons, err := json.Marshal(append([]string{}, o.Reasons...))
	if err != nil {
		return err
	}
	m := Matter{Opening: o, OpenedAt: at}
	if err := m.fold(nil); err != nil {
		return err
	}
	return w.Exec(`INSERT INTO matters (`+columns+`, state, done, limit_from, limit_days) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM matters), ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?,?)`,
		string(o.Source), int64(o.SourceID), int64(o.Finding), o.Department, o.Category, o.Severity, o.Fact, string(reasons),
		int64(o.CaseID), o.Item, o.Place, micros(o.SeenAt), at.UnixMicro(), o.Handler, micros(o.BegunAt), m.State, m.Limit.From.UnixMicro(), int64(m.Limit.Days))
}

// Folder folds steps of matters; see intake.Folder. What opens them is folded
// by packages volunteers and ratings, which call Open.
type Folder struct{}

func (Folder) Types() []string  { return []string{stepped, noticed} }
func (Folder) Tables() []string { return []string{"matters", "matter_steps"} }

var errNoMatter = fault.New(fault.NotFound, "unknown_matter", "没有这件督办，或不属于本部门。请刷新列表。", "There is no such matter, or it is not your department's. Reload the list.", nil)

// Check asks the flow, on the one writer: of two who decide at once one is
// second, and is told what the other did, as far as they may see it.
func (Folder) Check(w *store.Writer, a *intake.RecordedAct) error {
	d, err := intake.DataOf[steppedData](a)
	if err != nil {
		return err
	}
	m, err := load(w, d.Matter)
	if err != nil {
		return err
	}
	cal, err := intake.Calendar(w, workday.Default())
	if err != nil {
		return err
	}
	if a.Type == noticed {
		if d.At.Before(m.Since) || d.At.After(a.At) {
			return fmt.Errorf("matters: noticed at %s what happened at %s, after %s", a.At, d.At, m.Since)
		}
		_, err = m.Flow().Apply(m.Instance, d.Version, workflow.Actor{Roles: []string{Console}}, d.step(a), cal)
		return err
	}
	who, err := principal(w, a.By)
	if err != nil {
		return err
	}
	seen, ok := m.SeenBy(who)
	if !ok {
		return errNoMatter
	}
	_, err = seen.Flow().Apply(seen.Instance, d.Version, actor(who), d.step(a), cal)
	return err
}

// principal is an account as one who acts.
func principal(w *store.Writer, account uint64) (p access.Principal, err error) {
	if account == 0 {
		return access.Here, nil
	}
	found, err := w.One(func(row store.Row) error {
		p = access.Principal{Account: account, Role: access.Role(row.Text(0)), Department: row.Text(1)}
		return nil
	}, `SELECT role, department FROM accounts WHERE id = ? AND active = 1`, int64(account))
	if err == nil && !found {
		err = errNoMatter
	}
	return p, err
}

func (Folder) Fold(w *store.Writer, a *intake.RecordedAct) error {
	d, err := intake.DataOf[steppedData](a)
	if err != nil {
		return err
	}
	m, err := load(w, d.Matter)
	if err != nil {
		return err
	}
	step := d.step(a)
	if err := m.fold(append(m.Steps, step)); err != nil {
		return err
	}
	fields, err := json.Marshal(d.Fields)
	if err != nil {
		return err
	}
	done, from, days := int64(0), m.Limit.From.UnixMicro(), int64(m.Limit.Days)
	if m.Done {
		done, from, days = 1, 0, 0
	}
	return errors.Join(
		w.Exec(`INSERT INTO matter_steps (matter, n, action, account, at, fields) VALUES (?,?,?,?,?,?)`,
			int64(m.ID), int64(len(m.Steps)), step.Action, int64(step.By), step.At.UnixMicro(), string(fields)),
		w.Exec(`UPDATE matters SET state = ?, done = ?, limit_from = ?, limit_days = ? WHERE id = ?`, m.State, done, from, days, int64(m.ID)))
}
