package store

import (
	"database/sql/driver"
	"encoding/binary"
)

// Sealed is something that follows from no record, and stands under one seal of the
// journal's key as a whole.
type Sealed string

// What is sealed.
const (
	SealedStreams  Sealed = "streams"  // that adapters' streams are read at all
	SealedMoments  Sealed = "moments"  // what departments' records speak of, and are judged for
	SealedRefused  Sealed = "refused"  // how much was refused, and where it is read again from
	SealedReadings Sealed = "readings" // how far departments' records were read when all had been
)

// AllSealed are all of them.
var AllSealed = []Sealed{SealedStreams, SealedMoments, SealedRefused, SealedReadings}

var sealedQueries = map[Sealed]string{
	SealedStreams:  `SELECT adapter, stream FROM cursors ORDER BY adapter, stream`,
	SealedMoments:  `SELECT code, watermark, judged_at FROM departments ORDER BY id`,
	SealedReadings: `SELECT dept, head, watched, spoke, as_of FROM readings ORDER BY dept`,
	SealedRefused:  `SELECT ` + tallyColumns + ` FROM quarantine_tallies ORDER BY adapter, stream, code`,
}

// SealContent is what a seal is over, and whether there is anything of it.
func (t *Reader) SealContent(what Sealed) (content []byte, some bool, err error) {
	content = append(content, what...)
	err = t.c.prepare(sealedQueries[what]).each(func(r []driver.Value) error {
		some = true
		for _, v := range r {
			switch v := v.(type) {
			case int64:
				content = binary.BigEndian.AppendUint64(append(content, 'i'), uint64(v))
			case []byte:
				content = append(binary.BigEndian.AppendUint64(append(content, 'b'), uint64(len(v))), v...)
			case string:
				content = append(binary.BigEndian.AppendUint64(append(content, 't'), uint64(len(v))), v...)
			default:
				content = append(content, 'n')
			}
		}
		return nil
	})
	return content, some, err
}

// Seal reads a seal; nil where there is none.
func (t *Reader) Seal(what Sealed) (seal []byte, err error) {
	_, err = t.c.prepare(`SELECT seal FROM seals WHERE what = ?`).one(func(r []driver.Value) error {
		seal = append([]byte{}, blob(r[0])...)
		return nil
	}, string(what))
	return seal, err
}

// PutSeal makes a seal anew.
func (w *Writer) PutSeal(what Sealed, seal func(content []byte) []byte) error {
	content, _, err := w.SealContent(what)
	if err != nil {
		return err
	}
	return w.c.prepare(`INSERT INTO seals (what, seal) VALUES (?,?) ON CONFLICT DO UPDATE SET seal = excluded.seal`).exec(string(what), seal(content))
}

// Unsealed is what was changed of what is sealed as a whole since it was asked last:
// of what the writer itself can tell.
func (w *Writer) Unsealed() (all []Sealed) {
	if w.refusedMoved {
		all = append(all, SealedRefused)
	}
	if w.readingsMoved {
		all = append(all, SealedReadings)
	}
	w.refusedMoved, w.readingsMoved = false, false
	return all
}
