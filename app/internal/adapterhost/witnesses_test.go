//go:build linux

package adapterhost

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/witness"
)

// past is a journal of the folder's key, honest or not.
func past(t *testing.T, signer *journal.Signer, size int, say string) func(context.Context, int64) (*adapterv1.WitnessRequest, error) {
	t.Helper()
	type at struct {
		level int
		n     int64
	}
	tiles := map[at][]byte{}
	tree, err := journal.OpenTree(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range size {
		tree.Append((&journal.Record{Kind: journal.KindEvent, Body: fmt.Appendf(nil, "%s %d", say, i)}).Hash())
	}
	if err := tree.Flush(func(tile journal.Tile) error {
		tiles[at{tile.Level, tile.N}] = tile.Hashes
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	root, err := tree.Root()
	if err != nil {
		t.Fatal(err)
	}
	c, err := signer.Resume(journal.Head{Size: int64(size), Root: root}, time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return func(_ context.Context, from int64) (*adapterv1.WitnessRequest, error) {
		shown := &adapterv1.WitnessRequest{Note: c.Note, PublicKey: signer.PublicKey(), From: from}
		if from > c.Size {
			return shown, nil
		}
		proof, err := journal.Consistency(from, c.Head(), func(level int, n int64) ([]byte, error) { return tiles[at{level, n}], nil })
		for _, h := range proof {
			shown.Proof = append(shown.Proof, h[:])
		}
		return shown, err
	}
}

// A department that keeps what it saw of the journal says that it was rewritten,
// in its adapter's log and where its own people look.
func TestJ2DepartmentsHearOfARewrittenPast(t *testing.T) {
	signer, err := journal.NewSigner(t.TempDir(), "mingcha/"+strings.Repeat("0a", 16))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "seen.json")
	run := func(shown func(context.Context, int64) (*adapterv1.WitnessRequest, error)) (log string) {
		t.Helper()
		var said strings.Builder
		h := New(newMemory(), Options{StateDir: t.TempDir(), Timeouts: quick, Logger: slog.New(slog.NewTextHandler(&said, nil)), Witness: shown})
		defer h.Close()
		spec := specFor(t, "honest", "")
		spec.Config, spec.Writes = fmt.Appendf(nil, `{"witness":%q}`, file), []string{file}
		if _, err := h.RunOnce(t.Context(), spec); err != nil {
			t.Fatal(err)
		}
		h.Close()
		return said.String()
	}
	keeps := func() int64 {
		t.Helper()
		state, err := witness.File(file).Kept(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		size, err := witness.Size(state)
		if err != nil {
			t.Fatal(err)
		}
		return size
	}
	for _, size := range []int{100, 100, 300} {
		if log := run(past(t, signer, size, "record")); strings.Contains(log, "journal is not the one") || keeps() != int64(size) {
			t.Errorf("at %d records it keeps %d: %s", size, keeps(), log)
		}
	}
	run(nil)
	run(func(context.Context, int64) (*adapterv1.WitnessRequest, error) { return nil, nil })
	evidence := file + ".evidence.json"
	if _, err := os.Stat(evidence); err == nil {
		t.Error("evidence of nothing")
	}
	for _, size := range []int{300, 400, 200} { // rewritten, and rolled back
		log := run(past(t, signer, size, "other"))
		if !strings.Contains(log, "a department says that the journal is not the one that it saw") || keeps() != 300 {
			t.Errorf("rewritten, at %d records, it keeps %d: %s", size, keeps(), log)
		}
		if b, err := os.ReadFile(evidence); err != nil || !strings.Contains(string(b), "300 条记录") {
			t.Errorf("evidence: %v: %s", err, b)
		}
		os.Remove(evidence)
	}
}
