package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// conn is the writer's own connection, used below database/sql: intake runs a
// handful of statements for every event, and the pool's locking, argument
// checks and reflection cost more than SQLite itself. Not safe for concurrent
// use.
type conn struct {
	db    *sqlite3.SQLiteConn
	stmts map[string]*stmt
}

func dial(dsn string) (*conn, error) {
	c, err := (&sqlite3.SQLiteDriver{}).Open(dsn)
	if err != nil {
		return nil, err
	}
	return &conn{db: c.(*sqlite3.SQLiteConn), stmts: map[string]*stmt{}}, nil
}

// stmt is a prepared statement with a row buffer that is used again.
type stmt struct {
	s   driver.Stmt
	row []driver.Value
	err error
}

// prepare returns the statement of a query, prepared once. An error shows when
// the statement is run.
func (c *conn) prepare(query string) *stmt {
	if s, ok := c.stmts[query]; ok {
		return s
	}
	p, err := c.db.Prepare(query)
	if err != nil {
		return &stmt{err: fmt.Errorf("prepare %q: %w", query, err)}
	}
	s := &stmt{s: p}
	c.stmts[query] = s
	return s
}

func (c *conn) exec(query string, args ...driver.Value) error {
	return c.prepare(query).exec(args...)
}

func (s *stmt) exec(args ...driver.Value) error {
	if s.err != nil {
		return s.err
	}
	_, err := s.s.Exec(args) //nolint:staticcheck // the context form only adds a wrapper
	return err
}

// each calls f with every row; the values are valid until f returns.
func (s *stmt) each(f func(row []driver.Value) error, args ...driver.Value) error {
	if s.err != nil {
		return s.err
	}
	rows, err := s.s.Query(args) //nolint:staticcheck // see exec
	if err != nil {
		return err
	}
	defer rows.Close()
	if s.row == nil {
		s.row = make([]driver.Value, len(rows.Columns()))
	}
	for {
		if err := rows.Next(s.row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := f(s.row); err != nil {
			return err
		}
	}
}

// one calls f with the first row and reports whether there was one.
func (s *stmt) one(f func(row []driver.Value) error, args ...driver.Value) (found bool, err error) {
	errStop := io.EOF
	err = s.each(func(row []driver.Value) error {
		found = true
		if err := f(row); err != nil {
			return err
		}
		return errStop
	}, args...)
	if errors.Is(err, errStop) {
		err = nil
	}
	return found, err
}

func (c *conn) close() error {
	c.forget()
	return c.db.Close()
}

// forget lets go of the statements that were prepared.
func (c *conn) forget() {
	for _, s := range c.stmts {
		s.s.Close()
	}
	clear(c.stmts)
}

// integer, text and blob read a column; NULL reads as the zero value.
func integer(v driver.Value) int64 { n, _ := v.(int64); return n }

func text(v driver.Value) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return ""
}

func blob(v driver.Value) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	}
	return nil
}
