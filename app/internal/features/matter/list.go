package matter

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Filed is a matter in a file, as the person who asks may see it.
type Filed struct {
	*Matter
	ItemName  string
	DueAt     time.Time // zero once it is done
	BegunOn   string    // of a rating that came late: the day from which its first deadline runs
	Overdue   bool
	LateSteps int // steps that were taken after their deadlines
}

// byDue is the order of deadlines.
const byDue = "due"

// Listed describes the list of matters.
var Listed = &list.List[Filed, *view]{
	Name: "matters", ZH: "督办", EN: "matters",
	Columns: []list.Column[Filed]{
		list.Number("id", "编号", "No.", 8, func(m *Filed) uint64 { return m.ID }),
		list.Word("source", "来源", "Source", 8, vocab.MatterSources, func(m *Filed) Source { return m.Source }),
		list.Department("department", "部门", "Department", 14, func(m *Filed) string { return m.Department }),
		list.Text("item_name", "事项名称", "Item", 28, func(m *Filed) string { return m.ItemName }),
		list.WordOf("category", "问题", "Problem", 14, func(m *Filed) (*vocab.Vocabulary, string) { return categories[m.Source], m.Category }),
		list.Word("severity", "程度", "Severity", 8, vocab.Severities, func(m *Filed) string { return m.Severity }),
		list.Text("fact", "情况", "What was seen", 50, func(m *Filed) string { return m.Fact }),
		list.Text("place", "地点窗口", "Place and window", 18, func(m *Filed) string { return m.Place }),
		list.Text("handler", "工作人员", "Handler", 12, func(m *Filed) string { return m.Handler }),
		list.Day("seen", "发生日期", "Seen on", 12, func(m *Filed) time.Time { return m.SeenAt }),
		list.Moment("opened_at", "登记时间", "Came up", 20, func(m *Filed) time.Time { return m.OpenedAt }).By("opened"),
		list.Word("state", "进度", "State", 16, vocab.MatterStates, func(m *Filed) string { return m.State }),
		list.Moment("due_at", "期限", "Due", 20, func(m *Filed) time.Time { return m.DueAt }).By(byDue),
		list.Flag("overdue", "已逾期", "Overdue", 8, func(m *Filed) bool { return m.Overdue }),
		list.Number("late_steps", "逾期办理次数", "Late steps", 8, func(m *Filed) int { return m.LateSteps }),
		list.Moment("replied_at", "部门答复时间", "Replied", 20, func(m *Filed) time.Time { _, at := m.Reply(); return at }),
		list.Text("reply", "部门答复", "Reply", 50, func(m *Filed) string { reply, _ := m.Reply(); return reply }),
		list.Moment("done_at", "办结时间", "Closed", 20, func(m *Filed) time.Time { _, at := m.Conclusion(); return at }),
		list.Text("conclusion", "结论", "Conclusion", 50, func(m *Filed) string { conclusion, _ := m.Conclusion(); return conclusion }),
		list.Text("begun_on", "迟到评价起算日", "Runs from, as it came late", 14, func(m *Filed) string { return m.BegunOn }),
	},
	Filters: []list.Filter[*view]{
		list.ByDepartment[*view](`m.department`),
		list.ByWords("source", "来源", "Source", vocab.MatterSources, list.In[*view](`m.source`)),
		list.ByWords("state", "进度", "State", vocab.MatterStates, func(w *store.Where, v *view, g list.Given) error {
			w.In(v.state, g.All)
			return nil
		}).Documented("as the person who asks sees it"),
		list.ByFlag("open", "未办结", "Open", func(w *store.Where, _ *view) error { w.Add(`m.done = 0`); return nil }).Documented("not closed yet"),
		list.ByFlag("overdue", "已逾期", "Overdue", func(w *store.Where, v *view) error { w.Add(v.overdue()); return nil }),
		list.ByFlag("soon", "即将到期", "Due soon", func(w *store.Where, v *view) error { w.Add(v.soon()); return nil }).
			Documented("not overdue, and due by the end of the next working day"),
		list.ByFlag("waiting", "等我处理", "Waiting for me", func(w *store.Where, v *view) error { w.Add(v.waiting()); return nil }).
			Documented("for the person who asks"),
		// What somebody restricted looks for is looked for in what they read, and not in
		// what they may not.
		list.ByText("a matter's number, or part of the fact, the place or the handler", func(w *store.Where, v *view, g list.Given) error {
			w.Add(`(m.id = ? OR instr(`+v.fact+`, ?) > 0 OR instr(m.place, ?) > 0 OR instr(m.handler, ?) > 0)`, store.Number(g.Text), g.Text, g.Text, g.Text)
			return nil
		}),
		list.ByTime[*view]("from", "to", "登记时间", "Came up", "when it came up", `m.opened_at`),
	},
	Orders: []list.Order{{Name: "opened", ZH: "登记时间", EN: "Came up"}, {Name: byDue, ZH: "期限", EN: "Due", Doc: "due lists open matters only"}},
}

// categories are in whose words a matter's category stands.
var categories = map[Source]*vocab.Vocabulary{Visit: vocab.FindingCategories, Review: vocab.ReviewKinds, Rating: vocab.RatingLevels}
