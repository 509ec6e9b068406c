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
