package adapterhost

import (
	"bytes"
	"testing"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Whatever an adapter sends, records are always news with a cursor behind them,
// and neither records at one cursor nor batches without any come for ever.
func FuzzCursors(f *testing.F) {
	f.Add([]byte{}, []byte{1, 2, 3})
	f.Add([]byte("saved"), []byte{0, 0, 1, 1, 255, 0})
	f.Add([]byte{}, bytes.Repeat([]byte{5}, 200))
	f.Add([]byte{}, bytes.Repeat([]byte{4}, 3000))
	f.Fuzz(func(t *testing.T, saved, batches []byte) {
		g := guard{cursor: saved}
		atOne, last := 0, saved
		for _, x := range batches {
			// Of a byte: two bits of records, one of the mark, the rest is the cursor.
			records, cursor := int(x&3), bytes.Repeat([]byte{x >> 3}, min(int(x>>3), 4))
			b := &adapterv1.EventsResponse{Cursor: cursor, CaughtUp: x&4 != 0}
			news, err := g.check(b, records)
			if err != nil {
				return // the session ends
			}
			if records > 0 && (!news || len(cursor) == 0) {
				t.Fatalf("%d records at the cursor %x: news %v", records, cursor, news)
			}
			if !bytes.Equal(cursor, last) {
				atOne, last = 0, cursor
				if !news {
					t.Fatalf("a cursor that moved to %x is no news", cursor)
				}
			} else if records > 0 {
				atOne++
			}
			if atOne > mostAtOneCursor {
				t.Fatalf("%d batches of records came at one cursor", atOne)
			}
			if b.CaughtUp {
				g.marked = true
			}
		}
	})
}
