package list

import (
	"errors"
	"fmt"
	"io"
	"time"
	_ "time/tzdata" // Windows PCs have no zone data of their own

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Format is a file format.
type Format string

const (
	CSV  Format = "csv"
	JSON Format = "json"
	XLSX Format = "xlsx"
)

// Formats lists the formats.
var Formats = []Format{CSV, JSON, XLSX}

// BOM put before a csv file lets Excel show its Chinese. Files leave it to the
// caller: programs that read csv from a pipe trip over it.
const BOM = "\uFEFF"

// ContentType is the format's media type.
func (f Format) ContentType() string {
	switch f {
	case CSV:
		return "text/csv; charset=utf-8"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/json"
}

// File is what is written. Programs read csv and json: words stand in them as the
// API has them, and departments by their codes. People open xlsx: there they stand
// in Chinese, where the departments' names are known. Dates and times are those of
// the office's zone, Asia/Shanghai.
type File struct {
	Format      Format
	Departments map[string]string // names by code; with them xlsx speaks to people, without them to programs
}

// Rows calls a function with every row of a list, and stops at its first error.
type Rows[R any] = func(func(*R) error) error

// Write writes rows as a file with the list's columns. Rows are written as they
// come, so a file of every case needs no more memory than one of a hundred; xlsx
// spills to a temporary file and is written out at the end.
func (l *List[R, S]) Write(w io.Writer, f File, each Rows[R]) error {
	heads := make([]head, len(l.Columns))
	for i, c := range l.Columns {
		heads[i] = head{c.Name, c.ZH, c.Width}
	}
	out, err := open(w, f, l.ZH+" "+l.Name, heads)
	if err != nil {
		return err
	}
	values := make([]any, len(l.Columns))
	err = each(func(r *R) error {
		for i := range l.Columns {
			values[i] = l.Columns[i].value(r)
		}
		return out.row(values)
	})
	if err == nil {
		err = out.finish()
	}
	return errors.Join(err, out.close())
}

// head is what a format needs to know of a column.
type head struct {
	name, zh string
	width    float64
}

// writer takes rows of a format.
type writer interface {
	row(values []any) error
	finish() error
	close() error // always the last call
}

func open(w io.Writer, f File, sheet string, heads []head) (writer, error) {
	switch f.Format {
	case CSV:
		return newCSV(w, heads)
	case JSON:
		return newJSON(w, heads)
	case XLSX:
		return newXLSX(w, f.Departments, sheet, heads)
	}
	return nil, fault.New(fault.Invalid, "export_format",
		fmt.Sprintf("没有导出格式 %q。请选择 csv、json 或 xlsx。", f.Format),
		fmt.Sprintf("There is no export format %q. Choose csv, json or xlsx.", f.Format), nil)
}

// Zone is the office's zone, Asia/Shanghai.
var Zone = func() *time.Location {
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(fmt.Sprintf("list: zone data is compiled in, yet: %v", err))
	}
	return loc
}()
