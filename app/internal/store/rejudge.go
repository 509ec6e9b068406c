package store

import "database/sql/driver"

// Rejudgement is a department whose cases are to be judged anew: those after a
// number still are.
type Rejudgement struct {
	Dept  int64
	After uint64
}

// Rejudgements lists what is still to be judged anew, by department.
func (t *Reader) Rejudgements() (out []Rejudgement, err error) {
	err = t.c.prepare(`SELECT dept, after FROM rejudgements ORDER BY dept`).each(func(r []driver.Value) error {
		out = append(out, Rejudgement{Dept: integer(r[0]), After: uint64(integer(r[1]))})
		return nil
	})
	return out, err
}

// Rejudge notes how far the cases of a department were judged anew; from 0 on
// for one that is to be.
func (w *Writer) Rejudge(r Rejudgement) error {
	return w.c.prepare(`INSERT OR REPLACE INTO rejudgements (dept, after) VALUES (?,?)`).exec(r.Dept, int64(r.After))
}

// Rejudged notes that all cases of a department were judged anew.
func (w *Writer) Rejudged(dept int64) error {
	return w.c.prepare(`DELETE FROM rejudgements WHERE dept = ?`).exec(dept)
}

// toRejudge begins with the departments, of which there are none at most times: left to
// itself, SQLite reads all cases at every start.
const toRejudge = `SELECT count(*) FROM rejudgements r CROSS JOIN cases c ON c.dept = r.dept AND c.id > r.after`

// ToRejudge counts the cases that are still to be judged anew.
func (t *Reader) ToRejudge() (n int64, err error) { return t.number(toRejudge) }

// Ruling reads the latest record of what cases are judged by.
func (t *Reader) Ruling() (rec RecordRow, found bool, err error) {
	return t.record(fromJournal + `INDEXED BY journal_kinds WHERE kind >= 11 AND kind = 15 ORDER BY seq DESC LIMIT 1`)
}

// Described calls f with every description of a department, the first and its
// corrections, in the order in which they came.
func (t *Reader) Described(code string, f func(RecordRow) error) error {
	first, found, err := t.record(fromJournal+`WHERE dept = 0 AND kind = 1 AND source_id = ? AND corrects = 0`, code)
	if err != nil || !found {
		return err
	}
	if err := f(first); err != nil {
		return err
	}
	return t.records(f, fromJournal+`INDEXED BY journal_corrects WHERE corrects = ? AND corrects > 0 ORDER BY seq`, int64(first.Seq))
}

// FindingTold is the journal number under which a finding was last told to
// listeners; 0 where there is none.
func (t *Reader) FindingTold(f *FindingRow) (seq uint64, err error) {
	_, err = t.c.prepare(`SELECT changed_seq FROM findings WHERE case_id = ? AND rule = ? AND key = ?`).one(func(r []driver.Value) error {
		seq = uint64(integer(r[0]))
		return nil
	}, int64(f.Case), f.Rule, f.Key)
	return seq, err
}
