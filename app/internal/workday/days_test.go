package workday

import (
	"testing"
	"time"
)

// Five days over a pause, mid-autumn and National Day, day by day.
func TestDays(t *testing.T) {
	q := Question{Start: at("2026-09-22 10:00"), Limit: days(5), Pauses: []Pause{pause("2026-09-25 09:00", "2026-09-28 16:00")}, End: at("2026-10-09 11:00")}
	marks := office.Days(Civil, q, at("2026-10-20 10:00"))
	if len(marks) != 18 || !marks[0].Start || marks[0].Date != date("2026-09-22") {
		t.Fatalf("%d marks from %v", len(marks), marks[0].Date)
	}
	ordinals := map[string]int{"2026-09-23": 1, "2026-09-24": 2, "2026-09-29": 3, "2026-09-30": 4, "2026-10-08": 5, "2026-10-09": 6}
	for _, m := range marks {
		day := m.Date.String()
		if m.N != ordinals[day] {
			t.Errorf("%s is day %d, want %d", day, m.N, ordinals[day])
		}
		if paused := day >= "2026-09-26" && day <= "2026-09-28"; m.Paused != paused {
			t.Errorf("%s: paused %v", day, m.Paused)
		}
		if m.Due != (day == "2026-10-08") || m.DueWithoutPauses != (day == "2026-09-30") || m.End != (day == "2026-10-09") || m.Over != (day == "2026-10-09") || m.Now {
			t.Errorf("%s: %+v", day, m)
		}
		if day == "2026-10-01" && (m.Kind != Holiday || m.Name != "国庆节") {
			t.Errorf("%s is %+v", day, m.DayInfo)
		}
	}
}

func TestDaysOfAStrictClock(t *testing.T) {
	q := Question{Start: at("2018-10-15 10:00"), Limit: days(2), Pauses: []Pause{pause("2018-10-16 18:00", "2018-10-17 00:00")}}
	marks := office.Days(Strict, q, at("2018-10-17 12:00"))
	want := []struct {
		n       int
		counted time.Duration
		paused  bool
	}{{0, 14 * time.Hour, false}, {1, 18 * time.Hour, true}, {2, 24 * time.Hour, false}}
	if len(marks) != 3 || !marks[2].Now || !marks[2].Due {
		t.Fatalf("%+v", marks)
	}
	for i, w := range want {
		if marks[i].N != w.n || marks[i].Counted != w.counted || marks[i].Paused != w.paused {
			t.Errorf("%v: day %d, %v, paused %v", marks[i].Date, marks[i].N, marks[i].Counted, marks[i].Paused)
		}
	}
}

func TestDaysAreBounded(t *testing.T) {
	q := Question{Start: at("2020-01-01 10:00"), Limit: days(20)}
	marks := office.Days(Civil, q, at("2026-10-09 10:00"))
	last := marks[len(marks)-1]
	if len(marks) != 400 || !last.Now || !last.Over || last.Date != date("2026-10-09") {
		t.Fatalf("%d marks, the last %+v", len(marks), last)
	}
	days := 0
	for i, m := range marks {
		if (m.Skipped > 0) != (i == 200) {
			t.Errorf("mark %d skips %d", i, m.Skipped)
		}
		days += 1 + m.Skipped
	}
	if want := int(date("2026-10-09")-date("2020-01-01")) + 1; days != want {
		t.Errorf("marks and gap make %d days, want %d", days, want)
	}
	// The ordinal goes on over the gap.
	if want := office.WorkingDaysBetween(date("2020-01-01"), date("2026-10-09")); last.N != want {
		t.Errorf("the last day is day %d, want %d", last.N, want)
	}
}
