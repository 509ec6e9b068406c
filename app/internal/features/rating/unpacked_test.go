package rating

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// xlsxOf packs a workbook of one sheet whose XML writes itself.
func xlsxOf(t *testing.T, sheet, shared func(w io.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for name, content := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
	} {
		w, _ := z.Create(name)
		_, _ = io.WriteString(w, content)
	}
	w, _ := z.Create("xl/worksheets/sheet1.xml")
	_, _ = io.WriteString(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	sheet(w)
	_, _ = io.WriteString(w, `</sheetData></worksheet>`)
	if shared != nil {
		w, _ := z.Create("xl/sharedStrings.xml")
		shared(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func times(w io.Writer, n int, s string) {
	for range n {
		_, _ = io.WriteString(w, s)
	}
}

// H4: one cell of 60 MB is refused in a sentence, and costs next to no memory; so is
// whatever else is made big: a text that cells share, one in many parts, a row of a
// million cells, a tag, a part that nobody reads.
func TestH4ASheetThatUnpacksWithoutEndIsRefused(t *testing.T) {
	mb := strings.Repeat("x", 1<<20)
	none := func(io.Writer) {}
	for what, file := range map[string][]byte{
		"one cell of 60 MB": xlsxOf(t, func(w io.Writer) {
			_, _ = io.WriteString(w, `<row r="1"><c r="A1" t="inlineStr"><is><t>`)
			times(w, 60, mb)
			_, _ = io.WriteString(w, `</t></is></c></row>`)
		}, nil),
		"a shared text in parts": xlsxOf(t, none, func(w io.Writer) {
			_, _ = io.WriteString(w, `<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si>`)
			times(w, 1_000_000, `<x:r><x:t>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</x:t></x:r>`)
			_, _ = io.WriteString(w, `</x:si></x:sst>`)
		}),
		"a row without end": xlsxOf(t, func(w io.Writer) {
			_, _ = io.WriteString(w, `<row r="1">`)
			times(w, 2_000_000, `<c><v>1</v></c>`)
			_, _ = io.WriteString(w, `</row>`)
		}, nil),
		"a tag": xlsxOf(t, func(w io.Writer) {
			_, _ = io.WriteString(w, `<row a="`)
			times(w, 20, mb)
			_, _ = io.WriteString(w, `"/>`)
		}, nil),
		"all of it": xlsxOf(t, func(w io.Writer) { times(w, 230, "<row>"+strings.Repeat("<c><v>1</v></c>", 1<<16)+"</row>") }, nil),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := openTable(file, nil, t.Context().Err)
		runtime.ReadMemStats(&after)
		if f, ok := fault.As(err); !ok || f.Code != "rating_file" {
			t.Errorf("%s: %v", what, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 20<<20 {
			t.Errorf("%s: %d MB were taken", what, took>>20)
		}
	}
}

// A month of a city, with long texts, is none of that.
func TestH4AnHonestSheetIsTaken(t *testing.T) {
	file := xlsxOf(t, func(w io.Writer) {
		for i := range 20_000 {
			text := "好"
			if i%1000 == 0 {
				text = strings.Repeat("好", 32_767) // as long as a cell can be
			}
			fmt.Fprintf(w, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c><c r="B%d"><v>%d</v></c></row>`, i+1, i+1, text, i+1, i)
		}
	}, nil)
	if err := unpacked(file, t.Context().Err); err != nil {
		t.Error(err)
	}
}
