// Package emptyfolder gives tests data folders whose databases are there and
// empty. Opening a fresh folder runs every migration, each with its write to
// the disk; here they run once for a test program, and every folder gets a copy
// of what they left. Opening it looks at the migrations as it always does, and
// finds nothing to do.
package emptyfolder

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/signin"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// New is a new folder of the test with empty databases.
func New(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	Fill(t, dir)
	return dir
}

// Fill puts empty databases into a folder, making it, unless it has one already.
func Fill(t testing.TB, dir string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, store.DatabaseFile)); err == nil {
		return
	}
	files, err := template()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// template is what migrating leaves in a fresh folder.
var template = sync.OnceValues(func() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "mingcha-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := store.Open(context.Background(), dir, workday.Default())
	if err != nil {
		return nil, err
	}
	people, err := signin.Open(dir, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := errors.Join(people.Close(), s.Close()); err != nil {
		return nil, err
	}
	// Nothing may wait beside a database to be read with it.
	for _, name := range []string{store.DatabaseFile, signin.File} {
		if _, err := os.Stat(filepath.Join(dir, name+"-wal")); !errors.Is(err, fs.ErrNotExist) {
			return nil, errors.Join(err, errors.New(name+" was not closed cleanly"))
		}
	}
	files = map[string][]byte{}
	for _, name := range []string{store.DatabaseFile, signin.File} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})
