package casefile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Whether what a department reports of a case says the same as our computation.
// That both report it is one thing, that their figures agree another.
const (
	figuresSame   = "same"
	figuresDiffer = "differ"
)

// compare sets the reported figure beside ours. A report whose figure cannot be
// read, or is in another unit, is neither the same nor different: people compare.
func (o *OverdueRow) compare() {
	o.Figures = ""
	if o.Agreement != store.Agreements.Word(int64(store.AgreeBoth)) {
		return
	}
	theirs, unit, ok := reportedFigure(o.ReportedOverBy)
	if !ok || unit != "" && unit != o.Unit {
		return
	}
	if o.Figures = figuresDiffer; theirs == o.OverBy {
		o.Figures = figuresSame
	}
}

// sinceReport counts how much further a case ran over after its department
// reported it: a report that was right then is told from one that never was.
func (o *OverdueRow) sinceReport(over func(at time.Time) (int, error)) error {
	if o.Figures != figuresDiffer || o.ReportedAt.IsZero() || !o.EndedAt.IsZero() && !o.ReportedAt.Before(o.EndedAt) {
		return nil
	}
	then, err := over(o.ReportedAt)
	if err == nil && then >= 0 && then < o.OverBy {
		o.SinceReport = o.OverBy - then
	}
	return err
}

// overAt counts how far a row's case was over at an earlier moment.
func (v *View) overAt(o *OverdueRow) func(time.Time) (int, error) {
	return func(at time.Time) (int, error) {
		if n, known := v.judge.OverOn(unitOf(o.Unit), o.DueAt, at); known && !o.PausedNow {
			return n, nil
		}
		s, err := v.subject(o.CaseID, at)
		if err != nil {
			return 0, err
		}
		verdict := v.judge.Judge(s, at)
		return -o.of(&verdict).Remaining, nil
	}
}

// figure is a count with what it counts, as departments write it: "1个工作日",
// "3 天", "十二小时", "2 working days".
var figure = regexp.MustCompile(`^(?:超期|超时|超过|超出|超|逾期|已超|over|late)?(?:by)?(不足|不到|不满|lessthan)?([0-9]{1,6}|[一二两三四五六七八九十百]{1,6}|an?|one)个?(工作日|自然日|日历日|日|天|工作小时|小时|workingdays?|workdays?|businessdays?|calendardays?|days?|workinghours?|hours?)?$`)

var figureUnits = map[string]approval.Unit{
	"工作日": approval.WorkingDays, "workingday": approval.WorkingDays, "workday": approval.WorkingDays, "businessday": approval.WorkingDays,
	"自然日": approval.CalendarDays, "日历日": approval.CalendarDays, "calendarday": approval.CalendarDays,
	"工作小时": approval.WorkingHours, "小时": approval.WorkingHours, "workinghour": approval.WorkingHours, "hour": approval.WorkingHours,
}

// reportedFigure reads a department's own words for how far a case is over. A
// plain day may be of any calendar: its unit is "".
func reportedFigure(text string) (n int, unit string, ok bool) {
	plain := strings.ToLower(strings.Join(strings.Fields(text), ""))
	m := figure.FindStringSubmatch(plain)
	if m == nil {
		return 0, "", false
	}
	if n, ok = wholeNumber(m[2]); !ok {
		return 0, "", false
	}
	if m[1] != "" { // less than n units: n-1 whole ones
		n--
	}
	if u, known := figureUnits[strings.TrimSuffix(m[3], "s")]; known {
		unit = store.UnitWord(uint8(u))
	}
	return n, unit, n >= 0
}

var digits = map[rune]int{'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// wholeNumber reads a number in digits or in Chinese, up to 999.
func wholeNumber(s string) (n int, ok bool) {
	if s == "a" || s == "an" || s == "one" {
		return 1, true
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	digit := 0
	for _, r := range s {
		switch r {
		case '百', '十':
			times := map[rune]int{'百': 100, '十': 10}[r]
			n, digit = n+max(digit, 1)*times, 0
		default:
			if digit != 0 {
				return 0, false
			}
			digit = digits[r]
		}
	}
	return n + digit, true
}
