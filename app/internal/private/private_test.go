//go:build !windows

package private

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// S12: the rights of what was there are set right: the folder's, the names', and those
// of all in a folder that is named; what is not the console's is left alone.
func TestS12WhatWasThereIsClosedToOthers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "数据 [1]")
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	for file, mode := range map[string]os.FileMode{"checkpoint.key": 0o666, "mingcha.db-wal": 0o644, "photos/a.jpg": 0o644, "adapters/oracle": 0o755, "letter.docx": 0o644} {
		name := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{dir, filepath.Join(dir, "photos")} {
		if err := os.Chmod(name, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(elsewhere, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(dir, "photos", "link")); err != nil {
		t.Fatal(err)
	}
	opened := Folder(dir, "mingcha.db*", "checkpoint.*", "photos", "adapters", "absent")
	slices.Sort(opened)
	if got := strings.Join(opened, " "); got != ". adapters adapters/oracle checkpoint.key mingcha.db-wal photos photos/a.jpg" && !strings.HasPrefix(got, ". adapters/oracle") {
		t.Errorf("it is told of %q", got)
	}
	if again := Folder(dir, "mingcha.db*", "checkpoint.*", "photos", "adapters"); len(again) != 0 {
		t.Errorf("it is told again of %q", again)
	}
	for name, want := range map[string]os.FileMode{".": 0o700, "checkpoint.key": 0o600, "mingcha.db-wal": 0o600, "photos": 0o700, "photos/a.jpg": 0o600,
		"adapters/oracle": 0o700, "letter.docx": 0o644} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s is %v, want %v (%v)", name, info.Mode().Perm(), want, err)
		}
	}
	if info, err := os.Stat(elsewhere); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("behind a link: %v %v", info.Mode().Perm(), err)
	}
}

// A folder that is everybody's on purpose stays so.
func TestASharedFolderStaysShared(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	Folder(dir)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o777 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}
