package signin

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"
)

// visit is a request's context in a browser with cookies, and the cookie that it
// is given.
func visit(t *testing.T, s *Service, cookies []*http.Cookie, do func(r *http.Request)) []*http.Cookie {
	t.Helper()
	r := httptest.NewRequest("POST", "/", nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	do(withBrowser(w, r))
	return w.Result().Cookies()
}

// ASVS 6.1.1: who guesses at a login locks all browsers out but those in which
// its person has signed in before; and those are no more than a second place to
// guess.
func TestAStrangerLocksNobodyOutOfTheirOwnBrowser(t *testing.T) {
	c := &clock{t: time.Now()}
	s := open(t, t.TempDir(), c)
	set(t, s, 7)
	set(t, s, 8)
	check := func(account uint64, cookies []*http.Cookie, password string) (got string) {
		visit(t, s, cookies, func(r *http.Request) {
			login := map[uint64]string{7: "wang", 8: "li"}[account]
			got = code(s.Check(r.Context(), account, login, "10.0.0.1", password, ""))
		})
		return got
	}
	recognize := func(account uint64, cookies []*http.Cookie) []*http.Cookie {
		return visit(t, s, cookies, func(r *http.Request) {
			if err := s.Recognize(r.Context(), account); err != nil {
				t.Fatal(err)
			}
		})
	}
	own := recognize(7, nil)
	if len(own) != 1 || own[0].Name != browserCookie || !own[0].HttpOnly || !own[0].Secure || own[0].SameSite != http.SameSiteStrictMode || own[0].Path != "/" || own[0].Domain != "" {
		t.Fatalf("%+v", own)
	}
	if again := recognize(7, own); len(again) != 0 {
		t.Errorf("a browser that is known gets another cookie: %v", again)
	}
	for range 6 {
		check(7, nil, "wrong")
	}
	for i := range addressFailures {
		s.Check(ctx, 0, "login"+strconv.Itoa(i), "10.0.0.1", "x", "")
	}
	if got := check(7, nil, good); got != CodeLocked {
		t.Errorf("elsewhere: %q", got)
	}
	if got := check(7, own, good); got != "" {
		t.Errorf("in one's own browser: %q", got)
	}
	if got := check(7, nil, good); got != CodeLocked {
		t.Errorf("signing in there let strangers guess on: %q", got)
	}
	forged := []*http.Cookie{{Name: browserCookie, Value: "PLANTEDPLANTEDPLANTEDPLANT"}}
	if got := check(7, forged, good); got != CodeLocked {
		t.Errorf("a cookie of one's own making: %q", got)
	}
	if got := recognize(8, forged); len(got) != 1 || got[0].Value == forged[0].Value {
		t.Errorf("a planted cookie is taken: %v", got)
	}
	if got := check(8, own, good); got != CodeLocked {
		t.Errorf("the browser is known as another's; the address is turned away: %q", got)
	}
	for range 5 {
		check(7, own, "wrong")
	}
	if got := check(7, own, good); got != CodeLocked {
		t.Errorf("guessing there: %q", got)
	}
	if err := s.Unlock(ctx, "wang"); err != nil {
		t.Fatal(err)
	}
	if got := check(7, own, good); got != "" {
		t.Errorf("unlocked: %q", got)
	}
	c.pass(browserMemory)
	for range 5 {
		check(7, nil, "wrong")
	}
	if got := check(7, own, good); got != CodeLocked {
		t.Errorf("half a year later: %q", got)
	}
}

func TestAnAccountsBrowsersAreBounded(t *testing.T) {
	s := open(t, t.TempDir(), &clock{t: time.Now()})
	for range mostBrowsers + 5 {
		visit(t, s, nil, func(r *http.Request) {
			if err := s.Recognize(r.Context(), 7); err != nil {
				t.Fatal(err)
			}
		})
	}
	var n int
	if err := s.db.QueryRow(`SELECT count(*) FROM browsers`).Scan(&n); err != nil || n != mostBrowsers {
		t.Errorf("%d browsers, %v", n, err)
	}
}

// ASVS 6.4.1: a first password does not lie about for ever; one that was changed
// has no end (6.2.10).
func TestAFirstPasswordIsGoodForAWeek(t *testing.T) {
	c := &clock{t: time.Now()}
	s := open(t, t.TempDir(), c)
	first, err := s.NewPassword(ctx, 7)
	if err != nil {
		t.Fatal(err)
	}
	c.pass(firstValid - time.Hour)
	if err := s.Check(ctx, 7, "wang", "10.0.0.1", first, ""); err != nil {
		t.Errorf("within the week: %v", err)
	}
	c.pass(time.Hour)
	if got := code(s.Check(ctx, 7, "wang", "10.0.0.1", first, "")); got != CodeExpired {
		t.Errorf("after a week: %q", got)
	}
	if got := code(s.Check(ctx, 7, "wang", "10.0.0.1", "wrong", "")); got != CodeWrong {
		t.Errorf("who does not know it is told that it is over: %q", got)
	}
	set(t, s, 7)
	c.pass(1000 * 24 * time.Hour)
	if err := s.Check(ctx, 7, "wang", "10.0.0.1", good, ""); err != nil {
		t.Errorf("one's own after three years: %v", err)
	}
}
