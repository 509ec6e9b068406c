package matter

import (
	"errors"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// What other features ask on the one writer, in checks and folds of their own.

// IsOf tells whether there is a matter of a number that is a department's.
func IsOf(w *store.Writer, id uint64, department string) (bool, error) {
	return w.Exists(`SELECT 1 FROM matters WHERE id = ? AND department = ?`, int64(id), department)
}

// CameOf tells whether a matter came of something of a source.
func CameOf(w *store.Writer, source Source, of uint64) (bool, error) {
	return w.Exists(`SELECT 1 FROM matters WHERE source = ? AND source_id = ?`, string(source), int64(of))
}

// ToLiaison is a matter as a liaison sees it; false: the account is no liaison's,
// or its department was not told of such a matter.
func ToLiaison(w *store.Writer, id, account uint64) (m Matter, seen bool, err error) {
	who, err := principal(w, account)
	if err == nil && who.Role != access.Liaison {
		return m, false, nil
	}
	if err == nil {
		m, err = load(w, id)
	}
	if errors.Is(err, errNoMatter) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	m, seen = m.SeenBy(who)
	return m, seen, nil
}

// From tells what a matter came from.
func From(w *store.Writer, id uint64) (source Source, of uint64, err error) {
	_, err = w.One(func(r store.Row) error {
		source, of = Source(r.Text(0)), uint64(r.Int(1))
		return nil
	}, `SELECT source, source_id FROM matters WHERE id = ?`, int64(id))
	return source, of, err
}
