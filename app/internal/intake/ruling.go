package intake

import (
	"encoding/json"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Ruling is by what cases are judged from a record on.
type Ruling struct {
	Rules    int            `json:"rules"` // rules.Version
	Settings rules.Settings `json:"settings"`
}

// rulings is what reads the journal: the writer, or a read transaction.
type rulings interface {
	Ruling() (store.RecordRow, bool, error)
}

// RulingOf is by what a folder's cases were judged last; not found in a folder
// that only older programs have opened, or that has no departments. Settings that
// the record does not know have their defaults.
func RulingOf(t rulings) (r Ruling, found bool, err error) {
	rec, found, err := t.Ruling()
	if err != nil || !found {
		return r, false, err
	}
	r.Settings = rules.DefaultSettings()
	if err := json.Unmarshal(rec.Body, &r); err != nil {
		return r, false, fmt.Errorf("intake: record %d, by what cases are judged: %w", rec.Seq, err)
	}
	return r, true, nil
}

// ruleFirst journals by what cases are judged before there are any.
func (p *projector) ruleFirst() error {
	if p.ruled {
		return nil
	}
	return p.rule()
}

func (p *projector) rule() error {
	body, err := json.Marshal(Ruling{rules.Version, p.rules})
	if err != nil {
		return err
	}
	seq, err := p.w.Append(journal.KindRuling, 0, p.now, body, 0, fmt.Sprintf("ruling-%d", p.w.Head()+1), 0)
	if err != nil {
		return err
	}
	if p.imports.noted == 0 {
		p.imports.noted = seq
	}
	if p.imports.stays == 0 {
		p.imports.stays = seq
	}
	for _, what := range store.AllSealed { // an older program sealed nothing as a whole
		p.unsealed[what] = true
	}
	p.ruled = true
	return nil
}

// rulesBy tells whether a ruling's record says by what the console judges.
func (p *projector) rulesBy(body []byte) bool {
	now, err := json.Marshal(Ruling{rules.Version, p.rules})
	return err == nil && string(now) == string(body)
}

// ruleAnew journals by what cases are judged from now on, and has every case
// judged anew.
func (p *projector) ruleAnew() error {
	if err := p.rule(); err != nil {
		return err
	}
	for _, d := range p.reg.byID {
		if err := p.w.Rejudge(store.Rejudgement{Dept: d.row.ID}); err != nil {
			return err
		}
	}
	return nil
}
