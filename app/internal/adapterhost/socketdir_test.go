//go:build linux

package adapterhost

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folderOf is a new folder whose path has so many bytes.
func folderOf(t *testing.T, size int) string {
	t.Helper()
	dir := t.TempDir()
	if len(dir)+2 > size {
		t.Fatalf("%s has %d bytes already", dir, len(dir))
	}
	dir = filepath.Join(dir, strings.Repeat("x", size-len(dir)-1))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

// An adapter starts whatever the length of TMPDIR: a socket's path is bounded.
func TestCaseTMPDIRMayHaveAnyLength(t *testing.T) {
	for _, size := range []int{74, 100, 180} {
		t.Run("", func(t *testing.T) {
			spec := specFor(t, "once", "unreadable")
			h := newHost(t, newMemory(), quick)
			t.Setenv("TMPDIR", folderOf(t, size))
			if totals, err := h.RunOnce(t.Context(), spec); err != nil || totals.Events != 11 {
				t.Errorf("with %d bytes: %+v, %v", size, totals, err)
			}
		})
	}
}

// Where no folder fits, the sentence names TMPDIR.
func TestCaseTMPDIRIsNamedWhereNothingFits(t *testing.T) {
	long := folderOf(t, 140)
	_, err := firstShort("", long, filepath.Join(t.TempDir(), "none"))
	if p := problemOf(t, err); !strings.Contains(p.ZH, "TMPDIR") || !strings.Contains(p.EN, "TMPDIR") {
		t.Errorf("%+v", p)
	}
}
