package review

import (
	"context"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// List lists reviews, in the order in which they were put up.
func (s *Reviews) List(ctx context.Context, ask list.Ask) (store.Page[Review], error) {
	return s.listed(ctx, ask, 0)
}

// Each calls f with every review that is asked for, a thousand at a time: each
// next lot begins after the last number, so that what comes meanwhile neither
// repeats nor hides one.
func (s *Reviews) Each(ctx context.Context, ask list.Ask, f func(*Review) error) error {
	const lot = 1000
	ask.At = store.Window{Limit: lot}
	for after := uint64(0); ; {
		p, err := s.listed(ctx, ask, after)
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
		after = p.Rows[lot-1].ID
	}
}

// listed reads what is asked for; after a number, where it is not 0.
func (s *Reviews) listed(ctx context.Context, ask list.Ask, after uint64) (store.Page[Review], error) {
	w, err := Listed.Where(ask, struct{}{})
	if err != nil {
		return store.Page[Review]{}, err
	}
	w.If(after > 0 && ask.Ascending, `id > ?`, int64(after))
	w.If(after > 0 && !ask.Ascending, `id < ?`, int64(after))
	sorts := slices.ContainsFunc([]string{"text", "kind", "verdict", byState}, func(f string) bool { return ask.Text(f) != "" })
	ids, err := store.Pick(ctx, s.office.Store.Readers(), `reviews`, w, ask.Ascending, sorts, ask.At)
	if err != nil {
		return store.Page[Review]{}, err
	}
	rows, err := s.reviews(ctx, `WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`+store.Direction(ask.Ascending), ids.JSON)
	return store.Page[Review]{Rows: rows, Total: ids.Total, Capped: ids.Capped}, err
}

// own keeps a liaison to what is decided of its own department, and tells whether
// it is kept, and whether anything can be left of what it asks for.
func own(who access.Principal, ask list.Ask) (kept list.Ask, restricted, some bool) {
	department, restricted := who.Restricted()
	if !restricted {
		return ask, false, true
	}
	asked := func(name, only string) bool {
		return len(ask.Texts[name]) == 0 || slices.Contains(ask.Texts[name], only)
	}
	some = asked(byDepartment, department) && asked(byState, Done)
	return ask.With(byDepartment, department).With(byState, Done), true, some
}
