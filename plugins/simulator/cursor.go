package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	"github.com/mingcha-console/mingcha/sdk"
)

// cursor is a place in one stream of one city: how many records came before.
type cursor struct {
	kind  byte    // of the stream
	city  [8]byte // the settings' fingerprint, hashed
	start officedays.Day
	index uint64
}

const cursorSize = 1 + 8 + 4 + 8 + 4

func cityOf(fingerprint string) (c [8]byte) {
	sum := sha256.Sum256([]byte(fingerprint))
	copy(c[:], sum[:])
	return c
}

// encode writes the cursor over buf.
func (c *cursor) encode(buf []byte) []byte {
	buf = append(buf[:0], c.kind)
	buf = append(buf, c.city[:]...)
	buf = binary.BigEndian.AppendUint32(buf, uint32(c.start))
	buf = binary.BigEndian.AppendUint64(buf, c.index)
	return binary.BigEndian.AppendUint32(buf, crc32.ChecksumIEEE(buf))
}

// decode reads a cursor that encode wrote for the same stream of the same city.
func decode(raw []byte, kind byte, city [8]byte) (cursor, error) {
	if len(raw) != cursorSize || crc32.ChecksumIEEE(raw[:cursorSize-4]) != binary.BigEndian.Uint32(raw[cursorSize-4:]) {
		return cursor{}, foreign("续传位置不是演示城市适配器写出的，或已损坏", "The cursor was not written by the demonstration city's adapter, or is damaged")
	}
	c := cursor{kind: raw[0], start: officedays.Day(int32(binary.BigEndian.Uint32(raw[9:]))), index: binary.BigEndian.Uint64(raw[13:])}
	copy(c.city[:], raw[1:])
	switch {
	case c.kind != kind:
		return cursor{}, foreign("续传位置属于另一种数据", "The cursor belongs to another kind of records")
	case c.city != city:
		return cursor{}, foreign("续传位置属于另一座演示城市（种子或设置不同）", "The cursor belongs to another demonstration city (another seed or other settings)")
	}
	return c, nil
}

// foreign refuses a cursor, with what to do.
func foreign(zh, en string) error {
	return fmt.Errorf("%w: %w", sdk.ErrUnknownCursor, sdk.FieldError{
		ZH: zh + "。请恢复原来的设置，或用新的数据文件夹重新导入。",
		EN: en + ". Restore the former settings, or ingest into a new data folder.",
	})
}
