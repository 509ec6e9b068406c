package workday

import (
	"errors"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// hours are an office's opening hours in seconds of the day.
type hours struct {
	open  []opening
	total int64 // seconds open in a working day
}

type opening struct {
	from, to int64 // seconds since midnight, to exclusive
	before   int64 // seconds open earlier in the day
}

func newHours(list []Hours) (hours, error) {
	var h hours
	var last int64
	for _, w := range list {
		from, to := int64(w.Open/time.Second), int64(w.Close/time.Second)
		if from < last || to <= from || to > daySeconds {
			return hours{}, errors.New("办公时间有误：各时段应先后排列、互不重叠，并在同一天之内。请更正设置。 / The opening hours are wrong: stretches must follow each other without overlap within one day. Correct the setting")
		}
		h.open = append(h.open, opening{from, to, h.total})
		h.total += to - from
		last = to
	}
	if h.total == 0 {
		return hours{}, errors.New("没有设置办公时间。请至少填写一个时段。 / No opening hours are set. Enter at least one stretch")
	}
	return h, nil
}

func (h hours) close() int64 { return h.open[len(h.open)-1].to }

// elapsed is how long the office has been open at this second of a working day.
func (h hours) elapsed(second int64) int64 {
	for i := len(h.open) - 1; i >= 0; i-- {
		if o := h.open[i]; second >= o.from {
			return o.before + min(second, o.to) - o.from
		}
	}
	return 0
}

// first is the earliest second of a working day by which the office has been
// open for n seconds, 0 < n <= total: at a break, its beginning.
func (h hours) first(n int64) int64 {
	i := 0
	for n > h.open[i].before+h.open[i].to-h.open[i].from {
		i++
	}
	return h.open[i].from + n - h.open[i].before
}

// last is the latest second of a working day until which the office has been
// open for n seconds, 0 <= n < total: at a break, its end.
func (h hours) last(n int64) int64 {
	i := len(h.open) - 1
	for n < h.open[i].before {
		i--
	}
	return h.open[i].from + n - h.open[i].before
}

// worked is the running count of opening seconds up to a local second.
func (c *Calendar) worked(local int64) int64 {
	day := floorDiv(local, daySeconds)
	n := c.table.Before(day) * c.hours.total
	if c.table.IsWorkday(day) {
		n += c.hours.elapsed(floorMod(local, daySeconds))
	}
	return n
}

// firstWorked is the earliest local second whose running count is n.
func (c *Calendar) firstWorked(n int64) int64 {
	day := floorDiv(n-1, c.hours.total)
	return int64(c.nthWorkday(day))*daySeconds + c.hours.first(n-day*c.hours.total)
}

// lastWorked is the latest local second whose running count is n.
func (c *Calendar) lastWorked(n int64) int64 {
	day := floorDiv(n, c.hours.total)
	return int64(c.nthWorkday(day))*daySeconds + c.hours.last(n-day*c.hours.total)
}

// WorkingTime is how long the office was open between two instants, to the
// second; negative if to lies before from.
func (c *Calendar) WorkingTime(from, to time.Time) time.Duration {
	return seconds(c.worked(c.zone.local(to)) - c.worked(c.zone.local(from)))
}

// AddWorkingTime returns the instant by which the office has been open for d
// since t, to the second: the earliest such instant (closing time, not the
// next opening). For a negative d it is the latest instant from which the
// office was open for -d until t; for zero it is t.
func (c *Calendar) AddWorkingTime(t time.Time, d time.Duration) time.Time {
	n := int64(d / time.Second)
	switch at := c.worked(c.zone.local(t)); {
	case n > 0:
		return c.zone.instant(c.firstWorked(at + n))
	case n < 0:
		return c.zone.instant(c.lastWorked(at + n))
	}
	return t
}

// seconds turns a count into a duration, stopping at the longest there is.
func seconds(n int64) time.Duration {
	const most = int64(1<<63-1) / int64(time.Second)
	return time.Duration(min(max(n, -most), most)) * time.Second
}

// Hours are the office's opening hours.
func (c *Calendar) Hours() []Hours {
	out := make([]Hours, len(c.hours.open))
	for i, o := range c.hours.open {
		out[i] = Hours{time.Duration(o.from) * time.Second, time.Duration(o.to) * time.Second}
	}
	return out
}

// Papers are the addresses of the State Council's notices that a year's list
// was made from; empty for a year without a list.
func (c *Calendar) Papers(year int) []string {
	return append([]string{}, c.lists[year].Papers...)
}

// List is a year's holiday list; found is false where there is none.
func (c *Calendar) List(year int) (list holidays.Year, found bool) {
	list, found = c.lists[year]
	list.Days = slices.Clone(list.Days)
	return list, found
}

// nextOpen is the first local second of office hours that is not before one; on a day of
// rest it is that second itself.
func (c *Calendar) nextOpen(local int64) int64 {
	day := dateOf(local)
	if !c.IsWorkday(day) {
		return local
	}
	for _, o := range c.hours.open {
		if second := floorMod(local, daySeconds); second <= o.to {
			return local - second + max(second, o.from)
		}
	}
	return int64(c.AddWorkingDays(day, 1))*daySeconds + c.hours.open[0].from
}
