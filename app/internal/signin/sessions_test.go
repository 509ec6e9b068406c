package signin

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

// shipped is what a password costs in the program. The tests of this package,
// which hash some hundreds, have it cheaper.
var shipped = params

func TestMain(m *testing.M) {
	params.Memory, params.Iterations = 2048, 1
	goleak.VerifyTestMain(m)
}

// OWASP's smallest parameters of argon2id.
func TestWhatAPasswordCosts(t *testing.T) {
	if shipped.Memory < 19*1024 || shipped.Iterations < 2 || shipped.Parallelism < 1 || shipped.SaltLength < 16 || shipped.KeyLength < 32 {
		t.Errorf("%+v", shipped)
	}
}

// ask sends one request with a cookie and gives back the cookie that is then
// held, and who the console says it is.
func ask(t *testing.T, s *Service, cookie string, during func(ctx context.Context)) (held string, account uint64) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://console/", nil)
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: CookieName, Value: cookie})
	}
	w := httptest.NewRecorder()
	s.Load(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if during != nil {
			during(r.Context())
		}
		var err error
		if account, _, err = s.Who(r.Context()); err != nil {
			t.Error(err)
		}
	})).ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
	held = cookie
	for _, k := range w.Result().Cookies() {
		held = k.Value
	}
	return held, account
}

func signIn(t *testing.T, s *Service, cookie string, account uint64) string {
	t.Helper()
	held, _ := ask(t, s, cookie, func(ctx context.Context) {
		g, err := s.Generation(ctx, account)
		if err := errors.Join(err, s.Begin(ctx, account, g)); err != nil {
			t.Error(err)
		}
	})
	return held
}

func who(t *testing.T, s *Service, cookie string) uint64 {
	t.Helper()
	_, account := ask(t, s, cookie, nil)
	return account
}

// inTime runs a test on a clock that stands still until everybody sleeps.
func inTime(t *testing.T, test func(t *testing.T, dir string, s *Service)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := openNow(t, dir)
		set(t, s, 7)
		test(t, dir, s)
	})
}

func openNow(t *testing.T, dir string) *Service {
	t.Helper()
	s, err := Open(dir, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestASessionEndsAfterTwoHoursWithoutARequest(t *testing.T) {
	inTime(t, func(t *testing.T, _ string, s *Service) {
		cookie := signIn(t, s, "", 7)
		for range 3 {
			time.Sleep(2*time.Hour - refresh)
			if who(t, s, cookie) != 7 {
				t.Fatal("ended although it was used within two hours")
			}
		}
		time.Sleep(2*time.Hour + time.Second)
		if n, err := s.Count(ctx, 7); n != 0 || err != nil || who(t, s, cookie) != 0 {
			t.Errorf("goes on after two idle hours; counted %d, %v", n, err)
		}
	})
}

func TestASessionEndsAfterTwelveHoursHoweverBusy(t *testing.T) {
	inTime(t, func(t *testing.T, _ string, s *Service) {
		cookie := signIn(t, s, "", 7)
		for range 11 {
			time.Sleep(time.Hour)
			if who(t, s, cookie) != 7 {
				t.Fatal("ended within twelve hours")
			}
		}
		time.Sleep(time.Hour - time.Second)
		if who(t, s, cookie) != 7 {
			t.Error("ended a second before twelve hours")
		}
		time.Sleep(2 * time.Second)
		if who(t, s, cookie) != 0 {
			t.Error("goes on after twelve hours")
		}
	})
}

// An idle time is counted from the last request but for a minute at most, also
// where requests come faster than they are written.
func TestRequestsOfOneMinuteAreWrittenOnce(t *testing.T) {
	inTime(t, func(t *testing.T, _ string, s *Service) {
		cookie := signIn(t, s, "", 7)
		begun := time.Now()
		writes := map[int64]bool{}
		for range 600 { // ten minutes of a request a second
			time.Sleep(time.Second)
			if who(t, s, cookie) != 7 {
				t.Fatal("ended")
			}
			var expires int64
			if err := s.db.QueryRow(`SELECT expires FROM sessions`).Scan(&expires); err != nil {
				t.Fatal(err)
			}
			writes[expires] = true
			if left := time.Until(time.UnixMicro(expires)); left <= 2*time.Hour-refresh || left > 2*time.Hour {
				t.Fatalf("%v after its begin it has %v left", time.Since(begun), left)
			}
		}
		if len(writes) != 11 { // at the sign-in, and each minute
			t.Errorf("written %d times", len(writes))
		}
	})
}

func TestSessionsOutliveARestart(t *testing.T) {
	inTime(t, func(t *testing.T, dir string, s *Service) {
		cookie, other := signIn(t, s, "", 7), signIn(t, s, "", 7)
		if err := s.Revoke(ctx, 7); err != nil {
			t.Fatal(err)
		}
		cookie = signIn(t, s, cookie, 7)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openNow(t, dir)
		if who(t, s, cookie) != 7 || who(t, s, other) != 0 {
			t.Error("a restart ends sessions, or brings revoked ones back")
		}
	})
}

// A request that began before its session ended finishes after it, and must not
// write it anew: the browser has forgotten the cookie, a thief has not.
func TestARequestUnderWayDoesNotBringAnEndedSessionBack(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, s *Service, cookie string){
		"signed out": func(t *testing.T, s *Service, cookie string) {
			ask(t, s, cookie, func(ctx context.Context) {
				if err := s.End(ctx); err != nil {
					t.Error(err)
				}
			})
		},
		"signed in again": func(t *testing.T, s *Service, cookie string) { signIn(t, s, cookie, 7) },
		"revoked": func(t *testing.T, s *Service, _ string) {
			if err := s.Revoke(ctx, 7); err != nil {
				t.Error(err)
			}
		},
		"new password": func(t *testing.T, s *Service, _ string) { set(t, s, 7) },
	} {
		t.Run(name, func(t *testing.T) {
			inTime(t, func(t *testing.T, _ string, s *Service) {
				cookie := signIn(t, s, "", 7)
				time.Sleep(2 * refresh) // long enough that the request below has to be written
				ask(t, s, cookie, func(context.Context) { end(t, s, cookie) })
				if who(t, s, cookie) != 0 {
					t.Error("the old cookie is good again")
				}
			})
		})
	}
}

// What is revoked is told by a count: a clock that is set back, or stands still,
// neither keeps people out nor lets them stay.
func TestRevokingDoesNotHangOnTheClock(t *testing.T) {
	c := &clock{t: time.Now()}
	s, err := Open(t.TempDir(), func() time.Time { return c.t }, slog.New(slog.DiscardHandler)) // stands still
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	set(t, s, 7)
	cookie := signIn(t, s, "", 7)
	if who(t, s, cookie) != 7 {
		t.Fatal("not signed in")
	}
	ask(t, s, cookie, func(context.Context) {
		if err := s.Revoke(ctx, 7); err != nil {
			t.Error(err)
		}
	})
	if who(t, s, cookie) != 0 {
		t.Error("a session of the moment of revoking goes on")
	}
	c.t = c.t.Add(-time.Hour)
	if cookie = signIn(t, s, cookie, 7); who(t, s, cookie) != 7 {
		t.Error("nobody gets in after the clock was set back")
	}
}

func TestAnEarlierTokenIsWorthNothingAfterSigningIn(t *testing.T) {
	inTime(t, func(t *testing.T, _ string, s *Service) {
		old := signIn(t, s, "", 7)
		now := signIn(t, s, old, 7)
		if old == now || who(t, s, old) != 0 || who(t, s, now) != 7 {
			t.Errorf("%q before, %q after", old, now)
		}
		planted := "a-token-that-somebody-else-chose-for-this-browser"
		if got := signIn(t, s, planted, 7); got == planted || who(t, s, planted) != 0 {
			t.Error("a planted token was taken")
		}
	})
}

func TestTheFilesHoldNoToken(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, &clock{t: time.Now()})
	set(t, s, 7)
	cookie := signIn(t, s, "", 7)
	if len(cookie) < 40 {
		t.Fatalf("cookie %q", cookie)
	}
	for _, closed := range []bool{false, true} {
		if closed {
			s.Close()
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil || bytes.Contains(b, []byte(cookie)) {
				t.Errorf("%s holds the token, or %v", f, err)
			}
			if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: mode %v, %v", f, info.Mode(), err)
			}
		}
	}
}

func TestFortyBrowsersAtOnce(t *testing.T) {
	s := openNow(t, t.TempDir())
	for account := range uint64(40) {
		if _, err := s.db.Exec(`INSERT INTO credentials VALUES (?, ?, 0, 0, 1)`, account+1, decoy()); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for account := range uint64(40) {
		wg.Go(func() {
			cookie := signIn(t, s, "", account+1)
			for range 20 {
				if got := who(t, s, cookie); got != account+1 {
					t.Error("signed in as " + strconv.FormatUint(account+1, 10) + ", asked as " + strconv.FormatUint(got, 10))
				}
			}
		})
	}
	wg.Wait()
}

// Between the check of a password and the session's beginning the password may
// change, or the head may end all sessions: who knew the old one is not let in.
func TestASessionOfAPasswordThatChangedMeanwhileIsNone(t *testing.T) {
	inTime(t, func(t *testing.T, _ string, s *Service) {
		ctx := t.Context()
		if err := s.SetPassword(ctx, 7, "wang", good, false); err != nil {
			t.Fatal(err)
		}
		for name, meanwhile := range map[string]func() error{
			"changed": func() error { return s.SetPassword(ctx, 7, "wang", "three grey herons", false) },
			"ended":   func() error { return s.Revoke(ctx, 7) },
		} {
			g, err := s.Generation(ctx, 7)
			if err := errors.Join(err, meanwhile()); err != nil {
				t.Fatal(err)
			}
			held, _ := ask(t, s, "", func(ctx context.Context) {
				if err := s.Begin(ctx, 7, g); err != nil {
					t.Error(err)
				}
			})
			if got := who(t, s, held); got != 0 {
				t.Errorf("%s: the session is of account %d", name, got)
			}
		}
		if got := who(t, s, signIn(t, s, "", 7)); got != 7 {
			t.Errorf("a session begun in order is of account %d", got)
		}
	})
}
