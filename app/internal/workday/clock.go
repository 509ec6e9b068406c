package workday

import (
	"math"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Mode is how days are counted; an office chooses one.
type Mode uint8

const (
	// Civil counts as the Civil Code does: the first day is not counted (art.
	// 201), a working-day limit ends at close of business, a calendar-day limit
	// at midnight (art. 203).
	Civil Mode = iota + 1
	// Strict lets the clock run without a break through working days, 24 hours
	// each: the start day counts, and the limit ends at the same time of day.
	Strict
)

// Pause is a span in which the clock stands still. In Civil mode a pause from date a
// to date b takes out the working days after a up to and including b, and of calendar
// days those that lie wholly within it: of working days their office hours. In Strict
// mode and for working hours it takes out its exact time.
type Pause struct {
	From, To time.Time // zero To: still open
}

// Question is what there is to know of one clock of one case.
type Question struct {
	Start time.Time // zero: the clock has not started
	Limit approval.Limit
	// Extension lengthens the limit. In another unit than the limit's it is
	// converted, rounded up: a working day is the office's opening hours, and
	// five working days are seven calendar days.
	Extension approval.Limit
	Pauses    []Pause   // lawful ones, in any order; may overlap
	End       time.Time // zero: still running
	// RollOver moves the end of a calendar-day limit that falls on a rest day
	// to the end of the next working day (Civil Code art. 203). In Strict mode,
	// where calendar days are plain time, it has no effect.
	RollOver bool
	// RunOutStays keeps a clock that ran over where it ran over: what pauses it
	// afterwards takes nothing off. Without it a later pause moves Due, though it
	// cannot make the case timely again.
	RunOutStays bool
}

// Answer is the state of a clock as known at a moment: at the case's end if it
// ended by then, else at now. What lies later (pauses, the end) is not yet
// known and has no effect.
//
// Counts are in the limit's unit. In Strict mode and for working hours a unit
// counts as elapsed or paused once it is complete, and the …Time fields have
// the exact figures; for days in Civil mode, where a day counts from its
// beginning, those are zero.
type Answer struct {
	// Due is start, limit, extension and all pauses added up: the last second
	// that is in time. Civil days end at the last closing hour. It moves on while
	// a pause is open. Zero without a limit.
	Due time.Time
	// MovedFrom is when Due would be if its day were no day of rest; zero where it
	// was not moved.
	MovedFrom time.Time
	// DueWithoutPauses is the same with nothing taken off for pauses.
	DueWithoutPauses time.Time
	// OverAt is the due time that really passed, by which the clock ran over; zero
	// while not over. It equals Due unless the clock was paused later still: that
	// moves Due, and cannot make the case timely again.
	OverAt time.Time

	Elapsed, ElapsedWithoutPauses int
	// Remaining is what is left until Due, and never negative while not over.
	// Once over it is minus the units run over, of which a part of one is 0.
	// Elapsed + Remaining is limit + extension, and what moving Due off days of
	// rest added.
	Remaining int
	// Paused is what was taken off so far, the days included on which what a pause had
	// left of the last day went on. A calendar day on which the clock stands still is
	// taken off once it is over, and counts as elapsed before.
	Paused int

	ElapsedTime, RemainingTime, PausedTime time.Duration

	// Over: the moment, in whole seconds, is after Due.
	Over, OverWithoutPauses bool
	PausedNow               bool // running, and in a pause
	Unlisted                bool // working days were counted through a year without a holiday list
}

// Reckon answers the question as of now.
func (c *Calendar) Reckon(mode Mode, q Question, now time.Time) Answer {
	if q.Start.IsZero() {
		return Answer{}
	}
	var buf [8]pausedSpan
	k := c.newClock(mode, q, now, buf[:0])

	var a Answer
	at := k.axis.position(k.moment) - k.start
	paused := k.paused(k.moment)
	a.ElapsedWithoutPauses = int(at / k.axis.unit)
	a.PausedNow = k.pausedNow
	latest := k.moment
	if k.limited {
		due, moved, lapsed, over := k.due()
		bare := k.end(k.start + k.limit)
		paused += k.given(due, moved, at-paused)
		a.Due, a.DueWithoutPauses = c.zone.instant(due), c.zone.instant(bare)
		a.Over, a.OverWithoutPauses = over, k.moment > bare
		left := k.limit + k.rested(due, moved) - (at - paused)
		if moved < due {
			a.MovedFrom = c.zone.instant(k.lastDay(moved))
		}
		if over {
			a.OverAt = c.zone.instant(lapsed)
		} else {
			left = max(left, 0)
		}
		// Rounded so that elapsed and remaining add up to the limit.
		if k.sameDay && !over {
			a.Remaining = int(floorDiv(left, k.axis.unit)) // of no unit none is left
		} else {
			a.Remaining = int(floorDiv(left+k.axis.unit-1, k.axis.unit))
		}
		if k.axis.exact {
			a.RemainingTime = seconds(left)
		}
		latest = max(latest, due)
	}
	a.Elapsed = int((at - paused) / k.axis.unit)
	a.Paused = int(paused / k.axis.unit)
	if k.axis.exact {
		a.ElapsedTime, a.PausedTime = seconds(at-paused), seconds(paused)
	}
	if k.axis.working || k.axis.rolls {
		a.Unlisted = c.touchesUnlisted(dateOf(k.begin), dateOf(latest))
	}
	return a
}

// clock is a question laid out on its axis.
type clock struct {
	axis      axis
	begin     int64 // local second of the start
	start     int64 // its position
	limit     int64 // with the extension, on the axis
	limited   bool  // there is one
	sameDay   bool  // it is the day of the start; see onTheDay
	restAt    int64 // of that on a day of rest: the close of that day
	noSooner  int64 // of that in working hours: the second in which it starts
	moment    int64 // local second at which the clock is read, not before begin
	pauses    []pausedSpan
	pausedNow bool
	standing  bool // in a pause at the moment, be it that of the case's end
	usedUp    int  // of the pauses, the first that began when the last day was used up, and 1
}

func (c *Calendar) newClock(mode Mode, q Question, now time.Time, buf []pausedSpan) clock {
	k := clock{axis: c.axis(mode, q.Limit.Unit, q.RollOver), begin: c.zone.local(q.Start)}
	k.start = k.axis.position(k.begin)
	k.limited = !q.Limit.IsZero()
	if k.limit = c.total(q) * k.axis.unit; k.limit == 0 && k.limited {
		k.onTheDay()
	}
	k.moment = c.zone.local(now)
	ended := false
	if !q.End.IsZero() {
		if e := c.zone.local(q.End); e <= k.moment {
			k.moment, ended = e, true
		}
	}
	for i := range q.Pauses {
		p := pausedSpan{from: c.zone.local(q.Pauses[i].From), to: k.moment}
		if p.from > k.moment {
			continue
		}
		if to := q.Pauses[i].To; !to.IsZero() {
			p.to = min(c.zone.local(to), k.moment)
		}
		if q.Pauses[i].To.IsZero() || c.zone.local(q.Pauses[i].To) > k.moment {
			k.standing, k.pausedNow = true, !ended
		}
		p.from = max(p.from, k.begin)
		if now := p.from == k.moment && k.pausedNow; p.to > p.from || p.to == p.from && now { // one of no length changes nothing
			buf = insert(buf, p)
		}
	}
	k.moment = max(k.moment, k.begin)
	k.pauses = merge(buf)
	if len(k.pauses) > 0 {
		k.layPauses()
		if k.limited && (q.RunOutStays || len(k.pauses) > 1) {
			k.keepInTime(q.RunOutStays)
		}
	}
	return k
}

// due returns the due second by all pauses, the second from which a day of rest
// moved it (due itself where none did), and, if the moment is past it, the due
// second that was in force when it passed: until another pause begins, one takes out
// its last day, too.
func (k *clock) due() (due, moved, lapsed int64, over bool) {
	position := k.start + k.limit
	due, moved = k.ends(position)
	before := due
	for i, p := range k.pauses {
		if !over && (p.from > before || i == k.usedUp-1) {
			if p.from <= before && k.moment <= before {
				return due, moved, 0, false // its last day ends as if nothing had begun
			}
			lapsed, over = before, true
		}
		taken := k.end(position + p.untilAt - p.at)
		position += p.toAt - p.at
		due, moved = k.ends(position)
		if !over && p.until > due {
			// A pause that began with nothing left still lasts to its end.
			due, moved = k.axis.endOf(p.until)
		}
		before = max(due, taken)
	}
	if !over && k.moment > due {
		lapsed, over = due, true
	}
	if over && due < lapsed { // the one that passed had been moved on, and pauses since by less
		due, moved = lapsed, lapsed
	}
	return due, moved, lapsed, over
}

// keepInTime leaves out pauses that began when the clock had run out. The last day of
// the one before them was worked on by no pause that counts.
// Where the run-out does not stay those count, but for the first that began when the
// last day was used up.
func (k *clock) keepInTime(runOutStays bool) {
	n, usedUp := k.pausesInTime()
	if usedUp && k.standing && k.pauses[n].to >= k.moment {
		k.pausedNow = false
	}
	if !runOutStays {
		if usedUp {
			k.usedUp = n + 1
		}
		return
	}
	if n == len(k.pauses) {
		return
	}
	if n > 0 {
		last := &k.pauses[n-1]
		last.to, last.toAt = last.until, last.untilAt
	}
	k.pauses = k.pauses[:n]
}

// pausesInTime is how many pauses began before the clock had run out. A pause that
// began on the last day leaves the rest of it for when it ends; whoever pauses
// again and again on days that are given so has used the last day up once they have
// worked the office's hours of a day on them.
func (k *clock) pausesInTime() (n int, usedUp bool) {
	position := k.start + k.limit
	due := k.end(position)
	before, spent, went := due, int64(0), k.begin
	for i, p := range k.pauses {
		if p.from > before {
			return i, false
		}
		spent += k.spent(due, went, p.from)
		if due > k.end(position) && spent >= k.axis.c.hours.total {
			return i, true
		}
		taken := k.end(position + p.untilAt - p.at)
		position += p.toAt - p.at
		due, went = k.end(position), p.until
		if p.until > due {
			due, _ = k.axis.endOf(p.until)
		}
		before = max(due, taken)
	}
	return len(k.pauses), false
}

// lastDay is the end of the day on which the limit was used up, which a day of rest
// moved on, or on which a pause ended that began on that day: at the latest the end
// that all pauses give. One that began only on the days of rest after it took none of
// the limit.
func (k *clock) lastDay(end int64) int64 {
	for end-daySeconds >= k.begin && k.counted(end-daySeconds) >= k.limit && !k.pausedOn(dateOf(end)) {
		end -= daySeconds
	}
	return end
}

// rested is by how much days of rest at its end lengthened the limit.
func (k *clock) rested(due, moved int64) int64 {
	if k.axis.exact {
		return 0
	}
	return max(0, min(k.axis.position(due)-k.axis.position(moved), k.beyond(due)))
}

// given is how much of what elapsed went by on days that pauses gave: what they had
// left of the last day went on there. They are that day, and none of its own.
func (k *clock) given(due, moved, elapsed int64) int64 {
	if k.axis.exact {
		return 0
	}
	return max(0, min(k.beyond(due)-k.rested(due, moved), elapsed-k.limit))
}

// beyond is how far due lies behind limit and pauses. A pause after the limit had run
// out moved it by all of itself, though it may end after that.
func (k *clock) beyond(due int64) int64 {
	return max(0, k.axis.position(due)-k.start-k.limit-k.paused(math.MaxInt64))
}

// paused is how much of the axis pauses took out up to a local second.
func (k *clock) paused(local int64) int64 {
	var n int64
	for i := range k.pauses {
		p := &k.pauses[i]
		if p.from >= local {
			break
		}
		if p.to <= local {
			n += p.toAt - p.at
		} else {
			n += max(0, min(p.toAt, k.axis.position(local))-p.at)
		}
	}
	return n
}

// maxLimit keeps sums of absurd limits from overflowing; it is longer than the
// calendar in any unit.
const maxLimit = 100_000_000

// countOf is how many units a limit counts as; seconds may be many more.
func countOf(l approval.Limit) int64 {
	most := int64(maxLimit)
	if l.Unit == approval.Seconds || l.Unit == approval.WorkingSeconds {
		most *= 100
	}
	return min(max(int64(l.N), 0), most)
}

// total is limit and extension in the limit's unit; 0 if there is no limit, or it
// is the day of the start.
func (c *Calendar) total(q Question) int64 {
	if q.Limit.IsZero() {
		return 0
	}
	return countOf(q.Limit) + c.convert(q.Extension, q.Limit.Unit)
}

func (c *Calendar) convert(l approval.Limit, to approval.Unit) int64 {
	n := countOf(l)
	if n == 0 || l.Unit == to || l.Unit == 0 {
		return n
	}
	// Through working days, as seconds of opening time.
	var open int64
	switch l.Unit {
	case approval.WorkingHours:
		open = n * 3600
	case approval.WorkingSeconds:
		open = n
	case approval.Seconds:
		open = ceilDiv(n*c.hours.total*5, 7*daySeconds)
	case approval.CalendarDays:
		open = ceilDiv(n*c.hours.total*5, 7)
	default:
		open = n * c.hours.total
	}
	switch to {
	case approval.WorkingHours:
		return ceilDiv(open, 3600)
	case approval.WorkingSeconds:
		return open
	case approval.Seconds:
		return ceilDiv(open*7*daySeconds, c.hours.total*5)
	case approval.CalendarDays:
		return ceilDiv(open*7, c.hours.total*5)
	default:
		return ceilDiv(open, c.hours.total)
	}
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }
