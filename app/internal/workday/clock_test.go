package workday

import (
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

func days(n int) approval.Limit     { return approval.Limit{N: n, Unit: approval.WorkingDays} }
func calendar(n int) approval.Limit { return approval.Limit{N: n, Unit: approval.CalendarDays} }
func hoursOf(n int) approval.Limit  { return approval.Limit{N: n, Unit: approval.WorkingHours} }

func pause(from, to string) Pause {
	p := Pause{From: at(from)}
	if to != "" {
		p.To = at(to)
	}
	return p
}

// Each row was worked out by hand with the State Council's lists. In 2026:
// rest on 06-19 (Friday), 09-25 (Friday) and 10-01 to 10-07; worked are
// Saturday 10-10 and Sunday 09-20. 1 June is a Monday.
func TestReckon(t *testing.T) {
	for _, c := range []struct {
		name      string
		mode      Mode
		q         Question
		now       string // also the end, where ended
		ended     bool
		due, bare string
		elapsed   int
		remaining int
		paused    int
		over      bool
		overBare  bool
	}{
		{"five days over a pause and National Day, done on day six", Civil,
			Question{Start: at("2026-09-22 10:00"), Limit: days(5), Pauses: []Pause{pause("2026-09-25 09:00", "2026-09-28 16:00")}},
			"2026-10-09 11:00", true, "2026-10-08 17:30", "2026-09-30 17:30", 6, -1, 1, true, true},
		{"foreign permit 10051383: 56 days, ten of them paused", Civil,
			Question{Start: at("2014-04-17 00:00"), Limit: calendar(56), Pauses: []Pause{pause("2014-04-24 00:00", "2014-05-04 00:00")}},
			"2014-06-24 00:00", true, "2014-06-22 17:30", "2014-06-12 17:30", 58, -2, 10, true, true},
		{"foreign permit 10053042: 28 days paused, in time", Civil,
			Question{Start: at("2014-04-14 00:00"), Limit: calendar(56), Pauses: []Pause{pause("2014-04-20 00:00", "2014-05-18 00:00")}},
			"2014-07-01 00:00", true, "2014-07-07 17:30", "2014-06-09 17:30", 50, 6, 28, false, true},
		{"the last second before close of business", Civil,
			Question{Start: at("2026-06-01 23:59"), Limit: days(2)}, "2026-06-03 17:30:00", true,
			"2026-06-03 17:30", "2026-06-03 17:30", 2, 0, 0, false, false},
		{"the first second after it", Civil,
			Question{Start: at("2026-06-01 00:00"), Limit: days(2)}, "2026-06-03 17:30:01", true,
			"2026-06-03 17:30", "2026-06-03 17:30", 2, 0, 0, true, true},
		{"started on a Saturday, Monday is day one", Civil,
			Question{Start: at("2026-06-06 10:00"), Limit: days(1)}, "2026-06-07 10:00", false,
			"2026-06-08 17:30", "2026-06-08 17:30", 0, 1, 0, false, false},
		{"a calendar day ends at the close", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: calendar(3)}, "2026-06-04 17:30", true,
			"2026-06-04 17:30", "2026-06-04 17:30", 3, 0, 0, false, false},
		{"and a second after it is too late", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: calendar(3)}, "2026-06-04 17:30:01", true,
			"2026-06-04 17:30", "2026-06-04 17:30", 3, 0, 0, true, true},
		{"a last day in National Day rolls to the 8th", Civil,
			Question{Start: at("2026-09-23 10:00"), Limit: calendar(10), RollOver: true}, "2026-10-08 09:00", false,
			"2026-10-08 17:30", "2026-10-08 17:30", 15, 0, 0, false, false},
		{"without rolling over it is the 3rd", Civil,
			Question{Start: at("2026-09-23 10:00"), Limit: calendar(10)}, "2026-10-02 09:00", false,
			"2026-10-03 17:30", "2026-10-03 17:30", 9, 1, 0, false, false},
		{"a request and return on one day take nothing out", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(3), Pauses: []Pause{pause("2026-06-02 09:00", "2026-06-02 17:00")}},
			"2026-06-03 12:00", false, "2026-06-04 17:30", "2026-06-04 17:30", 2, 1, 0, false, false},
		{"overlapping pauses are one", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(10), Pauses: []Pause{
				pause("2026-06-04 09:00", "2026-06-09 09:00"), pause("2026-06-02 09:00", "2026-06-05 09:00"), pause("2026-06-03 09:00", "2026-06-04 09:00")}},
			// taken out: 3 4 5 8 9; counted to the 10th: 2 10; due on 2 10–12 15–18 22 23
			"2026-06-10 12:00", false, "2026-06-23 17:30", "2026-06-15 17:30", 2, 8, 5, false, false},
		{"a pause from before the start counts from the start", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(3), Pauses: []Pause{pause("2026-05-20 09:00", "2026-06-02 09:00")}},
			"2026-06-03 12:00", false, "2026-06-05 17:30", "2026-06-04 17:30", 1, 2, 1, false, false},
		{"an open pause moves due with now", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(5), Pauses: []Pause{pause("2026-06-03 10:00", "")}},
			// 2 3 counted, 4 5 8 9 10 taken out, left 11 12 15
			"2026-06-10 09:00", false, "2026-06-15 17:30", "2026-06-08 17:30", 2, 3, 5, false, true},
		{"a pause not begun yet changes nothing", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(5), Pauses: []Pause{pause("2026-06-03 10:00", "2026-06-05 10:00")}},
			"2026-06-02 09:00", false, "2026-06-08 17:30", "2026-06-08 17:30", 1, 4, 0, false, false},
		{"an open pause ends with the case", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(2), Pauses: []Pause{pause("2026-06-02 10:00", "")}},
			"2026-06-04 09:00", true, "2026-06-05 17:30", "2026-06-03 17:30", 1, 1, 2, false, true},
		{"a pause begun on the last day still holds the clock", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(2), Pauses: []Pause{pause("2026-06-03 17:30", "2026-06-05 09:00")}},
			"2026-06-05 17:00", true, "2026-06-05 17:30", "2026-06-03 17:30", 2, 0, 2, false, true},
		{"and on a Saturday evening to the end of Monday", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(2), Pauses: []Pause{pause("2026-06-03 17:30", "")}},
			"2026-06-06 20:00", false, "2026-06-08 17:30", "2026-06-03 17:30", 2, 1, 2, false, true},
		{"extended", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(5), Extension: days(3)}, "2026-06-09 09:00", false,
			"2026-06-11 17:30", "2026-06-11 17:30", 6, 2, 0, false, false},
		{"extended by 15 hours: three working days of 7 hours, begun", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: days(5), Extension: hoursOf(15)}, "2026-06-09 09:00", false,
			"2026-06-11 17:30", "2026-06-11 17:30", 6, 2, 0, false, false},
		{"extended by 10 working days: 14 calendar days", Civil,
			Question{Start: at("2026-06-01 10:00"), Limit: calendar(7), Extension: days(10)}, "2026-06-01 12:00", false,
			"2026-06-22 17:30", "2026-06-22 17:30", 0, 21, 0, false, false},
		{"ended before it started", Civil,
			Question{Start: at("2026-06-10 10:00"), Limit: days(2)}, "2026-06-01 10:00", true,
			"2026-06-12 17:30", "2026-06-12 17:30", 0, 2, 0, false, false},
		{"strict: the promise of the published example", Strict,
			Question{Start: at("2018-10-15 10:00"), Limit: days(7)}, "2018-10-24 10:00:00", true,
			"2018-10-24 10:00", "2018-10-24 10:00", 7, 0, 0, false, false},
		{"strict: one second later", Strict,
			Question{Start: at("2018-10-15 10:00"), Limit: days(7)}, "2018-10-24 10:00:01", true,
			"2018-10-24 10:00", "2018-10-24 10:00", 7, 0, 0, true, true},
		{"strict: the statutory limit of the published example", Strict,
			Question{Start: at("2018-10-15 10:00"), Limit: days(10)}, "2018-10-24 10:00:01", false,
			"2018-10-29 10:00", "2018-10-29 10:00", 7, 3, 0, false, false},
		{"strict: a rest day starts at the next working midnight", Strict,
			Question{Start: at("2026-06-06 15:00"), Limit: days(1)}, "2026-06-08 12:00", false,
			"2026-06-09 00:00", "2026-06-09 00:00", 0, 1, 0, false, false},
		{"strict: a pause over the weekend takes its working time", Strict,
			Question{Start: at("2026-06-04 10:00"), Limit: days(2), Pauses: []Pause{pause("2026-06-05 12:00", "2026-06-08 06:00")}},
			// Friday 12:00–24:00 and Monday 0:00–6:00 are 18 hours
			"2026-06-09 04:00", false, "2026-06-09 04:00", "2026-06-08 10:00", 2, 0, 0, false, true},
		{"strict: calendar days are plain time", Strict,
			Question{Start: at("2026-09-30 10:00"), Limit: calendar(3), Pauses: []Pause{pause("2026-10-01 10:00", "2026-10-02 12:00")}},
			"2026-10-04 12:00:01", false, "2026-10-04 12:00", "2026-10-03 10:00", 3, 0, 1, true, true},
		{"hours run to close and on from the next opening", Civil,
			Question{Start: at("2026-10-09 16:00"), Limit: hoursOf(3)}, "2026-10-10 09:00", false,
			"2026-10-10 10:00", "2026-10-10 10:00", 2, 1, 0, false, false},
		{"hours before opening count from it", Strict,
			Question{Start: at("2026-10-09 07:00"), Limit: hoursOf(2)}, "2026-10-09 08:30", false,
			"2026-10-09 10:30", "2026-10-09 10:30", 0, 2, 0, false, false},
		{"hours used up at noon are due at noon", Strict,
			Question{Start: at("2026-10-09 11:00"), Limit: hoursOf(1)}, "2026-10-09 12:00:01", false,
			"2026-10-09 12:00", "2026-10-09 12:00", 1, 0, 0, true, true},
		{"hours after closing start in the morning", Civil,
			Question{Start: at("2026-09-30 18:00"), Limit: hoursOf(1), Pauses: []Pause{pause("2026-10-08 08:45", "2026-10-08 09:00")}},
			"2026-10-08 09:30", false, "2026-10-08 09:45", "2026-10-08 09:30", 0, 1, 0, false, false},
	} {
		now := at(c.now)
		if c.ended {
			c.q.End, now = now, now.AddDate(0, 1, 0)
		}
		a := office.Reckon(c.mode, c.q, now)
		if !a.Due.Equal(at(c.due)) || !a.DueWithoutPauses.Equal(at(c.bare)) {
			t.Errorf("%s: due %v, without pauses %v", c.name, a.Due, a.DueWithoutPauses)
		}
		if a.Elapsed != c.elapsed || a.Remaining != c.remaining || a.Paused != c.paused {
			t.Errorf("%s: elapsed %d, remaining %d, paused %d", c.name, a.Elapsed, a.Remaining, a.Paused)
		}
		if a.Over != c.over || a.OverWithoutPauses != c.overBare {
			t.Errorf("%s: over %v, without pauses %v", c.name, a.Over, a.OverWithoutPauses)
		}
		if a.OverAt.IsZero() == a.Over {
			t.Errorf("%s: over %v, yet lapsed %v", c.name, a.Over, a.OverAt)
		}
		if a.Unlisted {
			t.Errorf("%s: said to touch a year without a list", c.name)
		}
	}
}

// A foreign permit asked for papers three weeks after its 56 days were over:
// the published due date moves with the pause, and it stays overdue.
func TestPauseAfterTheLimitRanOut(t *testing.T) {
	q := Question{Start: at("2014-09-19 00:00"), Limit: calendar(56), Pauses: []Pause{pause("2014-12-03 00:00", "")}}
	a := office.Reckon(Civil, q, at("2015-08-31 00:00"))
	if !a.Due.Equal(at("2015-08-12 17:30")) || !a.OverAt.Equal(at("2014-11-14 17:30")) {
		t.Errorf("due %v, lapsed %v", a.Due, a.OverAt)
	}
	// 74 days to 2 December and that of the moment, 19 of them over; 271 paused.
	if !a.Over || a.Elapsed != 75 || a.Remaining != -19 || a.Paused != 271 || !a.PausedNow {
		t.Errorf("%+v", a)
	}
}

// After closing time of the last day it is too late to pause.
func TestPauseAfterClosingOfTheLastDay(t *testing.T) {
	q := Question{Start: at("2026-06-01 10:00"), Limit: days(2), Pauses: []Pause{pause("2026-06-03 17:30:01", "2026-06-05 09:00")}}
	for _, now := range []string{"2026-06-03 17:30:01", "2026-06-04 12:00", "2026-06-05 12:00", "2026-06-08 12:00"} {
		if a := office.Reckon(Civil, q, at(now)); !a.Over || !a.OverAt.Equal(at("2026-06-03 17:30")) {
			t.Errorf("at %s: over %v, lapsed %v", now, a.Over, a.OverAt)
		}
	}
}

func TestExactTimes(t *testing.T) {
	q := Question{Start: at("2026-10-09 16:00"), Limit: hoursOf(3), Pauses: []Pause{pause("2026-10-09 16:10", "2026-10-09 16:10:30")}}
	a := office.Reckon(Civil, q, at("2026-10-10 09:00").Add(999*time.Millisecond))
	// 1:30 on Friday and 0:30 on the worked Saturday, less half a minute.
	if a.ElapsedTime != 2*time.Hour-30*time.Second || a.RemainingTime != time.Hour+30*time.Second || a.PausedTime != 30*time.Second {
		t.Errorf("elapsed %v, remaining %v, paused %v", a.ElapsedTime, a.RemainingTime, a.PausedTime)
	}
	if a.Elapsed != 1 || a.Remaining != 2 || a.Paused != 0 {
		t.Errorf("in hours: elapsed %d, remaining %d, paused %d", a.Elapsed, a.Remaining, a.Paused)
	}
	// A fraction of a second is no lateness.
	q = Question{Start: at("2018-10-15 10:00"), Limit: days(7), End: at("2018-10-24 10:00").Add(999 * time.Millisecond)}
	if a := office.Reckon(Strict, q, at("2018-11-01 10:00")); a.Over {
		t.Error("over by 999 ms")
	}
}

func TestPausedNow(t *testing.T) {
	q := Question{Start: at("2026-06-01 10:00"), Limit: days(5), Pauses: []Pause{pause("2026-06-03 10:00", "2026-06-05 10:00")}}
	for now, want := range map[string]bool{"2026-06-03 09:59:59": false, "2026-06-03 10:00": true, "2026-06-05 09:59:59": true, "2026-06-05 10:00": false} {
		if got := office.Reckon(Civil, q, at(now)).PausedNow; got != want {
			t.Errorf("at %s: paused %v", now, got)
		}
	}
	q.End = at("2026-06-04 10:00")
	for _, now := range []string{"2026-06-04 10:00", "2026-06-04 12:00"} {
		if office.Reckon(Civil, q, at(now)).PausedNow {
			t.Errorf("ended at 10:00, and said to be paused at %s", now)
		}
	}
}

func TestNoLimitAndNoStart(t *testing.T) {
	q := Question{Start: at("2026-06-01 10:00"), Extension: days(3), Pauses: []Pause{pause("2026-06-02 10:00", "2026-06-03 10:00")}}
	a := office.Reckon(Civil, q, at("2026-06-05 10:00"))
	if want := (Answer{Elapsed: 3, ElapsedWithoutPauses: 4, Paused: 1}); a != want {
		t.Errorf("without a limit: %+v", a)
	}
	if a := office.Reckon(Civil, Question{Limit: days(3)}, at("2026-06-05 10:00")); a != (Answer{}) {
		t.Errorf("not started: %+v", a)
	}
}

func TestUnlistedYearsAreSaid(t *testing.T) {
	now := at("2026-12-30 10:00")
	for _, c := range []struct {
		name string
		q    Question
		want bool
	}{
		{"due in the last listed year", Question{Start: at("2026-12-28 10:00"), Limit: days(3)}, false},
		{"due in the year after", Question{Start: at("2026-12-28 10:00"), Limit: days(4)}, true},
		{"calendar days need no list", Question{Start: at("2026-12-28 10:00"), Limit: calendar(40)}, false},
		{"unless they roll over", Question{Start: at("2026-12-28 10:00"), Limit: calendar(40), RollOver: true}, true},
		{"started before the first list", Question{Start: at("2006-12-28 10:00"), Limit: days(1)}, true},
	} {
		if got := office.Reckon(Civil, c.q, now).Unlisted; got != c.want {
			t.Errorf("%s: unlisted %v", c.name, got)
		}
	}
}

func TestAbsurdNumbersStayInTheCalendar(t *testing.T) {
	huge := 1 << 62
	for _, mode := range []Mode{Civil, Strict} {
		for _, unit := range []approval.Unit{approval.WorkingDays, approval.CalendarDays, approval.WorkingHours} {
			l := approval.Limit{N: huge, Unit: unit}
			q := Question{Start: at("2026-06-01 10:00"), Limit: l, Extension: approval.Limit{N: huge, Unit: approval.CalendarDays}, RollOver: true,
				Pauses: []Pause{{From: time.Unix(-1<<60, 0)}, {From: time.Unix(1<<60, 0)}}}
			if a := office.Reckon(mode, q, time.Unix(1<<60, 0)); a.Due.Year() < 9999 {
				t.Errorf("mode %d, unit %d: due %v", mode, unit, a.Due)
			}
		}
	}
}
