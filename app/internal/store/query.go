package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// PrefixEnd is the first string after every string with the prefix.
func PrefixEnd(prefix string) string { return prefix + "\U0010FFFF" }

// QuarantineCounts counts records set aside by adapter.
func (s *Store) QuarantineCounts(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT adapter, sum(total) FROM quarantine_tallies GROUP BY adapter`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var adapter string
		var n int
		if err := rows.Scan(&adapter, &n); err != nil {
			return nil, err
		}
		out[adapter] = n
	}
	return out, rows.Err()
}

// StreamState is where one stream of an adapter stands.
type StreamState struct {
	Adapter, Stream string
	Records         int
	CaughtUp        bool
	At              time.Time
}

// Streams lists where every adapter's streams stand.
func (s *Store) Streams(ctx context.Context) ([]StreamState, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT adapter, stream, records, caught_up, updated_at FROM cursors ORDER BY adapter, stream`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []StreamState
	for rows.Next() {
		var st StreamState
		var at int64
		if err := rows.Scan(&st.Adapter, &st.Stream, &st.Records, &st.CaughtUp, &at); err != nil {
			return nil, err
		}
		st.At = Time(at)
		out = append(out, st)
	}
	return out, rows.Err()
}

// Checkpoint reads the latest signed checkpoint's note; empty if none.
func (s *Store) Checkpoint(ctx context.Context) (note string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1`).Scan(&note)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return note, err
}

// CheckpointOf reads the signed checkpoint of a size; empty if there is none.
func (s *Store) CheckpointOf(ctx context.Context, size int64) (note string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT note FROM checkpoints WHERE size = ?`, size).Scan(&note)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return note, err
}

// Tile reads a stored tile of the journal's tree.
func (s *Store) Tile(ctx context.Context) journal.TileReader {
	return func(level int, n int64) (b []byte, err error) {
		err = s.db.QueryRowContext(ctx, `SELECT hashes FROM tiles WHERE level = ? AND n = ?`, level, n).Scan(&b)
		return b, err
	}
}

// Record reads one journal record.
func (s *Store) Record(ctx context.Context, seq uint64) (journal.Record, error) {
	var kind, observed int64
	r := journal.Record{Seq: seq}
	err := s.db.QueryRowContext(ctx, `SELECT kind, corrects, observed_at, body FROM journal WHERE seq = ?`, int64(seq)).Scan(&kind, &r.Corrects, &observed, &r.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fault.New(fault.NotFound, "unknown_record", fmt.Sprintf("存证里没有第 %d 号记录。", seq), fmt.Sprintf("The journal has no record %d.", seq), nil)
	}
	r.Kind, r.ObservedAt = journal.Kind(kind), Time(observed)
	return r, err
}

// Totals counts what a folder holds.
type Totals struct {
	Records     int
	Cases       int
	Findings    int // that stand; not those that were withdrawn
	Quarantined int
}

// Totals counts what the folder holds.
func (s *Store) Totals(ctx context.Context) (t Totals, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(seq), 0) FROM journal), (SELECT count(*) FROM cases),
		(SELECT count(*) FROM findings WHERE state <> ?), (SELECT coalesce(sum(total), 0) FROM quarantine_tallies)`, FindingWithdrawn).Scan(&t.Records, &t.Cases, &t.Findings, &t.Quarantined)
	return t, err
}

// Backup writes a consistent copy of the database to a new file, beside a
// running writer.
func (s *Store) Backup(ctx context.Context, file string) error {
	c, err := dial(s.dsn("?_busy_timeout=5000")) // SQLite counts the copy as a write
	if err != nil {
		return s.databaseFault(err)
	}
	return errors.Join(ctx.Err(), c.exec(`VACUUM INTO ?`, file), c.close())
}

// Catalogue lists the departments and their items.
func (s *Store) Catalogue(ctx context.Context) (departments []DepartmentRow, items []ItemRow, err error) {
	err = s.Read(ctx, func(tx *ReadTx) error {
		return tx.Records(func(r *Reader) (err error) {
			if departments, err = r.Departments(); err != nil {
				return err
			}
			items, err = r.Items()
			return err
		})
	})
	return departments, items, err
}

// Head is the last journal number.
func (s *Store) Head(ctx context.Context) (seq uint64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM journal`).Scan(&seq)
	return seq, err
}

// TreeHead is the size and root of the journal's tree.
func (s *Store) TreeHead(ctx context.Context) (h journal.Head, err error) {
	err = s.Read(ctx, func(tx *ReadTx) error {
		return tx.Records(func(r *Reader) error {
			if err := r.readHead(); err != nil {
				return err
			}
			tree, err := journal.OpenTree(int64(r.head), r.Tile)
			if err != nil {
				return err
			}
			root, err := tree.Root()
			h = journal.Head{Size: tree.Size(), Root: root}
			return err
		})
	})
	return h, err
}
