package store

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"time"
)

// Pool is the connections that only read. Those who put a file together read on
// connections of their own (ForFile), so that no export, however many there are and
// however long they take, keeps anybody waiting for a list or a page.
type Pool struct{ screens, files *sql.DB }

// FilesAtOnce is how many files may be put together at once: one leaves another core
// to those who work on screen.
var FilesAtOnce = max(1, min(2, runtime.NumCPU()/2))

// fileConns lets whoever puts a file together read once more beside its rows.
func fileConns() int { return 2 * FilesAtOnce }

type forFile struct{}

// ForFile is a context in which the store is read for a file.
func ForFile(ctx context.Context) context.Context { return context.WithValue(ctx, forFile{}, true) }

func openPool(dsn string) (*Pool, error) {
	screens, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	files, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, errors.Join(err, screens.Close())
	}
	screens.SetMaxOpenConns(max(3, min(6, runtime.NumCPU())))
	screens.SetMaxIdleConns(4)
	files.SetMaxOpenConns(fileConns())
	files.SetMaxIdleConns(1)
	files.SetConnMaxIdleTime(time.Minute) // between exports its cache is not missed
	return &Pool{screens, files}, nil
}

// Screens is the pool of those who work on screen, to be tuned and watched.
func (p *Pool) Screens() *sql.DB { return p.screens }

func (p *Pool) of(ctx context.Context) *sql.DB {
	if ctx.Value(forFile{}) != nil {
		return p.files
	}
	return p.screens
}

// QueryContext reads rows.
func (p *Pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	explain(ctx, p.of(ctx), query, args)
	return p.of(ctx).QueryContext(ctx, query, args...)
}

// QueryRowContext reads one row.
func (p *Pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	explain(ctx, p.of(ctx), query, args)
	return p.of(ctx).QueryRowContext(ctx, query, args...)
}

// BeginTx begins a transaction.
func (p *Pool) BeginTx(ctx context.Context, o *sql.TxOptions) (*sql.Tx, error) {
	return p.of(ctx).BeginTx(ctx, o)
}

// Conn lends a connection.
func (p *Pool) Conn(ctx context.Context) (*sql.Conn, error) { return p.of(ctx).Conn(ctx) }

// Close closes all.
func (p *Pool) Close() error { return errors.Join(p.screens.Close(), p.files.Close()) }
