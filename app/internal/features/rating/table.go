package rating

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/sdk/sheet"
)

// Bounds of a file to import. A city's month has some tens of thousands of
// ratings.
const (
	MaxFile = 10 << 20 // bytes
	MaxRows = 100_000
)

func badFile(zh, en string, err error) error {
	f := fault.New(fault.Invalid, "rating_file", zh, en, err)
	f.Fields = []fault.Field{{Name: "file", ZH: zh, EN: en}}
	return f
}

// inFile is a reason that package sheet gives, as a fault.
func inFile(err error) error {
	if e := (*sheet.Error)(nil); errors.As(err, &e) {
		return badFile(e.ZH, e.EN, e.Err)
	}
	return err
}

// table is a file as sheets of ratings.
type table struct {
	*sheet.Book
	parts []*part
	rows  int          // that were looked at, of all sheets together
	left  func() error // an error once nobody waits for the answer any more
}

// part is a sheet, and how it is read.
type part struct {
	n       int // of the book's sheets
	name    string
	hidden  bool
	head    sheet.Head
	columns []Column
	column  map[field]int
	read    bool  // its rows are ratings to take
	why     words // why it is not read; of one that is read nothing

	department string // code; of rows of which no column says it
	byName     bool   // the sheet's name says it
	whose      int    // the column that a person called the department's; -1: none

	ask  words // what a person must say of its departments
	seen survey
}

// openTable finds a file's sheets of ratings. chosen are the names of the sheets
// to read; without any it is all that are not hidden.
func openTable(file []byte, chosen []string, left func() error) (*table, error) {
	if err := unpacked(file, left); err != nil {
		return nil, err
	}
	book, err := sheet.Open(file, sheet.Limits{File: MaxFile, Unpacked: mostUnpacked})
	if err != nil {
		return nil, inFile(err)
	}
	t := &table{Book: book, left: left}
	found := false
	for i, s := range book.Sheets {
		if err := left(); err != nil {
			return nil, err
		}
		p := &part{n: i, name: s.Name, hidden: s.Hidden, whose: -1, column: map[field]int{}}
		if p.head, err = book.FindHead(i, knownOf); err != nil {
			return nil, inFile(err)
		}
		p.columns = understand(p.head.Headings)
		for j, c := range p.columns {
			if c.Field != "" {
				p.column[field(c.Field)] = j
			}
		}
		zh, en := p.missing()
		switch {
		case len(zh) > 0:
			p.why = words{zh: "没有这几列：" + strings.Join(zh, "、"), en: "these columns are missing: " + strings.Join(en, "; ")}
		case len(chosen) > 0 && !slices.Contains(chosen, s.Name):
			p.why = words{zh: "您没有选它", en: "you did not choose it"}
		case len(chosen) == 0 && s.Hidden:
			p.why = words{zh: "是隐藏的工作表", en: "the sheet is hidden"}
		default:
			p.read = true
		}
		found = found || len(zh) == 0
		t.parts = append(t.parts, p)
	}
	if !found {
		return nil, t.nothing()
	}
	return t, nil
}

func (p *part) has(f field) bool { _, ok := p.column[f]; return ok }

// missing says what a sheet of ratings lacks, besides the department.
func (p *part) missing() (zh, en []string) {
	if !p.has(fieldLevel) {
		zh, en = append(zh, "满意度（如“满意度”“评价结果”）"), append(en, "the level (such as 满意度)")
	}
	if !p.has(fieldWhen) && !p.has(fieldDay) {
		zh, en = append(zh, "时间（如“评价时间”“日期”）"), append(en, "the time (such as 评价时间)")
	}
	return zh, en
}

// nothing says what a file without ratings lacks, of the sheet that comes closest.
func (t *table) nothing() error {
	best := t.parts[0]
	for _, p := range t.parts {
		if len(p.column) > len(best.column) {
			best = p
		}
	}
	zh, en := best.missing()
	if !best.has(fieldDepartment) {
		zh, en = append(zh, noDepartment.zh), append(en, noDepartment.en)
	}
	return best.lacks(zh, en)
}

var noDepartment = words{zh: "部门（如“部门”“单位”；没有这一列时请先选定部门）", en: "the department (such as 部门; where there is no such column, choose the department first)"}

func (p *part) lacks(zh, en []string) error {
	var found []string
	for _, c := range p.columns {
		if c.Heading != "" {
			found = append(found, c.Heading)
		}
	}
	headings := strings.Join(found, "、")
	if headings == "" {
		headings = "—"
	}
	return badFile(fmt.Sprintf("%s缺少这几列：%s。文件里的列名是：%s。请补上列名后再导入。", p.inZH(), strings.Join(zh, "、"), headings),
		fmt.Sprintf("%sThese columns are missing: %s. The file's headings are: %s. Add the headings and import it again.", p.inEN(), strings.Join(en, "; "), headings), nil)
}

// each calls f with the rows below a sheet's headings, with each that is no
// rating besides: a total, a note, the headings again.
func (t *table) each(p *part, f func(r *sheet.Row, note bool) error) error {
	return inFile(t.Each(p.n, func(r *sheet.Row) error {
		if err := t.left(); err != nil || r.Line <= p.head.Last {
			return err
		}
		return f(r, p.note(r))
	}))
}
