package workday

import "time"

// pausedSpan is a stretch of local seconds; until is when it really ended, where to
// is sooner because its last day was worked on. at, toAt and untilAt are positions:
// what it takes out of the axis.
type pausedSpan struct{ from, to, until, at, toAt, untilAt int64 }

// Took tells of each of a question's pauses, in their order, whether it took anything
// out of what counts by a moment: one that began when a limit whose run-out stays had
// run out did not, nor one within the hours of a day where days are counted.
func (c *Calendar) Took(mode Mode, q Question, now time.Time) []bool {
	k := c.newClock(mode, q, now, nil)
	took := make([]bool, len(q.Pauses))
	for i, p := range q.Pauses {
		from, to := c.zone.local(p.From), k.moment
		if !p.To.IsZero() {
			to = min(to, c.zone.local(p.To))
		}
		for _, s := range k.pauses {
			if a, b := max(from, s.from), min(to, s.to); b > a && k.axis.position(b) > k.axis.position(a) && s.toAt > s.at {
				took[i] = true
			}
		}
	}
	return took
}

// insert keeps spans sorted by beginning; cases have few of them.
func insert(spans []pausedSpan, p pausedSpan) []pausedSpan {
	spans = append(spans, p)
	for i := len(spans) - 1; i > 0 && spans[i-1].from > p.from; i-- {
		spans[i-1], spans[i] = p, spans[i-1]
	}
	return spans
}

// merge joins sorted spans that overlap, in place, so that no time is taken
// out twice.
func merge(spans []pausedSpan) []pausedSpan {
	n := 0
	for _, p := range spans {
		if n > 0 && p.from <= spans[n-1].to {
			spans[n-1].to = max(spans[n-1].to, p.to)
			continue
		}
		spans[n] = p
		n++
	}
	for i := range spans[:n] {
		spans[i].until = spans[i].to
	}
	return spans[:n]
}

// layPauses finds what the pauses take out of the axis.
func (k *clock) layPauses() {
	if k.axis.kind == civilCalendarDays {
		k.wholeDays()
		return
	}
	k.dropWorkedDays()
	for i := range k.pauses {
		p := &k.pauses[i]
		p.at, p.toAt = k.axis.position(p.from), k.axis.position(p.to)
		if p.untilAt = p.toAt; p.until != p.to {
			p.untilAt = k.axis.position(p.until)
		}
	}
}

// wholeDays has each pause take out the calendar days that lie wholly within it, by
// Civil counting: a day on which the case was open at any moment of the office's hours,
// or at any moment of a day of rest, counts. The day of the moment is taken out once it
// is over. One that took no day, and less than a quarter of the office's hours, took
// nothing at all.
func (k *clock) wholeDays() {
	k.joinOverBreaks()
	c, n := k.axis.c, 0
	for _, p := range k.pauses {
		stands := k.standing && p.to >= k.moment
		first, last := floorDiv(p.from, daySeconds), floorDiv(p.to, daySeconds)
		if k.ranOn(first, p.from) {
			first++
		}
		if begun := floorDiv(k.begin, daySeconds); k.axis.rolls {
			first = max(first, begun+1)
		} else {
			first = max(first, begun)
		}
		if stands || k.runsOn(last, p.to) {
			last--
		}
		if last < first {
			last = first - 1
			if !stands && 4*(c.worked(p.to)-c.worked(p.from)) < c.hours.total {
				continue
			}
		}
		p.at, p.toAt, p.untilAt = first-1, last, last
		k.pauses[n] = p
		n++
	}
	k.pauses = k.pauses[:n]
}

// joinOverBreaks joins pauses with nothing but closed hours of one working day between.
func (k *clock) joinOverBreaks() {
	c, n := k.axis.c, 0
	for _, p := range k.pauses {
		if n > 0 {
			before := &k.pauses[n-1]
			if day := dateOf(p.from); day == dateOf(before.to) && c.IsWorkday(day) && c.worked(p.from) == c.worked(before.to) {
				before.to, before.until = p.to, p.until
				continue
			}
		}
		k.pauses[n] = p
		n++
	}
	k.pauses = k.pauses[:n]
}

// ranOn reports whether the clock ran on a day before a second of it, at a moment that
// counts.
func (k *clock) ranOn(day, until int64) bool {
	second := floorMod(until, daySeconds)
	if k.axis.c.table.IsWorkday(day) {
		return k.axis.c.hours.elapsed(second) > 0
	}
	return second > 0
}

// runsOn is the same of the rest of the day from a second on. Sources that know only
// dates may end them at their last second.
func (k *clock) runsOn(day, from int64) bool {
	second := floorMod(from, daySeconds)
	if k.axis.c.table.IsWorkday(day) {
		return k.axis.c.hours.elapsed(second) < k.axis.c.hours.total
	}
	return second < daySeconds-1
}

// dropWorkedDays gives back, in Civil mode, days by which the case was worked on
// all the same. A pause of less than a quarter of the office's day took nothing
// out: who stops the clock each evening and starts it each morning has worked all
// day. A longer one from date a to date b takes out the dates after a up to and
// including b; but not b, if others begin on it with opening hours between them.
func (k *clock) dropWorkedDays() {
	if k.axis.exact {
		return
	}
	c := k.axis.c
	n := 0
	for _, p := range k.pauses {
		// Sources that know only dates give midnights: those tell of no hours.
		short := k.axis.working && floorMod(p.to, daySeconds) != 0 && 4*(c.worked(p.to)-c.worked(p.from)) < c.hours.total
		if short && !k.open(p) {
			continue
		}
		k.pauses[n] = p
		n++
	}
	k.pauses = k.pauses[:n]
	for i := range k.pauses {
		p := &k.pauses[i]
		last := dateOf(p.to)
		if k.open(*p) || last <= dateOf(p.from) || !k.openBetween(p.to, k.pauses[i+1:]) {
			continue
		}
		if p.to = p.from; last-1 > dateOf(p.from) {
			p.to = int64(last-1)*daySeconds + c.hours.close()
		}
	}
}

// openBetween reports whether the case was open in office hours after a pause ended and
// before others began on that day.
func (k *clock) openBetween(ended int64, others []pausedSpan) bool {
	c, day := k.axis.c, dateOf(ended)
	for _, p := range others {
		if dateOf(p.from) != day {
			return false
		}
		if c.worked(p.from) > c.worked(ended) {
			return true
		}
		ended = p.to
	}
	return false
}

// spent is how much of the last day's office hours went by until a pause, since the
// clock began or went on. A day of rest has none, and is spent as soon as the clock ran
// on it.
func (k *clock) spent(due, since, until int64) int64 {
	if k.axis.exact {
		return 0
	}
	c, since := k.axis.c, max(since, floorDiv(due, daySeconds)*daySeconds)
	if until > since && !c.IsWorkday(dateOf(due)) {
		return c.hours.total
	}
	return max(0, c.worked(until)-c.worked(since))
}

// open reports whether a pause lasts at the clock's moment.
func (k *clock) open(p pausedSpan) bool { return p.to >= k.moment && k.pausedNow }
