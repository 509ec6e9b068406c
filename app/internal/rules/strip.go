package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// StripDay is one day of a case's time strip.
type StripDay struct {
	Date workday.Date
	workday.DayInfo
	Promised  int // ordinal that the promised clock counts on this day, 0 if none
	Statutory int // the same of the statutory clock

	Start, DuePromised, DueStatutory, Ended, Now bool // what falls on this day

	Paused  bool // taken out, in whole or in part
	Over    bool // after the main clock ran over, up to the end or now
	Skipped int  // days left out between the day before and this one
}

// Strip is the picture of a case's days, from its start to its last due date,
// its end or now.
type Strip struct {
	Days []StripDay
	Cut  bool // the strip is too long and days were left out of its middle
}

// Strip returns the days of both clocks.
func (j *Judge) Strip(s *Subject, now time.Time) Strip {
	return Strip{}
}
