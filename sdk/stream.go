package sdk

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

const (
	batchRecords = 256
	batchBytes   = 512 << 10
	batchDelay   = 5 * time.Millisecond

	// maxRecord is the most that one event or report may weigh; more is no
	// event but a fault of the source, and goes to quarantine.
	maxRecord = 1 << 20
	// maxRaw is how much of an unreadable record is kept.
	maxRaw = 16 << 20
	// maxMessage is the most that one batch may weigh, on both sides.
	maxMessage = 32 << 20
)

// The five responses of the contract have one layout, so that one encoder
// serves all (a test compares these numbers with the contract).
const (
	fieldRecords  = protowire.Number(1)
	fieldCursor   = protowire.Number(2)
	fieldCaughtUp = protowire.Number(3)
	fieldTally    = protowire.Number(4)

	fieldPayload    = protowire.Number(1)
	fieldUnreadable = protowire.Number(2)
)

// The streams that an adapter writes.
type (
	EventStream         = Stream[Event]
	RejectionStream     = Stream[Rejection]
	OverdueStream       = Stream[OverdueCase]
	AuthorizationStream = Stream[Authorization]
	RatingStream        = Stream[Rating]
)

// Stream carries the records of one call to the console, in batches: one
// leaves at 256 records, at about 512 KiB, or 5 ms after its first record.
// A method blocks while the console is busy and fails when the call is over;
// then return that error. A Stream may be used by several goroutines, and not
// after the method that was given it has returned.
type Stream[T any] struct {
	transmit func(*frame) error
	most     int // records in a batch

	mu      sync.Mutex
	buf     *[]byte // the batch so far, encoded
	records int
	cursor  []byte // position after the last pending record
	tally   *SourceTally
	timer   *time.Timer
	err     error // of a batch already sent; every later call returns it
	closed  bool
}

func newStream[T any](transmit func(*frame) error) *Stream[T] {
	return &Stream[T]{transmit: transmit, most: batchRecords}
}

var (
	errNoCursor = errors.New("sdk: a record needs the cursor after it")
	errClosed   = errors.New("sdk: the stream was used after its method had returned")
	errNoRecord = errors.New("sdk: the record is nil")
)

// Send adds one record; cursor is the position after it, from which a later
// call goes on. The record is encoded at once and may be reused. A record that
// cannot be carried (text that is not UTF-8, more than 1 MiB) is sent as
// [Unreadable] with the reason.
func (s *Stream[T]) Send(cursor []byte, record *T) error {
	if record == nil {
		return errNoRecord
	}
	m := any(record).(proto.Message)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(cursor); err != nil {
		return err
	}
	if size := proto.Size(m); size <= maxRecord {
		if s.append(fieldPayload, m, size) {
			return s.added(cursor)
		}
		return s.unreadable(cursor, notUTF8(m))
	}
	return s.unreadable(cursor, tooBig(m))
}

// Unreadable adds a record of the source that the contract cannot express, as
// it stands in the source; cursor is the position after it. Raw beyond 16 MiB
// is cut; RawSize, if not given, is filled in.
func (s *Stream[T]) Unreadable(cursor []byte, u *Unreadable) error {
	if u == nil {
		return errNoRecord
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(cursor); err != nil {
		return err
	}
	return s.unreadable(cursor, u)
}

// Tally says what the source holds as counted up to here; it goes with the next
// [Stream.CaughtUp]. The console sets it against what it took, so that nothing
// of a source is lost without a word.
func (s *Stream[T]) Tally(t *SourceTally) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tally = t
}

// CaughtUp sends what is pending and tells the console that the source has
// nothing newer at this moment. The cursor may be empty only while nothing was
// ever sent.
func (s *Stream[T]) CaughtUp(cursor []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(cursor) == 0 && s.records > 0 {
		return errNoCursor
	}
	if err := s.state(); err != nil {
		return err
	}
	s.cursor = append(s.cursor[:0], cursor...)
	return s.flush(true)
}

func (s *Stream[T]) state() error {
	if s.closed {
		return errClosed
	}
	return s.err
}

func (s *Stream[T]) usable(cursor []byte) error {
	if len(cursor) == 0 {
		return errNoCursor
	}
	return s.state()
}

func (s *Stream[T]) unreadable(cursor []byte, u *Unreadable) error {
	u = carriable(u)
	size := proto.Size(u)
	if size > maxRecord && s.records > 0 { // a big one goes alone
		if err := s.flush(false); err != nil {
			return err
		}
	}
	if !s.append(fieldUnreadable, u, size) {
		return fmt.Errorf("sdk: an unreadable record cannot be encoded: %q", u.SourceId)
	}
	return s.added(cursor)
}

// append encodes a record behind the batch; false, with the batch unchanged,
// when one of its strings is not UTF-8.
func (s *Stream[T]) append(field protowire.Number, m proto.Message, size int) bool {
	if s.buf == nil {
		s.buf = buffers.get()
	}
	b := *s.buf
	start := len(b)
	b = protowire.AppendTag(b, fieldRecords, protowire.BytesType)
	b = protowire.AppendVarint(b, uint64(protowire.SizeTag(field)+protowire.SizeBytes(size)))
	b = protowire.AppendTag(b, field, protowire.BytesType)
	b = protowire.AppendVarint(b, uint64(size))
	body := len(b)
	b, err := proto.MarshalOptions{Deterministic: true, UseCachedSize: true}.MarshalAppend(b, m)
	if err != nil || len(b)-body != size {
		*s.buf = (*s.buf)[:start]
		return false
	}
	*s.buf = b
	return true
}

func (s *Stream[T]) added(cursor []byte) error {
	s.cursor = append(s.cursor[:0], cursor...)
	s.records++
	if s.records >= s.most || len(*s.buf) >= batchBytes {
		return s.flush(false)
	}
	if s.records == 1 {
		if s.timer == nil {
			s.timer = time.AfterFunc(batchDelay, s.late)
		} else {
			s.timer.Reset(batchDelay)
		}
	}
	return nil
}

// late sends a batch that has waited long enough.
func (s *Stream[T]) late() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed && s.records > 0 && s.err == nil {
		_ = s.flush(false) // kept in s.err for the next call
	}
}

func (s *Stream[T]) flush(caughtUp bool) error {
	if s.timer != nil {
		s.timer.Stop()
	}
	if s.buf == nil {
		s.buf = buffers.get()
	}
	b := *s.buf
	if len(s.cursor) > 0 {
		b = protowire.AppendTag(b, fieldCursor, protowire.BytesType)
		b = protowire.AppendBytes(b, s.cursor)
	}
	if caughtUp {
		b = protowire.AppendTag(b, fieldCaughtUp, protowire.VarintType)
		b = protowire.AppendVarint(b, 1)
		if s.tally != nil {
			b = protowire.AppendTag(b, fieldTally, protowire.BytesType)
			b = protowire.AppendVarint(b, uint64(proto.Size(s.tally)))
			var err error
			if b, err = (proto.MarshalOptions{UseCachedSize: true}).MarshalAppend(b, s.tally); err != nil {
				return err
			}
		}
	}
	*s.buf = b
	s.err = s.transmit(&frame{buf: s.buf})
	s.buf, s.records = nil, 0
	return s.err
}

// close sends what is pending once the adapter's method has returned.
func (s *Stream[T]) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.err == nil && s.records > 0 {
		err = s.flush(false)
	}
	s.closed = true
	if s.timer != nil {
		s.timer.Stop()
	}
	return err
}
