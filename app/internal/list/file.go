package list

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
	_ "time/tzdata" // Windows PCs have no zone data of their own

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
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
	At          time.Time         // when it is written, by the office's clock; xlsx says so
	Journal     *Journal          // what the journal was then; xlsx says so on a last sheet; nil: not known
}

// Journal is the state of the journal that a file was written from, so that who
// has the file can check later that nothing of it was changed since.
type Journal struct {
	Origin    string
	Head      journal.Head // at the moment, whether or not it was signed
	Note      string       // the checkpoint signed last by then; empty: none
	PublicKey string
}

// Line is the state in one line, as reports print it: origin, number of records,
// root.
func (j *Journal) Line() string {
	return fmt.Sprintf("%s · %d · %s", j.Origin, j.Head.Size, j.Head.Root)
}

// Text is all of it, for a file beside one that programs read.
func (j *Journal) Text() string { return j.Line() + "\n\n" + j.Note }

// Rows calls a function with every row of a list, and stops at its first error.
type Rows[R any] = func(func(*R) error) error

// Write writes rows as a file with the list's columns. Rows are written as they
// come, so a file of every case needs no more memory than one of a hundred; xlsx
// spills to a temporary file and is written out at the end.
func (l *List[R, S]) Write(w io.Writer, f File, each Rows[R]) error {
	columns := l.in(f)
	heads := make([]head, len(columns))
	for i, c := range columns {
		heads[i] = head{c.Name, c.ZH, c.Width}
	}
	out, err := open(w, f, l.ZH, heads)
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	err = each(func(r *R) error {
		for i := range columns {
			values[i] = columns[i].value(r)
		}
		return out.row(values)
	})
	if err == nil {
		err = out.finish()
	}
	return errors.Join(err, out.close())
}

// in are the columns of a file: all of them for programs, for people those of the
// list's sheet in its order, if it has one.
func (l *List[R, S]) in(f File) []Column[R] {
	if f.Format != XLSX || f.Departments == nil || len(l.Sheet) == 0 {
		return l.Columns
	}
	out := make([]Column[R], len(l.Sheet))
	for i, name := range l.Sheet {
		at := slices.IndexFunc(l.Columns, func(c Column[R]) bool { return c.Name == name })
		if at < 0 {
			panic("list: " + l.Name + " has no column " + name + " for its sheet")
		}
		out[i] = l.Columns[at]
	}
	return out
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
		return newXLSX(w, f, sheet, heads)
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
