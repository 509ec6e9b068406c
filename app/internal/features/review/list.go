package review

import (
	"fmt"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Filed is a review in a file, without who reviewed.
type Filed struct {
	Row
	Answered int        // how many gave their verdicts
	Verdicts [3]Verdict // of the first, the second and the third who did, once it is decided
	Reasons  []string   // that they ticked
	Notes    string
}

// Listed describes the list of reviews.
var Listed = &list.List[Filed, struct{}]{
	Name: "reviews", ZH: "评议", EN: "Reviews",
	Columns: []list.Column[Filed]{
		list.Number("id", "编号", "No.", 8, func(r *Filed) uint64 { return r.ID }),
		list.Word("kind", "类别", "Kind", 14, vocab.ReviewKinds, func(r *Filed) Kind { return r.Kind }),
		list.Department("department", "部门", "Department", 14, func(r *Filed) string { return r.Department }),
		list.Text("item_name", "事项名称", "Item", 28, func(r *Filed) string { return r.ItemName }),
		list.Text("case_no", "办件编号", "Case", 24, func(r *Filed) string { return r.CaseNo }),
		list.Word("state", "进度", "State", 16, vocab.ReviewStates, func(r *Filed) string { return r.State }),
		list.Word("verdict", "结果", "Outcome", 10, vocab.Verdicts, func(r *Filed) Verdict { return r.Verdict }),
		list.Number("answered", "已评人数", "Answered", 8, func(r *Filed) int { return r.Answered }),
		list.Word("verdict_1", "监督员甲", "Reviewer 1", 10, vocab.Verdicts, func(r *Filed) Verdict { return r.Verdicts[0] }),
		list.Word("verdict_2", "监督员乙", "Reviewer 2", 10, vocab.Verdicts, func(r *Filed) Verdict { return r.Verdicts[1] }),
		list.Word("verdict_3", "监督员丙", "Reviewer 3", 10, vocab.Verdicts, func(r *Filed) Verdict { return r.Verdicts[2] }),
		list.SomeWords("reasons", "理由", "Reasons", 40, vocab.VerdictReasons, func(r *Filed) []string { return r.Reasons }),
		list.Text("notes", "补充说明", "Notes", 50, func(r *Filed) string { return r.Notes }),
		list.Moment("created_at", "交评时间", "Put up", 20, func(r *Filed) time.Time { return r.CreatedAt }),
		list.Moment("due_at", "期限", "Due", 20, func(r *Filed) time.Time { return r.DueAt }),
		list.Moment("done_at", "评定时间", "Decided", 20, func(r *Filed) time.Time { return r.DoneAt }),
		list.Reference("draw", "抽取编号", "Draw", 10, func(r *Filed) uint64 { return r.Draw }),
		list.Text("by_hand", "送评理由", "Put up because", 30, func(r *Filed) string { return r.Reason }),
	},
	Filters: []list.Filter[struct{}]{
		list.ByDepartment[struct{}](`department`),
		list.ByWords("kind", "类别", "Kind", vocab.ReviewKinds, list.In[struct{}](`kind`)),
		list.ByWords(byState, "进度", "State", vocab.ReviewStates, list.In[struct{}](`state`)),
		list.ByWords("verdict", "结果", "Outcome", vocab.Verdicts, list.In[struct{}](`verdict`)).Documented("of those that are decided"),
		list.ByText("a review's number, a case number's beginning, or part of an item's name", func(w *store.Where, _ struct{}, g list.Given) error {
			first, end := g.Text, store.PrefixEnd(g.Text)
			ofNumbers := fmt.Sprintf(`SELECT id FROM cases WHERE case_no >= ? AND case_no < ? LIMIT %d`, fewCases+1)
			w.Add(`(id = ?
				OR CASE WHEN (SELECT count(*) FROM (`+ofNumbers+`)) <= `+strconv.Itoa(fewCases)+` THEN case_id IN (`+ofNumbers+`)
					ELSE EXISTS (SELECT 1 FROM cases WHERE id = case_id AND case_no >= ? AND case_no < ?) END
				OR (department, item) IN (SELECT d.code, i.code FROM items i JOIN departments d ON d.id = i.dept WHERE instr(i.name, ?) > 0))`,
				store.Number(g.Text), first, end, first, end, first, end, g.Text)
			return nil
		}),
		list.ByTime[struct{}]("from", "to", "交评时间", "Put up", "when it was put up", `created_at`),
	},
}

// fewCases is up to how many cases are found first by what their numbers begin with;
// of more, as of the one letter that all begin with, each review's own is looked at.
var fewCases = 2000

const (
	byDepartment = "department"
	byState      = "state"
)
