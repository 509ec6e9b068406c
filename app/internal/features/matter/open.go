package matter

import (
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Open opens a matter. The folds of visits, reviews and ratings call it, so a
// matter comes up in the same transaction as what it comes from.
func Open(w *store.Writer, o Opening, at time.Time) error {
	reasons, err := json.Marshal(append([]string{}, o.Reasons...))
	if err != nil {
		return err
	}
	m := Matter{Opening: o, OpenedAt: at}
	if err := m.fold(nil); err != nil {
		return err
	}
	return w.Exec(`INSERT INTO matters (`+columns+`, state, done, limit_from, limit_days) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM matters), ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?,?)`,
		string(o.Source), int64(o.SourceID), int64(o.Finding), o.Department, o.Category, o.Severity, o.Fact, string(reasons),
		int64(o.CaseID), o.Item, o.Place, store.Micros(o.SeenAt), at.UnixMicro(), o.Handler, store.Micros(o.BegunAt), m.State, m.Limit.From.UnixMicro(), int64(m.Limit.Days))
}
