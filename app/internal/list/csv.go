package list

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

type csvWriter struct {
	w     *csv.Writer
	cells []string
}

func newCSV(w io.Writer, heads []head) (*csvWriter, error) {
	out := &csvWriter{csv.NewWriter(w), make([]string, len(heads))}
	for i, h := range heads {
		out.cells[i] = h.name
	}
	return out, out.w.Write(out.cells)
}

func (c *csvWriter) row(values []any) error {
	for i, v := range values {
		c.cells[i] = csvCell(v)
	}
	return c.w.Write(c.cells)
}

func (c *csvWriter) finish() error {
	c.w.Flush()
	return c.w.Error()
}

func csvCell(v any) string {
	switch v := v.(type) {
	case string:
		return guard(v)
	case department:
		return guard(string(v))
	case word:
		return guard(v.key)
	case words:
		return guard(strings.Join(v.keys, " "))
	case int:
		return strconv.Itoa(v)
	case reference:
		return strconv.Itoa(int(v))
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		if v {
			return "1"
		}
		return "0"
	case day:
		return v.String()
	case moment:
		return v.String()
	}
	return ""
}

// guard keeps a spreadsheet from running a department's text as a formula: an
// apostrophe goes before text that begins like one. Numbers with a sign, and a
// sign alone, are no formulas and stay as they are.
func guard(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) || size == len(s) || size == 0 {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

func (c *csvWriter) close() error { return nil }
