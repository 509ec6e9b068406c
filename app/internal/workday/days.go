package workday

import "time"

// maxMarks bounds the days that Days describes.
const maxMarks = 400

// DayMark is one day of a clock's arithmetic.
type DayMark struct {
	Date Date
	DayInfo
	// N is the number of units that are used up on this day, 0 if none is. In
	// Civil mode it is the day's ordinal; in Strict mode the n-th day is used up
	// 24 hours after the start, so the start day has 0 and the due day the limit.
	N int
	// Counted is the exact time that counts on this day, in Strict mode and for
	// working hours; zero for days in Civil mode.
	Counted time.Duration
	Paused  bool // taken out, in whole or in part, by a pause
	Over    bool // after the due date that lapsed
	// Moved: after the day on which the limit was used up, which a day of rest
	// moved on; no unit is used up on it.
	Moved bool

	Start, Due, DueWithoutPauses, End, Now bool // what falls on this day

	// Skipped is how many days are left out between the mark before and this
	// one; only a strip of more than 400 days has such a gap, in its middle.
	Skipped int
}

// Days describes every day from the start to the due date, the end or now,
// whichever is last. Days after the moment of the answer are marked as they
// will count if nothing else happens.
func (c *Calendar) Days(mode Mode, q Question, now time.Time) []DayMark {
	if q.Start.IsZero() {
		return nil
	}
	a := c.Reckon(mode, q, now)
	k := c.newClock(mode, q, now, nil)
	first, moment := dateOf(k.begin), dateOf(k.moment)
	last := moment
	due, bare, lapsed := minDate, minDate, maxDate
	if !a.Due.IsZero() {
		due, bare = c.DateOf(a.Due), c.DateOf(a.DueWithoutPauses)
		last = max(last, due)
	}
	movedFrom, most := maxDate, 0 // units used up by the day on which it is due
	if !a.MovedFrom.IsZero() {
		movedFrom = c.DateOf(a.MovedFrom)
	}
	if k.limited && !k.axis.exact {
		most = int(k.limit / k.axis.unit)
	}
	inTime := due
	if a.Over {
		lapsed = c.DateOf(a.OverAt)
		inTime = lapsed
	}
	end := minDate
	if e := c.DateOf(q.End); !q.End.IsZero() && !q.End.After(now) {
		end, last = e, max(last, e)
	}
	today := c.DateOf(now)
	if end == minDate {
		last = max(last, today)
	}

	total := int(last-first) + 1
	marks := make([]DayMark, 0, min(total, maxMarks))
	skipped := 0
	for d := first; d <= last; d++ {
		if total > maxMarks && len(marks) == maxMarks/2 && skipped == 0 {
			skipped = total - maxMarks
			d += Date(skipped)
		}
		m := DayMark{
			Date: d, DayInfo: c.Day(d),
			Paused: k.pausedOn(d),
			Over:   d > lapsed,
			Start:  d == first, End: d == end, Now: d == today,
			Due: d == due, DueWithoutPauses: d == bare,
		}
		m.N, m.Counted = k.countedOn(d)
		if d > movedFrom && d <= due || most > 0 && m.N > most && d <= inTime {
			m.N, m.Moved = 0, true
		}
		if skipped > 0 && len(marks) == maxMarks/2 {
			m.Skipped = skipped
		}
		marks = append(marks, m)
	}
	return marks
}

// counted is what has run on the axis from the start up to a local second.
func (k *clock) counted(local int64) int64 {
	if local < k.begin {
		return 0
	}
	return k.axis.position(local) - k.start - k.paused(local)
}

func (k *clock) countedOn(d Date) (n int, exact time.Duration) {
	midnight := int64(d) * daySeconds
	lastSecond := midnight + daySeconds - 1
	used := k.counted(lastSecond) / k.axis.unit
	if used != k.counted(midnight-1)/k.axis.unit {
		n = int(used)
	}
	if k.axis.exact {
		exact = seconds(k.counted(lastSecond+1) - k.counted(midnight))
	}
	return n, exact
}

func (k *clock) pausedOn(d Date) bool {
	midnight := int64(d) * daySeconds
	for _, p := range k.pauses {
		if k.axis.exact {
			if p.from < midnight+daySeconds && p.to > midnight {
				return true
			}
		} else if k.axis.kind == civilCalendarDays {
			if p.at < int64(d) && int64(d) <= p.toAt {
				return true
			}
		} else if dateOf(p.from) < d && d <= dateOf(p.to) {
			return true
		}
	}
	return false
}
