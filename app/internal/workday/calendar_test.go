package workday

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/sdk/holidays"
	"pgregory.net/rapid"
)

var office = Default()

// at is a moment on the office's wall clock.
func at(s string) time.Time {
	layout := time.DateTime
	if len(s) == len("2006-01-02 15:04") {
		layout = "2006-01-02 15:04"
	}
	t, err := time.ParseInLocation(layout, s, office.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func date(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestDate(t *testing.T) {
	for s, want := range map[string]Date{"1970-01-01": 0, "1969-12-31": -1, "2026-09-22": 20718, "0001-01-01": minDate, "9999-12-31": maxDate} {
		d := date(s)
		if d != want || d.String() != s {
			t.Errorf("%s is day %d, written %s; want %d", s, d, d, want)
		}
	}
	if date("2026-09-22").Weekday() != time.Tuesday || date("1969-12-28").Weekday() != time.Sunday {
		t.Error("wrong weekday")
	}
	if _, err := ParseDate("2026-02-29"); err == nil || !strings.Contains(err.Error(), "2026-02-29") {
		t.Errorf("a date that does not exist: %v", err)
	}
}

func TestInstantsOfADate(t *testing.T) {
	d := date("2026-09-22")
	for _, c := range []struct {
		name string
		got  time.Time
		want string
	}{
		{"StartOf", office.StartOf(d), "2026-09-22 00:00"},
		{"EndOf", office.EndOf(d), "2026-09-23 00:00"},
		{"CloseOf", office.CloseOf(d), "2026-09-22 17:30"},
	} {
		if !c.got.Equal(at(c.want)) || c.got.Location() != office.Zone() {
			t.Errorf("%s is %v, want %s", c.name, c.got, c.want)
		}
	}
	if got := office.DateOf(time.Date(2026, 9, 21, 16, 0, 0, 0, time.UTC)); got != d {
		t.Errorf("16:00 UTC of the 21st is %v", got)
	}
	if got := office.DateOf(time.Date(2026, 9, 21, 15, 59, 59, 999, time.UTC)); got != d-1 {
		t.Errorf("15:59:59 UTC of the 21st is %v", got)
	}
}

// Shanghai kept summer time from 4 May to 14 September 1986, and in other
// years to 1991: outside the period of a steady offset zone data decide.
func TestSummerTime(t *testing.T) {
	if got, want := office.StartOf(date("1988-07-01")), time.Date(1988, 6, 30, 15, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("1 July 1988 began at %v, want %v", got.UTC(), want)
	}
	rapid.Check(t, func(t *rapid.T) {
		instant := time.Unix(rapid.Int64Range(-1_000_000_000, 2_500_000_000).Draw(t, "unix"), 0)
		y, m, d := instant.In(office.Zone()).Date()
		if got, want := office.DateOf(instant), NewDate(y, m, d); got != want {
			t.Fatalf("%v falls on %v, want %v", instant, got, want)
		}
		if start := office.StartOf(office.DateOf(instant)); start.After(instant) || instant.Sub(start) > 25*time.Hour {
			t.Fatalf("the day of %v starts at %v", instant, start)
		}
	})
}

func TestDay(t *testing.T) {
	for day, want := range map[string]DayInfo{
		"2026-09-22": {Workday, "", true},
		"2026-09-12": {Weekend, "", true},
		"2026-09-25": {Holiday, "中秋节", true},
		"2026-09-27": {Holiday, "中秋节", true}, // a Sunday of the listed holiday
		"2026-10-10": {MakeUp, "国庆节", true},
		"2020-02-03": {Workday, "春节", true},   // the Monday that the notice names
		"2027-10-01": {Holiday, "国庆节", false}, // no list, but fixed by its date
		"2027-10-02": {Holiday, "国庆节", false},
		"2027-10-04": {Workday, "", false},
	} {
		got := office.Day(date(day))
		if got != want {
			t.Errorf("%s is %+v, want %+v", day, got, want)
		}
		if works := want.Kind == Workday || want.Kind == MakeUp; got.Works() != works || office.IsWorkday(date(day)) != works {
			t.Errorf("%s: worked = %v", day, !works)
		}
	}
}

// R16: of a year whose list is missing the holidays of fixed date are known, by
// the Measures in force since 2025; the year stays unlisted.
func TestR16HolidaysOfFixedDateAreKnown(t *testing.T) {
	bare, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for day, works := range map[string]bool{
		"2027-01-01": false, "2027-01-04": true, "2027-02-05": true, // lunar New Year's Eve needs the list
		"2027-04-30": true, "2027-05-01": false, "2028-05-02": false, "2028-05-03": true,
		"2027-10-01": false, "2029-10-03": false, "2029-10-04": true, "2024-10-02": true,
	} {
		if got := bare.IsWorkday(date(day)); got != works {
			t.Errorf("%s worked: %v", day, got)
		}
	}
	// Accepted on Wednesday 30 December 2026, two working days: 31 December, and
	// past Friday 1 January and the weekend Monday the 4th.
	a := office.Reckon(Civil, Question{Start: at("2026-12-30 09:00"), Limit: days(2)}, at("2026-12-30 10:00"))
	if !a.Due.Equal(at("2027-01-04 17:30")) || !a.Unlisted {
		t.Errorf("due %v, unlisted %v", a.Due, a.Unlisted)
	}
}

func TestWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-09-22", 5, "2026-09-30"},  // 23 24 28 29 30; the 25th is mid-autumn
		{"2026-09-30", 1, "2026-10-08"},  // National Day
		{"2026-10-09", 1, "2026-10-10"},  // a Saturday made up
		{"2026-10-08", -1, "2026-09-30"}, //
		{"2026-10-03", -1, "2026-09-30"}, // from within the holiday
		{"2026-10-03", 1, "2026-10-08"},
		{"2026-10-03", 0, "2026-10-03"},
	} {
		if got := office.AddWorkingDays(date(c.from), c.n); got != date(c.want) {
			t.Errorf("%s %+d working days is %v, want %s", c.from, c.n, got, c.want)
		}
	}
	if got := office.WorkingDaysBetween(date("2026-09-22"), date("2026-10-10")); got != 8 { // 23 24 28 29 30, 8 9 10
		t.Errorf("%d working days after 09-22 to 10-10, want 8", got)
	}
	if got := office.WorkingDaysBetween(date("2025-12-31"), date("2026-12-31")); got != 248 {
		t.Errorf("2026 has %d working days, want 248", got)
	}
	if got := office.AddWorkingDays(date("2026-10-10"), 1<<62); got != maxDate {
		t.Errorf("an absurd number of days leads to %v", got)
	}
	if got := office.AddWorkingDays(date("2026-10-10"), -1<<62); got != minDate {
		t.Errorf("an absurd number of days back leads to %v", got)
	}
}

func TestAddWorkingDaysIsInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(-200_000, 200_000).Draw(t, "day"))
		n := rapid.IntRange(1, 5000).Draw(t, "n")
		later, earlier := office.AddWorkingDays(d, n), office.AddWorkingDays(d, -n)
		if !office.IsWorkday(later) || office.WorkingDaysBetween(d, later) != n {
			t.Fatalf("%v + %d = %v", d, n, later)
		}
		if !office.IsWorkday(earlier) || office.WorkingDaysBetween(earlier-1, d-1) != n {
			t.Fatalf("%v - %d = %v", d, n, earlier)
		}
	})
}

func TestUnlistedYearsAndTheImportOfOne(t *testing.T) {
	from, to := date("2006-05-01"), date("2028-02-01")
	if got := office.Unlisted(from, to); !slices.Equal(got, []int{2006, 2027, 2028}) {
		t.Errorf("unlisted: %v", got)
	}
	if got := office.Unlisted(date("2007-01-01"), date("2026-12-31")); got != nil {
		t.Errorf("unlisted among 2007–2026: %v", got)
	}
	next := holidays.Year{Year: 2027, Days: []holidays.Day{
		{Date: "2026-12-31", Name: "元旦", Off: true},
		{Date: "2027-01-01", Name: "元旦", Off: true},
		{Date: "2027-01-03", Name: "元旦", Off: false},
	}}
	with := office.With(next)
	if got := with.Unlisted(from, to); !slices.Equal(got, []int{2006, 2028}) {
		t.Errorf("unlisted after the import: %v", got)
	}
	if got := with.AddWorkingDays(date("2026-12-30"), 1); got != date("2027-01-03") {
		t.Errorf("the working day after 2026-12-30 is %v", got)
	}
	if got := office.AddWorkingDays(date("2026-12-30"), 1); got != date("2026-12-31") {
		t.Errorf("the import changed the calendar it was given to: %v", got)
	}

	// A corrected list takes the first one's place, day for day.
	next.Days = next.Days[1:2]
	if again := with.With(next); !again.IsWorkday(date("2026-12-31")) || again.IsWorkday(date("2027-01-03")) {
		t.Error("days of the list that was replaced are still in force")
	}
	next.Days = []holidays.Day{{Date: "2027-01-01", Name: "元旦", Off: false}} // a Friday
	if got := office.With(next).Unlisted(to-365, to); !slices.Equal(got, []int{2027, 2028}) {
		t.Errorf("after a list that is wrong, unlisted are %v", got)
	}
}

func TestNewRefuses(t *testing.T) {
	hour := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	for name, h := range map[string][]Hours{
		"no hours":  {},
		"overlap":   {{hour(9), hour(12)}, {hour(11), hour(17)}},
		"disorder":  {{hour(14), hour(17)}, {hour(9), hour(12)}},
		"backwards": {{hour(12), hour(9)}},
		"next day":  {{hour(20), hour(25)}},
		"negative":  {{-hour(1), hour(9)}},
	} {
		if _, err := New(Config{Hours: h}); err == nil || !strings.Contains(err.Error(), "办公时间") || !strings.Contains(err.Error(), "pening hours") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := New(Config{Years: []holidays.Year{{Year: 2027}}}); err == nil {
		t.Error("an empty list was taken in")
	}
}

func TestWorkingTime(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     time.Duration
	}{
		{"2026-10-09 16:00", "2026-10-10 10:00", 3 * time.Hour}, // to 17:30, and from 08:30 on the worked Saturday
		{"2026-10-09 11:00", "2026-10-09 15:00", 2 * time.Hour}, // lunch does not count
		{"2026-10-09 12:30", "2026-10-09 13:30", 0},
		{"2026-09-30 18:00", "2026-10-08 08:30", 0},
		{"2026-09-30 17:29", "2026-10-08 08:31", 2 * time.Minute},
		{"2026-10-09 15:00", "2026-10-09 11:00", -2 * time.Hour},
	} {
		if got := office.WorkingTime(at(c.from), at(c.to)); got != c.want {
			t.Errorf("%s to %s is %v, want %v", c.from, c.to, got, c.want)
		}
	}
	for _, c := range []struct {
		from string
		d    time.Duration
		want string
	}{
		{"2026-10-09 16:00", 3 * time.Hour, "2026-10-10 10:00"},
		{"2026-10-09 16:00", 90 * time.Minute, "2026-10-09 17:30"},
		{"2026-10-09 11:00", time.Hour, "2026-10-09 12:00"},
		{"2026-10-10 10:00", -3 * time.Hour, "2026-10-09 16:00"},
		{"2026-10-10 10:00", -90 * time.Minute, "2026-10-10 08:30"},
		{"2026-10-01 10:00", 0, "2026-10-01 10:00"},
	} {
		if got := office.AddWorkingTime(at(c.from), c.d); !got.Equal(at(c.want)) {
			t.Errorf("%s plus %v is %v, want %s", c.from, c.d, got, c.want)
		}
	}
}

func TestAddWorkingTimeIsInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Unix(rapid.Int64Range(1_262_275_200, 1_830_000_000).Draw(t, "from"), 0)
		d := time.Duration(rapid.Int64Range(-20_000_000, 20_000_000).Draw(t, "seconds")) * time.Second
		to := office.AddWorkingTime(from, d)
		if got := office.WorkingTime(from, to); got != d {
			t.Fatalf("%v plus %v is %v, which is %v away", from, d, to, got)
		}
	})
}
