package volunteers

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// VisitFilter chooses visits. Its zero value is all, newest first.
type VisitFilter struct {
	Department string // code
	Mode       string
	Category   string    // of one of its findings
	Text       string    // a visit's number, or part of what was written down
	From, To   time.Time // when it was made, From inclusive and To exclusive
	Ascending  bool
}

func (f *VisitFilter) where() *store.Where {
	w := &store.Where{}
	w.If(f.Department != "", `department = ?`, f.Department)
	w.If(f.Mode != "", `sheet ->> '$.sheet.mode' = ?`, f.Mode)
	w.If(f.Category != "", `EXISTS (SELECT 1 FROM json_each(sheet, '$.sheet.findings') WHERE value ->> 'category' = ?)`, f.Category)
	w.If(f.Text != "", `(id = ? OR EXISTS (SELECT 1 FROM json_tree(sheet, '$.sheet') WHERE key IN ('place', 'window', 'item', 'note', 'suggestion', 'fact') AND instr(value, ?) > 0)
		OR EXISTS (SELECT 1 FROM visit_supplements WHERE visit = visits.id AND instr(text, ?) > 0))`, store.Number(f.Text), f.Text, f.Text)
	w.Span(`arrived_at`, f.From, f.To)
	return w
}

// Visits lists visits, in the order in which they were filed.
func (v *Volunteers) Visits(ctx context.Context, f VisitFilter, at store.Window) (store.Page[Visit], error) {
	return listed(ctx, v, `visits`, f.where(), f.Ascending, at, v.visits)
}

// EachVisit calls f with every visit that a filter chooses.
func (v *Volunteers) EachVisit(ctx context.Context, f VisitFilter, each func(*Visit) error) error {
	return all(ctx, v, `visits`, f.where, f.Ascending, v.visits, func(x *Visit) uint64 { return x.ID }, each)
}

// listed reads a window of a table by its numbers: read reads the rows of a
// clause.
func listed[T any](ctx context.Context, v *Volunteers, table string, w *store.Where, ascending bool, at store.Window, read func(context.Context, string, ...any) ([]T, error)) (store.Page[T], error) {
	ids, err := store.Pick(ctx, v.db, table, w, ascending, at)
	if err != nil {
		return store.Page[T]{}, err
	}
	rows, err := read(ctx, `WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`+store.Direction(ascending), ids.JSON)
	return store.Page[T]{Rows: rows, Total: ids.Total, Capped: ids.Capped}, err
}

// all calls f with every row, a thousand at a time: each next lot begins after
// the last number, so that what comes meanwhile neither repeats nor hides one.
func all[T any](ctx context.Context, v *Volunteers, table string, where func() *store.Where, ascending bool, read func(context.Context, string, ...any) ([]T, error),
	number func(*T) uint64, f func(*T) error) error {
	const lot = 1000
	after := `id < ?`
	if ascending {
		after = `id > ?`
	}
	w := where()
	for {
		p, err := listed(ctx, v, table, w, ascending, store.Window{Limit: lot}, read)
		if err != nil {
			return err
		}
		for i := range p.Rows {
			if err := f(&p.Rows[i]); err != nil {
				return err
			}
		}
		if len(p.Rows) < lot {
			return nil
		}
		w = where()
		w.Add(after, int64(number(&p.Rows[lot-1])))
	}
}
