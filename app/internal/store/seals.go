package store

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"fmt"
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
	// SealedWithdrawn is what was found once and taken back: the journal gives what is
	// found now, and not what people saw before.
	SealedWithdrawn Sealed = "withdrawn"
	// SealedTold is under which journal number each finding was told last: who listens
	// anew is told what was told since.
	SealedTold Sealed = "told"
)

// AllSealed are all of them.
var AllSealed = []Sealed{SealedStreams, SealedMoments, SealedRefused, SealedReadings, SealedWithdrawn, SealedTold}

var sealedQueries = map[Sealed]string{
	SealedStreams:   `SELECT adapter, stream FROM cursors ORDER BY adapter, stream`,
	SealedMoments:   `SELECT code, watermark, judged_at FROM departments ORDER BY id`,
	SealedReadings:  `SELECT dept, head, watched, spoke, as_of FROM readings ORDER BY dept`,
	SealedWithdrawn: fmt.Sprint(`SELECT `, findingColumns, `, changed_seq FROM findings WHERE state = `, FindingWithdrawn, ` ORDER BY case_id, rule, key`),
	SealedRefused:   `SELECT ` + tallyColumns + ` FROM quarantine_tallies ORDER BY adapter, stream, code`,
}

// SealContent is what a seal is over, and whether there is anything of it.
func (t *Reader) SealContent(what Sealed) (content []byte, some bool, err error) {
	content = append(content, what...)
	sum := sha256.New()
	if of, has := sumOf[what]; has {
		kept, found, err := t.keptSum(of)
		if err != nil {
			return nil, true, nil //nolint:nilerr // what cannot be read was changed, and fits no seal
		}
		if found {
			content, some = append(content, kept.Bytes()...), true
		}
		if what == SealedTold {
			return content, some, nil
		}
	}
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
		if what == SealedWithdrawn { // there may be many of them
			sum.Write(content)
			content = content[:0]
		}
		return nil
	})
	if what == SealedWithdrawn && some {
		content = sum.Sum([]byte(what))
	}
	return content, some, err
}

// numberSize is how long the number before a seal is, in bytes.
const numberSize = 8

// SealParts are what a seal signs of a content, the signature, and the seal's number:
// 0 of one by an older program, which had none.
func SealParts(content, seal []byte) (signed, signature []byte, number uint64) {
	if len(seal) <= 64 {
		return content, seal, 0
	}
	return append(append([]byte{}, seal[:numberSize]...), content...), seal[numberSize:], SealNumber(seal)
}

// SealNumber is the how manieth of its kind a seal is.
func SealNumber(seal []byte) uint64 {
	if len(seal) <= 64 {
		return 0
	}
	return binary.BigEndian.Uint64(seal)
}

// Seal reads a seal; nil where there is none.
func (t *Reader) Seal(what Sealed) (seal []byte, err error) {
	_, err = t.c.prepare(`SELECT seal FROM seals WHERE what = ?`).one(func(r []driver.Value) error {
		seal = append([]byte{}, blob(r[0])...)
		return nil
	}, string(what))
	return seal, err
}

// PutSeal makes a seal anew, with the number after that of the one before: an older
// one put back in its place is known by its number.
func (w *Writer) PutSeal(what Sealed, seal func(content []byte) []byte) error {
	if of, has := sumOf[what]; has {
		if _, err := w.running(of); err != nil {
			return err
		}
	}
	if err := w.putSums(); err != nil {
		return err
	}
	content, _, err := w.SealContent(what)
	if err != nil {
		return err
	}
	before, err := w.Seal(what)
	if err != nil {
		return err
	}
	number := binary.BigEndian.AppendUint64(nil, SealNumber(before)+1)
	return w.putSeal(what, append(number, seal(append(append([]byte{}, number...), content...))...))
}

func (w *Writer) putSeal(what Sealed, seal []byte) error {
	return w.c.prepare(`INSERT INTO seals (what, seal) VALUES (?,?) ON CONFLICT DO UPDATE SET seal = excluded.seal`).exec(string(what), seal)
}

// marked is the row of what seals there were at the last checkpoint.
const marked Sealed = "marks"

// Marks are the numbers of the seals, and how many records each stream had given, when
// the journal was last signed.
type Marks struct {
	Size    int64             `json:"size"` // of the checkpoint
	Seals   map[Sealed]uint64 `json:"seals"`
	Streams []StreamMark      `json:"streams"`
}

// StreamMark is how many records a stream had given.
type StreamMark struct {
	Adapter string `json:"adapter"`
	Stream  string `json:"stream"`
	Records int64  `json:"records"`
}

// MarksNow are those of this moment, for a checkpoint over so many records.
func (t *Reader) MarksNow(size int64) (m Marks, err error) {
	m = Marks{Size: size, Seals: map[Sealed]uint64{}}
	for _, what := range AllSealed {
		seal, err := t.Seal(what)
		if err != nil {
			return m, err
		}
		m.Seals[what] = SealNumber(seal)
	}
	cursors, err := t.Cursors()
	for _, c := range cursors {
		m.Streams = append(m.Streams, StreamMark{c.Adapter, c.Stream, c.Records})
	}
	return m, err
}

// Marks reads what was kept with the last checkpoint: what was signed, and the
// signature; nil where nothing is kept.
func (t *Reader) Marks() (m Marks, signed, signature []byte, err error) {
	row, err := t.Seal(marked)
	if err != nil || len(row) <= 64 {
		return m, nil, nil, err
	}
	signature, signed = row[:64], row[64:]
	err = json.Unmarshal(signed, &m)
	return m, append([]byte(marked), signed...), signature, err
}

// PutMarks keeps the marks of a checkpoint.
func (w *Writer) PutMarks(size int64, seal func(content []byte) []byte) error {
	m, err := w.MarksNow(size)
	if err != nil {
		return err
	}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return w.putSeal(marked, append(seal(append([]byte(marked), body...)), body...))
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
	if s := w.sums[summedTold]; s != nil && s.moved {
		all = append(all, SealedTold)
	}
	w.refusedMoved, w.readingsMoved = false, false
	return all
}
