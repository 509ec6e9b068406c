package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
)

const quarantineColumns = `id, adapter, stream, dept, source_id, code, reason_zh, reason_en, raw_size, observed_at`

func scanQuarantine(r *sql.Rows) (q QuarantineRow, err error) {
	var observed int64
	err = r.Scan(&q.ID, &q.Adapter, &q.Stream, &q.Department, &q.SourceID, &q.Code, &q.ReasonZH, &q.ReasonEN, &q.RawSize, &observed)
	q.ObservedAt = when(observed)
	return q, err
}

// Quarantine lists records set aside, newest first.
func (s *Store) Quarantine(ctx context.Context, adapter string, offset, limit int) (Page[QuarantineRow], error) {
	f := &filter{}
	if adapter != "" {
		f.Add("adapter = ?", adapter)
	}
	return List(ctx, s.db, Listing{quarantineColumns, "quarantine", "quarantine", "id DESC"}, &f.Where, Window{offset, limit}, scanQuarantine)
}

// rawShown is how much of a raw record a page shows.
const rawShown = 64 << 10

// QuarantineRow reads one record set aside, with what it holds.
func (s *Store) QuarantineRow(ctx context.Context, id uint64) (QuarantineRow, error) {
	f := &filter{}
	f.Add("id = ?", int64(id))
	p, err := List(ctx, s.db, Listing{quarantineColumns, "quarantine", "quarantine", "id"}, &f.Where, Window{0, 2}, scanQuarantine)
	if err != nil {
		return QuarantineRow{}, err
	}
	if len(p.Rows) == 0 {
		return QuarantineRow{}, fault.New(fault.NotFound, "unknown_record", "隔离区没有这条记录。", "There is no such record in quarantine.", nil)
	}
	var raw []byte
	if err := s.db.QueryRowContext(ctx, `SELECT substr(raw, 1, ?) FROM quarantine WHERE id = ?`, rawShown, int64(id)).Scan(&raw); err != nil {
		return QuarantineRow{}, err
	}
	p.Rows[0].Raw = printable(raw)
	return p.Rows[0], nil
}

// printable shows bytes as text: what is neither is written as \xNN.
func printable(raw []byte) string {
	var b strings.Builder
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		if r == utf8.RuneError && n == 1 || !unicode.IsPrint(r) && r != '\n' && r != '\t' {
			for _, x := range raw[:n] {
				fmt.Fprintf(&b, `\x%02x`, x)
			}
		} else {
			b.WriteRune(r)
		}
		raw = raw[n:]
	}
	return b.String()
}

// QuarantineCounts counts records set aside by adapter.
func (s *Store) QuarantineCounts(ctx context.Context) (map[string]int, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT adapter, count(*) FROM quarantine GROUP BY adapter`)
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
		st.At = when(at)
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
		return r, fault.New(fault.NotFound, "unknown_record", fmt.Sprintf("账簿里没有第 %d 号记录。", seq), fmt.Sprintf("The journal has no record %d.", seq), nil)
	}
	r.Kind, r.ObservedAt = journal.Kind(kind), when(observed)
	return r, err
}

// Totals counts what a folder holds.
type Totals struct {
	Records     int `json:"records"`
	Cases       int `json:"cases"`
	Findings    int `json:"findings"`
	Quarantined int `json:"quarantined"`
}

// Totals counts what the folder holds.
func (s *Store) Totals(ctx context.Context) (t Totals, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(seq), 0) FROM journal), (SELECT count(*) FROM cases),
		(SELECT count(*) FROM findings), (SELECT count(*) FROM quarantine)`).Scan(&t.Records, &t.Cases, &t.Findings, &t.Quarantined)
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

// Judged is the moment that a department's stored findings are true for.
type Judged struct {
	Department, Adapter string
	At                  time.Time
}

// JudgedAt lists for which moment each department was last judged.
func (s *Store) JudgedAt(ctx context.Context) ([]Judged, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT code, adapter, judged_at FROM departments`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Judged
	for rows.Next() {
		var j Judged
		var at int64
		if err := rows.Scan(&j.Department, &j.Adapter, &at); err != nil {
			return nil, err
		}
		j.At = when(at)
		out = append(out, j)
	}
	return out, rows.Err()
}

// Head is the last journal number.
func (s *Store) Head(ctx context.Context) (seq uint64, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM journal`).Scan(&seq)
	return seq, err
}
