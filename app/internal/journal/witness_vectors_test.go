package journal

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The pages check checkpoints and proofs with code of their own, in another
// language. It is held to these, which tlog and note made.
const vectorsFile = "../../../frontend/tests/vectors/witness.json"

var writeVectors = flag.Bool("vectors", false, "write the pages' test vectors anew")

type witnessVectors struct {
	Key    string            `json:"key"`
	Former string            `json:"former_key"` // of a journal that was signed before it had an origin
	Old    string            `json:"former_note"`
	Notes  map[int64]string  `json:"notes"` // by size
	Roots  map[int64]string  `json:"roots"`
	Proofs map[string]string `json:"proofs"` // "FROM TO": hashes, in base64, one after the other
}

// sizes are all up to a tile's half level, those around powers of two, and some.
func vectorSizes() (all []int64) {
	for n := range int64(18) {
		all = append(all, n)
	}
	return append(all, 31, 32, 33, 63, 64, 65, 100, 255, 256, 257, 511, 513, 777, 1023, 1024, 1025, 1999, 2048)
}

func makeVectors(t *testing.T) []byte {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	key := publicKey{originForm + "00112233445566778899aabbccddeeff", private.Public().(ed25519.PublicKey)}
	sign := func(name, text string) string {
		t.Helper()
		s, err := note.NewSigner(publicKey{name, key.key}.private(private.Seed()))
		must(err)
		b, err := note.Sign(&note.Note{Text: text}, s)
		must(err)
		return string(b)
	}
	var hashes []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) (out []tlog.Hash, err error) {
		for _, i := range at {
			out = append(out, hashes[i])
		}
		return out, nil
	})
	sizes := vectorSizes()
	for i := range sizes[len(sizes)-1] {
		more, err := tlog.StoredHashes(i, fmt.Appendf(nil, "record %d", i), read)
		must(err)
		hashes = append(hashes, more...)
	}
	former := publicKey{formerName, key.key}
	v := witnessVectors{Key: key.named(key.name), Former: former.named(former.origin()), Notes: map[int64]string{}, Roots: map[int64]string{}, Proofs: map[string]string{}}
	at := time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC)
	heads := map[int64]Head{}
	for _, n := range sizes {
		root, err := tlog.TreeHash(n, read)
		must(err)
		heads[n] = Head{n, root}
		v.Roots[n] = root.String()
		c := Checkpoint{Origin: key.name, Size: n, Root: root, At: at.Add(time.Duration(n) * time.Minute), Previous: n / 2}
		v.Notes[n] = sign(key.name, c.text())
	}
	old := Checkpoint{Origin: formerOrigin, Size: 100, Root: heads[100].Root, At: at, Previous: -1}
	v.Old = sign(formerName, old.text())
	for _, from := range sizes {
		for _, to := range sizes {
			if from > to || to > 17 && from%3 == 2 && from < 18 {
				continue // enough of them
			}
			var proof tlog.TreeProof
			if 0 < from && from < to {
				var err error
				proof, err = tlog.ProveTree(to, from, read)
				must(err)
			}
			must(CheckExtension(heads[from], heads[to], proof))
			var whole []byte
			for _, h := range proof {
				whole = append(whole, h[:]...)
			}
			v.Proofs[fmt.Sprintf("%d %d", from, to)] = base64.StdEncoding.EncodeToString(whole)
		}
	}
	b, err := json.MarshalIndent(v, "", " ")
	must(err)
	return append(b, '\n')
}

// TestWitnessVectorsAreThoseOfThePages: go test ./app/internal/journal -run
// Vectors -vectors writes them.
func TestWitnessVectorsAreThoseOfThePages(t *testing.T) {
	want := makeVectors(t)
	if *writeVectors {
		if err := os.WriteFile(vectorsFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what tlog gives: write it anew with -vectors, and see why it changed", vectorsFile)
	}
}
