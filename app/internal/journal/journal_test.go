package journal

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// memory keeps flushed tiles as the store does.
type memory map[tileKey][]byte

func (m memory) read(level int, n int64) ([]byte, error) {
	b, ok := m[tileKey{level, n}]
	if !ok {
		return nil, fmt.Errorf("no tile %d/%d", level, n)
	}
	return b, nil
}

func (m memory) write(t Tile) error {
	m[tileKey{t.Level, t.N}] = append([]byte(nil), t.Hashes...)
	return nil
}

func leaf(i int) tlog.Hash { return tlog.RecordHash(fmt.Appendf(nil, "record %d", i)) }

// referenceRoot computes the root with tlog alone, storing every hash.
func referenceRoot(t testing.TB, n int) tlog.Hash {
	var all []tlog.Hash
	read := tlog.HashReaderFunc(func(idx []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(idx))
		for i, x := range idx {
			out[i] = all[x]
		}
		return out, nil
	})
	for i := range n {
		hs, err := tlog.StoredHashesForRecordHash(int64(i), leaf(i), read)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, hs...)
	}
	root, err := tlog.TreeHash(int64(n), read)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestRootAgreesWithTlogAcrossTileEdges(t *testing.T) {
	for _, n := range []int{0, 1, 2, 255, 256, 257, 511, 512, 1000, 65535, 65536, 65537, 66000} {
		tree, err := OpenTree(0, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			tree.Append(leaf(i))
		}
		got, err := tree.Root()
		if err != nil {
			t.Fatalf("size %d: %v", n, err)
		}
		if want := referenceRoot(t, n); got != want {
			t.Errorf("size %d: root differs from tlog's", n)
		}
	}
}

// A tree that is flushed, closed and reopened at random sizes ends with the
// same root, and every record has a proof that checks.
func TestReopenedTreeProvesEveryRecord(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		steps := rapid.SliceOfN(rapid.IntRange(1, 400), 1, 5).Draw(r, "steps")
		tiles, size := memory{}, 0
		var root tlog.Hash
		for _, step := range steps {
			tree, err := OpenTree(int64(size), tiles.read)
			if err != nil {
				r.Fatal(err)
			}
			for range step {
				tree.Append(leaf(size))
				size++
			}
			if root, err = tree.Root(); err != nil {
				r.Fatal(err)
			}
			if err := tree.Flush(tiles.write); err != nil {
				r.Fatal(err)
			}
		}
		if want := referenceRoot(t, size); root != want {
			r.Fatalf("size %d: root differs from tlog's", size)
		}
		seq := rapid.IntRange(1, size).Draw(r, "seq")
		proof, err := Prove(int64(size), root, uint64(seq), tiles.read)
		if err != nil {
			r.Fatal(err)
		}
		if err := tlog.CheckRecord(proof, int64(size), root, int64(seq-1), leaf(seq-1)); err != nil {
			r.Fatal(err)
		}
		if err := tlog.CheckRecord(proof, int64(size), root, int64(seq-1), leaf(seq)); err == nil {
			r.Fatal("a proof checks for another record")
		}
	})
}

func TestHashCoversEveryField(t *testing.T) {
	base := Record{Seq: 1, Kind: KindEvent, Corrects: 7, ObservedAt: time.UnixMicro(1), Body: []byte("x")}
	for name, change := range map[string]func(*Record){
		"kind":     func(r *Record) { r.Kind = KindOverdue },
		"corrects": func(r *Record) { r.Corrects = 8 },
		"observed": func(r *Record) { r.ObservedAt = time.UnixMicro(2) },
		"body":     func(r *Record) { r.Body = []byte("y") },
	} {
		changed := base
		change(&changed)
		if changed.Hash() == base.Hash() {
			t.Errorf("%s is not covered by the hash", name)
		}
	}
}
