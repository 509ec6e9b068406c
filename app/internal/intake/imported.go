package intake

import (
	"encoding/json"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// A rating is corrected by whoever reported it first and by nobody else: no file
// that the office reads in changes what a department's adapter sent, and no adapter
// what the office read in. A record does not say who sent it, so an import says of
// its own which they are.

// importedRecord is the journal's record that the office itself read ratings in.
type importedRecord struct {
	First uint64 `json:"first"` // journal numbers
	Last  uint64 `json:"last"`
}

// imports are whose ratings are: the office's own, and from when on that is noted.
type imports struct {
	noted uint64 // from this record on; 0 = not yet
	stays uint64 // from this record on what was first told of a rating stays; 0 = not yet
	own   []importedRecord
}

// importsNoted is the version of the rules with which consoles began to note
// imports: its ruling stands in the journal before the first of them.
const importsNoted = 3

// firstStays is the version of the rules with which consoles began to keep what was
// first told of a rating beside what its department told later: what was corrected
// before the ruling of it is counted as it stood.
const firstStays = 9

func loadImports(t *store.Reader) (m imports, err error) {
	if err := t.OfItself(journal.KindRuling, func(r store.RecordRow) error {
		var by Ruling
		if err := json.Unmarshal(r.Body, &by); err != nil {
			return fmt.Errorf("intake: record %d, by what cases are judged: %w", r.Seq, err)
		}
		if m.noted == 0 && by.Rules >= importsNoted {
			m.noted = r.Seq
		}
		if m.stays == 0 && by.Rules >= firstStays {
			m.stays = r.Seq
		}
		return nil
	}); err != nil {
		return m, err
	}
	err = t.OfItself(journal.KindImported, func(r store.RecordRow) error {
		var own importedRecord
		if err := json.Unmarshal(r.Body, &own); err != nil {
			return fmt.Errorf("intake: record %d: %w", r.Seq, err)
		}
		m.own = append(m.own, own)
		return nil
	})
	return m, err
}

// officesOwn tells whether the office itself read a rating in. known is false of
// those that an older program took, which noted nothing.
func (m *imports) officesOwn(first uint64) (own, known bool) {
	for _, i := range m.own {
		if i.First <= first && first <= i.Last {
			return true, true
		}
	}
	return false, m.noted > 0 && first > m.noted
}

// noteImported notes that the ratings behind a record are the office's own.
func (p *projector) noteImported(behind uint64) error {
	own := importedRecord{behind + 1, p.w.Head()}
	if own.Last < own.First {
		return nil
	}
	body, err := json.Marshal(own)
	if err != nil {
		return err
	}
	if _, err := p.w.Append(journal.KindImported, 0, p.now, body, 0, fmt.Sprintf("imported-%d", own.First), 0); err != nil {
		return err
	}
	p.imports.own = append(p.imports.own, own)
	return nil
}

// othersRating is why the correction of a rating is refused; nil where it is not.
func (p *projector) othersRating(first uint64, sourceID string) *refusal {
	own, known := p.imports.officesOwn(first)
	switch office := p.from.adapter == OfficeImport; {
	case !known || own == office:
		return nil
	case office:
		return &refusal{"adapters_rating",
			fmt.Sprintf("来源编号 %q 的评价由部门的数据接口报送，导入的文件不能更正它。请部门在其系统中更正后重新报送。", sourceID),
			fmt.Sprintf("The rating with source id %q was reported by the department's adapter, and no file that is read in corrects it. Ask the department to correct it in its system and to send it again.", sourceID)}
	}
	return &refusal{"offices_rating",
		fmt.Sprintf("来源编号 %q 的评价由效能办导入，数据接口不能更正它。请效能办导入更正后的文件。", sourceID),
		fmt.Sprintf("The rating with source id %q was read in by the office, and no adapter corrects it. The office reads a corrected file in.", sourceID)}
}
