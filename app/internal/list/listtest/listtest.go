// Package listtest reads back what lists write, for tests.
package listtest

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/list"
)

// Departments are the departments that files know by name.
var Departments = map[string]string{"GH": "规划局"}

// File is a list as a file.
func File[R, S any](t *testing.T, l *list.List[R, S], f list.File, rows []R) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := l.Write(&b, f, func(row func(*R) error) error {
		for i := range rows {
			if err := row(&rows[i]); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Table reads a list's xlsx file back, by its columns' names.
func Table(t *testing.T, l list.Any, b []byte) []map[string]string {
	t.Helper()
	names := map[string]string{} // by heading
	for _, c := range l.Describe().Columns {
		names[c.ZH] = c.Name
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[names[rows[0][i]]] = cell
		}
		out = append(out, m)
	}
	return out
}

// Want wants cells of a row: each column's name followed by what stands in it.
func Want(t *testing.T, got map[string]string, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got[pairs[i]] != pairs[i+1] {
			t.Errorf("%s: %q, want %q", pairs[i], got[pairs[i]], pairs[i+1])
		}
	}
}
