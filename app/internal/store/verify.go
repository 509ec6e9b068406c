package store

import (
	"database/sql/driver"
	"fmt"
)

// RegistryTables are the derived tables that do not hang on cases.
var RegistryTables = []string{"departments", "items", "authorizations", "ratings", "reports"}

// registryColumns leaves out what moves with time.
var registryColumns = map[string]string{
	"departments":    "id, code, name, name_en, adapter, duties, seq",
	"items":          "id, dept, code, name, seq, body",
	"authorizations": "id, seq, dept, auth_no, valid_from, valid_to, revoked_at, rep, stand_in",
	"reports":        "seq, kind, dept, case_no",
}

// Compare names the first row in which a table differs from another store's.
func (t *Reader) Compare(other *Reader, table string) (string, error) {
	columns := registryColumns[table]
	if columns == "" {
		columns = "*"
	}
	query := "SELECT " + columns + " FROM " + table + " ORDER BY 1, 2"
	read := func(c *conn) (rows []string, err error) {
		err = c.prepare(query).each(func(r []driver.Value) error {
			rows = append(rows, fmt.Sprintf("%v", r))
			return nil
		})
		return rows, err
	}
	mine, err := read(t.c)
	if err != nil {
		return "", err
	}
	theirs, err := read(other.c)
	if err != nil {
		return "", err
	}
	for i := range max(len(mine), len(theirs)) {
		switch {
		case i >= len(mine):
			return "- " + theirs[i], nil
		case i >= len(theirs):
			return "+ " + mine[i], nil
		case mine[i] != theirs[i]:
			return mine[i] + " ≠ " + theirs[i], nil
		}
	}
	return "", nil
}

// orphanQueries find rows that hang on nothing.
var orphanQueries = []struct{ table, query string }{
	{"journal", `SELECT seq FROM journal WHERE kind = 3 AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = journal.case_id) LIMIT 1`},
	{"findings", `SELECT case_id FROM findings WHERE case_id NOT IN (SELECT id FROM cases) LIMIT 1`},
	{"register_overdue", `SELECT id FROM register_overdue WHERE id > 0 AND id NOT IN (SELECT id FROM cases) OR id < 0 AND -id NOT IN (SELECT seq FROM reports) LIMIT 1`},
	{"register_rejections", `SELECT id FROM register_rejections WHERE id > 0 AND id NOT IN (SELECT id FROM cases) OR id < 0 AND -id NOT IN (SELECT seq FROM reports) LIMIT 1`},
}

// Orphan names a table with a row that no record accounts for; empty if none.
func (t *Reader) Orphan() (string, error) {
	for _, q := range orphanQueries {
		found, err := t.c.prepare(q.query).one(func([]driver.Value) error { return nil })
		if err != nil || found {
			return q.table, err
		}
	}
	return "", nil
}
