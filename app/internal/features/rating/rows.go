package rating

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/lookalike"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/sheet"
)

var (
	// earliest is before any electronic rater; a time before it is misread.
	earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	utc      = time.UTC
)

// fromFile is how the source ids of ratings begin that the office imported.
const fromFile = "file/"

// mostText bounds what somebody wrote, in characters.
const mostText = 4000

// reader reads a file's rows.
type reader struct {
	*table
	names   *names
	items   map[string]*codebook // codes of a department's items, by its code
	meaning Meaning
	most    int                 // stars
	scale   *scale              // that the headings state; nil: none
	foreign bool                // most levels are words that are not understood
	none    bool                // a person said that no column is the department's
	cases   map[string][]string // whose the cases are that the file names, by number: codes
	asks    []words             // what a person must say before anything is taken
	times   timeReader
	now     time.Time

	serials map[string][32]byte // what stood under a serial number before
	facts   map[[32]byte]int    // how often the same facts stood there before, in this sheet
}

// row is a row that was read.
type row struct {
	*part
	line  int
	cells []sheet.Cell
	*pb.Rating
	asFile string // its level as the file has it: what tells it from others
	item   bool   // it named an item that is not listed
	note   bool   // it is no rating
	wrong  words
}

// read calls f with every row that is not empty.
func (r *reader) read(f func(*row) error) error {
	r.serials = map[string][32]byte{}
	for _, p := range r.parts {
		if !p.read {
			continue
		}
		r.facts = map[[32]byte]int{} // sheets are read as files of their own are
		err := r.each(p, func(cells *sheet.Row, note bool) error {
			x := row{part: p, line: cells.Line, cells: cells.Cells, note: note}
			if !note {
				x.Rating, x.wrong = r.rating(&x, cells)
			}
			return f(&x)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *row) at(i int) string {
	if i < len(x.cells) {
		return tidy(x.cells[i].Text)
	}
	return ""
}

func (x *row) text(f field) string {
	if i, ok := x.column[f]; ok {
		return x.at(i)
	}
	return ""
}

func (r *reader) rating(x *row, cells *sheet.Row) (m *pb.Rating, w words) {
	if w := x.damage(cells); w.zh != "" {
		return nil, w
	}
	no, w := x.caseNo()
	if w.zh != "" {
		return nil, w
	}
	m = &pb.Rating{CaseNo: no, Channel: channel(x.text(fieldChannel)), Window: x.text(fieldWindow),
		RaterName: x.text(fieldRater), RaterPhone: dial(x.text(fieldPhone)), Text: x.text(fieldText)}
	if name, id := x.text(fieldHandler), x.text(fieldHandlerID); name+id != "" {
		if name == "" {
			name = id
		}
		m.Handler = &pb.Person{Name: name, Id: id}
	}
	m.Reasons = strings.FieldsFunc(x.text(fieldReasons), func(c rune) bool { return strings.ContainsRune("、,，;；|\n", c) })
	if m.Department, w = r.departmentOf(x); w.zh != "" {
		return nil, w
	}
	m.ItemCode = r.itemOf(x, m.Department)
	said := x.saidLevel()
	level, mark, w := r.level(said)
	if w.zh == "" {
		w = r.contradicted(x, said, level)
	}
	if w.zh != "" {
		return nil, w
	}
	m.Level, x.asFile = pb.RatingLevel(level), mark.identity
	at, w := r.time(x)
	if w.zh != "" {
		return nil, w
	}
	m.RatedAt = timestamppb.New(at)
	m.Text = withRemark(m.Text, said, &mark)
	if utf8.RuneCountInString(m.Text) > mostText {
		return nil, words{"意见超过 4000 字", "the comment is over 4000 characters", fieldText}
	}
	if m.SourceId, w = r.sourceID(x, m); w.zh != "" {
		return nil, w
	}
	return m, words{}
}

// caseNo is the case's number as the file has it: what does not show in it is not taken
// out, since the case is known by what it is.
func (x *row) caseNo() (string, words) {
	i, ok := x.column[fieldCase]
	if !ok || i >= len(x.cells) {
		return "", words{}
	}
	no := strings.TrimSpace(x.cells[i].Text)
	m, bad := lookalike.TextMark(no)
	if !bad {
		m, bad = lookalike.First(no)
	}
	if !bad {
		m, bad = lookalike.Unprintable(no, func(r rune) bool { return !unicode.IsPrint(r) && r != '\u3000' })
	}
	if !bad {
		return no, words{}
	}
	zh, en := m.Words()
	return "", words{fmt.Sprintf("办件编号“%s”与看上去的不同：%s", cut(tidy(no)), zh), fmt.Sprintf("the case number “%s” is not what it looks like: %s", cut(tidy(no)), en), fieldCase}
}

// withRemark is a comment with what stood beside the level, which a person was asked
// about: the words are kept.
func withRemark(text, level string, m *mark) string {
	switch {
	case !m.remark:
		return text
	case text == "":
		return level
	}
	return text + "\n" + level
}

// damage is what programs and copying did to a row.
func (x *row) damage(cells *sheet.Row) words {
	if f := cells.Fault; f != nil {
		return words{zh: f.ZH, en: f.EN}
	}
	if wider(x.part, cells) && 2*x.seen.wider <= x.seen.rows {
		return words{zh: "这一行的格数比列名多（多半是文字里有分隔符而没有加引号），分不清各列", en: "the row has more cells than there are headings, perhaps for a separator in a text without quotes; its cells cannot be told apart"}
	}
	for i, c := range x.columns {
		if c.Field == "" || i >= len(x.cells) {
			continue
		}
		cell, f := x.cells[i], field(c.Field)
		if cell.Damaged() {
			return words{"有无法辨认的字符（文件的编码有损坏）", "a character cannot be read; the file's encoding is damaged", f}
		}
		switch f {
		case fieldCase, fieldSerial, fieldHandlerID, fieldHandler, fieldWindow, fieldItem, fieldPhone, fieldDepartment:
			if long := x.seen.long[i]; long.Cut(cell) {
				return words{fmt.Sprintf("“%s”被 Excel 当成数字，末尾几位已经丢失。请把这一列设为文本，从来源系统重新导出", cut(cell.Text)),
					fmt.Sprintf("Excel took “%s” for a number, and its last digits are gone. Make the column text and export it again from the source system", cut(cell.Text)), f}
			}
		}
	}
	return words{}
}

// itemOf is the code of the item that the row names; empty where it names none
// that is listed, since a rater's buttons are seldom named after the list.
func (r *reader) itemOf(x *row, department string) string {
	name := x.text(fieldItem)
	code := r.items[department].find(name)
	x.item = plain(name) != "" && code == ""
	return code
}

func (r *reader) time(x *row) (time.Time, words) {
	at, w := r.times.read(x.text(fieldDay), x.text(fieldWhen))
	if w.zh == "" {
		w.of = fieldWhen
		written := strings.TrimSpace(x.text(fieldDay) + " " + x.text(fieldWhen))
		switch {
		case at.Before(earliest):
			w.zh, w.en = fmt.Sprintf("时间早于 2000 年：%s", asRead(written, at)), fmt.Sprintf("the time is before 2000: %s", asRead(written, at))
		case at.After(r.now):
			w.zh, w.en = fmt.Sprintf("时间晚于现在：%s", asRead(written, at)), fmt.Sprintf("the time is still to come: %s", asRead(written, at))
		}
	}
	if !x.has(w.of) && w.of == fieldWhen {
		w.of = fieldDay
	}
	return at, w
}

// asRead is a time as the file has it, and how it was read where that does not show.
func asRead(written string, at time.Time) string {
	if read := at.Format(time.DateTime); !strings.HasPrefix(written, at.Format(time.DateOnly)) {
		return fmt.Sprintf("“%s” = %s", cut(written), read)
	}
	return cut(written)
}

// sourceID tells the row from all others, in this file and in the next one that
// overlaps it: by its serial number and time, since devices begin to count anew;
// or else by its facts, and by how often they stood there before.
func (r *reader) sourceID(x *row, m *pb.Rating) (string, words) {
	facts := sha256.Sum256(fmt.Appendf(nil, "%q", []string{m.Department, m.CaseNo, m.ItemCode, x.text(fieldItem), x.asFile, m.Channel, m.Window, m.Handler.GetName(), m.Handler.GetId(),
		m.RatedAt.AsTime().String(), m.RaterName, m.RaterPhone, strings.Join(m.Reasons, "\n"), x.text(fieldText)}))
	serial := x.text(fieldSerial)
	if serial == "" {
		r.facts[facts]++
		return fmt.Sprintf(fromFile+"%s/%d", hex.EncodeToString(facts[:16]), r.facts[facts]), words{}
	}
	key := sha256.Sum256(fmt.Appendf(nil, "%q", []string{m.Window, serial}))
	id := fmt.Sprintf(fromFile+"%s/%s", m.RatedAt.AsTime().Format("20060102150405"), hex.EncodeToString(key[:16]))
	if before, used := r.serials[m.Department+id]; used && before != facts {
		return "", words{fmt.Sprintf("流水号“%s”在本文件里用了两次，内容不同", cut(serial)), fmt.Sprintf("the serial number “%s” is used twice in this file, for different ratings", cut(serial)), fieldSerial}
	}
	r.serials[m.Department+id] = facts
	return id, words{}
}
