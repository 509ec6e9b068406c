//go:build linux

package adapterhost

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// The test binary plays three parts: it is the tests, it is every adapter
// (started with the SDK's cookie), and it is a console that gets killed.
func TestMain(m *testing.M) {
	switch {
	case os.Getenv("MINGCHA_ADAPTER") != "":
		serveTestAdapter()
		return
	case os.Getenv("ADAPTERHOST_TEST_CONSOLE") != "":
		runTestConsole()
		return
	}
	var err error
	if built, err = os.MkdirTemp("", "mingcha-adapterhost-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(status int) {
		os.RemoveAll(built)
		os.Exit(status)
	}))
}

// built is a folder for what the tests compile.
var built string

// program is the adapter of these tests, and its sum.
func program(t testing.TB) (path string, sum []byte) {
	t.Helper()
	path, err := adapter()
	if err != nil {
		t.Fatal(err)
	}
	if sum, err = hash(); err != nil {
		t.Fatal(err)
	}
	return path, sum
}

// adapter is the test binary itself. Under the race detector it is one without: it is
// the host that is looked at, and the detector's tables are larger than any limit of an
// adapter's memory.
var adapter = sync.OnceValues(func() (path string, err error) {
	if !raceDetector {
		return os.Executable()
	}
	path = filepath.Join(built, "adapter.test")
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-ldflags", "-s -w", "-o", path, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as adapters are built
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the adapter: %w\n%s", err, out)
	}
	return path, nil
})

var hash = sync.OnceValues(func() ([]byte, error) {
	path, err := adapter()
	if err != nil {
		return nil, err
	}
	return HashFile(path)
})

func specFor(t testing.TB, name, do string) Spec {
	t.Helper()
	path, sum := program(t)
	return Spec{Name: name, Path: path, SHA256: sum, Config: fmt.Appendf(nil, `{"do":%q}`, do), BaseDir: t.TempDir()}
}

// quick are timeouts that let a test see a breakdown soon.
var quick = Timeouts{
	PingEvery: 100 * time.Millisecond, Ping: 5 * time.Second, Poll: 50 * time.Millisecond,
	BackoffMin: 20 * time.Millisecond, BackoffMax: 200 * time.Millisecond,
}

func newHost(t testing.TB, sink Sink, timeouts Timeouts) *Host {
	t.Helper()
	return newHostIn(t, t.TempDir(), sink, timeouts, Limits{})
}

func newHostIn(t testing.TB, dir string, sink Sink, timeouts Timeouts, limits Limits) *Host {
	t.Helper()
	h := New(sink, Options{StateDir: dir, Timeouts: timeouts, Limits: limits, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	t.Cleanup(h.Close)
	return h
}

// memory is a sink that keeps what it is given, as intake does.
type memory struct {
	mu      sync.Mutex
	order   []Stream
	ids     map[string][]string // by adapter/stream
	cursors map[string][]byte
	marks   map[string]int
	fail    error
}

func newMemory() *memory {
	return &memory{ids: map[string][]string{}, cursors: map[string][]byte{}, marks: map[string]int{}}
}

func (m *memory) Catalogue(_ context.Context, adapter string, d *adapterv1.DescribeResponse, deps []*adapterv1.Department, _ []*adapterv1.Item) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ids[adapter+"/catalogue"] = []string{d.Name, deps[0].Code}
	return nil
}

func (m *memory) Cursor(_ context.Context, adapter string, s Stream) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cursors[adapter+"/"+string(s)], nil
}

func (m *memory) take(adapter string, s Stream, b batch, ids []string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	key := adapter + "/" + string(s)
	m.order = append(m.order, s)
	m.ids[key] = append(m.ids[key], ids...)
	m.cursors[key] = b.GetCursor()
	if b.GetCaughtUp() {
		m.marks[key]++
	}
	return nil
}

func (m *memory) Events(_ context.Context, a string, b *adapterv1.EventsResponse) error {
	var ids []string
	for _, r := range b.Records {
		if u := r.GetUnreadable(); u != nil {
			ids = append(ids, "unreadable "+u.SourceId)
		} else {
			ids = append(ids, r.GetEvent().GetSourceId())
		}
	}
	return m.take(a, Events, b, ids)
}

func (m *memory) Rejections(_ context.Context, a string, b *adapterv1.RejectionsResponse) error {
	return m.take(a, Rejections, b, make([]string, len(b.Records)))
}

func (m *memory) Overdue(_ context.Context, a string, b *adapterv1.OverdueResponse) error {
	return m.take(a, Overdue, b, make([]string, len(b.Records)))
}

func (m *memory) Authorizations(_ context.Context, a string, b *adapterv1.AuthorizationsResponse) error {
	return m.take(a, Authorizations, b, make([]string, len(b.Records)))
}

func (m *memory) Ratings(_ context.Context, a string, b *adapterv1.RatingsResponse) error {
	return m.take(a, Ratings, b, make([]string, len(b.Records)))
}

func (m *memory) count(key string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.ids[key])
}

// eventually waits for a fact, at most two minutes.
func eventually(t testing.TB, what string, fact func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if fact() {
			return
		}
	}
	t.Fatalf("it did not come about that %s", what)
}

func statusOf(t testing.TB, h *Host, name string) Status {
	t.Helper()
	for _, s := range h.Status() {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no status of %s", name)
	return Status{}
}

func awaitState(t testing.TB, h *Host, name string, want State) Status {
	t.Helper()
	var s Status
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if s = statusOf(t, h, name); s.State == want {
			return s
		}
	}
	t.Fatalf("%s is %s, not %s; problem: %v; log: %v", name, s.State, want, s.Problem, h.Logs(name))
	return s
}

func problemOf(t testing.TB, err error) *Problem {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) {
		t.Fatalf("%v is no Problem", err)
	}
	if p.ZH == "" || p.EN == "" {
		t.Errorf("a sentence is missing: %+v", p)
	}
	return p
}

func alive(pid int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(pid), "stat"))
	if err != nil {
		return false
	}
	// A zombie has ended; "pid (name) Z ...".
	for i := len(stat) - 1; i >= 0; i-- {
		if stat[i] == ')' {
			return i+2 < len(stat) && stat[i+2] != 'Z'
		}
	}
	return true
}
