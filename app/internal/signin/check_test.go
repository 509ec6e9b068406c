package signin

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// hashes is how many passwords something hashes: each takes its memory anew.
func hashes(something func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	something()
	runtime.ReadMemStats(&after)
	return int((after.TotalAlloc - before.TotalAlloc) / (uint64(params.Memory) * 1024))
}

// Nobody learns from the answer or from its cost which logins there are.
func TestAnUnknownLoginCostsAndAnswersAsAWrongPassword(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	set(t, s, 7)
	var answers [3]error
	for i, who := range []struct {
		account uint64
		login   string
	}{{0, "nobody"}, {9, "without"}, {7, "wang"}} { // the unknown one first: nothing may be made only once
		if n := hashes(func() { answers[i] = s.Check(ctx, who.account, who.login, "10.0.0.1", "wrong", "") }); n != 1 {
			t.Errorf("%s: %d hashes", who.login, n)
		}
		var f *fault.Error
		if !errors.As(answers[i], &f) || f.Kind != fault.Unauthorized || answers[i].Error() != answers[0].Error() {
			t.Errorf("%s: %v", who.login, answers[i])
		}
	}
	if n := hashes(func() {
		if err := s.Check(ctx, 7, "wang", "10.0.0.1", good, ""); err != nil {
			t.Error(err)
		}
	}); n != 1 {
		t.Errorf("the right one: %d hashes", n)
	}
	for range 5 {
		s.Check(ctx, 0, "nobody", "10.0.0.2", "wrong", "")
	}
	if n := hashes(func() {
		if got := code(s.Check(ctx, 0, "nobody", "10.0.0.2", "wrong", "")); got != CodeLocked {
			t.Errorf("an unknown login is not locked: %s", got)
		}
	}); n != 0 {
		t.Errorf("locked: %d hashes", n)
	}
}

func TestGuessingTheCurrentPasswordInABrowserLeftOpenLocks(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	set(t, s, 7)
	for range 5 {
		if got := code(s.ChangePassword(ctx, 7, "wang", "a guess", "three grey herons")); got != "password" {
			t.Fatalf("a wrong current password: %s", got)
		}
	}
	if got := code(s.ChangePassword(ctx, 7, "wang", good, "three grey herons")); got != CodeLocked {
		t.Errorf("the sixth: %s", got)
	}
	if got := code(s.Check(ctx, 0, "li", "", "x", "")); got != CodeWrong {
		t.Errorf("somebody else: %s", got)
	}
	if err := s.Unlock(ctx, "wang"); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangePassword(ctx, 7, "wang", good, "three grey herons"); err != nil {
		t.Error(err)
	}
	if err := s.Check(ctx, 7, "wang", "10.0.0.1", "three grey herons", ""); err != nil {
		t.Error(err)
	}
}

func TestWhatLocksSaysWhatHelps(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	for i := range addressFailures {
		s.Check(ctx, 0, "login"+strconv.Itoa(i/4), "10.0.0.1", "x", "")
	}
	f, _ := fault.As(s.Check(ctx, 0, "another", "10.0.0.1", "x", ""))
	if f == nil || f.Kind != fault.TooMany || !strings.Contains(f.EN, "15 minutes") || !strings.Contains(f.ZH, "15 分钟") || strings.Contains(f.EN, "reset") {
		t.Errorf("an address: %v", f)
	}
	for range loginFailures {
		s.Check(ctx, 0, "wang", "10.0.0.2", "x", "")
	}
	f, _ = fault.As(s.Check(ctx, 0, "wang", "10.0.0.3", "x", ""))
	if f == nil || f.Kind != fault.TooMany || !strings.Contains(f.EN, "15 minutes") || !strings.Contains(f.EN, "reset") {
		t.Errorf("a login: %v", f)
	}
}

// Guessing at made-up logins for ever does not fill the file, and who mistypes
// once a week is not locked for longer each time.
func TestOldFailuresAndLocksAreForgotten(t *testing.T) {
	c := &clock{t: time.Now()}
	s := open(t, t.TempDir(), c)
	for i := range 40 {
		s.Check(ctx, 0, "login"+strconv.Itoa(i/5), "10.0.0."+strconv.Itoa(i), "x", "")
	}
	c.pass(lockMemory + firstLock + time.Minute)
	for range loginFailures {
		s.Check(ctx, 0, "login0", "10.0.0.1", "x", "")
	}
	until, err := s.LockedUntil(ctx, "login0")
	if left := until.Sub(c.now()); err != nil || left > firstLock {
		t.Errorf("a day later locked for %v, %v", left, err)
	}
	var locks, failures int
	if err := s.db.QueryRow(`SELECT (SELECT count(*) FROM locks), (SELECT count(*) FROM failures)`).Scan(&locks, &failures); err != nil || locks != 1 || failures != loginFailures {
		t.Errorf("%d locks and %d failures are kept, %v", locks, failures, err)
	}
}

func TestWaitingForATurnEndsWithItsRequest(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	for range hashesAtOnce {
		if err := s.enter(ctx); err != nil {
			t.Fatal(err)
		}
	}
	short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	if err := s.Check(short, 0, "wang", "10.0.0.1", "x", ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	for range hashesAtOnce {
		s.leave()
	}
	if got := code(s.Check(ctx, 0, "wang", "10.0.0.1", "x", "")); got != CodeWrong {
		t.Errorf("afterwards: %s", got)
	}
}

func TestWhomAFailureCountsAgainst(t *testing.T) {
	for remote, want := range map[string]string{
		"10.0.0.1":               "from:10.0.0.1",
		"::ffff:10.0.0.1":        "from:10.0.0.1",
		"2001:db8:1:2:3:4:5:6":   "from:2001:db8:1:2::",
		"2001:db8:1:2:ffff::1":   "from:2001:db8:1:2::",
		"2001:db8:1:3::1":        "from:2001:db8:1:3::",
		"fe80::1%eth0":           "from:fe80::",
		"not an address, but so": "from:not an address, but so",
	} {
		if got := from(remote); got != want {
			t.Errorf("%s: %s, want %s", remote, got, want)
		}
	}
}
