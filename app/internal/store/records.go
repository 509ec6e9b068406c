package store

import (
	"database/sql/driver"
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// fromJournal begins every query of records.
const fromJournal = `SELECT seq, kind, corrects, observed_at, body, dept, source_id, case_id FROM journal `

func scanRecord(r []driver.Value) RecordRow {
	return RecordRow{Seq: uint64(integer(r[0])), Kind: uint8(integer(r[1])), Corrects: uint64(integer(r[2])),
		Observed: integer(r[3]), Body: blob(r[4]), Dept: integer(r[5]), SourceID: text(r[6]), Case: uint64(integer(r[7]))}
}

// records calls f with every record of a query; its body is valid until f
// returns.
func (t *Reader) records(f func(RecordRow) error, query string, args ...driver.Value) error {
	return t.c.prepare(query).each(func(r []driver.Value) error {
		return f(scanRecord(r))
	}, args...)
}

// record is the first record of a query.
func (t *Reader) record(query string, args ...driver.Value) (rec RecordRow, found bool, err error) {
	found, err = t.c.prepare(query).one(func(r []driver.Value) error {
		rec = scanRecord(r)
		return nil
	}, args...)
	return rec, found, err
}

// Record reads one record.
func (t *Reader) Record(seq uint64) (rec RecordRow, found bool, err error) {
	return t.record(fromJournal+`WHERE seq = ?`, int64(seq))
}

// Latest finds the version of a source's record that holds now: the record
// itself or its last correction.
func (t *Reader) Latest(dept int64, kind journal.Kind, sourceID string) (first uint64, latest RecordRow, found bool, err error) {
	latest, found, err = t.record(fromJournal+`WHERE dept = ? AND kind = ? AND source_id = ? AND corrects = 0`, dept, int64(kind), sourceID)
	if err != nil || !found {
		return 0, latest, found, err
	}
	first = latest.Seq
	correction, corrected, err := t.record(fromJournal+`INDEXED BY journal_corrects WHERE corrects = ? AND corrects > 0 ORDER BY seq DESC LIMIT 1`, int64(first))
	if corrected {
		latest = correction
	}
	return first, latest, true, err
}

// Versions calls f with a record and with all that corrected it, in order. Who
// reads in f reads another statement.
func (t *Reader) Versions(first uint64, f func(RecordRow) error) error {
	one, found, err := t.Record(first)
	if err != nil || !found {
		return err
	}
	all := []RecordRow{one}
	if err := t.records(func(r RecordRow) error {
		r.Body = append([]byte(nil), r.Body...)
		all = append(all, r)
		return nil
	}, fromJournal+`INDEXED BY journal_corrects WHERE corrects = ? AND corrects > 0 ORDER BY seq`, int64(first)); err != nil {
		return err
	}
	for _, r := range all {
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}

// EachRecord calls f with every record in order.
func (t *Reader) EachRecord(f func(RecordRow) error) error {
	return t.records(f, fromJournal+`ORDER BY seq`)
}

// CaseRecords calls f with every record of a case, corrections included, in
// journal order.
func (t *Reader) CaseRecords(id uint64, f func(RecordRow) error) error {
	return t.records(f, fromJournal+`WHERE case_id = ? AND case_id > 0 ORDER BY seq`, int64(id))
}

// Acts calls f with every act in order.
func (t *Reader) Acts(f func(RecordRow) error) error {
	return t.records(f, fromJournal+`INDEXED BY journal_kinds WHERE kind = 9 ORDER BY seq`)
}

// HolidayRecords calls f with every imported holiday list, in journal order.
func (t *Reader) HolidayRecords(f func(RecordRow) error) error {
	return t.records(f, fromJournal+`INDEXED BY journal_kinds WHERE kind = 8 ORDER BY seq`)
}

// Tile reads a stored tile of the journal's tree.
func (t *Reader) Tile(level int, n int64) (b []byte, err error) {
	found, err := t.c.prepare(`SELECT hashes FROM tiles WHERE level = ? AND n = ?`).one(func(r []driver.Value) error {
		b = append(b, blob(r[0])...)
		return nil
	}, int64(level), n)
	if err == nil && !found {
		err = fmt.Errorf("store: the journal's tree lacks tile %d/%d", level, n)
	}
	return b, err
}

// Checkpoints reads every signed checkpoint's note.
func (t *Reader) Checkpoints() (notes []string, err error) {
	err = t.c.prepare(`SELECT note FROM checkpoints ORDER BY size`).each(func(r []driver.Value) error {
		notes = append(notes, text(r[0]))
		return nil
	})
	return notes, err
}

// CheckpointRow is a signed checkpoint as it is kept: what stands beside the note is
// what it says.
type CheckpointRow struct {
	Size, At int64
	Note     string
}

// CheckpointRows reads every signed checkpoint, smallest first.
func (t *Reader) CheckpointRows() (all []CheckpointRow, err error) {
	err = t.c.prepare(`SELECT size, at, note FROM checkpoints ORDER BY size`).each(func(r []driver.Value) error {
		all = append(all, CheckpointRow{integer(r[0]), integer(r[1]), text(r[2])})
		return nil
	})
	return all, err
}

// MetaStranger is a setting that no program of this kind keeps; empty if there is none.
func (t *Reader) MetaStranger() (key string, err error) {
	_, err = t.c.prepare(`SELECT key FROM meta WHERE key <> ? LIMIT 1`).one(func(r []driver.Value) error {
		key = text(r[0])
		return nil
	}, originKey)
	return key, err
}

// originKey is the setting that holds the journal's origin.
const originKey = "origin"

// Origin is the journal's origin; empty while it has none of its own.
func (t *Reader) Origin() (string, error) { return t.Meta(originKey) }

// OfItself calls f with every record of a kind that is about the journal itself,
// in order.
func (t *Reader) OfItself(kind journal.Kind, f func(RecordRow) error) error {
	return t.records(f, fromJournal+`INDEXED BY journal_kinds WHERE kind >= 11 AND kind = ? ORDER BY seq`, int64(kind))
}

// LastOfItself is the last of those records.
func (t *Reader) LastOfItself(kind journal.Kind) (rec RecordRow, found bool, err error) {
	return t.record(fromJournal+`INDEXED BY journal_kinds WHERE kind >= 11 AND kind = ? ORDER BY seq DESC LIMIT 1`, int64(kind))
}

// From calls f with every record from a number on, in order.
func (t *Reader) From(seq uint64, f func(RecordRow) error) error {
	return t.records(f, fromJournal+`WHERE seq >= ? ORDER BY seq`, int64(seq))
}

// CheckpointOf is the note of the checkpoint of a size; empty if there is none.
func (t *Reader) CheckpointOf(size int64) (note string, err error) {
	_, err = t.c.prepare(`SELECT note FROM checkpoints WHERE size = ?`).one(func(r []driver.Value) error {
		note = text(r[0])
		return nil
	}, size)
	return note, err
}

// TilesBeyond counts the stored tiles that a journal of the size does not need.
func (t *Reader) TilesBeyond(size int64) (n int64, err error) {
	return t.number(`SELECT count(*) FROM tiles WHERE n * 256 >= (?1 >> (8 * level)) OR level > 7`, size)
}
