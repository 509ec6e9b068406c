package store

import (
	"context"
	"database/sql"
	"errors"

	sqlite3 "github.com/mattn/go-sqlite3"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// ReadTx is one moment of the database: whatever is read through it fits
// together, also while a console writes. It holds one connection. Its zero
// value is of no use, and it is not safe for concurrent use.
type ReadTx struct {
	conn *sql.Conn
	tx   *sql.Tx
	r    *Reader // made when records are first read
	cal  *workday.Calendar
}

// Read calls f with a read transaction, which ends with f. Nothing in f may
// read the store in another way: all readers together have few connections.
func (s *Store) Read(ctx context.Context, f func(*ReadTx) error) (err error) {
	c, err := s.db.Conn(ctx)
	if err != nil {
		return s.databaseFault(err)
	}
	defer c.Close()
	tx, err := c.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.databaseFault(err)
	}
	t := &ReadTx{conn: c, tx: tx, cal: s.cal}
	defer func() { err = errors.Join(err, t.close()) }()
	return f(t)
}

func (t *ReadTx) close() (err error) {
	if t.r != nil {
		err = t.conn.Raw(func(any) error {
			t.r.c.forget()
			return nil
		})
	}
	if e := t.tx.Rollback(); !errors.Is(e, sql.ErrTxDone) { // a context that ended has rolled back
		err = errors.Join(err, e)
	}
	return err
}

// QueryContext reads rows.
func (t *ReadTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	explain(ctx, t.tx, query, args)
	return t.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext reads one row.
func (t *ReadTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	explain(ctx, t.tx, query, args)
	return t.tx.QueryRowContext(ctx, query, args...)
}

// Records lends a Reader that sees the same moment, for reading rows and journal
// records as the writer does. In f the transaction's
// own queries have to wait for f, and would for ever.
func (t *ReadTx) Records(f func(*Reader) error) error {
	return t.conn.Raw(func(driver any) error {
		if t.r == nil {
			t.r = &Reader{c: &conn{db: driver.(*sqlite3.SQLiteConn), stmts: map[string]*stmt{}}, cal: t.cal}
		}
		return f(t.r)
	})
}
