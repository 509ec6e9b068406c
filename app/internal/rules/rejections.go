package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// rejections judges a negative decision: V07, its particulars, V08 and V09, its
// filing. A department that never undertook to send its filings may have filed
// all the same, and one that gives the filing's number has.
func (g *judgement) rejections() {
	if !g.negative() {
		return
	}
	at := g.counted(g.end)
	if missing := missingParticulars(g.end.Decision); missing != 0 {
		g.find(Finding{
			Rule: "V07", Level: Yellow, RaisedAt: at, Evidence: evidence(g.end),
		}, g.particularWords(missing))
	}
	filed := g.filed(at)
	if f := filed.report; f != nil && filed.inTime() && later(f.FiledAt, at) {
		g.find(Finding{
			Rule: "V09", Level: Warn, RaisedAt: f.FiledAt, Evidence: []uint64{g.end.Seq, f.Seq},
		}, g.filedAfterWords(f))
	}
	if filed.missed && g.s.Duties.Rejections && g.end.Decision.FilingNo == "" {
		f := Finding{Rule: "V08", Level: Yellow, RaisedAt: filed.due, Evidence: evidence(g.end)}
		if filed.report != nil {
			f.State, f.SettledAt = Settled, filed.report.FiledAt
			f.Evidence = append(f.Evidence, filed.report.Seq)
		}
		g.find(f, g.unfiledWords(g.end, filed))
	}
}

// particulars of a negative decision, as a set.
type particulars uint8

const (
	noReason particulars = 1 << iota
	noBasis
	noRemedies
	noNotice
)

func missingParticulars(d *approval.Decision) (missing particulars) {
	if d.Reason == "" {
		missing |= noReason
	}
	if d.LegalBasis == "" {
		missing |= noBasis
	}
	if !d.RemediesTold {
		missing |= noRemedies
	}
	if d.NoticeNo == "" {
		missing |= noNotice
	}
	return missing
}

// filing is how the duty to file a rejection was met.
type filing struct {
	due    time.Time
	report *approval.RejectionFiling // the first; nil: none so far
	missed bool                      // not filed by then
}

func (f filing) inTime() bool { return !later(f.report.FiledAt, f.due) }

// filed looks for the first filing of the case and sets it against a duty that
// arose at t.
func (g *judgement) filed(t time.Time) filing {
	f := filing{due: g.workingDaysAfter(t, g.set.FilingGraceDays)}
	for i := range g.s.Filings {
		r := &g.s.Filings[i]
		if r.FiledAt.IsZero() {
			continue
		}
		if r.FiledAt.After(g.now) {
			g.waitFor(r.FiledAt)
			continue
		}
		if f.report == nil || r.FiledAt.Before(f.report.FiledAt) ||
			r.FiledAt.Equal(f.report.FiledAt) && r.Seq < f.report.Seq {
			f.report = r
		}
	}
	if f.report != nil && f.inTime() {
		return f
	}
	if f.missed = g.passed(f.due); !f.missed {
		g.wait(f.due)
	}
	return f
}
