//go:build unix

package acceptance

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// complaint is what the program says with --json when it fails, and what it printed
// without.
type complaint struct {
	Code, ZH, EN string
	Errors       []struct{ Field, ZH, EN string }

	printed string
}

// fails runs the program plainly and with --json and wants it to fail with a
// status, a sentence in each language and, if given, a field named.
func fails(t testing.TB, status int, field string, args ...string) complaint {
	t.Helper()
	plain, coded := mingcha(t, args...), mingcha(t, append(args, "--json")...)
	if plain.code != status || coded.code != status {
		t.Errorf("mingcha %v ended with %d, with --json %d; want %d:\n%s", args, plain.code, coded.code, status, plain.stderr)
	}
	c := complaint{printed: plain.stdout}
	lines := strings.Split(strings.TrimSpace(coded.stderr), "\n") // the log may come before
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &c); err != nil {
		t.Fatalf("mingcha %v --json says\n%s\n%v", args, coded.stderr, err)
	}
	if c.Code == "" || !strings.ContainsFunc(c.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || c.EN == "" {
		t.Errorf("mingcha %v: a code or sentence is missing: %+v", args, c)
	}
	if c.Code == "internal" || c.Code == "database" {
		t.Errorf("mingcha %v: nobody knows what to do about %+v\n%s", args, c, plain.stderr)
	}
	if !strings.Contains(plain.stderr, c.ZH) || !strings.Contains(plain.stderr, c.EN) {
		t.Errorf("mingcha %v says plainly\n%s\nbut in JSON\n%s\n%s", args, plain.stderr, c.ZH, c.EN)
	}
	if field == "" {
		return c
	}
	named := false
	for _, e := range c.Errors {
		named = named || e.Field == field && e.ZH != "" && e.EN != ""
	}
	if !named || !strings.Contains(plain.stderr, "→ "+field) {
		t.Errorf("mingcha %v: the field %s is not named in %+v, or not in\n%s", args, field, c, plain.stderr)
	}
	return c
}

// says wants words in the English sentence.
func (c complaint) says(t testing.TB, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(c.EN, w) {
			t.Errorf("%q does not say %q", c.EN, w)
		}
	}
}

// holds wants a folder to hold these contents.
func holds(t *testing.T, dir, want string) {
	t.Helper()
	if got := contents(t, dir); got != want {
		t.Errorf("the folder holds\n%.1500s\nwant\n%.1500s", got, want)
	}
}

// permits is a log of n permit cases for the mapping bpic15: received, papers
// asked for, papers received, and for two of three a decision. 11 events for 3
// cases, each case's own days.
func permits(n int) string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n")
	event := func(name, day, question string) {
		fmt.Fprintf(&b, "<event><string key=\"concept:name\" value=%q/><string key=\"question\" value=%q/><date key=\"time:timestamp\" value=\"%sT09:30:00+02:00\"/></event>\n", name, question, day)
	}
	for i := range n {
		day := time.Date(2014, 1, 6, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%200)
		on := func(days int) string { return day.AddDate(0, 0, days).Format(time.DateOnly) }
		fmt.Fprintf(&b, "<trace><string key=\"concept:name\" value=\"C%04d\"/>\n", i)
		event("01_HOOFD_010", on(0), "")
		event("08_AWB45_020_1", on(5), "")
		event("08_AWB45_040", on(12+i%9), day.AddDate(0, 0, 10).Format("2-1-2006"))
		if i%3 > 0 {
			event("01_HOOFD_495", on(30+i%60), "")
		}
		b.WriteString("</trace>\n")
	}
	b.WriteString("</log>\n")
	return b.String()
}

func gzipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s)) //nolint:errcheck // a buffer takes everything
	z.Close()
	return b.String()
}

// xesIngest is the command that ingests a log into a folder.
func xesIngest(t testing.TB, dir, log string, more ...string) []string {
	t.Helper()
	config := write(t, "log.yaml", fmt.Sprintf("file: %q\nmapping: bpic15\ndepartment: M1\n", log))
	return append([]string{"ingest", "--data", dir, "--adapter", "xes", "--config", config, "--as-of", "2014-12-31"}, more...)
}

// quarantine reads why records were set aside, by source id.
func quarantine(t testing.TB, dir string) map[string]casefile.QuarantineRow {
	t.Helper()
	s, err := store.OpenReadOnly(t.Context(), dir, workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := casefile.AtRest(t.Context(), s, workday.Default(), rules.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	page, err := casefile.Read(access.With(t.Context(), access.Here), r, func(v *casefile.View) (store.Page[casefile.QuarantineRow], error) {
		return v.Quarantine(list.Ask{At: store.Window{Limit: 1000}})
	})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]casefile.QuarantineRow{}
	for _, q := range page.Rows {
		if q.ReasonZH == "" || q.ReasonEN == "" {
			t.Errorf("a reason is missing: %+v", q)
		}
		out[q.SourceID] = q
	}
	return out
}

// testAdapters is a folder with the adapter "lines" of testdata.
var testAdapters = sync.OnceValues(func() (string, error) {
	if err := compile(filepath.Join("test-adapters", "lines"), "0", "./app/internal/acceptance/testdata/lines"); err != nil {
		return "", err
	}
	dir := filepath.Join(bin, "test-adapters")
	b, err := os.ReadFile(filepath.Join(dir, "lines"))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	pins := fmt.Sprintf(`[{"name":"lines","file":"lines","sha256":%q}]`, hex.EncodeToString(sum[:]))
	return dir, os.WriteFile(filepath.Join(dir, "adapters.json"), []byte(pins), 0o644)
})

// linesIngest is the command that ingests a file of events as they stand.
func linesIngest(t testing.TB, dir string, events []map[string]any) []string {
	t.Helper()
	adapters, err := testAdapters()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, e := range events {
		if err := json.NewEncoder(&b).Encode(e); err != nil {
			t.Fatal(err)
		}
	}
	config := write(t, "lines.yaml", fmt.Sprintf("file: %q\n", write(t, "events.jsonl", b.String())))
	return []string{"ingest", "--data", dir, "--adapters", adapters, "--adapter", "lines", "--config", config, "--name", "lines", "--as-of", "2026-06-30"}
}

// smallDisk is a disk of its own with so much room, or the test is skipped.
func smallDisk(t testing.TB, room string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "mode=700,size="+room, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be made here: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return dir
}

// remount changes a small disk.
func remount(t testing.TB, dir, options string) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+options, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// server is a console without a window.
type server struct {
	t             testing.TB
	cmd           *exec.Cmd
	ended         chan error
	Listen, Token string
}

// serve starts a console on a data folder and waits until it listens.
func serve(t testing.TB, dir string, more ...string) *server {
	t.Helper()
	s := &server{t: t, ended: make(chan error, 1)}
	s.cmd = exec.Command(filepath.Join(bin, "mingcha"), append([]string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--json"}, more...)...)
	s.cmd.Stderr = os.Stderr
	if testing.Short() || !testing.Verbose() {
		s.cmd.Stderr = nil
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(out).Decode(s); err != nil {
		t.Fatalf("the server did not start: %v", err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	t.Cleanup(s.stop)
	return s
}

// stop ends it as Ctrl C does.
func (s *server) stop() {
	if s.ended == nil {
		return
	}
	s.cmd.Process.Signal(syscall.SIGINT) //nolint:errcheck // it may have ended
	select {
	case err := <-s.ended:
		if err != nil {
			s.t.Errorf("serve ended with %v", err)
		}
	case <-time.After(2 * time.Minute):
		s.t.Error("serve does not end")
		s.cmd.Process.Kill() //nolint:errcheck // as above
	}
	s.ended = nil
}

// adapterView is what the API tells of an adapter.
type adapterView struct {
	Name, State string
	ErrorZH     string `json:"error_zh"`
	ErrorEN     string `json:"error_en"`
	CaughtUp    bool   `json:"caught_up"`
	Streams     []struct {
		Stream  string
		Records int64
	}
}

// adapters asks the API how the adapters are.
func (s *server) adapters() (all []adapterView) {
	s.t.Helper()
	s.get("/api/adapters", &all)
	return all
}

// await waits for a fact about the first adapter.
func (s *server) await(what string, fact func(adapterView) bool) adapterView {
	s.t.Helper()
	var all []adapterView
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if all = s.adapters(); len(all) > 0 && fact(all[0]) {
			return all[0]
		}
	}
	s.t.Fatalf("it did not come about that %s: %+v", what, all)
	return adapterView{}
}

// within bounds a test's own waiting.
func within(t testing.TB, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// caseNumbers are the numbers of an export, sorted.
func caseNumbers(t *testing.T, dir string) []string {
	t.Helper()
	_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir)))
	var out []string
	for no := range rows {
		out = append(out, no)
	}
	slices.Sort(out)
	return out
}

// get asks the API.
func (s *server) get(path string, into any) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(within(s.t, time.Minute), http.MethodGet, "http://"+s.Listen+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil || answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %s %v", path, answer.Status, err)
	}
}
