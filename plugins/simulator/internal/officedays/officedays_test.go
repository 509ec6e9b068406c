package officedays

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

var china = New(holidays.Embedded())

func at(t testing.TB, s string) int64 {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04:05", s, Zone)
	if err != nil {
		t.Fatal(err)
	}
	return v.Unix()
}

func show(v int64) string { return time.Unix(v, 0).In(Zone).Format("2006-01-02 15:04:05 Mon") }

// Counted by hand on the State Council's notices for 2025 and 2026.
func TestDue(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-09-22 09:30:00", 1, "2026-09-23 17:30:00"},
		// Mid-Autumn 25–27 September, National Day 1–7 October.
		{"2026-09-22 09:30:00", 5, "2026-09-30 17:30:00"}, // 23 24 28 29 30
		{"2026-09-22 09:30:00", 6, "2026-10-08 17:30:00"},
		// Sunday 20 September and Saturday 10 October are worked.
		{"2026-09-18 16:00:00", 1, "2026-09-20 17:30:00"},
		{"2026-10-09 16:00:00", 1, "2026-10-10 17:30:00"},
		// From a rest day the first working day is day one.
		{"2026-01-01 10:00:00", 1, "2026-01-04 17:30:00"}, // worked Sunday
		{"2025-01-27 10:00:00", 1, "2025-02-05 17:30:00"}, // Spring Festival
		{"2025-09-30 10:00:00", 2, "2025-10-10 17:30:00"}, // 1–8 October off
	} {
		if got := china.Due(at(t, c.from), c.n); got != at(t, c.want) {
			t.Errorf("%s + %d working days: got %s, want %s", c.from, c.n, show(got), c.want)
		}
	}
}

func TestAddOpen(t *testing.T) {
	for _, c := range []struct {
		from  string
		hours int64
		want  string
	}{
		{"2026-09-21 08:30:07", 3, "2026-09-21 11:30:07"},
		{"2026-09-21 10:00:07", 4, "2026-09-21 16:00:07"}, // 2:00 less 7 s, then the rest from 14:00
		{"2026-09-21 15:00:07", 4, "2026-09-22 10:00:07"},
		{"2026-09-24 15:00:07", 4, "2026-09-28 10:00:07"}, // over Mid-Autumn
		{"2026-09-21 12:40:00", 1, "2026-09-21 15:00:00"}, // lunch does not count
		{"2026-09-21 20:00:00", 7, "2026-09-22 17:30:00"}, // closing, not the next opening
	} {
		if got := china.AddOpen(at(t, c.from), c.hours*3600); got != at(t, c.want) {
			t.Errorf("%s + %d h: got %s, want %s", c.from, c.hours, show(got), c.want)
		}
	}
}

func TestWeekday(t *testing.T) {
	for d := First; d < First+1000; d++ {
		if got, want := Weekday(d), time.Unix(At(d, 0), 0).In(Zone).Weekday(); got != want {
			t.Fatalf("day %d: %v, want %v", d, got, want)
		}
	}
}

// Adding opening hours and counting them are inverse, and counting working
// days one by one gives the same as the table.
func TestInverse(t *testing.T) {
	from, to := at(t, "2024-12-20 00:00:00"), at(t, "2026-12-31 00:00:00")
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(from, to).Draw(t, "from")
		n := rapid.Int64Range(1, 400*3600).Draw(t, "seconds")
		b := china.AddOpen(a, n)
		if got := china.Open(a, b); got != n {
			t.Fatalf("open from %s to %s: %d s, want %d", show(a), show(b), got, n)
		}
		if got := china.Open(a, b-1); got != n-1 {
			t.Fatalf("%s is not the first instant with %d s", show(b), n)
		}
		days := rapid.IntRange(1, 60).Draw(t, "days")
		d := DayOf(a)
		for left := days; left > 0; {
			if d++; china.Works(d) {
				left--
			}
		}
		if got := china.After(DayOf(a), days); got != d {
			t.Fatalf("day %d after %s: %d, want %d", days, show(a), got, d)
		}
	})
}
