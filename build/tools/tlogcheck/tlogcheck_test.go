package tlogcheck

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"filippo.io/torchwood"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const root = "../../.." // of the console's module

func records(t *testing.T) int {
	t.Helper()
	s := os.Getenv("MINGCHA_TLOG_RECORDS")
	if s == "" {
		return 20_000
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// log is a journal that was written out.
type log struct {
	dir      string
	size     int
	verifier note.Verifier
}

func written(t *testing.T) *log {
	t.Helper()
	dir, n := t.TempDir(), records(t)
	began := time.Now()
	cmd := exec.Command("go", "run", "./app/internal/tlogtiles/longjournal", strconv.Itoa(n), dir)
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s in %s", strings.TrimSpace(string(out)), time.Since(began).Round(time.Second))
	l := &log{dir: filepath.Join(dir, "log"), size: n}
	key, err := os.ReadFile(filepath.Join(l.dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	if l.verifier, err = note.NewVerifier(strings.TrimSpace(string(key))); err != nil {
		t.Fatal(err)
	}
	return l
}

// hasher gives the leaf hashes of a bundle, as tessera's own tool does.
func hasher(bundle []byte) ([][]byte, error) {
	var b api.EntryBundle
	if err := b.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	all := make([][]byte, 0, len(b.Entries))
	for _, e := range b.Entries {
		h := tlog.RecordHash(e)
		all = append(all, h[:])
	}
	return all, nil
}

// workers are more than a wrong entry has tiles above it: each worker that finds a tile
// wrong ends, and fsck waits for ever where none is left.
const workers = 8

// tessera has fsck check every file of the log.
func (l *log) tessera(ctx context.Context) error {
	return fsck.New(l.verifier.Name(), l.verifier, client.FileFetcher{Root: l.dir}, hasher, fsck.Opts{N: workers}).Check(ctx)
}

// checkpoint has torchwood verify one.
func (l *log) checkpoint(signed []byte) (torchwood.Checkpoint, error) {
	cp, _, err := torchwood.VerifyCheckpoint(signed, torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(l.verifier.Name()), torchwood.SingleVerifierPolicy(l.verifier)))
	return cp, err
}

// torchwood reads every entry, authenticated by the checkpoint.
func (l *log) torchwood(ctx context.Context) error {
	signed, err := os.ReadFile(filepath.Join(l.dir, "checkpoint"))
	if err != nil {
		return err
	}
	cp, err := l.checkpoint(signed)
	if err != nil {
		return err
	}
	if cp.Origin != l.verifier.Name() || cp.N != int64(l.size) {
		return fmt.Errorf("a checkpoint of %s over %d records, want %s and %d", cp.Origin, cp.N, l.verifier.Name(), l.size)
	}
	tiles, err := torchwood.NewTileFS(os.DirFS(l.dir))
	if err != nil {
		return err
	}
	c, err := torchwood.NewClient(tiles)
	if err != nil {
		return err
	}
	next := int64(0)
	for i := range c.AllEntries(ctx, cp.Tree, 0) {
		if i != next {
			return fmt.Errorf("entry %d after %d", i, next-1)
		}
		next++
	}
	if err := c.Err(); err != nil {
		return err
	}
	if next != cp.N {
		return fmt.Errorf("%d entries of %d", next, cp.N)
	}
	for _, i := range []int64{0, cp.N / 2, cp.N - 1} {
		entry, proof, err := c.Entry(ctx, cp.Tree, i)
		if err == nil {
			err = tlog.CheckRecord(proof, cp.N, cp.Hash, i, tlog.RecordHash(entry))
		}
		if err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
	}
	return nil
}

func TestJ5AJournalIsATlogTilesLog(t *testing.T) {
	l := written(t)
	if err := l.tessera(t.Context()); err != nil {
		t.Errorf("tessera's fsck: %v", err)
	}
	if err := l.torchwood(t.Context()); err != nil {
		t.Errorf("torchwood: %v", err)
	}
	if t.Failed() {
		t.FailNow()
	}
	flips, each := 40, 1
	if l.size > 100_000 {
		flips, each = 60, 10
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	names := l.files(t)
	l.everyFile(t, r, names, each)
	l.everyBitOfTheCheckpoint(t)
	for range flips {
		name := names[r.IntN(len(names))]
		if r.IntN(8) == 0 {
			name = "checkpoint"
		}
		l.flipped(t, r, name, func(what string) {
			if err := l.tessera(t.Context()); err == nil {
				t.Errorf("tessera's fsck accepts %s", what)
			}
			if name == "checkpoint" || strings.HasPrefix(name, "tile/entries/") {
				if err := l.torchwood(t.Context()); err == nil {
					t.Errorf("torchwood accepts %s", what)
				}
			}
		})
	}
	if err := errors.Join(l.tessera(t.Context()), l.torchwood(t.Context())); err != nil {
		t.Errorf("put right again: %v", err)
	}
}

// files are the log's, without what is ours beyond it.
func (l *log) files(t *testing.T) (names []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(l.dir, "tile"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, relErr := filepath.Rel(l.dir, path)
			names, err = append(names, filepath.ToSlash(rel)), relErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// flipped changes a bit of a file and puts it right afterwards.
func (l *log) flipped(t *testing.T, r *rand.Rand, name string, f func(what string)) {
	t.Helper()
	file := filepath.Join(l.dir, filepath.FromSlash(name))
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at, bit := r.IntN(len(b)), byte(1)<<r.IntN(8)
	if name == "checkpoint" && at > len(b)-4 {
		at = 0 // the last letters of a signature's base64 hold bits that mean nothing
	}
	changed := append([]byte(nil), b...)
	changed[at] ^= bit
	if err := os.WriteFile(file, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	f(fmt.Sprintf("%s with bit %02x of byte %d flipped", name, bit, at))
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
