package workday

import (
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// R18: a limit of no days is the day that the clock starts on. 1 June 2026 is a
// Monday, Friday the 19th a holiday; the office closes at 17:30.
func TestR18NoDaysAreTheSameDay(t *testing.T) {
	for _, c := range []struct {
		name, start string
		modes       []Mode
		limit       approval.Limit
		pauses      []Pause
		rolls       bool
		due, from   string // from: moved from; empty = not moved
	}{
		{"in the morning", "2026-06-01 09:00", modes, days(0), nil, false, "2026-06-01 17:30", ""},
		{"at the close", "2026-06-01 17:30", modes, days(0), nil, false, "2026-06-01 17:30", ""},
		{"after the close", "2026-06-01 18:00", modes, days(0), nil, false, "2026-06-02 17:30", ""},
		{"on a Saturday", "2026-06-06 10:00", modes, days(0), nil, false, "2026-06-08 17:30", "2026-06-06 17:30"},
		{"on a holiday before a weekend", "2026-06-19 20:00", modes, days(0), nil, false, "2026-06-22 17:30", "2026-06-19 17:30"},
		{"after the close of a Friday", "2026-06-05 17:30:01", modes, days(0), nil, false, "2026-06-08 17:30", ""},
		{"of calendar days", "2026-06-06 10:00", []Mode{Civil}, calendar(0), nil, false, "2026-06-06 17:30", ""},
		{"of calendar days, as plain time", "2026-06-06 10:00", []Mode{Strict}, calendar(0), nil, false, "2026-06-06 23:59:59", ""},
		{"of calendar days, after the close", "2026-06-05 18:00", []Mode{Civil}, calendar(0), nil, true, "2026-06-08 17:30", ""},
		{"of calendar days, moved off a Saturday", "2026-06-06 10:00", []Mode{Civil}, calendar(0), nil, true, "2026-06-08 17:30", "2026-06-06 17:30"},
		{"of no hours, before the opening", "2026-06-01 07:00", modes, hoursOf(0), nil, false, "2026-06-01 07:00", ""},
		{"of no hours, on a Saturday", "2026-06-06 10:00", modes, hoursOf(0), nil, false, "2026-06-06 10:00", ""},
		{"paused to Wednesday", "2026-06-01 09:00", []Mode{Civil}, days(0), []Pause{pause("2026-06-01 10:00", "2026-06-03 15:00")}, false, "2026-06-03 17:30", ""},
	} {
		for _, mode := range c.modes {
			q := Question{Start: at(c.start), Limit: c.limit, Pauses: c.pauses, RollOver: c.rolls}
			due := at(c.due)
			for now, over := range map[time.Time]bool{due: false, due.Add(time.Second): true} {
				a := office.Reckon(mode, q, now)
				if !a.Due.Equal(due) || a.Over != over || over && !a.OverAt.Equal(due) {
					t.Errorf("%s, mode %d, at %v: due %v, over %v since %v, want %v, %v", c.name, mode, now, a.Due, a.Over, a.OverAt, due, over)
				}
				if !over && (a.Remaining < 0 || a.Remaining > 1) {
					t.Errorf("%s, mode %d, at %v: %d elapsed, %d remain", c.name, mode, now, a.Elapsed, a.Remaining)
				}
				if moved := !a.MovedFrom.IsZero(); moved != (c.from != "") || moved && !a.MovedFrom.Equal(at(c.from)) {
					t.Errorf("%s, mode %d: moved from %v, want %q", c.name, mode, a.MovedFrom, c.from)
				}
			}
		}
	}
	// Two working days after Monday it is two days over.
	for _, mode := range modes {
		if a := office.Reckon(mode, Question{Start: at("2026-06-01 09:00"), Limit: days(0)}, at("2026-06-03 17:30")); a.Remaining != -2 {
			t.Errorf("mode %d: %d remain, want -2", mode, a.Remaining)
		}
	}
	// With three days more it is due on Thursday, in strict counting at the same hour.
	for mode, due := range map[Mode]string{Civil: "2026-06-04 17:30", Strict: "2026-06-04 09:00"} {
		if a := office.Reckon(mode, Question{Start: at("2026-06-01 09:00"), Limit: days(0), Extension: days(3)}, at("2026-06-02 09:00")); !a.Due.Equal(at(due)) {
			t.Errorf("mode %d, extended: due %v, want %s", mode, a.Due, due)
		}
	}
	// What is no limit at all has no due time.
	if a := office.Reckon(Civil, Question{Start: at("2026-06-01 09:00")}, at("2026-06-03 09:00")); !a.Due.IsZero() || a.Over {
		t.Errorf("without a limit: %+v", a)
	}
}

// R18: a target to the second, around the clock or in office hours (08:30 to
// 12:00, 14:00 to 17:30), in either counting mode.
func TestR18ATargetToTheSecond(t *testing.T) {
	for _, c := range []struct {
		name, start string
		unit        approval.Unit
		n           int
		pauses      []Pause
		due         string
	}{
		{"an hour and a half and five seconds at night", "2026-06-06 23:00", approval.Seconds, 5405, nil, "2026-06-07 00:30:05"},
		{"the same in office hours, over the break", "2026-06-01 11:30", approval.WorkingSeconds, 5405, nil, "2026-06-01 15:00:05"},
		{"over the weekend", "2026-06-05 17:29:30", approval.WorkingSeconds, 90, nil, "2026-06-08 08:31:00"},
		{"paused for ten minutes and one second", "2026-06-01 09:00", approval.WorkingSeconds, 60, []Pause{pause("2026-06-01 09:00:30", "2026-06-01 09:10:31")}, "2026-06-01 09:11:01"},
		{"seconds of years", "2020-01-01 00:00", approval.Seconds, 200_000_000, nil, "2026-05-03 19:33:20"},
	} {
		for _, mode := range modes {
			q := Question{Start: at(c.start), Limit: approval.Limit{N: c.n, Unit: c.unit}, Pauses: c.pauses}
			due := at(c.due)
			if a := office.Reckon(mode, q, due); !a.Due.Equal(due) || a.Over || a.Remaining != 0 || a.Elapsed != c.n {
				t.Errorf("%s, mode %d: due %v, want %v; over %v, %d elapsed, %d remain", c.name, mode, a.Due, due, a.Over, a.Elapsed, a.Remaining)
			}
			if a := office.Reckon(mode, q, due.Add(time.Second)); !a.Over {
				t.Errorf("%s, mode %d: not over a second later", c.name, mode)
			}
		}
	}
	// An hour's extension in its own unit.
	q := Question{Start: at("2026-06-01 09:00"), Limit: approval.Limit{N: 60, Unit: approval.WorkingSeconds}, Extension: hoursOf(1)}
	if a := office.Reckon(Civil, q, at("2026-06-01 09:30")); !a.Due.Equal(at("2026-06-01 10:01")) {
		t.Errorf("extended: due %v", a.Due)
	}
}
