//go:build linux

package adapterhost

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

func copyProgram(t *testing.T, name string, alter func([]byte) []byte) string {
	t.Helper()
	path, _ := program(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if alter != nil {
		content = alter(content)
	}
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestACrashingAdapterIsStartedAgainAndLeavesOthersAlone(t *testing.T) {
	m := newMemory()
	h := newHost(t, m, quick)
	for name, do := range map[string]string{"bad": "crash", "good": "go on"} {
		if err := h.Start(t.Context(), specFor(t, name, do)); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "the bad one crashes three times", func() bool { return statusOf(t, h, "bad").Restarts >= 3 })
	s := awaitState(t, h, "bad", BackingOff)
	if s.Problem == nil || !strings.Contains(s.Problem.EN, "exit status 3") || s.NextStartAt.IsZero() {
		t.Errorf("the problem is %+v", s.Problem)
	}
	if n := m.count("bad/events"); n != 5 {
		t.Errorf("%d events arrived before the crash, not 5 (once each)", n)
	}
	before := m.count("good/events")
	eventually(t, "the good one goes on", func() bool { return m.count("good/events") > before+10 })
	if s := statusOf(t, h, "good"); s.Restarts != 0 || s.State != Live {
		t.Errorf("the good one suffered: %+v", s)
	}
}

func TestAHungAdapterIsEndedAndStartedAgain(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	if err := h.Start(t.Context(), specFor(t, "a", "")); err != nil {
		t.Fatal(err)
	}
	first := awaitState(t, h, "a", Live)
	if err := syscall.Kill(first.PID, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the problem is told", func() bool {
		p := statusOf(t, h, "a").Problem
		return p != nil && strings.Contains(p.EN, "did not answer")
	})
	eventually(t, "a new process lives", func() bool {
		s := statusOf(t, h, "a")
		return s.State == Live && s.PID != first.PID && s.Restarts == 1
	})
	if alive(first.PID) {
		t.Error("the hung process is still there")
	}
	if p := statusOf(t, h, "a").Problem; p != nil {
		t.Errorf("the problem outlives its cure: %v", p)
	}
}

func TestStoppingAHungAdapterTakesSeconds(t *testing.T) {
	h := newHost(t, newMemory(), Timeouts{})
	if err := h.Start(t.Context(), specFor(t, "a", "")); err != nil {
		t.Fatal(err)
	}
	s := awaitState(t, h, "a", Live)
	if err := syscall.Kill(s.PID, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	if err := h.Stop("a"); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took > graceful+20*time.Second || alive(s.PID) {
		t.Errorf("took %v, alive: %v", took, alive(s.PID))
	}
}

func TestATamperedProgramIsRefused(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	spec := specFor(t, "a", "")
	spec.Path = copyProgram(t, "adapter", func(b []byte) []byte { b[len(b)-1] ^= 1; return b })
	if err := h.Start(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	s := awaitState(t, h, "a", Refused)
	if s.Problem == nil || !strings.Contains(s.Problem.ZH, "校验值不符") || !s.StartedAt.IsZero() {
		t.Errorf("%+v", s)
	}
	for name, sum := range map[string][]byte{"b": nil, "c": {}} { // no pin is no permission
		spec.Name, spec.SHA256 = name, sum
		if _, err := h.RunOnce(t.Context(), spec); problemOf(t, err).state != Refused {
			t.Errorf("without a pin: %v", err)
		}
	}
}

func TestFailuresThatNeedAPerson(t *testing.T) {
	m := newMemory()
	m.cursors["lost/events"] = []byte("from another database")
	h := newHost(t, m, quick)
	missing := specFor(t, "missing", "")
	missing.Path += ".gone"
	zone := specFor(t, "zone", "")
	zone.Zone = "Asia/Nowhere"
	for _, c := range []struct {
		spec Spec
		says string
	}{
		{specFor(t, "wrong", "wrong"), "replay.speed: The speed must be above zero."},
		{specFor(t, "lost", ""), "does not know the place"},
		{missing, "cannot be read"},
		{zone, "Check the time zone"},
	} {
		if err := h.Start(t.Context(), c.spec); err != nil {
			t.Fatal(err)
		}
		s := awaitState(t, h, c.spec.Name, Failed)
		if s.Restarts != 0 || s.Problem == nil || !strings.Contains(s.Problem.EN, c.says) {
			t.Errorf("%s: %+v, %v", c.spec.Name, s, s.Problem)
		}
	}
	if got := m.count("lost/events"); got != 0 {
		t.Errorf("%d events were read from the beginning", got)
	}
	if err := h.Start(t.Context(), specFor(t, "wrong", "")); err != nil {
		t.Fatal("it cannot be started after the correction:", err)
	}
	awaitState(t, h, "wrong", Live)
}

func TestPassingFailuresAreTriedAgain(t *testing.T) {
	slow, silent := quick, quick // each with the one limit short that it is about
	slow.Configure, silent.Idle = 300*time.Millisecond, 300*time.Millisecond
	for _, c := range []struct {
		timeouts Timeouts
		spec     Spec
		says     string
	}{
		{quick, specFor(t, "error", "error"), "the table is locked"},
		{slow, specFor(t, "slow", "slow configure"), "did not answer"},
		{silent, specFor(t, "silent", "silent"), "nor that it has caught up"},
	} {
		triedAgain(t, newHost(t, newMemory(), c.timeouts), c.spec, c.says)
	}
}

func TestAProgramThatNeverShakesHandsIsTriedAgain(t *testing.T) {
	timeouts := quick
	timeouts.Start = 500 * time.Millisecond
	h := newHost(t, newMemory(), timeouts)
	mute := specFor(t, "mute", "")
	mute.Path = copyProgram(t, "mute", nil)
	triedAgain(t, h, mute, "did not start")
}

func TestAStartCanBeGivenUp(t *testing.T) {
	h := newHost(t, newMemory(), Timeouts{}) // would wait 30 s
	mute := specFor(t, "mute", "")
	mute.Path = copyProgram(t, "mute", nil)
	for i := range 5 { // before, while and after the process is started
		if err := h.Start(t.Context(), mute); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * 15 * time.Millisecond)
		begin := time.Now()
		if err := h.Stop("mute"); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("stopping after %d ms took %v", i*15, took)
		}
	}
}

func triedAgain(t *testing.T, h *Host, spec Spec, says string) {
	t.Helper()
	if err := h.Start(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
	eventually(t, spec.Name+" is tried again", func() bool { return statusOf(t, h, spec.Name).Restarts > 0 })
	if s := statusOf(t, h, spec.Name); s.Problem == nil || !strings.Contains(s.Problem.EN, says) {
		t.Errorf("%s: %v", spec.Name, s.Problem)
	}
	begin := time.Now()
	if err := h.Stop(spec.Name); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took > graceful+20*time.Second {
		t.Errorf("%s took %v to stop", spec.Name, took)
	}
}

func TestASinkThatFailsIsTheConsolesFault(t *testing.T) {
	m := newMemory()
	m.fail = errors.New("no space left on device")
	h := newHost(t, m, quick)
	_, err := h.RunOnce(t.Context(), specFor(t, "a", ""))
	if p := problemOf(t, err); !strings.Contains(p.EN, "could not store") || !errors.Is(err, m.fail) {
		t.Errorf("%v", err)
	}
	m.fail = fault.New(fault.Unavailable, "disk_full", "磁盘已满。", "The disk is full.", nil)
	_, err = h.RunOnce(t.Context(), specFor(t, "a", ""))
	if p := problemOf(t, err); !strings.HasPrefix(p.ZH, "磁盘已满。") || !strings.HasPrefix(p.EN, "The disk is full.") {
		t.Errorf("intake's sentence is lost: %s %s", p.ZH, p.EN)
	}
}

func TestLiarsAreToldOfAndDoNoHarm(t *testing.T) {
	path := copyProgram(t, "liar", nil)
	h := newHost(t, newMemory(), quick)
	for do, says := range map[string]string{
		"no cursor":           "without the cursor",
		"mark without cursor": "but not where",
		"same cursor":         "does not move",
		"huge":                "more than 32 MiB",
		"long cursor":         "1048576 bytes",
		"empty flood":         "floods",
		"negative limit":      "item I1 is negative",
	} {
		spec := specFor(t, strings.ReplaceAll(do, " ", "-"), do)
		spec.Path = path
		_, err := h.RunOnce(t.Context(), spec)
		if p := problemOf(t, err); !strings.Contains(p.EN, says) || p.state != "" {
			t.Errorf("%s: %v", do, p)
		}
	}
}

func TestASentenceSaysWhatTheHostDoes(t *testing.T) {
	h := newHost(t, newMemory(), quick)
	_, err := h.RunOnce(t.Context(), specFor(t, "once", "crash"))
	if p := problemOf(t, err); !strings.HasSuffix(p.EN, "neither lost nor doubled.") || !strings.HasSuffix(p.ZH, "不会丢失或重复。") {
		t.Errorf("after a one-time ingest: %s %s", p.ZH, p.EN)
	}
	if err := h.Start(t.Context(), specFor(t, "follow", "error")); err != nil {
		t.Fatal(err)
	}
	if p := awaitState(t, h, "follow", BackingOff).Problem; !strings.HasSuffix(p.EN, "started again by itself.") || !strings.HasSuffix(p.ZH, "将自动重新启动数据接口。") {
		t.Errorf("while following: %s %s", p.ZH, p.EN)
	}
}

func TestManyRestartsLeaveNothingOpen(t *testing.T) {
	h := newHost(t, newMemory(), Timeouts{BackoffMin: time.Millisecond, BackoffMax: time.Millisecond})
	open := func() int {
		files, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("open files cannot be counted here:", err)
		}
		return len(files)
	}
	sockets := func() int {
		dirs, err := filepath.Glob(filepath.Join(os.TempDir(), "plugin-dir*"))
		if err != nil {
			t.Fatal(err)
		}
		return len(dirs)
	}
	t.Setenv("TMPDIR", t.TempDir())
	files := open()
	if err := h.Start(t.Context(), specFor(t, "a", "crash")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it restarts eight times", func() bool { return statusOf(t, h, "a").Restarts >= 8 })
	if err := h.Stop("a"); err != nil {
		t.Fatal(err)
	}
	if n := sockets(); n != 0 {
		t.Errorf("%d folders for sockets are left", n)
	}
	eventually(t, "all files are closed", func() bool { return open() <= files })
}
