package runtime

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/signin"
)

// A backup brings back what people did, photographs included, and no passwords.
func TestABackupHoldsPhotographsAndNoPasswords(t *testing.T) {
	w := openTown(t)
	v := w.add("vol", access.Volunteer, "")
	var window bytes.Buffer
	if err := jpeg.Encode(&window, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	picture := window.Bytes()
	sum := sha256.Sum256(picture)
	hash := hex.EncodeToString(sum[:])
	if err := (visit.Photos{Dir: filepath.Join(w.c.opts.Dir, visit.PhotoFolder)}).Put(v.ID, hash, picture, visit.Taken{Lat: 32.9}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "backup.zip")
	if err := Backup(t.Context(), w.c.opts.Dir, file); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "restored")
	if err := Restore(t.Context(), file, dir, false); err != nil {
		t.Fatal(err)
	}
	photos := visit.Photos{Dir: filepath.Join(dir, visit.PhotoFolder)}
	got, err := photos.Of(v.ID, []string{hash})
	if err != nil || len(got) != 1 || got[0].Lat != 32.9 {
		t.Errorf("%+v, %v", got, err)
	}
	if b, err := photos.Open(hash); err != nil || string(b) != string(picture) {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if _, err := os.Stat(filepath.Join(dir, signin.File)); !os.IsNotExist(err) {
		t.Errorf("passwords are in the backup: %v", err)
	}
}

// What does not look like one of ours is not unpacked, wherever it points.
func TestRestoreUnpacksNothingElse(t *testing.T) {
	w := openTown(t)
	file := filepath.Join(t.TempDir(), "backup.zip")
	if err := Backup(t.Context(), w.c.opts.Dir, file); err != nil {
		t.Fatal(err)
	}
	in, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	forged := filepath.Join(t.TempDir(), "forged.zip")
	f, err := os.Create(forged)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, x := range in.File {
		if err := z.Copy(x); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"../escaped", "photos/../../escaped", "photos/x.jpg", "accounts.db"} {
		out, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "a", "b")
	if err := Restore(t.Context(), forged, dir, false); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(parent, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (d.Name() == "escaped" || d.Name() == "x.jpg" || d.Name() == "accounts.db") {
			t.Errorf("unpacked %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
