package rating

import (
	"regexp"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/sdk/sheet"
)

// survey is what a first reading of a sheet found: what must be known of a whole
// column before one of its cells can be read.
type survey struct {
	rows    int                      // ratings, as it seems
	faults  int                      // rows that cannot be read
	wider   int                      // of them with more cells than there are headings
	values  []value                  // of the column of levels, those that are most first
	stars   int                      // the most
	long    map[int]sheet.LongDigits // numbers of more than 15 digits, by column
	columns []whose                  // columns that look like departments', where none is called so
	again   []int                    // columns that are called the department's besides the one that is read
	cases   map[string]bool          // numbers of cases, where no column says the department
	scale   *scale                   // that the levels' heading states; nil: none
	others  []otherLevel             // columns of levels besides the one that is read, in which something stands
	zeros   []int                    // lines with a character of number 0 in them
}

// value is what stands in the column of levels.
type value struct {
	mark
	text string
	rows int
}

// mostValues bounds how many values of a column are kept.
const mostValues = 60

// whose is a column that may say which department was rated, whatever it is taken for.
type whose struct {
	column int
	called bool     // its heading sounds like one
	prose  bool     // departments may be spoken of in it: what is nothing but a name counts
	few    bool     // names of agencies that the console lacks say nothing in it
	rows   int      // in which something stands
	agency int      // of them like a department's name
	values []string // some of them
	others []string // codes of the console's departments that it names
}

// look reads a sheet for the first time.
func (t *table) look(p *part, names *names) error {
	s := &p.seen
	s.long = map[int]sheet.LongDigits{}
	levels := map[int]map[string]*value{} // by column
	for i := range p.columns {
		if said(p.head.Headings, i) == fieldLevel {
			levels[i] = map[string]*value{}
		}
	}
	var columns []*whose
	if p.has(fieldDepartment) {
		for i := range p.columns {
			if i != p.column[fieldDepartment] && said(p.head.Headings, i) == fieldDepartment {
				s.again = append(s.again, i)
			}
		}
	} else {
		s.cases = map[string]bool{}
		for i, c := range p.columns {
			if w := suspect(i, c); w != nil {
				columns = append(columns, w)
			}
		}
	}
	err := t.each(p, func(r *sheet.Row, note bool) error {
		if t.rows++; t.rows > MaxRows { // said before any row is judged
			return badFile("超过 100,000 行。请分成几份导入。", "There are more than 100,000 rows. Import them in parts.", nil)
		}
		switch {
		case note:
			return nil
		case r.Fault != nil:
			s.faults++
			return nil //nolint:nilerr // a row that cannot be read is told where rows are taken
		}
		s.rows++
		if wider(p, r) {
			s.wider++
		}
		if slices.ContainsFunc(r.Cells, func(c sheet.Cell) bool { return strings.IndexByte(c.Text, 0) >= 0 }) {
			s.zeros = append(s.zeros, r.Line)
		}
		for i, c := range r.Cells {
			if strings.TrimSpace(c.Text) == "" {
				continue
			}
			if of := levels[i]; of != nil {
				m := marked(c.Text)
				if v := of[m.key]; v != nil {
					v.rows++
				} else if len(of) < mostValues {
					of[m.key] = &value{m, strings.TrimSpace(tidy(c.Text)), 1}
				}
			}
			d := s.long[i]
			if d.Add(c); d.All > 0 {
				s.long[i] = d
			}
		}
		for _, w := range columns {
			if w.column < len(r.Cells) {
				w.add(tidy(r.Cells[w.column].Text), names)
			}
		}
		if no := p.text(r, fieldCase); no != "" && s.cases != nil {
			s.cases[no] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.choose(levels)
	s.scale = p.headed(p.column[fieldLevel])
	for i := range p.columns {
		if i != p.column[fieldLevel] && len(levels[i]) > 0 {
			s.others = append(s.others, otherLevel{i, p.headed(i)})
		}
	}
	for _, w := range columns {
		if len(w.others) > 0 || w.agency > 0 && 2*w.agency >= w.rows {
			s.columns = append(s.columns, *w)
		}
	}
	return nil
}

// headed is the scale that a column's heading states; nil: none.
func (p *part) headed(column int) *scale {
	for _, reading := range p.head.Headings[column].Readings {
		if s, _ := headed(reading); s != nil {
			return s
		}
	}
	return nil
}

// How headings of agencies end that were not understood, and what tells those of
// whoever applies.
var (
	sounds  = regexp.MustCompile(`(?:部门|单位|机构|委办局|处室|科室|(?:部门|单位|机构)(?:名称|代码|编码|编号|全称|简称))$`)
	applies = regexp.MustCompile(`申请|申报|申办|办事|建设单位|施工|用人|企业|群众|评价人`)
)

// suspect is a column in which the department may stand, though it is not called so:
// any but those of levels and of times, which cannot be read then.
func suspect(i int, c Column) *whose {
	switch field(c.Field) {
	case "":
		if c.Heading == "" {
			return nil
		}
		if applies.MatchString(c.Heading) {
			return &whose{column: i, prose: true, few: true}
		}
		return &whose{column: i, called: sounds.MatchString(c.Heading)}
	case fieldLevel, fieldWhen, fieldDay:
		return nil
	case fieldText, fieldReasons, fieldItem, fieldRater:
		return &whose{column: i, prose: true, few: true}
	}
	return &whose{column: i, few: field(c.Field) == fieldWindow}
}

// choose takes the column of levels: of several the first that says them in
// words, since words need no scale.
func (p *part) choose(levels map[int]map[string]*value) {
	best := p.column[fieldLevel]
	if !worded(levels[best]) {
		for i := range p.columns {
			if worded(levels[i]) {
				p.columns[best].Field, p.columns[i].Field = "", string(fieldLevel)
				p.column[fieldLevel], best = i, i
				break
			}
		}
	}
	for _, v := range levels[best] {
		p.seen.values = append(p.seen.values, *v)
		p.seen.stars = max(p.seen.stars, v.stars)
	}
	slices.SortFunc(p.seen.values, func(a, b value) int {
		if a.rows != b.rows {
			return b.rows - a.rows
		}
		return strings.Compare(a.key, b.key)
	})
}

func worded(values map[string]*value) bool {
	words, all := 0, 0
	for _, v := range values {
		if all += v.rows; v.level > 0 {
			words += v.rows
		}
	}
	return words > 0 && 2*words >= all
}

// wider tells whether something stands in a row beyond its headings: a comma in a
// text without quotes moves what follows it.
func wider(p *part, r *sheet.Row) bool {
	for i := len(p.head.Headings); i < len(r.Cells); i++ {
		if strings.TrimSpace(r.Cells[i].Text) != "" {
			return true
		}
	}
	return false
}
