package tlogcheck

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"filippo.io/torchwood"
)

// other is a log's folder of which one file is another.
type other struct {
	fs.FS
	name string
	data []byte
}

func (o other) Open(name string) (fs.File, error) {
	if name == o.name {
		return fstest.MapFS{name: &fstest.MapFile{Data: o.data}}.Open(name)
	}
	return o.FS.Open(name)
}

// everyFile flips, so many times each, a bit of every file, and has torchwood's client
// read an entry that the file vouches for. To have fsck read the whole log each time
// would take days.
func (l *log) everyFile(t *testing.T, r *rand.Rand, names []string, times int) {
	t.Helper()
	signed, err := os.ReadFile(filepath.Join(l.dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	cp, err := l.checkpoint(signed)
	if err != nil {
		t.Fatal(err)
	}
	dir := os.DirFS(l.dir)
	read := func(f fs.FS, index int64) error {
		tiles, err := torchwood.NewTileFS(f)
		if err != nil {
			t.Fatal(err)
		}
		c, err := torchwood.NewClient(tiles)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = c.Entry(t.Context(), cp.Tree, index)
		return err
	}
	flipped := 0
	for _, name := range names {
		whole, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		for range times {
			at, bit := r.IntN(len(whole)), byte(1)<<r.IntN(8)
			index := vouchedFor(t, name, whole, at)
			if err := read(dir, index); err != nil {
				t.Fatalf("entry %d as it is: %v", index, err)
			}
			changed := bytes.Clone(whole)
			changed[at] ^= bit
			if err := read(other{dir, name, changed}, index); err == nil {
				t.Errorf("torchwood accepts %s with bit %02x of byte %d flipped (entry %d)", name, bit, at, index)
			}
			flipped++
		}
	}
	t.Logf("%d flips in %d files", flipped, len(names))
}

// vouchedFor is an entry that byte `at` of a file stands for: in a bundle the one that
// it belongs to, in a tile the first one below.
func vouchedFor(t *testing.T, name string, data []byte, at int) int64 {
	t.Helper()
	parts := strings.Split(strings.TrimPrefix(name, "tile/"), "/")
	n := int64(0)
	for _, p := range parts[1:] {
		digits, partial := strings.CutSuffix(p, ".p")
		k, err := strconv.ParseInt(strings.TrimPrefix(digits, "x"), 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		n = n*1000 + k
		if partial {
			break
		}
	}
	if parts[0] != "entries" {
		level, err := strconv.Atoi(parts[0])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return n << (8 * (level + 1))
	}
	index, end := n<<8, 0
	for ; ; index++ {
		end += 2 + int(binary.BigEndian.Uint16(data[end:]))
		if at < end {
			return index
		}
	}
}

// everyBitOfTheCheckpoint flips each; what is accepted says the same, in the last bits
// of base64 that mean nothing.
func (l *log) everyBitOfTheCheckpoint(t *testing.T) {
	t.Helper()
	signed, err := os.ReadFile(filepath.Join(l.dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	says := func(note []byte) string {
		text, signature, _ := strings.Cut(string(note), "\n\n")
		fields := strings.Fields(signature)
		b, err := base64.StdEncoding.DecodeString(fields[len(fields)-1])
		if err != nil {
			t.Fatal(err)
		}
		return text + strings.Join(fields[:len(fields)-1], " ") + string(b)
	}
	for i := range signed {
		for bit := byte(1); bit != 0; bit <<= 1 {
			changed := bytes.Clone(signed)
			changed[i] ^= bit
			if _, err := l.checkpoint(changed); err == nil && says(changed) != says(signed) {
				t.Errorf("torchwood accepts the checkpoint with bit %02x of byte %d flipped:\n%s", bit, i, changed)
			}
		}
	}
}
