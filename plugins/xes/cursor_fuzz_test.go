package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/mingcha-console/mingcha/sdk"
)

// A cursor comes back from wherever the console kept it: what is not whole is
// refused, what is taken is the place that was written.
func FuzzCursor(f *testing.F) {
	f.Add([]byte{})
	f.Add(cursor{}.bytes())
	f.Add(cursor{Trace: 3, Event: 7, Trail: trail{1, 2, 3}, Anchor: 1_780_000_000_000_000}.bytes())
	f.Add(cursor{Event: 1 << 63, Anchor: -1}.bytes()[1:])
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := parseCursor(b)
		switch {
		case err != nil:
			if !errors.Is(err, sdk.ErrUnknownCursor) {
				t.Errorf("a cursor that cannot be read is refused by %v", err)
			}
		case len(b) == 0:
			if c != (cursor{}) {
				t.Errorf("nothing read is the place %+v", c)
			}
		case !bytes.Equal(c.bytes(), b):
			t.Errorf("%x is read as %+v, which is written %x", b, c, c.bytes())
		}
	})
}
