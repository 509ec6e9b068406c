package rules

import (
	"strconv"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
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
	q.Pauses = g.toldPauses() // a pause that is made up afterwards does not unsay it either
	if c.Extension.Unit == c.Limit.Unit {
		q.Limit.N += c.Extension.N
	} else {
		q.Extension = c.Extension
	}
	q.Limit.N -= lead
	if q.Limit.N <= 0 {
		return
	}
	if g.end != nil && c.Remaining > lead && !q.RollOver {
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
	g.find(f, g.nearWords(c, a.OverAt))
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

// onTheSpot is V24: an on-the-spot item still open when the day was over.
func (g *judgement) onTheSpot() {
	begun := g.begun()
	if g.s.Item.CaseType != approval.OnTheSpot || begun == nil {
		return
	}
	midnight := g.cal.EndOf(g.cal.DateOf(begun.Effective()))
	switch {
	case g.end != nil && !later(g.counted(g.end), midnight):
		return
	case !g.passed(midnight):
		g.wait(midnight)
		return
	}
	g.find(Finding{
		Rule: "V24", Level: Yellow, RaisedAt: midnight, Evidence: evidence(begun, g.end),
	}, g.onTheSpotWords(begun))
}
