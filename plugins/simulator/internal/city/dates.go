package city

import (
	"time"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
)

var zone = officedays.Zone

func dayOf(t int64) officedays.Day { return officedays.DayOf(t) }

func civil(d officedays.Day) (int, time.Month, int) { return officedays.Civil(d) }

func dayStart(year int, month time.Month, day int) int64 {
	return officedays.At(officedays.Date(year, month, day), 0)
}

// calendarDay is the start of the first working day on or after a number of
// calendar days from an instant's day, back or forth.
func (c *City) calendarDay(t int64, n int) int64 {
	return officedays.At(c.days.After(dayOf(t)+officedays.Day(n)-1, 1), 0)
}
