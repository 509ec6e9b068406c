package workday

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Running is a clock that runs, as its due time alone tells it: as long as no
// pause begins, that is fixed, and what is left until then is what counts. It is
// read where many cases are counted on to a moment without their events.
type Running struct {
	Due   time.Time      // by limit, extension and all pauses so far
	Limit approval.Limit // with the extension, in the limit's unit
	// RollOver tells that a due time on a rest day was moved.
	RollOver bool
	// Paused tells that the clock stood still before, so that it may have been due
	// when it went on, on a rest day, and was moved off that; or that it stood still on
	// the very day that it had been moved to.
	Paused bool
}

// Used is how many units have elapsed by a moment: an Answer's Elapsed. known is
// false where the due time may have been moved off a rest day, because then it
// does not tell by how much; for working hours, which a due time does not
// tell to the second; and for a limit of no days.
func (c *Calendar) Used(mode Mode, r Running, at time.Time) (units int, known bool) {
	x := c.axis(mode, r.Limit.Unit, r.RollOver)
	moved := (x.rolls || r.Paused && !x.exact) && !c.IsWorkday(c.DateOf(r.Due)-1)
	if r.Limit.SameDay() || x.kind == workingHours || moved || x.rolls && r.Paused {
		return 0, false
	}
	used := min(int64(r.Limit.N), maxLimit)*x.unit - c.left(&x, r.Due, at)
	return int(max(0, floorDiv(used, x.unit))), true
}

// Over is how many units a clock that is over has run over by a moment: minus an
// Answer's Remaining. known is false for working hours.
func (c *Calendar) Over(mode Mode, r Running, at time.Time) (units int, known bool) {
	x := c.axis(mode, r.Limit.Unit, r.RollOver)
	if x.kind == workingHours {
		return 0, false
	}
	return int(floorDiv(-c.left(&x, r.Due, at), x.unit)), true
}

// Beyond is how many whole units lie between the due time of a limit in the unit,
// which passed, and a later moment.
func (c *Calendar) Beyond(mode Mode, unit approval.Unit, due, at time.Time) int {
	x := c.axis(mode, unit, false)
	return int(floorDiv(-c.left(&x, due, at), x.unit))
}

// left is how far the axis goes on from a moment to the due time.
func (c *Calendar) left(x *axis, due, at time.Time) int64 {
	return x.position(c.zone.local(due)) - x.position(c.zone.local(at))
}
