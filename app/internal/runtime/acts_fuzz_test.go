package runtime

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Whatever an act is about, it is refused or folded, and asking whether it may
// be done changes nothing. The seeds are acts of the reference folder, which has
// some of every kind; they are done to that folder, over and over.
func FuzzActs(f *testing.F) {
	s, err := store.Open(f.Context(), referenceFolder(f), workday.Default())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	w := s.Writer()
	last := map[string]intake.RecordedAct{}
	if err := w.Acts(func(r store.RecordRow) error {
		a, err := intake.ReadAct(r)
		last[a.Type] = a
		return err
	}); err != nil {
		f.Fatal(err)
	}
	folders := map[string]intake.Folder{}
	for _, folder := range Folders {
		for _, kind := range folder.Types() {
			folders[kind] = folder
			f.Add(kind, last[kind].By, []byte(last[kind].Data))
			f.Add(kind, uint64(1), []byte(`{}`))
		}
	}
	f.Fuzz(func(t *testing.T, kind string, by uint64, data []byte) {
		folder := folders[kind]
		if folder == nil {
			return
		}
		if err := w.Begin(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := w.Rollback(); err != nil {
				t.Fatal(err)
			}
		}()
		a := &intake.RecordedAct{Seq: w.Head() + 1, At: time.Date(2026, 10, 17, 1, 0, 0, 0, time.UTC), Type: kind, By: by, Data: data}
		before := changes(t, w)
		err := folder.Check(w, a)
		if n := changes(t, w) - before; n != 0 {
			t.Errorf("to check an act of type %s changed %d rows", kind, n)
		}
		if err == nil {
			_ = folder.Fold(w, a) // may fail: what stands in a record may be anything
		}
	})
}

func changes(t *testing.T, w *store.Writer) (n int64) {
	t.Helper()
	if _, err := w.One(func(r store.Row) error { n = r.Int(0); return nil }, `SELECT total_changes()`); err != nil {
		t.Fatal(err)
	}
	return n
}

// referenceFolder unpacks the data folder of the acceptance tests.
func referenceFolder(f *testing.F) string {
	f.Helper()
	in, err := os.Open("../acceptance/testdata/reference/folder.tar.gz")
	if err != nil {
		f.Fatal(err)
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		f.Fatal(err)
	}
	dir := f.TempDir()
	for all := tar.NewReader(z); ; {
		h, err := all.Next()
		if errors.Is(err, io.EOF) {
			return dir
		}
		if err != nil {
			f.Fatal(err)
		}
		content, err := io.ReadAll(all)
		file := filepath.Join(dir, filepath.FromSlash(h.Name))
		if err := errors.Join(err, os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, content, 0o600)); err != nil {
			f.Fatal(err)
		}
	}
}
