package store

// AddReport lets a case find the reports that name it.
func (w *Writer) AddReport(seq uint64, kind uint8, dept int64, caseNo string) error {
	return w.c.prepare(`INSERT INTO reports (seq, kind, dept, case_no) VALUES (?,?,?,?)`).exec(int64(seq), int64(kind), dept, caseNo)
}

// PutOverdue writes a row of the overdue register.
func (w *Writer) PutOverdue(o *OverdueRegisterRow) error {
	return w.c.prepare(`INSERT OR REPLACE INTO register_overdue (id, dept, item, case_id, case_no, agreement, clock, sort_at, due_at, over_at, ended_at,
		over_by, unit, paused, report_seq, reported_at, reported_over_by, responsible, explanation)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`).exec(o.ID, o.Dept, o.Item, int64(o.Case), o.CaseNo, int64(o.Agreement), int64(o.Clock),
		o.Sort, o.Due, o.Over, o.Ended, int64(o.OverBy), int64(o.Unit), int64(o.Paused), int64(o.ReportSeq), o.Reported,
		o.ReportedOverBy, o.Responsible, o.Explanation)
}

// DeleteOverdue takes a row out of the overdue register.
func (w *Writer) DeleteOverdue(id int64) error {
	return w.c.prepare(`DELETE FROM register_overdue WHERE id = ?`).exec(id)
}

// PutRejection writes a row of the rejections register.
func (w *Writer) PutRejection(o *RejectionRegisterRow) error {
	return w.c.prepare(`INSERT OR REPLACE INTO register_rejections (id, dept, item, case_id, case_no, agreement, stage, sort_at, decided_at,
		reason, legal_basis, remedies_told, notice_no, filing_seq, filing_no, filed_at, leader_opinion)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`).exec(o.ID, o.Dept, o.Item, int64(o.Case), o.CaseNo, int64(o.Agreement), int64(o.Stage),
		o.Sort, o.Decided, o.Reason, o.LegalBasis, Bool(o.RemediesTold), o.NoticeNo, int64(o.FilingSeq), o.FilingNo, o.Filed, o.LeaderOpinion)
}

// DeleteRejection takes a row out of the rejections register.
func (w *Writer) DeleteRejection(id int64) error {
	return w.c.prepare(`DELETE FROM register_rejections WHERE id = ?`).exec(id)
}

// PutAuthorization writes the index row of an authorization.
func (w *Writer) PutAuthorization(a *AuthorizationIndexRow) error {
	return w.c.prepare(`INSERT OR REPLACE INTO authorizations (id, seq, dept, auth_no, valid_from, valid_to, revoked_at, rep, stand_in)
		VALUES (?,?,?,?,?,?,?,?,?)`).exec(int64(a.ID), int64(a.Seq), a.Dept, a.No, a.From, a.To, a.Revoked, a.Rep, a.StandIn)
}
