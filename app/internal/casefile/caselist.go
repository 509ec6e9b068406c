package casefile

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// CaseList describes the list of cases. Its columns are the clock's figures of a
// case; due is the date on which the case is due, the last on which it is in
// time.
var CaseList = &list.List[Case, *narrowing]{
	Name: "cases", ZH: "办件", EN: "Cases",
	Columns: []list.Column[Case]{
		list.Text("case_no", "办件编号", "Case no.", 24, func(c *Case) string { return c.CaseNo }).By("case_no"),
		list.Department("department", "部门", "Department", 14, func(c *Case) string { return c.Department }).By("department"),
		list.Number("limit", "时限", "Limit", 8, func(c *Case) int { return c.Limit }),
		list.Day("received", "收件日期", "Received", 12, func(c *Case) time.Time { return c.ReceivedAt }).By("received"),
		list.Word("outcome", "结果", "Outcome", 14, vocab.Outcomes, func(c *Case) string { return c.Outcome }),
		list.Day("ended", "办结日期", "Ended", 12, func(c *Case) time.Time { return c.EndedAt }).By("ended"),
		list.Number("extended", "延长", "Extended by", 8, func(c *Case) int { return c.Extended }),
		list.Number("requests", "挂起次数", "Pauses", 8, func(c *Case) int { return c.Requests }),
		list.Number("paused", "挂起", "Paused", 8, func(c *Case) int { return c.Paused }),
		list.Flag("refused", "有否定理由", "Grounds for refusal", 8, func(c *Case) bool { return c.Refused }),
		list.Day("sent", "送达日期", "Delivered", 12, func(c *Case) time.Time { return c.SentAt }),
		list.Flag("out_of_order", "次序颠倒", "Received after its end", 8, func(c *Case) bool { return c.OutOfOrder }),
		list.Flag("paused_now", "正在挂起", "Paused now", 8, func(c *Case) bool { return c.PausedNow }),
		list.Day("due", "到期日期", "Due", 12, func(c *Case) time.Time { return c.DueAt }).By("due"),
		list.Flag("overdue", "超时", "Overdue", 8, func(c *Case) bool { return c.Overdue }),
		list.Flag("overdue_without_pauses", "不扣挂起则超时", "Overdue without pauses", 8, func(c *Case) bool { return c.OverdueWithoutPauses }),
		list.Text("item", "事项编码", "Item code", 16, func(c *Case) string { return c.ItemCode }),
		list.Word("case_type", "办件类型", "Type", 12, vocab.CaseTypes, func(c *Case) string { return c.CaseType }),
		list.Day("accepted", "受理日期", "Accepted", 12, func(c *Case) time.Time { return c.AcceptedAt }),
		list.Day("statutory_due", "法定到期日期", "Statute due", 12, func(c *Case) time.Time { return c.StatutoryDueAt }),
		list.Number("used", "已用", "Used", 8, func(c *Case) int { return c.Used }),
		list.Flag("early", "提前办结", "Ended early", 8, func(c *Case) bool { return c.Early }),
		list.Word("level", "级别", "Level", 8, vocab.Levels, func(c *Case) string { return c.Level }).By("level"),
		list.Text("item_name", "事项名称", "Item", 32, func(c *Case) string { return c.ItemName }),
		list.Text("window", "窗口", "Window", 12, func(c *Case) string { return c.Window }),
		list.Text("handler", "经办人", "Handler", 10, func(c *Case) string { return c.Handler }),
		list.Text("applicant", "申请人（已隐去部分）", "Applicant (masked)", 18, func(c *Case) string { return c.Applicant }),
		list.Text("project", "工程项目", "Project", 28, func(c *Case) string { return c.Project }),
		list.Word("state", "状态", "State", 10, vocab.CaseStates, func(c *Case) string { return c.State }),
		list.Word("limit_unit", "时限单位", "Unit", 10, vocab.Units, func(c *Case) string { return c.LimitUnit }),
		list.Number("over_by", "超出", "Over by", 8, func(c *Case) int { return c.OverBy }),
		list.Moment("received_at", "收件时间", "Received at", 20, func(c *Case) time.Time { return c.ReceivedAt }),
		list.Moment("accepted_at", "受理时间", "Accepted at", 20, func(c *Case) time.Time { return c.AcceptedAt }),
		list.Moment("due_at", "到期时间", "Due at", 20, func(c *Case) time.Time { return c.DueAt }),
		list.Moment("statutory_due_at", "法定到期时间", "Statute due at", 20, func(c *Case) time.Time { return c.StatutoryDueAt }),
		list.Moment("ended_at", "办结时间", "Ended at", 20, func(c *Case) time.Time { return c.EndedAt }),
		list.Moment("sent_at", "送达时间", "Delivered at", 20, func(c *Case) time.Time { return c.SentAt }),
		list.Flag("corrected", "事后更正过", "Corrected", 8, func(c *Case) bool { return c.Corrected }),
		list.Flag("unlisted", "缺节假日表", "Holiday list missing", 8, func(c *Case) bool { return c.Unlisted }),
		list.Flag("overdue_by_registration", "登记口径超时", "Overdue by registration", 8, func(c *Case) bool { return c.OverdueByRegistration }),
	},
	// As the page has it, and what else a clerk asks of a case.
	Sheet: []string{"case_no", "level", "department", "item_name", "applicant", "project", "window", "handler", "case_type", "state", "outcome",
		"received_at", "accepted_at", "due_at", "statutory_due_at", "ended_at", "sent_at", "limit", "extended", "limit_unit", "used", "over_by", "overdue", "overdue_by_registration", "overdue_without_pauses",
		"early", "requests", "paused", "paused_now", "refused", "out_of_order", "corrected", "unlisted", "item"},
	Filters: []list.Filter[*narrowing]{
		byDepartment("dept").Documented("department code"),
		{Parameter: list.Parameter{Name: "item", ZH: "事项", EN: "Item", Sort: list.Choice, Most: 128, Doc: "item code; needs department"}, Where: byItem},
		{Parameter: list.Parameter{Name: "state", ZH: "状态", EN: "State", Sort: list.Choice, Words: vocab.CaseStates, Several: true}, Where: byState},
		{Parameter: list.Parameter{Name: "level", ZH: "级别", EN: "Level", Sort: list.Choice, Words: vocab.Levels, Several: true,
			Only: []string{anyLevel, "review", "data", "warn", "yellow", "red"}, Doc: "highest active finding; any: with a finding"}, Where: byLevel},
		list.ByFlag("overdue", "超时", "Overdue", func(w *store.Where, _ *narrowing) error {
			w.Add("flags & 8193 > 0") // store.FlagOverdue and FlagLapsed, as the index of overdue cases has it
			return nil
		}).Documented("by the dates of all facts, or by what was registered"),
		list.ByFlag("committed", "有时限的已办结件", "Ended, with a limit", func(w *store.Where, _ *narrowing) error {
			w.Add(store.CommittedCases)
			return nil
		}).Documented("ended cases that the early-finish rate and the mean are of: of items with a promise, or with the one limit that their regime knows, that are not done on the spot"),
		list.ByPhrase(numberOrItem, byNumberOrItem("cases", "case_no", "item")),
		list.ByTime[*narrowing]("received_from", "received_to", "收件日期", "Date received", "", "received_at"),
		{Parameter: list.Parameter{Name: "due_from", To: "due_to", ZH: "到期日期", EN: "Due date", Sort: list.Span, Doc: "open cases due from then on"}, Where: byDue},
	},
	Orders: []list.Order{{Name: "received", ZH: "收件日期", EN: "Received"}, {Name: "due", ZH: "到期日期", EN: "Due", Doc: "due lists open cases only, those without a due date last"},
		{Name: "ended", ZH: "办结日期", EN: "Ended"}, {Name: "case_no", ZH: "办件编号", EN: "Case no."},
		{Name: byDepartments, ZH: "部门", EN: "Department", Doc: "department goes by code, level by gravity, then by receipt"}, {Name: byLevels, ZH: "级别", EN: "Level"}},
}

func byItem(w *store.Where, s *narrowing, g list.Given) error {
	if s.department == 0 {
		return fault.InvalidFields("invalid_input", "填写的内容有误。请按各项提示更正后重试。", "Something in the request is wrong. Correct what is named and try again.",
			fault.Field{Name: "item", ZH: "按事项筛选时请同时选择部门", EN: "choose a department along with the item"})
	}
	i := slices.IndexFunc(s.names.rows, func(it store.ItemRow) bool { return it.Dept == s.department && it.Code == g.Text })
	if i < 0 {
		return fault.New(fault.NotFound, "unknown_item",
			fmt.Sprintf("该部门没有编码为 %q 的事项。", g.Text), fmt.Sprintf("The department has no item with the code %q.", g.Text), nil)
	}
	column := "item"
	if s.few {
		column = "+item"
	}
	w.Add(column+" = ?", s.names.rows[i].ID)
	s.item = true
	return nil
}

const (
	anyLevel = "any"  // every level of a finding
	noLevel  = "none" // of a case without findings; nobody asks for it by itself
)

func byLevel(w *store.Where, s *narrowing, g list.Given) error {
	column := "level"
	if s.few {
		column = "+level"
	}
	if g.Text == noLevel {
		w.Add(column + " = 0")
		return nil
	}
	if !slices.Contains(g.All, anyLevel) {
		if err := numbered(w, "level", column, store.Levels, g.All); err != nil {
			return err
		}
	}
	w.Add(column + " > 0")
	return nil
}

const (
	openCases  = "open" // every case that has not ended
	endedCases = "ended"
)

// byState narrows to states, of which open stands for several. That a case has
// not ended is said besides, for the index of open cases to serve.
func byState(w *store.Where, s *narrowing, g list.Given) error {
	open, ended := slices.Contains(g.All, openCases), slices.Contains(g.All, endedCases)
	var some []string
	for _, s := range g.All {
		if s != openCases && s != endedCases {
			some = append(some, s)
		}
	}
	states := &store.Where{}
	if len(some) > 0 {
		if err := numbered(states, "state", s.beside("state"), store.States, some); err != nil {
			return err
		}
	}
	switch {
	case open && ended:
	case open:
		w.Add("ended_at = 0")
	case !ended:
		w.And(states)
		w.Add("ended_at = 0")
	case len(some) == 0:
		w.Add("ended_at > 0")
	default:
		w.Or("ended_at > 0", states)
	}
	return nil
}

func byDue(w *store.Where, s *narrowing, g list.Given) error {
	w.Add("ended_at = 0")
	if g.From.IsZero() { // of two lower bounds, an index would be asked for the first
		g.From = time.UnixMicro(1)
	}
	if s.order == "due" {
		w.Span("due_at", g.From, g.To)
	} else {
		w.FindSpan("due_at", g.From, g.To)
	}
	return nil
}

// numberOrItem says what byNumberOrItem looks for.
const numberOrItem = "a case number's beginning, or part of an item's name; of several words, with blanks between them, each"

// byNumberOrItem looks for each word of a text: for a case number's beginning, and of a
// word that no case number of the table begins with, in the items' names.
func byNumberOrItem(table, number, item string) func(*store.Where, *narrowing, list.Given) error {
	return func(w *store.Where, s *narrowing, g list.Given) error {
		words, err := s.wordsOf(table, g.Text)
		if err != nil {
			return err
		}
		var names []string
		var args []any
		for _, word := range words {
			is, err := s.beginsNumbers(table, word)
			switch {
			case err != nil:
				return err
			case !is:
				names, args = append(names, `name LIKE ? ESCAPE '\'`), append(args, "%"+likeEscaper.Replace(word)+"%")
			case s.order == "case_no" && table == "cases":
				w.Add(number+" >= ? AND "+number+" < ?", word, store.PrefixEnd(word))
			default:
				w.Find(number, "$ >= ? AND $ < ?", word, store.PrefixEnd(word))
			}
		}
		if names != nil {
			item := item
			if s.few && len(names) < len(words) { // few are found by their numbers
				item = "+" + item
			}
			w.Find(item, "$ IN (SELECT id FROM items WHERE "+strings.Join(names, " AND ")+")", args...)
		}
		return nil
	}
}

// wordsOf are the words of a text; a case number with a blank in it is one.
func (v *View) wordsOf(table, text string) ([]string, error) {
	words := strings.Fields(text)
	if len(words) > 1 {
		whole, err := v.beginsNumbers(table, text)
		if err != nil || whole {
			return []string{text}, err
		}
	}
	return words, nil
}

// beginsNumbers tells whether any number of a table's cases begins with a text.
func (v *View) beginsNumbers(table, text string) (yes bool, err error) {
	err = v.tx.QueryRowContext(v.ctx, `SELECT EXISTS (SELECT 1 FROM `+table+` WHERE case_no >= ? AND case_no < ?)`, text, store.PrefixEnd(text)).Scan(&yes)
	return yes, err
}

// byNumbers tells whether cases are looked for by their numbers, and not only by items,
// whose cases are counted; and whether few are found by them.
func (v *View) byNumbers(a list.Ask) (numbers, few bool, err error) {
	words, err := v.wordsOf("cases", strings.TrimSpace(a.Text("text")))
	for _, word := range words {
		if err != nil {
			break
		}
		is, some := false, false
		if is, err = v.beginsNumbers("cases", word); is && err == nil {
			some, err = v.fewNumbers(word)
		}
		numbers, few = numbers || is, few || some
	}
	return numbers, few, err
}

// caseOrder is the order that is asked for, and the condition that it brings.
func caseOrder(a list.Ask) (order, extra string) {
	dir := store.Direction(a.Ascending)
	switch a.Order {
	case "due":
		return "due_at" + dir + ", id" + dir, "ended_at = 0"
	case "ended":
		return "ended_at" + dir + ", id" + dir, "ended_at > 0"
	case "case_no":
		return "case_no" + dir + ", dept" + dir, ""
	case byDepartments:
		order = "(SELECT code FROM departments WHERE id = dept)" + dir + ", "
	case byLevels:
		order = "level" + dir + ", "
	}
	return order + "received_at" + dir + ", id" + dir, ""
}

// undatedLast has cases that are due on no day come after those that are.
func undatedLast(l *store.Listing, a list.Ask) {
	if a.Order == "due" && a.Ascending { // the other way they come last by themselves
		l.First, l.Last = "due_at > 0", "due_at = 0"
	}
}

// sortsCases tells whether the index in the order that is asked for leaves out what
// the list is narrowed by.
func (v *View) sortsCases(a list.Ask) bool {
	switch a.Order {
	case "due":
		return !v.aligned(a, "due_")
	case "ended":
		return !v.aligned(a, "", "committed", "committed+department")
	case "case_no", byDepartments, byLevels:
		return true
	}
	return !v.aligned(a, "received_", "committed", "department+item", "department+level", "level", "overdue", "state")
}

// Cases lists cases, counted on to the moment.
func (v *View) Cases(a list.Ask) (store.Page[Case], error) {
	a, err := v.withoutNumbersOfAll(a)
	if err != nil {
		return store.Page[Case]{}, err
	}
	if p, ok, err := v.casesInGroups(a); ok || err != nil {
		return p, err
	}
	numbers, few, err := v.byNumbers(a)
	if err != nil {
		return store.Page[Case]{}, err
	}
	w, n, err := narrowed(v, CaseList, a, few, false)
	if err != nil {
		return store.Page[Case]{}, err
	}
	order, extra := caseOrder(a)
	w.Once(extra)
	l := store.Listing{Columns: caseColumns, From: "cases", Counted: "cases", Order: order, Sorts: v.sortsCases(a)}
	undatedLast(&l, a)
	if kinds, ok := kindsOf(a, "received_from", "received_to", "due_from", "due_to"); ok && !numbers {
		if w, err = casesByKind(v, &l, kinds); err != nil {
			return store.Page[Case]{}, err
		}
	}
	p, err := store.List(v.ctx, v.tx, l, w, a.At, scanCase(n))
	if err != nil {
		return p, err
	}
	for i := range p.Rows {
		if err := v.countOn(&p.Rows[i]); err != nil {
			return p, err
		}
	}
	return p, nil
}

// EachCase calls each with every case that is asked for, counted on to the
// moment: as the list shows them where that is asked for, else by case number and
// department.
func (v *View) EachCase(a list.Ask, each func(*Case) error) error {
	w, n, err := narrow(v, CaseList, a)
	if err != nil {
		return err
	}
	l := store.Listing{Columns: caseColumns, From: "cases", Order: "case_no, dept"}
	if a.Shown {
		var extra string
		l.Order, extra = caseOrder(a)
		undatedLast(&l, a)
		w.Once(extra)
	}
	return store.All(v.ctx, v.tx, l, w, scanCase(n), func(c *Case) error {
		if err := v.countOn(c); err != nil {
			return err
		}
		return each(c)
	})
}
