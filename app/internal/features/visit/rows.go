package visit

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// read reads the visits of a clause.
func (s *Visits) read(ctx context.Context, where string, args ...any) ([]Visit, error) {
	var out []Visit
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var x Visit
		var at int64
		var text sql.RawBytes
		var d filedData
		if err := row.Scan(&x.ID, &x.Seq, &x.Account, &at, &text); err != nil {
			return err
		}
		err := json.Unmarshal(text, &d)
		x.Sheet, x.Photos, x.FiledAt = d.Sheet, d.Photos, store.Time(at)
		out = append(out, x)
		return err
	}, `SELECT id, seq, account, filed_at, sheet FROM visits `+where, args...); err != nil {
		return nil, err
	}
	return out, s.supplements(ctx, out)
}

// supplements gives visits what was added to them.
func (s *Visits) supplements(ctx context.Context, all []Visit) error {
	ids, of := make([]uint64, len(all)), map[uint64]*Visit{}
	for i := range all {
		ids[i], of[all[i].ID] = all[i].ID, &all[i]
	}
	chosen, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var visit uint64
		var x Supplement
		var at int64
		var photos sql.RawBytes
		if err := row.Scan(&visit, &at, &x.Text, &photos); err != nil {
			return err
		}
		err := json.Unmarshal(photos, &x.Photos)
		x.At = store.Time(at)
		of[visit].Supplements = append(of[visit].Supplements, x)
		return err
	}, `SELECT visit, at, text, photos FROM visit_supplements WHERE visit IN (SELECT value FROM json_each(?)) ORDER BY visit, n`, string(chosen))
}

// List lists visits, in the order in which they were filed.
func (s *Visits) List(ctx context.Context, ask list.Ask) (store.Page[Visit], error) {
	w, err := Listed.Where(ask, struct{}{})
	if err != nil {
		return store.Page[Visit]{}, err
	}
	return s.window(ctx, w, ask, ask.At)
}

func (s *Visits) window(ctx context.Context, w *store.Where, ask list.Ask, at store.Window) (store.Page[Visit], error) {
	sorts := ask.Text("text") != "" || ask.Text("mode") != "" || ask.Text("finding") != ""
	ids, err := store.Pick(ctx, s.office.Store.Readers(), `visits`, w, ask.Ascending, sorts, at)
	if err != nil {
		return store.Page[Visit]{}, err
	}
	rows, err := s.read(ctx, `WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`+store.Direction(ask.Ascending), ids.JSON)
	return store.Page[Visit]{Rows: rows, Total: ids.Total, Capped: ids.Capped}, err
}

// Each calls f with every visit that is asked for, a thousand at a time: each
// next lot begins after the last number, so that what comes meanwhile neither
// repeats nor hides one.
func (s *Visits) Each(ctx context.Context, ask list.Ask, f func(*Visit) error) error {
	const lot = 1000
	after := `id < ?`
	if ask.Ascending {
		after = `id > ?`
	}
	for last := uint64(0); ; {
		w, err := Listed.Where(ask, struct{}{})
		if err != nil {
			return err
		}
		w.If(last > 0, after, int64(last))
		p, err := s.window(ctx, w, ask, store.Window{Limit: lot})
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
		last = p.Rows[lot-1].ID
	}
}
