package holidays

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// maxBytes bounds an imported list; a real one has about 5 kB.
const maxBytes = 1 << 20

// Error says in both languages what is wrong with a list and what to do.
type Error struct {
	Zh string
	En string
}

func (e *Error) Error() string { return e.Zh + " / " + e.En }

func wrong(zh, en string, args ...any) *Error {
	return &Error{
		Zh: fmt.Sprintf(zh, args...) + "请更正文件后重新导入。",
		En: fmt.Sprintf(en, args...) + " Correct the file and import it again.",
	}
}

// Parse reads one year's list in the format of holiday-cn (a JSON object with
// year, papers and days, each day with name, date and isOffDay) and accepts it
// only if nothing in it is doubtful: see Year.Validate. Every error is an
// *Error.
func Parse(r io.Reader) (Year, error) {
	y, err := decode(r)
	if err != nil {
		return Year{}, err
	}
	if err := y.Validate(); err != nil {
		return Year{}, err
	}
	return y, nil
}

// fileYear is the file as written; pointers tell a missing field from a zero.
type fileYear struct {
	Year   *int     `json:"year"`
	Papers []string `json:"papers"`
	Days   []struct {
		Name string `json:"name"`
		Date string `json:"date"`
		Off  *bool  `json:"isOffDay"`
	} `json:"days"`
}

func decode(r io.Reader) (Year, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return Year{}, wrong("节假日文件读取失败（%v）。", "The holiday file cannot be read (%v).", err)
	}
	if len(raw) > maxBytes {
		return Year{}, wrong("节假日文件超过 1 MB，不是一个年度的安排。", "The holiday file is larger than 1 MB and cannot be the list of one year.")
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")) // Windows editors write a mark
	var f fileYear
	if err := json.Unmarshal(raw, &f); err != nil {
		return Year{}, wrong("节假日文件不是有效的 JSON（%v）。", "The holiday file is not valid JSON (%v).", err)
	}
	if f.Year == nil {
		return Year{}, wrong("节假日文件缺少 year（年份）。", "The holiday file lacks its year.")
	}
	y := Year{Year: *f.Year, Papers: f.Papers}
	for i, d := range f.Days {
		if d.Off == nil {
			return Year{}, wrong("第 %d 条（%s）缺少 isOffDay（是否休息）。", "Entry %d (%s) lacks isOffDay.", i+1, d.Date)
		}
		y.Days = append(y.Days, Day{Date: d.Date, Name: d.Name, Off: *d.Off})
	}
	return y, nil
}

// namedWorkday is the one working Monday that a notice lists: the Spring
// Festival of 2020 was lengthened to 2 February and the notice of 26 January
// 2020 adds that work starts on Monday the 3rd. In any other list a working
// day from Monday to Friday is a slip: a holiday marked as worked.
const namedWorkday = "2020-02-03"

// Validate reports the first thing in the list that cannot be right: no days,
// a date that does not exist, stands twice or belongs neither to the year nor
// to the December before, a day without a name, or a make-up working day that
// is not a Saturday or Sunday. The error is an *Error.
func (y Year) Validate() error {
	if y.Year < 1949 || y.Year > 9999 {
		return wrong("年份 %d 无效。", "The year %d is not valid.", y.Year)
	}
	if len(y.Days) == 0 {
		return wrong("%d 年的安排是空的：国务院尚未公布，或文件不完整。", "The list of %d is empty: it has not been announced yet, or the file is incomplete.", y.Year)
	}
	seen := make(map[string]int, len(y.Days))
	for i, d := range y.Days {
		t, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			return wrong("第 %d 条的日期“%s”无法识别，应写成 2006-01-02 的样式。", "Entry %d: the date %q cannot be read; write it like 2006-01-02.", i+1, d.Date)
		}
		if first, ok := seen[d.Date]; ok {
			return wrong("日期 %[1]s 出现两次（第 %[2]d 条和第 %[3]d 条）。", "The date %[1]s stands twice (entries %[2]d and %[3]d).", d.Date, first, i+1)
		}
		seen[d.Date] = i + 1
		if t.Year() != y.Year && (t.Year() != y.Year-1 || t.Month() != time.December) {
			return wrong("日期 %s 不属于 %d 年，也不属于上一年十二月。", "The date %s belongs neither to %d nor to the December before.", d.Date, y.Year)
		}
		if d.Name == "" {
			return wrong("日期 %s 没有节日名称。", "The date %s has no holiday name.", d.Date)
		}
		weekend := t.Weekday() == time.Saturday || t.Weekday() == time.Sunday
		if !d.Off && !weekend && d.Date != namedWorkday {
			return wrong("日期 %s 不是周六或周日，却标为调休上班。", "The date %s is marked as a make-up working day but is neither a Saturday nor a Sunday.", d.Date)
		}
	}
	return nil
}
