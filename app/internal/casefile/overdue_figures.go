package casefile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Whether what a department reports of a case says the same as our computation.
// That both report it is one thing, that their figures agree another.
const (
	figuresSame   = "same"
	figuresDiffer = "differ"
)

// reportedEarly stands for a report that was made before any limit had run out.
const reportedEarly = "none"

// beside is what a report is compared with: a clock's own figure, now and when the
// report was made.
type beside struct {
	unit      string
	now, then int
}

// compare sets the reported figure beside that of the clock that the report is
// of: the one that had run out when it was made. A report of the promised limit
// says nothing of how far the statutory one ran over weeks later, though both read
// "1 working day". A report whose figure cannot be read, or is in another unit, is
// neither the same nor different: people compare.
func (v *View) compare(o *OverdueRow, at time.Time, subject func(time.Time) (*rules.Subject, error)) error {
	o.Figures, o.SinceReport, o.ReportedClock = "", 0, ""
	theirs, unit, ok := reportedFigure(o.ReportedOverBy)
	if o.ReportedN, o.ReportedUnit = 0, ""; ok && unit != "" {
		o.ReportedN, o.ReportedUnit = theirs, unit
	}
	if o.Agreement != store.Agreements.Word(int64(store.AgreeBoth)) {
		return nil
	}
	ours, err := v.besideReport(o, at, subject)
	if err != nil {
		return err
	}
	switch {
	case !ok || unit != "" && unit != ours.unit:
	case o.ReportedClock != reportedEarly && theirs == ours.now:
		o.Figures = figuresSame
	default:
		o.Figures = figuresDiffer
		// How much further the case ran over since tells a report that was right then
		// from one that never was.
		if o.ReportedClock != "" && ours.unit == o.Unit && ours.then >= 0 {
			o.SinceReport = max(0, ours.now-ours.then)
		}
	}
	return nil
}

// besideReport finds the clock that a report is of, and its figure. Of one whose
// time is not known it is the row's.
func (v *View) besideReport(o *OverdueRow, at time.Time, subject func(time.Time) (*rules.Subject, error)) (beside, error) {
	ours := beside{unit: o.Unit, now: o.OverBy, then: -1}
	if o.ReportedAt.IsZero() {
		return ours, nil
	}
	reported := o.ReportedAt
	if !o.EndedAt.IsZero() && o.EndedAt.Before(reported) {
		reported = o.EndedAt // it ran over no further
	}
	if o.Clock == "promised" && !reported.After(o.OverAt) {
		o.ReportedClock = reportedEarly
		return ours, nil
	}
	if n, known := v.judge.OverOn(unitOf(o.Unit), o.DueAt, reported); known && o.Clock == "promised" && !o.PausedNow {
		o.ReportedClock, ours.then = o.Clock, n
		return ours, nil
	}
	s, err := subject(reported)
	if err != nil {
		return ours, err
	}
	then := v.judge.Judge(s, reported)
	o.ReportedClock = clockOf(&then, statedClock(s, o.ReportSeq))
	if o.ReportedClock == reportedEarly {
		return ours, nil
	}
	of := OverdueRow{Clock: o.ReportedClock}
	ours.then = overBy(of.of(&then))
	if o.ReportedClock != o.Clock {
		if s, err = subject(at); err != nil {
			return ours, err
		}
		now := v.judge.Judge(s, at)
		c := of.of(&now)
		ours.unit, ours.now = store.UnitWord(uint8(c.Limit.Unit)), overBy(c)
	}
	return ours, nil
}

// statedClock is the limit that a report says it is of; empty where it does not.
func statedClock(s *rules.Subject, report uint64) string {
	for i := range s.OverdueReports {
		if s.OverdueReports[i].Seq == report {
			return s.OverdueReports[i].Clock
		}
	}
	return ""
}

// clockOf is the gravest clock of a verdict that had run out, and of two the one
// that the report states.
func clockOf(then *rules.Verdict, stated string) string {
	out := func(c *rules.Clock) bool { return c.Over || !c.LapsedAt.IsZero() }
	switch promised, statutory := out(&then.Promised), out(&then.Statutory); {
	case promised && (!statutory || stated == "promised"):
		return "promised"
	case statutory:
		return "statutory"
	}
	return reportedEarly
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
