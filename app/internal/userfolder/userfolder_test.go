package userfolder

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// N9: on Windows a data folder lies in the profile that stays on the machine; one that an
// earlier version made in the profile that roams is found. Elsewhere there is one place.
func TestN9AFolderDoesNotRoam(t *testing.T) {
	roaming, local := t.TempDir(), t.TempDir()
	in := func(dir string) func() (string, error) { return func() (string, error) { return dir, nil } }
	is := func(system, want string) {
		t.Helper()
		if got, err := base(system, in(roaming), in(local)); err != nil || got != filepath.Join(want, "mingcha") {
			t.Errorf("on %s: %s (%v), want it in %s", system, got, err, want)
		}
	}
	is("linux", roaming)
	is("windows", local)
	if err := os.Mkdir(filepath.Join(roaming, "mingcha"), 0o700); err != nil {
		t.Fatal(err)
	}
	is("windows", roaming)
	if err := os.Mkdir(filepath.Join(local, "mingcha"), 0o700); err != nil {
		t.Fatal(err)
	}
	is("windows", local)
	is("linux", roaming)
	none := func() (string, error) { return "", errors.New("no home") }
	for _, system := range []string{"linux", "windows"} {
		if got, err := base(system, none, none); err == nil {
			t.Errorf("on %s without a home: %s", system, got)
		}
	}
}
