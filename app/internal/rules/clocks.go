package rules

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// clocks finds the event that started the clocks and reads both.
func (g *judgement) clocks() {
	if end := g.countedAt(g.end); end.After(g.now) {
		g.waitFor(end)
		g.end = nil // registered ahead of its date, or after the moment: open until then
	}
	g.deem()
	g.halt()
	g.started, g.startedBy = g.starter()
	g.judgeExtensions()
	g.v.Promised = g.clock(g.s.Item.Promised)
	g.v.Statutory = g.clock(g.s.Item.Statutory)
	for _, p := range g.pauses { // an effective date may lie ahead
		g.waitFor(p.From.Truncate(time.Second)) // clocks drop fractions
		g.waitFor(p.To.Truncate(time.Second))
	}
	if g.madeStop {
		for _, p := range g.toldPauses() {
			g.waitFor(p.From.Truncate(time.Second))
		}
	}
}

// startReason is why the clocks run from the event that they run from.
type startReason int

const (
	startDeclared   startReason = iota // the item's own: from acceptance, or receipt
	startDeemed                        // art. 32: as if accepted on receipt
	startDeemedAnew                    // art. 32: as if accepted when the papers came
	startUnaccepted                    // ended without acceptance: the applicant waited since the receipt
)

// starter is the event from which both clocks run, nil while they do not, and why.
func (g *judgement) starter() (*approval.Event, startReason) {
	switch {
	case g.s.Item.ClockStart == approval.FromReceipt:
		return g.received, startDeclared
	case g.deemed && g.noticeFrom != g.received:
		return g.noticeFrom, startDeemedAnew
	case g.deemed:
		return g.received, startDeemed
	case g.end == nil || g.received == nil:
		return g.accepted, startDeclared
	case g.accepted == nil || g.counted(g.accepted).After(g.counted(g.end)):
		return g.received, startUnaccepted
	}
	return g.accepted, startDeclared
}

func (g *judgement) clock(limit approval.Limit) Clock {
	c := Clock{Limit: limit, StartedAt: effective(g.started)}
	c.Running = g.started != nil && g.end == nil
	if limit.IsZero() {
		return c
	}
	extended := g.extension(limit)
	if extended != nil {
		c.Extension = extended.Extension.By
	}
	q := g.question(limit)
	q.Extension = c.Extension
	c.Answer = g.reckon(q, g.now)
	if g.madeStop {
		g.byRegistrations(&c, q)
	}
	if extended != nil && g.sumsExtensions(limit) {
		told := g.toldAt(extended)
		if g.end != nil && g.byRegistration(g.end).Before(told) { // nothing ran out of a case that had ended
			told = g.byRegistration(g.end)
		}
		if a := g.unextended(limit, told); a.Over {
			c.LapsedAt, c.LapsedByExtension = a.OverAt, true
		}
	}
	if c.Running {
		g.waitForOver(c.Answer)
		if !c.OverWithoutPauses {
			g.wait(c.DueWithoutPauses)
		}
	}
	return c
}

// byRegistrations reads the clock with the pauses that were registered late
// counted from then on. A case that had run out by then is over, whatever the
// dates that they claim, and by as much: lists and findings have one due time.
// What the claimed dates would give, the words show.
func (g *judgement) byRegistrations(c *Clock, q workday.Question) {
	q.Pauses = g.toldPauses()
	a := g.reckon(q, g.now)
	if !a.Over {
		if c.Running {
			g.waitForOver(a)
		}
		return
	}
	c.Answer, c.ByRegistration = a, true
}

// toldPauses are the pauses as they count from their registration.
func (g *judgement) toldPauses() []workday.Pause {
	if !g.madeStop {
		return g.pauses
	}
	told := slices.Clone(g.pauses)
	for i := range told {
		told[i].From = g.counted(g.stops[i].from)
	}
	return told
}

// ranOut reports whether the clock ran over, now or before it was extended.
func (c *Clock) ranOut() bool { return c.Over || !c.LapsedAt.IsZero() }

// ranOutAt is the due time that passed first.
func (c *Clock) ranOutAt() time.Time {
	if c.LapsedAt.IsZero() || c.Over && c.OverAt.Before(c.LapsedAt) {
		return c.OverAt
	}
	return c.LapsedAt
}

// waitForOver waits for a running clock to run over. While it stands still it
// does not: its due time moves on, in hours from one second to the next.
func (g *judgement) waitForOver(a workday.Answer) {
	if !a.Over && !a.PausedNow {
		g.wait(a.Due)
	}
}

// extension is what lengthens a limit, nil if nothing does: the first extension,
// under the Licensing regime the first lawful one, that came while there was something
// left to extend. So it is wherever pauses are added up, too: they are decided by
// themselves, and what has run out is nobody's to lengthen (findings R5, R6).
func (g *judgement) extension(limit approval.Limit) *approval.Event {
	for i, e := range g.extensions {
		if e.Extension == nil {
			continue
		}
		if g.sumsExtensions(limit) {
			return e
		}
		if g.end != nil && g.toldAt(e).After(g.counted(g.end)) { // written down when there was nothing left to extend
			continue
		}
		if g.s.Item.Regime == approval.Licensing && g.faults[i] != 0 {
			continue
		}
		if !g.unextended(limit, g.extendsFrom(e)).Over {
			return e
		}
	}
	return nil
}

// extendsFrom is when an extension that counts began to: under the Licensing regime the
// applicant has to be told as well (art. 42).
func (g *judgement) extendsFrom(e *approval.Event) time.Time {
	if g.s.Item.Regime == approval.Licensing {
		return g.extendedBy(e)
	}
	return g.toldAt(e)
}

// sumsExtensions reports whether an extension counts in the sum whenever it came: for
// terms of other countries' laws, in calendar days that no day of rest moves. The
// published reference of such a log has due = receipt + limit + extension + pauses. Even
// there it takes nothing back: what had run out before stays found.
func (g *judgement) sumsExtensions(limit approval.Limit) bool {
	return limit.Unit == approval.CalendarDays && !g.s.Item.RestDaysMove()
}

// toldAt is when something takes effect by being told: it cannot be told for
// an earlier date.
func (g *judgement) toldAt(e *approval.Event) time.Time {
	if g.late(e) {
		if stoodBefore(e) {
			if was := g.toldAt(e.Was); was.After(e.OccurredAt) {
				return was
			}
			return e.OccurredAt
		}
		return registered(e)
	}
	return e.OccurredAt
}

// unextended is how a limit stood at t without any extension, by what was known of
// pauses then, had the case not ended before.
func (g *judgement) unextended(limit approval.Limit, t time.Time) workday.Answer {
	if limit.IsZero() || g.started == nil {
		return workday.Answer{}
	}
	q := g.question(limit)
	q.End, q.Pauses = time.Time{}, g.knownPauses()
	return g.reckon(q, t)
}

// knownPauses are the pauses as they were known of, under any regime: one that was
// written down late stopped nothing before, where others decide whether a limit had
// run out.
func (g *judgement) knownPauses() []workday.Pause {
	if g.s.Item.Regime == approval.Licensing {
		return g.toldPauses()
	}
	known := g.pauses
	for i, s := range g.stops {
		if !g.byRegistration(s.from).After(known[i].From) {
			continue
		}
		if &known[0] == &g.pauses[0] {
			known = slices.Clone(known)
		}
		known[i].From = g.byRegistration(s.from)
	}
	return known
}
