// Package workday knows the office's calendar and reckons time limits: working
// days, calendar days and working hours, with pauses, in the two counting
// modes an office may choose. It is pure: it never reads the clock and does no
// I/O.
//
// Everything is counted in whole seconds of the office's civil time; fractions
// of a second are dropped from every instant given.
package workday

import (
	"fmt"
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // Windows PCs have no zone data of their own

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

const daySeconds = 86400

// Hours is one stretch of opening hours, as time of day since midnight.
type Hours struct {
	Open  time.Duration
	Close time.Duration
}

// Config describes an office's calendar.
type Config struct {
	Zone  *time.Location  // nil: Asia/Shanghai
	Hours []Hours         // in order, within one day; nil: 08:30–12:00, 14:00–17:30
	Years []holidays.Year // holiday lists; of a year without one only the holidays of fixed date are known, and Unlisted reports it
}

// Calendar answers which days and hours are worked. It never changes and may
// be used by many goroutines at once.
type Calendar struct {
	zone   zone
	hours  hours
	lists  map[int]holidays.Year
	table  *holidays.Table
	listed span // longest run of days whose years all have a list
}

// span is a stretch of days, to exclusive.
type span struct{ from, to Date }

// New builds a calendar. It fails if the opening hours overlap, are out of
// order or leave the day, or if a list does not pass holidays.Year.Validate.
func New(cfg Config) (*Calendar, error) {
	loc := cfg.Zone
	if loc == nil {
		loc = shanghai()
	}
	open := cfg.Hours
	if open == nil {
		open = []Hours{
			{8*time.Hour + 30*time.Minute, 12 * time.Hour},
			{14 * time.Hour, 17*time.Hour + 30*time.Minute},
		}
	}
	h, err := newHours(open)
	if err != nil {
		return nil, err
	}
	lists := make(map[int]holidays.Year, len(cfg.Years))
	for _, y := range cfg.Years {
		if err := y.Validate(); err != nil {
			return nil, fmt.Errorf("%d: %w", y.Year, err)
		}
		lists[y.Year] = y
	}
	return build(newZone(loc), h, lists), nil
}

// Default is the calendar of an office in mainland China with the lists
// shipped in the binary. It is built once: a calendar never changes.
var Default = sync.OnceValue(func() *Calendar {
	c, err := New(Config{Years: holidays.Embedded()})
	if err != nil {
		panic(fmt.Sprintf("workday: the built-in calendar: %v", err))
	}
	return c
})

// With returns a calendar that has the year's list too, in place of an earlier
// one of that year. A list that does not pass holidays.Year.Validate is not
// taken in: the calendar stays as it was, and a missing year stays unlisted.
func (c *Calendar) With(year holidays.Year) *Calendar {
	if year.Validate() != nil {
		return c
	}
	lists := make(map[int]holidays.Year, len(c.lists)+1)
	for n, y := range c.lists {
		lists[n] = y
	}
	lists[year.Year] = year
	return build(c.zone, c.hours, lists)
}

func build(z zone, h hours, lists map[int]holidays.Year) *Calendar {
	years := make([]holidays.Year, 0, len(lists))
	for _, y := range lists {
		y.Days = slices.Clone(y.Days)
		years = append(years, y)
	}
	slices.SortFunc(years, func(a, b holidays.Year) int { return a.Year - b.Year })
	c := &Calendar{zone: z, hours: h, lists: lists, table: holidays.NewTable(holidays.WithFixed(years))}
	for i := 0; i < len(years); {
		j := i + 1
		for j < len(years) && years[j].Year == years[j-1].Year+1 {
			j++
		}
		run := span{NewDate(years[i].Year, 1, 1), NewDate(years[j-1].Year+1, 1, 1)}
		if run.to-run.from > c.listed.to-c.listed.from {
			c.listed = run
		}
		i = j
	}
	return c
}

// Zone returns the office's zone.
func (c *Calendar) Zone() *time.Location { return c.zone.loc }

// DateOf returns the date on which the instant falls in the office's zone.
func (c *Calendar) DateOf(t time.Time) Date { return dateOf(c.zone.local(t)) }

// StartOf returns the date's midnight.
func (c *Calendar) StartOf(d Date) time.Time { return c.zone.instant(int64(d) * daySeconds) }

// EndOf returns the midnight that ends the date; it belongs to the next one.
func (c *Calendar) EndOf(d Date) time.Time { return c.zone.instant((int64(d) + 1) * daySeconds) }

// CloseOf returns the last closing time of the date, whether it is worked or
// not.
func (c *Calendar) CloseOf(d Date) time.Time {
	return c.zone.instant(int64(d)*daySeconds + c.hours.close())
}

// Kind says what a day is to the office.
type Kind uint8

const (
	Workday Kind = iota + 1
	Weekend      // Saturday or Sunday at rest, not part of a listed holiday
	Holiday      // listed as a rest day
	MakeUp       // 调休上班: a listed weekend day that is worked
)

// Word is the kind's name in the API: workday, weekend, holiday, make_up.
func (k Kind) Word() string {
	switch k {
	case Weekend:
		return "weekend"
	case Holiday:
		return "holiday"
	case MakeUp:
		return "make_up"
	}
	return "workday"
}

// DayInfo is what the calendar knows of a day.
type DayInfo struct {
	Kind   Kind
	Name   string // of the holiday that makes it one, zh-CN; empty on a plain day
	Listed bool   // the day's year has a holiday list
}

// Works reports whether the day is a working day.
func (i DayInfo) Works() bool { return i.Kind == Workday || i.Kind == MakeUp }

// Day describes a date.
func (c *Calendar) Day(d Date) DayInfo {
	_, listed := c.lists[d.Year()]
	info := DayInfo{Kind: Workday, Listed: listed}
	weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	if weekend {
		info.Kind = Weekend
	}
	if day, ok := c.table.Lookup(int64(d)); ok {
		info.Name = day.Name
		switch {
		case day.Off:
			info.Kind = Holiday
		case weekend:
			info.Kind = MakeUp
		default:
			info.Kind = Workday
		}
	}
	return info
}

// IsWorkday reports whether the date is a working day.
func (c *Calendar) IsWorkday(d Date) bool { return c.table.IsWorkday(int64(d)) }

// AddWorkingDays returns the n-th working day after d, or before it if n is
// negative; d itself for 0.
func (c *Calendar) AddWorkingDays(d Date, n int) Date {
	k := int64(min(max(n, -maxLimit), maxLimit))
	switch {
	case k > 0:
		return c.nthWorkday(c.workedThrough(d) + k - 1)
	case k < 0:
		return c.nthWorkday(c.table.Before(int64(d)) + k)
	}
	return d
}

// WorkingDaysBetween counts the working days in (after, upTo]; it is negative
// if upTo lies before after.
func (c *Calendar) WorkingDaysBetween(after, upTo Date) int {
	return int(c.workedThrough(upTo) - c.workedThrough(after))
}

// Unlisted returns the years from the one of from to the one of to that have
// no holiday list, so that what was reckoned across them is a guess.
func (c *Calendar) Unlisted(from, to Date) []int {
	if !c.touchesUnlisted(from, to) {
		return nil
	}
	var years []int
	for y := from.Year(); y <= to.Year(); y++ {
		if _, ok := c.lists[y]; !ok {
			years = append(years, y)
		}
	}
	return years
}

func (c *Calendar) touchesUnlisted(from, to Date) bool {
	if from > to || from >= c.listed.from && to < c.listed.to {
		return false
	}
	for y := from.Year(); y <= to.Year(); y++ {
		if _, ok := c.lists[y]; !ok {
			return true
		}
	}
	return false
}

// workedThrough is the running count of working days up to and including d.
func (c *Calendar) workedThrough(d Date) int64 { return c.table.Before(int64(d) + 1) }

// nthWorkday is the working day that n working days of the running count
// precede.
func (c *Calendar) nthWorkday(n int64) Date { return clampDate(c.table.Nth(n)) }
