package holidays

import (
	"slices"
	"time"
)

// Table counts working days in constant time. Days are numbered from
// 1970-01-01 = 0, in the civil calendar of mainland China. Where no list
// speaks, Monday to Friday are worked. A Table never changes and may be used
// by many goroutines.
type Table struct {
	first int64 // number of the first tabled day; outside the table the plain week holds
	// before[i] = working days from the epoch of plainBefore up to, but without, day first+i
	before []int64
	nth    []int64 // nth[k] = the day that before[0]+k working days come before
	days   map[int64]Day
}

// NewTable builds a table from lists that pass Validate; a day that cannot be
// read is passed over. Where two lists name a day, the later title year, and
// among equal ones the later list, speaks.
func NewTable(years []Year) *Table {
	sorted := slices.Clone(years)
	slices.SortStableFunc(sorted, func(a, b Year) int { return a.Year - b.Year })
	t := &Table{days: make(map[int64]Day)}
	var last int64
	for _, y := range sorted {
		for _, d := range y.Days {
			n, ok := DayNumber(d.Date)
			if !ok {
				continue
			}
			if len(t.days) == 0 {
				t.first, last = n, n
			}
			t.days[n] = d
			t.first, last = min(t.first, n), max(last, n)
		}
	}
	if len(t.days) == 0 {
		last = t.first - 1
	}
	size := int(last - t.first + 1)
	t.before = make([]int64, 0, size+1)
	t.nth = make([]int64, 0, size)
	count := plainBefore(t.first)
	for n := t.first; n <= last; n++ {
		t.before = append(t.before, count)
		worked := plainWorkday(n)
		if d, ok := t.days[n]; ok {
			worked = !d.Off
		}
		if worked {
			t.nth = append(t.nth, n)
			count++
		}
	}
	t.before = append(t.before, count)
	return t
}

// Lookup returns what a list says of the day.
func (t *Table) Lookup(day int64) (Day, bool) {
	d, ok := t.days[day]
	return d, ok
}

// IsWorkday reports whether the day is worked.
func (t *Table) IsWorkday(day int64) bool {
	if i := day - t.first; i >= 0 && i < int64(len(t.before))-1 {
		return t.before[i+1] != t.before[i]
	}
	return plainWorkday(day)
}

// Before returns a running count of working days: Before(b)-Before(a) is the
// number of working days in [a, b).
func (t *Table) Before(day int64) int64 {
	i := day - t.first
	if i < 0 {
		return plainBefore(day)
	}
	last := int64(len(t.before)) - 1
	if i <= last {
		return t.before[i]
	}
	return t.before[last] + plainBefore(day) - plainBefore(t.first+last)
}

// Nth returns the working day w with Before(w) == n; it is the inverse of
// Before on working days.
func (t *Table) Nth(n int64) int64 {
	k := n - t.before[0]
	if k < 0 {
		return plainNth(n)
	}
	if k < int64(len(t.nth)) {
		return t.nth[k]
	}
	last := int64(len(t.before)) - 1
	return plainNth(n - t.before[last] + plainBefore(t.first+last))
}

// DayNumber turns "2006-01-02" into days since 1970-01-01.
func DayNumber(date string) (int64, bool) {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0, false
	}
	return floorDiv(t.Unix(), 86400), true
}

// The plain week. Day 0 was a Thursday, so day -3 a Monday; plainBefore counts
// from there.
func plainWorkday(day int64) bool { return floorMod(day+3, 7) < 5 }

func plainBefore(day int64) int64 {
	return floorDiv(day+3, 7)*5 + min(floorMod(day+3, 7), 5)
}

func plainNth(n int64) int64 { return floorDiv(n, 5)*7 + floorMod(n, 5) - 3 }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }
