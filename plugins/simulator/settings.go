package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/city"
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	"github.com/mingcha-console/mingcha/sdk"
)

// settings are the configuration as the office wrote it; schema.json says what
// each field means.
type settings struct {
	Seed          uint64   `json:"seed"`
	Start         string   `json:"start"`
	Until         string   `json:"until"`
	Cases         int      `json:"cases"`
	Departments   []string `json:"departments"`
	ViolationRate float64  `json:"violation_rate"`
	AnswerKey     string   `json:"answer_key"`
	CasePrefix    string   `json:"case_prefix"`
	MistakeEvery  uint64   `json:"mistake_every"`
}

func defaults() settings {
	return settings{Seed: 1, Start: "2026-01-01", Cases: 155_000, ViolationRate: 0.02}
}

// maxSeed is the largest integer that every JSON reader keeps exact.
const maxSeed = 1<<53 - 1

// options checks the settings and puts them into the city's terms.
func (s *settings) options(now time.Time, follow bool) (city.Options, error) {
	var wrong sdk.FieldErrors
	fault := func(field, zh, en string) { wrong = append(wrong, sdk.FieldError{Field: field, ZH: zh, EN: en}) }

	o := city.Options{
		Seed: s.Seed, Cases: s.Cases, Departments: s.Departments,
		ViolationRate: s.ViolationRate, CasePrefix: s.CasePrefix,
	}
	if s.Seed > maxSeed {
		fault("seed", "种子不能大于 9007199254740991。", "The seed must not exceed 9007199254740991.")
	}
	start, ok := startDay(s.Start, now)
	if o.Start = start; !ok {
		fault("start", "开始日期应写成 2026-01-01（2001 至 2050 年），或相对今天的天数，如 -90d。",
			"Write the first day as 2026-01-01 (in the years 2001 to 2050), or as days before today, such as -90d.")
	}
	if s.Until != "" {
		if o.Until, ok = instant(s.Until); !ok {
			fault("until", "截止时间应写成 2026-11-30 或 2026-11-30T17:30:00+08:00。",
				"Write the end as 2026-11-30 or 2026-11-30T17:30:00+08:00.")
		} else if len(wrong) == 0 && o.Until <= officedays.At(o.Start, 0) {
			fault("until", "截止时间早于开始日期。请更正其中之一。", "The end lies before the first day. Correct one of them.")
		}
	}
	if s.Cases < 1 || s.Cases > 5_000_000 {
		fault("cases", "办件数应在 1 与 5000000 之间。", "The number of cases must lie between 1 and 5,000,000.")
	}
	if codes := city.Codes(); !subset(s.Departments, codes) {
		fault("departments", "部门代码有误或重复。可用的代码："+strings.Join(codes, "、")+"。",
			"A department code is unknown or named twice. There are: "+strings.Join(codes, ", ")+".")
	}
	if !(s.ViolationRate >= 0 && s.ViolationRate <= 1) {
		fault("violation_rate", "违规比例应在 0 与 1 之间。", "The share of violations must lie between 0 and 1.")
	}
	if s.MistakeEvery == 1 || s.MistakeEvery > maxSeed {
		fault("mistake_every", "错误记录的间隔应为 0（没有）或 2 以上。", "Mistakes come after every 2 events or more, or with 0 never.")
	}
	if !plainPrefix(s.CasePrefix) {
		fault("case_prefix", "前缀只能用字母、数字和连字符，不超过 16 个。", "The prefix may have letters, digits and hyphens, 16 at most.")
	}
	if s.AnswerKey != "" {
		switch {
		case s.Until == "":
			fault("until", "要写答案文件，请设置截止时间。", "To have the answer key written, set the end.")
		case !follow && o.Until > now.Unix():
			fault("until", "截止时间尚未到来，一次性导入不会写出答案文件。请改为更早的时间，或去掉 answer_key。",
				"The end has not come yet, so a one-time ingest would write no answer key. Set an earlier end, or leave answer_key out.")
		}
	}
	if wrong != nil {
		return o, wrong
	}
	return o, nil
}

// startDay reads "2026-01-01" or "-90d".
func startDay(s string, now time.Time) (officedays.Day, bool) {
	day := officedays.DayOf(now.Unix())
	if relative(s) {
		n, err := strconv.Atoi(s[1 : len(s)-1])
		if err != nil || n < 0 || n > 9999 {
			return day, false
		}
		day -= officedays.Day(n)
	} else {
		t, err := time.ParseInLocation(time.DateOnly, s, officedays.Zone)
		if err != nil {
			return day, false
		}
		day = officedays.DayOf(t.Unix())
	}
	year, _, _ := officedays.Civil(day)
	return day, year >= 2001 && year <= 2050
}

func relative(s string) bool { return strings.HasPrefix(s, "-") && strings.HasSuffix(s, "d") }

// instant reads a date, meaning its end, or a time, in China unless it says
// otherwise.
func instant(s string) (int64, bool) {
	if t, err := time.ParseInLocation(time.DateOnly, s, officedays.Zone); err == nil {
		return t.AddDate(0, 0, 1).Unix() - 1, true
	}
	if t, err := time.ParseInLocation("2006-01-02T15:04:05", s, officedays.Zone); err == nil {
		return t.Unix(), true
	}
	t, err := time.Parse(time.RFC3339, s)
	return t.Unix(), err == nil
}

// subset: all of some are in all, none twice.
func subset(some, all []string) bool {
	for i, s := range some {
		if !slices.Contains(all, s) || slices.Contains(some[:i], s) {
			return false
		}
	}
	return true
}

func plainPrefix(s string) bool {
	for _, r := range s {
		if !(r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return false
		}
	}
	return len(s) <= 16
}

// edition is raised when the same settings give another city than before, so
// that no cursor of the old one is taken for the new.
const edition = 1

// fingerprint tells cities apart. The start stands in it as written: where a
// relative one falls is kept in each cursor.
func (s *settings) fingerprint() string {
	mistakes := ""
	if s.MistakeEvery > 0 {
		mistakes = fmt.Sprintf("|%d", s.MistakeEvery)
	}
	return fmt.Sprintf("%d|%d|%s|%s|%d|%q|%v|%s", edition, s.Seed, s.Start, s.Until, s.Cases,
		slices.Sorted(slices.Values(s.Departments)), s.ViolationRate, s.CasePrefix) + mistakes
}
