package tlogtiles

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// audit is the built program mingcha-audit, which shares no code with ours.
var audit string

func TestMain(m *testing.M) { os.Exit(withAudit(m)) }

func withAudit(m *testing.M) int {
	dir, err := os.MkdirTemp("", "mingcha-audit-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	audit = filepath.Join(dir, "mingcha-audit.exe") // the ending that every system runs
	cmd := exec.Command("go", "build", "-trimpath", "-o", audit, "./sdk/cmd/mingcha-audit")
	cmd.Dir = "../../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building mingcha-audit: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// audited is what the program says, and its status.
func audited(t *testing.T, args ...string) (string, int) {
	t.Helper()
	out, err := exec.Command(audit, args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit != nil {
		return string(out), exit.ExitCode()
	}
	return string(out), 0
}

// long is a folder with a journal, signed at two sizes.
type long struct {
	dir           string
	s             *store.Store
	signer        *journal.Signer
	earlier, last journal.Checkpoint
	proof         []string
}

func newLong(t *testing.T, sizes ...int) *long {
	t.Helper()
	l := &long{dir: emptyfolder.New(t)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	l.s, err = store.Open(t.Context(), l.dir, workday.Default())
	must(err)
	t.Cleanup(func() { must(l.s.Close()) })
	l.signer, err = journal.OpenSigner(l.dir)
	must(err)
	w := l.s.Writer()
	must(errors.Join(w.Begin(), w.SetOrigin(l.signer.Origin()), w.Commit()))
	n, at := 0, time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	for _, size := range sizes {
		must(w.Begin())
		for ; n < size; n++ {
			body := fmt.Appendf(nil, "record %d", n)
			if n%300 == 200 {
				body = make([]byte, 70_000+n)
			}
			_, err := w.Append(journal.KindEvent, 0, at.Add(time.Duration(n)*time.Second), body, 0, fmt.Sprint(n), 0)
			must(err)
		}
		must(w.Commit())
		head, err := w.TreeHead()
		must(err)
		l.earlier = l.last
		l.last, err = l.signer.Sign(head, at.Add(time.Duration(n)*time.Second), w.Tile)
		must(err)
		must(errors.Join(w.Begin(), w.PutCheckpoint(l.last), w.Commit()))
	}
	proof, err := journal.Consistency(l.earlier.Size, l.last.Head(), w.Tile)
	must(err)
	l.proof = []string{}
	for _, h := range proof {
		l.proof = append(l.proof, h.String())
	}
	return l
}

func put(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// The auditor's program agrees with what was written out, and with nothing in
// which a bit was changed.
func TestJ5TheAuditorsProgramChecksAnExport(t *testing.T) {
	l := newLong(t, 700, 1300)
	dir := filepath.Join(t.TempDir(), "log")
	sum, err := Export(t.Context(), l.s, l.signer.PublicKey(), dir)
	if err != nil || sum.Size != 1300 || sum.Bundles != 6 || sum.Tiles != 7 || sum.Large != 4 || sum.Origin != l.signer.Origin() {
		t.Fatalf("%+v, %v", sum, err)
	}
	key := l.signer.PublicKey()
	if out, code := audited(t, "--key", key, dir, "--kept", put(t, l.earlier.Note)); code != 0 || !strings.Contains(out, "AGREES") {
		t.Fatalf("%d %s", code, out)
	}
	if f, ok := fault.As(exportAgain(t, l, dir)); !ok || f.Code != "export_folder" {
		t.Error("written over what was there")
	}
	var files []string
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != KeyFile {
			files = append(files, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		at := r.IntN(len(b))
		if at > len(b)-4 && filepath.Base(file) == "checkpoint" {
			at = 0 // the last letters of a signature's base64 hold bits that mean nothing
		}
		changed := append([]byte(nil), b...)
		changed[at] ^= 1 << r.IntN(8)
		if err := os.WriteFile(file, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, code := audited(t, "--key", key, dir); code != 1 || !strings.Contains(out, "DISAGREES") {
			t.Errorf("%s, byte %d: %d %s", file, at, code, out)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if out, code := audited(t, "--key", key, dir); code != 1 {
			t.Errorf("%s is gone: %d %s", file, code, out)
		}
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, code := audited(t, "--key", newLong(t, 3).signer.PublicKey(), dir); code != 1 {
		t.Errorf("another office's key: %d %s", code, out)
	}
}

func exportAgain(t *testing.T, l *long, dir string) error {
	t.Helper()
	_, err := Export(t.Context(), l.s, l.signer.PublicKey(), dir)
	return err
}

// A later checkpoint extends an earlier one by the proof that the console gives;
// another earlier one does not.
func TestJ2TheAuditorsProgramChecksAProof(t *testing.T) {
	for _, sizes := range [][]int{{1, 2}, {255, 256}, {256, 257}, {700, 1300}, {512, 1024}, {5, 5}} {
		l := newLong(t, sizes...)
		b, err := json.Marshal(map[string]any{"from": l.earlier.Size, "to": l.last.Size, "proof": l.proof})
		if err != nil {
			t.Fatal(err)
		}
		proof, later := put(t, string(b)), put(t, l.last.Note)
		if out, code := audited(t, "--key", l.signer.PublicKey(), "--proof", proof, put(t, l.earlier.Note), later); code != 0 {
			t.Errorf("%v: %d %s", sizes, code, out)
		}
		forged := l.earlier.Head()
		forged.Root[3] ^= 1
		other, err := l.signer.Resume(forged, l.earlier.At)
		if err != nil {
			t.Fatal(err)
		}
		if out, code := audited(t, "--key", l.signer.PublicKey(), "--proof", proof, put(t, other.Note), later); code != 1 {
			t.Errorf("%v, another past: %d %s", sizes, code, out)
		}
	}
}

// A record that was changed is not written out as if it were the journal's.
func TestExportChecksEveryRecord(t *testing.T) {
	l := newLong(t, 300)
	w := l.s.Writer()
	if err := w.Begin(); err != nil {
		t.Fatal(err)
	}
	if err := w.Exec(`UPDATE journal SET body = X'00' WHERE seq = 120`); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	err := exportAgain(t, l, filepath.Join(t.TempDir(), "log"))
	if f, ok := fault.As(err); !ok || f.Code != "export_changed" || !strings.Contains(f.EN, "Record 120") {
		t.Errorf("%v", err)
	}
}
