package workday

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Before returns the instant n units before due, for warnings ahead of it.
// due is an Answer's Due for the same question (or its DueWithoutPauses, for
// the question without pauses). Time in which the clock stood still is passed
// over, so that n units are left at that instant: in Civil mode the close of
// the last day on which they are, else the same second of the axis. The unit
// need not be the limit's. The result may lie before the start; for n <= 0 it
// is due itself.
//
// While a pause is open due moves on, and so does the instant, unless it lies
// before the pause.
func (c *Calendar) Before(mode Mode, q Question, due time.Time, n int, unit approval.Unit) time.Time {
	if n <= 0 || due.IsZero() {
		return due
	}
	x := c.axis(mode, unit, false)
	at := x.position(c.zone.local(due))
	left := min(int64(n), maxLimit) * x.unit
	var buf [8]pausedSpan
	spans := c.knownPauses(mode, q, due, buf[:0])
	for i := len(spans) - 1; i >= 0; i-- {
		from, to := x.position(spans[i].from), x.position(spans[i].to)
		if to = min(to, at); to <= from {
			continue
		}
		if left < at-to {
			break
		}
		left -= at - to
		at = from
	}
	return c.zone.instant(x.end(at - left))
}

// knownPauses are the question's pauses. The end so far of an open one is not
// in the question, but follows from due: what was left of the limit when it
// began lies between the two.
func (c *Calendar) knownPauses(mode Mode, q Question, due time.Time, buf []pausedSpan) []pausedSpan {
	if len(q.Pauses) == 0 {
		return nil
	}
	never := c.zone.instant(maxLocal)
	k := c.newClock(mode, q, never, buf)
	if len(k.pauses) == 0 || !q.End.IsZero() {
		return k.pauses
	}
	last := &k.pauses[len(k.pauses)-1]
	if last.to != maxLocal {
		return k.pauses
	}
	left := k.start + k.limit - k.axis.position(last.from)
	for _, p := range k.pauses[:len(k.pauses)-1] {
		left += k.axis.position(p.to) - k.axis.position(p.from)
	}
	bare := k.axis
	bare.rolls = false
	last.to = max(last.from, bare.end(k.axis.position(c.zone.local(due))-left))
	return k.pauses
}
