package holidaylist

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// Every list that the State Council announced since 2008 has the Measures' days:
// 11 until 2024, 13 since. The exceptions were its own: 2015-09-03 was a holiday
// once, and the Spring Festival of 2020 was lengthened by two working days.
func TestM14AnnouncedListsAreWhole(t *testing.T) {
	for year := 2008; year <= 2026; year++ {
		c := Check(embedded(t, year))
		want := map[bool]int{true: 11, false: 13}[year < 2025]
		if c.Statutory != want {
			t.Errorf("%d has %d statutory days, want %d", year, c.Statutory, want)
		}
		want += map[int]int{2015: 1, 2020: 2}[year]
		if c.Net != want {
			t.Errorf("%d: rest less work is %d, want %d", year, c.Net, want)
		}
		if special := year == 2015 || year == 2020; special != (len(c.Doubts) > 0) {
			t.Errorf("%d: %v", year, c.Doubts)
		}
	}
	if c := Check(embedded(t, 2007)); c.Statutory != 0 || len(c.Doubts) > 0 || c.Off == 0 {
		t.Errorf("2007 went by other Measures: %+v", c)
	}
}

func year(t *testing.T, y int, days ...string) holidays.Year {
	t.Helper()
	out := holidays.Year{Year: y}
	for _, d := range days {
		var name, date string
		if _, err := fmt.Sscan(d[1:], &date, &name); err != nil {
			t.Fatal(err)
		}
		out.Days = append(out.Days, holidays.Day{Date: date, Name: name, Off: d[0] == '+'})
	}
	if err := out.Validate(); err != nil {
		t.Fatal(err)
	}
	return out
}

func doubts(c Checked) (zh, en string) {
	for _, d := range c.Doubts {
		zh, en = zh+d.ZH, en+d.EN
	}
	return zh, en
}

// The list that was once taken as complete: 2 days of rest and a make-up day.
func TestM14AListOfTwoDaysIsToldToBeIncomplete(t *testing.T) {
	c := Check(year(t, 2027, "+2027-01-01 元旦", "+2027-02-08 春节", "-2027-02-20 春节"))
	if c.Off != 2 || c.MakeUp != 1 || c.Net != 1 || c.Statutory != 13 {
		t.Errorf("%+v", c)
	}
	zh, en := doubts(c)
	for _, want := range []string{"2027 年法定节假日共 13 天", "放假 2 天、调休上班 1 天", "是 1 天，还差 12 天",
		"清明节（1 天）、劳动节（2 天）、端午节（1 天）、中秋节（1 天）、国庆节（3 天）", "劳动节：05-01、05-02 是法定节假日", "国庆节：10-01、10-02、10-03", "春节：法定 4 天", "只有 0 天"} {
		if !strings.Contains(zh, want) {
			t.Errorf("not said: %s\n%s", want, zh)
		}
	}
	for _, want := range []string{"12 too few", "Qingming (1), Labour Day (2)", "Labour Day: 05-01, 05-02"} {
		if !strings.Contains(en, want) {
			t.Errorf("not said: %s\n%s", want, en)
		}
	}
}

// What is missing or too much is named where it is.
func TestM14WhatIsMissingIsNamed(t *testing.T) {
	drop := func(y holidays.Year, dates ...string) holidays.Year {
		out := holidays.Year{Year: y.Year}
		for _, d := range y.Days {
			if !strings.Contains(strings.Join(dates, " "), d.Date) {
				out.Days = append(out.Days, d)
			}
		}
		return out
	}
	whole := embedded(t, 2026)
	for name, c := range map[string]struct {
		y    holidays.Year
		want string
	}{
		"a make-up day":       {drop(whole, "2026-01-04"), "元旦：法定 1 天，放假的工作日减去上班的周末有 2 天，少标了调休上班日"},
		"a day of rest":       {drop(whole, "2026-02-23"), "春节：法定 4 天，放假的工作日减去上班的周末只有 3 天"},
		"a festival":          {drop(whole, "2026-06-19", "2026-06-20", "2026-06-21"), "缺少的节日：端午节（1 天）"},
		"2 May, since 2025":   {drop(whole, "2026-05-02"), "劳动节：05-02 是法定节假日"},
		"a festival's season": {year(t, 2027, "+2027-03-01 中秋节"), "中秋节应在 09-07 至 10-08 之间"},
		"no holiday of all":   {year(t, 2027, "+2027-03-08 妇女节"), "“妇女节”不是"},
	} {
		if zh, _ := doubts(Check(c.y)); !strings.Contains(zh, c.want) {
			t.Errorf("%s: %s", name, zh)
		}
	}
	// Until 2024 Labour Day was one day.
	if zh, _ := doubts(Check(year(t, 2024, "+2024-05-01 劳动节"))); strings.Contains(zh, "05-02") {
		t.Error(zh)
	}
}
