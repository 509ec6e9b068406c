package store

import "database/sql/driver"

// PutLookalike notes what a case's number looks like.
func (w *Writer) PutLookalike(dept int64, skeleton, caseNo string) error {
	return w.c.prepare(`INSERT OR IGNORE INTO case_lookalikes (dept, skeleton, case_no) VALUES (?,?,?)`).exec(dept, skeleton, caseNo)
}

// Lookalike finds the case of a department that looks like a number, of those that
// do not look like what they are; empty: none.
func (t *Reader) Lookalike(dept int64, skeleton string) (caseNo string, err error) {
	_, err = t.c.prepareOften(lookalike, `SELECT case_no FROM case_lookalikes WHERE dept = ? AND skeleton = ? LIMIT 1`).one(func(r []driver.Value) error {
		caseNo = text(r[0])
		return nil
	}, dept, skeleton)
	return caseNo, err
}

// Lookalikes calls f with all of them.
func (t *Reader) Lookalikes(f func(dept int64, skeleton, caseNo string) error) error {
	return t.c.prepare(`SELECT dept, skeleton, case_no FROM case_lookalikes WHERE dept > 0 ORDER BY dept, skeleton, case_no`).each(func(r []driver.Value) error {
		return f(integer(r[0]), text(r[1]), text(r[2]))
	})
}

// LooksLacking tells whether the cases of before are still to be entered.
func (t *Reader) LooksLacking() (lacking bool, err error) {
	return t.c.prepare(`SELECT 1 FROM case_lookalikes WHERE dept = 0`).one(func([]driver.Value) error { return nil })
}

// OddCases calls f with all cases whose numbers hold anything but printable ASCII.
func (t *Reader) OddCases(f func(dept int64, caseNo string) error) error {
	return t.c.prepare(`SELECT dept, case_no FROM cases WHERE case_no GLOB '*[^!-~]*'`).each(func(r []driver.Value) error {
		return f(integer(r[0]), text(r[1]))
	})
}

// LookalikesEntered ends what a folder of before still lacked.
func (w *Writer) LookalikesEntered() error {
	return w.c.prepare(`DELETE FROM case_lookalikes WHERE dept = 0`).exec()
}

// OddNames calls f with every number that a department's reports name, and with those
// of its ratings that no case has, that hold anything but printable ASCII.
func (t *Reader) OddNames(dept int64, f func(caseNo string) error) error {
	for _, sql := range []string{
		`SELECT DISTINCT case_no FROM reports WHERE dept = ? AND case_no GLOB '*[^!-~]*'`,
		`SELECT DISTINCT case_no FROM ratings r WHERE case_no <> '' AND dept = ? AND case_no GLOB '*[^!-~]*'
			AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.dept = r.dept AND c.case_no = r.case_no)`,
	} {
		if err := t.c.prepare(sql).each(func(r []driver.Value) error { return f(text(r[0])) }, dept); err != nil {
			return err
		}
	}
	return nil
}

// RatingsOf lists the journal numbers by which a department's ratings that name a case
// came first.
func (t *Reader) RatingsOf(dept int64, caseNo string) ([]uint64, error) {
	return t.numbers(`SELECT id FROM ratings WHERE case_no = ? AND case_no <> '' AND dept = ? ORDER BY id`, caseNo, dept)
}
