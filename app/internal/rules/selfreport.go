package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

var _ = everywhere((*judgement).selfReports,
	Rule{
		Code: "V27", Level: Data, NameZH: "漏报", NameEN: "Report left out",
		BasisZH: "超时自报与否定报备的报送职责",
		BasisEN: "The department's duty to report overdue and negative cases",
	},
)

// selfReports is V27: what the department undertook to report, and left out.
func (g *judgement) selfReports() {
	if d := &g.s.Duties; d.Overdue || !d.OverdueUntil.IsZero() {
		g.overdueReported()
	}
	if d := &g.s.Duties; d.Rejections || !d.RejectionsUntil.IsZero() {
		g.rejectionReported()
	}
}

func (g *judgement) overdueReported() {
	clock := &g.v.Promised
	if !clock.ranOut() || g.v.Statutory.ranOut() && g.v.Statutory.ranOutAt().Before(clock.ranOutAt()) {
		clock = &g.v.Statutory
	}
	if !clock.ranOut() {
		return
	}
	due := g.workingDaysAfter(clock.ranOutAt(), g.set.ReportGraceDays)
	var report *approval.OverdueReport
	var reported time.Time
	for i := range g.s.OverdueReports {
		r := &g.s.OverdueReports[i]
		if r.ReportedAt.IsZero() {
			continue
		}
		at := g.reported(r.ReportedAt, r.ToldAt)
		if at.After(g.now) {
			g.waitFor(at)
			continue
		}
		if report == nil || at.Before(reported) || at.Equal(reported) && r.Seq < report.Seq {
			report, reported = r, at
		}
	}
	if report != nil && !later(reported, due) || !owed(g.s.Duties.Overdue, g.s.Duties.OverdueUntil, due) {
		return
	}
	if !g.passed(due) {
		g.wait(due)
		return
	}
	f := Finding{Rule: "V27", Key: "overdue", Level: Data, RaisedAt: due, Evidence: g.clockEvidence()}
	if report != nil {
		f.State, f.SettledAt = Settled, reported
		f.Evidence = append(f.Evidence, report.Seq)
	}
	g.find(f, g.unreportedWords(clock, due, report, reported))
}

// rejectionReported counts from the earlier of the negative decision and the
// record that grounds of refusal exist.
func (g *judgement) rejectionReported() {
	cause := g.grounds
	if end := g.turnedDown(); end != nil && (cause == nil || !cause.Effective().Before(g.counted(end))) {
		cause = end
	}
	if cause == nil {
		return
	}
	filed := g.filed(g.causedAt(cause))
	if !filed.missed || !owed(g.s.Duties.Rejections, g.s.Duties.RejectionsUntil, filed.due) {
		return
	}
	f := Finding{Rule: "V27", Key: "rejection", Level: Data, RaisedAt: filed.due, Evidence: evidence(cause)}
	if filed.report != nil {
		f.State, f.SettledAt = Settled, filed.at
		f.Evidence = append(f.Evidence, filed.report.Seq)
	}
	g.find(f, g.unfiledWords(cause, filed))
}

// causedAt is when a duty to file arose: by the record of grounds on their own
// date, by the end when it counts.
func (g *judgement) causedAt(cause *approval.Event) time.Time {
	if cause.Kind == approval.Decided {
		return g.counted(cause)
	}
	return cause.Effective()
}
