package casefile_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// A case received just after midnight in the office (still the day before in
// UTC), due with the last second of a day, and one of which little is known.
var cases = []casefile.Case{
	{ID: 1, Department: "GH", CaseNo: "10051383", ItemCode: "GH-0007", CaseType: "committed", Outcome: "decided", Level: "yellow",
		ReceivedAt: at("2014-04-17 00:30:00"), AcceptedAt: at("2014-04-18 09:00:00"), EndedAt: at("2014-06-24 10:00:00"), SentAt: at("2014-06-24 23:59:59"),
		DueAt: at("2014-06-22 23:59:59"), StatutoryDueAt: at("2014-07-01 17:30:00"), Limit: 56, Used: 58, Requests: 1, Paused: 10, Overdue: true, OverdueWithoutPauses: true},
	{ID: 2, Department: "WJ", CaseNo: "=HYPERLINK(\"x\")", Outcome: "open", Level: "none", Limit: 56, PausedNow: true, Refused: true, OutOfOrder: true, Early: true, Extended: 42},
}

func rowsOf[T any](all []T) list.Rows[T] {
	return func(f func(*T) error) error {
		for i := range all {
			if err := f(&all[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestCasesCSV(t *testing.T) {
	var b bytes.Buffer
	if err := casefile.CaseList.Write(&b, list.File{Format: list.CSV}, rowsOf(cases)); err != nil {
		t.Fatal(err)
	}
	const want = `case_no,department,limit,received,outcome,ended,extended,requests,paused,refused,sent,out_of_order,paused_now,due,overdue,overdue_without_pauses,item,case_type,accepted,statutory_due,used,early,level,item_name,window,handler,applicant,project,state,limit_unit,over_by,received_at,accepted_at,due_at,statutory_due_at,ended_at,sent_at,corrected,unlisted,overdue_by_registration
10051383,GH,56,2014-04-17,decided,2014-06-24,0,1,10,0,2014-06-24,0,0,2014-06-22,1,1,GH-0007,committed,2014-04-18,2014-07-01,58,0,yellow,,,,,,,,0,2014-04-17 00:30:00,2014-04-18 09:00:00,2014-06-22 23:59:59,2014-07-01 17:30:00,2014-06-24 10:00:00,2014-06-24 23:59:59,0,0,0
"'=HYPERLINK(""x"")",WJ,56,,open,,42,0,0,1,,1,1,,0,0,,,,,0,1,none,,,,,,,,0,,,,,,,0,0,0
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestCasesJSONHasTheSameColumnsTyped(t *testing.T) {
	var b bytes.Buffer
	if err := casefile.CaseList.Write(&b, list.File{Format: list.JSON}, rowsOf(cases)); err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, b.String())
	}
	if len(got) != 2 || len(got[0]) != len(casefile.CaseList.Columns) {
		t.Fatalf("%d rows of %d columns", len(got), len(got[0]))
	}
	for key, want := range map[string]any{"case_no": "10051383", "limit": 56.0, "due": "2014-06-22", "overdue": true, "early": false, "level": "yellow"} {
		if got[0][key] != want {
			t.Errorf("%s is %v, want %v", key, got[0][key], want)
		}
	}
	if v, ok := got[1]["due"]; !ok || v != nil {
		t.Errorf("an absent date is %v", v)
	}
	if got[1]["case_no"] != `=HYPERLINK("x")` {
		t.Errorf("json changed a text: %v", got[1]["case_no"])
	}

	b.Reset()
	if err := casefile.CaseList.Write(&b, list.File{Format: list.JSON}, rowsOf[casefile.Case](nil)); err != nil || !json.Valid(b.Bytes()) {
		t.Errorf("no rows: %v %q", err, b.String())
	}
}

func TestCasesXLSX(t *testing.T) {
	var b bytes.Buffer
	if err := casefile.CaseList.Write(&b, list.File{Format: list.XLSX}, rowsOf(cases)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if rows[0][0] != "办件编号" || rows[1][3] != "2014-04-17" || rows[1][13] != "2014-06-22" || rows[1][14] != "1" || rows[2][0] != `=HYPERLINK("x")` {
		t.Errorf("%q", rows)
	}
	if formula, _ := f.GetCellFormula(sheet, "A3"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
	if p, _ := f.GetPanes(sheet); !p.Freeze || p.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v", p)
	}
	if w, _ := f.GetColWidth(sheet, "A"); w != 24 {
		t.Errorf("column A is %v wide", w)
	}
	if raw, _ := f.GetCellValue(sheet, "D2", excelize.Options{RawCellValue: true}); raw != "41746" { // days since 1899-12-30
		t.Errorf("the date is stored as %q", raw)
	}
}

// A sheet says what the list on the page says, for somebody who knows no column's
// English name.
func TestM12ASheetOfCasesSaysWhatTheListSays(t *testing.T) {
	made := at("2026-11-30 09:30:00")
	one := casefile.Case{Department: "GH", CaseNo: "GH-1", ItemName: "建设用地规划许可证核发", Window: "12 号", Handler: "李窗口", Applicant: "张*", Project: "滨江路",
		State: "ended", Outcome: "granted", Level: "yellow", LimitUnit: "working_days", Limit: 5, Used: 7, OverBy: 2, Overdue: true,
		ReceivedAt: at("2026-11-02 09:05:00"), DueAt: at("2026-11-09 17:30:00"), EndedAt: at("2026-11-11 10:00:00")}
	var b bytes.Buffer
	if err := casefile.CaseList.Write(&b, list.File{Format: list.XLSX, Departments: listtest.Departments, At: made}, rowsOf([]casefile.Case{one})); err != nil {
		t.Fatal(err)
	}
	listtest.Want(t, listtest.Table(t, casefile.CaseList, b.Bytes())[0], "department", "规划局", "item_name", "建设用地规划许可证核发", "window", "12 号", "handler", "李窗口",
		"applicant", "张*", "project", "滨江路", "limit_unit", "工作日", "over_by", "2", "received_at", "2026-11-02 09:05:00", "due_at", "2026-11-09 17:30:00", "ended_at", "2026-11-11 10:00:00")
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil || sheet != "办件" {
		t.Fatalf("%s: %v", sheet, err)
	}
	for i, heading := range rows[0] {
		if strings.ContainsFunc(heading, func(r rune) bool { return r >= 'A' && r <= 'z' }) {
			t.Errorf("a heading is %q", heading)
		}
		name, _ := excelize.ColumnNumberToName(i + 1)
		width, err := f.GetColWidth(sheet, name)
		if need := float64(2 * len([]rune(heading))); err != nil || width < need {
			t.Errorf("%s is %v wide, its heading needs %v", heading, width, need)
		}
	}
	props, err := f.GetDocProps()
	if err != nil || props.Creator != "效能督察办公室" || props.Created != "2026-11-30T01:30:00Z" || props.LastModifiedBy != props.Creator {
		t.Errorf("%+v %v", props, err)
	}
	last, _ := excelize.CoordinatesToCellName(len(rows[0]), 2)
	filtered := false
	for _, n := range f.GetDefinedName() {
		filtered = filtered || n.Name == "_xlnm._FilterDatabase" && strings.Contains(strings.ReplaceAll(n.RefersTo, "$", ""), "A1:"+last)
	}
	if !filtered {
		t.Errorf("no filter over A1:%s: %+v", last, f.GetDefinedName())
	}
}

func TestFindingsKeepTheirWordsAndTimes(t *testing.T) {
	findings := []casefile.Finding{{ID: "7-V02", CaseNo: "GH-1", Rule: "V02", NameZH: "超承诺时限", Level: "yellow", State: "active",
		RaisedAt: at("2026-09-22 17:30:01"), WordsZH: "应于9月22日办结，\n\"至今\"未办结", Evidence: []uint64{3, 17}}}
	var b bytes.Buffer
	if err := casefile.FindingList.Write(&b, list.File{Format: list.CSV}, rowsOf(findings)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		got[name] = rows[1][i]
	}
	for name, want := range map[string]string{"raised_at": "2026-09-22 17:30:01", "settled_at": "", "words_zh": "应于9月22日办结，\n\"至今\"未办结", "evidence": "3 17", "name_zh": "超承诺时限"} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

func TestErrorsOfTheRowsEndTheExport(t *testing.T) {
	broken := errors.New("disk gone")
	for _, f := range []list.Format{list.CSV, list.JSON, list.XLSX} {
		var b bytes.Buffer
		err := casefile.CaseList.Write(&b, list.File{Format: f}, func(func(*casefile.Case) error) error { return broken })
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", f, err)
		}
		if f == list.XLSX && b.Len() > 0 {
			t.Error("a broken xlsx was written")
		}
	}
	if e, ok := fault.As(casefile.CaseList.Write(&bytes.Buffer{}, list.File{Format: "pdf"}, rowsOf(cases))); !ok || e.Code != "export_format" || !strings.Contains(e.EN, "pdf") {
		t.Errorf("unknown format: %v", e)
	}
	if err := casefile.CaseList.Write(full{}, list.File{Format: list.CSV}, rowsOf(cases)); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
	if err := casefile.CaseList.Write(full{}, list.File{Format: list.JSON}, rowsOf(cases)); !errors.Is(err, errFull) {
		t.Errorf("full disk: %v", err)
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func BenchmarkCases(b *testing.B) {
	for _, f := range []list.Format{list.CSV, list.JSON, list.XLSX} {
		b.Run(string(f), func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				err := casefile.CaseList.Write(io.Discard, list.File{Format: f}, func(each func(*casefile.Case) error) error {
					for ; n < 20_000; n++ {
						if err := each(&cases[0]); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*float64(n)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func TestRegistersAsFiles(t *testing.T) {
	var x bytes.Buffer
	if err := casefile.OverdueList.Write(&x, list.File{Format: list.XLSX, Departments: listtest.Departments}, rowsOf([]casefile.OverdueRow{{CaseNo: "GH-1", Department: "GH", Agreement: "only_ours", Clock: "statutory", OverBy: 3, Unit: "working_days", DueAt: at("2026-09-22 17:30:00")}})); err != nil {
		t.Fatal(err)
	}
	listtest.Want(t, listtest.Table(t, casefile.OverdueList, x.Bytes())[0], "agreement", "漏报", "clock", "法定时限", "over_by", "3", "unit", "工作日", "due_at", "2026-09-22 17:30:00")
	x.Reset()
	if err := casefile.RejectionList.Write(&x, list.File{Format: list.XLSX, Departments: listtest.Departments}, rowsOf([]casefile.RejectionRow{{CaseNo: "GH-2", Stage: "not_accepted", Agreement: "both", RemediesTold: true}})); err != nil {
		t.Fatal(err)
	}
	listtest.Want(t, listtest.Table(t, casefile.RejectionList, x.Bytes())[0], "stage", "不予受理", "agreement", "双方都报", "remedies_told", "是")
	x.Reset()
	if err := casefile.AuthorizationList.Write(&x, list.File{Format: list.XLSX, Departments: listtest.Departments}, rowsOf([]casefile.AuthorizationRow{{No: "A-1", Department: "GH", Rep: "王芳", Powers: []string{"sign", "seal"}, Status: "live"}})); err != nil {
		t.Fatal(err)
	}
	listtest.Want(t, listtest.Table(t, casefile.AuthorizationList, x.Bytes())[0], "rep", "王芳", "powers", "签批；用章", "status", "有效")
}

// A file whose order is asked for has its rows as the list shows them; one that
// nobody asked an order of goes by case numbers, as programs know it.
func TestM12AFileComesInTheOrderOnScreen(t *testing.T) {
	o := open(t, "2026-09-15 12:00:00")
	running(o)
	numbers := func(a list.Ask) (out []string) {
		o.must(o.cases.View(here, func(v *casefile.View) error {
			return v.EachCase(a, func(c *casefile.Case) error { out = append(out, c.CaseNo); return nil })
		}))
		return out
	}
	page := func(a list.Ask) (out []string) {
		for _, c := range read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Case], error) { return v.Cases(a) }).Rows {
			out = append(out, c.CaseNo)
		}
		return out
	}
	for _, order := range []string{"received", "due", "ended", "case_no"} {
		for _, a := range []list.Ask{list.Ask{}.By(order), list.Ask{}.By(order).Up()} {
			if file, shown := numbers(a.AsShown()), page(a); !slices.Equal(file, shown) {
				t.Errorf("by %s, up %v: the file has %v, the page %v", order, a.Ascending, file, shown)
			}
		}
	}
	if got := numbers(list.Ask{}.By("received")); !slices.Equal(got, []string{"GH-1", "GH-2", "GH-3", "WJ-1", "WJ-2"}) {
		t.Errorf("without an order: %v", got)
	}
	findings := func(a list.Ask) (out []string) {
		o.must(o.cases.View(here, func(v *casefile.View) error {
			return v.EachFinding(a, func(f *casefile.Finding) error { out = append(out, f.ID); return nil })
		}))
		return out
	}
	var shown []string
	for _, f := range read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Finding], error) { return v.Findings(list.Ask{}) }).Rows {
		shown = append(shown, f.ID)
	}
	if file := findings(list.Ask{}.AsShown()); !slices.Equal(file, shown) {
		t.Errorf("findings: the file has %v, the page %v", file, shown)
	}
}
