package workday

// pausedSpan is a stretch of local seconds.
type pausedSpan struct{ from, to int64 }

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
	return spans[:n]
}

// dropWorkedDays gives back, in Civil mode, the last day of pauses by which that
// day was worked on all the same. A pause from date a to date b takes out the
// dates after a up to and including b; but not b, if the next one begins on it
// with opening hours between the two, or if a pause took place all but outside
// opening hours: who stops the clock each evening and starts it each morning has
// worked all day.
func (k *clock) dropWorkedDays() {
	if k.axis.exact {
		return
	}
	c := k.axis.c
	for i := range k.pauses {
		p := &k.pauses[i]
		last := dateOf(p.to)
		if p.to >= k.moment && k.pausedNow || last <= dateOf(p.from) {
			continue
		}
		midnight := int64(last) * daySeconds
		between := i+1 < len(k.pauses) && dateOf(k.pauses[i+1].from) == last && c.worked(k.pauses[i+1].from) > c.worked(p.to)
		// Sources that know only dates give midnights: those tell of no hours.
		overnight := k.axis.working && p.to != midnight && c.IsWorkday(last) && 4*(c.worked(p.to)-c.worked(p.from)) < c.hours.total
		if between || overnight {
			if p.to = p.from; last-1 > dateOf(p.from) {
				p.to = midnight - daySeconds + c.hours.close()
			}
		}
	}
}
