package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"time"

	"github.com/mingcha-console/mingcha/sdk"
)

// cursor is a place in a log. In a replay Trace counts events in the order of
// time, and Anchor is the office time at which the chosen moment was now.
type cursor struct {
	Trace, Event uint64
	Anchor       int64 // microseconds since 1970; 0 = not yet fixed
}

// A cursor's bytes: identity (8), trace, event, anchor (8 each), checksum (4).
const cursorSize = 8 + 3*8 + 4

func (c cursor) bytes(identity string) []byte {
	b := make([]byte, 0, cursorSize)
	id, _ := hex.DecodeString(identity)
	b = append(b, id...)
	b = binary.BigEndian.AppendUint64(b, c.Trace)
	b = binary.BigEndian.AppendUint64(b, c.Event)
	b = binary.BigEndian.AppendUint64(b, uint64(c.Anchor))
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// parseCursor reads a cursor; one of another log, mapping or configuration is
// refused.
func parseCursor(b []byte, identity string) (c cursor, err error) {
	if len(b) == 0 {
		return c, nil
	}
	if len(b) != cursorSize || crc32.ChecksumIEEE(b[:cursorSize-4]) != binary.BigEndian.Uint32(b[cursorSize-4:]) ||
		hex.EncodeToString(b[:8]) != identity {
		return c, errors.Join(sdk.FieldError{Field: "file",
			ZH: "保存的读取位置不属于这份日志（文件、映射或设置已更换）。请为新的日志另起一个来源名称，或换回原来的文件。",
			EN: "The saved position does not belong to this log (the file, mapping or settings were changed). Give the new log a source name of its own, or put the former file back."}, sdk.ErrUnknownCursor)
	}
	return cursor{binary.BigEndian.Uint64(b[8:]), binary.BigEndian.Uint64(b[16:]), int64(binary.BigEndian.Uint64(b[24:]))}, nil
}

// headBytes of a log identify it: a log that grows at its end stays the same.
const headBytes = 4096

// identify names file, mapping and settings in eight bytes, as hex.
func identify(file, mapping, department string, r *replay) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyN(h, f, headBytes); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	fmt.Fprintf(h, "\x00%s\x00%s", mapping, department)
	if r != nil {
		fmt.Fprintf(h, "\x00%s\x00%v", r.at.UTC().Format(time.RFC3339Nano), r.Speed)
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}
