package store

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// IsDamaged tells whether SQLite found the database file damaged.
func IsDamaged(err error) bool {
	var se sqlite3.Error
	return errors.As(err, &se) && (se.Code == sqlite3.ErrCorrupt || se.Code == sqlite3.ErrNotADB)
}

// Integrity is the first thing in which SQLite finds the database, its indexes
// included, not to fit together; empty if it does.
func (t *Reader) Integrity() (found string, err error) {
	_, err = t.c.prepare(`PRAGMA integrity_check(1)`).one(func(r []driver.Value) error {
		found = text(r[0])
		return nil
	})
	if found == "ok" {
		found = ""
	}
	return found, err
}

// Schema describes every table, index, trigger and view: its type and name, and
// how it was made.
func (t *Reader) Schema() (map[[2]string]string, error) {
	out := map[[2]string]string{}
	err := t.c.prepare(`SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'`).each(func(r []driver.Value) error {
		out[[2]string{text(r[0]), text(r[1])}] = text(r[2])
		return nil
	})
	return out, err
}

// SchemaDifference is the first thing in which the database is not laid out as
// another one; what is its type (table, index, trigger, view), empty if there is
// none.
func (t *Reader) SchemaDifference(other *Reader) (what, name string, err error) {
	mine, err := t.Schema()
	if err != nil {
		return "", "", err
	}
	theirs, err := other.Schema()
	if err != nil {
		return "", "", err
	}
	var differ [][2]string
	for k, sql := range mine {
		if is, there := theirs[k]; !there || is != sql {
			differ = append(differ, k)
		}
	}
	for k := range theirs {
		if _, there := mine[k]; !there {
			differ = append(differ, k)
		}
	}
	if len(differ) == 0 {
		return "", "", nil
	}
	slices.SortFunc(differ, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return differ[0][0], differ[0][1], nil
}

// Steps describes how the database came to be laid out so: the migrations that were
// done, and the two numbers that SQLite lets programs keep in the file's head.
func (t *Reader) Steps() (steps string, err error) {
	for _, query := range []string{`SELECT version_id, is_applied FROM goose_db_version ORDER BY version_id, id`, `PRAGMA user_version`, `PRAGMA application_id`} {
		if err := t.c.prepare(query).each(func(r []driver.Value) error {
			steps += fmt.Sprintln(r)
			return nil
		}); err != nil {
			return "", err
		}
	}
	return steps, nil
}
