package store

import (
	"database/sql/driver"
	"time"
)

// People's work has tables whose statements stand with the packages that give
// them a meaning (accounts, volunteers); here is what they run them on. The
// schema is in migrations, like all else.

// Exec runs a statement of the transaction under way.
func (w *Writer) Exec(query string, args ...driver.Value) error { return w.c.exec(query, args...) }

// Row is a row of a query; NULL reads as the zero value.
type Row []driver.Value

func (r Row) Int(i int) int64      { return integer(r[i]) }
func (r Row) Text(i int) string    { return text(r[i]) }
func (r Row) Time(i int) time.Time { return Time(integer(r[i])) } // as Time reads it
func (r Row) Bool(i int) bool      { return integer(r[i]) != 0 }

// Readers is the pool of connections that only read.
func (s *Store) Readers() *Pool { return s.db }
