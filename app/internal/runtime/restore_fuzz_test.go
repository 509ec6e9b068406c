package runtime

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// A backup comes from a stick: whatever is called one, nothing is written beside
// the folder or under a name that is not ours, and a folder that holds a
// database holds all of it.
func FuzzRestore(f *testing.F) {
	photo := visit.PhotoFolder + "/" + strings.Repeat("ab", 32)
	whole := zipOf(f, store.DatabaseFile, "SQLite", "checkpoint.key", "key", photo+".jpg", "jpeg", photo+".7.json", "{}")
	f.Add(whole)
	f.Add(whole[:len(whole)-30])
	f.Add(bytes.Replace(whole, []byte("SQLite"), []byte("sqlite"), 1)) // its checksum does not fit
	f.Add(zipOf(f, "../"+store.DatabaseFile, "x", store.DatabaseFile, "", visit.PhotoFolder+"/../../x.jpg", "x", "/etc/x", "x"))
	f.Add(zipOf(f, store.DatabaseFile+"/", "", photo+".jpg", "1", photo+".jpg", "2", store.DatabaseFile, "a", store.DatabaseFile, "b"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, in []byte) {
		around := t.TempDir()
		file, dir := filepath.Join(around, "backup.zip"), filepath.Join(around, "data")
		if err := os.WriteFile(file, in, 0o600); err != nil {
			t.Fatal(err)
		}
		failed := Restore(t.Context(), file, dir, false)
		if _, err := os.Stat(filepath.Join(dir, store.DatabaseFile)); (err == nil) != (failed == nil) {
			t.Errorf("restore says %v, and of the database %v", failed, err)
		}
		for _, name := range filesBelow(t, around) {
			if name != "backup.zip" && !ours(strings.TrimPrefix(name, "data/")) {
				t.Errorf("%q was written", name)
			}
		}
	})
}

func ours(name string) bool {
	for _, k := range append([]string{store.DatabaseFile, "mingcha.lock"}, kept...) {
		if name == k {
			return true
		}
	}
	return sent(name)
}

func filesBelow(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, relErr := filepath.Rel(dir, path)
			names, err = append(names, filepath.ToSlash(name)), relErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// zipOf packs names and what they hold, in turn.
func zipOf(f *testing.F, all ...string) []byte {
	f.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(all); i += 2 {
		w, err := z.Create(all[i])
		if err == nil && all[i+1] != "" {
			_, err = w.Write([]byte(all[i+1]))
		}
		if err != nil {
			f.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}
