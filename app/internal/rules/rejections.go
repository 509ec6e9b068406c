package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

var _ = licensed((*judgement).rejections,
	Rule{
		Code: "V07", Level: Yellow, NameZH: "否定决定要件不全", NameEN: "Negative decision without its particulars",
		BasisZH: "行政许可法第38条、第72条：书面决定应说明理由并告知复议、诉讼权利",
		BasisEN: "Administrative Licensing Law arts. 38 and 72: a refusal is in writing, with reasons and remedies",
	},
	Rule{
		Code: "V08", Level: Yellow, NameZH: "否定未报备", NameEN: "Negative decision not filed",
		BasisZH: "否定报备制度：作出否定决定应报备",
		BasisEN: "The office's filing duty: negative decisions are filed",
	},
	Rule{
		Code: "V09", Level: Warn, NameZH: "报备迟于决定", NameEN: "Filed after the decision",
		BasisZH: "否定报备制度：应在作出决定前报备",
		BasisEN: "The office's filing duty: file before deciding",
	},
)

// rejections judges a negative decision: V07, its particulars, V08 and V09, its
// filing. A department that never undertook to send its filings may have filed
// all the same, and one that gives the filing's number has.
func (g *judgement) rejections() {
	end := g.turnedDown()
	if end == nil {
		return
	}
	at := g.counted(end)
	if missing := missingParticulars(end.Decision); missing != 0 {
		g.find(Finding{
			Rule: "V07", Level: Yellow, RaisedAt: at, Evidence: evidence(end),
		}, g.particularWords(end, missing))
	}
	filed := g.filed(at)
	if f := filed.report; f != nil && later(filed.at, at) {
		g.find(Finding{
			Rule: "V09", Level: Warn, RaisedAt: filed.at, Evidence: []uint64{end.Seq, f.Seq},
		}, g.filedAfterWords(end, f))
	}
	if filed.missed && owed(g.s.Duties.Rejections, g.s.Duties.RejectionsUntil, filed.due) && end.Decision.FilingNo == "" {
		f := Finding{Rule: "V08", Level: Yellow, RaisedAt: filed.due, Evidence: evidence(end)}
		if filed.report != nil {
			f.State, f.SettledAt = Settled, filed.at
			f.Evidence = append(f.Evidence, filed.report.Seq)
		}
		g.find(f, g.unfiledWords(end, filed))
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
	at     time.Time                 // from when it counts
	missed bool                      // not filed by then
}

func (f filing) inTime() bool { return !later(f.at, f.due) }

// filed looks for the first filing of the case and sets it against a duty that
// arose at t.
func (g *judgement) filed(t time.Time) filing {
	f := filing{due: g.workingDaysAfter(t, g.set.FilingGraceDays)}
	for i := range g.s.Filings {
		r := &g.s.Filings[i]
		if r.FiledAt.IsZero() {
			continue
		}
		at := g.reported(r.FiledAt, r.ToldAt)
		if at.After(g.now) {
			g.waitFor(at)
			continue
		}
		if f.report == nil || at.Before(f.at) || at.Equal(f.at) && r.Seq < f.report.Seq {
			f.report, f.at = r, at
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

// reported is from when a report counts that claims a date: from when it was told,
// where that is longer after than the office allows and the console knows that it
// had not been told before.
func (g *judgement) reported(claimed, told time.Time) time.Time {
	if !told.IsZero() && LongAfter(g.cal, claimed, told, g.set.BackEntry) {
		return told
	}
	return claimed
}
