package store

import (
	"context"
	"database/sql/driver"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Reader reads rows and records as one transaction sees them, below database/sql
// as the writer does, and cannot write. Not safe for concurrent use.
type Reader struct {
	c    *conn
	cal  *workday.Calendar // for the office's days
	head uint64
}

// Snapshot lends a transaction that sees one moment of the database, so that it
// may run beside a console at work. It ends when f returns.
func (s *Store) Snapshot(ctx context.Context, f func(*Reader) error) error {
	c, err := dial(s.dsn(readerSettings))
	if err != nil {
		return s.databaseFault(err)
	}
	defer c.close()
	if err := c.exec(`BEGIN`); err != nil {
		return s.databaseFault(err)
	}
	t := &Reader{c: c, cal: s.cal}
	if err := t.readHead(); err != nil {
		return s.databaseFault(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f(t)
}

func (t *Reader) readHead() error {
	head, err := t.number(`SELECT max(seq) FROM journal`)
	t.head = uint64(head)
	return err
}

// Head is the last journal number that the transaction sees.
func (t *Reader) Head() uint64 { return t.head }

// Each calls f with every row of a query; the values are valid until f returns.
func (t *Reader) Each(f func(row Row) error, query string, args ...driver.Value) error {
	return t.c.prepare(query).each(func(r []driver.Value) error { return f(r) }, args...)
}

// One calls f with a query's first row and reports whether there was one.
func (t *Reader) One(f func(row Row) error, query string, args ...driver.Value) (found bool, err error) {
	return t.c.prepare(query).one(func(r []driver.Value) error { return f(r) }, args...)
}

// Exists tells whether a query has any row.
func (t *Reader) Exists(query string, args ...driver.Value) (bool, error) {
	return t.One(func(Row) error { return nil }, query, args...)
}

// number reads a query's one number; 0 where there is none.
func (t *Reader) number(query string, args ...driver.Value) (n int64, err error) {
	_, err = t.c.prepare(query).one(func(r []driver.Value) error {
		n = integer(r[0])
		return nil
	}, args...)
	return n, err
}

// numbers reads a query's first column: ids or journal numbers.
func (t *Reader) numbers(query string, args ...driver.Value) (out []uint64, err error) {
	err = t.c.prepare(query).each(func(r []driver.Value) error {
		out = append(out, uint64(integer(r[0])))
		return nil
	}, args...)
	return out, err
}

// Cursor reads where a stream stands; nil for a stream never read.
func (t *Reader) Cursor(adapter, stream string) (cursor []byte, err error) {
	_, err = t.c.prepare(`SELECT cursor FROM cursors WHERE adapter = ? AND stream = ?`).one(func(r []driver.Value) error {
		cursor = append([]byte(nil), blob(r[0])...)
		return nil
	}, adapter, stream)
	return cursor, err
}

// Meta reads a setting of the data folder; empty when never set.
func (t *Reader) Meta(key string) (value string, err error) {
	_, err = t.c.prepare(`SELECT value FROM meta WHERE key = ?`).one(func(r []driver.Value) error {
		value = text(r[0])
		return nil
	}, key)
	return value, err
}

// DateOf is the office's day of a moment.
func (t *Reader) DateOf(at time.Time) workday.Date { return t.cal.DateOf(at) }
