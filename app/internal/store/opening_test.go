package store_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// L: who removes the lock file lets no second console in.
func TestLARemovedLockFileLetsNobodyIn(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(context.Background(), dir, workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.Remove(filepath.Join(dir, "mingcha.lock")); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	}
	other, err := store.Open(context.Background(), dir, workday.Default())
	if err == nil {
		other.Close()
	}
	if f, ok := fault.As(err); !ok || f.Code != "data_folder_in_use" {
		t.Fatalf("a second console: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if other, err = store.Open(context.Background(), dir, workday.Default()); err != nil {
		t.Fatalf("after the first has gone: %v", err)
	}
	other.Close()
}

// S12: opening sets right what was open to others.
func TestS12OpeningClosesTheFolderToOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an access list there; see package private")
	}
	dir := t.TempDir()
	key := filepath.Join(dir, "checkpoint.key")
	if err := os.WriteFile(key, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, key} {
		if err := os.Chmod(name, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	s, err := store.Open(context.Background(), dir, workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, want := range map[string]os.FileMode{dir: 0o700, key: 0o700, filepath.Join(dir, "mingcha.db"): 0o600, filepath.Join(dir, "mingcha.lock"): 0o600} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s is %v, want %v (%v)", name, info.Mode().Perm(), want, err)
		}
	}
}
