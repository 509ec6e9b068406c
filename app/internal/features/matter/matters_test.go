package matter_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/list"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

type fields = map[string]string

// 1 to 7 October 2026 are holidays; Saturday the 10th is worked.
func TestAFindingOnItsWayThroughAllHands(t *testing.T) {
	o := open(t)
	o.visit(seen, "12 号窗口没有亮牌")
	o.due(1, "2026-09-30") // a Monday: 29, 30 September
	if all := o.list(o.gh, list.Asking()); len(all) != 0 {
		t.Fatalf("the department sees %+v before it is told", all)
	}
	told := func(id uint64) matter.Summary {
		t.Helper()
		of, err := o.Of(ctx, matter.Visit, []uint64{1})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range of[1] {
			if m.ID == id {
				return o.Summarize(&m)
			}
		}
		t.Fatalf("no matter %d of the visit: %+v", id, of)
		return matter.Summary{}
	}
	if got := told(1).ZH; got != "效能办正在研判，9 月 30 日前决定是否交办。" {
		t.Errorf("%s", got)
	}
	o.do(o.staff, 2, "drop", fields{"reason": "亮牌在维修，已有公示"})
	if got := told(2); got.State != "dropped" || got.Conclusion != "亮牌在维修，已有公示" || got.Reply != "" {
		t.Errorf("%+v", got)
	}

	o.At("2026-09-29 11:00")
	o.do(o.head, 1, "assign", fields{"task": "  9 月 28 日上午 12 号窗口无人值守，请核查。 "})
	o.due(1, "2026-10-12") // 30 September, 8, 9, 10, 12 October
	if got := told(1).ZH; got != "已转部门，5 个工作日内答复（至 10 月 12 日）。" {
		t.Errorf("%s", got)
	}
	o.At("2026-10-08 09:00")
	o.do(o.gh, 1, "ask_extension", fields{"days": "5", "reason": "当事人出差，尚未核实"})
	o.due(1, "2026-10-12") // it runs on until more time is granted
	if got := told(1).ZH; got != "部门申请延期，等效能办决定；同意之前仍应在 10 月 12 日前答复。" {
		t.Errorf("%s", got)
	}
	o.do(o.staff, 1, "grant", fields{"days": "2"})
	o.due(1, "2026-10-14")
	o.WantCode(o.step(o.gh, 1, "ask_extension", fields{"days": "1", "reason": "还要两天时间"}), "used_up")
	o.At("2026-10-14 23:00") // after business closed
	if m := o.one(o.head, 1); !o.Overdue(&m) || len(o.list(o.head, list.Asking("overdue", "true"))) != 1 {
		t.Errorf("not overdue: %+v", m)
	}
	if got := told(1).ZH; got != "已转部门，应在 10 月 14 日前答复，现已逾期，效能办正在催办。" {
		t.Errorf("%s", got)
	}
	o.do(o.gh, 1, "reply", fields{"reply": "情况属实，已对当班人员批评教育，增设替岗。"})
	o.due(1, "2026-10-16")
	o.do(o.staff, 1, "arrange", fields{"note": "下周二上午 9 点去"})
	o.due(1, "2026-10-21")
	if m := o.one(o.gh, 1); m.State != matter.Replied || len(m.Steps) != 4 || len(o.Can(&m, o.gh)) != 0 {
		t.Errorf("the department sees of the re-visit: %+v", m)
	}
	if err := o.Step(ctx, o.gh, 1, o.Key(), 4, "reply", fields{"reply": "再补充几句话"}); err == nil || strings.Contains(err.Error(), "visit") {
		t.Errorf("the department hears of the re-visit: %v", err)
	}
	o.do(o.staff, 1, "record", fields{"found": "窗口仍无人，替岗未到"})
	o.do(o.head, 1, "send_back", fields{"reason": "替岗制度没有落实"})
	if m := o.one(o.gh, 1); m.State != matter.Assigned || len(m.Steps) != 7 || m.Steps[5].Fields["found"] == "" {
		t.Errorf("once sent back, the department sees why: %+v", m)
	}
	o.At("2026-10-15 09:00")
	o.do(o.gh, 1, "object", fields{"reason": "当日系统升级，已提前公告"})
	o.do(o.staff, 1, "overrule", fields{"reason": "公告没有说明窗口停办"})
	o.WantCode(o.step(o.gh, 1, "object", fields{"reason": "再次提出异议"}), "used_up")
	o.do(o.gh, 1, "reply", fields{"reply": "替岗已到位，公示在岗名单。"})
	o.do(o.head, 1, "close", fields{"conclusion": "整改到位，同意销号。"})
	if got := told(1); got.State != "closed" || got.Conclusion != "整改到位，同意销号。" || got.Reply != "替岗已到位，公示在岗名单。" || got.ZH != "已办结。" {
		t.Errorf("%+v", got)
	}
	m := o.one(o.head, 1)
	want := []string{"assign", "ask_extension", "grant", "reply", "arrange", "record", "send_back", "object", "overrule", "reply", "close"}
	late := o.Late(&m)
	for i, s := range m.Steps {
		if s.Action != want[i] || late[i] != (i == 3) {
			t.Errorf("step %d: %s, late %v", i, s.Action, late[i])
		}
	}
	if !o.Due(&m).IsZero() || m.Steps[0].Fields["task"] != "9 月 28 日上午 12 号窗口无人值守，请核查。" || len(o.list(o.head, list.Asking("open", "true"))) != 0 {
		t.Errorf("%+v", m)
	}
	o.Verify()
}

// The office that is late to decide cannot grant a day that has passed.
func TestMoreTimeThatNobodyAnsweredInTime(t *testing.T) {
	o := open(t)
	o.visit(seen)
	o.At("2026-09-29 11:00")
	o.do(o.head, 1, "assign", fields{"task": "请核查后答复。"})
	o.At("2026-10-12 17:30") // the last second
	o.do(o.gh, 1, "ask_extension", fields{"days": "2", "reason": "当事人出差，尚未核实"})
	o.At("2026-10-15 09:00")
	m := o.one(o.head, 1)
	if told := o.Summarize(&m); told.ZH != "部门在期限内申请延期，效能办尚未决定，原期限 10 月 12 日已过。" || !o.Overdue(&m) || !o.Waits(&m, o.staff) {
		t.Errorf("%+v", told)
	}
	err := o.step(o.staff, 1, "grant", fields{"days": "2"}) // 13, 14 October
	if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Name != "days" || !strings.Contains(f.Fields[0].ZH, "2026 年 10 月 14 日 17:30") {
		t.Errorf("%v", err)
	}
	o.do(o.staff, 1, "grant", fields{"days": "3"})
	o.due(1, "2026-10-15")
	m = o.one(o.gh, 1)
	if late := o.Late(&m); o.Overdue(&m) || late[1] || late[2] {
		t.Errorf("late %v, overdue %v", late, o.Overdue(&m))
	}
	o.Verify()
}

// A department without a liaison tells the office otherwise; what it said then is
// the last that it sees while the office visits again.
func TestTheOfficeRecordsForADepartment(t *testing.T) {
	o := open(t)
	o.visit(seen)
	o.do(o.head, 1, "assign", fields{"task": "请核查后答复。"})
	m := o.one(o.staff, 1)
	if o.Waits(&m, o.staff) {
		t.Error("what the office could do in another's place waits for it")
	}
	o.do(o.staff, 1, "reply_for", fields{"reply": "来函称已增设替岗。"})
	o.do(o.staff, 1, "arrange", nil)
	if m := o.one(o.gh, 1); m.State != matter.Replied || len(m.Steps) != 2 {
		t.Errorf("the department sees of the re-visit: %+v", m)
	}
	m = o.one(o.head, 1)
	if told := o.Summarize(&m); told.Reply != "来函称已增设替岗。" {
		t.Errorf("%+v", told)
	}
	o.Verify()
}

func TestADepartmentSeesItsOwnInTheOfficesWords(t *testing.T) {
	o := open(t)
	v := o.visit(seen)
	o.WantCode(o.step(o.gh, 1, "reply", fields{"reply": "提前答复一下"}), "unknown_matter")
	o.do(o.staff, 1, "assign", fields{"task": "12 号窗口有时无人，请核查。"})
	m := o.one(o.gh, 1)
	if m.Fact != "12 号窗口有时无人，请核查。" || m.SourceID != 0 || m.Finding != 0 || m.Reasons != nil || m.Department != "GH" {
		t.Errorf("%+v", m)
	}
	if office := o.one(o.leader, 1); office.Fact != seen || office.SourceID != v.ID || office.Finding != 1 || office.Place != "政务大厅 12 号" || !office.SeenAt.Equal(v.Sheet.ArrivedAt) {
		t.Errorf("%+v", office)
	}
	for _, p := range []access.Principal{o.js, o.volunteers[0], {}} {
		if _, err := o.One(ctx, p, 1); err == nil || len(o.list(p, list.Asking())) != 0 {
			t.Errorf("%s sees it", p.Login)
		}
		o.WantCode(o.Step(ctx, p, 1, o.Key(), 1, "reply", fields{"reply": "替别人答复"}), map[bool]string{true: "not_your_action", false: "unknown_matter"}[p.Account == 0])
	}
	if got := o.list(o.js, list.Asking("department", "GH")); len(got) != 0 {
		t.Errorf("another department asks for it and gets %+v", got)
	}
	for _, p := range []access.Principal{o.leader, o.staff} {
		err := o.step(p, 1, "reply", fields{"reply": "替部门答复"})
		o.WantCode(err, "not_your_action")
	}
	o.WantCode(o.step(o.gh, 1, "close", fields{"conclusion": "自己销号"}), "not_your_action")
	waiting := func(p access.Principal) int { return len(o.list(p, list.Asking("waiting", "true"))) }
	if waiting(o.gh) != 1 || waiting(o.staff) != 0 || waiting(o.leader) != 0 {
		t.Errorf("waits for %d, %d, %d", waiting(o.gh), waiting(o.staff), waiting(o.leader))
	}
	o.do(o.gh, 1, "reply", fields{"reply": "已安排专人值守。"})
	if waiting(o.gh) != 0 || waiting(o.staff) != 1 || len(o.list(o.gh, list.Asking("state", matter.Replied))) != 1 {
		t.Error("a reply waits for the office")
	}
}

// Two at the office decide on the same reply at the same time.
func TestOfTwoWhoDecideAtOnceOneIsSecond(t *testing.T) {
	o := open(t)
	o.visit(seen)
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, p := range []access.Principal{o.head, o.staff} {
		wg.Go(func() {
			errs[i] = o.Step(ctx, p, 1, fmt.Sprint("at-once-", i), 0, "assign", fields{"task": "请核查后答复。"})
		})
	}
	wg.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("%v", errs)
	}
	for _, err := range errs {
		if f, ok := fault.As(err); ok && (f.Code != "moved_on" || f.Kind != fault.Conflict || !strings.Contains(f.ZH, "“交办”")) {
			t.Errorf("%+v", f)
		}
	}
	// The same step sent again is the same step.
	for range 3 {
		if err := o.Step(ctx, o.gh, 1, "reply-0001", 1, "reply", fields{"reply": "已经整改完毕。"}); err != nil {
			t.Error(err)
		}
	}
	o.WantCode(o.Step(ctx, o.gh, 1, "reply-0001", 1, "reply", fields{"reply": "另一份答复。"}), "act_key_used")
	o.WantCode(o.Step(ctx, o.gh, 1, "no", 1, "reply", fields{"reply": "另一份答复。"}), "matter_key")
	if m := o.one(o.head, 1); len(m.Steps) != 2 {
		t.Errorf("%+v", m.Steps)
	}
	o.Verify()
}

// Whoever replied as a liaison and has moved to the office decides on other
// people's replies only.
func TestWhoRepliedMayNotClose(t *testing.T) {
	o := open(t)
	o.visit(seen)
	o.do(o.head, 1, "assign", fields{"task": "请核查后答复。"})
	o.do(o.gh, 1, "reply", fields{"reply": "已经整改完毕。"})
	moved := o.moves(o.gh)
	o.WantCode(o.step(moved, 1, "close", fields{"conclusion": "整改到位。"}), "same_person")
	o.WantCode(o.step(moved, 1, "send_back", fields{"reason": "不够详细。"}), "same_person")
	o.do(o.head, 1, "close", fields{"conclusion": "整改到位。"})
	o.Verify()
}

func TestAReviewThatEndsImproperIsAMatter(t *testing.T) {
	o := open(t)
	r := o.review(review.Improper, review.Proper, review.Improper)
	all := o.list(o.head, list.Asking())
	if len(all) != 1 {
		t.Fatalf("%+v", all)
	}
	m := all[0]
	if m.Source != matter.Review || m.SourceID != r.ID || m.Department != "GH" || m.Category != "overdue" || m.CaseID != r.CaseID || m.Item != "I1" ||
		m.Fact != "第 1 位的说明\n第 3 位的说明" || strings.Join(m.Reasons, " ") != "no_explanation pause_abused" || !m.OpenedAt.Equal(r.DoneAt) {
		t.Errorf("%+v", m)
	}
	o.Verify()
}

func TestAReviewThatEndsOtherwiseIsNone(t *testing.T) {
	o := open(t)
	o.review(review.Improper, review.Proper, review.CannotTell)
	if all := o.list(o.head, list.Asking()); len(all) != 0 {
		t.Errorf("%+v", all)
	}
}

// A holiday list that the office imports moves the deadlines of open matters,
// as it does those of cases.
func TestAnImportedHolidayMovesDeadlines(t *testing.T) {
	o := open(t)
	o.At("2026-12-30 09:00") // a Wednesday; no list of 2027 is there
	o.visit(seen)
	o.do(o.head, 1, "assign", fields{"task": "请核查后答复。"})
	o.due(1, "2027-01-07") // 31 December, then 4 to 7 January: the 1st is a holiday by its date
	list := `{"year":2027,"papers":["https://www.gov.cn/example"],"days":[
		{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-02","isOffDay":true},{"name":"元旦","date":"2027-01-03","isOffDay":true},{"name":"元旦","date":"2027-01-04","isOffDay":true}]}`
	if _, err := o.Intake.ImportHolidays(ctx, 2027, []byte(list), intake.HolidayCause{}); err != nil {
		t.Fatal(err)
	}
	o.due(1, "2027-01-08")
	o.At("2027-01-07 23:00")
	o.do(o.gh, 1, "ask_extension", fields{"days": "1", "reason": "节后才能核实"}) // still in time
	o.Verify()
}

// Visits and reviews of a folder from before there were matters become matters
// when it is opened, as they do when its journal is folded anew.
func TestAnOlderFoldersFindingsBecomeMatters(t *testing.T) {
	o := open(t)
	o.visit(seen, "第二件")
	o.At("2026-09-28 11:00")
	o.review(review.Improper, review.Improper)
	o.At("2026-09-28 12:00")
	o.visit("第三件")
	migration, err := os.ReadFile("../../store/migrations/00005_matters.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, seeding, found := strings.Cut(string(migration), "INSERT INTO matters")
	if !found {
		t.Fatal("the migration inserts nothing")
	}
	before := fmt.Sprint(o.list(o.head, list.Asking()))
	o.Close()
	db, err := sql.Open("sqlite3", filepath.Join(o.Dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DELETE FROM matters", "INSERT INTO matters" + seeding, deadlines(t)} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	o.Reopen()
	o.begin()
	if got := fmt.Sprint(o.list(o.head, list.Asking())); got != before || strings.Count(got, "第") != 4 {
		t.Errorf("seeded %s\nfolded %s", got, before)
	}
	o.Verify()
}

// deadlines is the statement with which folders of before deadlines were kept get
// them.
func deadlines(t *testing.T) string {
	t.Helper()
	migration, err := os.ReadFile("../../store/migrations/00016_long_lists.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(migration), "UPDATE matters")
	statement, _, found := strings.Cut(rest, ";")
	if !found {
		t.Fatal("the migration reckons no deadlines")
	}
	return "UPDATE matters" + statement
}

func TestAStepInWords(t *testing.T) {
	a := intake.RecordedAct{Type: "matter.step", Data: []byte(`{"matter":7,"version":0,"action":"assign"}`), At: time.Now()}
	if zh, en := act.NewRegistry().Add(nil, matter.Acts...).Words(&a); zh != "督办 #7：交办" || en != "Matter #7: Assign" {
		t.Error(zh, en)
	}
}
