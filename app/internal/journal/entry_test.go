package journal

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// The leaf of a record that fits an entry bundle is what it always was; a larger
// one stands behind its hash.
func TestJ5LargeRecordsStandBehindTheirHash(t *testing.T) {
	for _, length := range []int{0, 1, MaxEntry - headerSize - 1, MaxEntry - headerSize, MaxEntry - headerSize + 1, 1 << 20} {
		r := Record{Kind: KindAct, Corrects: 7, ObservedAt: time.UnixMicro(9), Body: bytes.Repeat([]byte("明"), length/3+1)[:length]}
		entry := r.Entry()
		if r.Hash() != tlog.RecordHash(entry) || len(entry) > MaxEntry {
			t.Errorf("%d bytes: the entry has %d", length, len(entry))
		}
		if former := tlog.RecordHash(slices.Concat(entry[:0:0], []byte{9}, entry[1:17], r.Body)); r.FormerHash() != former {
			t.Errorf("%d bytes: the former hash is not that of the whole", length)
		}
		if _, err := AppendEntry(nil, entry); err != nil {
			t.Errorf("%d bytes: %v", length, err)
		}
		fits := length <= 65535-17
		if fits != (r.Hash() == r.FormerHash()) || r.Large() == fits {
			t.Errorf("%d bytes: large %v", length, r.Large())
		}
		sum := sha256.Sum256(r.Body)
		if !fits && (entry[0] != 0x80|9 || !bytes.Equal(entry[17:], sum[:])) {
			t.Errorf("%d bytes: entry %x", length, entry)
		}
	}
}

// Names as the text of C2SP tlog-tiles gives them.
func TestJ5TileNames(t *testing.T) {
	for path, want := range map[string]string{
		TilePath(0, 1234067, 256): "tile/0/x001/x234/067",
		TilePath(1, 0, 8):         "tile/1/000.p/8",
		EntriesPath(5, 256):       "tile/entries/005",
		EntriesPath(1000, 255):    "tile/entries/x001/000.p/255",
	} {
		if path != want {
			t.Errorf("%s, want %s", path, want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		level, n, width := rapid.IntRange(-1, 7).Draw(r, "level"), rapid.Int64Range(0, 1e9).Draw(r, "n"), rapid.IntRange(1, 256).Draw(r, "width")
		path := EntriesPath(n, width)
		if level >= 0 {
			path = TilePath(level, n, width)
		}
		if l, m, w, err := ParsePath(path); err != nil || l != level || m != n || w != width {
			r.Fatalf("%s is read as %d %d %d %v", path, l, m, w, err)
		}
	})
	for _, bad := range []string{"", "tile/0/1", "tile/0/x001", "tile/8/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/-1/000", "tile/entries/../000", "tile/0/x000/001", "x/0/000"} {
		if _, _, _, err := ParsePath(bad); err == nil {
			t.Errorf("%q is taken for a tile's name", bad)
		}
	}
}
