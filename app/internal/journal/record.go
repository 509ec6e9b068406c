// Package journal defines the append-only journal: what a record is, the
// Merkle tree over all records (golang.org/x/mod/sumdb/tlog, the algorithm of
// Go's checksum database, RFC 6962) and the signed checkpoints that let anyone
// prove later that nobody rewrote the past.
//
// It holds no database: package store keeps records and tiles.
package journal

import (
	"encoding/binary"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Kind says what a record holds. Numbers are part of every record's hash and
// never change.
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
)

// Record is one leaf of the journal. Seq counts from 1 without gaps.
type Record struct {
	Seq        uint64
	Kind       Kind
	Corrects   uint64    // the record that this one corrects; 0 = none
	ObservedAt time.Time // when the console took it, to the microsecond
	Body       []byte
}

const headerSize = 1 + 8 + 8

// Hash returns the record's leaf hash. It covers everything but Seq, which the
// leaf's place in the tree fixes.
func (r *Record) Hash() tlog.Hash {
	buf := make([]byte, headerSize, headerSize+len(r.Body))
	buf[0] = byte(r.Kind)
	binary.BigEndian.PutUint64(buf[1:], uint64(r.ObservedAt.UnixMicro()))
	binary.BigEndian.PutUint64(buf[9:], r.Corrects)
	return tlog.RecordHash(append(buf, r.Body...))
}
