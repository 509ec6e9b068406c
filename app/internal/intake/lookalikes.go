package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/lookalike"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Two cases that look the same are one to everybody who reads them: the clock of one
// may stand while the other is shown. So no case begins under a number that looks like
// another's, or that hides what it is behind a letter of another script or a
// character that does not show. Its records wait in the quarantine, which names the
// character. Nothing is put right in silence, since a number is what a case is known
// by; and what a folder knows already by such a number stays known by it.

// alike is why no case may begin under a number, nor a report or a rating name it
// that no case has; nil where it may. d is its department.
func (p *projector) alike(d *department, no string) (*refusal, error) {
	if m, ok := lookalike.TextMark(no); ok {
		zh, en := m.Words()
		return &refusal{"lookalike_case_no",
			fmt.Sprintf("办件编号 %q 前面带着表格软件的文本标记：%s。请部门去掉它后重新报送。", shortened(no), zh),
			fmt.Sprintf("Case number %q has a spreadsheet's mark of texts before it: %s. Ask the department to take it away and to send the record again.", shortened(no), en)}, nil
	}
	if m, ok := lookalike.First(no); ok {
		zh, en := m.Words()
		return &refusal{"lookalike_case_no",
			fmt.Sprintf("办件编号 %q 与看上去的不同：%s。请部门改为实际的编号后重新报送。", shortened(no), zh),
			fmt.Sprintf("Case number %q is not what it looks like: %s. Ask the department to write the number as it is and to send the record again.", shortened(no), en)}, nil
	}
	skeleton := lookalike.Skeleton(no)
	other, err := p.w.Lookalike(d.row.ID, skeleton)
	if err != nil {
		return nil, err
	}
	if other == "" && skeleton != no {
		e, err := p.find(d, skeleton)
		if err != nil {
			return nil, err
		}
		if e != nil {
			other = skeleton
		}
	}
	if other == "" {
		return nil, nil
	}
	zh, en := between(no, other)
	return &refusal{"lookalike_case_no",
		fmt.Sprintf("办件编号 %q 与该部门已有的办件 %q 看上去相同：%s。同一办件请部门用同一编号报送；确是两件的，请改用分得清的编号。", shortened(no), shortened(other), zh),
		fmt.Sprintf("Case number %q looks like %q, which the department has already: %s. Ask the department to use one number for one case, and numbers that can be told apart for two.", shortened(no), shortened(other), en)}, nil
}

// between names the character that tells two codes of one look apart.
func between(code, other string) (zh, en string) {
	if code == lookalike.Skeleton(code) {
		zh, en = lookalike.Differ(other, code).Words()
		return "已有的" + zh, "there " + en
	}
	return lookalike.Differ(code, other).Words()
}

// unknownItem is unknownItem of a department, which may have one that looks alike.
func (p *projector) unknownItem(d *department, code string) *refusal {
	f := unknownItem(code)
	s := lookalike.Skeleton(code)
	if s == code || d.items[s] == nil {
		return f
	}
	zh, en := lookalike.Differ(code, s).Words()
	f.zh += fmt.Sprintf("清单里的 %q 与它看上去相同：%s。", shortened(s), zh)
	f.en += fmt.Sprintf(" %q on the list looks the same: %s.", shortened(s), en)
	return f
}

// noteLook notes what a case's number looks like, where that is not the number.
func (p *projector) noteLook(d *department, no string) error {
	if s := lookalike.Skeleton(no); s != no {
		return p.w.PutLookalike(d.row.ID, s, no)
	}
	return nil
}

// enterLooks enters the cases that a folder held before they were noted.
func (p *projector) enterLooks() error {
	type of struct {
		dept int64
		no   string
	}
	var all []of
	if err := p.w.OddCases(func(dept int64, no string) error {
		all = append(all, of{dept, no})
		return nil
	}); err != nil {
		return err
	}
	for _, c := range all {
		if s := lookalike.Skeleton(c.no); s != c.no {
			if err := p.w.PutLookalike(c.dept, s, c.no); err != nil {
				return err
			}
		}
	}
	return p.w.LookalikesEntered()
}

// looks checks that the table of what numbers look like is what the cases give.
func (v *verifier) looks() error {
	type of struct {
		dept     int64
		skeleton string
		no       string
	}
	lacking, err := v.tx.LooksLacking()
	if err != nil || lacking { // no newer program has opened the folder yet
		return err
	}
	want := map[of]bool{}
	if err := v.tx.OddCases(func(dept int64, no string) error {
		if s := lookalike.Skeleton(no); s != no {
			want[of{dept, s, no}] = true
		}
		return nil
	}); err != nil {
		return err
	}
	if err := v.tx.Lookalikes(func(dept int64, skeleton, no string) error {
		c := of{dept, skeleton, no}
		if !want[c] {
			v.differ(0, "case_lookalikes", fmt.Sprintf("形似编号表里多了 %s：没有这样的办件。", no), fmt.Sprintf("The table of numbers that look alike has %s, which is no such case.", no))
		}
		delete(want, c)
		return nil
	}); err != nil {
		return err
	}
	if missing := slices.SortedFunc(maps.Keys(want), func(a, b of) int { return strings.Compare(a.no, b.no) }); len(missing) > 0 {
		v.differ(0, "case_lookalikes", fmt.Sprintf("形似编号表里少了 %s。", missing[0].no), fmt.Sprintf("The table of numbers that look alike lacks %s.", missing[0].no))
	}
	return nil
}

// distinct refuses a catalogue that brings a department or an item whose code is not
// what it looks like, or looks like another's. What is known already stays.
func (p *projector) distinct(deps []*pb.Department, items []*pb.Item) error {
	codes := map[string]string{} // by their looks
	for code := range p.reg.byCode {
		codes[lookalike.Skeleton(code)] = code
	}
	for _, m := range deps {
		if p.reg.byCode[m.Code] != nil {
			continue
		}
		if err := distinctCode("部门代码", "department code", m.Code, codes); err != nil {
			return err
		}
	}
	of := map[string]map[string]string{} // by department
	for _, m := range items {
		d := p.reg.byCode[m.Department]
		if d != nil && d.items[m.Code] != nil {
			continue
		}
		if of[m.Department] == nil {
			of[m.Department] = map[string]string{}
			if d != nil {
				for code := range d.items {
					of[m.Department][lookalike.Skeleton(code)] = code
				}
			}
		}
		if err := distinctCode("事项编码", "item code", m.Code, of[m.Department]); err != nil {
			return err
		}
	}
	return nil
}

func distinctCode(what, whatEN, code string, taken map[string]string) error {
	if m, ok := lookalike.First(code); ok {
		zh, en := m.Words()
		return unfit(what, whatEN, code, "与看上去的不同："+zh, "is not what it looks like: "+en)
	}
	s := lookalike.Skeleton(code)
	if other, found := taken[s]; found && other != code {
		zh, en := between(code, other)
		return unfit(what, whatEN, code, fmt.Sprintf("与 %q 看上去相同：%s", shortened(other), zh), fmt.Sprintf("looks like %q: %s", shortened(other), en))
	}
	taken[s] = code
	return nil
}
