package store

import "database/sql/driver"

// How much of what is refused for one reason is kept, of one stream: the first
// whole, up to a number and a size, and the last. What lies between is counted,
// and can be had from the department again.
const (
	QuarantineFirst      = 10_000
	QuarantineFirstBytes = 16 << 20
	QuarantineLast       = 200
	QuarantineRaw        = 64 << 10 // that is kept of one record, which whoever refuses it sees to; none that can be used is longer
)

// seenBytes of a digest tell one refused record from every other.
const seenBytes = 12

// QuarantineKey names what is tallied together.
type QuarantineKey struct{ Adapter, Stream, Code string }

// QuarantineTally counts what was refused for one reason.
type QuarantineTally struct {
	QuarantineKey
	Total, Taken, Dropped int
	FirstRows, FirstBytes int
	LastRows              int
	FirstAt, LastAt       int64
	AgainFrom             []byte // nil: nothing was dropped
	Again                 bool   // the stream is being read again from there
}

// QuarantineKept is a row of the quarantine as it is offered again.
type QuarantineKept struct {
	ID uint64
	QuarantineEntry
	Digest []byte
	Late   bool // one of the last
}

const tallyColumns = `adapter, stream, code, total, taken, dropped, first_rows, first_bytes, last_rows, first_at, last_at, again_from, again`

func scanTally(r []driver.Value) QuarantineTally {
	t := QuarantineTally{QuarantineKey: QuarantineKey{text(r[0]), text(r[1]), text(r[2])},
		Total: int(integer(r[3])), Taken: int(integer(r[4])), Dropped: int(integer(r[5])), FirstRows: int(integer(r[6])), FirstBytes: int(integer(r[7])),
		LastRows: int(integer(r[8])), FirstAt: integer(r[9]), LastAt: integer(r[10]), Again: integer(r[12]) != 0}
	if r[11] != nil {
		t.AgainFrom = append([]byte{}, blob(r[11])...)
	}
	return t
}

// QuarantineTallies reads every tally, in order.
func (t *Reader) QuarantineTallies() (out []QuarantineTally, err error) {
	err = t.c.prepare(`SELECT ` + tallyColumns + ` FROM quarantine_tallies ORDER BY adapter, stream, code`).each(func(r []driver.Value) error {
		out = append(out, scanTally(r))
		return nil
	})
	return out, err
}

// QuarantineRows is how many rows are kept of a key, and the bytes of the first.
type QuarantineRows struct{ First, Last, FirstBytes int }

// QuarantineHeld counts the rows that are kept, and tells of which keys some are
// numbered above.
func (t *Reader) QuarantineHeld(above int64) (kept map[QuarantineKey]QuarantineRows, newer map[QuarantineKey]bool, err error) {
	kept, newer = map[QuarantineKey]QuarantineRows{}, map[QuarantineKey]bool{}
	err = t.c.prepare(`SELECT adapter, stream, code, sum(late = 0), sum(late = 1), max(id), sum(CASE late WHEN 0 THEN length(raw) ELSE 0 END) FROM quarantine GROUP BY adapter, stream, code`).each(func(r []driver.Value) error {
		k := QuarantineKey{text(r[0]), text(r[1]), text(r[2])}
		kept[k] = QuarantineRows{int(integer(r[3])), int(integer(r[4])), int(integer(r[6]))}
		if integer(r[5]) > above {
			newer[k] = true
		}
		return nil
	})
	return kept, newer, err
}

func (w *Writer) tally(k QuarantineKey) (t QuarantineTally, found bool, err error) {
	t.QuarantineKey = k
	found, err = w.c.prepare(`SELECT `+tallyColumns+` FROM quarantine_tallies WHERE adapter = ? AND stream = ? AND code = ?`).one(func(r []driver.Value) error {
		t = scanTally(r)
		return nil
	}, k.Adapter, k.Stream, k.Code)
	return t, found, err
}

// PutTally writes a tally.
func (w *Writer) PutTally(t *QuarantineTally) error {
	w.refusedMoved = true
	var from driver.Value
	if t.AgainFrom != nil {
		from = t.AgainFrom
	}
	return w.c.prepare(`INSERT OR REPLACE INTO quarantine_tallies (`+tallyColumns+`) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`).exec(
		t.Adapter, t.Stream, t.Code, int64(t.Total), int64(t.Taken), int64(t.Dropped), int64(t.FirstRows), int64(t.FirstBytes), int64(t.LastRows),
		t.FirstAt, t.LastAt, from, Bool(t.Again))
}

// Quarantine keeps or counts a record that could not be taken; the same one
// again is kept and counted once. digest is its SHA-256.
func (w *Writer) Quarantine(q *QuarantineEntry, digest []byte) error {
	if fresh, err := w.see(digest); err != nil || !fresh {
		return err
	}
	t, found, err := w.tally(QuarantineKey{q.Adapter, q.Stream, q.Code})
	if err != nil {
		return err
	}
	if !found {
		t.FirstAt = q.Observed
	}
	t.Total++
	t.LastAt = q.Observed
	raw := q.Raw
	late := t.Dropped > 0 || t.LastRows > 0 || t.FirstRows >= QuarantineFirst || t.FirstBytes+len(raw) > QuarantineFirstBytes
	if late {
		err = w.makeRoom(&t)
		t.LastRows++
	} else {
		t.FirstRows++
		t.FirstBytes += len(raw)
	}
	if err != nil {
		return err
	}
	if err := w.keep(q, raw, digest, late); err != nil {
		return err
	}
	return w.PutTally(&t)
}

// see notes a record's digest, and tells whether it is new.
func (w *Writer) see(digest []byte) (fresh bool, err error) {
	seen, err := w.SawRefused(digest)
	if err != nil || seen {
		return false, err
	}
	if err := w.move(summedSeen, nil, digest[:seenBytes]); err != nil {
		return false, err
	}
	return true, w.c.prepare(`INSERT INTO quarantine_seen (digest) VALUES (?)`).exec(digest[:seenBytes])
}

// SawRefused tells whether a record of a digest was refused, and not taken since.
func (t *Reader) SawRefused(digest []byte) (bool, error) {
	return t.c.prepare(`SELECT 1 FROM quarantine_seen WHERE digest = ?`).one(func([]driver.Value) error { return nil }, digest[:seenBytes])
}

// RefusedSeen is how many refused records are known again, and how many of those that
// are kept are not.
func (t *Reader) RefusedSeen() (seen, unseen int64, err error) {
	if seen, err = t.number(`SELECT count(*) FROM quarantine_seen`); err != nil {
		return 0, 0, err
	}
	unseen, err = t.number(`SELECT count(*) FROM quarantine q WHERE NOT EXISTS (SELECT 1 FROM quarantine_seen s WHERE s.digest = substr(q.digest, 1, 12))`)
	return seen, unseen, err
}

// makeRoom drops the oldest of the last rows where there are enough of them. The
// stream's cursor is kept from before the first that is dropped, so that all can
// be read again.
func (w *Writer) makeRoom(t *QuarantineTally) error {
	if t.AgainFrom == nil {
		cursor, err := w.Cursor(t.Adapter, t.Stream)
		if err != nil {
			return err
		}
		t.AgainFrom = append([]byte{}, cursor...)
	}
	if t.LastRows < QuarantineLast {
		return nil
	}
	t.LastRows--
	t.Dropped++
	var oldest int64
	if _, err := w.c.prepare(`SELECT id FROM quarantine INDEXED BY quarantine_kept
		WHERE adapter = ? AND stream = ? AND code = ? AND late = 1 ORDER BY id LIMIT 1`).one(func(r []driver.Value) error {
		oldest = integer(r[0])
		return nil
	}, t.Adapter, t.Stream, t.Code); err != nil {
		return err
	}
	return w.takeOut(oldest)
}

// takeOut deletes a row, and notes that it did.
func (w *Writer) takeOut(id int64) error {
	if w.takenOut == 0 || id < w.takenOut {
		w.takenOut = id
	}
	return w.c.prepare(`DELETE FROM quarantine WHERE id = ?`).exec(id)
}

// TakenOut is the lowest number of the rows that were taken out of the quarantine
// since it was asked last; 0 = none were.
func (w *Writer) TakenOut() (lowest int64) {
	lowest, w.takenOut = w.takenOut, 0
	return lowest
}

func (w *Writer) keep(q *QuarantineEntry, raw, digest []byte, late bool) error {
	if raw == nil {
		raw = []byte{}
	}
	return w.c.prepare(`INSERT INTO quarantine (adapter, stream, dept, source_id, code, reason_zh, reason_en, raw, raw_size, observed_at, digest, late)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`).exec(
		q.Adapter, q.Stream, q.Dept, q.SourceID, q.Code, q.ReasonZH, q.ReasonEN, raw, int64(q.RawSize), q.Observed, digest, Bool(late))
}

// EachQuarantined calls f with every kept row of a key and a department, in the
// order in which they came.
func (t *Reader) EachQuarantined(k QuarantineKey, dept string, f func(*QuarantineKept) error) error {
	return t.c.prepare(`SELECT id, source_id, raw, raw_size, observed_at, digest, reason_zh, reason_en, late FROM quarantine INDEXED BY quarantine_kept
		WHERE adapter = ? AND stream = ? AND code = ? AND dept = ? ORDER BY id`).each(func(r []driver.Value) error {
		q := QuarantineKept{ID: uint64(integer(r[0])), QuarantineEntry: QuarantineEntry{Adapter: k.Adapter, Stream: k.Stream, Code: k.Code, Dept: dept,
			SourceID: text(r[1]), Raw: append([]byte(nil), blob(r[2])...), RawSize: int(integer(r[3])), Observed: integer(r[4]), ReasonZH: text(r[6]), ReasonEN: text(r[7])},
			Digest: append([]byte(nil), blob(r[5])...), Late: integer(r[8]) != 0}
		return f(&q)
	}, k.Adapter, k.Stream, k.Code, dept)
}

// Unquarantine takes out a kept row: its record was taken, or is refused for
// another reason now.
func (w *Writer) Unquarantine(q *QuarantineKept, taken bool) error {
	if err := w.takeOut(int64(q.ID)); err != nil {
		return err
	}
	t, found, err := w.tally(QuarantineKey{q.Adapter, q.Stream, q.Code})
	if err != nil || !found {
		return err
	}
	if q.Late {
		t.LastRows--
	} else {
		t.FirstRows--
		t.FirstBytes -= len(q.Raw)
	}
	return w.settle(&t, q.Digest, taken)
}

// TakenAfterAll notes that a record which was refused, and of which no row was
// kept, was taken now. Records that were never refused change nothing.
func (w *Writer) TakenAfterAll(k QuarantineKey, digest []byte) error {
	if seen, err := w.SawRefused(digest); err != nil || !seen {
		return err
	}
	var q QuarantineKept
	kept, err := w.c.prepare(`SELECT id, raw, late FROM quarantine WHERE digest = ?`).one(func(r []driver.Value) error {
		q = QuarantineKept{ID: uint64(integer(r[0])), Digest: digest, Late: integer(r[2]) != 0, QuarantineEntry: QuarantineEntry{Adapter: k.Adapter, Stream: k.Stream, Code: k.Code,
			Raw: append([]byte(nil), blob(r[1])...)}}
		return nil
	}, digest)
	if err != nil {
		return err
	}
	if kept {
		return w.Unquarantine(&q, true)
	}
	t, found, err := w.tally(k)
	if err != nil || !found {
		return err
	}
	t.Dropped--
	return w.settle(&t, digest, true)
}

// settle counts a refused record out.
func (w *Writer) settle(t *QuarantineTally, digest []byte, taken bool) error {
	t.Total--
	if taken {
		t.Taken++
	}
	if seen, err := w.SawRefused(digest); err != nil {
		return err
	} else if seen {
		if err := w.move(summedSeen, digest[:seenBytes], nil); err != nil {
			return err
		}
	}
	if err := w.c.prepare(`DELETE FROM quarantine_seen WHERE digest = ?`).exec(digest[:seenBytes]); err != nil {
		return err
	}
	return w.PutTally(t)
}

// TallyReadAgain notes that a stream was read again to its end. What was dropped
// and is refused still is counted on.
func (w *Writer) TallyReadAgain(k QuarantineKey) error {
	t, found, err := w.tally(k)
	if err != nil || !found {
		return err
	}
	t.Again = false
	return w.PutTally(&t)
}

// RewindCursor sets a stream back, to be read again from there.
func (w *Writer) RewindCursor(adapter, stream string, cursor []byte) error {
	return w.c.exec(`UPDATE cursors SET cursor = ?, caught_up = 0 WHERE adapter = ? AND stream = ?`, cursor, adapter, stream)
}
