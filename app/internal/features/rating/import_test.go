package rating_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
)

// export is what a rater at a hall writes, with a title above and a summary
// below. Two rows are the same to the minute.
const export = `9月评价明细,,,,,,,,,
序号,部门,窗口号,工号,姓名,业务,满意度,评价时间,意见,联系电话
1,规划局,3,0107,李窗口,建设用地规划许可,非常满意,2026-09-21 09:05:10,,138-5551-2345
2,GH,3,0107,李窗口,规划咨询,满意,2026/9/21 9:15,,138****2345
3,建设局,5,0210,王窗口,,基本满意,2026年9月21日 9时20分,,
4,建设局,5,0210,王窗口,,基本满意,2026年9月21日 9时20分,,
5,规 划 局,3,0107,李窗口,,5-非常不满意,2026.9.22 下午3:05,"说""再来""，
来了三次",0550-3012345
`

func file(text string) rating.File { return rating.File{Name: "9月.csv", Bytes: []byte(text)} }

// read are the names of the sheets that are read.
func read(p *rating.Preview) string {
	var names []string
	for _, s := range p.Sheets {
		if s.Read {
			names = append(names, s.Name)
		}
	}
	return strings.Join(names, " ")
}

// down is what numbers mean where 1 is the best of five.
var down = rating.Meaning{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}

func (o *office) preview(f rating.File) *rating.Preview {
	o.Helper()
	p, err := o.Preview(ctx, f)
	o.Must(err)
	return p
}

func (o *office) imports(f rating.File) rating.Imported {
	o.Helper()
	x, err := o.Import(ctx, o.Staff, f)
	o.Must(err)
	return *x
}

func (o *office) list() []rating.Rating {
	o.Helper()
	p, err := o.List(ctx, o.Head, list.Asking().Window(0, 1000))
	o.Must(err)
	return p.Rows
}

// The same export in whatever way it was saved is the same ratings: the second
// import and all after it change nothing.
func TestAnExportHoweverItWasSaved(t *testing.T) {
	o := open(t)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(export)
	o.Must(err)
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(export, ",", "\t"))
	o.Must(err)
	var book bytes.Buffer
	x := excelize.NewFile()
	_, err = x.NewSheet("明细")
	o.Must(err)
	w, err := x.NewStreamWriter("明细")
	o.Must(err)
	for i, line := range [][]any{{"9月评价明细"}, {"序号", "部门", "窗口号", "工号", "姓名", "业务", "满意度", "评价时间", "意见", "联系电话"},
		{1, "规划局", 3, "0107", "李窗口", "建设用地规划许可", excelize.Cell{Formula: `"非常"&"满意"`, Value: "非常满意"}, time.Date(2026, 9, 21, 9, 5, 10, 0, time.UTC), nil, 13855512345},
		{2, "GH", "3", "0107", "李窗口", "规划咨询", "满意", "2026/9/21 9:15", nil, "138****2345"},
		{3, "建设局", "5", "0210", "王窗口", nil, "基本满意", "2026-09-21 09:20"}, {4, "建设局", "5", "0210", "王窗口", nil, "基本满意", "2026-09-21 09:20"}, {},
		{5, "规划局", "3", "0107", "李窗口", nil, "非常不满意（5）", "2026-09-22 15:05:00.000", "说\"再来\"，\n来了三次", "0550 3012345"}} {
		o.Must(w.SetRow(fmt.Sprint("A", i+1), line))
	}
	o.Must(w.Flush())
	o.Must(x.SetCellValue("Sheet1", "A1", "说明：此表为自动导出"))
	o.Must(x.Write(&book))

	for i, f := range []struct{ encoding, sheet, text string }{{"UTF-8", "", export}, {"UTF-8", "", "\uFEFF" + strings.ReplaceAll(export, "\n", "\r\n")}, {"GB18030", "", gb}, {"UTF-16", "", utf16}, {"", "明细", book.String()}} {
		p := o.preview(file(f.text))
		if p.Encoding != f.encoding || read(p) != f.sheet || p.Rows != 5 || p.Usable != 5 || p.Levels != [5]int{1, 1, 2, 0, 1} || p.Callable != 2 || p.NoItem != 1 || len(p.Wrong) != 0 || len(p.Before) > 0 ||
			fmt.Sprint(p.Departments) != "[{GH 3} {JS 2}]" || !p.First.Equal(officetest.When("2026-09-21 09:05").Add(10*time.Second)) || !p.Last.Equal(officetest.When("2026-09-22 15:05")) || len(p.Asks) > 0 {
			t.Errorf("%s %s: %+v", f.encoding, f.sheet, p)
		}
		if s := p.Sample[4]; s.Level != 5 || s.Window != "3" || s.Handler != "李窗口" || s.Text != "说\"再来\"，\n来了三次" || !s.Callable {
			t.Errorf("%+v", s)
		}
		want := rating.Imported{Rows: 5, Known: 5}
		if i == 0 {
			want = rating.Imported{Rows: 5, Taken: 5}
		}
		if got := o.imports(file(f.text)); got != want {
			t.Errorf("%s %s: %+v", f.encoding, f.sheet, got)
		}
	}
	all := o.list()
	if len(all) != 5 || all[0].Level != 5 || all[0].Channel != "window" || !all[0].Named || all[4].Item != "I1" || all[3].Named {
		t.Errorf("%+v", all)
	}
	if who, err := o.Reveal(ctx, o.Staff, &all[4], account.Opening{}); err != nil || who.Phone != "13855512345" || who.Name != "" {
		t.Errorf("the name beside a staff number is the staff's: %+v, %v", who, err)
	}
	if p := o.preview(file(gb)); len(p.Before) != 1 || p.Before[0].Name != "9月.csv" || p.Before[0].Account != o.Staff.Account || p.Before[0].Known != 5 {
		t.Errorf("imported before: %+v", p.Before)
	}
	o.MustFollow() // a bad one from a file is followed up like any other
	if m := o.Matters(o.GH); len(m) != 1 || m[0].Fact != "说\"再来\"，\n来了三次" {
		t.Errorf("%+v", m)
	}
	o.Verify()
}

// A file that overlaps another brings what is new; one with serial numbers also
// what was changed.
func TestFilesThatOverlap(t *testing.T) {
	o := open(t)
	const head = "流水号,单位,窗口,评价结果,时间\n"
	file := func(text string) rating.File {
		f := file(text)
		f.Meaning = down
		return f
	}
	o.imports(file(head + "A1,GH,3,1,2026-09-21 09:00\nA2,GH,3,4,2026-09-21 09:10\n"))
	if got := o.imports(file(head + "A2,GH,3,2,2026-09-21 09:10\nA3,GH,3,2,2026-09-21 09:20\nA1,GH,4,1,2026-09-21 09:00\n")); got != (rating.Imported{Rows: 3, Taken: 2, Corrected: 1}) {
		t.Errorf("%+v: A1 of another window is another", got)
	}
	const plain = "序号,单位,窗口,评价结果,时间\n"
	o.imports(file(plain + "1,JS,3,满意,2026-09-21 09:00\n2,JS,3,满意,2026-09-21 09:00\n"))
	if got := o.imports(file(plain + "1,JS,3,差,2026-09-21 08:00\n2,JS,3,满意,2026-09-21 09:00\n3,JS,3,满意,2026-09-21 09:00\n4,JS,3,满意,2026-09-21 09:00\n")); got != (rating.Imported{Rows: 4, Taken: 2, Known: 2}) {
		t.Errorf("%+v: two of three that are the same were there", got)
	}
	o.Verify()
}

func TestEveryRowThatCannotBeUsedIsNamed(t *testing.T) {
	o := open(t)
	f := file("流水号,部门,评价,评价时间,意见\n" +
		"1,规划局,满意,2026-09-21 09:00,\n" +
		"2,税务局,满意,2026-09-21 09:00,\n" +
		"3,,满意,2026-09-21 09:00,\n" +
		"4,规划局,还行吧,2026-09-21 09:00,\n" +
		"5,规划局,,2026-09-21 09:00,\n" +
		"6,规划局,默认好评,2026-09-21 09:00,\n" +
		"7,规划局,满意,昨天,\n" +
		"8,规划局,满意,,\n" +
		"9,规划局,满意,2026-09-29 09:00,\n" +
		"10,规划局,满意,1999-12-31,\n" +
		"1,规划局,不满意,2026-09-21 09:00,\n" +
		"11,规划局,满意,2026-09-21," + strings.Repeat("长", 4001) + "\n" +
		"\n,,,,\n" +
		"12,规划局\n")
	p := o.preview(f)
	if p.Rows != 13 || p.Usable != 1 {
		t.Errorf("%d rows, %d usable", p.Rows, p.Usable)
	}
	want := map[int]string{3: "没有部门“税务局”", 4: "没有填部门", 5: "看不懂满意度“还行吧”", 6: "没有填满意度", 7: "不是群众自己评的", 8: "看不懂时间“昨天”", 9: "没有填时间",
		10: "时间晚于现在", 11: "时间早于 2000 年", 12: "流水号“1”在本文件里用了两次", 13: "意见超过 4000 字", 16: "没有填满意度"}
	for _, w := range p.Wrong {
		if !strings.Contains(w.ZH, want[w.Line]) || want[w.Line] == "" || w.EN == "" || strings.ContainsAny(w.EN, "没看") {
			t.Errorf("line %d: %s / %s", w.Line, w.ZH, w.EN)
		}
		delete(want, w.Line)
	}
	if len(want) > 0 {
		t.Errorf("nothing is said of %v", want)
	}
	for range 2 {
		if got := o.imports(f); got.Refused != 12 || got.Taken+got.Known != 1 {
			t.Errorf("%+v", got)
		}
		q, err := o.Store.QuarantineCounts(ctx)
		o.Must(err)
		if q["@office"] != 12 {
			t.Errorf("%d in quarantine, want 12 however often it is imported", q["@office"])
		}
	}
}

func TestAFileThatCannotBeUsedAtAll(t *testing.T) {
	o := open(t)
	rows := "部门,满意度,时间\n" + strings.Repeat("规划局,满意,2026-09-21\n", rating.MaxRows+1)
	for words, f := range map[string]rating.File{
		"缺少这几列：满意度（如“满意度”“评价结果”）、时间（如“评价时间”“日期”）、部门": file("窗口,工号\n3,0107\n"),
		"文件里的列名是：满意度、时间": file("满意度,时间\n满意,2026-09-21\n"),
		"文件是空的":                 file(""),
		"文件里的列名是：—":             file("甲,乙\n"),
		"另存为“Excel 工作簿（.xlsx）”": file("\xD0\xCF\x11\xE0\xA1\xB1"),
		"既不是 CSV 文本":            file("\x00\x01\x02部门"),
		"文件不完整或已损坏":             file("PK\x03\x04not a book"),
		"超过 10 MB":              file(strings.Repeat("x", rating.MaxFile+1)),
		"超过 100,000 行":          file(rows),
	} {
		for _, try := range []func() error{
			func() error { _, err := o.Preview(ctx, f); return err },
			func() error { _, err := o.Import(ctx, o.Staff, f); return err },
		} {
			if err, ok := fault.As(try()); !ok || err.Code != "rating_file" || !strings.Contains(err.ZH, words) || err.EN == "" {
				t.Errorf("%s: %+v", words, err)
			}
		}
	}
	if len(o.list()) > 0 {
		t.Error("of a file that is refused something was taken")
	}
	f := file("满意度,日期,时间\n2,2026-09-21,09:30\n")
	if f.Department = "XX"; o.wantField(f) != "department" {
		t.Error("an unknown department")
	}
	f.Department, f.Meaning = "JS", down
	if p := o.preview(f); p.Usable != 1 || p.Sample[0].Level != 2 || p.Sample[0].Department != "JS" || !p.First.Equal(officetest.When("2026-09-21 09:30")) {
		t.Errorf("with the department chosen: %+v", p)
	}
}

// ASVS 5.2.3: half a megabyte that unpacks to more than a book may is refused
// before it is unpacked.
func TestABookThatUnpacksWithoutEndIsRefused(t *testing.T) {
	o := open(t)
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // it was only written
	for i, row := range [][]any{{"部门", "满意度", "时间"}, {"规划局", "满意", "2026-09-21 09:30"}} {
		o.Must(book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row))
	}
	var small bytes.Buffer
	o.Must(book.Write(&small))
	if p := o.preview(file(small.String())); p.Usable != 1 {
		t.Fatalf("without what unpacks: %+v", p)
	}
	in, err := zip.NewReader(bytes.NewReader(small.Bytes()), int64(small.Len()))
	o.Must(err)
	var bomb bytes.Buffer
	out := zip.NewWriter(&bomb)
	out.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, f := range in.File {
		o.Must(out.Copy(f))
	}
	w, err := out.Create("xl/media/image1.bin")
	o.Must(err)
	nothing := make([]byte, 1<<20)
	for range 401 {
		_, err := w.Write(nothing)
		o.Must(err)
	}
	o.Must(out.Close())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = o.Preview(ctx, file(bomb.String()))
	runtime.ReadMemStats(&after)
	if f, ok := fault.As(err); !ok || f.Code != "rating_file" || !strings.Contains(f.ZH, "过大") {
		t.Errorf("%d bytes that unpack to 401 MiB: %v", bomb.Len(), err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 50<<20 {
		t.Errorf("%d bytes were unpacked before it was refused", used)
	}
}

func (o *office) wantField(f rating.File) string {
	_, err := o.Preview(ctx, f)
	if f, ok := fault.As(err); ok && len(f.Fields) == 1 {
		return f.Fields[0].Name
	}
	return ""
}

// Cells that would be formulas in a spreadsheet, markup, and what does not show
// are texts and nothing else; so is the name of the file.
func TestHostileCells(t *testing.T) {
	o := open(t)
	f := file("部门,满意度,时间,意见,窗口\n规划局,满意,2026-09-21,\"=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\",<script>alert(1)</script>\n规划局,满意,2026-09-21,\x07退\u200f格\x1b[2J,'); DROP TABLE ratings;--\n")
	f.Name = "..\\..\\C:/x/" + strings.Repeat("长", 500) + ".csv"
	o.imports(f)
	all := o.list()
	if len(all) != 2 {
		t.Fatalf("%+v", all)
	}
	for _, r := range all {
		if strings.ContainsAny(r.Text, "\x07\x1b") || r.Text == "" {
			t.Errorf("%q", r.Text)
		}
	}
	if x, err := o.Imports(ctx); err != nil || len(x) != 1 || len([]rune(x[0].Name)) != 120 || strings.ContainsAny(x[0].Name, `/\`) {
		t.Errorf("%+v, %v", x, err)
	}
}

// An Excel file of 100,000 rows is read in the time of a cup of tea and a part of
// an office PC's memory: where MINGCHA_FULL is set; of a fifth of them otherwise,
// in less.
func TestAsManyRowsAsMayBe(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	rows := rating.MaxRows / 20
	if os.Getenv("MINGCHA_FULL") != "" {
		rows = rating.MaxRows
	}
	o := open(t)
	x := excelize.NewFile()
	w, err := x.NewStreamWriter("Sheet1")
	o.Must(err)
	o.Must(w.SetRow("A1", []any{"部门", "窗口", "满意度", "评价时间", "意见", "电话"}))
	for i := range rows {
		o.Must(w.SetRow(fmt.Sprint("A", i+2), []any{"规划局", i % 40, "满意", 46000 + float64(i)/float64(rows), fmt.Sprint("第 ", i, " 条意见"), 13800000000 + i}))
	}
	o.Must(w.Flush())
	var book bytes.Buffer
	o.Must(x.Write(&book))
	o.Must(x.Close())
	f := rating.File{Name: "十万.xlsx", Bytes: book.Bytes()}

	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := before.HeapInuse
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&after)
				most = max(most, after.HeapInuse)
			}
		}
	}()
	began := time.Now()
	p := o.preview(f)
	read := time.Since(began)
	got := o.imports(f)
	took := time.Since(began)
	close(stop)
	<-done
	if p.Usable != rows || got != (rating.Imported{Rows: rows, Taken: rows}) || p.Callable != rows {
		t.Errorf("%d usable, %+v", p.Usable, got)
	}
	grown := float64(most-before.HeapInuse) / (1 << 20)
	t.Logf("%d MiB; read in %v, read and taken in %v, %.0f MiB at most", len(f.Bytes)>>20, read, took, math.Round(grown))
	if bound := 100 + 300*float64(rows)/rating.MaxRows; grown > bound || took > 10*time.Minute {
		t.Errorf("%.0f MiB more, %v", grown, took)
	}
}
