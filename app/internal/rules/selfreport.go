package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// selfReports is V27: what the department undertook to report, and left out.
func (g *judgement) selfReports() {
	if g.s.Duties.Overdue {
		g.overdueReported()
	}
	if g.s.Duties.Rejections {
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
	for i := range g.s.OverdueReports {
		r := &g.s.OverdueReports[i]
		if r.ReportedAt.IsZero() {
			continue
		}
		if r.ReportedAt.After(g.now) {
			g.waitFor(r.ReportedAt)
			continue
		}
		if report == nil || r.ReportedAt.Before(report.ReportedAt) ||
			r.ReportedAt.Equal(report.ReportedAt) && r.Seq < report.Seq {
			report = r
		}
	}
	if report != nil && !later(report.ReportedAt, due) {
		return
	}
	if !g.passed(due) {
		g.wait(due)
		return
	}
	f := Finding{Rule: "V27", Key: "overdue", Level: Data, RaisedAt: due, Evidence: g.clockEvidence()}
	if report != nil {
		f.State, f.SettledAt = Settled, report.ReportedAt
		f.Evidence = append(f.Evidence, report.Seq)
	}
	g.find(f, g.unreportedWords(clock, due, report))
}

// rejectionReported counts from the earlier of the negative decision and the
// record that grounds of refusal exist.
func (g *judgement) rejectionReported() {
	cause := g.grounds
	if g.negative() && (cause == nil || !cause.Effective().Before(g.counted(g.end))) {
		cause = g.end
	}
	if cause == nil {
		return
	}
	filed := g.filed(g.causedAt(cause))
	if !filed.missed {
		return
	}
	f := Finding{Rule: "V27", Key: "rejection", Level: Data, RaisedAt: filed.due, Evidence: evidence(cause)}
	if filed.report != nil {
		f.State, f.SettledAt = Settled, filed.report.FiledAt
		f.Evidence = append(f.Evidence, filed.report.Seq)
	}
	g.find(f, g.unfiledWords(cause, filed))
}

// causedAt is when a duty to file arose: by the record of grounds on their own
// date, by the end when it counts.
func (g *judgement) causedAt(cause *approval.Event) time.Time {
	if cause == g.end {
		return g.counted(cause)
	}
	return cause.Effective()
}
