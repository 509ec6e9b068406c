package rules

import (
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

var _ = licensed((*judgement).pauseGrounds,
	Rule{
		Code: "V10", Level: Yellow, NameZH: "违法挂起", NameEN: "Unlawful pause",
		BasisZH: "行政许可法第45条：法定程序方可扣除时限，并书面告知申请人",
		BasisEN: "Administrative Licensing Law art. 45: only the listed procedures stop the clock, and the applicant is told in writing",
	},
)

var _ = everywhere((*judgement).pauseLengths,
	Rule{
		Code: "V11", Level: Yellow, NameZH: "挂起超期或未恢复", NameEN: "Pause overlong or never resumed",
		BasisZH: "行政许可法第45条：应告知并遵守所需时间",
		BasisEN: "Administrative Licensing Law art. 45: the time needed is told, and kept",
		otherZH: "该事项公布的时限：暂停计时以批准的时间为限",
		otherEN: "The limit published for the item: the clock stands still for the time approved",
	},
)

// pauseGrounds judges every pause (特别程序) under the Licensing Law: V10, its ground,
// approval and notice.
func (g *judgement) pauseGrounds() {
	for i := range g.procedures {
		p := &g.procedures[i]
		key := strconv.Itoa(i + 1)
		faults, raised := pauseFaults(p.begun.Pause), p.begun.OccurredAt
		if told := notified(p.begun); !told.IsZero() && g.beforeCase(told) {
			faults |= pauseUntold
		} else if at := g.toldTooLate(p); !at.IsZero() {
			if faults == 0 {
				raised = at
			}
			faults |= pauseToldLate
		}
		if faults != 0 {
			g.find(Finding{
				Rule: "V10", Key: key, Level: Yellow,
				RaisedAt: raised, Evidence: evidence(p.begun),
			}, g.pauseFaultWords(p.begun, faults))
		}
	}
}

// pauseLengths is V11 of every pause, under whichever law its clock stops.
func (g *judgement) pauseLengths() {
	for i := range g.procedures {
		if p := &g.procedures[i]; !p.nested {
			g.pauseLength(p, strconv.Itoa(i+1))
		}
	}
}

// pauseFault is what a pause lacks, as a set.
type pauseFault uint8

const (
	pauseUnlisted pauseFault = 1 << iota
	pauseUnapproved
	pauseUntold
	pauseUntimed
	pauseToldLate
)

func pauseFaults(p *approval.Pause) (faults pauseFault) {
	if p == nil {
		p = &approval.Pause{}
	}
	if !p.Kind.Lawful() {
		faults |= pauseUnlisted
	}
	if p.Approver == "" {
		faults |= pauseUnapproved
	}
	if p.NotifiedAt.IsZero() {
		faults |= pauseUntold
	}
	if p.Approved.IsZero() {
		faults |= pauseUntimed
	}
	return faults
}

// toldTooLate is since when it stands that the applicant was told of a pause only
// when that was of no use any more: on the day on which it ended, or later than the
// working days in which papers are answered (art. 32, for want of a number of its
// own in art. 45). Within the hours in which a late entry is none it is in time.
// Zero: it does not stand.
func (g *judgement) toldTooLate(p *procedure) time.Time {
	told := notified(p.begun)
	begun := g.counted(p.begun)
	if told.IsZero() || !LongAfter(g.cal, begun, told, g.set.BackEntry) {
		return time.Time{}
	}
	var at time.Time
	if due := g.workingDaysAfter(begun, g.set.NoticeDays); later(told, due) {
		if at = due; !g.passed(due) {
			g.wait(due)
			at = time.Time{}
		}
	}
	if finish := p.resumed; finish != nil && !p.nested {
		if end := g.counted(finish); !end.After(g.now) && g.cal.DateOf(told) >= g.cal.DateOf(end) && (at.IsZero() || end.Before(at)) {
			at = end
		}
	}
	return at
}

// pauseLength is V11: a pause longer than approved, red from a unit more on,
// or never resumed although the case ended.
func (g *judgement) pauseLength(p *procedure, key string) {
	finish := p.resumed
	if finish == nil {
		finish = g.end
	}
	if finish != nil && g.lasts(finish) {
		g.waitFor(g.counted(finish)) // from then on the words say how long it lasted
	}
	var until workday.Answer
	level := Yellow
	if p.begun.Pause != nil && !p.begun.Pause.Approved.IsZero() {
		approved := p.begun.Pause.Approved
		if until = g.approvedUntil(p, approved, finish); until.Over {
			approved.N += oneMore(approved.Unit).N
			if g.approvedUntil(p, approved, finish).Over {
				level = Red
			}
		}
	}
	raised := until.Due
	if !until.Over {
		if p.resumed != nil || g.end == nil {
			return
		}
		raised = g.counted(g.end)
	}
	g.find(Finding{
		Rule: "V11", Key: key, Level: level, RaisedAt: raised, Evidence: evidence(p.begun, finish),
	}, g.pauseLengthWords(p, until, finish, level))
}

// oneMore is by how much a pause may last longer than approved before it is red:
// a unit, of seconds an hour.
func oneMore(unit approval.Unit) approval.Limit {
	if unit == approval.Seconds || unit == approval.WorkingSeconds {
		return approval.Limit{N: 3600, Unit: unit}
	}
	return approval.Limit{N: 1, Unit: unit}
}

// approvedUntil counts the approved time as a limit of its own, in which
// nothing is taken off.
func (g *judgement) approvedUntil(p *procedure, approved approval.Limit, finish *approval.Event) workday.Answer {
	end := g.finishedAt(finish)
	if finish != nil && g.made(p.begun) && finish.Effective().Before(end) {
		end = finish.Effective() // all of it was written down late: by what it claims
	}
	a := g.reckon(workday.Question{
		Start: p.begun.Effective(), Limit: approved,
		End: end, RollOver: g.rollOver(approved),
	}, g.now)
	if !a.Over && g.lasts(finish) {
		g.wait(a.Due)
	}
	return a
}
