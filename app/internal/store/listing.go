package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Page is one window of a list. Total counts up to TotalCap; Capped says that
// there are more.
type Page[T any] struct {
	Rows   []T
	Total  int
	Capped bool
}

// TotalCap is how far lists are counted and can be scrolled; beyond it the
// office narrows the filter or exports.
const TotalCap = 100_000

// Where gathers the conditions of a query, which must all hold. Its zero value
// is all rows.
type Where struct {
	conditions []string
	walked     map[string]string // conditions that find rows, and the same for rows that are walked
	Args       []any
}

// Add adds a condition with its arguments.
func (w *Where) Add(condition string, args ...any) {
	w.conditions = append(w.conditions, condition)
	w.Args = append(w.Args, args...)
}

// Find adds a condition on a column that an index finds few rows by, without giving
// them in the list's order. Many are found sooner in that order, where no index is to
// be asked for the column: to SQLite +column is the same value without an index.
func (w *Where) Find(column, condition string, args ...any) {
	found := strings.ReplaceAll(condition, "$", column)
	if w.walked == nil {
		w.walked = map[string]string{}
	}
	w.walked[found] = strings.ReplaceAll(condition, "$", "+"+column)
	w.Add(found, args...)
}

// walking is the same with no condition that would keep SQLite from the list's order.
func (w *Where) walking() *Where {
	out := &Where{Args: w.Args}
	for _, c := range w.conditions {
		if walked, ok := w.walked[c]; ok {
			c = walked
		}
		out.conditions = append(out.conditions, c)
	}
	return out
}

// FindSpan is Span of a column that is found by.
func (w *Where) FindSpan(column string, from, to time.Time) {
	if !from.IsZero() {
		w.Find(column, "$ >= ?", from.UnixMicro())
	}
	if !to.IsZero() {
		w.Find(column, "$ < ?", to.UnixMicro())
	}
}

// If adds a condition where a filter was given.
func (w *Where) If(given bool, condition string, args ...any) {
	if given {
		w.Add(condition, args...)
	}
}

// Once adds a condition, unless it is among them or empty.
func (w *Where) Once(condition string) {
	if condition != "" && !slices.Contains(w.conditions, condition) {
		w.Add(condition)
	}
}

// Span bounds a time column: from inclusive, to exclusive; zero times do not.
func (w *Where) Span(column string, from, to time.Time) {
	w.If(!from.IsZero(), column+" >= ?", from.UnixMicro())
	w.If(!to.IsZero(), column+" < ?", to.UnixMicro())
}

// And adds the conditions of another.
func (w *Where) And(o *Where) {
	w.conditions = append(w.conditions, o.conditions...)
	if len(o.walked) > 0 && w.walked == nil {
		w.walked = map[string]string{}
	}
	maps.Copy(w.walked, o.walked)
	w.Args = append(w.Args, o.Args...)
}

// Or adds that a condition without arguments holds, or all those of another.
func (w *Where) Or(condition string, o *Where) {
	w.Add("("+condition+" OR "+strings.Join(o.conditions, " AND ")+")", o.Args...)
}

// Any adds that any condition of another holds, if it has some.
func (w *Where) Any(o *Where) {
	if len(o.conditions) > 0 {
		w.Add("("+strings.Join(o.conditions, " OR ")+")", o.Args...)
	}
}

// SQL is the clause, with a space before it; empty for all rows.
func (w *Where) SQL() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// Condition is what SQL asks for, to stand in an expression; true for all rows.
func (w *Where) Condition() string {
	if len(w.conditions) == 0 {
		return "true"
	}
	return strings.Join(w.conditions, " AND ")
}

// with are the arguments and more of them, for a query that goes on.
func (w *Where) with(more ...any) []any { return append(w.Args[:len(w.Args):len(w.Args)], more...) }

// Direction is an order's direction in SQL, with a space before it.
func Direction(ascending bool) string {
	if ascending {
		return " ASC"
	}
	return " DESC"
}

// Window bounds a page: where it begins, and 1 to 1,000 rows, 200 by default.
type Window struct{ Offset, Limit int }

// Clamp keeps a window within the bounds.
func (w Window) Clamp() Window {
	if w.Limit <= 0 {
		w.Limit = 200
	}
	return Window{max(0, min(w.Offset, TotalCap)), min(w.Limit, 1000)}
}

// Listing is a list query. Order is an index's order, so that the first page of
// a million costs what its rows cost; Counted is From without what only the
// columns need. Sorts says that a list is narrowed by what the index in that order
// does not hold: where few rows match, they are found by what narrows the list and
// then sorted, for in its order they may lie behind all others. Finds are conditions
// besides, for an index to find such rows by where what narrows the list is none that
// an index holds: true of every row that matches. Known is how many rows match, where
// that is counted on write: then From says by which index they are read. Few is up to
// how many rows are sorted, where it is not fewRows. Last is what holds of rows that
// come after all others, up or down, such as those without the date that the order goes
// by; First is that it does not, as an index takes it.
type Listing struct {
	Columns, From, Counted, Order string
	Sorts                         bool
	Finds                         *Where
	Known                         *int
	Few                           int
	First, Last                   string
}

// fewRows is up to how many rows are sorted. Where more match, a page of them is
// found in the list's order. Fewer are joined with others.
const (
	fewRows   = 2000
	fewJoined = 1000
)

// List runs a list query: the rows of one window and how many there are, up to
// TotalCap.
func List[T any](ctx context.Context, db Querier, l Listing, w *Where, at Window, scan func(*sql.Rows) (T, error)) (Page[T], error) {
	at = at.Clamp()
	p := Page[T]{Rows: []T{}}
	switch {
	case l.Known != nil:
		p.Total, p.Capped = min(*l.Known, TotalCap), *l.Known > TotalCap
		if p.Total == 0 {
			return p, nil
		}
	case l.Sorts:
		found, few, most := w, cmp.Or(l.Few, fewRows), TotalCap
		if l.Finds != nil {
			found, few, most = &Where{}, fewJoined, fewJoined // how many more there are, the list's order tells sooner
			found.And(w)
			found.And(l.Finds)
		}
		if err := p.count(ctx, db, l, found, most); err != nil || p.Total == 0 {
			return p, err
		}
		switch {
		case p.Total <= few && !p.Capped:
			l.Order, w = unindexed(l.Order), found
		case l.Finds != nil:
			if err := p.count(ctx, db, l, w, TotalCap); err != nil {
				return p, err
			}
		default:
			w = w.walking()
		}
	}
	err := p.fill(ctx, db, l, w, at, scan)
	if err != nil || l.Sorts || l.Known != nil {
		return p, err
	}
	if len(p.Rows) < at.Limit && (at.Offset == 0 || len(p.Rows) > 0) { // the end is in sight
		p.Total = at.Offset + len(p.Rows)
		return p, nil
	}
	return p, p.count(ctx, db, l, w, TotalCap)
}

// fill reads the rows of a window.
func (p *Page[T]) fill(ctx context.Context, db Querier, l Listing, w *Where, at Window, scan func(*sql.Rows) (T, error)) error {
	read := func(w *Where, at Window) error {
		return each(ctx, db, l.query(w)+" LIMIT ? OFFSET ?", w.with(at.Limit, at.Offset), scan, func(r *T) error {
			p.Rows = append(p.Rows, *r)
			return nil
		})
	}
	if l.Last == "" {
		return read(w, at)
	}
	first, last := w.also(l.First), w.also(l.Last)
	if err := read(first, at); err != nil || len(p.Rows) == at.Limit {
		return err
	}
	rest := Window{Limit: at.Limit - len(p.Rows)}
	if len(p.Rows) == 0 && at.Offset > 0 { // the window begins among the last
		var before Page[T]
		if err := before.count(ctx, db, l, first, TotalCap); err != nil {
			return err
		}
		rest.Offset = at.Offset - before.Total
	}
	return read(last, rest)
}

// also is the same with one condition more.
func (w *Where) also(condition string) *Where {
	out := &Where{Args: w.Args, walked: w.walked, conditions: slices.Clone(w.conditions)}
	out.Add(condition)
	return out
}

// count counts a listing's rows, up to most.
func (p *Page[T]) count(ctx context.Context, db Querier, l Listing, w *Where, most int) error {
	p.Capped = false
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM "+l.Counted+w.SQL()+" LIMIT ?)", w.with(most+1)...).Scan(&p.Total)
	if p.Total > most {
		p.Total, p.Capped = most, true
	}
	return err
}

// unindexed is an order that no index serves: SQLite's +column is the same value.
func unindexed(order string) string { return "+" + strings.ReplaceAll(order, ", ", ", +") }

// Picked are the numbers (column id) of a table's rows, for those whose rows
// are read together with more: Page counts them, and JSON is the array of them
// that json_each takes.
type Picked struct {
	Page[uint64]
	JSON string
}

// Pick lists the numbers of a table's rows in their order. sorts says what it says of a
// Listing.
func Pick(ctx context.Context, db Querier, table string, w *Where, ascending, sorts bool, at Window) (p Picked, err error) {
	if p.Page, err = List(ctx, db, Listing{Columns: "id", From: table, Counted: table, Order: "id" + Direction(ascending), Sorts: sorts}, w, at,
		func(r *sql.Rows) (id uint64, err error) { return id, r.Scan(&id) }); err != nil {
		return p, err
	}
	list, err := json.Marshal(p.Rows)
	p.JSON = string(list)
	return p, err
}

// Number is the number that somebody looks for, such as 12 or #12; 0: none.
func Number(text string) int64 {
	n, _ := strconv.ParseUint(strings.TrimPrefix(text, "#"), 10, 62)
	return int64(n)
}

// PageOf is a window of rows that were all read.
func PageOf[T any](all []T, at Window) Page[T] {
	at = at.Clamp()
	from := min(at.Offset, len(all))
	return Page[T]{Rows: all[from:min(from+at.Limit, len(all))], Total: len(all)}
}

// All calls f with every row of a listing, and stops at its first error.
func All[T any](ctx context.Context, db Querier, l Listing, w *Where, scan func(*sql.Rows) (T, error), f func(*T) error) error {
	parts := []*Where{w}
	if l.Last != "" {
		parts = []*Where{w.also(l.First), w.also(l.Last)}
	}
	for _, w := range parts {
		if err := each(ctx, db, l.query(w), w.Args, scan, f); err != nil {
			return err
		}
	}
	return nil
}

func (l Listing) query(w *Where) string {
	return "SELECT " + l.Columns + " FROM " + l.From + w.SQL() + " ORDER BY " + l.Order
}

func each[T any](ctx context.Context, db Querier, query string, args []any, scan func(*sql.Rows) (T, error), f func(*T) error) error {
	return EachRow(ctx, db, func(rows *sql.Rows) error {
		r, err := scan(rows)
		if err != nil {
			return err
		}
		return f(&r)
	}, query, args...)
}

// Querier is a database, or a transaction of it.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// EachRow calls f with every row of a query, and stops at its first error.
func EachRow(ctx context.Context, db Querier, f func(*sql.Rows) error, query string, args ...any) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// In adds the condition that an expression is any of some values.
func (w *Where) In(expression string, values []string) {
	switch len(values) {
	case 0:
	case 1:
		w.Add(expression+" = ?", values[0])
	default:
		args := make([]any, len(values))
		for i, v := range values {
			args[i] = v
		}
		w.Find(expression, "$ IN (?"+strings.Repeat(", ?", len(values)-1)+")", args...)
	}
}

// Mapped is a page with its rows as f makes them.
func Mapped[A, B any](p Page[A], f func(*A) B) Page[B] {
	out := Page[B]{Rows: make([]B, len(p.Rows)), Total: p.Total, Capped: p.Capped}
	for i := range p.Rows {
		out.Rows[i] = f(&p.Rows[i])
	}
	return out
}
