package store

import "database/sql/driver"

// PutDepartment writes a department.
func (w *Writer) PutDepartment(d *DepartmentRow) error {
	return w.c.prepare(`INSERT INTO departments (id, code, name, name_en, adapter, duties, seq, watermark, judged_at) VALUES (?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, adapter = excluded.adapter,
		duties = excluded.duties, seq = excluded.seq, watermark = excluded.watermark, judged_at = excluded.judged_at`).exec(
		d.ID, d.Code, d.Name, d.NameEN, d.Adapter, int64(d.Duties), int64(d.Seq), d.Watermark, d.JudgedAt)
}

// PutItem writes an item.
func (w *Writer) PutItem(it *ItemRow) error {
	return w.c.prepare(`INSERT INTO items (id, dept, code, name, seq, body) VALUES (?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, seq = excluded.seq, body = excluded.body`).exec(
		it.ID, it.Dept, it.Code, it.Name, int64(it.Seq), it.Body)
}

// InsertCase writes a new case.
func (w *Writer) InsertCase(c *CaseRow) error {
	w.figures.add(c)
	return w.c.prepareOften(insertCase, `INSERT INTO cases (`+caseColumns+`) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`).exec(
		int64(c.ID), c.Dept, c.Item, c.CaseNo, int64(c.State), int64(c.Outcome), int64(c.Level), int64(c.Flags),
		c.Received, c.Accepted, c.Ended, c.Sent, c.Due, c.StatutoryDue, c.Last, c.Next,
		int64(c.LimitN), int64(c.LimitUnit), int64(c.Used), int64(c.Extended), int64(c.Requests), int64(c.Paused), int64(c.Events),
		c.Applicant, c.Project, c.Handler, c.Window, c.Judged)
}

// UpdateCase writes what changed of a case. SQLite rewrites an index entry
// whenever its column is named in an update, changed or not, so a column that
// stands in an index is named only when it changed.
func (w *Writer) UpdateCase(old, c *CaseRow) error {
	if *old == *c {
		return nil
	}
	w.figures.move(old, c)
	args := make([]driver.Value, 0, 26)
	args = append(args, int64(c.Outcome), c.Accepted, c.Sent, c.StatutoryDue, c.Last,
		int64(c.LimitN), int64(c.LimitUnit), int64(c.Used), int64(c.Extended), int64(c.Requests), int64(c.Paused), int64(c.Events),
		c.Applicant, c.Project, c.Handler, c.Window, c.Judged)
	moved := 0
	was, is := old.indexed(), c.indexed()
	for i := range is {
		if was[i] != is[i] {
			moved |= 1 << i
			args = append(args, is[i])
		}
	}
	return w.c.prepareOften(updateCase+often(moved), caseUpdates[moved]).exec(append(args, int64(c.ID))...)
}

// caseUpdates are the statements that write a case, by which of the columns that
// stand in indexes (bits, in the order of indexedColumns) changed.
var caseUpdates = func() (all [1 << len(indexedColumns)]string) {
	for moved := range all {
		set := `UPDATE cases SET outcome = ?, accepted_at = ?, sent_at = ?, statutory_due_at = ?, last_at = ?,
		limit_n = ?, limit_unit = ?, used = ?, extended = ?, requests = ?, paused = ?, events = ?,
		applicant = ?, project = ?, handler = ?, hall_window = ?, judged_at = ?`
		for i, column := range indexedColumns {
			if moved&(1<<i) != 0 {
				set += ", " + column + " = ?"
			}
		}
		all[moved] = set + " WHERE id = ?"
	}
	return all
}()

// PutFinding writes a finding, told to listeners under journal number seq.
func (w *Writer) PutFinding(f *FindingRow, seq uint64, isNew bool) error {
	if isNew && f.Raised > 0 {
		w.figures.on(f.Dept, f.Raised).findings++
	}
	if err := w.tell(f, seq); err != nil {
		return err
	}
	return w.c.prepare(`INSERT INTO findings (`+findingColumns+`, changed_seq) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET level = excluded.level, state = excluded.state, raised_at = excluded.raised_at,
		settled_at = excluded.settled_at, evidence = excluded.evidence, words_zh = excluded.words_zh,
		words_en = excluded.words_en, changed_seq = excluded.changed_seq`).exec(
		int64(f.Case), f.Rule, f.Key, f.Dept, f.Item, int64(f.Level), int64(f.State), f.Raised, f.Settled,
		f.Evidence, f.WordsZH, f.WordsEN, int64(seq))
}

// tell sums up anew under which number a finding is told last; 0: it is deleted.
func (w *Writer) tell(f *FindingRow, seq uint64) error {
	if _, err := w.running(summedTold); err != nil { // while the table is as it was summed up
		return err
	}
	was, err := w.FindingTold(f)
	if err != nil {
		return err
	}
	var out, in []byte
	if was > 0 {
		out = told(f.Case, f.Rule, f.Key, was)
	}
	if seq > 0 {
		in = told(f.Case, f.Rule, f.Key, seq)
	}
	return w.move(summedTold, out, in)
}

// FindingsOpen notes whether the case of findings is open.
func (w *Writer) FindingsOpen(caseID uint64, open bool) error {
	return w.c.prepare(`UPDATE findings SET open = ?1 WHERE case_id = ?2 AND open <> ?1`).exec(Bool(open), int64(caseID))
}

// RewordFinding writes a finding's words anew, of which nobody is told.
func (w *Writer) RewordFinding(f *FindingRow) error {
	return w.c.prepare(`UPDATE findings SET words_zh = ?, words_en = ? WHERE case_id = ? AND rule = ? AND key = ?`).exec(
		f.WordsZH, f.WordsEN, int64(f.Case), f.Rule, f.Key)
}

// DeleteFinding takes back a finding that nobody was told of.
func (w *Writer) DeleteFinding(f *FindingRow) error {
	if f.Raised > 0 {
		w.figures.on(f.Dept, f.Raised).findings--
	}
	if err := w.tell(f, 0); err != nil {
		return err
	}
	return w.c.prepare(`DELETE FROM findings WHERE case_id = ? AND rule = ? AND key = ?`).exec(int64(f.Case), f.Rule, f.Key)
}
