package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// each reads a sheet's rows in order: of a formula what it last came to, as it
// stands in the file.
func (w *workbook) each(s *Sheet, f func(*Row) error) error {
	if s.damage != nil {
		return inSheet(s, s.damage)
	}
	part, err := w.open(s.part)
	if err != nil {
		return inSheet(s, err)
	}
	defer part.Close()
	r := &rows{d: xml.NewDecoder(part), w: w, spread: spreader{coming: s.merges}}
	for {
		t, err := r.d.RawToken()
		if errors.Is(err, io.EOF) {
			return inSheet(s, errEnds) // a sheet that ends has a last tag
		}
		if err != nil {
			return inSheet(s, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "row" {
				continue
			}
			if err := r.read(t); err != nil {
				return inSheet(s, err)
			}
			if !r.row.Own {
				continue
			}
			if err := f(&r.row); err != nil {
				return err
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" || t.Name.Local == "worksheet" {
				return nil
			}
		}
	}
}

var errEnds = errors.New("the sheet breaks off")

// inSheet is why a sheet cannot be read on.
func inSheet(s *Sheet, err error) error {
	if errors.Is(err, errTooBig) {
		return tooBig()
	}
	e := damaged(err)
	if s.Name != "" {
		e = &Error{ZH: fmt.Sprintf("工作表“%s”：%s", s.Name, e.ZH), EN: fmt.Sprintf("Sheet “%s”: %s", s.Name, e.EN), Err: e.Err}
	}
	return e
}

// rows reads a sheet.
type rows struct {
	d      *xml.Decoder
	w      *workbook
	spread spreader
	row    Row
}

// read reads the row that begins.
func (r *rows) read(start xml.StartElement) error {
	r.row.Line++
	r.row.Own, r.row.Fault = false, nil
	clear(r.row.Cells)
	r.row.Cells = r.row.Cells[:0]
	for _, a := range start.Attr {
		if n, err := strconv.Atoi(a.Value); a.Name.Local == "r" && err == nil && n > 0 {
			r.row.Line = n
		}
	}
	next := 0
	for {
		t, err := r.d.RawToken()
		if err != nil {
			return unended(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			column, cell, err := r.cell(t, next)
			if err != nil {
				return err
			}
			next = column + 1
			if column >= mostColumns || cell.Text == "" {
				continue
			}
			r.row.Cells = padded(r.row.Cells, column+1)
			r.row.Cells[column] = cell
			r.row.Own = r.row.Own || strings.TrimSpace(cell.Text) != ""
		case xml.EndElement:
			if t.Name.Local == "row" {
				r.spread.lay(&r.row)
				return nil
			}
		}
	}
}

// cell reads the cell that begins.
func (r *rows) cell(start xml.StartElement, next int) (column int, c Cell, err error) {
	column = next
	kind := "n"
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			if i, _, ok := place(a.Value); ok {
				column = i
			}
		case "t":
			kind = a.Value
		}
	}
	var value strings.Builder
	in := false
	for {
		t, err := r.d.RawToken()
		if err != nil {
			return 0, c, unended(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				in = true
			case "is":
				if c.Text, err = richText(r.d, "is", r.w.limits.Cell); err != nil {
					return 0, c, err
				}
			}
		case xml.CharData:
			if in {
				value.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v":
				in = false
			case "c":
				err := r.value(&c, kind, value.String())
				return column, c, err
			}
		}
	}
}

// value is what a cell of a kind holds.
func (r *rows) value(c *Cell, kind, v string) error {
	switch kind {
	case "inlineStr":
		c.Text = unwrapped(c.Text)
	case "s":
		if v = strings.TrimSpace(v); v == "" {
			return nil
		}
		i, err := strconv.Atoi(v)
		if err != nil || i < 0 || i >= len(r.w.strings) {
			return fmt.Errorf("a cell shares text %q, of which there is none", v)
		}
		c.Text = unwrapped(r.w.strings[i])
	case "str":
		c.Text = unwrapped(unescaped(v))
	case "b":
		c.Text = map[string]string{"0": "FALSE", "1": "TRUE"}[strings.TrimSpace(v)]
	case "e", "d":
		c.Text = strings.TrimSpace(v)
	default:
		if v = strings.TrimSpace(v); v != "" {
			c.Text, c.Number = plainNumber(v), true
		}
	}
	return nil
}
