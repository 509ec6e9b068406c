package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/mingcha-console/mingcha/sdk/sheet"
)

// book is a workbook by hand, as small as one may be: sheets by name, their parts
// as XML. A name that begins with "-" is hidden.
func book(t testing.TB, sheets ...[2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, text string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	list, relations := "", ""
	for i, s := range sheets {
		name, hidden := strings.CutPrefix(s[0], "-")
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d" state="%s"/>`, name, i+1, i+1, map[bool]string{true: "hidden", false: "visible"}[hidden])
		relations += fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
		add(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+s[1]+`</worksheet>`)
	}
	add("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)
	add("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`+list+`</sheets></workbook>`)
	add("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relations+`</Relationships>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rows are a sheet's rows of texts, with merged cells.
func rows(cells [][]string, merges ...string) string {
	out := "<sheetData>"
	for i, r := range cells {
		out += fmt.Sprintf(`<row r="%d">`, i+1)
		for j, c := range r {
			if n, number := strings.CutPrefix(c, "#"); number {
				out += fmt.Sprintf(`<c r="%s%d"><v>%s</v></c>`, sheet.Column(j), i+1, n)
			} else if c != "" {
				out += fmt.Sprintf(`<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>`, sheet.Column(j), i+1, c)
			}
		}
		out += "</row>"
	}
	out += "</sheetData><mergeCells>"
	for _, m := range merges {
		out += `<mergeCell ref="` + m + `"/>`
	}
	return out + "</mergeCells>"
}

func open(t testing.TB, file []byte) *sheet.Book {
	t.Helper()
	b, err := sheet.Open(file, sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// read is a sheet as its lines, cells between bars.
func read(t testing.TB, b *sheet.Book, n int) string {
	t.Helper()
	var out []string
	if err := b.Each(n, func(r *sheet.Row) error {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, strings.ReplaceAll(c.Text, "\n", "⏎"))
		}
		line := fmt.Sprint(r.Line, ":", strings.Join(cells, "|"))
		if r.Fault != nil {
			line += " ✗"
		}
		out = append(out, line)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " · ")
}

func TestMergedCellsStandForAllTheirRows(t *testing.T) {
	b := open(t, book(t, [2]string{"台账", rows([][]string{{"三月"}, {"部门", "窗口", "日期", "评价"}, {"规划局", "3", "3-5", "好"}, {"", "3", "", "差"}, {}, {"", "4", "", "好"}, {"建设局", "1", "3-6", "", "并列"}},
		"A1:D1", "A3:A6", "C3:C6", "D7:E7")}))
	if got, want := read(t, b, 0), "1:三月 · 2:部门|窗口|日期|评价 · 3:规划局|3|3-5|好 · 4:规划局|3|3-5|差 · 6:规划局|4|3-5|好 · 7:建设局|1|3-6||并列"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestHeadingsInOneTwoAndThreeRows(t *testing.T) {
	words := []string{"部门", "窗口", "办件编号", "满意度", "评价时间", "意见", "评价人电话"}
	known := func(all []sheet.Heading) (n int) {
		for _, h := range all {
			if slices.ContainsFunc(h.Readings, func(r string) bool { return slices.Contains(words, r) }) {
				n++
			}
		}
		return n
	}
	for name, c := range map[string]struct {
		cells       [][]string
		merges      []string
		first, last int
		n           int
	}{
		"one row":               {[][]string{{"部门", "满意度", "评价时间"}, {"规划局", "满意", "2026-03-05"}}, nil, 1, 1, 3},
		"below a title":         {[][]string{{"三月台账"}, {}, {"说明：按月填报"}, {"部门", "满意度", "评价时间"}, {"规划局", "满意", "2026-03-05"}}, []string{"A1:C1"}, 4, 4, 3},
		"two rows, merged":      {[][]string{{"部门", "窗口", "办件", "评价"}, {"", "", "办件编号", "满意度", "评价时间", "意见"}, {"规划局", "3号", "S-1", "满意", "2026-03-05", "好"}}, []string{"A1:A2", "B1:B2", "D1:F1"}, 2, 2, 6},
		"two rows, not merged":  {[][]string{{"部门", "窗口", "办件", "评价"}, {"", "", "编号", "满意度", "时间", "意见"}, {"规划局", "3号", "S-1", "满意", "2026-03-05", "好"}}, []string{"D1:F1"}, 1, 2, 6},
		"three rows":            {[][]string{{"部门", "窗口", "评价"}, {"", "", "满意度", "评价", "评价人"}, {"", "", "", "时间", "电话"}, {"规划局", "3号", "满意", "2026-03-05", "1380000"}}, []string{"C1:E1", "A1:A3", "B1:B3"}, 2, 3, 5},
		"data like a heading":   {[][]string{{"部门", "满意度", "来访"}, {"规划局", "满意", "窗口"}, {"规划局", "满意", "2026-03-05"}}, nil, 1, 1, 2},
		"nothing that is known": {[][]string{{"甲", "乙"}, {"1", "2"}}, nil, 0, 0, 0},
	} {
		h, err := open(t, book(t, [2]string{"表", rows(c.cells, c.merges...)})).FindHead(0, known)
		if err != nil || h.First != c.first && name != "two rows, merged" || h.Last != c.last || known(h.Headings) != c.n {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
	}
}

func TestSheetsAndWhichAreHidden(t *testing.T) {
	b := open(t, book(t, [2]string{"1月", rows([][]string{{"a"}})}, [2]string{"-底稿", rows([][]string{{"b"}})}))
	if len(b.Sheets) != 2 || b.Sheets[0].Name != "1月" || b.Sheets[0].Hidden || b.Sheets[1].Name != "底稿" || !b.Sheets[1].Hidden || read(t, b, 1) != "1:b" {
		t.Errorf("%+v", b.Sheets)
	}
}

func TestNumbersThatExcelCut(t *testing.T) {
	column := func(cells ...sheet.Cell) (cut []bool) {
		var d sheet.LongDigits
		for _, c := range cells {
			d.Add(c)
		}
		for _, c := range cells {
			cut = append(cut, d.Cut(c))
		}
		return cut
	}
	for want, cells := range map[string][]sheet.Cell{
		"[true]":        {{Text: "4.2010320260305001E+17", Number: true}},
		"[true false]":  {{Text: "420103202603050000", Number: true}, {Text: "420103202603050001", Number: true}}, // the file has every digit of the second
		"[true true]":   {{Text: "4.20103E+17"}, {Text: "1.38E+10"}},                                              // as shown, of which the digits are gone
		"[false false]": {{Text: "13800000001", Number: true}, {Text: "3号"}},
		"[true true ]":  {{Text: "420103202603050000"}, {Text: "420103202603060000"}},
		"[false false ]": {{Text: "420103202603050000"}, // a number ends in zeros now and then
			{Text: "420103202603050001"}},
		"[false]":         {{Text: "123456789012345"}}, // 15 digits are kept
		"[false false  ]": {{Text: "E10"}, {Text: "1E"}},
	} {
		if got := fmt.Sprint(column(cells...)); got != strings.TrimRight(strings.ReplaceAll(want, " ]", "]"), " ") && got != strings.ReplaceAll(strings.ReplaceAll(want, "  ]", "]"), " ]", "]") {
			t.Errorf("%+v: %s, want %s", cells, got, want)
		}
	}
	b := open(t, book(t, [2]string{"表", rows([][]string{{"#1.3800000001E+10", "'0107", `="0108"`, "'引' 号", "#0.5", "_x000D_甲_x0041_"}})}))
	if got := read(t, b, 0); got != "1:13800000001|0107|0108|'引' 号|0.5|\r甲A" {
		t.Errorf("%q", got)
	}
	if got := read(t, open(t, []byte("a,b,c\n'0107,=\"0108\",\"=\"\"01\"\"\"\n")), 0); got != "1:a|b|c · 2:0107|0108|01" {
		t.Errorf("%q", got)
	}
}

func TestEncodingsOfWindowsPrograms(t *testing.T) {
	const text = "部门,评价\n规划局,满意\n"
	encode := func(e interface{ String(string) (string, error) }) string {
		s, err := e.String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	little := encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder())
	big := encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder())
	gb := encode(simplifiedchinese.GB18030.NewEncoder())
	long := strings.Repeat("规划局,满意\n", 50)
	gbLong, err := simplifiedchinese.GB18030.NewEncoder().String(long)
	if err != nil {
		t.Fatal(err)
	}
	gbGood, err := simplifiedchinese.GB18030.NewEncoder().String("好")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, encoding, want string }{
		{text, "UTF-8", "1:部门|评价 · 2:规划局|满意"},
		{"\uFEFF" + text, "UTF-8", "1:部门|评价 · 2:规划局|满意"},
		{"\xFF\xFE" + little, "UTF-16", "1:部门|评价 · 2:规划局|满意"},
		{"\xFE\xFF" + big, "UTF-16", "1:部门|评价 · 2:规划局|满意"},
		{little, "UTF-16", "1:部门|评价 · 2:规划局|满意"},
		{big, "UTF-16", "1:部门|评价 · 2:规划局|满意"},
		{gb, "GB18030", "1:部门|评价 · 2:规划局|满意"},
		{"\xEF\xBB\xBF" + gb, "GB18030", "1:部门|评价 · 2:规划局|满意"}, // a mark that is not true
		{"sep=;\n部门;评价\n甲,乙;满意\n", "UTF-8", "2:部门|评价 · 3:甲,乙|满意"},
		{"部门\t评价\r甲\t好\r", "UTF-8", "1:部门|评价 · 2:甲|好"},
		{text + "\xE8\xA7,好\n" + long, "UTF-8", ""},            // a byte is lost: it is UTF-8 all the same
		{gb + "\xFF," + gbGood + "\n" + gbLong, "GB18030", ""}, // likewise
	} {
		b := open(t, []byte(c.file))
		got := read(t, b, 0)
		if b.Encoding != c.encoding || c.want != "" && got != c.want || c.want == "" && (!strings.HasPrefix(got, "1:部门|评价 · 2:规划局|满意 · 3:\uFFFD|好 · 4:规划局|满意") || strings.Count(got, "\uFFFD") != 1) {
			t.Errorf("%s: %s: %s", c.encoding, b.Encoding, got[:min(len(got), 120)])
		}
	}
}

// A quote that is never closed damages its row, not all that follow.
func TestAQuoteThatIsNeverClosed(t *testing.T) {
	for file, want := range map[string]string{
		"a,b,c\n1,\"x,2\n3,y,4\n5,z,6\n":         `1:a|b|c · 2:1|"x|2 ✗ · 3:3|y|4 · 4:5|z|6`,
		"a,b,c\n1,\"x,2\n3,y,4\n5,\"z\",6\n":     `1:a|b|c · 2:1|"x|2 ✗ · 3:3|y|4 · 4:5|z|6`,
		"a,b,c\n1,\"两\n行\",2\n3,5\" 屏,4\n":       `1:a|b|c · 2:1|两⏎行|2 · 4:3|5" 屏|4`,
		"a,b,c\r\n1,\"x\"\"y\",2\r\n\r\n3,,\"\"": `1:a|b|c · 2:1|x"y|2 · 4:3||`,
		"a,b,c\n1,2,\"x":                         `1:a|b|c · 2:1|2|"x ✗`,
	} {
		if got := read(t, open(t, []byte(file)), 0); got != want {
			t.Errorf("%q:\n%s\nwant\n%s", file, got, want)
		}
	}
}

// Nor does it take the square of the file's size to find out.
func TestManyQuotesThatAreNeverClosed(t *testing.T) {
	for _, file := range []string{strings.Repeat("\"a\n", 2<<20), strings.Repeat("a,\"b,c\n", 1<<20)} {
		b, began := open(t, []byte(file)), time.Now()
		err := b.Each(0, func(*sheet.Row) error { return nil })
		var e *sheet.Error
		if !errors.As(err, &e) || !strings.Contains(e.ZH, "引号") {
			t.Errorf("%v", err)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("it took %v", took)
		}
	}
}

func zipped(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, n := range names {
		if _, err := z.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func wide(s string) string {
	out, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(s)
	return out
}

// sealed is an archive that says of each of its files that it has a password.
func sealed(archive []byte) []byte {
	out := bytes.Clone(archive)
	for magic, at := range map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8} {
		for i := bytes.Index(out, []byte(magic)); i >= 0; {
			out[i+at] |= 1
			n := bytes.Index(out[i+4:], []byte(magic))
			if n < 0 {
				break
			}
			i += 4 + n
		}
	}
	return out
}

// What a file is stands in it, not in its name.
func TestTheTrueReasonOfWhatIsNoTable(t *testing.T) {
	whole := book(t, [2]string{"表", rows([][]string{{"a"}, {"b"}})})
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(`<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>部门</td></tr></table></html>`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, zh string }{
		{"", "空的"}, {"\uFEFF \r\n", "只有空白或编码标记"}, {"\uFEFF", "编码标记"}, {"\xFF\xFE", "编码标记"}, {strings.Repeat("\x00", 4096), "零字节"},
		{"\xFF\xD8\xFF\xE0\x00\x10JFIF", "图片"}, {"\xFF\xD8\xFF\xE0" + strings.Repeat("\x00", 30), "图片"}, {"MZ\x90\x00" + string(whole), "程序"},
		{"a.csv" + strings.Repeat("\x00", 252) + "ustar\x00", "tar"},
		{gb, "这是网页"},
		{"\uFEFF\n<!DOCTYPE html>\n<html lang=zh>", "这是网页"},
		{"<table border=1><tr><td>部门</td></tr></table>", "这是网页"},
		{"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><table>", "这是网页"},
		{"\xFF\xFE" + wide("<html><body>部门</body></html>"), "这是网页"},
		{"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "MHTML"},
		{`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "Excel 2003 的 XML"},
		{`<?xml version="1.0"?><list><a/></list>`, "XML 文件"},
		{`[{"部门": "规划局"}]`, "JSON"},
		{ole + wide("Root Entry") + wide("EncryptedPackage"), "有密码"},
		{ole + wide("Root Entry") + wide("Workbook"), "旧版 Excel"},
		{ole + wide("WordDocument"), "Word"},
		{ole, "旧版 Office"},
		{"\x09\x08\x10\x00\x00\x06\x05\x00", "旧版 Excel"},
		{string(zipped(t, "数据/9月.csv")), "压缩包，里面有“9月.csv”"},
		{string(zipped(t, "readme.md")), "里面有“readme.md”等 1 个文件，没有表格"},
		{string(zipped(t, "[Content_Types].xml", "word/document.xml")), "Word"},
		{string(zipped(t, "[Content_Types].xml", "xl/workbook.bin")), "xlsb"},
		{string(zipped(t, "mimetype", "content.xml")), "OpenDocument"},
		{"PK\x05\x06" + strings.Repeat("\x00", 18), "压缩包，里面没有文件"}, {string(zipped(t, "9月/")), "压缩包，里面没有文件"},
		{"PK\x07\x08" + string(whole), "分卷压缩包"}, {string(sealed(whole)), "加了密码的压缩包"}, {string(sealed(zipped(t, "9月.csv"))), "加了密码的压缩包"},
		{string(whole[:len(whole)/2]), "不完整或已损坏"}, {string(whole[:len(whole)-10]), "不完整或已损坏"},
		{"Rar!\x1A\x07", "压缩包"}, {"%PDF-1.7", "PDF"}, {"\x89PNG\r\n", "图片"},
		{"\x00\x01\x02部门", "既不是 CSV 文本"},
		{strings.Repeat("x", 10<<20+1), "超过 10 MB"},
	} {
		_, err := sheet.Open([]byte(c.file), sheet.Limits{})
		var e *sheet.Error
		if !errors.As(err, &e) || !strings.Contains(e.ZH, c.zh) || e.EN == "" || !strings.HasSuffix(e.ZH, "。") {
			t.Errorf("%.40q: %+v, want %s", c.file, err, c.zh)
		}
	}
	// What bears the name of another kind and can be read is read.
	if got := read(t, open(t, []byte("部门,评价\n")), 0); got != "1:部门|评价" {
		t.Error(got)
	}
}

// A cell of hundreds of megabytes, a book that unpacks without end, and one that
// lies about its size are refused in little memory.
func TestWhatUnpacksWithoutEnd(t *testing.T) {
	long := book(t, [2]string{"表", `<sheetData><row><c t="inlineStr"><is><t>` + strings.Repeat("长", 40<<20) + `</t></is></c></row></sheetData>`})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, err := sheet.Open(long, sheet.Limits{})
	if err == nil {
		err = b.Each(0, func(*sheet.Row) error { return nil })
	}
	runtime.ReadMemStats(&after)
	var e *sheet.Error
	if !errors.As(err, &e) || !strings.Contains(e.ZH, "过大") {
		t.Errorf("%v", err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 20 {
		t.Errorf("%d MiB were taken for it", used)
	}
	if _, err := sheet.Open(long, sheet.Limits{Unpacked: 100 << 20}); !errors.As(err, &e) || !strings.Contains(e.ZH, "解开后过大") {
		t.Errorf("%v", err)
	}
}

// Whatever a file holds, it is read or refused in words; no row is lost: of a
// text without quotes there are as many as lines in which something stands.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("部门,评价\n规划局,\"满\n意\"\n"))
	f.Add([]byte("\xFF\xFEa\x00,\x00b\x00\n\x00"))
	f.Add(book(f, [2]string{"表", rows([][]string{{"部门", "窗口"}, {"", "3"}}, "A1:A2")}))
	f.Fuzz(func(t *testing.T, file []byte) {
		b, err := sheet.Open(file, sheet.Limits{Unpacked: 1 << 20})
		var e *sheet.Error
		if err != nil {
			if !errors.As(err, &e) || e.ZH == "" || e.EN == "" {
				t.Errorf("refused without words: %v", err)
			}
			return
		}
		for i := range b.Sheets {
			last, n := 0, 0
			err := b.Each(i, func(r *sheet.Row) error {
				if b.Format == sheet.CSV && r.Line <= last {
					t.Errorf("line %d after %d", r.Line, last)
				}
				for _, c := range r.Cells {
					if !utf8.ValidString(c.Text) && b.Format == sheet.CSV {
						t.Errorf("%q", c.Text)
					}
				}
				last, n = r.Line, n+1
				return nil
			})
			if err != nil && !errors.As(err, &e) {
				t.Errorf("refused without words: %v", err)
			}
			if _, err := b.FindHead(i, func(h []sheet.Heading) int { return len(h) }); err != nil && !errors.As(err, &e) {
				t.Errorf("refused without words: %v", err)
			}
		}
	})
}
