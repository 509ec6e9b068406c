package visit

import (
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Listed describes the list of visits. It names neither who made a visit nor the
// plan that it was of, which names who went.
var Listed = &list.List[Visit, struct{}]{
	Name: "visits", ZH: "暗访", EN: "Visits",
	Columns: []list.Column[Visit]{
		list.Number("id", "编号", "No.", 8, func(v *Visit) uint64 { return v.ID }),
		list.Department("department", "部门", "Department", 14, func(v *Visit) string { return v.Sheet.Department }),
		list.Word("mode", "方式", "How", 8, vocab.VisitModes, func(v *Visit) string { return v.Sheet.Mode }),
		list.Moment("arrived_at", "到达时间", "Arrived", 20, func(v *Visit) time.Time { return v.Sheet.ArrivedAt }),
		list.Moment("left_at", "离开时间", "Left", 20, func(v *Visit) time.Time { return v.Sheet.LeftAt }),
		list.Text("place", "地点", "Place", 18, func(v *Visit) string { return v.Sheet.Place }),
		list.Text("window", "窗口", "Window", 10, func(v *Visit) string { return v.Sheet.Window }),
		list.Text("item", "想办的事项", "What was tried", 24, func(v *Visit) string { return v.Sheet.Item }),
		list.Maybe("staff_present", "在岗人数", "Staff there", 8, func(v *Visit) *int { return v.Sheet.StaffPresent }),
		list.Maybe("staff_required", "应有人数", "Staff required", 8, func(v *Visit) *int { return v.Sheet.StaffRequired }),
		list.Word("badge", "工作牌", "Badge", 10, vocab.Badges, func(v *Visit) string { return v.Sheet.Badge }),
		list.Maybe("closed_sign", "有暂停办理牌", "“Closed” sign", 8, func(v *Visit) *bool { return v.Sheet.ClosedSign }),
		list.Maybe("wait_minutes", "等候（分钟）", "Waited (minutes)", 8, func(v *Visit) *int { return v.Sheet.WaitMinutes }),
		list.Maybe("attitude", "态度（1 差，5 好）", "Attitude (1 worst, 5 best)", 8, func(v *Visit) *int { return judged(v.Sheet.Attitude) }),
		list.Word("told_all_at_once", "一次说清材料", "Papers told at once", 12, vocab.ToldAtOnce, func(v *Visit) string { return v.Sheet.ToldAllAtOnce }),
		list.SomeWords("disclosed", "看到的公示", "Disclosures seen", 40, vocab.Disclosures, func(v *Visit) []string { return v.Sheet.Disclosed }),
		list.SomeWords("findings", "发现的问题", "Findings", 24, vocab.FindingCategories, categories),
		list.Flag("serious", "其中严重", "Serious ones", 8, serious),
		list.Text("facts", "看到的事实", "What was seen", 60, facts),
		list.Text("note", "说明", "Note", 40, func(v *Visit) string { return v.Sheet.Note }),
		list.Text("suggestion", "建议", "Suggestion", 40, func(v *Visit) string { return v.Sheet.Suggestion }),
		list.Text("supplements", "补充", "Added", 40, added),
		list.Number("photos", "照片", "Photographs", 8, photographs),
		list.Moment("filed_at", "提交时间", "Filed", 20, func(v *Visit) time.Time { return v.FiledAt }),
		list.Number("seq", "存证编号", "Journal no.", 10, func(v *Visit) uint64 { return v.Seq }),
	},
	Filters: []list.Filter[struct{}]{
		list.ByDepartment[struct{}](`department`),
		list.ByWords("mode", "方式", "Kind", vocab.VisitModes, list.In[struct{}](`mode`)),
		list.ByWords("finding", "发现的问题", "Finding", vocab.FindingCategories, func(w *store.Where, _ struct{}, g list.Given) error {
			any := &store.Where{}
			for _, category := range g.All {
				any.Add(`instr(found, ?) > 0`, ","+category+",")
			}
			w.Any(any)
			return nil
		}).Documented("with a finding of this category"),
		list.ByText("a visit's number, or part of what was written down", func(w *store.Where, _ struct{}, g list.Given) error {
			w.Add(`(id = ? OR instr(words, ?) > 0 OR id IN (SELECT visit FROM visit_supplements WHERE instr(text, ?) > 0))`, store.Number(g.Text), g.Text, g.Text)
			return nil
		}),
		list.ByTime[struct{}]("from", "to", "到达时间", "Arrived", "when it was made", `arrived_at`),
	},
}

// judged is a mark; nil: none was given.
func judged(mark int) *int {
	if mark == 0 {
		return nil
	}
	return &mark
}

func categories(v *Visit) (out []string) {
	for _, f := range v.Sheet.Findings {
		out = append(out, f.Category)
	}
	return out
}

func serious(v *Visit) bool {
	return slices.ContainsFunc(v.Sheet.Findings, func(f VisitFinding) bool { return f.Severity == "serious" })
}

func facts(v *Visit) string {
	var all []string
	for _, f := range v.Sheet.Findings {
		all = append(all, f.Fact)
	}
	return strings.Join(all, "\n")
}

func added(v *Visit) string {
	var all []string
	for _, s := range v.Supplements {
		all = append(all, s.Text)
	}
	return strings.Join(all, "\n")
}

func photographs(v *Visit) int {
	n := len(v.Photos)
	for _, s := range v.Supplements {
		n += len(s.Photos)
	}
	return n
}
