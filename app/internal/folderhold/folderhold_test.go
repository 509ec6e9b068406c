package folderhold

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestAFolderIsHeldOnce(t *testing.T) {
	dir := t.TempDir()
	first, ok := Take(dir)
	if !ok {
		t.Fatal("a folder that nobody holds")
	}
	if runtime.GOOS != "windows" {
		if _, ok := Take(dir); ok {
			t.Error("held twice")
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, ok := Take(dir)
	if !ok {
		t.Fatal("not let go of")
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if none, ok := Take(filepath.Join(dir, "nowhere")); !ok || none.Close() != nil {
		t.Error("a folder that is not there is for others to find")
	}
}
