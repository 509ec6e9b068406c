package sheet

import (
	"bytes"
	"fmt"
)

// Formats of files that are read.
const (
	CSV  = "csv"
	XLSX = "xlsx"
)

// Limits bound what a file may hold. A small file can be made to unpack without
// end.
type Limits struct {
	File     int   // bytes of the file; 0: 10 MiB
	Unpacked int64 // bytes of all that a workbook unpacks to; 0: 400 MiB
	Strings  int64 // bytes of a workbook's texts that are kept in memory; 0: 64 MiB
	Cell     int   // bytes of one cell; 0: 1 MiB (Excel takes 32,767 characters)
}

func (l Limits) filled() Limits {
	if l.File == 0 {
		l.File = 10 << 20
	}
	if l.Unpacked == 0 {
		l.Unpacked = 400 << 20
	}
	if l.Strings == 0 {
		l.Strings = 64 << 20
	}
	if l.Cell == 0 {
		l.Cell = 1 << 20
	}
	return l
}

// mostColumns bounds a row: cells further right are not read.
const mostColumns = 1024

// Error is why a file cannot be read, and what to do.
type Error struct {
	ZH, EN string
	Err    error // what stood behind it; often nil
}

func (e *Error) Error() string { return e.EN }
func (e *Error) Unwrap() error { return e.Err }

func refuse(zh, en string) *Error { return &Error{ZH: zh, EN: en} }

// Book is a file that can be read.
type Book struct {
	Format   string
	Encoding string // of CSV: "UTF-8", "GB18030", "UTF-16" or "UTF-32"
	Date1904 bool   // of a workbook: its dates count from 1904
	Sheets   []Sheet

	limits Limits
	text   []byte // of CSV
	comma  rune   // of CSV
	xlsx   *workbook
}

// Sheet is one table of a file. A CSV is one without a name.
type Sheet struct {
	Name   string
	Hidden bool

	part   string // of a workbook
	merges []area
	damage error // why it cannot be read
}

// Row is one row of a sheet.
type Row struct {
	Line  int    // from 1, as the program that shows it counts: in a CSV the line where it begins
	Cells []Cell // a merged cell stands in each row that it covers, at its first column
	Fault *Error // the row as a whole is damaged; nil: it is not
	Own   bool   // something stands in it besides what merged cells bring

	across []Cell // a merged cell at each column as well
}

// Across is the row with every merged cell at each column that it covers, as
// headings are read.
func (r *Row) Across() []Cell {
	if r.across != nil {
		return r.across
	}
	return r.Cells
}

// Cell is what stands in a place.
type Cell struct {
	Text   string // trimmed of nothing; of a formula what it last came to
	Number bool   // of a workbook: it is a number, and Text all that the file has of it
}

// Open finds out what a file is. Of one that is no table, or cannot be read as
// one, the *Error says what it is and what to do.
func Open(file []byte, limits Limits) (*Book, error) {
	limits = limits.filled()
	if len(file) > limits.File {
		return nil, refuse(fmt.Sprintf("文件超过 %d MB。请分成几份导入。", limits.File>>20), fmt.Sprintf("The file is over %d MB. Import it in parts.", limits.File>>20))
	}
	if err := notATable(file); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return openXLSX(file, limits)
	}
	return openCSV(file, limits)
}

// Each calls f with every row of a sheet that something stands in, in order. The
// row is f's until it returns.
func (b *Book) Each(sheet int, f func(*Row) error) error {
	if b.xlsx != nil {
		return b.xlsx.each(&b.Sheets[sheet], f)
	}
	return b.csvRows(f)
}

// Column is a column's letters, from 0: A, B, … Z, AA.
func Column(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}
