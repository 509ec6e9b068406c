package export

import (
	"io"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// Visits writes visits, without who made them nor of which plan they were, which
// names who went.
func Visits(w io.Writer, f File, each Rows[volunteers.Visit]) error {
	return write(w, f, "暗访 visits", visitColumns, each)
}

// visitColumns: only ever add at the end.
var visitColumns = []column[volunteers.Visit]{
	{"id", "编号", 8, func(v *volunteers.Visit) any { return int(v.ID) }},
	{"department", "部门", 14, func(v *volunteers.Visit) any { return department(v.Sheet.Department) }},
	{"mode", "方式", 8, func(v *volunteers.Visit) any { return term{"visits.mode", v.Sheet.Mode} }},
	{"arrived_at", "到达时间", 20, func(v *volunteers.Visit) any { return moment(v.Sheet.ArrivedAt) }},
	{"left_at", "离开时间", 20, func(v *volunteers.Visit) any { return moment(v.Sheet.LeftAt) }},
	{"place", "地点", 18, func(v *volunteers.Visit) any { return v.Sheet.Place }},
	{"window", "窗口", 10, func(v *volunteers.Visit) any { return v.Sheet.Window }},
	{"item", "想办的事项", 24, func(v *volunteers.Visit) any { return v.Sheet.Item }},
	{"staff_present", "在岗人数", 8, func(v *volunteers.Visit) any { return maybe(v.Sheet.StaffPresent) }},
	{"staff_required", "应有人数", 8, func(v *volunteers.Visit) any { return maybe(v.Sheet.StaffRequired) }},
	{"badge", "工作牌", 10, func(v *volunteers.Visit) any { return term{"visits.badge", v.Sheet.Badge} }},
	{"closed_sign", "有暂停办理牌", 8, func(v *volunteers.Visit) any { return maybe(v.Sheet.ClosedSign) }},
	{"wait_minutes", "等候（分钟）", 8, func(v *volunteers.Visit) any { return maybe(v.Sheet.WaitMinutes) }},
	{"attitude", "态度（1 差，5 好）", 8, func(v *volunteers.Visit) any { return judged(v.Sheet.Attitude) }},
	{"told_all_at_once", "一次说清材料", 12, func(v *volunteers.Visit) any { return term{"visits.told", v.Sheet.ToldAllAtOnce} }},
	{"disclosed", "看到的公示", 40, func(v *volunteers.Visit) any { return terms{"visits.disclosed", v.Sheet.Disclosed} }},
	{"findings", "发现的问题", 24, func(v *volunteers.Visit) any { return terms{"visits.category", categories(v)} }},
	{"serious", "其中严重", 8, func(v *volunteers.Visit) any { return serious(v) }},
	{"facts", "看到的事实", 60, func(v *volunteers.Visit) any { return facts(v) }},
	{"note", "说明", 40, func(v *volunteers.Visit) any { return v.Sheet.Note }},
	{"suggestion", "建议", 40, func(v *volunteers.Visit) any { return v.Sheet.Suggestion }},
	{"supplements", "补充", 40, func(v *volunteers.Visit) any { return supplements(v) }},
	{"photos", "照片", 8, func(v *volunteers.Visit) any { return photos(v) }},
	{"filed_at", "提交时间", 20, func(v *volunteers.Visit) any { return moment(v.FiledAt) }},
	{"seq", "账簿编号", 10, func(v *volunteers.Visit) any { return int(v.Seq) }},
}

// maybe is what was looked at.
func maybe[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

// judged is a mark; 0: none was given.
func judged(mark int) any {
	if mark == 0 {
		return nil
	}
	return mark
}

func categories(v *volunteers.Visit) (out []string) {
	for _, f := range v.Sheet.Findings {
		out = append(out, f.Category)
	}
	return out
}

func serious(v *volunteers.Visit) bool {
	return slices.ContainsFunc(v.Sheet.Findings, func(f volunteers.VisitFinding) bool { return f.Severity == "serious" })
}

func facts(v *volunteers.Visit) string {
	var all []string
	for _, f := range v.Sheet.Findings {
		all = append(all, f.Fact)
	}
	return strings.Join(all, "\n")
}

func supplements(v *volunteers.Visit) string {
	var all []string
	for _, s := range v.Supplements {
		all = append(all, s.Text)
	}
	return strings.Join(all, "\n")
}

func photos(v *volunteers.Visit) int {
	n := len(v.Photos)
	for _, s := range v.Supplements {
		n += len(s.Photos)
	}
	return n
}
