package casefile

import (
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// FindingList describes the list of irregularities, each with its grounds.
var FindingList = &list.List[Finding, *narrowing]{
	Name: "findings", ZH: "异常", EN: "Findings",
	Columns: []list.Column[Finding]{
		list.Text("id", "编号", "No.", 20, func(f *Finding) string { return f.ID }),
		list.Text("case_no", "办件编号", "Case no.", 24, func(f *Finding) string { return f.CaseNo }),
		list.Department("department", "部门", "Department", 14, func(f *Finding) string { return f.Department }),
		list.Text("item", "事项编码", "Item code", 16, func(f *Finding) string { return f.ItemCode }),
		list.Text("item_name", "事项名称", "Item", 28, func(f *Finding) string { return f.ItemName }),
		list.Text("rule", "规则", "Rule", 8, func(f *Finding) string { return f.Rule }),
		list.Text("key", "区别", "Key", 8, func(f *Finding) string { return f.Key }),
		list.Text("name_zh", "异常", "Finding (Chinese)", 18, func(f *Finding) string { return f.NameZH }),
		list.Text("name_en", "异常（英文）", "Finding", 24, func(f *Finding) string { return f.NameEN }),
		list.Word("level", "级别", "Level", 8, vocab.Levels, func(f *Finding) string { return f.Level }),
		list.Word("state", "状态", "State", 12, vocab.FindingStates, func(f *Finding) string { return f.State }),
		list.Moment("raised_at", "成立时间", "Established", 20, func(f *Finding) time.Time { return f.RaisedAt }),
		list.Moment("settled_at", "了结时间", "Settled", 20, func(f *Finding) time.Time { return f.SettledAt }),
		list.Text("basis_zh", "依据", "Basis (Chinese)", 40, func(f *Finding) string { return f.BasisZH }),
		list.Text("basis_en", "依据（英文）", "Basis", 40, func(f *Finding) string { return f.BasisEN }),
		list.Text("words_zh", "说明", "Arithmetic (Chinese)", 60, func(f *Finding) string { return f.WordsZH }),
		list.Text("words_en", "说明（英文）", "Arithmetic", 60, func(f *Finding) string { return f.WordsEN }),
		list.Text("evidence", "证据（存证编号）", "Evidence (journal numbers)", 20, func(f *Finding) string { return numbers(f.Evidence) }),
	},
	Sheet: []string{"case_no", "level", "department", "item_name", "rule", "name_zh", "state", "raised_at", "settled_at", "words_zh", "basis_zh", "evidence", "item"},
	Filters: []list.Filter[*narrowing]{
		byDepartment("f.dept"),
		{Parameter: list.Parameter{Name: "rule", ZH: "规则", EN: "Rule", Sort: list.Choice, Several: true, Most: 8, Doc: "such as V02"}, Where: func(w *store.Where, s *narrowing, g list.Given) error {
			w.In(s.beside("f.rule"), g.All)
			return nil
		}},
		offering(byWords("level", "级别", "Level", vocab.Levels, "f.level", store.Levels), "review", "data", "warn", "yellow", "red"),
		byWords("state", "状态", "State", vocab.FindingStates, "f.state", store.FindingStates),
		list.ByFlag("open", "在办件", "Open cases", func(w *store.Where, s *narrowing) error {
			w.Add(s.beside("f.open") + " = 1") // its case is
			return nil
		}),
		list.ByPhrase("a case number's beginning", byFindingsCaseNo),
		{Parameter: list.Parameter{Name: "case_id", ZH: "办件", EN: "Case", Sort: list.Count}, Where: func(w *store.Where, _ *narrowing, g list.Given) error {
			if id, _ := strconv.ParseInt(g.Text, 10, 64); id != 0 {
				w.Add("f.case_id = ?", id)
			}
			return nil
		}},
		{Parameter: list.ByTime[*narrowing]("raised_from", "raised_to", "成立时间", "Established", "", "").Parameter, Where: func(w *store.Where, s *narrowing, g list.Given) error {
			column := "f.raised_at"
			if s.few {
				column = "+" + column
			}
			w.Span(column, g.From, g.To)
			return nil
		}},
	},
}

// mostCases is up to how many cases their findings are looked for one by one.
const mostCases = 1000

// fewCases tells whether findings are asked for of so few cases that they are found by
// these, and by nothing else that the list is narrowed by.
func (v *View) fewCases(a list.Ask) (bool, error) {
	if id, _ := strconv.ParseInt(a.Text("case_id"), 10, 64); id != 0 {
		return true, nil
	}
	text := strings.TrimSpace(a.Text("text"))
	if text == "" {
		return false, nil
	}
	return v.fewNumbers(text)
}

// fewNumbers tells whether few cases' numbers begin with a text.
func (v *View) fewNumbers(text string) (bool, error) {
	var n int
	err := v.tx.QueryRowContext(v.ctx, `SELECT count(*) FROM (SELECT 1 FROM cases WHERE case_no >= ? AND case_no < ? LIMIT ?)`,
		text, store.PrefixEnd(text), mostCases+1).Scan(&n)
	return n <= mostCases, err
}

// byFindingsCaseNo narrows to findings of cases whose numbers have a beginning. The
// findings of a few cases are found by these; of many, a page of them is found
// sooner in the list's order.
func byFindingsCaseNo(w *store.Where, s *narrowing, g list.Given) error {
	few := s.few
	if !few { // a file of them is asked for, or there are many
		var err error
		if few, err = s.fewCases(list.Asking("text", g.Text)); err != nil {
			return err
		}
	}
	if few {
		w.Add("f.case_id IN (SELECT id FROM cases WHERE case_no >= ? AND case_no < ?)", g.Text, store.PrefixEnd(g.Text))
	} else {
		w.Add("c.case_no >= ? AND c.case_no < ?", g.Text, store.PrefixEnd(g.Text))
	}
	return nil
}

// offering offers some words of a choice.
func offering(f list.Filter[*narrowing], words ...string) list.Filter[*narrowing] {
	f.Only = words
	return f
}

// numbers lists journal numbers in one cell.
func numbers(all []uint64) string {
	words := make([]string, len(all))
	for i, n := range all {
		words[i] = strconv.FormatUint(n, 10)
	}
	return strings.Join(words, " ")
}

// Findings lists irregularities, newest first unless it is asked otherwise.
func (v *View) Findings(a list.Ask) (store.Page[Finding], error) {
	a, err := v.withoutNumbersOfAll(a)
	if err != nil {
		return store.Page[Finding]{}, err
	}
	few, err := v.fewCases(a)
	if err != nil {
		return store.Page[Finding]{}, err
	}
	w, n, err := narrowed(v, FindingList, a, few, false)
	if err != nil {
		return store.Page[Finding]{}, err
	}
	l := store.Listing{Columns: findingColumns, From: findingTables, Counted: "findings f", Order: findingOrder(a)}
	if a.Text("text") != "" {
		l.Counted = l.From
	}
	l.Sorts = !v.aligned(a, "raised_", "level", "open", "rule", "state")
	if kinds, ok := kindsOf(a, "text", "case_id", "raised_from", "raised_to"); ok {
		if w, err = findingsByKind(v, &l, kinds); err != nil {
			return store.Page[Finding]{}, err
		}
	}
	return store.List(v.ctx, v.tx, l, w, a.At, scanFinding(n))
}

// findingOrder is the order in which the list shows findings.
func findingOrder(a list.Ask) string {
	dir := store.Direction(a.Ascending)
	return "f.raised_at" + dir + ", f.rowid" + dir
}

// EachFinding calls each with every irregularity that is asked for: as the list
// shows them where that is asked for, else oldest first; by case, rule and key
// within a moment, so that the same data always gives the same file.
func (v *View) EachFinding(a list.Ask, each func(*Finding) error) error {
	w, n, err := narrow(v, FindingList, a)
	if err != nil {
		return err
	}
	order := "f.raised_at, f.case_id, f.rule, f.key"
	if a.Shown {
		order = findingOrder(a)
	}
	return store.All(v.ctx, v.tx, store.Listing{Columns: findingColumns, From: findingTables, Order: order}, w, scanFinding(n), each)
}
