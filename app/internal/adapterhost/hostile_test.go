//go:build linux

package adapterhost

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// hostile is a data folder with what is worth stealing, and a hostile adapter.
func hostile(t *testing.T, do string, n int) (folder string, spec Spec) {
	t.Helper()
	folder = t.TempDir()
	for _, name := range []string{"checkpoint.key", "accounts.db", "mingcha.db", "console.json", "adapters/other/state"} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	source := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(source, []byte("a,b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	spec = specFor(t, "hostile", "")
	spec.Path = copyProgram(t, "program", nil)
	spec.Closed, spec.BaseDir = []string{folder}, folder
	config, err := json.Marshal(hostility{Do: do, N: n, Console: os.Getpid(), Source: source,
		Folder: hex.EncodeToString([]byte(folder)), Program: hex.EncodeToString([]byte(spec.Path))})
	if err != nil {
		t.Fatal(err)
	}
	spec.Config = config
	return folder, spec
}

// said are the lines that an adapter logged.
func said(h *Host, name string) string {
	var b strings.Builder
	for _, l := range h.Logs(name) {
		fmt.Fprintln(&b, l.Text)
	}
	return b.String()
}

// eachContainment runs a test as usual, and where the system gives adapters no numbering of
// processes of their own, as an administrator may have decided.
func eachContainment(t *testing.T, f func(t *testing.T)) {
	t.Run("namespace", f)
	t.Run("without", func(t *testing.T) {
		before := namespaces.Swap(false)
		defer namespaces.Store(before)
		f(t)
	})
}

func TestH5AnAdapterReachesNoFurtherThanItsOwn(t *testing.T) {
	if whole, _, why := Held(); !whole {
		t.Skip(why)
	}
	CloseMemory()
	defer func() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0) }()
	eachContainment(t, func(t *testing.T) {
		folder, spec := hostile(t, "read everything", 0)
		before := marks(t, folder)
		h := newHostIn(t, filepath.Join(folder, "adapters"), newMemory(), quick, Limits{})
		if _, err := h.RunOnce(t.Context(), spec); err != nil {
			t.Fatal(err, said(h, "hostile"))
		}
		all := said(h, "hostile")
		for line := range strings.Lines(all) {
			if strings.HasPrefix(line, "reached") && !strings.HasPrefix(line, "reached a link") || strings.HasPrefix(line, "may not") {
				t.Error(line)
			}
		}
		if n := strings.Count(all, "\nmay "); n != 9 || !strings.Contains(all, "done") {
			t.Errorf("it may do %d of 9 things:\n%s", n, all)
		}
		if now := marks(t, folder); now != before {
			t.Errorf("before:\n%safter:\n%s", before, now)
		}
		if b, err := os.ReadFile(filepath.Join(folder, "checkpoint.key")); err != nil || string(b) != "secret" {
			t.Errorf("the key is %q, %v", b, err)
		}
	})
}

// marks are the rights and times of what is worth stealing.
func marks(t *testing.T, folder string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range []string{"checkpoint.key", "accounts.db", "mingcha.db", "console.json", "adapters/other/state"} {
		info, err := os.Lstat(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, name, info.Mode(), info.ModTime(), info.Size())
	}
	return b.String()
}

// H5: the filter of calls as arithmetic: what it lets pass and what not, on the kind of
// machine that this is, without a process.
func TestH5WhatMarksFilesIsRefusedAndWhatProgramsNeedPasses(t *testing.T) {
	if !filtersCalls() {
		t.Skip("no filter of calls on this machine")
	}
	vm, err := bpf.NewVM(callFilter())
	if err != nil {
		t.Fatal(err)
	}
	const allow, refuse, unknown, kill = unix.SECCOMP_RET_ALLOW, unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM), unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS), uint32(unix.SECCOMP_RET_KILL_PROCESS)
	for name, c := range map[string]struct {
		machine, call, first, second uint32
		want                         uint32
	}{
		"read":                        {machine, unix.SYS_READ, 3, 0, allow},
		"open":                        {machine, unix.SYS_OPENAT, 0, 0, allow},
		"rename":                      {machine, unix.SYS_RENAMEAT2, 0, 0, allow}, // Landlock's
		"a lock":                      {machine, unix.SYS_FLOCK, 3, 0, allow},
		"rights":                      {machine, unix.SYS_FCHMODAT, 0, 0, refuse},
		"rights, the newer way":       {machine, unix.SYS_FCHMODAT2, 0, 0, refuse},
		"rights by a handle":          {machine, unix.SYS_FCHMOD, 3, 0, refuse},
		"owner":                       {machine, unix.SYS_FCHOWNAT, 0, 0, refuse},
		"times":                       {machine, unix.SYS_UTIMENSAT, 0, 0, refuse},
		"an attribute":                {machine, unix.SYS_SETXATTR, 0, 0, refuse},
		"an attribute, the newer way": {machine, unix.SYS_SETXATTRAT, 0, 0, refuse},
		"no attribute any more":       {machine, unix.SYS_LREMOVEXATTR, 0, 0, refuse},
		"flags":                       {machine, unix.SYS_FILE_SETATTR, 0, 0, refuse},
		"a ring past the filter":      {machine, unix.SYS_IO_URING_SETUP, 0, 0, unknown},
		"its own limits":              {machine, unix.SYS_PRLIMIT64, 0, 7, allow},
		"another's limits":            {machine, unix.SYS_PRLIMIT64, 4711, 7, refuse},
		"its own priority":            {machine, unix.SYS_SETPRIORITY, 0, 0, allow},
		"another's priority":          {machine, unix.SYS_SETPRIORITY, 0, 4711, refuse},
		"its user's priority":         {machine, unix.SYS_SETPRIORITY, priorityOfUser, 0, refuse},
		"its own turn at the disk":    {machine, unix.SYS_IOPRIO_SET, 1, 0, allow},
		"its user's turn at the disk": {machine, unix.SYS_IOPRIO_SET, ioPriorityOfUser, 0, refuse},
		"a program of 32 bits":        {unix.AUDIT_ARCH_I386, 15, 0, 0, kill},
	} {
		data := make([]byte, 64)
		for at, v := range map[int]uint32{callNumber: c.call, callMachine: c.machine, callFirst: c.first, callSecond: c.second} {
			binary.BigEndian.PutUint32(data[at:], v) // as the machine of the package reads; a kernel's is the processor's
		}
		got, err := vm.Run(data)
		if err != nil || uint32(got) != c.want {
			t.Errorf("%s: %#x, want %#x (%v)", name, got, c.want, err)
		}
	}
	if foreignFrom != 0 {
		data := make([]byte, 64)
		binary.BigEndian.PutUint32(data[callMachine:], machine)
		binary.BigEndian.PutUint32(data[callNumber:], foreignFrom+90)
		if got, err := vm.Run(data); err != nil || uint32(got) != unknown {
			t.Errorf("calls of x32 are answered %#x, %v", got, err)
		}
	}
}

func TestH5TheThreadThatStartsAnAdapterHasNoSecrets(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	if err := h.Start(t.Context(), specFor(t, "a", "go on")); err != nil {
		t.Fatal(err)
	}
	pid := awaitState(t, h, "a", Live).PID
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"NoNewPrivs:\t1\n"} {
		if !strings.Contains(string(b), line) {
			t.Errorf("no %q in\n%s", line, b)
		}
	}
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if strings.HasPrefix(line, "Max core file size") && !strings.Contains(line, " 0 ") || strings.HasPrefix(line, "Max open files") && !strings.Contains(line, "4096 ") {
			t.Error(line)
		}
	}
	// The console itself goes on with all its rights.
	if own, err := os.ReadFile("/proc/self/status"); err != nil || !strings.Contains(string(own), "NoNewPrivs:\t0\n") {
		t.Errorf("the console is confined as well: %v\n%s", err, own)
	}
	if _, err := os.ReadDir(h.options.StateDir); err != nil {
		t.Error(err)
	}
}

// running counts the sleepers that a fork has left.
func running(t *testing.T) (n int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stats {
		if b, err := os.ReadFile(path); err == nil && string(b) == "sleep\x00600\x00" {
			n++
		}
	}
	return n
}

func TestH3NobodyWaitsForAChildThatKeepsThePipe(t *testing.T) {
	eachContainment(t, func(t *testing.T) {
		folder, spec := hostile(t, "fork", 3)
		h := newHostIn(t, filepath.Join(folder, "adapters"), newMemory(), quick, Limits{})
		if err := h.Start(t.Context(), specFor(t, "good", "go on")); err != nil {
			t.Fatal(err)
		}
		if err := h.Start(t.Context(), spec); err != nil {
			t.Fatal(err)
		}
		awaitState(t, h, "hostile", Live)
		for _, act := range []struct {
			name string
			do   func() error
		}{
			{"restart", func() error { return h.Restart("hostile") }},
			{"stop", func() error { return h.Stop("hostile") }},
			{"close", func() error { h.Close(); return nil }},
		} {
			if act.name != "close" {
				eventually(t, "it has forked", func() bool { return running(t) >= 12 })
			}
			begin := time.Now()
			if err := act.do(); err != nil {
				t.Error(err)
			}
			if took := time.Since(begin); took > longestStop {
				t.Errorf("%s took %v", act.name, took)
			}
			if act.name == "restart" {
				awaitState(t, h, "hostile", Live)
				continue
			}
			if n := running(t); n != 0 {
				t.Errorf("after %s %d descendants live", act.name, n)
			}
			if s := statusOf(t, h, "good"); act.name == "stop" && s.State != Live {
				t.Errorf("the other adapter suffered: %+v", s)
			}
		}
	})
}

func TestH3AProgramThatCannotRunTakesNothingFromOthers(t *testing.T) {
	before := namespaces.Load()
	spec := specFor(t, "broken", "")
	spec.Path = copyProgram(t, "broken", func([]byte) []byte { return []byte("no program") })
	sum, err := HashFile(spec.Path)
	if err != nil {
		t.Fatal(err)
	}
	spec.SHA256 = sum
	h := newHost(t, newMemory(), quick)
	if _, err := h.RunOnce(t.Context(), spec); err == nil || !strings.Contains(problemOf(t, err).EN, "did not start") {
		t.Errorf("%v", err)
	}
	if namespaces.Load() != before {
		t.Error("adapters that start later are held less")
	}
}

func TestH3WhatForksWithoutEndIsEnded(t *testing.T) {
	eachContainment(t, func(t *testing.T) {
		folder, spec := hostile(t, "fork", 8) // 32 sleepers and their shells
		h := newHostIn(t, filepath.Join(folder, "adapters"), newMemory(), quick, Limits{Processes: 20})
		if err := h.Start(t.Context(), spec); err != nil {
			t.Fatal(err)
		}
		eventually(t, "it is ended", func() bool { return statusOf(t, h, "hostile").Restarts > 0 })
		if p := statusOf(t, h, "hostile").Problem; p == nil || !strings.Contains(p.EN, "where 20 are allowed") {
			t.Errorf("the problem is %v", p)
		}
		h.Close()
		if n := running(t); n != 0 {
			t.Errorf("%d descendants live", n)
		}
	})
}

func TestH5WhatLeaksIsEnded(t *testing.T) {
	folder, spec := hostile(t, "leak", 0)
	h := newHostIn(t, filepath.Join(folder, "adapters"), newMemory(), quick, Limits{Memory: 384 << 20})
	if err := h.Start(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	var most int64
	for deadline := time.Now().Add(2 * time.Minute); statusOf(t, h, "hostile").Restarts == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it was not ended: %+v", statusOf(t, h, "hostile"))
		}
		if pid := statusOf(t, h, "hostile").PID; pid != 0 {
			b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
			var size, resident int64
			if _, err := fmt.Sscan(string(b), &size, &resident); err == nil {
				most = max(most, resident*int64(os.Getpagesize()))
			}
		}
	}
	if most > 640<<20 { // the limit, and the program itself
		t.Errorf("it had %d MB", most>>20)
	}
	if p := statusOf(t, h, "hostile").Problem; p == nil {
		t.Error("nobody is told")
	}
}

// counting counts what is logged, by message.
type counting struct {
	slog.Handler
	lines atomic.Int64
	more  atomic.Int64
}

func (c *counting) write(p []byte) (int, error) {
	c.lines.Add(1)
	if strings.Contains(string(p), "more lines of this adapter") {
		c.more.Add(1)
	}
	return len(p), nil
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestH5WhatFillsItsLogFillsNothingElse(t *testing.T) {
	folder, spec := hostile(t, "fill the log", 50_000)
	var c counting
	h := New(newMemory(), Options{StateDir: filepath.Join(folder, "adapters"), Timeouts: quick, Limits: Limits{Memory: 1 << 40},
		Logger: slog.New(slog.NewTextHandler(writerFunc(c.write), &slog.HandlerOptions{Level: slog.LevelDebug}))})
	defer h.Close()
	if _, err := h.RunOnce(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	if n := len(h.Logs("hostile")); n != keptLines {
		t.Errorf("%d lines are kept", n)
	}
	h.Close()
	if n := c.lines.Load(); n > 2*(forwardedAMinute+20) { // a minute may have turned
		t.Errorf("the console's log has %d lines of it", n)
	}
	if c.more.Load() == 0 {
		t.Error("nothing says that there was more")
	}
}

func TestN8NothingThatAnAdapterSaysIsInTheConsolesLog(t *testing.T) {
	var log strings.Builder
	var mu sync.Mutex
	h := New(newMemory(), Options{StateDir: t.TempDir(), Timeouts: quick, Limits: Limits{Memory: 1 << 40},
		Logger: slog.New(slog.NewTextHandler(writerFunc(func(p []byte) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			return log.Write(p)
		}), &slog.HandlerOptions{Level: slog.LevelInfo}))})
	for _, do := range []string{"error", "print environment"} { // "the table is locked", "printed", "complained"
		if err := h.Start(t.Context(), specFor(t, "a-"+do[:5], do)); err != nil {
			t.Fatal(err)
		}
	}
	awaitState(t, h, "a-error", BackingOff)
	awaitState(t, h, "a-print", Live)
	h.Close()
	mu.Lock()
	defer mu.Unlock()
	for _, words := range []string{"the table is locked", "printed", "complained"} {
		if strings.Contains(log.String(), words) {
			t.Errorf("the log has %q:\n%s", words, log.String())
		}
	}
	if !strings.Contains(log.String(), "its own log") {
		t.Errorf("nothing is told of the breakdown:\n%s", log.String())
	}
}

func TestS10TheVeryCopyThatWasSummedUpIsRun(t *testing.T) {
	_, spec := hostile(t, "swap itself", 0)
	h := newHost(t, newMemory(), quick)
	if _, err := h.RunOnce(t.Context(), spec); err != nil {
		t.Fatal(err, said(h, "hostile"))
	}
	for line := range strings.Lines(said(h, "hostile")) {
		if whole, _, _ := Held(); whole && strings.HasPrefix(line, "reached") {
			t.Error(line)
		}
	}
	if sum, err := HashFile(spec.Path); err != nil || string(sum) != string(spec.SHA256) {
		t.Errorf("the program was changed: %x, %v", sum, err)
	}

	// Another program in its place after the sum was made.
	mark := filepath.Join(t.TempDir(), "ran")
	evil := fmt.Appendf(nil, "#!/bin/sh\ntouch %s\n", mark)
	program, sum, err := openProgram(spec.Path, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	good, err := os.ReadFile(spec.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(spec.Path, evil, 0o700); err != nil { // into the very file that was open
		t.Fatal(err)
	}
	held, err := io.ReadAll(program)
	if err != nil || string(held) != string(good) || string(sum) != string(spec.SHA256) {
		t.Errorf("what is run was changed behind the sum: %v", err)
	}

	// Two programs that take turns at the path, while it is started again and again.
	beside := spec.Path + ".turn"
	stop, turning := make(chan struct{}), sync.WaitGroup{}
	turning.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if os.WriteFile(beside, [][]byte{good, evil}[i%2], 0o700) != nil || os.Rename(beside, spec.Path) != nil {
				return
			}
		}
	})
	ran, refusals := 0, 0
	for range 12 {
		switch _, err := h.RunOnce(t.Context(), specAt(spec)); {
		case err == nil:
			ran++
		case problemOf(t, err).state == Refused:
			refusals++
		default:
			t.Error(err)
		}
	}
	close(stop)
	turning.Wait()
	if _, err := os.Stat(mark); err == nil {
		t.Error("a program ran that nobody had summed up")
	}
	t.Logf("run %d times, refused %d times", ran, refusals)
}

func TestS10ACopyInMemoryIsSealedAndRun(t *testing.T) {
	path, sum := program(t)
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	p, got, err := copyOf(in, inMemory)
	if err != nil || string(got) != string(sum) {
		t.Fatalf("%x, %v", got, err)
	}
	defer p.Close()
	if f, err := os.OpenFile(fmt.Sprintf("/proc/self/fd/%d", p.Fd()), os.O_WRONLY, 0); err == nil {
		if _, err := f.WriteString("x"); err == nil {
			t.Error("it can be written to")
		}
		f.Close()
	}
	held, err := confine(p, []string{t.TempDir()}, reach{})
	if err != nil {
		t.Fatal(err)
	}
	held.close()
	// A state folder without room, or without files that have no name, is no obstacle.
	if _, _, err := openProgram(path, filepath.Join(t.TempDir(), "missing")); err != nil {
		t.Error(err)
	}
}

// specAt is an honest adapter at a path.
func specAt(spec Spec) Spec {
	spec.Config = []byte(`{"do":""}`)
	return spec
}

func TestN9OwnTemporaryFoldersAreCleanedAtTheNextStart(t *testing.T) {
	dir := t.TempDir()
	short, err := os.MkdirTemp("/tmp", "n9-") // as for most people
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(short)
	t.Setenv("TMPDIR", short)
	left := filepath.Join(os.TempDir(), newSocketFolder(dir).name)
	for _, path := range []string{filepath.Join(left, "plugin-dir1", "plugin1"), filepath.Join(dir, "a", "tmp", "half")} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := newHostIn(t, dir, newMemory(), quick, Limits{})
	for _, name := range []string{"a", "b"} {
		if _, err := h.RunOnce(t.Context(), specFor(t, name, "")); err != nil {
			t.Fatal(err)
		}
	}
	if a, err := os.ReadDir(left); err != nil || len(a) != 2 {
		t.Errorf("two adapters share their sockets' folder: %v, %v", a, err)
	}
	h.Close()
	for _, path := range []string{left, filepath.Join(dir, "a", "tmp", "half")} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is left", path)
		}
	}
	if all, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(all) != 0 {
		t.Errorf("left behind: %v", all)
	}
}
