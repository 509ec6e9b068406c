// Package datetime reads dates and times as the programs of offices write them:
// ISO 8601 long and short, slashes and dots, 2026年3月2日, clocks of twelve hours,
// 24:00, the 60th second of a minute. What has more than one reading (03/02/2026) is
// refused with the reason: a guess would put a case a month away. Adapters read their
// source's times with it, so that a time means the same whichever file it came in.
package datetime

import (
	"fmt"
	"time"
)

// Reader reads times. Zone is the zone of texts that name none; a text with an
// offset of its own is read by that. The zero Zone is UTC.
type Reader struct {
	Zone *time.Location
	// Layouts, in the words of package time, are the only forms that are read,
	// if there are any; the first that fits counts. 上午 and 下午 count as AM and
	// PM, 24:00 as the end of the day, and a leap second as of its own minute, in them
	// as well.
	Layouts []string
}

// Problem is why a text cannot be read as a time, for the clerk.
type Problem struct {
	ZH, EN string

	none bool // the text stands for no date
}

// Error is the English sentence.
func (p *Problem) Error() string { return p.EN }

func problem(zh, en string, args ...any) *Problem {
	return &Problem{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}
}

// CheckLayout tells whether dates can be read with a layout: yyyy-mm-dd would be
// taken for plain letters and never fit.
func CheckLayout(layout string) error {
	day := time.Date(2021, 11, 23, 0, 0, 0, 0, time.UTC)
	if at, err := time.Parse(layout, day.Format(layout)); err != nil || !at.Equal(day) {
		return problem("格式 %q 不可用，应以 2006 年 1 月 2 日 15 时 04 分 05 秒为样例来写，如 2006-01-02、2-1-2006 15:04:05。",
			"The format %q cannot be used; write how 2 January 2006, 15:04:05 would look, like 2006-01-02 or 2-1-2006 15:04:05.", layout)
	}
	return nil
}

// Read reads a text. A date without a time of day is the start of that date.
// The result stands in the zone that the text names, else in the reader's. An
// error is a *Problem; of a date that programs write where they have none
// (0000-00-00, second 0 of Unix) it is one that [HasNone] knows.
func (r *Reader) Read(text string) (time.Time, error) {
	zone := r.Zone
	if zone == nil {
		zone = time.UTC
	}
	at, err := time.Parse(time.RFC3339Nano, text) // what most logs write
	if err != nil || len(r.Layouts) > 0 {
		short := plain(text)
		switch {
		case saysNone(short):
			return time.Time{}, noDate(text)
		case len(r.Layouts) > 0:
			at, err = readLayouts(short, text, r.Layouts, zone)
		default:
			at, err = read(short, text, zone)
		}
	}
	if err == nil && IsNone(at, zone) {
		return time.Time{}, noDate(text)
	}
	return at, err
}
