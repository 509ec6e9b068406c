package export

import (
	"io"
	"time"
)

// Matter is what came of a finding or a bad rating, in a file.
type Matter struct {
	ID                       uint64
	Source, Category         string // what it came from, and what it is about: of a visit its category, of a review its kind, of a rating its level
	Department, Item         string // code, name
	Severity, Fact           string
	Place, Handler, State    string
	SeenAt, OpenedAt         time.Time // of a visit or a rating; when the matter came up
	DueAt, RepliedAt, DoneAt time.Time
	Overdue                  bool
	LateSteps                int // steps that were taken after their deadlines
	Reply, Conclusion        string
}

// Matters writes matters.
func Matters(w io.Writer, f File, each Rows[Matter]) error {
	return write(w, f, "督办 matters", matterColumns, each)
}

// about is in whose words a matter's category stands, by its source.
var about = map[string]string{"visit": "visits.category", "review": "reviews.kind", "rating": "term.rating"}

// matterColumns: only ever add at the end.
var matterColumns = []column[Matter]{
	{"id", "编号", 8, func(m *Matter) any { return int(m.ID) }},
	{"source", "来源", 8, func(m *Matter) any { return term{"matters.source", m.Source} }},
	{"department", "部门", 14, func(m *Matter) any { return department(m.Department) }},
	{"item_name", "事项名称", 28, func(m *Matter) any { return m.Item }},
	{"category", "问题", 14, func(m *Matter) any { return term{about[m.Source], m.Category} }},
	{"severity", "程度", 8, func(m *Matter) any { return term{"visits.severity", m.Severity} }},
	{"fact", "情况", 50, func(m *Matter) any { return m.Fact }},
	{"place", "地点窗口", 18, func(m *Matter) any { return m.Place }},
	{"handler", "工作人员", 12, func(m *Matter) any { return m.Handler }},
	{"seen", "发生日期", 12, func(m *Matter) any { return date(m.SeenAt) }},
	{"opened_at", "登记时间", 20, func(m *Matter) any { return moment(m.OpenedAt) }},
	{"state", "进度", 16, func(m *Matter) any { return term{"matters.state", m.State} }},
	{"due_at", "期限", 20, func(m *Matter) any { return moment(m.DueAt) }},
	{"overdue", "已逾期", 8, func(m *Matter) any { return m.Overdue }},
	{"late_steps", "逾期办理次数", 8, func(m *Matter) any { return m.LateSteps }},
	{"replied_at", "部门答复时间", 20, func(m *Matter) any { return moment(m.RepliedAt) }},
	{"reply", "部门答复", 50, func(m *Matter) any { return m.Reply }},
	{"done_at", "办结时间", 20, func(m *Matter) any { return moment(m.DoneAt) }},
	{"conclusion", "结论", 50, func(m *Matter) any { return m.Conclusion }},
}
