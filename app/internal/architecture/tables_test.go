package architecture

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestAFeaturesTablesAreItsOwn is the law among the features: they read each other
// through functions.
func TestAFeaturesTablesAreItsOwn(t *testing.T) {
	tables, err := ReadTables("../features")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []Use{
		{Feature: "account", Name: Name{"accounts", "INTO"}},
		{Feature: "callback", Name: Name{"callbacks", "JOIN"}},
		{Feature: "matter", Name: Name{"matters", "FROM"}}, // of package store's lists too
		{Feature: "rating", Name: Name{"ratings", "FROM"}},
		{Feature: "route", Name: Name{"visit_plan_members", "DELETE"}},
		{Feature: "review", Name: Name{"review_seats", "UPDATE"}},
	} {
		if !slices.ContainsFunc(tables.Uses, func(x Use) bool { return x.Feature == u.Feature && x.Name == u.Name }) {
			t.Fatalf("%+v was not read", u)
		}
	}
	for _, sentence := range tables.Check() {
		t.Error(sentence)
	}
}

// TestAnotherFeaturesTableIsFound is the checker's own test: each text is planted
// in a feature made up for it.
func TestAnotherFeaturesTableIsFound(t *testing.T) {
	const reads = "features/fresh/fresh.go:3 names the table matters, which is matter's: call a function of package matter, or have it build the SQL"
	for _, c := range []struct {
		name, code string
		want       []string
	}{
		{"its own", "var _ = `SELECT 1 FROM mine WHERE id IN (SELECT id FROM mine_more)`", nil},
		{"the pipeline's", "var _ = `SELECT 1 FROM journal j JOIN cases c ON c.id = j.case_id`", nil},
		{"what the owner builds", "var _ = `SELECT 1 FROM mine m ` + matter.Joined(`m.id`)", nil},
		{"a function that makes a table", "var _ = `SELECT 1 FROM json_each(?1, '$.matters') matters`", nil},
		{"a sentence", "var _ = `Update the list from matters`", nil},
		{"what is said of a field", "var _ = struct{ A int `doc:\"FROM matters\"` }{}", nil},
		{"a column", "var _ = `SELECT matters, count(*) FROM mine GROUP BY mine.id, matters`", nil},
		{"an update instead", "var _ = `INSERT INTO mine (id) VALUES (?) ON CONFLICT DO UPDATE SET id = 1`", nil},

		{"a constant", "const q = `SELECT 1 FROM matters WHERE id = ?`", []string{reads}},
		{"a statement", "var _ = w.Exists(`SELECT 1 WHERE EXISTS (SELECT 1 FROM matters)`, int64(id))", []string{reads}},
		{"a join", "var _ = `SELECT 1 FROM mine LEFT JOIN matters m ON m.id = mine.id`", []string{reads}},
		{"a comma", "var _ = `SELECT 1 FROM mine AS m, json_each(m.list) l, matters`", []string{reads}},
		{"behind a select", "var _ = `SELECT 1 FROM (SELECT 1 FROM mine) x, matters`", []string{reads}},
		{"in brackets", "var _ = `SELECT (SELECT count(*) FROM matters m WHERE m.id = mine.id) FROM mine`", []string{reads}},
		{"pieces", "var _ = `SELECT ` + columns + ` FROM ` + `mat` + (`ters` + where)", []string{reads}},
		{"within a piece", "var _ = `SELECT ` + f(`1 FROM matters`) + ` FROM mine`", []string{reads}},
		{"a list", "var _ = store.Listing{From: `matters m`, Order: `m.id`}", []string{reads}},
		{"a list's count", "var _ = store.Listing{From: `mine`, Counted: `matters` + where}", []string{reads}},
		{"a choice", "var _ = store.Pick(ctx, db, `matters m`, w, true, at)", []string{reads}},
		{"an update", "var _ = `UPDATE matters SET done = 1`", []string{reads}},
		{"nobody's", "var _ = `DELETE FROM cases WHERE id = ?`", []string{"features/fresh/fresh.go:3 writes the table cases, which is not in the Tables of fresh"}},
		{"forgotten", "var _ = `INSERT INTO mine_too (id) VALUES (?)`", []string{"features/fresh/fresh.go:3 writes the table mine_too, which is not in the Tables of fresh"}},
		{"two owners", "var Tables = []string{`matters`}", []string{"the table matters is in the Tables of fresh and matter: one feature owns it"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tables, err := ReadTables(planted(t, map[string]string{
				"fresh/fresh.go":       "package fresh\n\n" + c.code,
				"fresh/fresh_test.go":  "package fresh\nvar _ = `SELECT 1 FROM matters`",
				"fresh/acts.go":        "package fresh\n// Tables are what they fill.\nvar Tables = []string{\"mine\", \"mine_more\"}",
				"matter/acts.go":       "package matter\nvar Tables = []string{\"matters\"}",
				"matter/in/deeper.go":  "package in\nvar _ = `SELECT 1 FROM matters`",
				"fresh/words_notes.md": "FROM matters",
			}))
			if err != nil {
				t.Fatal(err)
			}
			if told := tables.Check(); !reflect.DeepEqual(told, c.want) {
				t.Errorf("told %q, want %q", told, c.want)
			}
		})
	}
}

// planted is a folder of files.
func planted(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.TrimSpace(text)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
