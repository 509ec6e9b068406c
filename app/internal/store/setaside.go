package store

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// SetAsideRow is an entry of the quarantine without its raw content, for which
// its digest stands.
type SetAsideRow struct {
	ID int64
	QuarantineEntry
	Digest []byte
}

const fromQuarantine = `SELECT id, adapter, stream, dept, source_id, code, reason_zh, reason_en, raw_size, observed_at, digest FROM quarantine `

// SetAside calls f with the quarantine's entries numbered after one and up to
// another (0: no bound), in order, without their raw content.
func (t *Reader) SetAside(after, upto int64, f func(*SetAsideRow) error) error {
	if upto == 0 {
		upto = 1<<63 - 1
	}
	return t.c.prepare(fromQuarantine+`WHERE id > ? AND id <= ? ORDER BY id`).each(func(r []driver.Value) error {
		return f(&SetAsideRow{ID: integer(r[0]), Digest: blob(r[10]), QuarantineEntry: QuarantineEntry{Adapter: text(r[1]), Stream: text(r[2]), Dept: text(r[3]),
			SourceID: text(r[4]), Code: text(r[5]), ReasonZH: text(r[6]), ReasonEN: text(r[7]), RawSize: int(integer(r[8])), Observed: integer(r[9])}})
	}, after, upto)
}

// SetAsideRaw calls f with the raw content of every entry of the quarantine, in
// order.
func (t *Reader) SetAsideRaw(f func(e *SetAsideRow) error) error {
	return t.c.prepare(`SELECT id, adapter, stream, source_id, code, raw, digest FROM quarantine ORDER BY id`).each(func(r []driver.Value) error {
		return f(&SetAsideRow{ID: integer(r[0]), Digest: blob(r[6]), QuarantineEntry: QuarantineEntry{Adapter: text(r[1]), Stream: text(r[2]), SourceID: text(r[3]), Code: text(r[4]), Raw: blob(r[5])}})
	})
}

// SetAsideChain is a chain of SHA-256 over entries of the quarantine: the sum of
// the sum before (32 zero bytes at first) and of the entry's columns but the raw
// content, texts with their length before them.
type SetAsideChain [sha256.Size]byte

// Add goes on with an entry.
func (c *SetAsideChain) Add(e *SetAsideRow) {
	b := binary.BigEndian.AppendUint64(c[:], uint64(e.ID))
	for _, s := range []string{e.Adapter, e.Stream, e.Dept, e.SourceID, e.Code, e.ReasonZH, e.ReasonEN, string(e.Digest)} {
		b = append(binary.BigEndian.AppendUint64(b, uint64(len(s))), s...)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(e.RawSize))
	*c = sha256.Sum256(binary.BigEndian.AppendUint64(b, uint64(e.Observed)))
}

// String is the chain in hex; empty before any entry.
func (c *SetAsideChain) String() string {
	if *c == (SetAsideChain{}) {
		return ""
	}
	return hex.EncodeToString(c[:])
}

// ParseChain reads what String wrote.
func ParseChain(s string) (c SetAsideChain, err error) {
	b, err := hex.DecodeString(s)
	if err == nil && len(b) != 0 && len(b) != len(c) {
		err = fmt.Errorf("store: %q is not a sum", s)
	}
	copy(c[:], b)
	return c, err
}
