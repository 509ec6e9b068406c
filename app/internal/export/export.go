// Package export writes lists as files: csv, json and xlsx, with the same
// columns in each. Rows are written as they come, so an export of every case
// needs no more memory than one of a hundred; xlsx spills to a temporary file
// and is written out at the end.
//
// Programs read csv and json: words stand in them as the API has them, and
// departments by their codes. People open xlsx: there they stand in Chinese, where
// the departments' names are known.
//
// Dates are those of the office's zone, Asia/Shanghai.
package export

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	_ "time/tzdata" // Windows PCs have no zone data of their own

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// What files are, as package list has it.
type (
	Format = list.Format
	File   = list.File
)

const (
	CSV  = list.CSV
	JSON = list.JSON
	XLSX = list.XLSX
	BOM  = list.BOM
)

// Rows calls a function with every row of an export, and stops at its first
// error.
type Rows[T any] = func(func(*T) error) error

// column is one column of an export. value returns a string, a number, a bool,
// a date, a moment, a department, a term or terms; nil: absent.
type column[T any] struct {
	name  string // in csv and json
	zh    string // beside it in xlsx
	width float64
	value func(*T) any
}

// date is a day on the office's calendar, moment a time of it; zero: absent.
type (
	date   time.Time
	moment time.Time
)

// department is a department's code.
type department string

// term is a word of one of the tables of words, terms are several.
type (
	term  struct{ table, word string }
	terms struct {
		table string
		words []string
	}
)

func (t term) zh() string {
	if zh, ok := words[t.table][t.word]; ok {
		return zh
	}
	return t.word
}

func (t terms) zh() string {
	all := make([]string, len(t.words))
	for i, w := range t.words {
		all[i] = term{t.table, w}.zh()
	}
	return strings.Join(all, "；")
}

// writer takes rows of a format.
type writer interface {
	row(values []any) error
	finish() error
	close() error // always the last call
}

func write[T any](w io.Writer, f File, sheet string, columns []column[T], each Rows[T]) error {
	heads := make([]head, len(columns))
	for i, c := range columns {
		heads[i] = head{c.name, c.zh, c.width}
	}
	out, err := open(w, f, sheet, heads)
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	err = each(func(r *T) error {
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

// head is what a format needs to know of a column.
type head struct {
	name, zh string
	width    float64
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

var office = func() *time.Location {
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(fmt.Sprintf("export: zone data is compiled in, yet: %v", err))
	}
	return loc
}()

func (d date) String() string {
	if time.Time(d).IsZero() {
		return ""
	}
	return time.Time(d).In(office).Format(time.DateOnly)
}

func (m moment) String() string {
	if time.Time(m).IsZero() {
		return ""
	}
	return time.Time(m).In(office).Format(time.DateTime)
}
