// Package officedays counts the simulated city's working days and opening
// hours. It is deliberately a second implementation beside the console's: the
// answer key must not share the console's mistakes.
//
// Instants are Unix seconds. Days are civil days in China (UTC+8, which has had
// no summer time since 1991), numbered from 1970-01-01 = 0. The office is open
// 08:30–12:00 and 14:00–17:30 on working days.
package officedays

import (
	"time"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// Seconds of the day at which the office opens and closes.
const (
	Opens     = 8*3600 + 1800
	LunchFrom = 12 * 3600
	LunchTo   = 14 * 3600
	Closes    = 17*3600 + 1800

	// OpenPerDay is how long the office is open on a working day.
	OpenPerDay = LunchFrom - Opens + Closes - LunchTo
)

const (
	daySeconds = 86400
	offset     = 8 * 3600
)

// Zone is the zone of every date here.
var Zone = time.FixedZone("+08:00", offset)

// Day is a civil day in China.
type Day int32

// DayOf is the day on which an instant lies.
func DayOf(t int64) Day {
	local := t + offset
	d := local / daySeconds
	if local%daySeconds < 0 {
		d--
	}
	return Day(d)
}

// Date is the day of a civil date.
func Date(year int, month time.Month, day int) Day {
	return DayOf(time.Date(year, month, day, 0, 0, 0, 0, Zone).Unix())
}

// At is the instant at a second of a day.
func At(d Day, second int64) int64 { return int64(d)*daySeconds + second - offset }

// CloseOf is the close of business of a day.
func CloseOf(d Day) int64 { return At(d, Closes) }

// Weekday is the day's day of the week.
func Weekday(d Day) time.Weekday { return time.Weekday((int64(d)%7 + 11) % 7) }

// Civil is the day's civil date.
func Civil(d Day) (year int, month time.Month, day int) {
	return time.Unix(At(d, 0), 0).In(Zone).Date()
}

// Calendar knows the working days of the years 2000–2070. Where no list of
// holidays speaks, Monday to Friday are worked.
type Calendar struct {
	before []int32 // before[i] = working days from First up to, but without, First+i
	worked []Day
}

// First and Last bound the calendar; days beyond them panic.
var First, Last = Date(2000, time.January, 1), Date(2070, time.December, 31)

// New lays out a calendar from lists of holidays and make-up working days. A
// day named by two lists follows the later one.
func New(lists []holidays.Year) *Calendar {
	named := map[Day]bool{}
	for _, year := range lists {
		for _, d := range year.Days {
			if t, err := time.ParseInLocation(time.DateOnly, d.Date, Zone); err == nil {
				named[DayOf(t.Unix())] = !d.Off
			}
		}
	}
	c := &Calendar{before: make([]int32, 1, Last-First+2)}
	for d := First; d <= Last; d++ {
		works, ok := named[d]
		if !ok {
			weekday := Weekday(d)
			works = weekday != time.Saturday && weekday != time.Sunday
		}
		if works {
			c.worked = append(c.worked, d)
		}
		c.before = append(c.before, int32(len(c.worked)))
	}
	return c
}

// Works reports whether the office opens on a day.
func (c *Calendar) Works(d Day) bool {
	i := d - First
	return c.before[i+1] > c.before[i]
}

// Before counts the working days before a day; differences count spans.
func (c *Calendar) Before(d Day) int { return int(c.before[d-First]) }

// After is the n-th working day after a day, n ≥ 1. The day itself is not
// counted, whether worked or not (Civil Code art. 201).
func (c *Calendar) After(d Day, n int) Day {
	return c.worked[c.Before(d+1)+n-1]
}

// Due is the close of business of the n-th working day after an instant's day.
func (c *Calendar) Due(t int64, n int) int64 { return CloseOf(c.After(DayOf(t), n)) }

// Open counts the seconds the office is open between two instants, from ≤ to.
func (c *Calendar) Open(from, to int64) int64 { return c.position(to) - c.position(from) }

// AddOpen is the instant by which the office has been open for a number of
// seconds since t; where that is a break, its beginning.
func (c *Calendar) AddOpen(t, seconds int64) int64 {
	if seconds <= 0 {
		return t
	}
	position := c.position(t) + seconds
	day := (position - 1) / OpenPerDay
	within := position - day*OpenPerDay
	second := int64(Opens) + within
	if second > LunchFrom {
		second += LunchTo - LunchFrom
	}
	return At(c.worked[day], second)
}

// position is how long the office has been open from First up to an instant.
func (c *Calendar) position(t int64) int64 {
	d := DayOf(t)
	p := int64(c.Before(d)) * OpenPerDay
	if c.Works(d) {
		p += openBy(t - At(d, 0))
	}
	return p
}

// openBy is how long the office has been open by a second of a working day.
func openBy(second int64) int64 {
	morning := min(max(second-Opens, 0), LunchFrom-Opens)
	return morning + min(max(second-LunchTo, 0), Closes-LunchTo)
}
