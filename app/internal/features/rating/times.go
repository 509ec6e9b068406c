package rating

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/mingcha-console/mingcha/sdk/datetime"
)

// timeReader reads the times of a file in the office's zone: text as people and
// programs write it, and Excel's count of days.
type timeReader struct {
	zone     *time.Location
	date1904 bool
}

var (
	serialDate = regexp.MustCompile(`^[0-9]{5}(?:\.[0-9]+)?$`)
	dayPart    = regexp.MustCompile(`^0?\.[0-9]+(?:[Ee]-[0-9]+)?$`)
)

// day is the wall clock of a count of days as Excel has it, in seconds.
func (r *timeReader) counted(days float64) time.Time {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC) // after February 1900, which Excel gives a day too many
	if r.date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	wall := epoch.Add(time.Duration(math.Round(days*86_400)) * time.Second)
	return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, r.zone)
}

// read reads a time in one column or a day and a time of day in two. A day alone
// is its beginning. What is wrong is said with its reason.
func (r *timeReader) read(day, when string) (time.Time, words) {
	day, when = strings.TrimSpace(norm.NFKC.String(day)), strings.TrimSpace(norm.NFKC.String(when))
	switch {
	case when == "" && day == "":
		return time.Time{}, words{"没有填时间", "there is no time", fieldWhen}
	case when == "":
		return r.one(day, fieldDay)
	case day == "":
		return r.one(when, fieldWhen)
	}
	exact, w := r.one(when, fieldWhen)
	if w.zh == "" {
		return exact, w // it has its day as well
	}
	at, w := r.one(day, fieldDay)
	if w.zh != "" {
		return at, w
	}
	if dayPart.MatchString(when) || when == "0" {
		part, _ := strconv.ParseFloat(when, 64)
		return at.Add(time.Duration(math.Round(part*86_400)) * time.Second), words{}
	}
	both := at.Format(time.DateOnly) + " " + when
	exact, w = r.one(both, fieldWhen)
	if w.zh != "" && r.none(when) {
		return at, words{}
	}
	w.zh, w.en = strings.ReplaceAll(w.zh, cut(both), cut(day+" "+when)), strings.ReplaceAll(w.en, cut(both), cut(day+" "+when)) // as the file has it
	return exact, w
}

// none tells of a text that it stands for no date.
func (r *timeReader) none(text string) bool {
	_, err := (&datetime.Reader{Zone: r.zone}).Read(text)
	return datetime.HasNone(err)
}

func (r *timeReader) one(text string, of field) (time.Time, words) {
	if serialDate.MatchString(text) {
		if days, err := strconv.ParseFloat(text, 64); err == nil && days > 20_000 && days < 90_000 {
			return r.counted(days), words{}
		}
	}
	at, err := (&datetime.Reader{Zone: r.zone}).Read(text)
	if err == nil {
		return at, words{}
	}
	if datetime.HasNone(err) {
		return at, words{fmt.Sprintf("没有填时间：“%s”是程序在时间为空时写的", cut(text)), fmt.Sprintf("there is no time: “%s” is what programs write where it is empty", cut(text)), of}
	}
	w := words{fmt.Sprintf("看不懂时间“%s”", cut(text)), fmt.Sprintf("the time “%s” is not understood", cut(text)), of}
	if p := (*datetime.Problem)(nil); errors.As(err, &p) {
		w.zh += "：" + strings.TrimSuffix(p.ZH, "。")
		w.en += ": " + strings.TrimSuffix(p.EN, ".")
	}
	return at, w
}
