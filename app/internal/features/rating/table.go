package rating

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Bounds of a file to import. A city's month has some tens of thousands of
// ratings.
const (
	MaxFile = 10 << 20 // bytes
	MaxRows = 100_000
)

// Bounds of an xlsx file once unpacked: a small file can be made to unpack
// without end. Sheets over the second are read from a temporary file.
const (
	mostUnpacked = 400 << 20
	mostInMemory = 16 << 20
)

// table is a file as rows of cells.
type table struct {
	format   string // "csv" or "xlsx"
	encoding string // of csv: "UTF-8", "GB18030" or "UTF-16"
	sheet    string // of xlsx
	date1904 bool   // of xlsx: how its dates count
	each     func(f func(line int, cells []string) error) error
}

func badFile(zh, en string, err error) error {
	f := fault.New(fault.Invalid, "rating_file", zh, en, err)
	f.Fields = []fault.Field{{Name: "file", ZH: zh, EN: en}}
	return f
}

// open finds out what a file is.
func open(file []byte) (*table, error) {
	switch {
	case len(file) > MaxFile:
		return nil, badFile("文件超过 10 MB。请分成几份导入。", "The file is over 10 MB. Import it in parts.", nil)
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return openXLSX(file)
	case bytes.HasPrefix(file, []byte("\xD0\xCF\x11\xE0")):
		return nil, badFile("这是旧版 Excel 文件（.xls）。请在 Excel 里另存为 .xlsx 再导入。", "This is a file of an old Excel (.xls). Save it as .xlsx in Excel and import that.", nil)
	}
	return openCSV(file)
}

// openCSV takes UTF-8 with a mark or without, UTF-16 with one, and else GB18030,
// which is what Chinese programs write that do not say.
func openCSV(file []byte) (*table, error) {
	t := &table{format: "csv", encoding: "UTF-8"}
	switch {
	case bytes.HasPrefix(file, []byte("\xFF\xFE")), bytes.HasPrefix(file, []byte("\xFE\xFF")):
		t.encoding = "UTF-16"
		file, _ = io.ReadAll(transform.NewReader(bytes.NewReader(file), unicode.BOMOverride(transform.Nop)))
	case bytes.HasPrefix(file, []byte("\xEF\xBB\xBF")):
		file = file[3:]
	case !utf8.Valid(file):
		t.encoding = "GB18030"
		file, _ = io.ReadAll(transform.NewReader(bytes.NewReader(file), simplifiedchinese.GB18030.NewDecoder()))
	}
	if bytes.IndexByte(file, 0) >= 0 || bytes.ContainsRune(file, utf8.RuneError) || !utf8.Valid(file) {
		return nil, badFile("文件读不懂：既不是 CSV 文本，也不是 Excel 文件。请从评价器重新导出。", "The file cannot be read: it is neither CSV text nor an Excel file. Export it again.", nil)
	}
	comma := separator(file)
	t.each = func(f func(line int, cells []string) error) error {
		r := csv.NewReader(bytes.NewReader(file))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return badFile(fmt.Sprintf("文件读到这里出错：%v。请用 Excel 打开检查后另存。", err), fmt.Sprintf("The file cannot be read on: %v. Open it in Excel, check it and save it anew.", err), nil)
			}
			line, _ := r.FieldPos(0)
			if err := f(line, cells); err != nil {
				return err
			}
		}
	}
	return t, nil
}

// separator is what stands between the cells of a csv: what there is most of in
// its first lines.
func separator(file []byte) rune {
	head := string(file[:min(len(file), 4096)])
	best, most := ',', 0
	for _, c := range []rune{',', '\t', ';'} {
		if n := strings.Count(head, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// openXLSX takes the first sheet that has ratings, or the first.
func openXLSX(file []byte) (*table, error) {
	options := excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostInMemory, RawCellValue: true}
	damaged := func(err error) error {
		return badFile("Excel 文件打不开，可能已损坏、加密或过大。请在 Excel 里打开后另存为 .xlsx。", "The Excel file cannot be opened: it is damaged, locked or too big. Open it in Excel and save it as .xlsx.", err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file), options)
	if err != nil {
		return nil, damaged(err)
	}
	defer book.Close()
	t := &table{format: "xlsx"}
	if p, err := book.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		t.date1904 = *p.Date1904
	}
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return nil, damaged(nil)
	}
	t.sheet = sheets[0]
	for _, name := range sheets {
		if h, err := findHead(func(f func(int, []string) error) error { return eachRow(book, name, f) }); err == nil && h.has(fieldLevel) {
			t.sheet = name
			break
		}
	}
	t.each = func(f func(line int, cells []string) error) error {
		book, err := excelize.OpenReader(bytes.NewReader(file), options)
		if err != nil {
			return damaged(err)
		}
		defer book.Close()
		err = eachRow(book, t.sheet, f)
		if _, ok := fault.As(err); err != nil && !ok && !errors.Is(err, errEnough) {
			err = damaged(err)
		}
		return err
	}
	return t, nil
}

// eachRow reads a sheet's rows: of a formula what it last came to, as it stands
// in the file.
func eachRow(book *excelize.File, sheet string, f func(line int, cells []string) error) error {
	rows, err := book.Rows(sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		if err := f(line, cells); err != nil {
			return err
		}
	}
	return rows.Error()
}
