package runtime

import (
	"archive/zip"
	"compress/flate"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func codeOf(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return ""
}

// What SQLite left beside a database that was there before belongs to that one.
func TestS4RestoreRefusesWhatLiesBesideADatabase(t *testing.T) {
	p := makePast(t)
	for _, name := range []string{store.DatabaseFile, store.DatabaseFile + "-wal", store.DatabaseFile + "-shm", store.DatabaseFile + "-journal", "checkpoint.last", "checkpoint.key"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Restore(t.Context(), p.early, dir, false); codeOf(err) != "restore_over_data" {
			t.Errorf("beside %s: %v", name, err)
		}
		if left, _ := os.ReadDir(dir); len(left) != 1 {
			t.Errorf("beside %s: it left %v", name, left)
		}
	}
	dir := t.TempDir()
	release, err := store.Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := Restore(t.Context(), p.early, dir, false); codeOf(err) != "data_folder_in_use" {
		t.Errorf("into a folder that a console holds: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if err := Restore(t.Context(), p.early, dir, false); err != nil {
		t.Errorf("into an empty folder: %v", err)
	}
	if zh, en := found(t.Context(), dir); zh+en != "" {
		t.Errorf("restored, but %s %s", zh, en)
	}
}

// repacked is a backup with one file of it made otherwise.
func repacked(t *testing.T, backup, name string, change func([]byte) []byte) string {
	t.Helper()
	in, err := zip.OpenReader(backup)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	file := filepath.Join(t.TempDir(), "backup.zip")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 9) })
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			b = change(b)
		}
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

// Restored is said of what was opened and verified, and of nothing else.
func TestS4RestoreVerifiesBeforeItSaysSo(t *testing.T) {
	p := makePast(t)
	cut := repacked(t, p.early, store.DatabaseFile, func(b []byte) []byte { return b[:len(b)/2] })
	other := repacked(t, p.early, "checkpoint.pub", func([]byte) []byte { return otherKey(t) })
	for name, file := range map[string]string{"half a database": cut, "another key": other} {
		dir := filepath.Join(t.TempDir(), "data")
		err := Restore(t.Context(), file, dir, false)
		if code := codeOf(err); code != "restore_not_sound" && code != "restore_failed" && code != "verify_database" {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 1 { // the lock
			t.Errorf("%s: it left %q", name, left)
		}
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := Restore(t.Context(), other, dir, true); err != nil {
		t.Errorf("as it is: %v", err)
	}
}

// A packed file that would fill the disk is refused before it does.
func TestLARestoreBombIsBounded(t *testing.T) {
	p := makePast(t)
	bomb := repacked(t, p.early, store.DatabaseFile, func([]byte) []byte { return make([]byte, 200<<20) })
	dir := filepath.Join(t.TempDir(), "data")
	if err := Restore(t.Context(), bomb, dir, false); codeOf(err) != "restore_failed" {
		t.Errorf("200 MB out of %v: %v", bomb, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("it left %q", left)
	}
}
