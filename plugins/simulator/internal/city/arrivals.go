package city

import (
	"slices"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
)

// arrivals lets applicants come to one department, in order of time.
type arrivals struct {
	city   *City
	dept   *department
	day    officedays.Day
	times  []int64 // of the day, ascending
	next   int
	owed   float64 // cases that the days so far should have brought
	came   int
	month  string // of the case numbers, "2026-09"
	serial int    // in the month
}

func newArrivals(c *City, d *department) *arrivals {
	r := stream(c.seed, 0xa771, uint64(d.index))
	a := &arrivals{city: c, dept: d, day: c.start - 1, owed: r.float()}
	a.advance()
	return a
}

// time is when the next applicant comes; false if never more.
func (a *arrivals) time() (int64, bool) {
	if a.next == len(a.times) {
		return 0, false
	}
	return a.times[a.next], true
}

// How busy the office is: by weekday from Sunday, and by half-hour.
var (
	busyDays  = [7]float64{0.8, 1.2, 1.05, 1.0, 0.95, 0.8, 0.7}
	busyHours = func() []float64 {
		var sum float64
		var cumulative []float64
		for _, s := range slots {
			sum += s.weight
			cumulative = append(cumulative, sum)
		}
		return cumulative
	}()
)

var slots = []struct {
	from, to int64 // seconds of the day
	weight   float64
}{
	{8*hour + 32*minute, 9 * hour, 6}, {9 * hour, 9*hour + 30*minute, 13},
	{9*hour + 30*minute, 10 * hour, 15}, {10 * hour, 10*hour + 30*minute, 15},
	{10*hour + 30*minute, 11 * hour, 12}, {11 * hour, 11*hour + 30*minute, 8},
	{11*hour + 30*minute, 11*hour + 50*minute, 3}, {14 * hour, 14*hour + 30*minute, 5},
	{14*hour + 30*minute, 15 * hour, 9}, {15 * hour, 15*hour + 30*minute, 8},
	{15*hour + 30*minute, 16 * hour, 5}, {16 * hour, 16*hour + 15*minute, 1},
}

// advance moves on to the next day with applicants.
func (a *arrivals) advance() {
	a.times, a.next = a.times[:0], 0
	for len(a.times) == 0 {
		if a.day++; a.day >= a.city.end {
			return
		}
		if !a.city.days.Works(a.day) {
			continue
		}
		r := stream(a.city.seed, 0xda7, uint64(a.dept.index), uint64(a.day))
		a.owed += a.city.perDay * a.dept.share * busyDays[officedays.Weekday(a.day)] * (0.8 + 0.4*r.float())
		for ; a.came < int(a.owed); a.came++ {
			s := slots[weighted(&r, busyHours)]
			a.times = append(a.times, officedays.At(a.day, r.between(s.from, s.to-1)))
		}
	}
	slices.Sort(a.times)
	y, m, _ := civil(a.day)
	if month := time.Date(y, m, 1, 0, 0, 0, 0, zone).Format("2006-01"); month != a.month {
		a.month, a.serial = month, 0
	}
}

// take plans the next applicant's case.
func (a *arrivals) take() *plan {
	a.serial++
	c := a.city
	path := []uint64{c.seed, 0xca5e, uint64(a.dept.index), uint64(a.day), uint64(a.next)}
	no := c.prefix + a.dept.code + "-" + a.month + "-" + padded(a.serial)
	t0 := a.times[a.next]
	if a.next++; a.next == len(a.times) {
		a.advance()
	}
	draft := func(purpose uint64) *draft {
		return &draft{
			plan: plan{department: a.dept, no: no, opinion: stream(append(path, 200)...)}, rng: stream(append(path, purpose)...),
			city: c, days: c.days, t0: t0,
		}
	}
	lot := stream(append(path, 0)...)
	if lot.chance(c.violationRate) {
		for try := range uint64(8) {
			if p := draft(1 + try).violating(); p != nil {
				return p
			}
		}
	}
	return draft(100).ordinary(a.dept.spotShare)
}

func padded(n int) string {
	s := strconv.Itoa(n)
	return "00000"[min(len(s), 5):] + s
}
