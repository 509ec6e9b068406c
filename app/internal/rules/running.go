package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Calendar is the calendar that the judge counts days by.
func (j *Judge) Calendar() *workday.Calendar { return j.cal }

// UsedOn is how many units of a clock that runs are used on the day of a
// moment, from when it is due: a running clock's due time is fixed, so a case
// need not be judged to count it on. total is the limit with what extends it.
// Of limits in working days and calendar days only.
func (j *Judge) UsedOn(total approval.Limit, due, at time.Time) int {
	last, today := j.cal.DateOf(due), j.cal.DateOf(at)
	left := int(last - today)
	if total.Unit == approval.WorkingDays {
		if left >= 0 {
			left = j.cal.WorkingDaysBetween(today, last)
		} else {
			left = -j.cal.WorkingDaysBetween(last, today)
		}
	}
	return total.N - left
}

// OverOn is how many units a clock that runs is over on the day of a moment.
// counted is false for a limit that is not counted in days.
func (j *Judge) OverOn(unit approval.Unit, due, at time.Time) (units int, counted bool) {
	last, today := j.cal.DateOf(due), j.cal.DateOf(at)
	switch unit {
	case approval.WorkingDays:
		return j.cal.WorkingDaysBetween(last, today), true
	case approval.CalendarDays:
		return int(today - last), true
	}
	return 0, false
}
