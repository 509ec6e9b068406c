// Package officeclock is a clock that a demonstration can let run faster than
// the real one and leap over nights, weekends and holidays. Console and
// adapters given the same Setting show the same office time.
package officeclock

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// Setting is how a clock runs. Without its two anchors it is the real clock.
type Setting struct {
	Real   time.Time `json:"real,omitzero"`   // at this real instant ...
	Office time.Time `json:"office,omitzero"` // ... the office clock showed this
	// Speed is seconds of office time to a real second; a value that is not
	// above zero, or not finite, is 1.
	Speed float64 `json:"speed,omitzero"`
	// SkipRest lets office time run through working periods only, 08:30–17:30 of
	// working days in Shanghai, and leap from each closing to the next opening.
	SkipRest bool `json:"skip_rest,omitzero"`
}

// Clock tells office time. It never changes and may be used by many
// goroutines at once.
type Clock struct {
	setting Setting
	real    bool
	periods *periods // nil: time runs through nights too
	anchor  int64    // position of setting.Office in the periods
}

// New returns the clock of a setting.
func New(s Setting) *Clock {
	if !(s.Speed > 0) || math.IsInf(s.Speed, 0) {
		s.Speed = 1
	}
	// A wall-clock anchor is all that two processes can share.
	s.Real, s.Office = s.Real.Round(0), s.Office.Round(0)
	c := &Clock{setting: s, real: s.Real.IsZero() || s.Office.IsZero()}
	if s.SkipRest && !c.real {
		c.periods = shanghai()
		c.anchor = c.periods.position(s.Office)
	}
	return c
}

// Now is the office time.
func (c *Clock) Now() time.Time { return c.OfficeAt(time.Now()) }

// OfficeAt is the office time at a real instant. It never decreases.
func (c *Clock) OfficeAt(real time.Time) time.Time {
	if c.real {
		return real
	}
	passed := duration(float64(real.Round(0).Sub(c.setting.Real)) * c.setting.Speed)
	if c.periods != nil {
		return c.periods.at(c.anchor, passed).In(c.setting.Office.Location())
	}
	return c.setting.Office.Add(passed)
}

// At is the real instant at which the office clock shows, or leaps over, an
// office time, to within a microsecond of office time for a year from the
// anchor; for a time at rest it is that of the next opening.
func (c *Clock) At(office time.Time) time.Time {
	if c.real {
		return office
	}
	var passed time.Duration
	if c.periods != nil {
		passed = time.Duration(c.periods.position(office) - c.anchor)
	} else {
		passed = office.Round(0).Sub(c.setting.Office)
	}
	return c.setting.Real.Add(duration(math.Ceil(float64(passed) / c.setting.Speed)))
}

// Sleep returns when the office clock has reached a time, or ctx ends; then
// with its error.
func (c *Clock) Sleep(ctx context.Context, until time.Time) error {
	// The real clock may be set, or the machine suspended, in the meantime, so a
	// long wait is looked at again; and rounding may leave a last few nanoseconds.
	const longest, shortest = time.Minute, 50 * time.Microsecond
	target := c.At(until)
	for c.Now().Before(until) {
		timer := time.NewTimer(min(max(time.Until(target), shortest), longest))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// duration stops at the longest there is, some 292 years.
func duration(ns float64) time.Duration {
	switch {
	case ns >= math.MaxInt64:
		return math.MaxInt64
	case ns <= math.MinInt64:
		return math.MinInt64
	}
	return time.Duration(ns)
}

var shanghai = sync.OnceValue(func() *periods {
	return &periods{days: holidays.NewTable(holidays.WithFixed(holidays.Embedded()))}
})
