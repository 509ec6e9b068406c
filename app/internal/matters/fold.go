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

const stepped = "matter.step"

type steppedData struct {
	Matter  uint64            `json:"matter"`
	Version int               `json:"version"` // how many steps the person had seen
	Action  string            `json:"action"`
	Fields  map[string]string `json:"fields,omitempty"`
}

// Open opens a matter. The folds of visits and reviews call it, so a matter
// comes up in the same transaction as what it comes from.
func Open(w *store.Writer, o Opening, at time.Time) error {
	reasons, err := json.Marshal(append([]string{}, o.Reasons...))
	if err != nil {
		return err
	}
	seen := int64(0)
	if !o.SeenAt.IsZero() {
		seen = o.SeenAt.UnixMicro()
	}
	return w.Exec(`INSERT INTO matters (`+columns+`, state, done) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM matters), ?,?,?,?,?,?,?,?,?,?,?,?,?,?,0)`,
		string(o.Source), int64(o.SourceID), int64(o.Finding), o.Department, o.Category, o.Severity, o.Fact, string(reasons),
		int64(o.CaseID), o.Item, o.Place, seen, at.UnixMicro(), Flow.Start)
}

// Folder folds steps of matters; see intake.Folder. What opens them is folded
// by package volunteers, which calls Open.
type Folder struct{}

func (Folder) Types() []string  { return []string{stepped} }
func (Folder) Tables() []string { return []string{"matters", "matter_steps"} }

func read(a *intake.RecordedAct) (d steppedData, err error) {
	if err = json.Unmarshal(a.Data, &d); err != nil {
		err = fmt.Errorf("matters: act %s: %w", a.Type, err)
	}
	return d, err
}

var errNoMatter = fault.New(fault.NotFound, "unknown_matter", "没有这件督办，或不属于本部门。请刷新列表。", "There is no such matter, or it is not your department's. Reload the list.", nil)

// Check asks the flow, on the one writer: of two who decide at once one is
// second, and is told what the other did, as far as they may see it.
func (Folder) Check(w *store.Writer, a *intake.RecordedAct) error {
	d, err := read(a)
	if err != nil {
		return err
	}
	m, err := load(w, d.Matter)
	if err != nil {
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
	cal, err := intake.Calendar(w, workday.Default())
	if err != nil {
		return err
	}
	_, err = Flow.Apply(seen.Instance, d.Version, actor(who), workflow.Step{Action: d.Action, At: a.At, Fields: d.Fields}, cal)
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
	d, err := read(a)
	if err != nil {
		return err
	}
	m, err := load(w, d.Matter)
	if err != nil {
		return err
	}
	in, err := Flow.Fold(m.OpenedAt, append(m.Steps, workflow.Step{Action: d.Action, By: a.By, At: a.At, Fields: d.Fields}))
	if err != nil {
		return err
	}
	fields, err := json.Marshal(d.Fields)
	if err != nil {
		return err
	}
	done := int64(0)
	if in.Done {
		done = 1
	}
	return errors.Join(
		w.Exec(`INSERT INTO matter_steps (matter, n, action, account, at, fields) VALUES (?,?,?,?,?,?)`,
			int64(m.ID), int64(len(in.Steps)), d.Action, int64(a.By), a.At.UnixMicro(), string(fields)),
		w.Exec(`UPDATE matters SET state = ?, done = ? WHERE id = ?`, in.State, done, int64(m.ID)))
}
