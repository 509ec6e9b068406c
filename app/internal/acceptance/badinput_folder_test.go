//go:build unix

package acceptance

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"github.com/mingcha-console/mingcha/app/internal/runtime"
)

// smallCity is some 3 MB in the folder, of which 1.7 are written to open it.
const smallCity = "seed: 11\nstart: \"2026-01-01\"\nuntil: \"2026-11-20\"\ncases: 1200\n"

func cityIngest(t testing.TB, dir string) []string {
	return []string{"ingest", "--data", dir, "--adapter", "simulator", "--config", write(t, "city.yaml", smallCity), "--as-of", "2026-11-20"}
}

// calmCity is a folder into which the small city was ingested on a disk with
// room, made once for the tests that look at it without writing, and how many
// events came.
var calmCity = sync.OnceValues(func() (dir string, events int64) {
	dir = filepath.Join(bin, "calm-city")
	config := filepath.Join(bin, "calm-city.yaml")
	if os.WriteFile(config, []byte(smallCity), 0o644) != nil {
		return "", 0
	}
	var answer struct{ Events int64 }
	out, err := exec.Command(filepath.Join(bin, "mingcha"), "ingest", "--data", dir, "--adapter", "simulator", "--config", config, "--as-of", "2026-11-20", "--json").Output()
	if err != nil || json.Unmarshal(out, &answer) != nil {
		return "", 0
	}
	return dir, answer.Events
})

// calm is calmCity's folder and events.
func calm(t testing.TB) (dir string, events int64) {
	t.Helper()
	dir, events = calmCity()
	if dir == "" || events == 0 {
		t.Fatal("the small city could not be ingested")
	}
	return dir, events
}

// On a full disk an ingest ends with a sentence that says so, at whatever
// moment it is full; what was taken verifies, and with room made the same
// command completes.
func TestFullDiskEndsWithASentenceAndLosesNothing(t *testing.T) {
	t.Parallel()
	clean, _ := calm(t)
	want := contents(t, clean)
	for _, room := range []string{"40k", "400k", "1m", "2400k"} {
		t.Run(room, func(t *testing.T) {
			disk := smallDisk(t, room)
			dir := filepath.Join(disk, "data")
			ingest := cityIngest(t, dir)
			if c := fails(t, 1, "", ingest...); c.Code != "disk_full" {
				t.Errorf("it ended with %+v", c)
			}
			if _, err := os.Stat(filepath.Join(dir, "checkpoint.pub")); err == nil { // it was opened once
				must(t, "verify", "--data", dir)
			}
			remount(t, disk, "size=64m")
			must(t, ingest...)
			holds(t, dir, want)
		})
	}
}

// A running console takes its adapter up again by itself once there is room.
func TestServeRecoversFromAFullDisk(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, "2400k")
	dir := filepath.Join(disk, "data")
	setUp(t, dir)
	s := serve(t, dir)
	s.await("the full disk is told", func(a adapterView) bool {
		return strings.Contains(a.ErrorZH, "磁盘已满") && strings.Contains(a.ErrorEN, "disk is full")
	})
	remount(t, disk, "size=64m")
	a := s.await("it has caught up", func(a adapterView) bool { return a.CaughtUp })
	if a.ErrorEN != "" {
		t.Errorf("still told: %s", a.ErrorEN)
	}
	s.stop()
	must(t, "verify", "--data", dir)
	clean, events := calm(t)
	taken := int64(0)
	for _, st := range a.Streams {
		if st.Stream == "events" {
			taken = st.Records
		}
	}
	if taken != events {
		t.Errorf("%d events were taken, want %d", taken, events)
	}
	if got, want := caseNumbers(t, dir), caseNumbers(t, clean); !slices.Equal(got, want) {
		t.Errorf("%d cases, want %d", len(got), len(want))
	}
}

// setUp makes a data folder whose console runs the small city.
func setUp(t testing.TB, dir string) {
	t.Helper()
	config, err := runtime.ReadAdapterConfig(write(t, "city.yaml", smallCity))
	if err != nil {
		t.Fatal(err)
	}
	if err := (runtime.Config{Adapters: []runtime.Instance{{Name: "city", Adapter: "simulator", Config: config}}}).Save(dir); err != nil {
		t.Fatal(err)
	}
}

// A folder of a newer program is not touched by any verb.
func TestFolderFromANewerVersionIsNotTouched(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ingest := xesIngest(t, dir, write(t, "log.xes", permits(5)))
	must(t, ingest...)
	db, err := sql.Open("sqlite3", filepath.Join(dir, "mingcha.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := file(t, filepath.Join(dir, "mingcha.db"))
	for _, args := range [][]string{ingest, {"serve", "--data", dir, "--listen", "127.0.0.1:0"}, {"cases", "--data", dir}, {"findings", "--data", dir},
		{"verify", "--data", dir}, {"backup", "--data", dir, filepath.Join(t.TempDir(), "b.zip")}} {
		if c := fails(t, 1, "", args...); c.Code != "data_folder_newer" {
			t.Errorf("%v ended with %+v", args, c)
		}
	}
	if !bytes.Equal(file(t, filepath.Join(dir, "mingcha.db")), before) {
		t.Error("the folder was changed")
	}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Only one console has a folder open; reading beside it is allowed.
func TestSecondConsoleOnAFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	must(t, xesIngest(t, dir, write(t, "log.xes", permits(5)))...)
	s := serve(t, dir)
	for _, args := range [][]string{xesIngest(t, dir, write(t, "log.xes", permits(6))), {"serve", "--data", dir, "--listen", "127.0.0.1:0"}} {
		if c := fails(t, 1, "", args...); c.Code != "data_folder_in_use" {
			t.Errorf("%v ended with %+v", args, c)
		}
	}
	if c := fails(t, 1, "", "serve", "--data", t.TempDir(), "--listen", s.Listen); c.Code != "listen_busy" {
		t.Errorf("a taken port: %+v", c)
	}
	if n := len(caseNumbers(t, dir)); n != 5 {
		t.Errorf("%d cases read beside the console, want 5", n)
	}
	s.stop()
	must(t, xesIngest(t, dir, write(t, "log.xes", permits(6)))...)
}

// Folders that cannot be used.
func TestFolderThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	log := write(t, "log.xes", permits(5))
	notAFolder := write(t, "plain", "")
	wants := func(code string, args ...string) {
		t.Helper()
		if c := fails(t, 1, "", args...); c.Code != code {
			t.Errorf("%v ended with %+v, want %s", args, c, code)
		}
	}
	wants("data_folder", xesIngest(t, notAFolder, log)...)
	wants("data_folder", xesIngest(t, filepath.Join(notAFolder, "below"), log)...)
	wants("no_data_folder", "cases", "--data", t.TempDir())
	wants("no_data_folder", "verify", "--data", t.TempDir())
	wants("no_data_folder", "backup", "--data", t.TempDir(), filepath.Join(t.TempDir(), "b.zip"))
	damaged := t.TempDir()
	must(t, xesIngest(t, damaged, log)...)
	if err := os.WriteFile(filepath.Join(damaged, "mingcha.db"), bytes.Repeat([]byte("no database "), 4096), 0o600); err != nil {
		t.Fatal(err)
	}
	wants("database_damaged", xesIngest(t, damaged, log)...)
	wants("database_damaged", "cases", "--data", damaged)
	settings := t.TempDir()
	if err := os.WriteFile(filepath.Join(settings, "console.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := fails(t, 2, "", xesIngest(t, settings, log)...); c.Code != "console_config" {
		t.Errorf("broken settings: %+v", c)
	}
	// What such a folder holds can still be taken out of it, and is told of.
	whole := t.TempDir()
	must(t, xesIngest(t, whole, log)...)
	before := must(t, "cases", "--data", whole)
	if err := os.WriteFile(filepath.Join(whole, "console.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := mingcha(t, "cases", "--data", whole); r.code != 0 || r.stdout != before || !strings.Contains(r.stderr, "settings file") {
		t.Errorf("cases of a folder with broken settings: %d, %s", r.code, r.stderr)
	}
}

// A folder on a disk that is mounted read-only.
func TestFolderThatIsNotWritable(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t, "16m")
	dir, log := filepath.Join(disk, "data"), write(t, "log.xes", permits(5))
	must(t, xesIngest(t, dir, log)...)
	remount(t, disk, "ro")
	for _, args := range [][]string{xesIngest(t, dir, log), xesIngest(t, filepath.Join(disk, "new"), log), {"serve", "--data", dir, "--listen", "127.0.0.1:0"}} {
		if c := fails(t, 1, "", args...); c.Code != "data_folder" {
			t.Errorf("%v ended with %+v", args, c)
		}
	}
	fails(t, 1, "", "backup", "--data", dir, filepath.Join(disk, "b.zip"))
	if n := len(caseNumbers(t, dir)); n != 5 {
		t.Errorf("%d cases read from a read-only disk, want 5", n)
	}
	must(t, "verify", "--data", dir)
	remount(t, disk, "rw")
	must(t, xesIngest(t, dir, log)...)
}

// An adapter whose program is not the registered one is not started.
func TestTamperedAdapterIsRefused(t *testing.T) {
	t.Parallel()
	adapters := t.TempDir()
	for _, name := range []string{"adapters.json", "xes"} {
		if err := os.WriteFile(filepath.Join(adapters, name), file(t, filepath.Join(bin, "adapters", name)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	ingest := xesIngest(t, dir, write(t, "log.xes", permits(5)), "--adapters", adapters)
	must(t, ingest...)
	f, err := os.OpenFile(filepath.Join(adapters, "xes"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	fails(t, 1, "", ingest...).says(t, "registered checksum", "not started")
	if err := os.Remove(filepath.Join(adapters, "xes")); err != nil {
		t.Fatal(err)
	}
	fails(t, 1, "", ingest...).says(t, "cannot be read")
	fails(t, 1, "", append(ingest[:len(ingest)-1], t.TempDir())...).says(t, "adapters.json")
}

// A backup of a running console restores to a folder that verifies and exports
// the same cases; neither verb overwrites anything.
func TestBackupWhileServingAndRestore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	setUp(t, dir)
	s := serve(t, dir)
	place := t.TempDir()
	early, late := filepath.Join(place, "early.zip"), filepath.Join(place, "late.zip")
	s.await("records come in", func(a adapterView) bool { return len(a.Streams) > 0 && a.Streams[0].Records > 0 })
	must(t, "backup", "--data", dir, early)
	s.await("it has caught up", func(a adapterView) bool { return a.CaughtUp })
	must(t, "backup", "--data", dir, late)
	cases := must(t, "cases", "--data", dir)
	for i, backup := range []string{early, late} {
		restored := filepath.Join(t.TempDir(), "data")
		must(t, "restore", "--data", restored, backup)
		must(t, "verify", "--data", restored)
		if got := must(t, "cases", "--data", restored); i == 1 && got != cases {
			t.Error("the restored folder exports other cases")
		}
		fails(t, 1, "", "restore", "--data", restored, backup).says(t, "not overwritten")
	}
	s.stop()

	// What is there already stays.
	whole := file(t, late)
	fails(t, 1, "", "backup", "--data", dir, late).says(t, "exists already")
	beside := filepath.Join(place, "third.zip.db")
	if err := os.WriteFile(beside, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "backup", "--data", dir, filepath.Join(place, "third.zip"))
	if !bytes.Equal(file(t, late), whole) || string(file(t, beside)) != "mine" {
		t.Error("a backup touched another file")
	}
	left, err := os.ReadDir(place)
	if err != nil || len(left) != 4 {
		t.Errorf("beside three backups and one file there are %v (%v)", left, err)
	}
	fails(t, 1, "", "backup", "--data", dir, filepath.Join(place, "nowhere", "b.zip"))

	// What is no whole backup leaves no data behind.
	for name, content := range map[string][]byte{"cut.zip": whole[:len(whole)/2], "other.zip": zipOf(t, "readme.txt"), "flipped.zip": flipped(whole)} {
		bad := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(bad, content, 0o600); err != nil {
			t.Fatal(err)
		}
		empty := filepath.Join(t.TempDir(), "data")
		fails(t, 2, "FILE", "restore", "--data", empty, bad)
		if c := fails(t, 1, "", "cases", "--data", empty); c.Code != "no_data_folder" {
			t.Errorf("%s left %+v", name, c)
		}
		must(t, "restore", "--data", empty, late) // the same folder takes the right one
	}
	fails(t, 2, "FILE", "restore", "--data", t.TempDir(), filepath.Join(place, "missing.zip"))
}

func zipOf(t testing.TB, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create(name); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// flipped is a backup with a byte of its database changed on the way.
func flipped(whole []byte) []byte {
	b := bytes.Clone(whole)
	b[len(b)/3] ^= 0x40
	return b
}
