package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// clocks finds the event that started the clocks and reads both.
func (g *judgement) clocks() {
	if g.end != nil && g.end.Effective().After(g.now) {
		g.waitFor(g.end.Effective())
		g.end = nil // registered ahead of its date: open until then
	}
	g.deem()
	g.started = g.starter()
	g.v.Promised = g.clock(g.s.Item.Promised)
	g.v.Statutory = g.clock(g.s.Item.Statutory)
	for _, p := range g.pauses { // an effective date may lie ahead
		g.waitFor(p.From.Truncate(time.Second)) // clocks drop fractions
		g.waitFor(p.To.Truncate(time.Second))
	}
}

// deem applies art. 32: papers that were neither accepted nor found wanting
// within five working days count as accepted on the day they were received.
func (g *judgement) deem() {
	if g.s.Item.Regime != approval.Licensing || g.received == nil {
		return
	}
	g.noticeDue = g.workingDaysAfter(g.received.Effective(), g.set.NoticeDays)
	for _, e := range [...]*approval.Event{g.accepted, g.end} {
		if e != nil && !later(e.Effective(), g.noticeDue) {
			return
		}
	}
	for _, e := range g.requests {
		if !later(e.Effective(), g.noticeDue) {
			return
		}
	}
	if g.deemed = g.passed(g.noticeDue); !g.deemed {
		g.wait(g.noticeDue)
	}
}

// starter is the event from which both clocks run, nil while they do not.
func (g *judgement) starter() *approval.Event {
	switch {
	case g.s.Item.ClockStart == approval.FromReceipt, g.deemed:
		return g.received
	case g.accepted == nil && g.end != nil:
		return g.received // ended unaccepted: the applicant waited since then
	}
	return g.accepted
}

func (g *judgement) clock(limit approval.Limit) Clock {
	c := Clock{Limit: limit, StartedAt: effective(g.started)}
	c.Running = g.started != nil && g.end == nil
	if limit.IsZero() {
		return c
	}
	c.Extension = g.extension(limit)
	q := g.question(limit)
	q.Extension = c.Extension
	c.Answer = g.reckon(q, g.now)
	if c.Running {
		g.waitForOver(c.Answer)
		if !c.OverWithoutPauses {
			g.wait(c.DueWithoutPauses)
		}
	}
	return c
}

// waitForOver waits for a running clock to run over. While it stands still it
// does not: its due time moves on, in hours from one second to the next.
func (g *judgement) waitForOver(a workday.Answer) {
	if !a.Over && !a.PausedNow {
		g.wait(a.Due)
	}
}

// extension is what lengthens a limit: the first extension, under the
// Licensing regime only a lawful one that came while the clock was in time.
func (g *judgement) extension(limit approval.Limit) approval.Limit {
	if len(g.extensions) == 0 || g.extensions[0].Extension == nil {
		return approval.Limit{}
	}
	e := g.extensions[0]
	if g.s.Item.Regime == approval.Licensing {
		if g.extensionFaults(0) != 0 || g.overAt(limit, e.OccurredAt) {
			return approval.Limit{}
		}
	}
	return e.Extension.By
}

// overAt reports whether a limit without any extension was over at t, had the
// case not ended before.
func (g *judgement) overAt(limit approval.Limit, t time.Time) bool {
	if limit.IsZero() || g.started == nil {
		return false
	}
	q := g.question(limit)
	q.End = time.Time{}
	return g.reckon(q, t).Over
}
