package store

import (
	"context"
	"database/sql"
	"errors"
)

type explaining struct{}

// Explaining is a context in which f is told of each query before it is read, and
// how SQLite is going to read it, step by step: so tests hold what a screen reads. An
// error is told as a step.
func Explaining(ctx context.Context, f func(query string, steps []string)) context.Context {
	return context.WithValue(ctx, explaining{}, f)
}

// explain tells of a query where somebody wants to know.
func explain(ctx context.Context, db interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, query string, args []any) {
	f, wanted := ctx.Value(explaining{}).(func(string, []string))
	if !wanted {
		return
	}
	var steps []string
	rows, err := db.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
	if err == nil {
		for rows.Next() {
			var n, parent, unused int
			var step string
			if err = rows.Scan(&n, &parent, &unused, &step); err != nil {
				break
			}
			steps = append(steps, step)
		}
		err = errors.Join(err, rows.Err(), rows.Close())
	}
	if err != nil {
		steps = append(steps, err.Error())
	}
	f(query, steps)
}
