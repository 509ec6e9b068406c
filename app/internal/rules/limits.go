package rules

import (
	"strconv"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

var _ = everywhere((*judgement).limits,
	Rule{
		Code: "V01", Level: Warn, NameZH: "临近超时", NameEN: "Near the limit",
		BasisZH: "行政许可法第42条；本单位公开的承诺时限",
		BasisEN: "Administrative Licensing Law art. 42; the published promise",
		otherZH: "该事项公布的时限；本单位公开的承诺时限",
		otherEN: "The limit published for the item; the published promise",
	},
	Rule{
		Code: "V02", Level: Yellow, NameZH: "超承诺时限", NameEN: "Over the promised limit",
		BasisZH: "本单位公开的承诺时限；优化营商环境条例第36条",
		BasisEN: "The published promise; Regulation on the Business Environment art. 36",
	},
	Rule{
		Code: "V03", Level: Red, NameZH: "超法定时限", NameEN: "Over the statutory limit",
		BasisZH: "行政许可法第42条、第43条、第74条",
		BasisEN: "Administrative Licensing Law arts. 42, 43 and 74",
		otherZH: "该事项公布的法定时限（不适用行政许可法）",
		otherEN: "The statutory limit published for the item (not under the Administrative Licensing Law)",
	},
	Rule{
		Code: "V04", Level: Warn, NameZH: "环节超时", NameEN: "Step over its limit",
		BasisZH: "实施清单公布的环节时限",
		BasisEN: "The step limit in the published implementation list",
	},
)

// limits finds what the clocks tell: V03, V02, V01 and V04.
func (g *judgement) limits() {
	if g.v.Statutory.ranOut() {
		g.over("V03", Red, Active, &g.v.Statutory)
	}
	if g.v.Promised.ranOut() {
		state := Active
		if g.v.Statutory.ranOut() {
			state = Superseded
		}
		g.over("V02", Yellow, state, &g.v.Promised)
	}
	g.nearLimit()
	g.stepLimits()
}

func (g *judgement) over(rule string, level Level, state FindingState, c *Clock) {
	g.find(Finding{
		Rule: rule, Level: level, State: state, RaisedAt: c.ranOutAt(),
		Evidence: g.clockEvidence(),
	}, g.overWords(c))
}

// clockEvidence is every event that moved the clocks.
func (g *judgement) clockEvidence() []uint64 {
	seqs := evidence(g.started, g.end)
	for _, s := range g.stops {
		seqs = append(seqs, evidence(s.from, s.to)...)
	}
	for _, e := range g.extensions {
		seqs = append(seqs, e.Seq)
	}
	return seqs
}

// nearLimit is V01: the case was still open when only the lead was left. It is
// reckoned as the running out of a limit shorter by the lead, so that a pause
// that begins later does not unsay it, and none newly says it while it lasts. A
// shortened limit in calendar days rolls over like the whole one.
func (g *judgement) nearLimit() {
	c := g.v.Main()
	if c.Limit.IsZero() || g.started == nil {
		return
	}
	lead := g.lead(c.Limit.Unit)
	q := g.question(c.Limit)
	q.Pauses = g.knownPauses() // a pause that is made up afterwards does not unsay it either, under any law
	whole := q
	if !c.LapsedByExtension {
		whole.Extension = c.Extension
	}
	switch {
	case c.LapsedByExtension: // it came after the warning, and unsays none
	case c.Extension.Unit == c.Limit.Unit:
		q.Limit.N += c.Extension.N
	default:
		q.Extension = c.Extension
	}
	q.Limit.N -= lead
	if q.Limit.N <= 0 {
		return
	}
	asClaimed := len(q.Pauses) == 0 || &q.Pauses[0] == &g.pauses[0]
	if g.end != nil && c.Remaining > lead && !q.RollOver && asClaimed {
		return // the ordinary case: ended long before
	}
	a := g.reckon(q, g.now)
	if !a.Over {
		if c.Running {
			g.waitForOver(a)
		}
		return
	}
	f := Finding{Rule: "V01", Level: Warn, RaisedAt: a.OverAt, Evidence: g.clockEvidence()}
	switch {
	case g.v.Promised.ranOut() || g.v.Statutory.ranOut():
		f.State = Superseded
	case g.end != nil:
		f.State, f.SettledAt = Settled, g.counted(g.end)
	}
	g.find(f, g.nearWords(c, whole, a.OverAt))
}

// lead is how many units before the due time V01 warns.
func (g *judgement) lead(u approval.Unit) int {
	switch u {
	case approval.CalendarDays:
		return g.set.WarnCalendarDays
	case approval.WorkingHours:
		return g.set.WarnWorkingHours
	case approval.Seconds, approval.WorkingSeconds:
		return g.set.WarnWorkingHours * 3600
	}
	return g.set.WarnWorkingDays
}

// stepLimits is V04: a step ran over its own limit, whether or not the case
// did. A step not finished ends with the case.
func (g *judgement) stepLimits() {
	for i, run := range g.steps {
		name := stepName(run.begun)
		step, _ := g.s.Item.Step(name)
		if step.Limit.IsZero() {
			continue
		}
		finish := run.finished
		if finish == nil {
			finish = g.end
		}
		q := workday.Question{
			Start: run.begun.Effective(), Limit: step.Limit,
			Pauses: g.toldPauses(), End: g.finishedAt(finish), RollOver: g.rollOver(step.Limit),

			RunOutStays: g.s.Item.Regime == approval.Licensing,
		}
		a := g.reckon(q, g.now)
		if !a.Over {
			if g.lasts(finish) {
				g.waitForOver(a)
			}
			continue
		}
		key := name
		nth := 1
		for _, before := range g.steps[:i] {
			if stepName(before.begun) == name {
				nth++
			}
		}
		if nth > 1 {
			key += "#" + strconv.Itoa(nth)
		}
		g.find(Finding{
			Rule: "V04", Key: key, Level: Warn, RaisedAt: a.OverAt,
			Evidence: evidence(run.begun, finish),
		}, g.stepWords(step, q, a, finish))
	}
}

var _ = everywhere((*judgement).onTheSpot,
	Rule{
		Code: "V24", Level: Yellow, NameZH: "即办件未即办", NameEN: "On-the-spot item not done on the spot",
		BasisZH: "行政许可法第34条；实施清单公布的即办承诺",
		BasisEN: "Administrative Licensing Law art. 34; the published on-the-spot promise",
		otherZH: "实施清单公布的即办承诺",
		otherEN: "The published on-the-spot promise",
	},
)

// onTheSpot is V24: an on-the-spot item still open when the day was over. Its midnight is
// of the next day.
func (g *judgement) onTheSpot() {
	begun := g.begun()
	if g.s.Item.CaseType != approval.OnTheSpot || begun == nil {
		return
	}
	midnight := g.cal.EndOf(g.cal.DateOf(begun.Effective()))
	switch {
	case g.end != nil && g.counted(g.end).Before(midnight):
		return
	case g.now.Before(midnight):
		g.waitFor(midnight)
		return
	}
	g.find(Finding{
		Rule: "V24", Level: Yellow, RaisedAt: midnight, Evidence: evidence(begun, g.end),
	}, g.onTheSpotWords(begun))
}
