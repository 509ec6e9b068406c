package holidaylist

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// reader reads one list.
type reader struct {
	year     int
	festival string // of which the text speaks
	before   time.Time
	days     map[string]holidays.Day
	papers   []string
}

func newReader(year int) *reader { return &reader{year: year, days: map[string]holidays.Day{}} }

// role is what dates are said to be.
type role uint8

const (
	unsaid role = iota
	off         // 放假
	worked      // 上班
	passed      // spoken of in passing: which day is exchanged for which
)

var (
	// The years that a notice's title and a table's may name.
	yearNamed = regexp.MustCompile(`(\d{4})年?度?(?:的)?(?:全年|部分)?(?:法定)?(?:节假日|放假|元旦|春节)`)
	paper     = regexp.MustCompile(`国办发(?:明电)?[〔\[（(]\d{4}[〕\]）)]\d+号`)
	sentences = regexp.MustCompile(`[。；;！!\n]+`)
	clauses   = regexp.MustCompile(`[，,：]`)
	inAll     = regexp.MustCompile(`(?:共|合计|计)?(\d{1,2})天`)
	signed    = regexp.MustCompile(`^\d{4}年\d{1,2}月\d{1,2}日$`) // the day of the notice itself
	moved     = regexp.MustCompile(`调至|调到|调整至|调整到|调为|对调|法定节假日为|为公休|为法定`)
)

// read reads sentences and tables.
func (r *reader) read(text string) (How, error) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if m := yearNamed.FindStringSubmatch(narrow(text)); m != nil && m[1] != strconv.Itoa(r.year) {
		return Notice, wrong("这份通知是 %[1]s 年的，不是 %[2]d 年的。请换成 %[2]d 年的。", "This notice is for %[1]s, not for %[2]d. Take that of %[2]d.", m[1], r.year)
	}
	r.papers = paper.FindAllString(narrow(text), 1)
	if isTable(text) {
		return Table, r.table(text)
	}
	for _, line := range sentences.Split(text, -1) {
		if err := r.sentence(line); err != nil {
			return Notice, err
		}
	}
	return Notice, nil
}

// sentence reads one sentence of a notice.
func (r *reader) sentence(text string) error {
	text = plain(text)
	if name, at := festivalsIn(text); at >= 0 {
		// A name before the first date is whose sentence it is.
		if m := dateForm.FindStringIndex(text); m == nil || at < m[0] {
			r.festival = name
		}
	}
	var waiting []span // without a word yet of what they are
	length := 0        // of the holiday that the sentence tells
	for _, clause := range clauses.Split(text, -1) {
		all, rest, err := r.spans(clause, r.festival)
		if err != nil {
			return err
		}
		what := said(rest)
		if what == passed {
			continue
		}
		if len(all) > 0 && what == unsaid {
			if said := strings.TrimLeft(rest, "其中由从自为、"); said == "" || strings.HasSuffix(said, r.festivalWord(said)) {
				waiting = append(waiting, all...)
			}
			continue
		}
		if what != unsaid {
			all = append(waiting, all...)
			waiting = nil
			if err := r.put(all, what); err != nil {
				return err
			}
			if what == off {
				for _, s := range all {
					length += s.days()
				}
			}
		}
		if err := r.counted(rest, length); err != nil {
			return err
		}
	}
	if len(waiting) > 0 && r.festival != "" && !signed.MatchString(text) {
		return wrong("“%s”没有写明是放假还是上班。", "%q does not say whether these days are of rest or of work.", text)
	}
	return nil
}

// festivalWord is the text itself where it is only a festival's name, with its
// number in the notice.
func (r *reader) festivalWord(text string) string {
	if name, at := festivalsIn(text); name != "" && at <= len("十一、") {
		return text
	}
	return "\x00"
}

// said is what the words around dates make of them.
func said(words string) role {
	switch {
	case moved.MatchString(words):
		return passed
	case strings.Contains(words, "上班"), strings.Contains(words, "补班"), strings.Contains(words, "照常办公"), strings.Contains(words, "照常工作"), words == "班":
		return worked
	case strings.Contains(words, "放假"), strings.Contains(words, "补休"), strings.Contains(words, "休息"), strings.Contains(words, "休假"),
		strings.Contains(words, "公休"), words == "休":
		return off
	}
	return unsaid
}

// counted holds what a text says of a holiday's length against its days.
func (r *reader) counted(words string, length int) error {
	m := inAll.FindStringSubmatch(words)
	if m == nil || length == 0 {
		return nil
	}
	if n, _ := strconv.Atoi(m[1]); n != length {
		return wrong("%[1]s写明共 %[2]d 天，写出的日期却是 %[3]d 天。请核对日期。", "Of %[1]s the text says %[2]d days in all, but names %[3]d. Check the dates.", r.festival, n, length)
	}
	return nil
}

// put notes what days are.
func (r *reader) put(all []span, what role) error {
	if len(all) > 0 && r.festival == "" {
		return wrong("%s 没有写是哪个节日。请连节日名称一起粘贴。", "Of %s it is not said which festival it belongs to. Paste the festivals' names, too.", all[0].from.Format(time.DateOnly))
	}
	for _, s := range all {
		for d := s.from; !d.After(s.to); d = d.AddDate(0, 0, 1) {
			day := holidays.Day{Date: d.Format(time.DateOnly), Name: r.festival, Off: what == off}
			if old, known := r.days[day.Date]; known {
				if old.Off != day.Off {
					return wrong("%s 既写了放假，又写了上班。请更正后再粘贴。", "%s is said to be of rest, and of work as well. Correct that, and paste it again.", day.Date)
				}
				continue // the festival that named it first has it
			}
			r.days[day.Date] = day
		}
	}
	return nil
}
