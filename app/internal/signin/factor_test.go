package signin

import (
	"bytes"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"
)

// app is somebody's authenticator app.
type app struct {
	t      *testing.T
	secret string
}

// at is the code that the app shows at a moment.
func (a app) at(t time.Time) string {
	a.t.Helper()
	code, err := hotp.GenerateCode(a.secret, uint64(t.Unix()/period))
	if err != nil {
		a.t.Fatal(err)
	}
	return code
}

// setUp gives account 7 a password and a second factor.
func setUp(t *testing.T, s *Service) (app, []string) {
	t.Helper()
	set(t, s, 7)
	address, err := s.BeginFactor(ctx, 7, "wang", good)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Mingcha:wang" || u.Query().Get("issuer") != "Mingcha" || u.Query().Get("period") != "30" || u.Query().Get("digits") != "6" {
		t.Fatalf("%s, %v", address, err)
	}
	a := app{t, u.Query().Get("secret")}
	if len(a.secret) != 32 { // 160 bits, as RFC 4226 §4 advises
		t.Errorf("secret %q", a.secret)
	}
	recovery, err := s.ConfirmFactor(ctx, 7, "wang", a.at(s.now()))
	if err != nil {
		t.Fatal(err)
	}
	return a, recovery
}

func enter(s *Service, code string) error { return s.Check(ctx, 7, "wang", "10.0.0.1", good, code) }

// RFC 6238, appendix B, SHA-1: the last six digits of its eight.
func TestTheVectorsOfRFC6238(t *testing.T) {
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // "12345678901234567890"
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		c := &clock{t: time.Unix(at, 0)}
		s := open(t, t.TempDir(), c)
		set(t, s, 7)
		if _, err := s.db.Exec(`INSERT INTO factors (account, secret, salt, since) VALUES (7, ?, x'00', 1)`, secret); err != nil {
			t.Fatal(err)
		}
		if err := enter(s, want); err != nil {
			t.Errorf("at %d: %v", at, err)
		}
	}
}

func TestNothingIsAskedForBeforeTheAppHasShownACode(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Unix(1_800_000_000, 0)})
	set(t, s, 7)
	if _, err := s.ConfirmFactor(ctx, 7, "wang", "123456"); code(err) != "factor_not_begun" {
		t.Errorf("confirmed what was not begun: %v", err)
	}
	if _, err := s.BeginFactor(ctx, 7, "wang", "a guess"); code(err) != "password" {
		t.Errorf("begun without the password: %v", err)
	}
	first, err := s.BeginFactor(ctx, 7, "wang", good)
	second, err2 := s.BeginFactor(ctx, 7, "wang", good)
	if err := errors.Join(err, err2); err != nil || first == second {
		t.Fatalf("%s, %s, %v", first, second, err)
	}
	if err := enter(s, ""); err != nil {
		t.Errorf("a code is asked for already: %v", err)
	}
	u, _ := url.Parse(first)
	if _, err := s.ConfirmFactor(ctx, 7, "wang", app{t, u.Query().Get("secret")}.at(s.now())); code(err) != CodeWrongCode {
		t.Errorf("confirmed with a secret that was replaced: %v", err)
	}
	u, _ = url.Parse(second)
	g, _ := s.Generation(ctx, 7)
	recovery, err := s.ConfirmFactor(ctx, 7, "wang", app{t, u.Query().Get("secret")}.at(s.now()))
	if f, lookup := s.Factor(ctx, 7); err != nil || lookup != nil || len(recovery) != 10 || !f.On() || f.Recovery != 10 {
		t.Errorf("%v; %v, %+v, %v", recovery, err, f, lookup)
	}
	if after, _ := s.Generation(ctx, 7); after != g.Next() {
		t.Error("sessions from before go on")
	}
	if _, err := s.BeginFactor(ctx, 7, "wang", good); code(err) != "factor_on" {
		t.Errorf("begun over what is on: %v", err)
	}
	if got := code(enter(s, "")); got != CodeWanted {
		t.Errorf("without a code: %s", got)
	}
}

func TestACodeIsTakenOnceAndWithinHalfAMinuteOfTheClock(t *testing.T) {
	c := &clock{t: time.Unix(1_800_000_000, 0)}
	s := open(t, t.TempDir(), c)
	a, _ := setUp(t, s)
	now := c.now()
	if got := code(enter(s, a.at(now))); got != CodeWrongCode {
		t.Errorf("the code that confirmed, once more: %q", got)
	}
	c.pass(10 * time.Minute)
	now = c.now()
	for off, want := range map[time.Duration]string{-2 * period * time.Second: CodeWrongCode, 2 * period * time.Second: CodeWrongCode} {
		if got := code(enter(s, a.at(now.Add(off)))); got != want {
			t.Errorf("%v off: %q, want %q", off, got, want)
		}
	}
	early := a.at(now.Add(period * time.Second))
	if err := enter(s, early[:3]+" "+early[3:]); err != nil { // as apps show it
		t.Errorf("a clock that is ahead: %v", err)
	}
	for _, used := range []string{early, a.at(now)} { // what comes before a code that was taken is over as well
		if got := code(enter(s, used)); got != CodeWrongCode {
			t.Errorf("a code from before: %q", got)
		}
	}
	c.pass(90 * time.Second)
	if err := enter(s, a.at(c.now().Add(-period*time.Second))); err != nil {
		t.Errorf("a clock that is behind: %v", err)
	}
	c.pass(-24 * time.Hour) // the machine's clock was wrong, and is set right
	if err := enter(s, a.at(c.now())); err != nil {
		t.Errorf("after the clock was set back: %v", err)
	}
}

func TestOneCodeAtTheSameTimeFromManyIsTakenOnce(t *testing.T) {
	c := &clock{t: time.Unix(1_800_000_000, 0)}
	s := open(t, t.TempDir(), c)
	a, _ := setUp(t, s)
	c.pass(time.Minute)
	right := a.at(c.now())
	var wg sync.WaitGroup
	var mu sync.Mutex
	in := 0
	for range 5 {
		wg.Go(func() {
			if enter(s, right) == nil {
				mu.Lock()
				in++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if in != 1 {
		t.Errorf("%d came in with one code", in)
	}
}

// Whoever knows the password has five guesses at the code, however they mix them
// with what succeeds.
func TestGuessingCodesLocks(t *testing.T) {
	c := &clock{t: time.Unix(1_800_000_000, 0)}
	s := open(t, t.TempDir(), c)
	a, recovery := setUp(t, s)
	c.pass(time.Minute)
	right := a.at(c.now())
	guess := func(n int) string { // none of the codes of these minutes
		for _, at := range []time.Duration{-period * time.Second, 0, period * time.Second} {
			if g := strconv.Itoa(100000 + n); g == a.at(c.now().Add(at)) {
				return "000001"
			}
		}
		return strconv.Itoa(100000 + n)
	}
	for n := range loginFailures {
		if got := code(enter(s, "")); got != CodeWanted { // forgives nothing
			t.Fatalf("before guess %d: %s", n, got)
		}
		if got := code(enter(s, guess(n))); got != CodeWrongCode {
			t.Fatalf("guess %d: %s", n, got)
		}
	}
	for _, what := range []string{right, "", recovery[0]} {
		if got := code(enter(s, what)); got != CodeLocked {
			t.Errorf("locked, with %q: %s", what, got)
		}
	}
	if got := code(s.Check(ctx, 0, "li", "", "x", right)); got != CodeWrong {
		t.Errorf("somebody else: %s", got)
	}
	c.pass(firstLock + time.Minute)
	if err := enter(s, a.at(c.now())); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

// Who does not know the password learns nothing of codes, and costs as much.
func TestACodeWithAWrongPasswordTellsNothing(t *testing.T) {
	c := &clock{t: time.Unix(1_800_000_000, 0)}
	s := open(t, t.TempDir(), c)
	a, recovery := setUp(t, s)
	c.pass(time.Minute)
	for _, with := range []string{"", "000000", a.at(c.now()), recovery[0]} {
		var err error
		if n := hashes(func() { err = s.Check(ctx, 7, "wang", "10.0.0.1", "wrong", with) }); n != 1 || code(err) != CodeWrong {
			t.Errorf("with %q: %d hashes, %v", with, n, err)
		}
	}
	if err := s.Unlock(ctx, "wang"); err != nil {
		t.Fatal(err)
	}
	if err := enter(s, a.at(c.now())); err != nil {
		t.Errorf("it was used up: %v", err)
	}
}

func TestARecoveryCodeWorksOnce(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Unix(1_800_000_000, 0)})
	_, recovery := setUp(t, s)
	if len(recovery) != recoveryCodes {
		t.Fatalf("%d codes", len(recovery))
	}
	seen := map[string]bool{}
	for i, r := range recovery {
		if len(r) != 19 || seen[r] {
			t.Errorf("%q", r)
		}
		seen[r] = true
		typed := r
		if i%2 == 1 {
			typed = " " + strings.ToUpper(strings.ReplaceAll(r, "-", " "))
		}
		if err := enter(s, typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
		if got := code(enter(s, r)); got != CodeWrongCode {
			t.Errorf("%q once more: %q", r, got)
		}
		if f, err := s.Factor(ctx, 7); err != nil || f.Recovery != recoveryCodes-1-i {
			t.Errorf("%d are left, %v", f.Recovery, err)
		}
		if err := s.Unlock(ctx, "wang"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFactorIsTurnedOffByThePasswordAndTakenOffBySomebodyElse(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Unix(1_800_000_000, 0)})
	_, recovery := setUp(t, s)
	if got := code(s.EndFactor(ctx, 7, "wang", "a guess")); got != "password" {
		t.Errorf("without the password: %s", got)
	}
	for what, end := range map[string]func() error{"off": func() error { return s.EndFactor(ctx, 7, "wang", good) }, "removed": func() error { return s.RemoveFactor(ctx, 7) }} {
		if f, _ := s.Factor(ctx, 7); !f.On() {
			_, recovery = setUp(t, s)
		}
		cookie := signIn(t, s, "", 7)
		if err := end(); err != nil {
			t.Fatal(err)
		}
		if f, err := s.Factor(ctx, 7); err != nil || f.On() || f.Recovery != 0 || who(t, s, cookie) != 0 {
			t.Errorf("%s: %+v, %v, signed in: %v", what, f, err, who(t, s, cookie) != 0)
		}
		if err := enter(s, ""); err != nil {
			t.Errorf("%s, the password alone: %v", what, err)
		}
	}
	setUp(t, s)
	if got := code(enter(s, recovery[0])); got != CodeWrongCode {
		t.Errorf("a recovery code of a factor that was taken off: %q", got)
	}
}

func TestTheFileHoldsNoRecoveryCodeAndIsNobodyElses(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, &clock{t: time.Unix(1_800_000_000, 0)})
	_, recovery := setUp(t, s)
	s.Close()
	b, err := os.ReadFile(filepath.Join(dir, File))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recovery {
		if bytes.Contains(b, []byte(r)) || bytes.Contains(b, []byte(strings.ReplaceAll(r, "-", ""))) {
			t.Errorf("it holds %q", r)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, File)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
