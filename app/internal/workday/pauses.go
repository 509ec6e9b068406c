package workday

import "time"

// pausedSpan is a stretch of local seconds; until is when it really ended, where to
// is sooner because its last day was worked on.
type pausedSpan struct{ from, to, until int64 }

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
			if a, b := max(from, s.from), min(to, s.to); b > a && k.axis.position(b) > k.axis.position(a) {
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
// clock began or went on.
func (k *clock) spent(due, since, until int64) int64 {
	if k.axis.kind != civilWorkingDays {
		return 0
	}
	return max(0, k.axis.c.worked(until)-k.axis.c.worked(max(since, floorDiv(due, daySeconds)*daySeconds)))
}

// open reports whether a pause lasts at the clock's moment.
func (k *clock) open(p pausedSpan) bool { return p.to >= k.moment && k.pausedNow }
