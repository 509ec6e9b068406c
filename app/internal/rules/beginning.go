package rules

import "github.com/mingcha-console/mingcha/app/internal/approval"

// Where a clock begins is nothing for a department to leave out or to choose: the
// licensing law counts from what was received and accepted, on the day that was so.

// begins returns the event as it is folded: papers that came, and an acceptance,
// count from when they did. A date of effect that lies office time later claims that
// they came later, which would move the beginning; one after hours, or over a
// holiday, to when the office opens, moves nothing that the law counts.
func (g *judgement) begins(e *approval.Event) *approval.Event {
	if g.s.Item.Regime != approval.Licensing || !e.EffectiveAt.After(e.OccurredAt) {
		return e
	}
	switch e.Kind {
	case approval.Received, approval.Accepted, approval.SupplementReceived:
	default:
		return e
	}
	if g.cal.WorkingTime(e.OccurredAt, e.EffectiveAt) == 0 {
		return e
	}
	if g.cal.DateOf(e.EffectiveAt) > g.cal.DateOf(e.OccurredAt) {
		g.ahead = append(g.ahead, e)
	}
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

// unassumed is the receipt that was told; nil: none was.
func (f *fold) unassumed() *approval.Event {
	if f.assumed {
		return nil
	}
	return f.received
}
