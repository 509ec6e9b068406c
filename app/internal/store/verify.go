package store

import (
	"database/sql/driver"
	"fmt"
	"slices"
)

// RegistryTables are the derived tables that do not hang on cases.
var RegistryTables = []string{"departments", "items", "item_versions", "authorizations", "ratings", "reports"}

// registryColumns leaves out what moves with time.
var registryColumns = map[string]string{
	"departments":    "id, code, name, name_en, adapter, duties, seq",
	"items":          "id, dept, code, name, seq, body",
	"authorizations": "id, seq, dept, auth_no, valid_from, valid_to, revoked_at, rep, stand_in",
	"reports":        "seq, kind, dept, case_no",
}

// RowDifference is the first row in which two tables differ.
type RowDifference struct {
	ID             string // the row's first column
	Column         string // that differs
	Missing, Extra bool   // the row itself is missing, or is one too many
}

// Compare finds the first row in which a table differs from another store's; nil
// if there is none.
func (t *Reader) Compare(other *Reader, table string) (*RowDifference, error) {
	columns := registryColumns[table]
	if columns == "" {
		columns = "*"
	}
	query := "SELECT " + columns + " FROM " + table + " NOT INDEXED ORDER BY 1, 2"
	read := func(c *conn) (rows [][]string, err error) {
		err = c.prepare(query).each(func(r []driver.Value) error {
			row := make([]string, len(r))
			for i := range r {
				row[i] = fmt.Sprintf("%v", r[i])
			}
			rows = append(rows, row)
			return nil
		})
		return rows, err
	}
	mine, err := read(t.c)
	if err != nil {
		return nil, err
	}
	theirs, err := read(other.c)
	if err != nil {
		return nil, err
	}
	for i := range max(len(mine), len(theirs)) {
		switch {
		case i >= len(mine) || i < len(theirs) && theirs[i][0] != mine[i][0] && !slices.ContainsFunc(mine, func(r []string) bool { return r[0] == theirs[i][0] }):
			return &RowDifference{ID: theirs[i][0], Missing: true}, nil
		case i >= len(theirs) || theirs[i][0] != mine[i][0]:
			return &RowDifference{ID: mine[i][0], Extra: true}, nil
		}
		for j := range mine[i] {
			if mine[i][j] != theirs[i][j] {
				return &RowDifference{ID: mine[i][0], Column: t.column(query, j)}, nil
			}
		}
	}
	return nil, nil
}

// column is the name of a query's column.
func (t *Reader) column(query string, i int) string {
	rows, err := t.c.db.Query(query, nil)
	if err != nil {
		return ""
	}
	defer rows.Close()
	return rows.Columns()[i]
}

// orphanQueries find rows that hang on nothing, or on another thing than they say.
var orphanQueries = []struct{ table, query string }{
	{"journal", `SELECT seq FROM journal NOT INDEXED WHERE kind = 3 AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = journal.case_id) LIMIT 1`},
	{"findings", `SELECT case_id FROM findings WHERE case_id NOT IN (SELECT id FROM cases) LIMIT 1`},
	{"findings", `SELECT case_id FROM findings f WHERE open <> (SELECT ended_at = 0 FROM cases c WHERE c.id = f.case_id) LIMIT 1`},
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
