package store

import (
	"database/sql/driver"
	"time"
)

// Departments reads every department.
func (t *Reader) Departments() (out []DepartmentRow, err error) {
	err = t.c.prepare(`SELECT id, code, name, name_en, adapter, duties, seq, watermark, judged_at FROM departments ORDER BY id`).each(func(r []driver.Value) error {
		out = append(out, DepartmentRow{ID: integer(r[0]), Code: text(r[1]), Name: text(r[2]), NameEN: text(r[3]),
			Adapter: text(r[4]), Duties: uint8(integer(r[5])), Seq: uint64(integer(r[6])), Watermark: integer(r[7]), JudgedAt: integer(r[8])})
		return nil
	})
	return out, err
}

// Items reads every item.
func (t *Reader) Items() (out []ItemRow, err error) {
	err = t.c.prepare(`SELECT id, dept, code, name, seq, body FROM items ORDER BY id`).each(func(r []driver.Value) error {
		out = append(out, ItemRow{ID: integer(r[0]), Dept: integer(r[1]), Code: text(r[2]), Name: text(r[3]),
			Seq: uint64(integer(r[4])), Body: append([]byte(nil), blob(r[5])...)})
		return nil
	})
	return out, err
}

const caseColumns = `id, dept, item, case_no, state, outcome, level, flags, received_at, accepted_at, ended_at, sent_at,
	due_at, statutory_due_at, last_at, next_at, limit_n, limit_unit, used, extended, requests, paused, events,
	applicant, project, handler, hall_window, judged_at`

func scanCase(r []driver.Value) CaseRow {
	return CaseRow{ID: uint64(integer(r[0])), Dept: integer(r[1]), Item: integer(r[2]), CaseNo: text(r[3]),
		State: uint8(integer(r[4])), Outcome: uint8(integer(r[5])), Level: uint8(integer(r[6])), Flags: Flags(integer(r[7])),
		Received: integer(r[8]), Accepted: integer(r[9]), Ended: integer(r[10]), Sent: integer(r[11]),
		Due: integer(r[12]), StatutoryDue: integer(r[13]), Last: integer(r[14]), Next: integer(r[15]),
		LimitN: int(integer(r[16])), LimitUnit: uint8(integer(r[17])), Used: int(integer(r[18])), Extended: int(integer(r[19])),
		Requests: int(integer(r[20])), Paused: int(integer(r[21])), Events: int(integer(r[22])),
		Applicant: text(r[23]), Project: text(r[24]), Handler: text(r[25]), Window: text(r[26]), Judged: integer(r[27])}
}

// CaseByNo finds a case by its number.
func (t *Reader) CaseByNo(dept int64, caseNo string) (row CaseRow, found bool, err error) {
	found, err = t.c.prepareOften(caseByNo, `SELECT `+caseColumns+` FROM cases WHERE case_no = ? AND dept = ?`).one(func(r []driver.Value) error {
		row = scanCase(r)
		return nil
	}, caseNo, dept)
	return row, found, err
}

// CaseByID finds a case by its id.
func (t *Reader) CaseByID(id uint64) (row CaseRow, found bool, err error) {
	found, err = t.c.prepare(`SELECT `+caseColumns+` FROM cases WHERE id = ?`).one(func(r []driver.Value) error {
		row = scanCase(r)
		return nil
	}, int64(id))
	return row, found, err
}

// CountCases counts the cases.
func (t *Reader) CountCases() (n int64, err error) { return t.number(`SELECT count(*) FROM cases`) }

// CaseIDs lists case ids in order.
func (t *Reader) CaseIDs(after uint64, limit int) ([]uint64, error) {
	return t.numbers(`SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?`, int64(after), int64(limit))
}

// CasesAfter lists case ids of a department in order, for passes over all.
func (t *Reader) CasesAfter(dept int64, after uint64, limit int) ([]uint64, error) {
	return t.numbers(`SELECT id FROM cases WHERE id > ? AND dept = ? ORDER BY id LIMIT ?`, int64(after), dept, int64(limit))
}

// CasesOfItem lists the cases of an item.
func (t *Reader) CasesOfItem(item int64) ([]uint64, error) {
	return t.numbers(`SELECT id FROM cases WHERE item = ?`, item)
}

// OpenCases lists the ids of a department's cases that have not ended.
func (t *Reader) OpenCases(dept int64) ([]uint64, error) {
	return t.numbers(`SELECT id FROM cases WHERE dept = ? AND ended_at = 0`, dept)
}

// UnjudgedCases lists the ids of a department's open cases of which it is not
// known what moment their figures are as of: an older program left them.
func (t *Reader) UnjudgedCases(dept int64) ([]uint64, error) {
	return t.numbers(`SELECT id FROM cases INDEXED BY cases_unjudged WHERE dept = ? AND ended_at = 0 AND judged_at = 0`, dept)
}

// EndedSince lists a department's cases that ended at or after a moment.
func (t *Reader) EndedSince(dept int64, from time.Time) ([]uint64, error) {
	return t.numbers(`SELECT id FROM cases WHERE ended_at >= ? AND ended_at > 0 AND dept = ? ORDER BY id`, from.UnixMicro(), dept)
}

// DueCases lists up to limit cases of a department whose next moment has come.
func (t *Reader) DueCases(dept int64, now time.Time, limit int) ([]uint64, error) {
	return t.numbers(`SELECT id FROM cases WHERE dept = ? AND next_at > 0 AND next_at <= ? ORDER BY next_at, id LIMIT ?`, dept, now.UnixMicro(), int64(limit))
}

// NextDue is the earliest moment at which time alone changes a case of the
// department, in microseconds; 0 = never.
func (t *Reader) NextDue(dept int64) (at int64, err error) {
	return t.number(`SELECT next_at FROM cases WHERE dept = ? AND next_at > 0 ORDER BY next_at LIMIT 1`, dept)
}

// NextDues calls f with every department's NextDue: all of them in one reading.
func (t *Reader) NextDues(f func(dept, at int64)) error {
	return t.c.prepare(`SELECT d.id, (SELECT next_at FROM cases WHERE dept = d.id AND next_at > 0 ORDER BY next_at LIMIT 1) FROM departments d`).each(func(r []driver.Value) error {
		f(integer(r[0]), integer(r[1]))
		return nil
	})
}

const findingColumns = `case_id, rule, key, dept, item, level, state, raised_at, settled_at, evidence, words_zh, words_en`

// Findings reads a case's findings, by rule and key.
func (t *Reader) Findings(id uint64) (out []FindingRow, err error) {
	err = t.c.prepare(`SELECT `+findingColumns+` FROM findings WHERE case_id = ? ORDER BY rule, key`).each(func(r []driver.Value) error {
		out = append(out, FindingRow{Case: uint64(integer(r[0])), Rule: text(r[1]), Key: text(r[2]), Dept: integer(r[3]), Item: integer(r[4]),
			Level: uint8(integer(r[5])), State: uint8(integer(r[6])), Raised: integer(r[7]), Settled: integer(r[8]),
			Evidence: text(r[9]), WordsZH: text(r[10]), WordsEN: text(r[11])})
		return nil
	}, int64(id))
	return out, err
}

// ReportsOf lists the journal numbers of the reports that name a case.
func (t *Reader) ReportsOf(dept int64, caseNo string) ([]uint64, error) {
	return t.numbers(`SELECT seq FROM reports WHERE dept = ? AND case_no = ? ORDER BY seq`, dept, caseNo)
}

// AnyReports tells whether a department ever reported anything, so that the
// cases of one that did not need no look-up.
func (t *Reader) AnyReports(dept int64) (bool, error) {
	return t.c.prepare(`SELECT 1 FROM reports WHERE dept = ? LIMIT 1`).one(func([]driver.Value) error { return nil }, dept)
}

// AuthorizationIDs lists the journal numbers by which a department's authorizations
// came first.
func (t *Reader) AuthorizationIDs(dept int64) ([]uint64, error) {
	return t.numbers(`SELECT id FROM authorizations WHERE dept = ? ORDER BY id`, dept)
}

// OverdueByID reads a row of the overdue register.
func (t *Reader) OverdueByID(id int64) (o OverdueRegisterRow, found bool, err error) {
	found, err = t.c.prepare(`SELECT id, dept, item, case_id, case_no, agreement, clock, sort_at, due_at, over_at, ended_at,
		over_by, unit, paused, report_seq, reported_at, reported_over_by, responsible, explanation FROM register_overdue WHERE id = ?`).one(func(r []driver.Value) error {
		o = OverdueRegisterRow{ID: integer(r[0]), Dept: integer(r[1]), Item: integer(r[2]), Case: uint64(integer(r[3])), CaseNo: text(r[4]),
			Agreement: uint8(integer(r[5])), Clock: uint8(integer(r[6])), Sort: integer(r[7]), Due: integer(r[8]), Over: integer(r[9]), Ended: integer(r[10]),
			OverBy: int(integer(r[11])), Unit: uint8(integer(r[12])), Paused: int(integer(r[13])), ReportSeq: uint64(integer(r[14])),
			Reported: integer(r[15]), ReportedOverBy: text(r[16]), Responsible: text(r[17]), Explanation: text(r[18])}
		return nil
	}, id)
	return o, found, err
}

// RejectionByID reads a row of the rejections register.
func (t *Reader) RejectionByID(id int64) (o RejectionRegisterRow, found bool, err error) {
	found, err = t.c.prepare(`SELECT id, dept, item, case_id, case_no, agreement, stage, sort_at, decided_at, reason, legal_basis,
		remedies_told, notice_no, filing_seq, filing_no, filed_at, leader_opinion FROM register_rejections WHERE id = ?`).one(func(r []driver.Value) error {
		o = RejectionRegisterRow{ID: integer(r[0]), Dept: integer(r[1]), Item: integer(r[2]), Case: uint64(integer(r[3])), CaseNo: text(r[4]),
			Agreement: uint8(integer(r[5])), Stage: uint8(integer(r[6])), Sort: integer(r[7]), Decided: integer(r[8]),
			Reason: text(r[9]), LegalBasis: text(r[10]), RemediesTold: integer(r[11]) != 0, NoticeNo: text(r[12]),
			FilingSeq: uint64(integer(r[13])), FilingNo: text(r[14]), Filed: integer(r[15]), LeaderOpinion: text(r[16])}
		return nil
	}, id)
	return o, found, err
}
