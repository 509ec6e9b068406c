package list

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// maxSheetRows is how many rows Excel can show, less the header.
const maxSheetRows = 1_048_575

type xlsxWriter struct {
	journal       *Journal
	out           io.Writer
	name          string // of the sheet
	file          *excelize.File
	sheet         *excelize.StreamWriter
	departments   map[string]string // nil: for programs
	dates, times  int               // styles
	cells         []any
	rows, maxRows int
}

// author is who an office's sheets are from.
const author = "效能督察办公室"

func newXLSX(w io.Writer, f File, sheet string, heads []head) (*xlsxWriter, error) {
	x := &xlsxWriter{out: w, name: sheet, journal: f.Journal, departments: f.Departments, file: excelize.NewFile(), cells: make([]any, len(heads)), maxRows: maxSheetRows}
	at := f.At
	if at.IsZero() {
		at = time.Now()
	}
	made := at.UTC().Format(time.RFC3339)
	err := x.file.SetDocProps(&excelize.DocProperties{Creator: author, LastModifiedBy: author, Title: sheet, Language: "zh-CN", Created: made, Modified: made})
	if err == nil {
		err = x.begin(sheet, heads)
	}
	if err != nil {
		return nil, errors.Join(err, x.file.Close())
	}
	return x, nil
}

// begin lays out the sheet: its header, which stays in view, and the columns'
// widths.
func (x *xlsxWriter) begin(sheet string, heads []head) (err error) {
	if err = x.file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	day, second := "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
	if x.dates, err = x.file.NewStyle(&excelize.Style{CustomNumFmt: &day}); err != nil {
		return err
	}
	if x.times, err = x.file.NewStyle(&excelize.Style{CustomNumFmt: &second}); err != nil {
		return err
	}
	bold, err := x.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if x.sheet, err = x.file.NewStreamWriter(sheet); err != nil {
		return err
	}
	if err = x.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, h := range heads {
		if err = x.sheet.SetColWidth(i+1, i+1, max(h.width, h.headed())); err != nil {
			return err
		}
		x.cells[i] = excelize.Cell{StyleID: bold, Value: h.zh}
	}
	return x.sheet.SetRow("A1", x.cells)
}

func (x *xlsxWriter) row(values []any) error {
	if x.rows == x.maxRows {
		return fault.New(fault.Invalid, "too_many_rows",
			"行数超过 Excel 的上限（1,048,575 行）。请缩小筛选范围，或导出为 csv。",
			"There are more rows than Excel can hold (1,048,575). Narrow the filter, or export as csv.", nil)
	}
	x.rows++
	for i, v := range values {
		x.cells[i] = x.cell(v)
	}
	at, err := excelize.CoordinatesToCellName(1, x.rows+1)
	if err != nil {
		return err
	}
	return x.sheet.SetRow(at, x.cells)
}

func (x *xlsxWriter) cell(v any) any {
	switch v := v.(type) {
	case bool:
		switch {
		case x.departments != nil:
			return vocab.YesNo.ZH(vocab.Whether(v))
		case v:
			return 1
		}
		return 0
	case reference:
		if v == 0 && x.departments != nil {
			return ""
		}
		return int(v)
	case department:
		if name := x.departments[string(v)]; name != "" {
			return name
		}
		return string(v)
	case word:
		if x.departments == nil {
			return v.key
		}
		return v.zh()
	case words:
		if x.departments == nil {
			return strings.Join(v.keys, " ")
		}
		return v.of.AllZH(v.keys)
	case day:
		y, m, d := time.Time(v).In(Zone).Date()
		return onWall(time.Time(v), x.dates, time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	case moment:
		l := time.Time(v).In(Zone)
		y, m, d := l.Date()
		return onWall(time.Time(v), x.times, time.Date(y, m, d, l.Hour(), l.Minute(), l.Second(), 0, time.UTC))
	}
	return v
}

// onWall makes a cell that shows the office's wall clock, or an empty one for an
// absent time; Excel knows no zones.
func onWall(t time.Time, style int, wall time.Time) any {
	if t.IsZero() {
		return nil
	}
	return excelize.Cell{StyleID: style, Value: wall}
}

// headed is how wide a column has to be for its heading and the filter's button
// beside it: a Chinese character takes two places.
func (h head) headed() float64 {
	n := 4.0
	for _, r := range h.zh {
		if n++; r > 0xff {
			n++
		}
	}
	return n
}

func (x *xlsxWriter) finish() error {
	last, err := excelize.CoordinatesToCellName(len(x.cells), x.rows+1)
	if err != nil {
		return err
	}
	if err := x.file.AutoFilter(x.name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := x.sheet.Flush(); err != nil {
		return err
	}
	if err := x.journaled(); err != nil {
		return err
	}
	return x.file.Write(x.out)
}

// JournalSheet is the name of the last sheet, which says what the journal was.
const JournalSheet = "存证"

// journaled says on a last sheet what the journal was when the file was written.
func (x *xlsxWriter) journaled() error {
	j := x.journal
	if j == nil {
		return nil
	}
	if _, err := x.file.NewSheet(JournalSheet); err != nil {
		return err
	}
	rows := [][2]string{
		{"说明", "本表由下述存证状态导出。日后在数据文件夹上运行 mingcha verify --checkpoint 本文件，可核对此前的记录没有被改动。"},
		{"导出时的状态", j.Line()},
		{"最近签署的检查点", j.Note},
		{"核验公钥", j.PublicKey},
	}
	for i, r := range rows {
		if err := x.file.SetSheetRow(JournalSheet, fmt.Sprintf("A%d", i+1), &[]string{r[0], r[1]}); err != nil {
			return err
		}
	}
	wrap, err := x.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	return errors.Join(x.file.SetColWidth(JournalSheet, "A", "A", 20), x.file.SetColWidth(JournalSheet, "B", "B", 100),
		x.file.SetCellStyle(JournalSheet, "A1", fmt.Sprintf("B%d", len(rows)), wrap))
}

// close removes the temporary file.
func (x *xlsxWriter) close() error { return x.file.Close() }
