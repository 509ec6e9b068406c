package store

import (
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Writer is the one writer of a data folder. Everything between Begin and
// Commit happens at once or not at all. Not safe for concurrent use.
type Writer struct {
	c       *conn
	cal     *workday.Calendar // for the office's days
	tree    *journal.Tree     // nil in a scratch store, which keeps no journal
	head    uint64            // last journal number, uncommitted ones included
	open    bool
	figures map[figureKey]*counters
}

type figureKey struct {
	dept int64
	day  workday.Date
}

func (s *Store) newWriter(c *conn, cal *workday.Calendar) (*Writer, error) {
	w := &Writer{c: c, cal: cal, figures: map[figureKey]*counters{}}
	return w, w.reopenTree()
}

// reopenTree reads head and tree from what is committed.
func (w *Writer) reopenTree() error {
	if _, err := w.c.prepare(`SELECT max(seq) FROM journal`).one(func(r []driver.Value) error {
		w.head = uint64(integer(r[0]))
		return nil
	}); err != nil {
		return err
	}
	tree, err := journal.OpenTree(int64(w.head), w.tile)
	if err != nil {
		return err
	}
	w.tree = tree
	return nil
}

func (w *Writer) tile(level int, n int64) (b []byte, err error) {
	found, err := w.c.prepare(`SELECT hashes FROM tiles WHERE level = ? AND n = ?`).one(func(r []driver.Value) error {
		b = append(b, blob(r[0])...)
		return nil
	}, int64(level), n)
	if err == nil && !found {
		err = fmt.Errorf("store: the journal's tree lacks tile %d/%d", level, n)
	}
	return b, err
}

// Head is the last journal number given out.
func (w *Writer) Head() uint64 { return w.head }

// Begin starts a transaction.
func (w *Writer) Begin() error {
	if err := w.c.exec(`BEGIN IMMEDIATE`); err != nil {
		return err
	}
	w.open = true
	return nil
}

// Commit makes everything since Begin durable, the tree's new tiles and the
// board's counters with it.
func (w *Writer) Commit() error {
	if err := w.flushFigures(); err != nil {
		return err
	}
	put := w.c.prepare(`INSERT INTO tiles (level, n, hashes) VALUES (?,?,?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes`)
	if err := w.tree.Flush(func(t journal.Tile) error {
		return put.exec(int64(t.Level), t.N, t.Hashes)
	}); err != nil {
		return err
	}
	if err := w.c.exec(`COMMIT`); err != nil {
		return err
	}
	w.open = false
	return nil
}

// Rollback undoes everything since Begin; without a transaction it does
// nothing.
func (w *Writer) Rollback() error {
	if !w.open {
		return nil
	}
	w.open = false
	clear(w.figures)
	// A failed COMMIT may have rolled back by itself (disk full), so this may
	// find no transaction.
	rollback := w.c.exec(`ROLLBACK`)
	if err := w.reopenTree(); err != nil {
		return fmt.Errorf("store: after rollback (%v): %w", rollback, err)
	}
	return nil
}

// Append adds a record to the journal under the next number.
func (w *Writer) Append(kind journal.Kind, corrects uint64, observed time.Time, body []byte, dept int64, sourceID string, caseID uint64) (uint64, error) {
	rec := journal.Record{Seq: w.head + 1, Kind: kind, Corrects: corrects, ObservedAt: observed, Body: body}
	if caseID == NewCase {
		caseID = rec.Seq
	}
	if err := w.c.prepare(`INSERT INTO journal (seq, kind, corrects, observed_at, body, dept, source_id, case_id) VALUES (?,?,?,?,?,?,?,?)`).exec(
		int64(rec.Seq), int64(kind), int64(corrects), observed.UnixMicro(), body, dept, sourceID, int64(caseID)); err != nil {
		return 0, err
	}
	w.tree.Append(rec.Hash())
	w.head = rec.Seq
	return rec.Seq, nil
}

// NewCase as a case number lets Append start a case with the record itself.
const NewCase = ^uint64(0)

const recordColumns = `seq, kind, corrects, observed_at, body, dept, source_id, case_id`

func scanRecord(r []driver.Value) RecordRow {
	return RecordRow{Seq: uint64(integer(r[0])), Kind: uint8(integer(r[1])), Corrects: uint64(integer(r[2])),
		Observed: integer(r[3]), Body: blob(r[4]), Dept: integer(r[5]), SourceID: text(r[6]), Case: uint64(integer(r[7]))}
}

// Latest finds the version of a source's record that holds now: the record
// itself or its last correction.
func (w *Writer) Latest(dept int64, kind journal.Kind, sourceID string) (first uint64, latest RecordRow, found bool, err error) {
	found, err = w.c.prepare(`SELECT `+recordColumns+` FROM journal WHERE dept = ? AND kind = ? AND source_id = ? AND corrects = 0`).one(func(r []driver.Value) error {
		latest = scanRecord(r)
		return nil
	}, dept, int64(kind), sourceID)
	if err != nil || !found {
		return 0, latest, found, err
	}
	first = latest.Seq
	_, err = w.c.prepare(`SELECT `+recordColumns+` FROM journal INDEXED BY journal_corrects WHERE corrects = ? AND corrects > 0 ORDER BY seq DESC LIMIT 1`).one(func(r []driver.Value) error {
		latest = scanRecord(r)
		return nil
	}, int64(first))
	return first, latest, true, err
}

// Record reads one record.
func (w *Writer) Record(seq uint64) (rec RecordRow, found bool, err error) {
	found, err = w.c.prepare(`SELECT `+recordColumns+` FROM journal WHERE seq = ?`).one(func(r []driver.Value) error {
		rec = scanRecord(r)
		return nil
	}, int64(seq))
	return rec, found, err
}

// CaseRecords calls f with every record of a case, corrections included, in
// journal order.
func (w *Writer) CaseRecords(id uint64, f func(RecordRow) error) error {
	return w.c.prepare(`SELECT `+recordColumns+` FROM journal WHERE case_id = ? AND case_id > 0 ORDER BY seq`).each(func(r []driver.Value) error {
		return f(scanRecord(r))
	}, int64(id))
}

// Cursor reads where a stream stands; nil for a stream never read.
func (w *Writer) Cursor(adapter, stream string) (cursor []byte, err error) {
	_, err = w.c.prepare(`SELECT cursor FROM cursors WHERE adapter = ? AND stream = ?`).one(func(r []driver.Value) error {
		cursor = append([]byte(nil), blob(r[0])...)
		return nil
	}, adapter, stream)
	return cursor, err
}

// MoveCursor notes that a stream's records up to cursor are in this
// transaction.
func (w *Writer) MoveCursor(adapter, stream string, cursor []byte, records int, caughtUp bool, at time.Time) error {
	if cursor == nil {
		cursor = []byte{}
	}
	return w.c.prepare(`INSERT INTO cursors (adapter, stream, cursor, records, caught_up, updated_at) VALUES (?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET cursor = excluded.cursor, records = records + excluded.records,
		caught_up = excluded.caught_up, updated_at = excluded.updated_at`).exec(
		adapter, stream, cursor, int64(records), Bool(caughtUp), at.UnixMicro())
}

// Quarantine keeps a record that could not be taken; the same one again is
// kept once.
func (w *Writer) Quarantine(q *QuarantineEntry, digest []byte) error {
	raw := q.Raw
	if raw == nil {
		raw = []byte{}
	}
	return w.c.prepare(`INSERT INTO quarantine (adapter, stream, dept, source_id, code, reason_zh, reason_en, raw, raw_size, observed_at, digest)
		VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`).exec(
		q.Adapter, q.Stream, q.Dept, q.SourceID, q.Code, q.ReasonZH, q.ReasonEN, raw, int64(q.RawSize), q.Observed, digest)
}

// PutCheckpoint keeps a signed checkpoint.
func (w *Writer) PutCheckpoint(cp journal.Checkpoint) error {
	return w.c.prepare(`INSERT INTO checkpoints (size, at, note) VALUES (?,?,?) ON CONFLICT DO UPDATE SET at = excluded.at, note = excluded.note`).exec(
		cp.Size, cp.At.UnixMicro(), cp.Note)
}

// Tree is the journal's tree, uncommitted records included.
func (w *Writer) Tree() *journal.Tree { return w.tree }

// Meta reads a setting of the data folder; empty when never set.
func (w *Writer) Meta(key string) (value string, err error) {
	_, err = w.c.prepare(`SELECT value FROM meta WHERE key = ?`).one(func(r []driver.Value) error {
		value = text(r[0])
		return nil
	}, key)
	return value, err
}

// PutMeta keeps a setting of the data folder.
func (w *Writer) PutMeta(key, value string) error {
	return w.c.exec(`INSERT INTO meta (key, value) VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value`, key, value)
}

// HolidayRecords calls f with every imported holiday list, in journal order.
func (w *Writer) HolidayRecords(f func(RecordRow) error) error {
	return w.c.prepare(`SELECT ` + recordColumns + ` FROM journal INDEXED BY journal_holidays WHERE kind = 8 ORDER BY seq`).each(func(r []driver.Value) error {
		return f(scanRecord(r))
	})
}
