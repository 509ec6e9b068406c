package store

import (
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Writer is the one writer of a data folder. Everything between Begin and
// Commit happens at once or not at all. Not safe for concurrent use.
type Writer struct {
	*Reader       // sees what is not committed yet, too
	tree          *journal.Tree
	own           bool // the journal has an origin of its own: see journal.Record.Entry
	open          bool
	takenOut      int64 // TakenOut
	refusedMoved  bool  // what is tallied of refused records was changed
	readingsMoved bool  // how far departments were read was
	sums          map[summed]*runningSum
	figures       tally // what the transaction adds to the board's counters
}

func (s *Store) newWriter(c *conn, cal *workday.Calendar) (*Writer, error) {
	w := &Writer{Reader: &Reader{c: c, cal: cal}, figures: newTally(cal), sums: map[summed]*runningSum{}}
	return w, w.reopenTree()
}

// reopenTree reads head and tree from what is committed.
func (w *Writer) reopenTree() error {
	if err := w.readHead(); err != nil {
		return err
	}
	tree, err := journal.OpenTree(int64(w.head), w.Tile)
	if err != nil {
		return err
	}
	w.tree = tree
	origin, err := w.Origin()
	w.own = origin != ""
	return err
}

// HasOrigin tells whether the journal has an origin of its own.
func (w *Writer) HasOrigin() bool { return w.own }

// SetOrigin fixes the journal's origin, once and for all.
func (w *Writer) SetOrigin(origin string) error {
	w.own = true
	return w.PutMeta(originKey, origin)
}

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
	if err := w.putSums(); err != nil {
		return err
	}
	if err := w.addFigures(); err != nil {
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
	w.figures.clear()
	clear(w.sums)
	// A failed COMMIT may have rolled back by itself (disk full), so this may
	// find no transaction.
	rollback := w.c.exec(`ROLLBACK`)
	if err := w.reopenTree(); err != nil {
		return fmt.Errorf("store: after rollback (%v): %w", rollback, err) //nolint:errorlint // told beside the error that counts
	}
	return nil
}

// Append adds a record to the journal under the next number.
func (w *Writer) Append(kind journal.Kind, corrects uint64, observed time.Time, body []byte, dept int64, sourceID string, caseID uint64) (uint64, error) {
	rec := journal.Record{Seq: w.head + 1, Kind: kind, Corrects: corrects, ObservedAt: observed, Body: body}
	if caseID == NewCase {
		caseID = rec.Seq
	}
	if err := w.c.prepareOften(appendRecord, `INSERT INTO journal (seq, kind, corrects, observed_at, body, dept, source_id, case_id) VALUES (?,?,?,?,?,?,?,?)`).exec(
		int64(rec.Seq), int64(kind), int64(corrects), observed.UnixMicro(), body, dept, sourceID, int64(caseID)); err != nil {
		return 0, err
	}
	if w.own {
		w.tree.Append(rec.Hash())
	} else {
		w.tree.Append(rec.FormerHash())
	}
	w.head = rec.Seq
	return rec.Seq, nil
}

// NewCase as a case number lets Append start a case with the record itself.
const NewCase = ^uint64(0)

// MoveCursor notes that a stream's records up to cursor are in this
// transaction. The row's seal is no longer right: see SealCursor.
func (w *Writer) MoveCursor(adapter, stream string, cursor []byte, records int, caughtUp bool, at time.Time) error {
	if cursor == nil {
		cursor = []byte{}
	}
	return w.c.prepare(`INSERT INTO cursors (adapter, stream, cursor, records, caught_up, updated_at) VALUES (?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET cursor = excluded.cursor, records = records + excluded.records,
		caught_up = excluded.caught_up, updated_at = excluded.updated_at`).exec(
		adapter, stream, cursor, int64(records), Bool(caughtUp), at.UnixMicro())
}

// SealCursor puts a seal on where a stream stands.
func (w *Writer) SealCursor(adapter, stream string, seal func(content []byte) []byte) error {
	c, found, err := w.CursorRow(adapter, stream)
	if err != nil || !found {
		return err
	}
	return w.c.prepare(`UPDATE cursors SET seal = ? WHERE adapter = ? AND stream = ?`).exec(seal(c.Content()), adapter, stream)
}

// PutCheckpoint keeps a signed checkpoint, and beside it what it says.
func (w *Writer) PutCheckpoint(cp journal.Checkpoint) error {
	return w.c.prepare(`INSERT INTO checkpoints (size, at, note) VALUES (?,?,?) ON CONFLICT DO UPDATE SET at = excluded.at, note = excluded.note`).exec(
		cp.Size, cp.At.Truncate(time.Second).UnixMicro(), cp.Note)
}

// TreeHead is the size and root of the journal's tree, uncommitted records
// included.
func (w *Writer) TreeHead() (journal.Head, error) {
	root, err := w.tree.Root()
	return journal.Head{Size: w.tree.Size(), Root: root}, err
}

// PutMeta keeps a setting of the data folder.
func (w *Writer) PutMeta(key, value string) error {
	return w.c.exec(`INSERT INTO meta (key, value) VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value`, key, value)
}
