package store

import "database/sql/driver"

// ReadingRow is how far a department's records had been read when all that there
// was had been.
type ReadingRow struct {
	Dept    int64
	Head    uint64 // the journal's head when a reading last ended
	Watched int64  // latest moment at which its adapter was read as it went; 0 = never
	Spoke   int64  // latest moment that its events spoke of when it was waited for no longer; 0 = it never was
	AsOf    int64  // moment that a reading by hand was judged for; 0 = there was none
}

// PutReading writes how far a department was read.
func (w *Writer) PutReading(r *ReadingRow) error {
	w.readingsMoved = true
	return w.c.prepare(`INSERT OR REPLACE INTO readings (dept, head, watched, spoke, as_of) VALUES (?,?,?,?,?)`).exec(
		r.Dept, int64(r.Head), r.Watched, r.Spoke, r.AsOf)
}

// Readings lists how far each department was read, of those that ever were.
func (t *Reader) Readings() (out []ReadingRow, err error) {
	err = t.c.prepare(`SELECT dept, head, watched, spoke, as_of FROM readings ORDER BY dept`).each(func(r []driver.Value) error {
		out = append(out, ReadingRow{Dept: integer(r[0]), Head: uint64(integer(r[1])), Watched: integer(r[2]), Spoke: integer(r[3]), AsOf: integer(r[4])})
		return nil
	})
	return out, err
}
