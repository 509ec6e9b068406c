package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Where a clock begins is nothing for a department to leave out or to choose: the
// licensing law counts from what was received and accepted, on the day that was so.

// begins returns the event as it is folded: papers that came, an acceptance, and the
// end of a pause count from when they did, under any law. A date of effect that lies
// office time later claims that they came later, which would move the beginning; one
// after hours, or over a holiday, to when the office opens, moves nothing that the law
// counts.
func (g *judgement) begins(e *approval.Event) *approval.Event {
	if !e.EffectiveAt.After(e.OccurredAt) {
		return e
	}
	switch e.Kind {
	case approval.Received, approval.Accepted, approval.Resumed:
	case approval.SupplementReceived:
		// Logs of other laws are reckoned by the date of receipt that a clerk wrote down.
		if g.s.Item.Regime != approval.Licensing {
			return e
		}
	default:
		return e
	}
	if g.cal.WorkingTime(e.OccurredAt, e.EffectiveAt) == 0 {
		return e
	}
	g.ahead = append(g.ahead, e)
	came := *e
	came.EffectiveAt = came.OccurredAt
	return &came
}

// assume takes the earliest record of a case for its receipt, where none was told
// and it lies before the acceptance, or the limit counts from the receipt. What is of
// one instant with the acceptance shows no earlier beginning: the limit counts from the
// acceptance (Licensing Law arts. 32, 42), and facts of one instant agree in any order.
func (g *judgement) assume() {
	if g.s.Item.Regime != approval.Licensing || g.received != nil {
		return
	}
	var earliest *approval.Event
	for _, e := range g.events {
		if !beginsUntold(e) {
			continue
		}
		if earliest == nil || fact(e).Before(fact(earliest)) {
			earliest = e
		}
	}
	if earliest == nil {
		return
	}
	if g.s.Item.ClockStart != approval.FromReceipt && g.accepted != nil && !fact(earliest).Before(fact(g.accepted)) {
		return
	}
	g.received, g.assumed = earliest, true
}

// beginsUntold reports whether an event shows that a case was received, though nobody
// told it.
func beginsUntold(e *approval.Event) bool {
	return e.Kind != approval.Note && e.Kind != approval.Delivered
}

// foreign reports whether a fact lies before the receipt that was told, so that it
// cannot be of this procedure: it stops no clock, takes nothing off, lengthens nothing
// and is no notice (Licensing Law arts. 29, 32, 37: what follows needs an application).
// What is of one instant with the receipt is of it, and so is an end, but a decision on a
// licence, that lies before it by no more than the hours which the office bears of entries.
func (g *judgement) foreign(e *approval.Event) bool {
	switch e.Kind {
	case approval.SupplementRequested, approval.Paused, approval.Extended,
		approval.Decided, approval.Withdrawn, approval.Voided, approval.Forwarded:
	default:
		return false
	}
	r := g.received
	if r == nil || g.assumed || !e.Effective().Before(r.Effective()) {
		return false
	}
	return !ends(e.Kind) || e.Kind == approval.Decided && g.s.Item.Regime == approval.Licensing ||
		LongAfter(g.cal, e.Effective(), r.Effective(), g.set.BackEntry)
}

// registeredSince is when a fact that lies before the receipt was written down, if that
// was not before it, too; zero where nobody knows.
func (g *judgement) registeredSince(e *approval.Event) (at time.Time) {
	if e.EnteredAt.IsZero() && e.ToldAt.IsZero() {
		return at
	}
	if r := registered(e); !r.Before(g.received.Effective()) {
		at = r
	}
	return at
}

// unassumed is the receipt that was told; nil: none was.
func (f *fold) unassumed() *approval.Event {
	if f.assumed {
		return nil
	}
	return f.received
}
