package casefile

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Finding is one irregularity.
type Finding struct {
	ID         string    `json:"id" doc:"CASE-RULE-KEY, stable"`
	CaseID     uint64    `json:"case_id"`
	CaseNo     string    `json:"case_no"`
	Department string    `json:"department"`
	ItemCode   string    `json:"item_code"`
	ItemName   string    `json:"item_name"`
	Rule       string    `json:"rule" doc:"V01 … V28"`
	Key        string    `json:"key"`
	NameZH     string    `json:"name_zh"`
	NameEN     string    `json:"name_en"`
	Level      string    `json:"level" enum:"review,data,warn,yellow,red"`
	State      string    `json:"state" enum:"active,superseded,settled,withdrawn"`
	RaisedAt   time.Time `json:"raised_at,omitzero"`
	SettledAt  time.Time `json:"settled_at,omitzero"`
	BasisZH    string    `json:"basis_zh"`
	BasisEN    string    `json:"basis_en"`
	WordsZH    string    `json:"words_zh" doc:"the arithmetic in words, lines separated by \\n"`
	WordsEN    string    `json:"words_en"`
	Evidence   []uint64  `json:"evidence" doc:"journal numbers"`
}

// FindingQuery filters the findings list, newest first unless Ascending.
type FindingQuery struct {
	Department, Rule, Level, State, Text string
	CaseID                               uint64
	RaisedFrom, RaisedTo                 time.Time
	Ascending                            bool
	Offset, Limit                        int
}

const findingSelect = `f.case_id, c.case_no, f.rule, f.key, f.dept, f.item, f.level, f.state, f.raised_at, f.settled_at, f.evidence, f.words_zh, f.words_en`

func scanFinding(n *registry) func(*sql.Rows) (Finding, error) {
	return func(r *sql.Rows) (f Finding, err error) {
		var dept, item, level, state, raised, settled int64
		var evidence string
		if err = r.Scan(&f.CaseID, &f.CaseNo, &f.Rule, &f.Key, &dept, &item, &level, &state, &raised, &settled, &evidence, &f.WordsZH, &f.WordsEN); err != nil {
			return f, err
		}
		f.ID = fmt.Sprintf("%d-%s", f.CaseID, f.Rule)
		if f.Key != "" {
			f.ID += "-" + f.Key
		}
		f.Department, f.ItemCode, f.ItemName = n.code[dept], n.itemOf(item).Code, n.itemOf(item).Name
		f.Level, f.State = store.Levels.Word(level), store.FindingStates.Word(state)
		f.RaisedAt, f.SettledAt = store.TimeOf(raised), store.TimeOf(settled)
		rule := rules.Lookup(f.Rule)
		f.NameZH, f.NameEN, f.BasisZH, f.BasisEN = rule.NameZH, rule.NameEN, rule.BasisZH, rule.BasisEN
		return f, json.Unmarshal([]byte(evidence), &f.Evidence)
	}
}

func (v *View) findingFilter(q FindingQuery) (*filter, error) {
	f := &filter{}
	if err := v.who.Within(&q.Department); err != nil {
		return nil, err
	}
	if q.CaseID != 0 {
		f.Add("f.case_id = ?", int64(q.CaseID))
	}
	if q.Department != "" {
		n, err := v.names()
		if err != nil {
			return nil, err
		}
		id, err := n.department(q.Department)
		if err != nil {
			return nil, err
		}
		f.Add("f.dept = ?", id)
	}
	if q.Rule != "" {
		f.Add("f.rule = ?", q.Rule)
	}
	if q.Level != "" {
		if err := f.word("level", "f.level", store.Levels, q.Level); err != nil {
			return nil, err
		}
	}
	if q.State != "" {
		if err := f.word("state", "f.state", store.FindingStates, q.State); err != nil {
			return nil, err
		}
	}
	if q.Text != "" {
		f.Add("c.case_no >= ? AND c.case_no < ?", q.Text, store.PrefixEnd(q.Text))
	}
	f.Span("f.raised_at", q.RaisedFrom, q.RaisedTo)
	return f, nil
}

// Findings lists irregularities.
func (v *View) Findings(q FindingQuery) (store.Page[Finding], error) {
	f, err := v.findingFilter(q)
	if err != nil {
		return store.Page[Finding]{}, err
	}
	n, err := v.names()
	if err != nil {
		return store.Page[Finding]{}, err
	}
	order := "f.raised_at" + store.Direction(q.Ascending) + ", f.rowid" + store.Direction(q.Ascending)
	l := store.Listing{Columns: findingSelect, From: "findings f CROSS JOIN cases c ON c.id = f.case_id", Counted: "findings f", Order: order}
	if q.Text != "" {
		l.Counted = l.From
	}
	return store.List(v.ctx, v.tx, l, &f.Where, store.Window{Offset: q.Offset, Limit: q.Limit}, scanFinding(n))
}

// EachFinding calls each with every irregularity of the filter, oldest first, for
// exports; by case, rule and key within a moment, so that the same data always
// exports the same bytes.
func (v *View) EachFinding(q FindingQuery, each func(*Finding) error) error {
	f, err := v.findingFilter(q)
	if err != nil {
		return err
	}
	n, err := v.names()
	if err != nil {
		return err
	}
	return store.All(v.ctx, v.tx, store.Listing{Columns: findingSelect, From: "findings f CROSS JOIN cases c ON c.id = f.case_id", Order: "f.raised_at, f.case_id, f.rule, f.key"},
		&f.Where, scanFinding(n), each)
}
