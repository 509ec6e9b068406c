package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/mingcha-console/mingcha/sdk"
)

// Only what encode wrote for the same stream of the same city is a place in it.
func FuzzCursor(f *testing.F) {
	here := cityOf("seed 5")
	f.Add([]byte{}, byte('E'))
	for _, c := range []cursor{{'E', here, 19_000, 0}, {'R', here, 19_000, 12_345}, {'E', cityOf("another"), -1, 1 << 63}} {
		f.Add(c.encode(nil), byte('E'))
	}
	f.Fuzz(func(t *testing.T, raw []byte, kind byte) {
		c, err := decode(raw, kind, here)
		if err != nil {
			if !errors.Is(err, sdk.ErrUnknownCursor) {
				t.Errorf("a cursor that cannot be read is refused by %v", err)
			}
			return
		}
		if c.kind != kind || c.city != here || !bytes.Equal(c.encode(nil), raw) {
			t.Errorf("%x is read as %+v, which is written %x", raw, c, c.encode(nil))
		}
	})
}
