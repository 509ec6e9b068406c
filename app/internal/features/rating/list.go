package rating

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// view is what filters ask besides the rows.
type view struct {
	first func() (string, []any, error) // see matter.FirstSteps
	finds store.Where                   // what an index finds the rows by: see store.Listing
}

// Listed describes the list of ratings, those given last first. Nobody who rated
// is named in it.
var Listed = &list.List[Rating, *view]{
	Name: "ratings", ZH: "好差评", EN: "Ratings", Fixed: true,
	Columns: []list.Column[Rating]{
		list.Number("id", "编号", "No.", 10, func(r *Rating) uint64 { return r.ID }),
		list.Department("department", "部门", "Department", 14, func(r *Rating) string { return r.Department }),
		list.Word("level", "满意度", "Level", 18, vocab.RatingLevels, func(r *Rating) string { return LevelWord(r.Level) }),
		list.Moment("rated_at", "评价时间", "Rated", 20, func(r *Rating) time.Time { return r.RatedAt }),
		list.Word("channel", "渠道", "Way", 10, vocab.Channels, func(r *Rating) string { return r.Channel }),
		list.Text("window", "窗口", "Window", 10, func(r *Rating) string { return r.Window }),
		list.Text("handler", "工作人员", "Staff", 12, func(r *Rating) string { return r.Handler }),
		list.Text("item", "事项编码", "Item code", 16, func(r *Rating) string { return r.Item }),
		list.Text("item_name", "事项名称", "Item", 28, func(r *Rating) string { return r.ItemName }),
		list.Text("case_no", "办件编号", "Case", 24, func(r *Rating) string { return r.CaseNo }),
		list.Text("reasons", "原因", "Ticked", 24, func(r *Rating) string { return strings.Join(r.Reasons, "；") }),
		list.Text("text", "意见", "Comment", 60, func(r *Rating) string { return r.Text }),
		list.Moment("contacted_at", "部门联系时间", "Contacted", 20, func(r *Rating) time.Time { return r.ContactedAt }),
		list.Text("contact_result", "联系结果", "Result", 40, func(r *Rating) string { return r.ContactResult }),
		list.Reference("matter", "督办编号", "Matter", 10, func(r *Rating) uint64 { return r.Matter }),
		list.Word("matter_state", "督办进度", "What came of it", 12, vocab.MatterStates, func(r *Rating) string { return r.MatterState }),
		list.Word("first_level", "部门首次报送的满意度", "First told by the department", 18, vocab.RatingLevels, func(r *Rating) string { return LevelWord(r.FirstLevel) }),
		list.Moment("rewritten_at", "部门改写时间", "Rewritten by the department", 20, func(r *Rating) time.Time { return r.RewrittenAt }),
		list.Word("called", "回访时本人说", "Said when called back", 18, vocab.CalledLevels, func(r *Rating) string { return r.Called }),
		list.Word("counts", "计入统计的满意度", "Counted as", 18, vocab.RatingLevels, func(r *Rating) string { return LevelWord(r.Counts()) }),
		list.Moment("contact_told_at", "联系情况报来时间（迟报）", "Contact told late", 20, func(r *Rating) time.Time { return r.ContactTold }),
	},
	Filters: []list.Filter[*view]{
		{Parameter: list.ByDepartment[*view](``).Parameter, Where: func(w *store.Where, _ *view, g list.Given) error {
			w.Add(`r.dept = (SELECT id FROM departments WHERE code = ?)`, g.Text)
			return nil
		}},
		{Parameter: list.Parameter{Name: "case_id", ZH: "办件", EN: "Case", Sort: list.Count}, Where: func(w *store.Where, _ *view, g list.Given) error {
			id, _ := strconv.ParseInt(g.Text, 10, 64) // it was read when the question came
			w.If(id > 0, `r.case_no <> '' AND (r.case_no, r.dept) = (SELECT case_no, dept FROM cases WHERE id = ?)`, id)
			return nil
		}},
		list.ByWords("level", "满意度", "Level", vocab.RatingLevels, func(w *store.Where, v *view, g list.Given) error {
			levels := make([]string, len(g.All))
			for i, word := range g.All {
				levels[i] = strconv.Itoa(LevelOf(word))
			}
			v.counting(w, `IN (`+strings.Join(levels, ", ")+`)`)
			return nil
		}),
		list.ByFlag("bad", "差评", "Bad ratings", func(w *store.Where, v *view) error {
			v.counting(w, fmt.Sprintf(`> %d`, Content))
			return nil
		}).Documented("of the two worst levels"),
		list.ByFlag("rewritten", "部门改写过", "Rewritten by the department", func(w *store.Where, _ *view) error {
			w.Add(`r.rewritten_at > 0`)
			return nil
		}).Documented("whose department later told another level, text, time or rater"),
		list.ByFlag("waiting", "待联系", "To be contacted", func(w *store.Where, _ *view) error {
			w.Add(`r.id IN (SELECT source_id FROM ` + matter.At(matter.Rating, matter.Contact) + `)`)
			return nil
		}).Documented("whose rater is to be contacted"),
		list.ByFlag("late", "逾期联系", "Contacted late", func(w *store.Where, v *view) error {
			first, args, err := v.first()
			w.Add(`r.id IN (SELECT source_id FROM `+first+` WHERE late)`, args...)
			return err
		}).Documented("whose rater was contacted after more than one working day, or waits and it is past (V25)"),
		list.ByText("part of what was written or ticked, or a case number's beginning", func(w *store.Where, v *view, g list.Given) error {
			w.Add(`(instr(r.text, ?) > 0 OR substr(r.case_no, 1, length(?)) = ? OR `+ticked(`r.reasons`)+`)`, g.Text, g.Text, g.Text, g.Text)
			v.finds.Add(`(r.id IN (SELECT id FROM ratings WHERE text <> '' AND instr(text, ?) > 0)
				OR r.id IN (SELECT id FROM ratings WHERE `+ticked(`reasons`)+`) OR r.case_no <> '' AND r.case_no >= ? AND r.case_no < ?)`,
				g.Text, g.Text, g.Text, store.PrefixEnd(g.Text))
			return nil
		}),
		list.ByTime[*view]("from", "to", "评价时间", "Rated", "", `r.rated_at`),
	},
	Refuse: func(ctx context.Context, ask list.Ask) error { return access.From(ctx).Sees(ask.Text("department")) },
}

// ticked asks of a list in JSON whether a word stands in what it lists.
func ticked(list string) string {
	return list + ` <> '[]' AND EXISTS (SELECT 1 FROM json_each(` + list + `) WHERE instr(value, ?) > 0)`
}

// counting narrows to ratings that count for some levels: of those whose raters were
// called back, who are few, to what they said. To SQLite +column is the same value
// without an index.
func (v *view) counting(w *store.Where, levels string) {
	told := &store.Where{}
	told.Add(`+r.counted ` + levels)
	told.Add(`r.id NOT IN (SELECT rating FROM rating_called)`)
	w.Or(`+r.id IN (SELECT rating FROM rating_called WHERE level `+levels+`)`, told)
	v.finds.Add(`(r.counted ` + levels + ` OR r.id IN (SELECT rating FROM rating_called))`)
}

// kept is what somebody asks for, kept to the department whose ratings they see.
func kept(who access.Principal, ask list.Ask) (list.Ask, error) {
	department := ask.Text("department")
	if err := who.Within(&department); err != nil || department == "" {
		return ask, err
	}
	return ask.With("department", department), nil
}
