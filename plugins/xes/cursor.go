package main

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/mapping"
	"github.com/mingcha-console/mingcha/sdk"
)

// cursor is a place in a log. In a replay Event counts events in the order of
// time, and Anchor is the office time at which the chosen moment was now.
type cursor struct {
	Trace, Event uint64
	Trail        trail
	Anchor       int64 // microseconds since 1970; 0 = not yet fixed
}

// A cursor's bytes: trail, trace, event, anchor (8 each), checksum (4).
const cursorSize = 4*8 + 4

func (c cursor) bytes() []byte {
	b := make([]byte, 0, cursorSize)
	b = append(b, c.Trail[:]...)
	b = binary.BigEndian.AppendUint64(b, c.Trace)
	b = binary.BigEndian.AppendUint64(b, c.Event)
	b = binary.BigEndian.AppendUint64(b, uint64(c.Anchor))
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// parseCursor reads a cursor; an empty one is the beginning.
func parseCursor(b []byte) (c cursor, err error) {
	if len(b) == 0 {
		return c, nil
	}
	if len(b) != cursorSize || crc32.ChecksumIEEE(b[:cursorSize-4]) != binary.BigEndian.Uint32(b[cursorSize-4:]) {
		return c, errForeign
	}
	return cursor{Trail: trail(b[:8]), Trace: binary.BigEndian.Uint64(b[8:]), Event: binary.BigEndian.Uint64(b[16:]),
		Anchor: int64(binary.BigEndian.Uint64(b[24:]))}, nil
}

// errForeign is a cursor that this adapter never wrote.
var errForeign = errors.Join(sdk.FieldError{Field: "file",
	ZH: "这个来源名称下保存的读取位置不是本适配器写下的（该名称曾用于别的适配器，或位置已损坏），没有读入任何内容。请为这份日志另起一个来源名称（--name）。",
	EN: "The position saved under this source name was not written by this adapter (the name was another adapter's, or the position is damaged), and nothing was read. Give this log a source name of its own (--name)."}, sdk.ErrUnknownCursor)

// trail sums up everything that was sent before a place. A log that was
// repaired or has grown behind the place has the same trail there, and is read on
// from it; another export, another mapping or a changed event before it does not,
// and is read from its beginning.
type trail [8]byte

// replayTrail is where the trail of a replay begins.
func replayTrail(r *replay) (t trail) {
	sum := sha256.Sum256(fmt.Appendf(nil, "replay %s %v", r.at.UTC().Format(time.RFC3339Nano), r.Speed))
	return trail(sum[:])
}

// trailer extends trails; its buffer is used again.
type trailer struct{ buf []byte }

func (w *trailer) extend(t trail, e *mapping.Translated) (trail, error) {
	var m proto.Message = e.Event
	if e.Unreadable != nil {
		m = e.Unreadable
	}
	b, err := proto.MarshalOptions{Deterministic: true}.MarshalAppend(append(w.buf[:0], t[:]...), m)
	if err != nil { // text that is not UTF-8 cannot come out of XML
		return t, err
	}
	w.buf = b
	sum := sha256.Sum256(b)
	return trail(sum[:]), nil
}
