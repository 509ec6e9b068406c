package holidays

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The files hold 2007 to 2026 and an empty 2027.
func TestEmbeddedHoldsTheAnnouncedYears(t *testing.T) {
	years := Embedded()
	if len(years) != 20 {
		t.Fatalf("%d years, want 20", len(years))
	}
	for i, y := range years {
		if y.Year != 2007+i || len(y.Days) < 27 || len(y.Papers) == 0 {
			t.Errorf("entry %d is %d with %d days and %d papers", i, y.Year, len(y.Days), len(y.Papers))
		}
	}
	years[0].Days[0].Off = !years[0].Days[0].Off
	if Embedded()[0].Days[0] == years[0].Days[0] {
		t.Error("a caller's change reached the shipped lists")
	}
}

// Working days per year, counted by hand from the notices: weekdays of the
// year, less the listed rest days among them, plus the make-up days.
func TestWorkingDaysOfAYear(t *testing.T) {
	table := NewTable(Embedded())
	for _, y := range []struct{ year, weekdays, rest, makeUp int }{
		{2018, 261, 18, 7}, // with 12-29 worked and 12-31 off by the list of 2019
		{2020, 262, 19, 6}, // Spring Festival lengthened: 01-31 off, 02-01 no longer worked
		{2025, 261, 18, 5},
		{2026, 261, 19, 6},
	} {
		from, _ := DayNumber(fmt.Sprintf("%d-01-01", y.year))
		to, _ := DayNumber(fmt.Sprintf("%d-01-01", y.year+1))
		if got, want := table.Before(to)-table.Before(from), int64(y.weekdays-y.rest+y.makeUp); got != want {
			t.Errorf("%d has %d working days, want %d", y.year, got, want)
		}
	}
}

func TestMakeUpDays(t *testing.T) {
	table := NewTable(Embedded())
	for day, want := range map[string]bool{
		"2026-01-04": true, "2026-02-14": true, "2026-02-28": true,
		"2026-05-09": true, "2026-09-20": true, "2026-10-10": true,
		"2026-10-11": false, "2026-10-08": true, "2026-10-07": false,
		"2013-04-07": true, "2013-10-12": true, // missing from a widely used library
		"2018-12-29": true, "2018-12-31": false, // by the list of 2019
		"2007-12-29": true, "2007-12-31": false, // by the list of 2008
		"2020-01-31": false, "2020-02-01": false, "2020-02-03": true,
		"2030-10-01": true, // no list: a plain Tuesday
	} {
		n, ok := DayNumber(day)
		if !ok || table.IsWorkday(n) != want {
			t.Errorf("%s: worked = %v, want %v", day, !want, want)
		}
	}
}

// Against a loop that asks one day at a time, inside and far outside the lists.
func TestTableAgreesWithALoop(t *testing.T) {
	table := NewTable(Embedded())
	for _, span := range [][2]int64{{-3000, 3000}, {13000, 25000}} {
		count := table.Before(span[0])
		for day := span[0]; day < span[1]; day++ {
			if got := table.Before(day); got != count {
				t.Fatalf("Before(%d) = %d, want %d", day, got, count)
			}
			if table.IsWorkday(day) {
				if got := table.Nth(count); got != day {
					t.Fatalf("Nth(%d) = %d, want %d", count, got, day)
				}
				count++
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-500_000, 2_500_000).Draw(t, "n")
		if day := table.Nth(n); !table.IsWorkday(day) || table.Before(day) != n {
			t.Fatalf("Nth(%d) = %d, before which lie %d", n, day, table.Before(day))
		}
	})
}

func TestTableWithoutLists(t *testing.T) {
	table := NewTable(nil)
	// 1970-01-01 was a Thursday, so days 2 and 3 a weekend.
	for day, want := range []bool{true, true, false, false, true} {
		if table.IsWorkday(int64(day)) != want {
			t.Errorf("day %d: worked = %v", day, !want)
		}
	}
}

func TestLaterListSpeaks(t *testing.T) {
	off := Year{Year: 2030, Days: []Day{{"2029-12-31", "元旦", true}}}
	worked := Year{Year: 2029, Days: []Day{{"2029-12-31", "元旦", false}}}
	n, _ := DayNumber("2029-12-31")
	if NewTable([]Year{off, worked}).IsWorkday(n) {
		t.Error("the list of 2029 overruled that of 2030")
	}
}

func list(days string) string { return `{"year":2027,"papers":[],"days":[` + days + `]}` }

func TestParseAcceptsAnImportedList(t *testing.T) {
	text := "\xef\xbb\xbf" + list(`{"name":"元旦","date":"2026-12-31","isOffDay":true},
		{"name":"元旦","date":"2027-01-01","isOffDay":true},
		{"name":"元旦","date":"2027-01-03","isOffDay":false}`)
	y, err := Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := Day{"2027-01-03", "元旦", false}
	if y.Year != 2027 || len(y.Days) != 3 || y.Days[2] != want {
		t.Errorf("read %+v", y)
	}
}

func TestParseRefusesWhatIsDoubtful(t *testing.T) {
	const day = `{"name":"元旦","date":"2027-01-01","isOffDay":true}`
	for name, c := range map[string]struct{ text, zh, en string }{
		"not JSON":         {"年", "不是有效的 JSON", "not valid JSON"},
		"cut short":        {list(day)[:40], "不是有效的 JSON", "not valid JSON"},
		"two values":       {list(day) + list(day), "不是有效的 JSON", "not valid JSON"},
		"too large":        {strings.Repeat(" ", maxBytes+1), "超过 1 MB", "larger than 1 MB"},
		"no year":          {`{"days":[` + day + `]}`, "缺少 year", "lacks its year"},
		"absurd year":      {`{"year":27,"days":[` + day + `]}`, "年份 27 无效", "year 27 is not valid"},
		"empty":            {list(""), "2027 年的安排是空的", "list of 2027 is empty"},
		"no such date":     {list(`{"name":"元旦","date":"2027-02-29","isOffDay":true}`), "第 1 条的日期“2027-02-29”", `Entry 1: the date "2027-02-29"`},
		"twice":            {list(day + "," + day), "2027-01-01 出现两次（第 1 条和第 2 条）", "2027-01-01 stands twice (entries 1 and 2)"},
		"next year":        {list(`{"name":"元旦","date":"2028-01-01","isOffDay":true}`), "不属于 2027 年", "neither to 2027"},
		"November before":  {list(`{"name":"元旦","date":"2026-11-30","isOffDay":true}`), "不属于 2027 年", "neither to 2027"},
		"no name":          {list(`{"date":"2027-01-01","isOffDay":true}`), "没有节日名称", "has no holiday name"},
		"no flag":          {list(`{"name":"元旦","date":"2027-01-01"}`), "第 1 条（2027-01-01）缺少 isOffDay", "Entry 1 (2027-01-01) lacks isOffDay"},
		"weekday worked":   {list(`{"name":"元旦","date":"2027-01-01","isOffDay":false}`), "不是周六或周日", "neither a Saturday nor a Sunday"},
		"flag of a string": {list(`{"name":"元旦","date":"2027-01-01","isOffDay":"yes"}`), "不是有效的 JSON", "not valid JSON"},
	} {
		y, err := Parse(strings.NewReader(c.text))
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: error %v, read %+v", name, err, y)
			continue
		}
		if !strings.Contains(e.Zh, c.zh) || !strings.Contains(e.En, c.en) || !strings.Contains(e.Zh, "重新导入") {
			t.Errorf("%s: said %q", name, err)
		}
		if strings.Contains(err.Error(), "%!") {
			t.Errorf("%s: badly formed: %q", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(list(`{"name":"元旦","date":"2027-01-01","isOffDay":true}`))
	f.Fuzz(func(t *testing.T, text string) {
		y, err := Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		table := NewTable([]Year{y})
		for _, d := range y.Days {
			n, _ := DayNumber(d.Date)
			if table.IsWorkday(n) == d.Off {
				t.Errorf("%s: off = %v not honoured", d.Date, d.Off)
			}
		}
	})
}
