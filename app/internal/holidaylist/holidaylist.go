// Package holidaylist reads a year's holidays as an office gets them: a file in
// the format of holiday-cn, the notice of the State Council's General Office, or a
// table pasted from Word or Excel; and tells what a list lacks by the Measures on
// Holidays for Annual Festivals and Memorial Days (全国年节及纪念日放假办法). It is
// pure: no clock, no files.
package holidaylist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// How a list was given.
type How string

// The ways in which a list is given.
const (
	JSON   How = "json"   // the format of holiday-cn
	Notice How = "notice" // a notice's sentences
	Table  How = "table"  // a table's rows
	Days   How = "days"   // days that were clicked
)

// MostText bounds what is read, in bytes; a notice has 2 kB.
const MostText = 256 << 10

// Read reads the list of a year. What is doubtful is refused with a sentence, an
// *holidays.Error; what is only missing is not: see Check.
func Read(year int, text string) (holidays.Year, How, error) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	switch {
	case text == "":
		return holidays.Year{}, "", wrong("没有内容。请粘贴放假通知，或选择文件。", "There is nothing. Paste the notice, or choose a file.")
	case len(text) > MostText:
		return holidays.Year{}, "", wrong("内容太长，不像一个年度的放假安排。请只粘贴通知的正文。", "This is too long for the list of one year. Paste the notice's text alone.")
	case text[0] == '{' || text[0] == '[':
		y, err := holidays.Parse(strings.NewReader(text))
		if err == nil && y.Year != year {
			err = wrong("这份节假日表是 %[1]d 年的，不是 %[2]d 年的。请换成 %[2]d 年的。", "This list is for %[1]d, not for %[2]d. Take that of %[2]d.", y.Year, year)
		}
		return y, JSON, err
	}
	r := newReader(year)
	how, err := r.read(text)
	if err != nil {
		return holidays.Year{}, how, err
	}
	y, err := r.list()
	return y, how, err
}

func wrong(zh, en string, args ...any) *holidays.Error {
	return &holidays.Error{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}
}

// list is what was read, by its dates.
func (r *reader) list() (holidays.Year, error) {
	y := holidays.Year{Year: r.year, Papers: r.papers}
	if len(r.days) == 0 {
		return y, wrong("没有读到放假或上班的日期。请粘贴通知里逐个节日的那几段（如“一、元旦：1月1日（周五）至3日（周日）放假，共3天。”），或连表头一起的表格。",
			"No day of rest or of work was found. Paste the notice's paragraphs on each festival (such as 一、元旦：1月1日（周五）至3日（周日）放假，共3天。), or the table with its heading.")
	}
	for _, d := range r.days {
		y.Days = append(y.Days, d)
	}
	slices.SortFunc(y.Days, func(a, b holidays.Day) int { return strings.Compare(a.Date, b.Date) })
	return y, y.Validate()
}
