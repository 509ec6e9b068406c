package workday

import "github.com/mingcha-console/mingcha/app/internal/approval"

// An axis is what a clock counts along: local seconds are mapped to positions
// that grow only while the clock runs, so that elapsed time is a difference
// and a due time the inverse of a sum.
type axis struct {
	c       *Calendar
	kind    axisKind
	unit    int64 // length of one unit of the limit
	exact   bool  // positions are seconds, not days
	working bool  // rest days do not count
	rolls   bool
}

type axisKind uint8

const (
	civilWorkingDays axisKind = iota
	civilCalendarDays
	strictWorkingDays
	strictCalendarDays
	workingHours
)

// axis finds the axis of a unit; an unstated unit is working days.
func (c *Calendar) axis(mode Mode, unit approval.Unit, rollOver bool) axis {
	switch {
	case unit == approval.WorkingHours:
		return axis{c: c, kind: workingHours, unit: 3600, exact: true, working: true}
	case unit == approval.WorkingSeconds:
		return axis{c: c, kind: workingHours, unit: 1, exact: true, working: true}
	case unit == approval.Seconds:
		return axis{c: c, kind: strictCalendarDays, unit: 1, exact: true}
	case unit == approval.CalendarDays && mode == Strict:
		return axis{c: c, kind: strictCalendarDays, unit: daySeconds, exact: true}
	case unit == approval.CalendarDays:
		return axis{c: c, kind: civilCalendarDays, unit: 1, rolls: rollOver}
	case mode == Strict:
		return axis{c: c, kind: strictWorkingDays, unit: daySeconds, exact: true, working: true}
	}
	return axis{c: c, kind: civilWorkingDays, unit: 1, working: true}
}

// position of a local second. In Civil mode a date has one position, reached
// at its beginning.
func (x *axis) position(local int64) int64 {
	day := floorDiv(local, daySeconds)
	switch x.kind {
	case civilWorkingDays:
		return x.c.table.Before(day + 1)
	case civilCalendarDays:
		return day
	case strictWorkingDays:
		n := x.c.table.Before(day) * daySeconds
		if x.c.table.IsWorkday(day) {
			n += floorMod(local, daySeconds)
		}
		return n
	case strictCalendarDays:
		return local
	}
	return x.c.worked(local)
}

// end is the last local second that is in time for a limit used up at the
// position: in Civil mode the close of that day (Civil Code art. 203: where there are
// hours of business, the last day ends with them), in Strict mode the same time
// of day on a working day, for working hours the second they are used up.
func (x *axis) end(position int64) int64 {
	local, _ := x.ends(position)
	return local
}

func (x *axis) unmoved(position int64) int64 {
	var local int64
	switch x.kind {
	case civilWorkingDays:
		local = int64(x.c.nthWorkday(position-1))*daySeconds + x.c.hours.close()
	case civilCalendarDays:
		local = int64(clampDate(position))*daySeconds + x.c.hours.close()
	case strictWorkingDays:
		local = int64(x.c.nthWorkday(floorDiv(position, daySeconds)))*daySeconds + floorMod(position, daySeconds)
	case strictCalendarDays:
		local = min(position, maxLocal)
	case workingHours:
		local = x.c.firstWorked(position)
	}
	return local
}

// ends is end where days of rest move it, and what they moved it from.
func (x *axis) ends(position int64) (local, from int64) {
	local = x.unmoved(position)
	return x.moved(local), local
}

// moved is the end of the next working day for a second on a day of rest
// (Civil Code art. 203), wherever the axis knows days of rest.
func (x *axis) moved(local int64) int64 {
	day := dateOf(local)
	if !x.rolls && !x.working || x.c.IsWorkday(day) {
		return local
	}
	next := int64(x.c.AddWorkingDays(day, 1)) * daySeconds
	switch x.kind {
	case civilWorkingDays, civilCalendarDays:
		return next + x.c.hours.close()
	case strictWorkingDays:
		return next
	case workingHours:
		return next + x.c.hours.open[0].from
	}
	return next + daySeconds - 1
}

// endOf is the end of the day or the second, whichever the axis counts, and
// what a day of rest moved it from. After the close it is that of the next working
// day: what comes then counts from when the office opens.
func (x *axis) endOf(local int64) (end, from int64) {
	closing := floorDiv(local, daySeconds)*daySeconds + x.c.hours.close()
	switch x.kind {
	case civilWorkingDays, civilCalendarDays:
		rests := (x.working || x.rolls) && !x.c.IsWorkday(dateOf(local))
		if local > closing && !rests {
			end = int64(x.c.AddWorkingDays(dateOf(local), 1))*daySeconds + x.c.hours.close()
			return end, end
		}
		local = closing
	case workingHours: // they go on when the office is open
		local = x.c.nextOpen(local)
	}
	return x.moved(local), local
}
