package signin

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

var ctx = context.Background()

// clock is the machine's, in the test's hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Microsecond)
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	c.t = c.t.Add(d)
	c.mu.Unlock()
}

func open(t *testing.T, dir string, c *clock) *Service {
	t.Helper()
	s, err := Open(dir, c.now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

const good = "四匹白马 walk at noon"

func set(t *testing.T, s *Service, account uint64) {
	t.Helper()
	if err := s.SetPassword(ctx, account, "wang", good, false); err != nil {
		t.Fatal(err)
	}
}

func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return ""
}

func TestPasswordsAreCheckedAndNeverStored(t *testing.T) {
	dir, c := t.TempDir(), &clock{t: time.Now()}
	s := open(t, dir, c)
	set(t, s, 7)
	if err := s.Check(ctx, 7, "wang", "10.0.0.1", "四匹白马 ｗalk at noon", ""); err != nil {
		t.Errorf("typed full-width: %v", err)
	}
	for _, wrong := range []string{"四匹白马 walk at Noon", "", good + " "} {
		if err := s.Check(ctx, 7, "wang", "10.0.0.1", wrong, ""); code(err) != CodeWrong {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if err := s.Check(ctx, 0, "nobody", "10.0.0.1", good, ""); code(err) != CodeWrong {
		t.Errorf("unknown login: %v", err)
	}
	if err := s.Check(ctx, 9, "without", "10.0.0.1", good, ""); code(err) != CodeWrong {
		t.Errorf("an account without a password: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{File, File + "-wal"} {
		b, _ := os.ReadFile(filepath.Join(dir, name))
		if bytes.Contains(b, []byte("walk at noon")) {
			t.Errorf("%s holds a password", name)
		}
	}
	info, err := os.Stat(filepath.Join(dir, File))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestFiveWrongPasswordsLockForAQuarterOfAnHourThenForTwiceAsLong(t *testing.T) {
	dir, c := t.TempDir(), &clock{t: time.Now()}
	s := open(t, dir, c)
	set(t, s, 7)
	wrong := func() string {
		return code(s.Check(ctx, 7, "wang", "10.0.0."+strconv.Itoa(int(c.now().UnixMicro()%200)), "wrong", ""))
	}
	for _, lock := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 4 * time.Hour} {
		for i := range 5 {
			if got := wrong(); got != CodeWrong {
				t.Fatalf("attempt %d before a lock of %v: %s", i+1, lock, got)
			}
		}
		if err := s.Check(ctx, 7, "wang", "10.1.1.1", good, ""); code(err) != CodeLocked {
			t.Errorf("locked for %v, the right password: %v", lock, err)
		}
		if err := s.Check(ctx, 0, "other", "10.1.1.1", "x", ""); code(err) != CodeWrong {
			t.Errorf("another login: %v", err)
		}
		s.Close() // a lock survives a restart
		s = open(t, dir, c)
		until, err := s.LockedUntil(ctx, "wang")
		if left := until.Sub(c.now()); err != nil || (left-lock).Abs() > time.Second {
			t.Errorf("locked for %v, want %v; %v", left, lock, err)
		}
		c.pass(lock + time.Minute)
	}
	if err := s.Check(ctx, 7, "wang", "10.1.1.1", good, ""); err != nil {
		t.Errorf("after the lock: %v", err)
	}
	// Success forgets: five more are needed, and a short lock again.
	for range 5 {
		wrong()
	}
	if until, _ := s.LockedUntil(ctx, "wang"); until.Sub(c.now()) > 16*time.Minute {
		t.Errorf("after success locked until %v", until)
	}
}

func TestManyGuessesAtOnceAreNotManyGuesses(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	set(t, s, 7)
	var wg sync.WaitGroup
	var mu sync.Mutex
	tried := 0
	for range 40 {
		wg.Go(func() {
			if code(s.Check(ctx, 7, "wang", "10.0.0.1", "wrong", "")) == CodeWrong {
				mu.Lock()
				tried++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if tried < loginFailures || tried >= loginFailures+hashesAtOnce {
		t.Errorf("%d of 40 guesses at once were tried, want %d", tried, loginFailures)
	}
}

func TestOneAddressTryingManyLoginsIsTurnedAway(t *testing.T) {
	c := &clock{t: time.Now()}
	s := open(t, t.TempDir(), c)
	for i := range addressFailures {
		if got := code(s.Check(ctx, 0, "login"+strconv.Itoa(i), "10.0.0.1", "x", "")); got != CodeWrong {
			t.Fatalf("attempt %d: %s", i, got)
		}
	}
	if got := code(s.Check(ctx, 0, "another", "10.0.0.1", "x", "")); got != CodeLocked {
		t.Errorf("attempt 31: %s", got)
	}
	if got := code(s.Check(ctx, 0, "another", "10.0.0.2", "x", "")); got != CodeWrong {
		t.Errorf("another address: %s", got)
	}
	c.pass(16 * time.Minute)
	if got := code(s.Check(ctx, 0, "another", "10.0.0.1", "x", "")); got != CodeWrong {
		t.Errorf("a quarter of an hour later: %s", got)
	}
}

func TestWhatIsNoPassword(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	for _, bad := range []string{"", "short77", "12345678", "87654321", "abcdefgh", "aaaaaaaaaa", "abababab", "qwertyui", "1qaz2wsx", "asdfghjkl", "19800101", "1980-01-01",
		"password1", "P@ssw0rd", "Password2026!", "admin12345", "admin@2026", "woaini1314", "iloveyou520", "wang1234", "314159265", strings.Repeat("x1y2", 40), "mingcha123", "welcomeadmin",
		"5201314a", "a123456789", "123456789a", "qq123456", "zhangwei123", "li19850312", "wang19850312", "13812345678", "xiaoming2020", "1234567890", "a1b2c3d4", "q1w2e3r4", "zaq12wsx",
		"1234qwer", "!QAZ2wsx", "Trustno1", "starwars", "Jennifer2024", "basketba", "passwordpassword", "九九九九九九九九", "ｐａｓｓｗｏｒｄ１", "Wang@2026", "wangwang88"} {
		if err := s.SetPassword(ctx, 1, "wang", bad, false); code(err) != "password" {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
	for _, fine := range []string{good, "correct horse battery", "墙上有两只猫和一把伞", "kX93-vq!2Lw", "kT7q2mXe", "woxihuanchifan", "zaoshang8dianchifan"} {
		if err := s.SetPassword(ctx, 1, "wang", fine, false); err != nil {
			t.Errorf("%q was refused: %v", fine, err)
		}
	}
}

func TestFirstPasswords(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	seen := map[string]bool{}
	for range 5 {
		p, err := s.NewPassword(ctx, 3)
		if err != nil || len(p) != 19 || strings.Count(p, "-") != 3 || strings.ContainsAny(p, "01iloILO") || seen[p] {
			t.Errorf("%q, %v", p, err)
		}
		seen[p] = true
		if err := s.Check(ctx, 3, "l", "a", p, ""); err != nil {
			t.Error(err)
		}
	}
	if err := s.ChangePassword(ctx, 3, "l", "wrong", good); code(err) != "password" {
		t.Errorf("changed without knowing it: %v", err)
	}
}

// site is a server that signs in, says who one is and signs out.
type site struct {
	*Service
	http *httptest.Server
}

func serve(t *testing.T, s *Service) *site {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/in/", func(_ http.ResponseWriter, r *http.Request) {
		id, _ := strconv.ParseUint(strings.TrimPrefix(r.URL.Path, "/in/"), 10, 64)
		g, err := s.Generation(r.Context(), id)
		if err := errors.Join(err, s.Begin(r.Context(), id, g)); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/out", func(_ http.ResponseWriter, r *http.Request) {
		if err := s.End(r.Context()); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		id, must, err := s.Who(r.Context())
		if err != nil {
			t.Error(err)
		}
		if must {
			io.WriteString(w, "must change ")
		}
		io.WriteString(w, strconv.FormatUint(id, 10))
	})
	x := &site{s, httptest.NewTLSServer(s.Load(mux))} // the cookie is for HTTPS only
	t.Cleanup(x.http.Close)
	return x
}

// browser is a client with cookies of its own.
func (x *site) browser(t *testing.T) func(path string) string {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Transport: x.http.Client().Transport}
	return func(path string) string {
		t.Helper()
		r, err := c.Get(x.http.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		for _, k := range r.Cookies() {
			if k.Value != "" && (k.Name != CookieName || !k.Secure || !k.HttpOnly || k.SameSite != http.SameSiteStrictMode || k.Path != "/" || k.Domain != "" || k.MaxAge != 0) {
				t.Errorf("cookie %+v", k)
			}
		}
		b, _ := io.ReadAll(r.Body)
		return string(b)
	}
}

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestSessionsBeginEndAndAreRevoked(t *testing.T) {
	dir, c := t.TempDir(), &clock{t: time.Now()}
	s := open(t, dir, c)
	set(t, s, 7)
	x := serve(t, s)
	office, phone := x.browser(t), x.browser(t)
	want(t, "nobody", office("/"), "0")
	office("/in/7")
	phone("/in/7")
	want(t, "signed in", office("/")+phone("/"), "77")
	if n, err := s.Count(ctx, 7); n != 2 || err != nil {
		t.Errorf("%d sessions, %v", n, err)
	}
	phone("/out")
	want(t, "one signed out", office("/")+phone("/"), "70")
	phone("/in/7")
	if err := s.Revoke(ctx, 7); err != nil {
		t.Fatal(err)
	}
	want(t, "revoked", office("/")+phone("/"), "00")
	if n, _ := s.Count(ctx, 7); n != 0 {
		t.Errorf("%d sessions after revoking", n)
	}
	office("/in/7")
	set(t, s, 7) // a new password ends them, too
	want(t, "password set", office("/"), "0")
	office("/in/9")
	want(t, "an account without a password", office("/"), "0")

	if _, err := s.NewPassword(ctx, 7); err != nil {
		t.Fatal(err)
	}
	office("/in/7")
	want(t, "first password", office("/"), "must change 7")
}

// Whoever had a token before signing in has nothing after it.
func TestSigningInGivesANewToken(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	set(t, s, 7)
	x := serve(t, s)
	b := x.browser(t)
	b("/in/7")
	old := token(t, x)
	b("/in/7")
	if now := token(t, x); old == now || old == "" {
		t.Errorf("hash of the token before %q, after %q", old, now)
	}
	var n int
	if err := s.db.QueryRow(`SELECT count(*) FROM sessions WHERE over = 0`).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d sessions in the file, %v", n, err)
	}
}

func token(t *testing.T, x *site) (hashed string) {
	t.Helper()
	if err := x.db.QueryRow(`SELECT token FROM sessions WHERE over = 0`).Scan(&hashed); err != nil {
		t.Fatal(err)
	}
	return hashed
}
