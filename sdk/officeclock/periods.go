package officeclock

import (
	"time"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// periods strings the working periods together into one line of nanoseconds.
type periods struct{ days *holidays.Table }

const (
	day    = 24 * time.Hour
	opens  = 8*time.Hour + 30*time.Minute
	closes = 17*time.Hour + 30*time.Minute
	period = closes - opens // the lunch break runs too, so that a board lives

	offset = 8 * 3600 // Shanghai, seconds east of UTC, since 1991

	// Beyond these positions, in periods, lie years that nobody demonstrates.
	leastPeriod, mostPeriod = -100_000, 100_000
)

// position of an instant: the working time before it, from the epoch of the
// day table. A time at rest has the position of the next opening.
func (p *periods) position(t time.Time) int64 {
	local := t.Unix() + offset
	n := local / 86400
	if local%86400 < 0 {
		n--
	}
	before := min(max(p.days.Before(n), leastPeriod), mostPeriod)
	position := before * int64(period)
	if p.days.IsWorkday(n) {
		clock := time.Duration(local-n*86400)*time.Second + time.Duration(t.Nanosecond())
		position += int64(min(max(clock-opens, 0), period))
	}
	return position
}

// at is the instant a span of working time after a position; where one
// period ends and the next begins, the next opening.
func (p *periods) at(position int64, span time.Duration) time.Time {
	const least, most = leastPeriod * int64(period), mostPeriod * int64(period)
	switch d := int64(span); {
	case d > most-position:
		position = most
	case d < least-position:
		position = least
	default:
		position += d
	}
	n := position / int64(period)
	if position%int64(period) < 0 {
		n--
	}
	within := time.Duration(position - n*int64(period))
	clock := opens + within
	return time.Unix(p.days.Nth(n)*86400-offset+int64(clock/time.Second), int64(clock%time.Second))
}
