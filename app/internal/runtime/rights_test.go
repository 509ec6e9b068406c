//go:build !windows

package runtime

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// S12: what of the folder comes to be open to others while the console runs is
// closed, and everybody on screen is told.
func TestS12WhatIsOpenedMeanwhileIsToldAndClosed(t *testing.T) {
	dir := t.TempDir()
	c, err := Open(t.Context(), Options{Dir: dir, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	told := func() string {
		all := c.warnings()
		i := slices.IndexFunc(all, func(w casefile.Warning) bool { return w.Code == "folder_was_open" })
		if i < 0 {
			return ""
		}
		return all[i].ZH + all[i].EN
	}
	if c.keepPrivate(); told() != "" {
		t.Errorf("what the console itself makes is open to others: %s", told())
	}
	key := filepath.Join(dir, journal.KeyFile)
	if err := os.Chmod(key, 0o666); err != nil {
		t.Fatal(err)
	}
	c.keepPrivate()
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key is %v (%v)", info.Mode(), err)
	}
	if w := told(); !strings.Contains(w, "checkpoint.key") || !strings.Contains(w, "查明") {
		t.Errorf("it is told: %q", w)
	}
}
