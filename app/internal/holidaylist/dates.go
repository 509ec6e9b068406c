package holidaylist

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A date as notices and tables have it: 2月15日, 2027年1月1日, 2027-01-01, 1.3, or,
// after one of these, 23日 alone; with its day of the week where that stands behind.
var (
	dateForm = regexp.MustCompile(`(?:(\d{4})[年./-])?(\d{1,2})([月./-])(\d{1,2})(?:[日号])?(?: \d+:\d+(?::\d+)?)?` + weekdayForm + `|(\d{1,2})[日号]` + weekdayForm)
	rangeGap = regexp.MustCompile(`^[ 、]*[至到~～—–―－-]+[ 、]*$`)
	listGap  = regexp.MustCompile(`^[ 、，,和及与;；]*$`)
)

const (
	weekdayForm = `(?:⟨(.)⟩|(?:周|星期|礼拜)([一二三四五六日天]))?`
	weekdays    = "日一二三四五六"
)

// bracket is what stands in brackets; of it the day of the week alone is kept.
var (
	bracket  = regexp.MustCompile(`[（(\[【][^）)\]】]*[）)\]】]`)
	dayNamed = regexp.MustCompile(`(?:周|星期|礼拜)([一二三四五六日天])`)
)

// plain makes a text easy to read for dateForm: narrow digits, few blanks, brackets
// as weekdayForm has them.
func plain(text string) string {
	text = bracket.ReplaceAllStringFunc(narrow(text), func(s string) string {
		if m := dayNamed.FindStringSubmatch(s); m != nil {
			return "⟨" + m[1] + "⟩"
		}
		return ""
	})
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	var out []byte
	for _, word := range strings.Fields(text) {
		if len(out) > 0 && digit(out[len(out)-1]) && digit(word[0]) {
			out = append(out, ' ') // 2027/1/1 0:00
		}
		out = append(out, word...)
	}
	return string(out)
}

// narrow is a text with digits as ASCII has them.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
}

// span is days from one to another; the same where there is one.
type span struct{ from, to time.Time }

func (s span) days() int { return int(s.to.Sub(s.from)/(24*time.Hour)) + 1 }

// spans are the dates in a plain text, and what is left of it without them.
func (r *reader) spans(text, festival string) (all []span, rest string, err error) {
	var left strings.Builder
	at := 0
	var last *date
	for _, m := range dateForm.FindAllStringSubmatchIndex(text, -1) {
		gap := text[at:m[0]]
		group := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return text[m[2*n]:m[2*n+1]]
		}
		joins := last != nil && rangeGap.MatchString(gap)
		d, ok, err := r.date(group, festival, last, joins)
		if err != nil {
			return nil, "", err
		}
		if !ok {
			continue // a number of another kind, such as an hour
		}
		if at = m[1]; joins {
			if d.day.Before(last.day) {
				return nil, "", wrong("“%s”的起止日期前后颠倒。", "In %q the days stand the wrong way round.", text)
			}
			if s := (span{last.day, d.day}); s.days() > mostDays {
				return nil, "", wrong("“%[1]s”有 %[2]d 天，不像一次放假。", "%[1]q is of %[2]d days, which is no holiday.", text, s.days())
			}
			all[len(all)-1].to = d.day
			last = nil
			continue
		}
		if !listGap.MatchString(gap) {
			left.WriteString(gap)
		}
		all = append(all, span{d.day, d.day})
		last = d
	}
	left.WriteString(text[at:])
	return all, left.String(), nil
}

// mostDays bounds a holiday; the longest had nine.
const mostDays = 20

type date struct{ day time.Time }

// date is one match of dateForm; ok is false where it is none.
func (r *reader) date(group func(int) string, festival string, last *date, joins bool) (d *date, ok bool, err error) {
	number := func(n int) int { v, _ := strconv.Atoi(group(n)); return v }
	year, month, day, weekday := number(1), number(2), number(4), group(5)+group(6)
	words := group(1) + group(2) + group(3) + group(4)
	if group(7) != "" {
		prev := r.before
		if last != nil {
			prev = last.day
		}
		if prev.IsZero() {
			return nil, false, nil
		}
		year, month, day, weekday = prev.Year(), int(prev.Month()), number(7), group(8)+group(9)
		words = group(7) + "日"
	} else if group(3) != "月" && year == 0 && (month < 1 || month > 12 || day < 1 || day > 31) {
		return nil, false, nil
	}
	if year == 0 {
		year = r.year
		switch {
		case joins && month < int(last.day.Month()):
			year = last.day.Year() + 1
		case joins:
			year = last.day.Year()
		case month == 12 && strings.Contains(festival, Festivals[0].ZH):
			year-- // New Year's holiday may begin in the December before
		}
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || t.Day() != day {
		return nil, false, wrong("没有“%s”这一天。", "There is no such day as %s.", words)
	}
	if weekday != "" {
		is := strings.ReplaceAll(weekday, "天", "日")
		if got := []rune(weekdays)[t.Weekday()]; string(got) != is {
			return nil, false, wrong("%[1]d 年 %[2]d 月 %[3]d 日是周%[4]s，这里写的是周%[5]s：可能是别的年份的通知，或日期有误。",
				"%[1]d-%02[2]d-%02[3]d is a %[6]s, which the text (周%[5]s) does not say: it may be the notice of another year, or the date is wrong.",
				t.Year(), int(t.Month()), t.Day(), string(got), is, t.Weekday())
		}
	}
	r.before = t
	return &date{t}, true, nil
}
