package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// ruled ends the id of an event that a rule made.
var ruled = regexp.MustCompile(`\.[a-z_]+$`)

func files(t testing.TB, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		names = append(names, f.Name())
	}
	return names
}

// A field of 10 MB is handed over as unreadable, whole, and the log goes on.
func TestTenMegabyteField(t *testing.T) {
	s := newSetting(t, trace("C1", "in 03-01T09:00", strings.Repeat("x", 10<<20)+" 03-02T09:00"), trace("C2", "in 03-03T09:00"))
	in, err := s.start(t, false).Events(t.Context(), &adapterv1.EventsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for {
		b, err := in.Recv()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range b.Records {
			ids = append(ids, inID.ReplaceAllString(r.GetEvent().GetSourceId()+r.GetUnreadable().GetSourceId(), "#"))
			if u := r.GetUnreadable(); u != nil && (u.RawSize < 10<<20 || len(u.Raw) < 10<<20 || u.ReasonZh == "") {
				t.Errorf("of %d bytes %d came, reason %q", u.RawSize, len(u.Raw), u.ReasonZh)
			}
		}
		if b.CaughtUp {
			break
		}
	}
	if got := strings.Join(ids, " "); got != "C1#.received C1# C2#.received" {
		t.Errorf("came: %s", got)
	}
}

// logMegabytes is the size of the log that is streamed with flat memory:
// MINGCHA_FULL has it at 200, otherwise a share.
func logMegabytes() int64 {
	if os.Getenv("MINGCHA_FULL") != "" {
		return 200
	}
	return 12
}

// A log of hundreds of megabytes is streamed in the memory of its longest trace:
// the process's own peak, read from the system, does not follow the log's size.
func TestMemoryStaysFlat(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the peak of a process's memory is read from /proc, which only Linux has")
	}
	program := builtProgram(t)
	peak := func(size int64) (megabytes int, events int) {
		s := newSetting(t)
		f, err := os.Create(filepath.Join(s.dir, "log.xes"))
		if err != nil {
			t.Fatal(err)
		}
		w := bufio.NewWriterSize(f, 1<<20)
		fmt.Fprint(w, "<log>\n")
		for written, i := int64(0), 0; written < size<<20; i++ {
			n, err := w.WriteString(trace(fmt.Sprintf("C%07d", i), "in 03-01T09:00", "look 03-02T09:00 03-02T10:00", "look 03-03T09:00", "out 03-04T09:00"))
			if err != nil {
				t.Fatal(err)
			}
			written, events = written+int64(n), events+4
		}
		fmt.Fprint(w, "</log>")
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		client, pid := startProgram(t, program, s)
		in, err := client.Events(t.Context(), &adapterv1.EventsRequest{})
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for {
			b, err := in.Recv()
			if err != nil {
				t.Fatal(err)
			}
			if got += len(b.Records); b.CaughtUp {
				break
			}
		}
		if got != events {
			t.Errorf("%d events came of %d", got, events)
		}
		return peakMegabytes(t, pid), events
	}
	small, _ := peak(2)
	big, events := peak(logMegabytes())
	t.Logf("peak memory: %d MB with a log of 2 MB, %d MB with one of %d MB (%d events)", small, big, logMegabytes(), events)
	if big > small+16 {
		t.Errorf("peak memory grows from %d MB to %d MB with the log", small, big)
	}
}

// builtProgram is the adapter beside the console that MINGCHA_BIN names, or one that is
// built.
func builtProgram(t *testing.T) string {
	t.Helper()
	if built := os.Getenv("MINGCHA_BIN"); built != "" {
		return filepath.Join(filepath.Dir(built), "adapters", "xes")
	}
	program := filepath.Join(t.TempDir(), "xes")
	if out, err := exec.Command("go", "build", "-ldflags", "-s -w", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// peakMegabytes is the most that a process ever had in memory (VmHWM).
func peakMegabytes(t testing.TB, pid int) int {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kb >> 10
}

// sharedFile is a file of the data beside the repository.
func sharedFile(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("MINGCHA_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	file, err := filepath.Abs(filepath.Join(dir, "data", "bpic15", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the shared data is not here: %v (set MINGCHA_SHARED to its folder)", err)
	}
	return file
}

// Every event of the real logs comes out as one contract event or more, and of
// each kind as many as a separate program, working on the text of the log by
// the published table, counted (testdata/bpic15_kinds.csv; how: count_kinds.py).
func TestEveryEventOfTheRealLogsIsAccountedFor(t *testing.T) {
	f, err := os.Open("testdata/bpic15_kinds.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]int{}
	for _, r := range rows[1:] { // log,kind,count
		if want[r[0]] == nil {
			want[r[0]] = map[string]int{}
		}
		if want[r[0]][r[1]], err = strconv.Atoi(r[2]); err != nil {
			t.Fatal(err)
		}
	}
	for log, kinds := range want {
		s := newSetting(t)
		s.config = map[string]any{"file": sharedFile(t, log), "mapping": "bpic15", "department": "M1"}
		in, err := s.start(t, false).Events(t.Context(), &adapterv1.EventsRequest{})
		if err != nil {
			t.Fatal(err)
		}
		got, of := map[string]int{}, map[string]bool{}
		for {
			b, err := in.Recv()
			if errors.Is(err, io.EOF) {
				t.Fatal("it ended without the mark")
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range b.Records {
				e := r.GetEvent()
				if e == nil {
					t.Fatalf("unreadable: %v", r.GetUnreadable())
				}
				got[strings.ToLower(strings.TrimPrefix(e.Kind.String(), "EVENT_KIND_"))]++
				of[ruled.ReplaceAllString(e.SourceId, "")] = true
			}
			if b.CaughtUp {
				break
			}
		}
		if len(of) != kinds["events"] {
			t.Errorf("%s: %d log events came out, want %d", log, len(of), kinds["events"])
		}
		for kind, n := range kinds {
			if kind != "events" && got[kind] != n {
				t.Errorf("%s: %d × %s, want %d", log, got[kind], kind, n)
			}
			delete(got, kind)
		}
		if len(got) > 0 {
			t.Errorf("%s: kinds that nobody expected: %v", log, got)
		}
	}
}
