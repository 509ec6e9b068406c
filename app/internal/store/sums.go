package store

import (
	"database/sql/driver"
	"encoding/binary"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// summed is of what a sum is kept (table sums): what is sealed as a whole, and is too much
// to be read for every seal.
type summed string

const (
	summedTold summed = "told" // under which journal number each finding was told last
	summedSeen summed = "seen" // by what refused records are known again
)

// sumOf is which sum stands in what a seal is over.
var sumOf = map[Sealed]summed{SealedTold: summedTold, SealedRefused: summedSeen}

// told is a finding with the number under which it was told last, as it is summed up.
func told(caseID uint64, rule, key string, seq uint64) []byte {
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, caseID), seq)
	return append(append(append(b, rule...), 0), key...)
}

// recountSum sums up anew what there is.
func (t *Reader) recountSum(what summed) (m journal.Multiset, err error) {
	if what == summedTold {
		return m, t.c.prepare(`SELECT case_id, rule, key, changed_seq FROM findings NOT INDEXED`).each(func(r []driver.Value) error {
			m.Add(told(uint64(integer(r[0])), text(r[1]), text(r[2]), uint64(integer(r[3]))))
			return nil
		})
	}
	return m, t.c.prepare(`SELECT digest FROM quarantine_seen`).each(func(r []driver.Value) error {
		m.Add(blob(r[0]))
		return nil
	})
}

// keptSum is a sum as it is kept; not found in a folder of an older program.
func (t *Reader) keptSum(what summed) (m journal.Multiset, found bool, err error) {
	var kept []byte
	found, err = t.c.prepare(`SELECT sum FROM sums WHERE what = ?`).one(func(r []driver.Value) error {
		kept = append(kept, blob(r[0])...)
		return nil
	}, string(what))
	if err == nil && found {
		m, err = journal.ParseMultiset(kept)
	}
	return m, found, err
}

// SumAgrees tells whether the sum that a seal is over is what there is; what is sealed
// without one agrees.
func (t *Reader) SumAgrees(what Sealed) (bool, error) {
	of, has := sumOf[what]
	if !has {
		return true, nil
	}
	kept, found, err := t.keptSum(of)
	if err != nil || !found {
		return false, nil //nolint:nilerr // what cannot be read was changed
	}
	anew, err := t.recountSum(of)
	return kept == anew, err
}

// SealStranger is a seal or a sum that no program of this kind keeps; empty if there is
// none.
func (t *Reader) SealStranger() (stranger string, err error) {
	known := map[string]bool{string(marked): true}
	for _, what := range AllSealed {
		known[string(what)] = true
	}
	sums := map[string]bool{}
	for _, of := range sumOf {
		sums[string(of)] = true
	}
	for query, known := range map[string]map[string]bool{`SELECT what FROM seals`: known, `SELECT what FROM sums`: sums} {
		if err := t.c.prepare(query).each(func(r []driver.Value) error {
			if name := text(r[0]); !known[name] {
				stranger = name
			}
			return nil
		}); err != nil {
			return "", err
		}
	}
	return stranger, nil
}

// runningSum is a sum that the writer goes on with.
type runningSum struct {
	journal.Multiset
	moved bool
}

// running is a sum to go on with; of a folder that has none yet it is made of what there is.
func (w *Writer) running(what summed) (*runningSum, error) {
	if s := w.sums[what]; s != nil {
		return s, nil
	}
	m, found, err := w.keptSum(what)
	if err == nil && !found {
		m, err = w.recountSum(what)
	}
	if err != nil {
		return nil, err
	}
	s := &runningSum{m, !found}
	w.sums[what] = s
	return s, nil
}

// move puts things into a sum and takes things out of it; nil is none. It is asked before
// the table is written to.
func (w *Writer) move(what summed, out, in []byte) error {
	s, err := w.running(what)
	if err != nil {
		return err
	}
	if out != nil {
		s.Remove(out)
	}
	if in != nil {
		s.Add(in)
	}
	s.moved = true
	return nil
}

// putSums writes the sums that were moved.
func (w *Writer) putSums() error {
	for what, s := range w.sums {
		if !s.moved {
			continue
		}
		if err := w.c.prepare(`INSERT INTO sums (what, sum) VALUES (?,?) ON CONFLICT DO UPDATE SET sum = excluded.sum`).exec(string(what), s.Bytes()); err != nil {
			return err
		}
		s.moved = false
	}
	return nil
}
