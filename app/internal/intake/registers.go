package intake

import (
	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// putRegisters keeps a case's rows in the overdue and the rejections register:
// what we computed and what the department reported, side by side.
func (p *projector) putRegisters(e *entry, v *rules.Verdict, row *store.CaseRow) error {
	if err := p.putOverdue(e, v, row); err != nil {
		return err
	}
	if err := p.putRejection(e, v, row); err != nil {
		return err
	}
	if e.stored {
		return nil
	}
	return p.matched(&e.subject)
}

func (p *projector) putOverdue(e *entry, v *rules.Verdict, row *store.CaseRow) error {
	o, found := overdueRow(e, v, row)
	stood := e.overdue
	e.overdue = found
	switch {
	case found:
		return p.w.PutOverdue(&o)
	case stood:
		return p.w.DeleteOverdue(int64(row.ID))
	}
	return nil
}

func (p *projector) putRejection(e *entry, v *rules.Verdict, row *store.CaseRow) error {
	o, found := rejectionRow(e, v, row)
	stood := e.rejected
	e.rejected = found
	switch {
	case found:
		return p.w.PutRejection(&o)
	case stood:
		return p.w.DeleteRejection(int64(row.ID))
	}
	return nil
}

// matched takes out the rows of reports that came before their case and stood
// alone until now.
func (p *projector) matched(s *rules.Subject) error {
	for i := range s.OverdueReports {
		if err := p.w.DeleteOverdue(-int64(s.OverdueReports[i].Seq)); err != nil {
			return err
		}
	}
	for i := range s.Filings {
		if err := p.w.DeleteRejection(-int64(s.Filings[i].Seq)); err != nil {
			return err
		}
	}
	return nil
}

// overdueRow is a case's row in the overdue register: it ran over, or the
// department says so.
func overdueRow(e *entry, v *rules.Verdict, row *store.CaseRow) (o store.OverdueRegisterRow, found bool) {
	clock, which := &v.Promised, store.ClockPromised
	if v.Statutory.Over || v.Statutory.LapsedOnly || v.Promised.Limit.IsZero() {
		clock, which = &v.Statutory, store.ClockStatutory
	}
	over := clock.Over || clock.LapsedOnly
	reports := e.subject.OverdueReports
	if !over && len(reports) == 0 {
		return o, false
	}
	o = store.OverdueRegisterRow{ID: int64(row.ID), Dept: row.Dept, Item: row.Item, Case: row.ID, CaseNo: row.CaseNo,
		Due: store.Micros(clock.Due), Ended: row.Ended, Unit: uint8(clock.Limit.Unit), Paused: clock.Paused}
	if over {
		o.Agreement, o.Clock = unreported(e.subject.Duties.Overdue, v, "overdue"), which
		o.Over, o.OverBy = store.Micros(clock.OverAt), -clock.Remaining
		if clock.LapsedOnly { // as it was registered: by the dates of all facts it is in time
			o.Due, o.Over, o.OverBy = store.Micros(clock.LapsedAt), store.Micros(clock.LapsedAt), clock.LapsedUnits
		}
	}
	if len(reports) > 0 {
		r := &reports[len(reports)-1]
		fillReport(&o, r, over)
	}
	o.Sort = max(o.Over, o.Reported)
	return o, true
}

// unreported tells of a report that is not there whether it was left out, may
// still come in time, or was never undertaken to be sent: what nobody undertook,
// nobody left out (V27).
func unreported(duty bool, v *rules.Verdict, key string) uint8 {
	_, late := v.Find("V27", key)
	switch {
	case late:
		return store.AgreeOnlyOurs
	case !duty:
		return store.AgreeNoDuty
	}
	return store.AgreeAwaited
}

// filedLate tells of a filing that is there whether it came only when the time for it
// had passed (V08 or V27, settled). One that came before the decision is not late, though
// grounds of refusal were recorded earlier still.
func filedLate(v *rules.Verdict, o *store.RejectionRegisterRow) bool {
	settled := func(rule, key string) bool {
		f, found := v.Find(rule, key)
		return found && f.State == rules.Settled
	}
	return settled("V08", "") || settled("V27", "rejection") && (o.Stage == store.StageGrounds || o.Filed > o.Decided)
}

// rejectionRow is a case's row in the rejections register: it was turned down,
// or the department filed that it was.
func rejectionRow(e *entry, v *rules.Verdict, row *store.CaseRow) (o store.RejectionRegisterRow, found bool) {
	o = store.RejectionRegisterRow{ID: int64(row.ID), Dept: row.Dept, Item: row.Item, Case: row.ID, CaseNo: row.CaseNo}
	ours := false
	for i := range e.subject.Events {
		ev := &e.subject.Events[i]
		if ev.Kind == approval.RefusalGrounds && !ours {
			ours, o.Stage, o.Decided, o.Reason = true, store.StageGrounds, store.Micros(ev.OccurredAt), ev.Text
		}
	}
	if negative(v.Case.Outcome) {
		for i := range e.subject.Events {
			ev := &e.subject.Events[i]
			if ev.Kind == approval.Decided && ev.Decision != nil && ev.Decision.Outcome.Negative() {
				ours, o.Decided = true, row.Ended // the day that figures count it on
				o.Stage = stageOf(ev.Decision.Outcome)
				o.Reason, o.LegalBasis = ev.Decision.Reason, ev.Decision.LegalBasis
				o.RemediesTold, o.NoticeNo = ev.Decision.RemediesTold, ev.Decision.NoticeNo
				break
			}
		}
	}
	filings := e.subject.Filings
	if !ours && len(filings) == 0 {
		return o, false
	}
	o.Agreement = unreported(e.subject.Duties.Rejections, v, "rejection")
	if len(filings) > 0 {
		f := &filings[len(filings)-1]
		fillFiling(&o, f, ours)
		if ours && filedLate(v, &o) {
			o.Agreement = store.AgreeLate
		}
	}
	o.Sort = max(o.Decided, o.Filed)
	return o, true
}

func stageOf(o approval.Outcome) uint8 {
	switch o {
	case approval.OutcomeNotAccepted:
		return uint8(approval.NotAccepted)
	case approval.OutcomeReturned:
		return uint8(approval.Returned)
	}
	return uint8(approval.Refused)
}

func fillReport(o *store.OverdueRegisterRow, r *approval.OverdueReport, ours bool) {
	o.Agreement = store.AgreeOnlyTheirs
	if ours {
		o.Agreement = store.AgreeBoth
	} else {
		o.Due = store.Micros(r.DueAt)
		if r.Clock == "promised" {
			o.Clock = store.ClockPromised
		} else if r.Clock == "statutory" {
			o.Clock = store.ClockStatutory
		}
	}
	o.ReportSeq, o.Reported, o.ReportedOverBy = r.Seq, store.Micros(r.ReportedAt), r.OverBy
	o.Responsible, o.Explanation = r.Responsible.Name, r.Explanation
}

func fillFiling(o *store.RejectionRegisterRow, f *approval.RejectionFiling, ours bool) {
	o.Agreement = store.AgreeOnlyTheirs
	if ours {
		o.Agreement = store.AgreeBoth
	} else {
		o.Stage, o.Reason, o.LegalBasis = uint8(f.Stage), f.Reason, f.LegalArticle
		o.RemediesTold, o.NoticeNo = f.RemediesTold, f.NoticeNo
	}
	o.FilingSeq, o.FilingNo, o.Filed, o.LeaderOpinion = f.Seq, f.No, store.Micros(f.FiledAt), f.LeaderOpinion
}

// putUnmatched writes the register row of a report whose case is not here yet.
func (p *projector) putUnmatched(d *department, r *prepared) error {
	if r.filing != nil {
		o := store.RejectionRegisterRow{ID: -int64(r.filing.Seq), Dept: d.row.ID, CaseNo: r.caseNo}
		fillFiling(&o, r.filing, false)
		o.Sort = o.Filed
		return p.w.PutRejection(&o)
	}
	o := store.OverdueRegisterRow{ID: -int64(r.report.Seq), Dept: d.row.ID, CaseNo: r.caseNo}
	fillReport(&o, r.report, false)
	o.Sort = o.Reported
	return p.w.PutOverdue(&o)
}
