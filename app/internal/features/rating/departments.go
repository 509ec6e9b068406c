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
	*codebook                   // their codes, by code and name
	called    map[string]string // a department's name, by code
}

// exactly is the department that a text is the name or the code of; empty: none.
func (n *names) exactly(text string) string { return n.find(text) }

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

// around is what stands around a department's name that is but the name of its place:
// 蚌埠市规划局审批科, 规划局窗口 3.
var around = regexp.MustCompile(`^(?:\p{Han}{0,8}(?:省|市|区|县|旗|州|镇|乡))?(?:驻|驻大厅)?\x00(?:驻?(?:\p{Han}{0,6}(?:大厅|中心|窗口|科|室|处|股|所|分局)))?[0-9]{0,4}号?(?:窗口)?$`)

// named are the departments that a cell names, by code.
func (w *whose) named(text string, n *names) []string {
	if code := n.exactly(text); code != "" {
		return []string{code}
	}
	all := n.within(text)
	if !w.prose || len(all) != 1 {
		if w.prose {
			return nil
		}
		return all
	}
	text = plain(text)
	for name, code := range n.code {
		if code == all[0] && strings.Contains(text, name) && around.MatchString(strings.Replace(text, name, "\x00", 1)) {
			return all
		}
	}
	return nil
}

// add looks at a cell.
func (w *whose) add(text string, n *names) {
	if _, way := channels[plain(text)]; way || text == "" {
		return
	}
	w.rows++
	known := w.named(text, n)
	for _, code := range known {
		if !slices.Contains(w.others, code) {
			w.others = append(w.others, code)
		}
	}
	if len(known) > 0 || w.called || !w.few && utf8.RuneCountInString(text) >= 2 && agency.MatchString(plain(text)) {
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
			if other := r.otherwise(x, code); other != "" {
				return "", words{fmt.Sprintf("两列部门不一致：“%s”和“%s”", cut(text), cut(other)), fmt.Sprintf("two columns of departments differ: “%s” and “%s”", cut(text), cut(other)), fieldDepartment}
			}
			return code, words{}
		}
		return "", r.noSuch(text)
	}
	// Whatever was chosen: a row that names another department is not booked to
	// the one that was, nor one of another's case. In a comment or as an applicant
	// another department may stand, once a person said that it is not whose rating it is.
	for i := range p.seen.columns {
		w := &p.seen.columns[i]
		if w.prose && r.none {
			continue
		}
		text := x.at(w.column)
		if all := w.named(text, r.names); len(all) > 0 && !slices.Contains(all, p.department) {
			return "", words{fmt.Sprintf("“%s”这一列写着“%s”，不是选定的“%s”", p.columns[w.column].Heading, cut(text), r.names.called[p.department]),
				fmt.Sprintf("in the column “%s” stands “%s”, not “%s” as you chose", p.columns[w.column].Heading, cut(text), r.names.called[p.department]), ""}
		}
	}
	if whose := r.cases[x.text(fieldCase)]; len(whose) > 0 && !slices.Contains(whose, p.department) {
		return "", words{fmt.Sprintf("办件“%s”是“%s”的，不是选定的“%s”的", cut(x.text(fieldCase)), r.names.called[whose[0]], r.names.called[p.department]),
			fmt.Sprintf("case “%s” is of “%s”, not of “%s” as you chose", cut(x.text(fieldCase)), r.names.called[whose[0]], r.names.called[p.department]), fieldCase}
	}
	return p.department, words{}
}

// otherwise is another department that a row names in a second column that is called
// the department's; empty: none.
func (r *reader) otherwise(x *row, code string) (text string) {
	for _, i := range x.seen.again {
		if other := r.names.one(x.at(i)); other != "" && other != code {
			return x.at(i)
		}
	}
	return ""
}

func (r *reader) noSuch(name string) words {
	if name == "" {
		return words{"没有填部门", "there is no department", fieldDepartment}
	}
	return words{fmt.Sprintf("没有部门“%s”，请用系统里的部门名称或代码", cut(name)), fmt.Sprintf("there is no department “%s”; use its name or code as the console has it", cut(name)), fieldDepartment}
}
