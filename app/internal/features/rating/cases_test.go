package rating_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
)

// What the tests of this file are named after are the cases that people met:
// small files that were read wrongly. Each test stands for the kind.

// tab is a sheet as rows of cells; a name that begins with "-" is hidden.
type tab struct {
	name   string
	rows   [][]any
	merges []string // "A1:B2"
}

// workbook is an Excel file of some sheets.
func workbook(t testing.TB, tabs ...tab) rating.File {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close() //nolint:errcheck // it was only written
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range tabs {
		name, hidden := strings.CutPrefix(s.name, "-")
		if i == 0 {
			must(x.SetSheetName("Sheet1", name))
		} else {
			_, err := x.NewSheet(name)
			must(err)
		}
		for j, row := range s.rows {
			must(x.SetSheetRow(name, fmt.Sprint("A", j+1), &row))
		}
		for _, m := range s.merges {
			from, to, _ := strings.Cut(m, ":")
			must(x.MergeCell(name, from, to))
		}
		if hidden {
			must(x.SetSheetVisible(name, false))
		}
	}
	var out bytes.Buffer
	must(x.Write(&out))
	return rating.File{Name: "评价.xlsx", Bytes: out.Bytes()}
}

// levels are the levels that a preview would take, and its refused rows.
func levels(p *rating.Preview) string { return fmt.Sprint(p.Levels, p.Rows-p.Usable) }

// asks are what a preview asks for.
func asks(p *rating.Preview) string {
	var of []string
	for _, a := range p.Asks {
		of = append(of, a.Of)
	}
	return strings.Join(of, " ")
}

// r_three.csv: of three steps, 3 is 不满意. Numbers do not say how many steps there
// are nor which end is best, so it is asked, and nothing is taken before.
func TestCaseRThreeNumbersAreAskedFor(t *testing.T) {
	o := open(t)
	const head = "部门,窗口,办件编号,评价值,评价时间,意见\n"
	f := file(head + "规划局,3号,S-1,1,2026-09-05 09:30,很好\n规划局,3号,S-2,2,2026-09-05 10:30,还行\n规划局,3号,S-3,3,2026-09-05 11:30,不满意，态度差\n")
	p := o.preview(f)
	if asks(p) != "level" || p.Usable != 0 || p.Rows != 3 || len(p.Values) != 3 || !p.Values[2].Asked || p.Values[2].Text != "3" || p.Values[2].Rows != 1 || p.Values[2].Number != 3 {
		t.Fatalf("%+v", p)
	}
	_, err := o.Import(ctx, o.Staff, f)
	if e, ok := fault.As(err); !ok || e.Code != "rating_file" || len(e.Fields) != 1 || e.Fields[0].Name != "level" || !strings.Contains(e.ZH, "1、2、3") || !strings.Contains(e.EN, "which end is best") {
		t.Errorf("%+v", err)
	}
	if len(o.list()) != 0 {
		t.Error("something was taken before it was said what the numbers mean")
	}
	f.Meaning = rating.Meaning{"1": 2, "2": 3, "3": 4} // 满意, 基本满意, 不满意
	if p := o.preview(f); levels(p) != "[0 1 1 1 0] 0" || asks(p) != "" || p.Values[2].Level != "dissatisfied" {
		t.Errorf("%+v", p)
	}
	o.imports(f)
	o.At("2026-09-28 11:00")
	o.MustFollow()
	if m := o.Matters(o.GH); len(m) != 1 || m[0].Fact != "不满意，态度差" {
		t.Errorf("3 of three is bad, and goes to its department: %+v", m)
	}
	// Read the other way round, the same file corrects what it brought.
	f.Meaning = rating.Meaning{"1": 4, "2": 3, "3": 2}
	if got := o.imports(f); got != (rating.Imported{Rows: 3, Known: 1, Corrected: 2}) {
		t.Errorf("%+v", got)
	}
	o.Verify()
}

// Scales of two to five steps in words need no question; stars go up; of what is
// no word it is asked, and a person may say what any of them means.
func TestCaseRThreeScalesOfEveryKind(t *testing.T) {
	o := open(t)
	for _, c := range []struct {
		values, want, asks string
		meaning            rating.Meaning
	}{
		{values: "满意 基本满意 不满意", want: "[0 1 1 1 0] 0"},
		{values: "非常满意 满意 一般 不满意", want: "[1 1 1 1 0] 0"},
		{values: "很满意 满意 一般 不太满意 很不满意", want: "[1 1 1 1 1] 0"},
		{values: "非常满意 满意 不满意 非常不满意", want: "[1 1 0 1 1] 0"},
		{values: "好评 中评 差评", want: "[0 1 1 1 0] 0"},
		{values: "优 良 中 差", want: "[1 1 1 1 0] 0"},
		{values: "好 一般 差", want: "[0 1 1 1 0] 0"},
		{values: "Excellent Good Fair Poor VeryPoor", want: "[1 1 1 1 1] 0"},
		{values: "VerySatisfied Satisfied Neutral Dissatisfied VeryDissatisfied", want: "[1 1 1 1 1] 0"},
		{values: "5星 四星 ★★★☆☆ 2星 一星", want: "[1 1 1 1 1] 0"},
		{values: "1-非常满意 2.满意 3、基本满意 非常不满意（5） 4：不满意", want: "[1 1 1 1 1] 0"},
		{values: "三星 二星 一星", want: "[0 0 0 0 0] 3", asks: "level"},  // of three stars, or of five?
		{values: "1 2 3 4 5", want: "[0 0 0 0 0] 5", asks: "level"}, // up, or down?
		{values: "5分 4分 １分", want: "[0 0 0 0 0] 3", asks: "level"},
		{values: "0 1 2", want: "[0 0 0 0 0] 3", asks: "level"},
		{values: "5 4 3 2 1", want: "[1 1 1 1 1] 0", meaning: rating.Meaning{"5": 1, "4": 2, "3": 3, "2": 4, "1": 5}},
		{values: "1 2 3 4", want: "[1 1 0 1 1] 0", meaning: rating.Meaning{"1": 1, "2": 2, "3": 4, "4": 5}},
		{values: "三星 二星 一星", want: "[0 1 1 1 0] 0", meaning: rating.Meaning{"三星": 2, "二星": 3, "一星": 4}},
		{values: "0 1", want: "[0 0 0 0 0] 2", asks: "level"},
		{values: "0 -1 1", want: "[0 0 0 0 0] 3", asks: "level"},
		{values: "0 1 2", want: "[0 1 1 1 0] 0", meaning: rating.Meaning{"0": 2, "1": 3, "2": 4}},
		{values: "A B C", want: "[0 0 0 0 0] 3", asks: "level"},
		{values: "Ａ b级 C D E", want: "[1 1 1 1 1] 0", meaning: rating.Meaning{"a": 1, "b级": 2, "c": 3, "d": 4, "e": 5}},
		{values: "A+ A B-", want: "[1 1 0 1 0] 0", meaning: rating.Meaning{"a+": 1, "a": 2, "b-": 4}},
		{values: "98 95.5 60分", want: "[0 0 0 0 0] 3", asks: "level"},
		{values: "甲 乙 丙", want: "[0 0 0 0 0] 3", asks: "level"}, // words that are all strange are a scale of their own
		{values: "赞 踩 满意", want: "[0 0 0 0 0] 3", asks: "level"},
		{values: "赞 踩 满意", want: "[0 2 0 1 0] 0", meaning: rating.Meaning{"赞": 2, "踩": 4}},
		{values: "满意 满意 满意 还行吧", want: "[0 3 0 0 0] 1"}, //nolint:dupword // they are rows; one word is refused by name and not guessed
		{values: "甲 乙 丙", want: "[0 1 0 1 0] 1", meaning: rating.Meaning{"甲": 2, "丙": 4}},
		{values: "满意 9", want: "[0 1 0 0 0] 1", asks: "level"},
		{values: "满意 9", want: "[0 1 0 0 0] 1", meaning: rating.Meaning{"9": rating.LeftOut}},
	} {
		text := "部门,满意度,时间\n"
		for v := range strings.FieldsSeq(c.values) {
			text += "规划局," + v + ",2026-09-05 09:30\n"
		}
		f := file(text)
		f.Meaning = c.meaning
		if p := o.preview(f); levels(p) != c.want && c.asks == "" || asks(p) != c.asks || c.asks != "" && p.Usable > 1 {
			t.Errorf("%s: %s, asks %q; want %s, %q", c.values, levels(p), asks(p), c.want, c.asks)
		}
	}
	// Of two columns that say the level the one in words is read.
	p := o.preview(file("部门,评分,评价结果,时间\n规划局,3,非常满意,2026-09-05 09:30\n规划局,1,不满意,2026-09-05 09:31\n"))
	if levels(p) != "[1 0 0 1 0] 0" || p.Columns[2].Field != "level" || p.Columns[1].Field != "" {
		t.Errorf("%+v", p)
	}
}

// r_merged.xlsx: a merged cell stands for all its rows; the title above and the
// totals below are no ratings.
func TestCaseRMergedCellsStandForAllTheirRows(t *testing.T) {
	o := open(t)
	f := workbook(t, tab{"评价", [][]any{{"2026年9月窗口评价台账"}, {"部门", "窗口", "工号", "办件编号", "满意度", "日期", "意见"},
		{"规划局", "3号", "A01", "S-1", "非常满意", "2026年9月5日", "好"}, {nil, "3号", "A01", "S-2", "不满意", nil, "等得久"}, {nil, "4号", "A02", "S-3", "非常不满意", nil, "态度差"},
		{"建设局", "1号", "B01", "S-4", "满意", "2026年9月6日"}, {"合计", nil, nil, 4, nil, nil, "满意率 50%"}, {"部门", "窗口", "工号", "办件编号", "满意度", "日期", "意见"}, {"制表人：李某"}},
		[]string{"A1:G1", "A3:A5", "F3:F5"}})
	p := o.preview(f)
	if levels(p) != "[1 1 0 1 1] 0" || fmt.Sprint(p.Departments) != "[{GH 3} {JS 1}]" || p.NoteRows != 3 || p.Notes[0] != (rating.Note{Sheet: "评价", Line: 7, Text: "合计"}) {
		t.Fatalf("%+v", p)
	}
	if s := p.Sample[2]; !s.RatedAt.Equal(officetest.When("2026-09-05 00:00")) || s.Window != "4号" || s.Line != 5 || s.Sheet != "评价" {
		t.Errorf("%+v", s)
	}
	if got := o.imports(f); got != (rating.Imported{Rows: 4, Taken: 4, Notes: 3}) {
		t.Errorf("%+v", got)
	}
}

// r_tworow.xlsx: headings in two rows are read together.
func TestCaseRTworowHeadingsInTwoRows(t *testing.T) {
	o := open(t)
	p := o.preview(workbook(t, tab{"评价", [][]any{{"部门", "窗口", "办件", "评价", nil, nil, "群众", nil, "工作人员"}, {nil, nil, "编号", "满意度", "时间", "意见", "姓名", "电话", "姓名"},
		{"规划局", "3号", "S-1", "非常满意", "2026-09-05 09:30", "好", "张三", "13855512345", "李窗口"}, {"规划局", "3号", "S-2", "不满意", "2026-09-05 10:30", "等得久"}},
		[]string{"A1:A2", "B1:B2", "D1:F1", "G1:H1"}}))
	var fields []string
	for _, c := range p.Columns {
		fields = append(fields, c.Field)
	}
	if levels(p) != "[1 0 0 1 0] 0" || strings.Join(fields, " ") != "department window case_no level time text rater phone handler" || p.Sample[1].CaseNo != "S-2" || p.Callable != 1 {
		t.Errorf("%v %+v", fields, p)
	}
}

// r_months.xlsx: all visible sheets are read, and each that is not is told with
// why; a hidden one only where it is chosen.
func TestCaseRMonthsAllSheetsOrAChoice(t *testing.T) {
	o := open(t)
	head := []any{"部门", "窗口", "满意度", "评价时间"}
	row := func(level, at string) [][]any { return [][]any{head, {"规划局", "3号", level, at}} }
	f := workbook(t, tab{"说明", [][]any{{"此表为自动导出"}}, nil}, tab{"7月", row("非常满意", "2026-07-05 09:30"), nil}, tab{"8月", row("不满意", "2026-08-05 09:30"), nil},
		tab{"9月", row("非常不满意", "2026-09-05 09:30"), nil}, tab{"-底稿", row("满意", "2026-09-06 09:30"), nil}, tab{"9月汇总", row("非常不满意", "2026-09-05 09:30"), nil})
	p := o.preview(f)
	if read(p) != "7月 8月 9月 9月汇总" || p.Rows != 4 || len(p.Sheets) != 6 || p.Sheets[0].ZH == "" || !p.Sheets[4].Hidden || !strings.Contains(p.Sheets[4].ZH, "隐藏") || p.Sheets[4].EN == "" || p.Sheets[3].Rows != 1 {
		t.Errorf("%+v", p.Sheets)
	}
	if got := o.imports(f); got != (rating.Imported{Rows: 4, Taken: 3, Known: 1, Old: 1}) {
		t.Errorf("%+v: what stands in two sheets is one rating", got)
	}
	f.Sheets = []string{"9月", "底稿"}
	if p := o.preview(f); read(p) != "9月 底稿" || !strings.Contains(p.Sheets[1].ZH, "没有选") {
		t.Errorf("%+v", p.Sheets)
	}
	if got := o.imports(f); got != (rating.Imported{Rows: 2, Taken: 1, Known: 1}) {
		t.Errorf("%+v", got)
	}
}

// r_long.xlsx: a number of 18 digits that Excel cut is no number to go by; its row
// is refused, and the place is told.
func TestCaseRLongWhatExcelCutIsRefused(t *testing.T) {
	o := open(t)
	head := []any{"部门", "窗口", "工号", "办件编号", "满意度", "评价时间", "流水号", "联系电话"}
	f := workbook(t, tab{"评价", [][]any{head, {"规划局", "3号", "A01", 4.2010320260305001e17, "非常不满意", "2026-09-05 09:30", "P-1", 13800000000},
		{"规划局", "3号", "A01", "'420103202609050002", "不满意", "2026-09-05 09:31", "P-2", 13800000001}, {"规划局", "3号", `="0107"`, "S-3", "满意", "2026-09-05 09:32", 2.02603050001234e17, 1}}, nil})
	p := o.preview(f)
	if levels(p) != "[0 0 0 1 0] 2" || len(p.Wrong) != 2 {
		t.Fatalf("%+v", p)
	}
	if w := p.Wrong[0]; w.Sheet != "评价" || w.Line != 2 || w.Column != "D 办件编号" || !strings.Contains(w.ZH, "Excel") || !strings.Contains(w.EN, "its last digits are gone") {
		t.Errorf("%+v", w)
	}
	if w := p.Wrong[1]; w.Line != 4 || w.Column != "G 流水号" {
		t.Errorf("%+v", w)
	}
	if s := p.Sample[0]; s.CaseNo != "420103202609050002" || !s.Callable {
		t.Errorf("%+v", s)
	}
	o.imports(f)
	var reason string
	o.Must(o.Store.Readers().QueryRowContext(ctx, `SELECT reason_zh FROM quarantine ORDER BY id LIMIT 1`).Scan(&reason))
	if !strings.HasPrefix(reason, "工作表“评价”第 2 行 D 办件编号 列：“420103202603050000”") {
		t.Error(reason)
	}
	for text, want := range map[string]string{
		"规划局,4.20103E+17,满意\n规划局,S-2,满意\n":                       "[0 1 0 0 0] 1",
		"规划局,420103202603050000,满意\n规划局,420103202603060000,满意\n": "[0 0 0 0 0] 2", // all end in zeros: it was Excel
		"规划局,420103202603050000,满意\n规划局,420103202603050017,满意\n": "[0 2 0 0 0] 0",
		"规划局,\"=\"\"420103202603050017\"\"\",满意\n规划局,'0012,满意\n": "[0 2 0 0 0] 0",
		"规划局,S-1,满意\n规划局,S-2,\"满意\n规划局,S-3,满意\n规划局,S-4,满意\n":     "[0 3 0 0 0] 1",
	} {
		if p := o.preview(file("部门,办件编号,满意度,日期\n" + strings.ReplaceAll(text, "满意\n", "满意,2026-09-05\n"))); levels(p) != want {
			t.Errorf("%q: %s, want %s: %+v", text, levels(p), want, p.Wrong)
		}
	}
}

// r_ampm.xlsx: 12:30 AM is 00:30, 上午12:05 is 00:05; and what has two readings is
// refused with the reason.
func TestCaseRAmpmClocksOfTwelveHours(t *testing.T) {
	o := open(t)
	for text, want := range map[string]string{
		"2026/9/5 12:30:00 AM": "00:30", "2026/9/5 12:30:00 PM": "12:30", "2026-09-05 上午 12:30:00": "00:30", "2026/9/5 上午12:05": "00:05", "2026/9/5 下午 12:30:00": "12:30",
		"2026/9/5 下午3:30": "15:30", "2026/9/5 3:30 PM": "15:30", "2026/9/5 中午12:10": "12:10", "2026年9月5日 凌晨12时05分": "00:05", "46270.5": "12:00", "2026-09-05T01:30:00Z": "09:30",
		"3/5/2026 9:05": "可能是", "2026/9/5 上午 15:30": "不相符", "26/9/5 9:05": "年份只有两位", "昨天": "读不懂",
	} {
		p := o.preview(file("部门,满意度,评价时间\n规划局,满意," + text + "\n"))
		var got string
		if p.Usable == 1 {
			if got = p.First.In(time.FixedZone("", 8*3600)).Format("15:04"); p.First.In(time.FixedZone("", 8*3600)).Format("01-02") != "09-05" {
				t.Errorf("%s: %v", text, p.First)
			}
		} else {
			got = p.Wrong[0].ZH + p.Wrong[0].Column
		}
		if !strings.Contains(got, want) || p.Usable == 0 && !strings.Contains(got, "C 评价时间") {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for day, at := range map[string]string{"2026年9月5日": "上午12:05", "2026-09-05": "0.00347222222222222", "46270": "12:05 AM"} {
		if p := o.preview(file("部门,满意度,日期,时间\n规划局,满意," + day + "," + at + "\n")); p.Usable != 1 || !p.First.Equal(officetest.When("2026-09-05 00:05")) {
			t.Errorf("%s %s: %+v", day, at, p)
		}
	}
}

// r_html.xls: a web page that bears a spreadsheet's name is told so, and what to
// do; package sheet has the other kinds.
func TestCaseRHTMLTheTrueReason(t *testing.T) {
	o := open(t)
	for text, want := range map[string]string{
		"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>部门</td></tr></table></html>":              "这是网页，只是起了 .xls 之类的名字。请在 Excel 或 WPS 里打开，另存为",
		"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>":                                      "这是 Excel 2003 的 XML 表格",
		"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00": "有密码",
	} {
		_, err := o.Preview(ctx, file(text))
		if f, ok := fault.As(err); !ok || f.Code != "rating_file" || !strings.Contains(f.ZH, want) || f.EN == "" {
			t.Errorf("%.30q: %v", text, err)
		}
	}
}

// A file with several departments in a column of another name is never booked to
// the one that a person chose.
func TestCaseDepartmentsInAColumnOfAnotherName(t *testing.T) {
	o := open(t)
	const rows = "规划局,满意,2026-09-05 09:30,3号\n建设局,不满意,2026-09-05 09:31,3号\n"
	for name, c := range map[string]struct {
		text, file, column, want string // departments and refused rows; or what is asked
	}{
		"names of the console's departments": {text: "在哪办的,满意度,时间,窗口\n" + rows, want: "asks 在哪办的"},
		"the column is said":                 {text: "在哪办的,满意度,时间,窗口\n" + rows, column: "在哪办的", want: "[{GH 1} {JS 1}] 0"},
		"it is said that it is none":         {text: "在哪办的,满意度,时间,窗口\n" + rows, column: "-", want: "[{GH 1}] 1"},
		"in longer names":                    {text: "在哪办的,满意度,时间\n市规划局大厅,满意,2026-09-05\n市建设局,不满意,2026-09-05\n", column: "在哪办的", want: "[{GH 1} {JS 1}] 0"},
		"agencies that the console lacks":    {text: "来处,满意度,时间\n税务局,满意,2026-09-05\n林业局,不满意,2026-09-05\n", want: "asks 来处"},
		"in the windows' names":              {text: "窗口,满意度,时间\n规划局1号,满意,2026-09-05\n建设局1号,不满意,2026-09-05\n", want: "asks 窗口"},
		"the one that was chosen":            {text: "在哪办的,满意度,时间\n规划局,满意,2026-09-05\n市规划局,不满意,2026-09-05\n", want: "[{GH 2}] 0"},
		"known by its heading":               {text: "承办单位,满意度,时间,窗口\n" + rows, want: "[{GH 1} {JS 1}] 0"},
		"a title of another":                 {text: "建设局9月评价\n满意度,时间\n满意,2026-09-05\n", want: "asks "},
		"a file of another":                  {text: "满意度,时间\n满意,2026-09-05\n", file: "建设局.csv", want: "asks "},
		"applicants":                         {text: "申办企业,满意度,时间\n甲公司,满意,2026-09-05\n乙公司,满意,2026-09-05\n", column: "-", want: "[{GH 2}] 0"},
	} {
		f := rating.File{Name: "9月.csv", Bytes: []byte(c.text), Department: "GH", DepartmentColumn: c.column}
		if c.file != "" {
			f.Name = c.file
		}
		p := o.preview(f)
		got := fmt.Sprint(p.Departments, p.Rows-p.Usable)
		if len(p.Asks) > 0 {
			got = "asks " + strings.Join(p.Asks[0].Columns, " ")
			if _, err := o.Import(ctx, o.Staff, f); err == nil || p.Usable > 0 || p.Asks[0].ZH == "" || p.Asks[0].EN == "" {
				t.Errorf("%s: it was imported", name)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	// Sheets named after departments are theirs, whatever was chosen.
	f := workbook(t, tab{"规划局", [][]any{{"满意度", "时间"}, {"满意", "2026-09-05 09:30"}}, nil}, tab{"建设局", [][]any{{"满意度", "时间"}, {"不满意", "2026-09-05 09:30"}}, nil})
	f.Department = "GH"
	if p := o.preview(f); fmt.Sprint(p.Departments) != "[{GH 1} {JS 1}]" || p.Sheets[1].Department != "JS" {
		t.Errorf("%+v", p)
	}
}

// Whatever the column of departments is taken for: a file of several is never booked to
// the one that was chosen. It is asked about, or the rows are set aside.
func TestCaseDepartmentsInAColumnTakenForSomethingElse(t *testing.T) {
	o := open(t)
	for _, heading := range []string{"来源", "渠道", "评价渠道", "工号", "工作人员", "事项名称", "意见", "备注", "事项编码", "流水号", "窗口编号", "评价对象", "所在科室", "组织机构", "电话", "原因", "序号", "办理大厅"} {
		for _, form := range []string{"%s", "市%s", "%s审批科", "%s1号窗口"} {
			f := file(fmt.Sprintf("窗口,办件编号,满意度,评价时间,"+heading+"\n3号,S-1,不满意,2026-09-05 09:30,"+form+"\n3号,Z-1,非常不满意,2026-09-05 09:40,"+form+"\n3号,Z-2,不满意,2026-09-05 09:41,"+form+"\n", "规划局", "建设局", "建设局"))
			f.Department = "GH"
			p := o.preview(f)
			if asks(p) != "department" || p.Usable != 0 || !slices.Contains(p.Asks[0].Columns, heading) {
				t.Errorf("%s %s: asks %q, %d usable, %+v", heading, form, asks(p), p.Usable, p.Asks)
				continue
			}
			if f.DepartmentColumn = heading; fmt.Sprint(o.preview(f).Departments) != "[{GH 1} {JS 2}]" {
				t.Errorf("%s %s, said to be it: %+v", heading, form, o.preview(f))
			}
		}
	}
	// Codes that the console lacks, in a column that sounds like it.
	f := file("机构代码,满意度,评价时间\nGHJ,不满意,2026-09-05 09:30\nZJJ,不满意,2026-09-05 09:31\n")
	if f.Department = "GH"; asks(o.preview(f)) != "department" {
		t.Errorf("%+v", o.preview(f))
	}
	// What speaks of departments, and says none.
	for text, want := range map[string]string{
		"满意度,评价时间,意见\n不满意,2026-09-05 09:30,比建设局慢得多\n满意,2026-09-05 09:31,规划局很好\n":        "[{GH 2}] 0",
		"满意度,评价时间,事项名称\n不满意,2026-09-05 09:30,建设局出具的证明核验\n":                              "[{GH 1}] 0",
		"满意度,评价时间,申请单位\n不满意,2026-09-05 09:30,甲公司\n":                                     "[{GH 1}] 0",
		"满意度,评价时间,来源\n不满意,2026-09-05 09:30,窗口\n满意,2026-09-05 09:31,小程序\n":               "[{GH 2}] 0",
		"部门,办理部门,满意度,评价时间\n规划局,建设局,不满意,2026-09-05 09:30\n规划局,规划局,满意,2026-09-05 09:31\n": "[{GH 1}] 1", // two columns that differ
	} {
		f := file(text)
		f.Department = "GH"
		if p := o.preview(f); fmt.Sprint(p.Departments, p.Rows-p.Usable) != want || asks(p) != "" {
			t.Errorf("%s%+v", text, p)
		}
	}
	// An applicant may be another department, once a person said so.
	f = file("满意度,评价时间,申请人\n不满意,2026-09-05 09:30,建设局\n")
	if f.Department = "GH"; asks(o.preview(f)) != "department" {
		t.Errorf("%+v", o.preview(f))
	}
	if f.DepartmentColumn = "-"; fmt.Sprint(o.preview(f).Departments) != "[{GH 1}]" {
		t.Errorf("%+v", o.preview(f))
	}
}

// A case that the console knows as another department's is not rated as the one's that
// was chosen.
func TestCaseDepartmentsOfACaseKnownAsAnothers(t *testing.T) {
	o := open(t)
	f := file("办件编号,满意度,评价时间\nGH-01,不满意,2026-09-05 09:30\nX-9,不满意,2026-09-05 09:31\n")
	f.Department = "JS"
	p := o.preview(f)
	if fmt.Sprint(p.Departments, p.Rows-p.Usable) != "[{JS 1}] 1" || p.Wrong[0].Line != 2 || p.Wrong[0].Column != "A 办件编号" || !strings.Contains(p.Wrong[0].ZH, "“规划局”") || !strings.Contains(p.Wrong[0].EN, "not of") {
		t.Errorf("%+v", p)
	}
	if got := o.imports(f); got != (rating.Imported{Rows: 2, Taken: 1, Refused: 1}) {
		t.Errorf("%+v", got)
	}
	if f.Department = "GH"; fmt.Sprint(o.preview(f).Departments) != "[{GH 2}]" {
		t.Errorf("%+v", o.preview(f))
	}
}

// A rating exported again with another remark is the same rating: it is corrected, and
// not counted twice. Of ratings of which too little is known nobody can say so.
func TestCaseIdentityOfARatingIsNotItsRemark(t *testing.T) {
	o := open(t)
	const head = "部门,窗口,办件编号,满意度,评价时间,意见\n"
	o.imports(file(head + "规划局,3号,S-9,非常不满意,2026-09-21 09:30,很差\n规划局,3号,,满意,2026-09-21 09:31,好\n规划局,3号,,满意,2026-09-21 09:31,快\n规划局,,,满意,2026-09-21,好\n"))
	for _, c := range []struct {
		name, rows string
		want       rating.Imported
		holds      int
	}{
		{"a remark added", "规划局,3号,S-9,非常不满意,2026-09-21 09:30,很差，已核实\n", rating.Imported{Rows: 1, Corrected: 1}, 4},
		{"and again", "规划局,3号,S-9,非常不满意,2026-09-21 09:30,很差，已核实\n", rating.Imported{Rows: 1, Known: 1}, 4},
		{"another level is another rating", "规划局,3号,S-9,满意,2026-09-21 09:30,很差，已核实\n", rating.Imported{Rows: 1, Taken: 1}, 5},
		{"two of a moment, one changed", "规划局,3号,,满意,2026-09-21 09:31,快\n规划局,3号,,满意,2026-09-21 09:31,好的\n", rating.Imported{Rows: 2, Known: 1, Corrected: 1}, 5},
		{"in another order, one more", "规划局,3号,,满意,2026-09-21 09:31,不错\n规划局,3号,,满意,2026-09-21 09:31,好的\n规划局,3号,,满意,2026-09-21 09:31,快\n", rating.Imported{Rows: 3, Taken: 1, Known: 2}, 6},
		{"a day alone", "规划局,,,满意,2026-09-21,好极了\n", rating.Imported{Rows: 1, Taken: 1}, 7},
	} {
		if got := o.imports(file(head + c.rows)); got != c.want || len(o.list()) != c.holds {
			t.Errorf("%s: %+v, %d ratings; want %+v, %d", c.name, got, len(o.list()), c.want, c.holds)
		}
	}
	o.Verify()
}

// At the end it is told what became of every row.
func TestRatingsTallyOfRowsAgainstWhatWasTaken(t *testing.T) {
	o := open(t)
	f := file("流水号,部门,满意度,时间\n1,规划局,满意,2026-09-05 09:30\n2,规划局,满意,2026-09-05 09:31\n3,税务局,满意,2026-09-05 09:32\n合计,3,,\n")
	o.imports(file("流水号,部门,满意度,时间\n1,规划局,满意,2026-09-05 09:30\n"))
	if got := o.imports(f); got != (rating.Imported{Rows: 3, Taken: 1, Known: 1, Refused: 1, Notes: 1}) {
		t.Errorf("%+v", got)
	}
}

// Whatever way a table of ratings is laid out, the same ratings come of it: in
// another order of columns, in sheets, with titles, totals, merged cells, two rows
// of headings.
func TestRatingsAnyLayoutGivesTheSame(t *testing.T) {
	o := open(t)
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(r, "ratings")
		words := []string{"非常满意", "满意", "基本满意", "不满意", "非常不满意"}
		columns := rapid.Permutation([]string{"部门", "窗口", "满意度", "评价时间", "意见"}).Draw(r, "columns")
		two, merge, notes := rapid.Bool().Draw(r, "two rows"), rapid.Bool().Draw(r, "merged"), rapid.Bool().Draw(r, "notes")
		sheets := rapid.IntRange(1, 3).Draw(r, "sheets")
		tabs := make([]tab, sheets)
		var counts [5]int
		for i := range tabs {
			s := &tabs[i]
			s.name = fmt.Sprint("第", i+1, "页")
			if notes {
				s.rows = append(s.rows, []any{"三月窗口评价"}, []any{"填报：效能办"})
			}
			var upper, head []any
			for _, c := range columns {
				if two && c == "评价时间" {
					upper, head = append(upper, "评价"), append(head, "时间")
				} else {
					upper, head = append(upper, c), append(head, nil)
				}
			}
			if two {
				s.rows = append(s.rows, upper, head)
			} else {
				s.rows = append(s.rows, slices.Clone(toAny(columns)))
			}
			first := len(s.rows) + 1
			for j := i; j < n; j += sheets {
				level := rapid.IntRange(0, 4).Draw(r, "level")
				counts[level]++
				row := make([]any, len(columns))
				for k, c := range columns {
					row[k] = map[string]any{"部门": "规划局", "窗口": fmt.Sprint(j, "号"), "满意度": words[level], "评价时间": fmt.Sprintf("2026-09-05 09:%02d", j), "意见": fmt.Sprint("第", j, "条")}[c]
					if merge && c == "部门" && len(s.rows)+1 > first {
						row[k] = nil
					}
				}
				s.rows = append(s.rows, row)
			}
			if last := len(s.rows); merge && last > first {
				col := string(rune('A' + slices.Index(columns, "部门")))
				s.merges = append(s.merges, fmt.Sprint(col, first, ":", col, last))
			}
			if notes {
				s.rows = append(s.rows, []any{"合计", len(s.rows)})
			}
		}
		p, err := o.Preview(ctx, workbook(t, tabs...))
		if err != nil {
			r.Fatalf("%+v: %v", tabs, err)
		}
		if p.Usable != n || p.Rows != n || p.Levels != counts || fmt.Sprint(p.Departments) != fmt.Sprintf("[{GH %d}]", n) {
			r.Fatalf("%+v\n%+v", tabs, p)
		}
	})
}

func toAny(all []string) (out []any) {
	for _, s := range all {
		out = append(out, s)
	}
	return out
}

// The very files that people met, where they lie beside the repository.
func TestCasesAsTheyWereMet(t *testing.T) {
	const folder = "../../../../../shared/cases/ratings"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the cases are not here")
	}
	o := open(t)
	three := rating.Meaning{"1": 2, "2": 3, "3": 4}
	for name, c := range map[string]struct {
		meaning rating.Meaning
		want    string
	}{
		"r_three.csv": {three, "[0 1 1 1 0] 0"}, "r_merged.xlsx": {nil, "[1 0 0 1 1] 0"}, "r_tworow.xlsx": {nil, "[1 0 0 1 0] 0"}, "r_months.xlsx": {nil, "[1 0 0 1 1] 0"},
		"r_long.xlsx": {nil, "[0 0 0 0 0] 2"}, "r_html.xls": {nil, "这是网页"},
	} {
		b, err := os.ReadFile(filepath.Join(folder, name))
		o.Must(err)
		p, err := o.Preview(ctx, rating.File{Name: name, Bytes: b, Meaning: c.meaning})
		got := ""
		if f, ok := fault.As(err); ok {
			got = f.ZH
		} else if o.Must(err); len(p.Asks) == 0 {
			got = levels(p)
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
