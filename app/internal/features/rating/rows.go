package rating

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// earliest is before any electronic rater; a time before it is misread.
var earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// mostText bounds what somebody wrote, in characters.
const mostText = 4000

// reader reads a file's rows.
type reader struct {
	*table
	head
	column      map[field]int
	departments map[string]string // code, by code and name without what does not tell them apart
	items       map[string]string // code, by department's code and code or name
	department  string            // code; of a file without such a column
	fiveBest    bool              // numbers count up to the best
	zone        *time.Location
	now         time.Time

	serials map[string][32]byte // what stood under a serial number before
	times   map[[32]byte]int    // how often the same facts stood there before
}

// row is a row that was read.
type row struct {
	line  int
	cells []string
	*pb.Rating
	numeric bool // its level was a number
	item    bool // it named an item that is not listed
	wrong   words
}

// read calls f with every row that is not empty.
func (r *reader) read(f func(*row) error) error {
	r.column, r.serials, r.times = map[field]int{}, map[string][32]byte{}, map[[32]byte]int{}
	for i, c := range r.columns {
		if c.Field != "" {
			r.column[field(c.Field)] = i
		}
	}
	n := 0
	return r.each(func(line int, cells []string) error {
		if line <= r.line || strings.TrimSpace(strings.Join(cells, "")) == "" {
			return nil
		}
		if n++; n > MaxRows {
			return badFile("超过 100,000 行。请分成几份导入。", "There are more than 100,000 rows. Import them in parts.", nil)
		}
		x := row{line: line, cells: cells}
		x.Rating, x.wrong = r.rating(&x)
		return f(&x)
	})
}

func (r *reader) cell(x *row, f field) string {
	if i, ok := r.column[f]; ok && i < len(x.cells) {
		return tidy(x.cells[i])
	}
	return ""
}

func (r *reader) rating(x *row) (m *pb.Rating, w words) {
	m = &pb.Rating{CaseNo: r.cell(x, fieldCase), Channel: channel(r.cell(x, fieldChannel)), Window: r.cell(x, fieldWindow),
		RaterName: r.cell(x, fieldRater), RaterPhone: dial(r.cell(x, fieldPhone)), Text: r.cell(x, fieldText)}
	if name, id := r.cell(x, fieldHandler), r.cell(x, fieldHandlerID); name+id != "" {
		if name == "" {
			name = id
		}
		m.Handler = &pb.Person{Name: name, Id: id}
	}
	m.Reasons = strings.FieldsFunc(r.cell(x, fieldReasons), func(c rune) bool { return strings.ContainsRune("、,，;；|\n", c) })
	if m.Department, w = r.departmentOf(x); w.zh != "" {
		return nil, w
	}
	m.ItemCode = r.itemOf(x, m.Department)
	text := r.cell(x, fieldLevel)
	x.numeric = digit.MatchString(text)
	n, w := level(text, r.fiveBest)
	if w.zh != "" {
		return nil, w
	}
	m.Level = pb.RatingLevel(n)
	at, w := r.time(x)
	if w.zh != "" {
		return nil, w
	}
	m.RatedAt = timestamppb.New(at)
	if utf8.RuneCountInString(m.Text) > mostText {
		return nil, words{"意见超过 4000 字", "the comment is over 4000 characters"}
	}
	if m.SourceId, w = r.sourceID(x, m); w.zh != "" {
		return nil, w
	}
	return m, words{}
}

func (r *reader) departmentOf(x *row) (string, words) {
	if !r.has(fieldDepartment) {
		return r.department, words{}
	}
	name := r.cell(x, fieldDepartment)
	if code, ok := r.departments[plain(name)]; ok {
		return code, words{}
	}
	if name == "" {
		return "", words{"没有填部门", "there is no department"}
	}
	return "", words{fmt.Sprintf("没有部门“%s”，请用系统里的部门名称或代码", cut(name)), fmt.Sprintf("there is no department “%s”; use its name or code as the console has it", cut(name))}
}

// itemOf is the code of the item that the row names; empty where it names none
// that is listed, since a rater's buttons are seldom named after the list.
func (r *reader) itemOf(x *row, department string) string {
	name := plain(r.cell(x, fieldItem))
	code := r.items[department+"/"+name]
	x.item = name != "" && code == ""
	return code
}

func (r *reader) time(x *row) (time.Time, words) {
	when, day := r.cell(x, fieldWhen), r.cell(x, fieldDay)
	if when == "" && day == "" {
		return time.Time{}, words{"没有填时间", "there is no time"}
	}
	at, ok := moment(when, r.zone, r.date1904)
	if !ok {
		if at, ok = moment(day, r.zone, r.date1904); ok && when != "" {
			var of time.Duration
			of, ok = clock(when)
			at = at.Add(of)
		}
	}
	switch {
	case !ok:
		text := strings.TrimSpace(day + " " + when)
		return at, words{fmt.Sprintf("看不懂时间“%s”", cut(text)), fmt.Sprintf("the time “%s” is not understood", cut(text))}
	case at.Before(earliest):
		return at, words{fmt.Sprintf("时间早于 2000 年：%s", at.Format(time.DateOnly)), fmt.Sprintf("the time is before 2000: %s", at.Format(time.DateOnly))}
	case at.After(r.now):
		return at, words{fmt.Sprintf("时间晚于现在：%s", at.Format(time.DateTime)), fmt.Sprintf("the time is still to come: %s", at.Format(time.DateTime))}
	}
	return at, words{}
}

// sourceID tells the row from all others, in this file and in the next one that
// overlaps it: by its serial number and time, since devices begin to count anew;
// or else by its facts, and by how often they stood there before.
func (r *reader) sourceID(x *row, m *pb.Rating) (string, words) {
	facts := sha256.Sum256(fmt.Appendf(nil, "%q", []string{m.Department, m.CaseNo, m.ItemCode, r.cell(x, fieldItem), m.Level.String(), m.Channel, m.Window, m.Handler.GetName(), m.Handler.GetId(),
		m.RatedAt.AsTime().String(), m.RaterName, m.RaterPhone, strings.Join(m.Reasons, "\n"), m.Text}))
	serial := r.cell(x, fieldSerial)
	if serial == "" {
		r.times[facts]++
		return fmt.Sprintf("file/%s/%d", hex.EncodeToString(facts[:16]), r.times[facts]), words{}
	}
	key := sha256.Sum256(fmt.Appendf(nil, "%q", []string{m.Window, serial}))
	id := fmt.Sprintf("file/%s/%s", m.RatedAt.AsTime().Format("20060102150405"), hex.EncodeToString(key[:16]))
	if before, used := r.serials[m.Department+id]; used && before != facts {
		return "", words{fmt.Sprintf("流水号“%s”在本文件里用了两次，内容不同", cut(serial)), fmt.Sprintf("the serial number “%s” is used twice in this file, for different ratings", cut(serial))}
	}
	r.serials[m.Department+id] = facts
	return id, words{}
}
