package datetime

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of a date, each at the beginning of a text.
var (
	yearFirst = regexp.MustCompile(`^(\d{4}) ?([-/.年]) ?(\d{1,2}) ?([-/.月]) ?(\d{1,2})(?: ?[日号])?`)
	// milliseconds is a count of them since 1970, from 2001 on.
	milliseconds = regexp.MustCompile(`^[12]\d{12}$`)
	digits       = regexp.MustCompile(`^(\d+)`)
	yearLast     = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})(?:$|\D)`)
	shortYear    = regexp.MustCompile(`^\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:$|\D)`)
	dayMonth     = regexp.MustCompile(`(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(\d{1,2})[- ]?([a-z]{3,9})\.?[-, ]+(\d{4})`)
	monthDay     = regexp.MustCompile(`(?i)^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?([a-z]{3,9})\.? (\d{1,2}),? (\d{4})`)
	unixDate     = regexp.MustCompile(`(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* ([a-z]{3}) (\d{1,2}) (\d{1,2}:\d{2}:\d{2}) (.*?) ?(\d{4})$`)
	shortNamed   = regexp.MustCompile(`(?i)^\d{1,2}-[a-z]{3}-\d{2}(?:$|\D)`)
)

// The rest of a text: a day of the week, the time of day, the zone.
var (
	weekday   = regexp.MustCompile(`(?i)^[ ,(]*(?:星期|周|礼拜)[一二三四五六日天][) ,]*`)
	timeOfDay = regexp.MustCompile(`^(\d{1,2}) ?[:时点] ?(?:(\d{1,2})(?: ?[:分] ?(?:(\d{1,2})(?:[.,](\d+))?(?: ?秒)?)?)?)?`)
	shortTime = regexp.MustCompile(`^(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?`)
	zoneForm  = regexp.MustCompile(`^(?i:(z|utc|gmt)?) ?(?:([+-])(\d{1,2})(?::?(\d{2}))?(?::?00)?)?(?: ?\[[A-Za-z/_+-]+\]| ?\([^)]*\))?$`)
	area      = regexp.MustCompile(`^\[([A-Za-z]+/[A-Za-z/_+-]+)\]$`)
	letters   = regexp.MustCompile(`^[A-Za-z]{2,5}$`)
)

// day is a date as a text says it.
type day struct{ year, month, day int }

// read reads a text in any of the known forms.
func read(text, written string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, problem("时间是空的。", "The time is empty.")
	}
	if m := unixDate.FindStringSubmatch(text); m != nil { // Mon Mar 02 09:30:00 +0800 2026
		text = m[1] + " " + m[2] + " " + m[5] + " " + m[3] + " " + m[4]
	}
	text, of, n := halfOf(text)
	if n > 1 {
		return time.Time{}, problem("时间 %q 里有两个上午、下午之类的词。", "The time %q has two words for half of the day.", written)
	}
	if milliseconds.MatchString(text) {
		if ms, err := strconv.ParseInt(text, 10, 64); err == nil {
			return time.UnixMilli(ms).In(zone), nil
		}
	}
	d, rest, err := date(text, written)
	if err != nil {
		return time.Time{}, err
	}
	rest = weekday.ReplaceAllString(rest, "")
	rest = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(rest, " ,"), "T"), "t"), " ")
	return clock(d, rest, written, of, zone)
}

// date reads the date that a text begins with.
func date(text, written string) (d day, rest string, err error) {
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		d, rest = day{number(m[1]), number(m[3]), number(m[5])}, text[len(m[0]):]
		if rest != "" && rest[0] >= '0' && rest[0] <= '9' && m[4] != "月" {
			return d, "", unknown(written)
		}
		return d, rest, nil
	}
	if m := digits.FindStringSubmatch(text); m != nil {
		switch n := len(m[1]); {
		case n == 8, n == 12, n == 14, n == 17:
			return shortForm(text, m[1], written)
		case n >= 5:
			return d, "", problem("%q 只有一串数字，看不出是什么时间（可能是时间戳或电子表格的内部数值）。请导出为 2026-03-02 09:30:00 这样的文字。",
				"%q is but a row of digits and may be a count of seconds or a spreadsheet's inner number. Export times as text, like 2026-03-02 09:30:00.", written)
		}
	}
	if m := yearLast.FindStringSubmatch(text); m != nil {
		return dayOrMonth(text, m, written)
	}
	for _, form := range []struct {
		re               *regexp.Regexp
		day, month, year int
	}{{dayMonth, 1, 2, 3}, {monthDay, 2, 1, 3}} {
		if m := form.re.FindStringSubmatch(text); m != nil {
			month := monthNamed(m[form.month])
			if month == 0 {
				return d, "", unknown(written)
			}
			return day{number(m[form.year]), month, number(m[form.day])}, text[len(m[0]):], nil
		}
	}
	if shortYear.MatchString(text) || shortNamed.MatchString(text) {
		return d, "", problem("%q 的年份只有两位，年、月、日的次序有几种读法。请用四位年份，或写明格式。",
			"%q has a year of two digits: year, month and day can be read in several orders. Write years in full, or give the format.", written)
	}
	return d, "", unknown(written)
}

// shortForm reads 20260302 with what follows, and 20260302093000123.
func shortForm(text, run, written string) (day, string, error) {
	d := day{number(run[:4]), number(run[4:6]), number(run[6:8])}
	if d.year < 1900 || d.year > 2199 {
		return d, "", unknown(written)
	}
	rest := text[8:]
	if len(run) == 17 {
		rest = run[8:14] + "." + run[14:] + text[17:]
	}
	return d, rest, nil
}

// dayOrMonth reads a date with the year last. 23/11/2026 has one reading,
// 03/02/2026 two.
func dayOrMonth(text string, m []string, written string) (d day, rest string, err error) {
	a, b, year := number(m[1]), number(m[3]), number(m[4])
	rest = text[len(m[1])+len(m[2])+len(m[3])+len(m[2])+len(m[4]):]
	switch {
	case a == b, a <= 12 && b > 12:
		return day{year, a, b}, rest, nil
	case a > 12 && b <= 12:
		return day{year, b, a}, rest, nil
	case a > 12:
		return d, "", noSuchDate(written)
	}
	return d, "", problem("%q 可能是 %d 月 %d 日，也可能是 %d 月 %d 日。请改用 2026-03-02 这样的写法，或写明格式。",
		"%q may be month %d, day %d or month %d, day %d. Write dates like 2026-03-02, or give the format.", written, a, b, b, a)
}

// clock reads the time of day and the zone.
func clock(d day, text, written string, of half, zone *time.Location) (time.Time, error) {
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return time.Time{}, noSuchDate(written)
	}
	var hour, minute, second, nanos int
	m := timeOfDay.FindStringSubmatch(text)
	if m == nil {
		m = shortTime.FindStringSubmatch(text)
	}
	if m != nil {
		hour, minute, second = number(m[1]), number(m[2]), number(m[3])
		nanos = number((m[4] + "000000000")[:9])
		text = text[len(m[0]):]
	} else if m := bareHour.FindStringSubmatch(text); m != nil && of != noHalf {
		hour, text = number(m[1]), ""
	} else if h, means := alone(of, text); means {
		hour = h
	} else if of != noHalf {
		return time.Time{}, unknown(written)
	}
	text = strings.Trim(text, " ")
	at, err := inZone(text, written, zone)
	if err != nil {
		return time.Time{}, err
	}
	hour, fits := hourOf(hour, of)
	switch {
	case !fits:
		return time.Time{}, contradicts(written)
	case hour == 24 && (minute > 0 || second > 0 || nanos > 0), hour > 24, minute > 59, second > 60:
		return time.Time{}, problem("没有 %q 这样的钟点。", "There is no such time of day as in %q.", written)
	}
	if second == 60 {
		second, nanos = leapSecond, 0
	}
	read := time.Date(d.year, time.Month(d.month), d.day, hour, minute, second, nanos, at)
	if hour == 24 {
		return lastOf(read), nil
	}
	return read, nil
}

// lastOf is the last second of the day that a midnight ends: 24:00 belongs to the
// day that it stands beside, of which a limit's last day has it in time (Civil Code
// art. 203), and 00:00 to the next.
func lastOf(midnight time.Time) time.Time { return midnight.Add(-time.Second) }

// leapSecond stands for a 60th second, which is inserted at the end of a minute (ITU-R
// TF.460): it belongs to that minute and its day, and a limit that ends with the day has
// it in time.
const leapSecond = 59

func contradicts(written string) error {
	return problem("%q 里的钟点和上午、下午之类的词不相符。", "In %q the hour and the half of the day contradict each other.", written)
}

// inZone is the zone that a text names, the given one where it names none.
func inZone(text, written string, zone *time.Location) (*time.Location, error) {
	if text == "" {
		return zone, nil
	}
	if m := area.FindStringSubmatch(text); m != nil {
		at, err := time.LoadLocation(m[1])
		if err != nil {
			return nil, unknownZone(written, m[1])
		}
		return at, nil
	}
	if letters.MatchString(text) && !strings.EqualFold(text, "utc") && !strings.EqualFold(text, "gmt") {
		if !severalMeanings[strings.ToUpper(text)] {
			return nil, unknownZone(written, text)
		}
		return nil, problem("%q 的时区缩写 %s 有几种含义。请用 +08:00 这样的写法。", "In %q the zone %s has more than one meaning. Write it like +08:00.", written, text)
	}
	m := zoneForm.FindStringSubmatch(text)
	switch {
	case m == nil || m[1] == "" && m[2] == "" || strings.EqualFold(m[1], "z") && m[2] != "":
		return nil, unknown(written)
	case m[2] == "":
		return time.UTC, nil
	}
	hours, minutes := number(m[3]), number(m[4])
	if hours > 15 || minutes > 59 {
		return nil, unknown(written)
	}
	offset := hours*3600 + minutes*60
	if m[2] == "-" {
		offset = -offset
	}
	return time.FixedZone("", offset), nil
}

// severalMeanings are abbreviations that are in use for zones of several countries.
var severalMeanings = map[string]bool{
	"ADT": true, "AMT": true, "AST": true, "BST": true, "CDT": true, "CST": true, "EDT": true, "EST": true,
	"GST": true, "IST": true, "MST": true, "PST": true, "SST": true, "WST": true,
}

func unknownZone(written, name string) error {
	return problem("%q 的时区 %s 无法识别。请用 +08:00 这样的写法。", "In %q the zone %s is unknown. Write it like +08:00.", written, name)
}

func noSuchDate(written string) error {
	return problem("日历上没有 %q 这一天。", "The calendar has no such day as in %q.", written)
}

func unknown(written string) error {
	return problem("时间 %q 读不懂。请写成 2026-03-02 09:30:00 这样，或写明格式。", "The time %q cannot be read. Write it like 2026-03-02 09:30:00, or give the format.", written)
}

// number is that of digits; an empty text is 0.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

func monthNamed(name string) int {
	for m := time.January; m <= time.December; m++ {
		if full := m.String(); strings.EqualFold(name, full) || strings.EqualFold(name, full[:3]) || m == time.September && strings.EqualFold(name, "sept") {
			return int(m)
		}
	}
	return 0
}
