package store

import (
	"database/sql"
	"database/sql/driver"
	"time"
)

// People's work has tables whose statements stand with the packages that give
// them a meaning (accounts, volunteers); here is what they run them on. The
// schema is in migrations, like all else.

// Exec runs a statement of the transaction under way.
func (w *Writer) Exec(query string, args ...driver.Value) error { return w.c.exec(query, args...) }

// Each calls f with every row of a query; the values are valid until f returns.
func (w *Writer) Each(f func(row Row) error, query string, args ...driver.Value) error {
	return w.c.prepare(query).each(func(r []driver.Value) error { return f(r) }, args...)
}

// One calls f with a query's first row and reports whether there was one.
func (w *Writer) One(f func(row Row) error, query string, args ...driver.Value) (found bool, err error) {
	return w.c.prepare(query).one(func(r []driver.Value) error { return f(r) }, args...)
}

// Row is a row of a query; NULL reads as the zero value.
type Row []driver.Value

func (r Row) Int(i int) int64      { return integer(r[i]) }
func (r Row) Text(i int) string    { return text(r[i]) }
func (r Row) Time(i int) time.Time { return Time(integer(r[i])) } // as Time reads it
func (r Row) Bool(i int) bool      { return integer(r[i]) != 0 }

// Readers is the pool of connections that only read.
func (s *Store) Readers() *sql.DB { return s.db }

// Acts calls f with every act in order.
func (w *Writer) Acts(f func(RecordRow) error) error {
	return w.c.prepare(`SELECT ` + recordColumns + ` FROM journal INDEXED BY journal_acts WHERE kind = 9 ORDER BY seq`).each(func(r []driver.Value) error {
		return f(scanRecord(r))
	})
}
