package volunteers

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// ReviewFilter chooses reviews. Its zero value is all, newest first.
type ReviewFilter struct {
	Department string // code
	Kind       Kind
	State      string
	Verdict    Verdict   // of what is done
	Text       string    // a review's number, a case number's beginning, or part of an item's name
	From, To   time.Time // when it was put up, From inclusive and To exclusive
	Ascending  bool
}

func (f *ReviewFilter) where() *store.Where {
	w := &store.Where{}
	w.If(f.Department != "", `department = ?`, f.Department)
	w.If(f.Kind != "", `kind = ?`, string(f.Kind))
	w.If(f.State != "", `state = ?`, f.State)
	w.If(f.Verdict != "", `verdict = ?`, string(f.Verdict))
	w.If(f.Text != "", `(id = ? OR case_id IN (SELECT id FROM cases WHERE case_no >= ? AND case_no < ?)
		OR EXISTS (SELECT 1 FROM items i JOIN departments d ON d.id = i.dept WHERE d.code = department AND i.code = item AND instr(i.name, ?) > 0))`,
		store.Number(f.Text), f.Text, store.PrefixEnd(f.Text), f.Text)
	w.Span(`created_at`, f.From, f.To)
	return w
}

// Reviews lists reviews, in the order in which they were put up.
func (v *Volunteers) Reviews(ctx context.Context, f ReviewFilter, at store.Window) (store.Page[Review], error) {
	return listed(ctx, v, `reviews`, f.where(), f.Ascending, at, v.reviews)
}

// EachReview calls f with every review that a filter chooses.
func (v *Volunteers) EachReview(ctx context.Context, f ReviewFilter, each func(*Review) error) error {
	return all(ctx, v, `reviews`, f.where, f.Ascending, v.reviews, func(r *Review) uint64 { return r.ID }, each)
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
