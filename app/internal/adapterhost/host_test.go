//go:build linux

package adapterhost

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ten = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}

// copyProgram copies the adapter under another name, by which it knows its part.

func TestRunOnceReadsReportsThenEventsThenRatings(t *testing.T) {
	m := newMemory()
	h := newHost(t, m, quick)
	spec := specFor(t, "once", "unreadable")
	totals, err := h.RunOnce(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Totals{Events: 11, Rejections: 1, Overdue: 1, Authorizations: 1, Ratings: 1, Unreadable: 1}); !reflect.DeepEqual(totals, want) {
		t.Errorf("totals %+v, want %+v", totals, want)
	}
	if got := slices.Compact(slices.Clone(m.order)); !reflect.DeepEqual(got, []Stream{Authorizations, Rejections, Overdue, Events, Ratings}) {
		t.Errorf("the order is %v", got)
	}
	if got := m.ids["once/events"]; !reflect.DeepEqual(got, append(slices.Clone(ten), "unreadable x")) {
		t.Errorf("events %v", got)
	}
	if got := m.ids["once/catalogue"]; !reflect.DeepEqual(got, []string{"honest", "GH"}) {
		t.Errorf("catalogue %v", got)
	}
	if s := statusOf(t, h, "once"); s.State != Stopped || s.PID != 0 || s.AdapterName != "honest" {
		t.Errorf("afterwards %+v", s)
	}
	// Again, from the cursors: nothing new.
	if totals, err = h.RunOnce(t.Context(), spec); err != nil || !reflect.DeepEqual(totals, Totals{}) {
		t.Errorf("the second run: %+v, %v", totals, err)
	}
}

func TestFollowGoesLiveAndStops(t *testing.T) {
	m := newMemory()
	h := newHost(t, m, quick)
	if err := h.Start(t.Context(), specFor(t, "a", "go on")); err != nil {
		t.Fatal(err)
	}
	if err := h.Start(t.Context(), specFor(t, "a", "go on")); err == nil || !strings.Contains(problemOf(t, err).EN, "running already") {
		t.Errorf("a second start: %v", err)
	}
	s := awaitState(t, h, "a", Live)
	if !s.CaughtUp || s.Lag != 0 || s.PID == 0 || !alive(s.PID) || !reflect.DeepEqual(s.Departments, []string{"GH"}) || len(s.Streams) != 5 {
		t.Errorf("live, but %+v", s)
	}
	eventually(t, "new events come", func() bool { return m.count("a/events") > 20 })
	if err := h.Restart("a"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "events come after a restart", func() bool { return m.count("a/events") > 40 })
	again := awaitState(t, h, "a", Live)
	if again.PID == s.PID || alive(s.PID) {
		t.Errorf("the old process %d lives, the new is %d", s.PID, again.PID)
	}
	if err := h.Stop("a"); err != nil {
		t.Fatal(err)
	}
	if alive(again.PID) || statusOf(t, h, "a").State != Stopped {
		t.Errorf("still there: %+v", statusOf(t, h, "a"))
	}
	for i, id := range m.ids["a/events"] { // nothing twice, nothing missed
		if id != fmt.Sprint(i+1) {
			t.Fatalf("event %d is %s", i+1, id)
		}
	}
	if err := h.Stop("unknown"); err == nil {
		t.Error("stopped what there is not")
	}
}

func TestTheEnvironmentIsScrubbedAndLogsAreKept(t *testing.T) {
	t.Setenv("OFFICE_SECRET", "hunter2")
	h := newHost(t, newMemory(), quick)
	spec := specFor(t, "a", "print environment")
	if _, err := h.RunOnce(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	var printed, complained bool
	for _, l := range h.Logs("a") {
		if key, value, ok := strings.Cut(l.Text, " "); ok {
			lines[key] = value
		}
		printed = printed || l.Text == "printed"
		complained = complained || l.Text == "complained"
	}
	var env []string
	if err := json.Unmarshal([]byte(lines["env"]), &env); err != nil {
		t.Fatalf("%v in %v", err, h.Logs("a"))
	}
	for _, e := range env {
		name, _, _ := strings.Cut(e, "=")
		if !slices.Contains([]string{"LANG", "TZ", "TMPDIR", "HOME", "MINGCHA_ADAPTER"}, name) && !strings.HasPrefix(name, "PLUGIN_") {
			t.Errorf("the adapter sees %s", name)
		}
	}
	if want := filepath.Join(h.options.StateDir, "a"); lines["dir"] != want {
		t.Errorf("it works in %s, not %s", lines["dir"], want)
	}
	if !printed || !complained {
		t.Errorf("what it printed is lost: %v %v", printed, complained)
	}
}

func TestCloseEndsEverythingAndLetsNothingStart(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	var pids []int
	for _, name := range []string{"a", "b"} {
		if err := h.Start(t.Context(), specFor(t, name, "go on")); err != nil {
			t.Fatal(err)
		}
		pids = append(pids, awaitState(t, h, name, Live).PID)
	}
	h.Close()
	for _, pid := range pids {
		if alive(pid) {
			t.Errorf("process %d is left", pid)
		}
	}
	if err := h.Start(t.Context(), specFor(t, "c", "")); err == nil {
		t.Error("a closed host started an adapter")
	}
}

func TestTheEndOfTheContextEndsTheAdapter(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	ctx, cancel := context.WithCancel(t.Context())
	if err := h.Start(ctx, specFor(t, "a", "go on")); err != nil {
		t.Fatal(err)
	}
	pid := awaitState(t, h, "a", Live).PID
	cancel()
	awaitState(t, h, "a", Stopped)
	if alive(pid) {
		t.Error("the process is left")
	}
}

func TestNamesAndPathsAreChecked(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	for _, name := range []string{"", "../a", "A", "a/b", ".a", strings.Repeat("a", 65)} {
		spec := specFor(t, "a", "")
		spec.Name = name
		if err := h.Start(t.Context(), spec); err == nil {
			t.Errorf("the name %q passed", name)
		}
	}
	spec := specFor(t, "a", "")
	spec.Path = "adapter"
	if err := h.Start(t.Context(), spec); err == nil {
		t.Error("a relative path passed")
	}
}

func TestTheRingKeepsTheLast500Lines(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	r := &logRing{forward: h.log}
	for i := range 1234 {
		r.add(0, fmt.Sprint(i))
	}
	all := r.all()
	if len(all) != 500 || all[0].Text != "734" || all[499].Text != "1233" {
		t.Errorf("%d lines, %s to %s", len(all), all[0].Text, all[len(all)-1].Text)
	}
}

// slow is a sink that holds its first batch until it is let go.

type slow struct {
	*memory
	held chan struct{}
	once sync.Once
	let  chan struct{}
}

func (s *slow) Events(ctx context.Context, a string, b *adapterv1.EventsResponse) error {
	s.once.Do(func() { close(s.held); <-s.let })
	return s.memory.Events(ctx, a, b)
}

func TestABusyConsoleDoesNotTakeTheAdapterForHung(t *testing.T) {
	sink := &slow{memory: newMemory(), held: make(chan struct{}), let: make(chan struct{})}
	timeouts := quick
	timeouts.Ping, timeouts.Idle = 3*time.Second, 3*time.Second // nor for silent
	h := newHost(t, sink, timeouts)
	spec := specFor(t, "a", "")
	const n = 20_000 // 20 MB, more than the connection's window holds
	spec.Config = fmt.Appendf(nil, `{"do":"long","n":%d}`, n)
	if err := h.Start(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	<-sink.held
	time.Sleep(6 * time.Second) // twice the time for a ping, and for silence
	if s := statusOf(t, h, "a"); s.State != CatchingUp || s.Problem != nil {
		t.Errorf("while the console was busy: %s, %v", s.State, s.Problem)
	}
	close(sink.let)
	awaitState(t, h, "a", Live)
	if got := sink.count("a/events"); got != n || statusOf(t, h, "a").Restarts != 0 {
		t.Errorf("%d of %d events, %d restarts", got, n, statusOf(t, h, "a").Restarts)
	}
}

// nothing is a sink that does nothing, to measure the way to it.

type nothing struct{ *memory }

func (nothing) Events(context.Context, string, *adapterv1.EventsResponse) error { return nil }

func BenchmarkRunOnce(b *testing.B) {
	h := newHost(b, nothing{newMemory()}, Timeouts{})
	spec := specFor(b, "bench", "")
	spec.Config = fmt.Appendf(nil, `{"do":"count","n":%d}`, b.N)
	b.ResetTimer()
	totals, err := h.RunOnce(b.Context(), spec)
	if err != nil || totals.Events != int64(max(b.N, 10)) {
		b.Fatal(totals, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
