package store

import (
	"database/sql/driver"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// PutDepartment writes a department.
func (w *Writer) PutDepartment(d *DepartmentRow) error {
	return w.c.prepare(`INSERT INTO departments (id, code, name, name_en, adapter, duties, seq, watermark, judged_at) VALUES (?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, adapter = excluded.adapter,
		duties = excluded.duties, seq = excluded.seq, watermark = excluded.watermark, judged_at = excluded.judged_at`).exec(
		d.ID, d.Code, d.Name, d.NameEN, d.Adapter, int64(d.Duties), int64(d.Seq), d.Watermark, d.JudgedAt)
}

// Departments reads every department.
func (w *Writer) Departments() (out []DepartmentRow, err error) {
	err = w.c.prepare(`SELECT id, code, name, name_en, adapter, duties, seq, watermark, judged_at FROM departments ORDER BY id`).each(func(r []driver.Value) error {
		out = append(out, DepartmentRow{ID: integer(r[0]), Code: text(r[1]), Name: text(r[2]), NameEN: text(r[3]),
			Adapter: text(r[4]), Duties: uint8(integer(r[5])), Seq: uint64(integer(r[6])), Watermark: integer(r[7]), JudgedAt: integer(r[8])})
		return nil
	})
	return out, err
}

// PutItem writes an item.
func (w *Writer) PutItem(it *ItemRow) error {
	return w.c.prepare(`INSERT INTO items (id, dept, code, name, seq, body) VALUES (?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, seq = excluded.seq, body = excluded.body`).exec(
		it.ID, it.Dept, it.Code, it.Name, int64(it.Seq), it.Body)
}

// Items reads every item.
func (w *Writer) Items() (out []ItemRow, err error) {
	err = w.c.prepare(`SELECT id, dept, code, name, seq, body FROM items ORDER BY id`).each(func(r []driver.Value) error {
		out = append(out, ItemRow{ID: integer(r[0]), Dept: integer(r[1]), Code: text(r[2]), Name: text(r[3]),
			Seq: uint64(integer(r[4])), Body: append([]byte(nil), blob(r[5])...)})
		return nil
	})
	return out, err
}

const caseColumns = `id, dept, item, case_no, state, outcome, level, flags, received_at, accepted_at, ended_at, sent_at,
	due_at, statutory_due_at, last_at, next_at, limit_n, limit_unit, used, extended, requests, paused, events,
	applicant, project, handler, hall_window`

func scanCase(r []driver.Value) CaseRow {
	return CaseRow{ID: uint64(integer(r[0])), Dept: integer(r[1]), Item: integer(r[2]), CaseNo: text(r[3]),
		State: uint8(integer(r[4])), Outcome: uint8(integer(r[5])), Level: uint8(integer(r[6])), Flags: Flags(integer(r[7])),
		Received: integer(r[8]), Accepted: integer(r[9]), Ended: integer(r[10]), Sent: integer(r[11]),
		Due: integer(r[12]), StatutoryDue: integer(r[13]), Last: integer(r[14]), Next: integer(r[15]),
		LimitN: int(integer(r[16])), LimitUnit: uint8(integer(r[17])), Used: int(integer(r[18])), Extended: int(integer(r[19])),
		Requests: int(integer(r[20])), Paused: int(integer(r[21])), Events: int(integer(r[22])),
		Applicant: text(r[23]), Project: text(r[24]), Handler: text(r[25]), Window: text(r[26])}
}

// CaseByNo finds a case by its number.
func (w *Writer) CaseByNo(dept int64, caseNo string) (row CaseRow, found bool, err error) {
	found, err = w.c.prepare(`SELECT `+caseColumns+` FROM cases WHERE case_no = ? AND dept = ?`).one(func(r []driver.Value) error {
		row = scanCase(r)
		return nil
	}, caseNo, dept)
	return row, found, err
}

// CaseByID finds a case by its id.
func (w *Writer) CaseByID(id uint64) (row CaseRow, found bool, err error) {
	found, err = w.c.prepare(`SELECT `+caseColumns+` FROM cases WHERE id = ?`).one(func(r []driver.Value) error {
		row = scanCase(r)
		return nil
	}, int64(id))
	return row, found, err
}

// InsertCase writes a new case.
func (w *Writer) InsertCase(c *CaseRow) error {
	w.count(c, 1)
	return w.c.prepare(`INSERT INTO cases (`+caseColumns+`) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`).exec(
		int64(c.ID), c.Dept, c.Item, c.CaseNo, int64(c.State), int64(c.Outcome), int64(c.Level), int64(c.Flags),
		c.Received, c.Accepted, c.Ended, c.Sent, c.Due, c.StatutoryDue, c.Last, c.Next,
		int64(c.LimitN), int64(c.LimitUnit), int64(c.Used), int64(c.Extended), int64(c.Requests), int64(c.Paused), int64(c.Events),
		c.Applicant, c.Project, c.Handler, c.Window)
}

// UpdateCase writes what changed of a case. SQLite rewrites an index entry
// whenever its column is named in an update, changed or not, so columns that
// stand in an index are named only when one of them changed.
func (w *Writer) UpdateCase(old, c *CaseRow) error {
	if *old == *c {
		return nil
	}
	w.count(old, -1)
	w.count(c, 1)
	if old.indexed() != c.indexed() {
		if err := w.c.prepare(`UPDATE cases SET item = ?, state = ?, level = ?, received_at = ?, ended_at = ?, due_at = ?, next_at = ? WHERE id = ?`).exec(
			c.Item, int64(c.State), int64(c.Level), c.Received, c.Ended, c.Due, c.Next, int64(c.ID)); err != nil {
			return err
		}
	}
	return w.c.prepare(`UPDATE cases SET outcome = ?, flags = ?, accepted_at = ?, sent_at = ?, statutory_due_at = ?, last_at = ?,
		limit_n = ?, limit_unit = ?, used = ?, extended = ?, requests = ?, paused = ?, events = ?,
		applicant = ?, project = ?, handler = ?, hall_window = ? WHERE id = ?`).exec(
		int64(c.Outcome), int64(c.Flags), c.Accepted, c.Sent, c.StatutoryDue, c.Last,
		int64(c.LimitN), int64(c.LimitUnit), int64(c.Used), int64(c.Extended), int64(c.Requests), int64(c.Paused), int64(c.Events),
		c.Applicant, c.Project, c.Handler, c.Window, int64(c.ID))
}

// DueCases lists up to limit cases of a department whose next moment has come.
func (w *Writer) DueCases(dept int64, now time.Time, limit int) (ids []uint64, err error) {
	err = w.c.prepare(`SELECT id FROM cases WHERE dept = ? AND next_at > 0 AND next_at <= ? ORDER BY next_at, id LIMIT ?`).each(func(r []driver.Value) error {
		ids = append(ids, uint64(integer(r[0])))
		return nil
	}, dept, now.UnixMicro(), int64(limit))
	return ids, err
}

// NextDue is the earliest moment at which time alone changes a case of the
// department; 0 = never.
func (w *Writer) NextDue(dept int64) (at int64, err error) {
	_, err = w.c.prepare(`SELECT next_at FROM cases WHERE dept = ? AND next_at > 0 ORDER BY next_at LIMIT 1`).one(func(r []driver.Value) error {
		at = integer(r[0])
		return nil
	}, dept)
	return at, err
}

// CasesAfter lists case ids of a department in order, for passes over all.
func (w *Writer) CasesAfter(dept int64, after uint64, limit int) (ids []uint64, err error) {
	err = w.c.prepare(`SELECT id FROM cases WHERE id > ? AND dept = ? ORDER BY id LIMIT ?`).each(func(r []driver.Value) error {
		ids = append(ids, uint64(integer(r[0])))
		return nil
	}, int64(after), dept, int64(limit))
	return ids, err
}

// OpenCases lists the ids of a department's cases that have not ended.
func (w *Writer) OpenCases(dept int64) (ids []uint64, err error) {
	err = w.c.prepare(`SELECT id FROM cases WHERE dept = ? AND ended_at = 0`).each(func(r []driver.Value) error {
		ids = append(ids, uint64(integer(r[0])))
		return nil
	}, dept)
	return ids, err
}

const findingColumns = `case_id, rule, key, dept, item, level, state, raised_at, settled_at, evidence, words_zh, words_en`

// Findings reads a case's findings, by rule and key.
func (w *Writer) Findings(id uint64) (out []FindingRow, err error) {
	err = w.c.prepare(`SELECT `+findingColumns+` FROM findings WHERE case_id = ? ORDER BY rule, key`).each(func(r []driver.Value) error {
		out = append(out, FindingRow{Case: uint64(integer(r[0])), Rule: text(r[1]), Key: text(r[2]), Dept: integer(r[3]), Item: integer(r[4]),
			Level: uint8(integer(r[5])), State: uint8(integer(r[6])), Raised: integer(r[7]), Settled: integer(r[8]),
			Evidence: text(r[9]), WordsZH: text(r[10]), WordsEN: text(r[11])})
		return nil
	}, int64(id))
	return out, err
}

// PutFinding writes a finding, told to listeners under journal number seq.
func (w *Writer) PutFinding(f *FindingRow, seq uint64, isNew bool) error {
	if isNew && f.Raised > 0 {
		w.at(f.Dept, workday.Date(0), f.Raised).findings++
	}
	return w.c.prepare(`INSERT INTO findings (`+findingColumns+`, changed_seq) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET level = excluded.level, state = excluded.state, raised_at = excluded.raised_at,
		settled_at = excluded.settled_at, evidence = excluded.evidence, words_zh = excluded.words_zh,
		words_en = excluded.words_en, changed_seq = excluded.changed_seq`).exec(
		int64(f.Case), f.Rule, f.Key, f.Dept, f.Item, int64(f.Level), int64(f.State), f.Raised, f.Settled,
		f.Evidence, f.WordsZH, f.WordsEN, int64(seq))
}

// DeleteFinding takes back a finding that nobody was told of.
func (w *Writer) DeleteFinding(f *FindingRow) error {
	if f.Raised > 0 {
		w.at(f.Dept, workday.Date(0), f.Raised).findings--
	}
	return w.c.prepare(`DELETE FROM findings WHERE case_id = ? AND rule = ? AND key = ?`).exec(int64(f.Case), f.Rule, f.Key)
}

// at is the day's counters of a moment; a zero moment is the given day.
func (w *Writer) at(dept int64, day workday.Date, micros int64) *counters {
	if micros > 0 {
		day = w.cal.DateOf(time.UnixMicro(micros))
	}
	k := figureKey{dept, day}
	c := w.figures[k]
	if c == nil {
		c = &counters{}
		w.figures[k] = c
	}
	return c
}

// count adds a case to the figures (sign 1) or takes it out (sign −1).
func (w *Writer) count(c *CaseRow, sign int64) {
	var total counters
	if c.Received > 0 {
		w.at(c.Dept, 0, c.Received).received += sign
	}
	total.received = 1
	if c.Ended == 0 {
		total.open = 1
		if c.Flags&FlagPausedNow != 0 {
			total.paused = 1
		}
		switch c.Level {
		case LevelWarn:
			total.warn = 1
		case LevelYellow:
			total.yellow = 1
		case LevelRed:
			total.red = 1
		}
	} else {
		total.ended = 1
		day := w.at(c.Dept, 0, c.Ended)
		day.ended += sign
		if c.Flags&FlagNegative != 0 {
			day.rejected += sign
			total.rejected = 1
		}
		switch {
		case c.Flags&FlagOnTheSpot != 0:
			total.onTheSpot = 1
		case c.Flags&FlagPromised != 0:
			total.committed = 1
			total.used = int64(c.Used)
			if c.Flags&FlagEarly != 0 {
				total.early = 1
			}
		}
	}
	w.at(c.Dept, 0, 0).add(total, sign)
}

func (w *Writer) flushFigures() error {
	put := w.c.prepare(`INSERT INTO figures (dept, day, open, paused, warn, yellow, red, received, ended, rejected, findings, on_the_spot, committed, early, used)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET open = open + excluded.open, paused = paused + excluded.paused,
		warn = warn + excluded.warn, yellow = yellow + excluded.yellow, red = red + excluded.red,
		received = received + excluded.received, ended = ended + excluded.ended, rejected = rejected + excluded.rejected,
		findings = findings + excluded.findings, on_the_spot = on_the_spot + excluded.on_the_spot,
		committed = committed + excluded.committed, early = early + excluded.early, used = used + excluded.used`)
	for k, c := range w.figures {
		if *c == (counters{}) {
			continue
		}
		if err := put.exec(k.dept, int64(k.day), c.open, c.paused, c.warn, c.yellow, c.red, c.received, c.ended,
			c.rejected, c.findings, c.onTheSpot, c.committed, c.early, c.used); err != nil {
			return err
		}
	}
	clear(w.figures)
	return nil
}

// EndedSince lists a department's cases that ended at or after a moment.
func (w *Writer) EndedSince(dept int64, from time.Time) (ids []uint64, err error) {
	err = w.c.prepare(`SELECT id FROM cases WHERE ended_at >= ? AND ended_at > 0 AND dept = ? ORDER BY id`).each(func(r []driver.Value) error {
		ids = append(ids, uint64(integer(r[0])))
		return nil
	}, from.UnixMicro(), dept)
	return ids, err
}

// CasesOfItem lists the cases of an item.
func (w *Writer) CasesOfItem(item int64) (ids []uint64, err error) {
	err = w.c.prepare(`SELECT id FROM cases WHERE item = ?`).each(func(r []driver.Value) error {
		ids = append(ids, uint64(integer(r[0])))
		return nil
	}, item)
	return ids, err
}
