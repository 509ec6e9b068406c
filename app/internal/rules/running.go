package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Calendar is the calendar that the judge counts days by.
func (j *Judge) Calendar() *workday.Calendar { return j.cal }

// UsedOn is how many units a clock that runs has used by a moment. It is read
// from when the clock is due, so that a case need not be judged to count it on.
// total is the limit with what extends it, in the limit's unit. known is false
// where only a verdict tells: see [workday.Calendar.Used]. paused tells that it
// stood still before.
func (j *Judge) UsedOn(total approval.Limit, due, at time.Time, paused bool) (units int, known bool) {
	r := j.running(total, due)
	r.Paused = paused
	return j.cal.Used(j.set.Mode, r, at)
}

// OverOn is how many units a clock that ran over, and runs on, is over by a
// moment. known is false for a limit in office hours.
func (j *Judge) OverOn(unit approval.Unit, due, at time.Time) (units int, known bool) {
	return j.cal.Over(j.set.Mode, j.running(approval.Limit{Unit: unit}, due), at)
}

// running takes it that the due time was moved wherever it can have been: which
// law a case is under is not asked.
func (j *Judge) running(limit approval.Limit, due time.Time) workday.Running {
	return workday.Running{Due: due, Limit: limit, RollOver: j.set.RollOver && limit.Unit == approval.CalendarDays}
}
