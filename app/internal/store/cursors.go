package store

import (
	"database/sql/driver"
	"encoding/binary"
)

// CursorRow is where a stream of an adapter stands.
type CursorRow struct {
	Adapter, Stream  string
	Cursor           []byte
	Records, Updated int64
	CaughtUp         bool
	Seal             []byte // the journal's, over Content
}

// Content is what the row says, for its seal.
func (c *CursorRow) Content() []byte {
	b := []byte("cursor\n")
	for _, part := range [][]byte{[]byte(c.Adapter), []byte(c.Stream), c.Cursor} {
		b = append(binary.BigEndian.AppendUint64(b, uint64(len(part))), part...)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(c.Records))
	b = binary.BigEndian.AppendUint64(b, uint64(c.Updated))
	return append(b, byte(Bool(c.CaughtUp)))
}

const fromCursors = `SELECT adapter, stream, cursor, records, caught_up, updated_at, seal FROM cursors `

func scanCursor(r []driver.Value) CursorRow {
	return CursorRow{Adapter: text(r[0]), Stream: text(r[1]), Cursor: append([]byte(nil), blob(r[2])...), Records: integer(r[3]),
		CaughtUp: integer(r[4]) != 0, Updated: integer(r[5]), Seal: append([]byte(nil), blob(r[6])...)}
}

// CursorRow reads where a stream stands.
func (t *Reader) CursorRow(adapter, stream string) (c CursorRow, found bool, err error) {
	found, err = t.c.prepare(fromCursors+`WHERE adapter = ? AND stream = ?`).one(func(r []driver.Value) error {
		c = scanCursor(r)
		return nil
	}, adapter, stream)
	return c, found, err
}

// Cursors reads where every stream stands.
func (t *Reader) Cursors() (all []CursorRow, err error) {
	err = t.c.prepare(fromCursors + `ORDER BY adapter, stream`).each(func(r []driver.Value) error {
		all = append(all, scanCursor(r))
		return nil
	})
	return all, err
}
