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

// findingTables and findingColumns are what irregularities are read from.
const (
	findingTables  = `findings f CROSS JOIN cases c ON c.id = f.case_id`
	findingColumns = `f.case_id, c.case_no, f.rule, f.key, f.dept, f.item, f.level, f.state, f.raised_at, f.settled_at, f.evidence, f.words_zh, f.words_en`
)

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
		of := n.itemOf(item)
		f.Department, f.ItemCode, f.ItemName = n.code[dept], of.Code, of.Name
		f.Level, f.State = store.Levels.Word(level), store.FindingStates.Word(state)
		f.RaisedAt, f.SettledAt = store.Time(raised), store.Time(settled)
		rule := rules.Lookup(f.Rule).Under(of.regime)
		f.NameZH, f.NameEN, f.BasisZH, f.BasisEN = rule.NameZH, rule.NameEN, rule.BasisZH, rule.BasisEN
		return f, json.Unmarshal([]byte(evidence), &f.Evidence)
	}
}
