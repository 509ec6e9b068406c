package matter

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// OpenedSince counts the matters that came up from a moment on and were not
// dropped, by department.
func (s *Matters) OpenedSince(ctx context.Context, since time.Time) (map[string]int, error) {
	out := map[string]int{}
	return out, store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var department string
		var n int
		err := row.Scan(&department, &n)
		out[department] = n
		return err
	}, `SELECT d.code, (SELECT count(*) FROM matters m WHERE m.department = d.code AND m.opened_at >= ? AND m.state <> '`+Dropped+`') FROM departments d`, since.UnixMicro())
}

// Ended counts, of the matters that came from some things of a source, those that
// were done before a moment: upheld, and dropped.
func (s *Matters) Ended(ctx context.Context, source Source, ids []uint64, before time.Time) (upheld, dropped int, err error) {
	chosen, err := json.Marshal(append([]uint64{}, ids...))
	if err != nil {
		return 0, 0, err
	}
	err = s.office.Store.Readers().QueryRowContext(ctx, `SELECT coalesce(sum(m.state <> ?4), 0), coalesce(sum(m.state = ?4), 0)
		FROM json_each(?1) o CROSS JOIN matters m ON m.source = ?2 AND m.source_id = o.value
		WHERE +m.done = 1 AND (SELECT max(at) FROM matter_steps s WHERE s.matter = m.id) < ?3`,
		string(chosen), string(source), before.UnixMicro(), Dropped).Scan(&upheld, &dropped)
	return upheld, dropped, err
}
