//go:build unix

package acceptance

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The reference folder is a data folder that an earlier program wrote, with
// every kind of act there is, and the goldens are what that program made of it:
// every file that leaves, and every answer of the API to each role. See
// testdata/reference/README.md.

// referenceNow is where the folder's office clock stands for ever. The
// departments were read last at this very moment, so that the figures of open
// cases on the command line, which are those of the last reading, are also those
// that the pages count on to now.
const referenceNow = "2026-10-16T16:00:00+08:00"

// A folder of the past opens, verifies, and gives what it gave then.
func TestReferenceFolderGivesWhatItGave(t *testing.T) {
	t.Parallel()
	t.Cleanup(func() { allSeen(t, answerDifferences) }) // after the parts, which run beside each other
	goldens := readTarball(t, referenceFile("goldens.tar.gz"))
	for _, part := range referenceParts {
		var asked []entry
		for _, g := range goldens {
			if p, _, _ := strings.Cut(g.name, ": "); p == part.name {
				asked = append(asked, g)
			}
		}
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			if len(asked) == 0 {
				t.Fatal("there are no goldens")
			}
			ask := part.open(t, unpackFolder(t))
			wrong := 0
			for _, g := range asked {
				_, question, _ := strings.Cut(g.name, ": ")
				if d := compare(g.name, g.content, ask(question)); d != "" {
					t.Errorf("%s\n%s", g.name, d)
					if wrong++; wrong == 20 {
						t.Fatal("and so on")
					}
				}
			}
		})
	}
}

// referenceParts each have a copy of the folder, for what leaves it is itself
// journaled.
var referenceParts = []struct {
	name string
	open func(t testing.TB, dir string) (ask func(question string) []byte)
}{
	{"command line", onCommandLine},
	{"at the machine", atTheMachine},
	{"signed in", signedIn},
}

// onCommandLine answers the arguments of a command.
func onCommandLine(t testing.TB, dir string) func(string) []byte {
	return func(question string) []byte {
		r := mingcha(t, append(strings.Fields(question), "--data", dir)...)
		return fmt.Appendf(nil, "%d\n%s%s", r.code, r.stdout, r.stderr)
	}
}

// atTheMachine answers an address of the API to the person at the machine.
func atTheMachine(t testing.TB, dir string) func(string) []byte {
	s := serve(t, dir)
	c := (&openedOffice{t: t, base: "http://" + s.Listen}).visitor("machine")
	c.token = s.Token
	return func(question string) []byte { return golden(question, c.do("GET", question, nil)) }
}

// goldenPeople are who asks, one of each role.
var goldenPeople = []string{"head", "staff", "duty", "leader", "gh", "v1"}

// signedIn answers a login and an address of the API.
func signedIn(t testing.TB, dir string) func(string) []byte {
	o := openOffice(t, dir)
	people := map[string]*caller{}
	for _, login := range goldenPeople {
		people[login] = o.signIn(login, referencePassword)
	}
	return func(question string) []byte {
		login, path, _ := strings.Cut(question, " ")
		return golden(path, people[login].do("GET", path, nil))
	}
}

// entry is a file of a tarball.
type entry struct {
	name    string
	content []byte
}

func readTarball(t testing.TB, file string) (all []entry) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entry{h.Name, b})
	}
}

func writeTarball(t testing.TB, file string, all []entry) {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(z)
	for _, e := range all {
		if err := w.WriteHeader(&tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.content)), Format: tar.FormatPAX}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close(), os.WriteFile(file, b.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// unpackFolder is a copy of the reference folder.
func unpackFolder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, e := range readTarball(t, referenceFile("folder.tar.gz")) {
		file := filepath.Join(dir, filepath.FromSlash(e.name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, e.content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// packFolder keeps a folder without what every run makes for itself.
func packFolder(t testing.TB, dir, file string) {
	t.Helper()
	var all []entry
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{"tls", "adapters", "log"}, name) {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".lock") {
			return nil
		}
		b, err := os.ReadFile(path)
		all = append(all, entry{filepath.ToSlash(name), b})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	writeTarball(t, file, all)
}

// referenceFile is a file of the reference data.
func referenceFile(name string) string {
	return filepath.Join(root(), "app", "internal", "acceptance", "testdata", "reference", name)
}
