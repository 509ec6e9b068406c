package store

import (
	"database/sql/driver"
	"errors"
	"path/filepath"
	"testing"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// A statement that writes says why it could not, writes again afterwards, and holds
// nothing that keeps a transaction from ending.
func TestAStatementThatFailedWritesAgain(t *testing.T) {
	c, err := dial("file:" + filepath.ToSlash(filepath.Join(t.TempDir(), "a.db")) + writerSettings)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(c.exec(`PRAGMA wal_autocheckpoint = 100`)) // answers with a row
	must(c.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, body BLOB)`))
	const put = `INSERT INTO t (id, name, body) VALUES (?,?,?)`
	must(c.exec(`BEGIN IMMEDIATE`))
	must(c.exec(put, int64(1), "甲", []byte{1}))
	var se sqlite3.Error
	if err := c.exec(put, int64(1), "乙", []byte{2}); !errors.As(err, &se) || se.Code != sqlite3.ErrConstraint {
		t.Fatalf("%v, want a constraint", err)
	}
	must(c.exec(put, int64(2), "", nil))
	must(c.exec(`COMMIT`))
	var got []string
	must(c.prepare(`SELECT id, name, body FROM t ORDER BY id`).each(func(r []driver.Value) error {
		got = append(got, text(r[1]))
		if (len(blob(r[2])) == 1) != (integer(r[0]) == 1) {
			t.Errorf("row %d has the body %v", integer(r[0]), r[2])
		}
		return nil
	}))
	if len(got) != 2 || got[0] != "甲" || got[1] != "" {
		t.Errorf("%q, want 甲 and nothing", got)
	}
	must(c.close())
}
