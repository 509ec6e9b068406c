// Package journal defines the append-only journal: what a record is, the
// Merkle tree over all records (golang.org/x/mod/sumdb/tlog, the algorithm of
// Go's checksum database, RFC 6962) and the signed checkpoints that let anyone
// prove later that nobody rewrote the past. FORMAT.md says all of it for who
// checks a journal with tools of their own.
//
// It holds no database: package store keeps records and tiles.
package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Kind says what a record holds. Numbers are part of every record's hash and
// never change; they stay below 128, see largeMark.
type Kind uint8

const (
	KindDepartment    Kind = 1  // a department as its adapter described it
	KindItem          Kind = 2  // an approval item as published
	KindEvent         Kind = 3  // a case event
	KindRejection     Kind = 4  // 否定报备
	KindOverdue       Kind = 5  // a department's own overdue report
	KindAuthorization Kind = 6  // 首席代表授权
	KindClock         Kind = 7  // time passed and something fell due
	KindHolidays      Kind = 8  // a year's holiday list was imported
	KindAct           Kind = 9  // something that a person did, or the console did for people
	KindRating        Kind = 10 // 好差评
	KindIdentity      Kind = 11 // the journal got an origin of its own: one that began without
	KindBreak         Kind = 12 // the office said that the journal no longer extends what was signed
	KindSetAside      Kind = 13 // what the quarantine held
	KindTold          Kind = 14 // a record came after all that there was had been read, and speaks of before then
	KindRuling        Kind = 15 // by what settings and which version of the rules cases are judged from now on
	KindImported      Kind = 16 // which ratings the office itself read in
	KindCaughtUp      Kind = 17 // all that an adapter had of a department was read, for the first time
)

// OfItself tells the kinds that are about the journal and not about the office's
// work.
func (k Kind) OfItself() bool { return k >= KindIdentity && k <= KindSetAside }

// Record is one leaf of the journal. Seq counts from 1 without gaps.
type Record struct {
	Seq        uint64
	Kind       Kind
	Corrects   uint64    // the record that this one corrects; 0 = none
	ObservedAt time.Time // when the console took it, to the microsecond
	Body       []byte
}

const headerSize = 1 + 8 + 8

// MaxEntry is the longest entry that an entry bundle of C2SP tlog-tiles can
// hold: its length stands in two bytes.
const MaxEntry = 1<<16 - 1

// largeMark in the first byte of an entry says that the body's SHA-256 stands
// where the body would.
const largeMark = 0x80

// Entry returns the bytes of the record's leaf: its header and its body, or the
// body's SHA-256 where the two together are longer than MaxEntry. They cover
// everything but Seq, which the leaf's place in the tree fixes.
func (r *Record) Entry() []byte {
	return r.appendEntry(make([]byte, 0, headerSize+max(len(r.Body), sha256.Size)))
}

func (r *Record) appendEntry(b []byte) []byte {
	if !r.Large() {
		return r.appendWhole(b)
	}
	sum := sha256.Sum256(r.Body)
	return append(r.appendHeader(b, largeMark), sum[:]...)
}

// Large tells whether the body stands behind its hash.
func (r *Record) Large() bool { return headerSize+len(r.Body) > MaxEntry }

func (r *Record) appendHeader(b []byte, mark byte) []byte {
	b = append(b, byte(r.Kind)|mark)
	b = binary.BigEndian.AppendUint64(b, uint64(r.ObservedAt.UnixMicro()))
	return binary.BigEndian.AppendUint64(b, r.Corrects)
}

func (r *Record) appendWhole(b []byte) []byte { return append(r.appendHeader(b, 0), r.Body...) }

// leafPrefix stands before an entry in its leaf's hash (RFC 6962, section 2.1), so
// that no leaf is taken for a node.
const leafPrefix = 0

// usualLeaf is what nearly every leaf fits into: hashing it needs no room of its own.
const usualLeaf = 512

// Hash returns the record's leaf hash, that of its entry (tlog.RecordHash).
func (r *Record) Hash() tlog.Hash {
	var room [usualLeaf]byte
	return sha256.Sum256(r.appendEntry(append(room[:0], leafPrefix)))
}

// FormerHash is the leaf hash of a record that was written before the journal
// had an origin of its own: its body stood in the leaf however long it was. Of
// all but large records the two are the same.
func (r *Record) FormerHash() tlog.Hash {
	var room [usualLeaf]byte
	return sha256.Sum256(r.appendWhole(append(room[:0], leafPrefix)))
}
