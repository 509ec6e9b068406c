package workday

import (
	"fmt"
	"time"
)

// Date is a civil date in the office's zone, as days since 1970-01-01. Dates
// stay within the years 1 to 9999; arithmetic stops at those ends.
type Date int32

const (
	minDate Date = -719162 // 0001-01-01
	maxDate Date = 2932896 // 9999-12-31
)

// Civil returns the date's year, month and day.
func (d Date) Civil() (year int, month time.Month, day int) {
	return time.Unix(int64(d)*daySeconds, 0).UTC().Date()
}

// Year returns the calendar year.
func (d Date) Year() int {
	y, _, _ := d.Civil()
	return y
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(floorMod(int64(d)+int64(time.Thursday), 7))
}

// String writes the date as 2006-01-02.
func (d Date) String() string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// NewDate returns the date; day and month may lie outside their usual ranges
// as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return clampDate(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), daySeconds))
}

// ParseDate reads 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("日期“%s”无法识别，请写成 2006-01-02 的样式。 / The date %q cannot be read; write it like 2006-01-02", s, s)
	}
	return Date(floorDiv(t.Unix(), daySeconds)), nil
}

func clampDate(d int64) Date {
	return Date(min(max(d, int64(minDate)), int64(maxDate)))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }
