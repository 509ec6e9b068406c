package matter

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// Acts are the acts of matters. What opens them is folded by the features of
// reviews, visits and ratings, which call Open.
var Acts = []act.Any{stepped, noticed}

// Tables are what they fill.
var Tables = []string{"matters", "matter_steps"}

// stepData is a step that was taken.
type stepData struct {
	Matter  uint64            `json:"matter"`
	Version int               `json:"version"` // how many steps the person had seen
	Action  string            `json:"action"`
	Fields  map[string]string `json:"fields,omitempty"`
	Files   []workflow.File   `json:"files,omitempty"` // by their hashes
	At      time.Time         `json:"at,omitzero"`     // of what the console noticed: when it happened
	From    time.Time         `json:"from,omitzero"`   // and when the deadline that it starts begins, where that is not then
}

var (
	// stepped is a step that somebody takes.
	stepped = act.Define(act.Def[stepData]{
		Type: "matter.step", Group: act.Matters,
		About: about, Words: stepWords, Check: checkStep,
		Fold: func(w *store.Writer, a act.Of[stepData]) error {
			return foldStep(w, &a.Data, workflow.Step{Action: a.Data.Action, By: a.By, At: a.At, Fields: a.Data.Fields, Files: a.Data.Files})
		},
		Example: stepData{Matter: 1, Action: assign, Fields: map[string]string{"task": "12 号窗口上午无人值守，请核查。"}},
	})
	// noticed is a step that the console takes for what it came to know.
	noticed = act.Define(act.Def[stepData]{
		Type: "matter.noticed", Group: act.Matters, Own: true,
		About: about, Words: stepWords, Check: checkNoticed,
		Fold: func(w *store.Writer, a act.Of[stepData]) error {
			return foldStep(w, &a.Data, noticedStep(&a))
		},
		Example: stepData{Matter: 1, Action: Anonymous, At: time.Date(2026, 9, 22, 1, 0, 0, 0, time.UTC)},
	})
)

func about(a act.Of[stepData]) act.Subject { return act.On(act.Matter, a.Data.Matter) }

func stepWords(a act.Of[stepData]) (zh, en string) {
	done, _ := action(a.Data.Action)
	return fmt.Sprintf("督办 #%d：%s", a.Data.Matter, done.Words.ZH), fmt.Sprintf("Matter #%d: %s", a.Data.Matter, done.Words.EN)
}

// noticedStep counts from when it happened, and not from when it came to be known.
func noticedStep(a *act.Of[stepData]) workflow.Step {
	return workflow.Step{Action: a.Data.Action, By: a.By, At: a.Data.At, From: a.Data.From, Fields: a.Data.Fields}
}

var errNoMatter = fault.New(fault.NotFound, "unknown_matter", "没有这件督办，或不属于本部门。请刷新列表。", "There is no such matter, or it is not your department's. Reload the list.", nil)

// checkStep asks the flow, on the one writer: of two who decide at once one is
// second, and is told what the other did, as far as they may see it.
func checkStep(w *store.Writer, a act.Of[stepData]) error {
	if err := checkFiles(&a.Data); err != nil {
		return err
	}
	m, cal, err := loadWithCalendar(w, a.Data.Matter)
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
	_, err = seen.Flow().Apply(seen.Instance, a.Data.Version, actor(who), workflow.Step{Action: a.Data.Action, By: a.By, At: a.At, Fields: a.Data.Fields}, cal)
	return err
}

func checkNoticed(w *store.Writer, a act.Of[stepData]) error {
	m, cal, err := loadWithCalendar(w, a.Data.Matter)
	if err != nil {
		return err
	}
	if a.Data.At.Before(m.Since) || a.Data.At.After(a.At) {
		return fmt.Errorf("matter: noticed at %s what happened at %s, after %s", a.At, a.Data.At, m.Since)
	}
	_, err = m.Flow().Apply(m.Instance, a.Data.Version, workflow.Actor{Roles: []string{Console}}, noticedStep(&a), cal)
	return err
}

func loadWithCalendar(w *store.Writer, id uint64) (Matter, *workday.Calendar, error) {
	m, err := load(w, id)
	if err != nil {
		return m, nil, err
	}
	cal, err := intake.Calendar(w, workday.Default())
	return m, cal, err
}

// principal is an account as one who acts.
func principal(w *store.Writer, id uint64) (access.Principal, error) {
	if id == 0 {
		return access.Here, nil
	}
	a, _, err := account.On(w, id)
	if err == nil && !a.Active {
		err = errNoMatter
	}
	return a.Principal(), err
}

// foldStep takes a matter one step on.
func foldStep(w *store.Writer, d *stepData, step workflow.Step) error {
	m, err := load(w, d.Matter)
	if err != nil {
		return err
	}
	if err := m.fold(append(m.Steps, step)); err != nil {
		return err
	}
	fields, err := json.Marshal(d.Fields)
	if err != nil {
		return err
	}
	files, err := json.Marshal(append([]workflow.File{}, d.Files...))
	if err != nil {
		return err
	}
	done, from, days := int64(0), m.Limit.From.UnixMicro(), int64(m.Limit.Days)
	if m.Done {
		done, from, days = 1, 0, 0
	}
	return errors.Join(
		w.Exec(`INSERT INTO matter_steps (matter, n, action, account, at, fields, from_at, files) VALUES (?,?,?,?,?,?,?,?)`,
			int64(m.ID), int64(len(m.Steps)), step.Action, int64(step.By), step.At.UnixMicro(), string(fields), store.Micros(step.From), string(files)),
		w.Exec(`UPDATE matters SET state = ?, done = ?, limit_from = ?, limit_days = ? WHERE id = ?`, m.State, done, from, days, int64(m.ID)))
}
