package rating

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// names are what departments are called.
type names struct {
	code   map[string]string // by code and name without what does not tell them apart
	called map[string]string // a department's name, by code
}

// exactly is the department that a text is the name or the code of; empty: none.
func (n *names) exactly(text string) string { return n.code[plain(text)] }

// within are the departments whose names stand in a text, by code. A name within
// the name of another that stands there is that other's.
func (n *names) within(text string) []string {
	text = plain(text)
	var found []string // names
	for name := range n.code {
		if utf8.RuneCountInString(name) >= 2 && strings.ContainsFunc(name, func(r rune) bool { return r > 0x2E80 }) && strings.Contains(text, name) {
			found = append(found, name)
		}
	}
	var out []string
	for _, name := range found {
		if !slices.ContainsFunc(found, func(o string) bool { return o != name && strings.Contains(o, name) }) && !slices.Contains(out, n.code[name]) {
			out = append(out, n.code[name])
		}
	}
	slices.Sort(out)
	return out
}

// one is the department that a text names, by itself or within more words; empty:
// none, or several.
func (n *names) one(text string) string {
	if code := n.exactly(text); code != "" {
		return code
	}
	if all := n.within(text); len(all) == 1 {
		return all[0]
	}
	return ""
}

// agency is how names of agencies end.
var agency = regexp.MustCompile(`(?:局|委|委员会|办|办公室|厅|署|中心|院|所|处|集团|公司|大队|支队|队|街道|社区|银行|协会)$`)

const mostExamples = 8

// add looks at a cell. A window's name says a department only by that of one.
func (w *whose) add(text string, n *names, window bool) {
	if text == "" {
		return
	}
	w.rows++
	known := n.within(text)
	if code := n.exactly(text); code != "" {
		known = []string{code}
	}
	for _, code := range known {
		if !slices.Contains(w.others, code) {
			w.others = append(w.others, code)
		}
	}
	if len(known) > 0 || !window && utf8.RuneCountInString(text) >= 2 && agency.MatchString(plain(text)) {
		if w.agency++; len(w.values) < mostExamples && !slices.Contains(w.values, text) {
			w.values = append(w.values, text)
		}
	}
}

// notAny is what a person says of columns that look like departments' and are not.
const notAny = "-"

// whoseRows finds out which department a sheet's rows are of, where no column is
// called so. Nothing is guessed: ask is what a person must say first.
func (p *part) whoseRows(f *File, n *names) (ask words) {
	if p.has(fieldDepartment) {
		return words{}
	}
	if f.DepartmentColumn != "" && f.DepartmentColumn != notAny {
		for i, c := range p.columns {
			if c.Heading == f.DepartmentColumn {
				p.whose = i
				return words{}
			}
		}
	}
	p.department = f.Department
	if code := n.one(p.name); code != "" {
		p.department, p.byName = code, true
	}
	sure := f.DepartmentColumn == notAny
	for _, w := range p.seen.columns {
		heading := p.columns[w.column].Heading
		other := slices.ContainsFunc(w.others, func(code string) bool { return code != p.department })
		foreign := slices.ContainsFunc(w.values, func(v string) bool { return !n.alike(v, p.department) })
		if !sure && (other || foreign) {
			return words{fmt.Sprintf("“%s”这一列像是部门：%s。请选定它是不是被评价的部门", heading, strings.Join(w.values, "、")),
				fmt.Sprintf("The column “%s” looks like departments: %s. Say whether it is the department that was rated", heading, strings.Join(w.values, ", ")), fieldDepartment}
		}
	}
	if p.department == "" {
		return words{"没有部门这一列，请先选定评的是哪个部门", "There is no column of departments; choose the department that was rated first", fieldDepartment}
	}
	if p.byName || sure {
		return words{}
	}
	for _, at := range []struct{ zh, en, text string }{{"表头上方", "Above the headings", strings.Join(p.head.Above, " ")}, {"文件名里", "In the file's name", f.Name}} {
		all := n.within(at.text)
		if len(all) > 0 && !slices.Contains(all, p.department) {
			return words{fmt.Sprintf("%s写着“%s”，与选定的“%s”不同。请核对", at.zh, n.called[all[0]], n.called[p.department]),
				fmt.Sprintf("%s stands “%s”, and you chose “%s”. Check it", at.en, n.called[all[0]], n.called[p.department]), fieldDepartment}
		}
	}
	return words{}
}

// alike tells whether a text is a department's name, in full or in part: 市规划局 is
// 规划局.
func (n *names) alike(text, code string) bool {
	a, b := plain(text), plain(n.called[code])
	return n.exactly(text) == code || b != "" && (strings.Contains(a, b) || utf8.RuneCountInString(a) >= 2 && strings.Contains(b, a))
}

// departmentOf is the department of a row.
func (r *reader) departmentOf(x *row) (string, words) {
	p := x.part
	if p.ask.zh != "" {
		return "", p.ask
	}
	if p.whose >= 0 {
		text := x.at(p.whose)
		if code := r.names.one(text); code != "" {
			return code, words{}
		}
		return "", r.noSuch(text)
	}
	if p.has(fieldDepartment) {
		text := x.text(fieldDepartment)
		if code := r.names.exactly(text); code != "" {
			return code, words{}
		}
		return "", r.noSuch(text)
	}
	// Whatever was chosen: a row that names another department is not booked to
	// the one that was.
	for _, w := range p.seen.columns {
		text := x.at(w.column)
		if all := r.names.within(text); len(all) > 0 && !slices.Contains(all, p.department) {
			return "", words{fmt.Sprintf("“%s”这一列写着“%s”，不是选定的“%s”", p.columns[w.column].Heading, cut(text), r.names.called[p.department]),
				fmt.Sprintf("in the column “%s” stands “%s”, not “%s” as you chose", p.columns[w.column].Heading, cut(text), r.names.called[p.department]), ""}
		}
	}
	return p.department, words{}
}

func (r *reader) noSuch(name string) words {
	if name == "" {
		return words{"没有填部门", "there is no department", fieldDepartment}
	}
	return words{fmt.Sprintf("没有部门“%s”，请用系统里的部门名称或代码", cut(name)), fmt.Sprintf("there is no department “%s”; use its name or code as the console has it", cut(name)), fieldDepartment}
}
