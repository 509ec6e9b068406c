package store

import (
	"context"
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
	often [oftenCount]*stmt
}

// often are the statements that run for every event or case.
type often int

const (
	appendRecord often = iota
	insertCase
	caseByNo
	lookalike
	updateCase // and those behind it, by which columns change
	oftenCount = updateCase + 1<<len(indexedColumns)
)

func dial(dsn string) (*conn, error) {
	c, err := (&sqlite3.SQLiteDriver{}).Open(dsn)
	if err != nil {
		return nil, err
	}
	return &conn{db: c.(*sqlite3.SQLiteConn), stmts: map[string]*stmt{}}, nil
}

// stmt is a prepared statement with buffers for its arguments and a row that are
// used again.
type stmt struct {
	s    *sqlite3.SQLiteStmt
	args []driver.NamedValue
	row  []driver.Value
	err  error
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
	s := &stmt{s: p.(*sqlite3.SQLiteStmt)}
	c.stmts[query] = s
	return s
}

// prepareOften is prepare without looking the text up, which costs a tenth of what
// running the statement does.
func (c *conn) prepareOften(n often, query string) *stmt {
	s := c.often[n]
	if s == nil {
		if s = c.prepare(query); s.err == nil {
			c.often[n] = s
		}
	}
	return s
}

func (c *conn) exec(query string, args ...driver.Value) error {
	return c.prepare(query).exec(args...)
}

// run binds the arguments and takes the first step. Statements that write come this
// way, too: the driver's Exec crosses into C once for every argument, its Query once
// for all of them with the step.
func (s *stmt) run(args []driver.Value) (driver.Rows, error) {
	if s.err != nil {
		return nil, s.err
	}
	s.args = s.args[:0]
	for i, v := range args {
		s.args = append(s.args, driver.NamedValue{Ordinal: i + 1, Value: v})
	}
	return s.s.QueryContext(context.Background(), s.args)
}

func (s *stmt) exec(args ...driver.Value) error {
	rows, err := s.run(args)
	if err != nil {
		return err
	}
	// One that has ended holds nothing, and is reset when it is run again.
	if err := rows.Next(nil); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return errors.Join(err, rows.Close())
	}
	return rows.Close() // a pragma answers with a row
}

// each calls f with every row; the values are valid until f returns.
func (s *stmt) each(f func(row []driver.Value) error, args ...driver.Value) error {
	rows, err := s.run(args)
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
	clear(c.often[:])
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
