package console

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/signin"
)

// What OWASP's ASVS asks of sign-in, sessions and requests at level 2, against
// a served console. Chapter and requirement stand with each test.

// ASVS V6.3: guessing is stopped; an unknown login is answered as a wrong
// password is; what locks is journaled, and only that.
func TestGuessingIsStoppedAndTellsNothing(t *testing.T) {
	w := openTown(t)
	w.add("wang", access.Staff, "")
	closed := w.add("closed", access.Staff, "")
	w.add("head", access.Head, "")
	head := w.signedIn("head")
	if status, answer := head.do("PUT", "/api/accounts/"+itoa(closed.ID), `{"name":"离职","role":"staff","active":false}`); status != 200 {
		t.Fatalf("%d %s", status, answer)
	}
	var answers []string
	for _, login := range []string{"wang", "nobody", "closed"} {
		guess := password
		if login == "wang" {
			guess = "wrong"
		}
		b := w.browser()
		status, answer := b.do("POST", "/api/sign-in", `{"login":"`+login+`","password":"`+guess+`"}`)
		answers = append(answers, itoa(uint64(status))+string(answer))
	}
	if answers[0] != answers[1] || answers[0] != answers[2] || !strings.Contains(answers[0], "wrong_sign_in") {
		t.Errorf("a stranger can tell logins apart: %q", answers)
	}
	b := w.browser()
	codes := ""
	for range 8 {
		_, code := b.signIn("wang", "wrong")
		codes += code + " "
	}
	if want := strings.Repeat("wrong_sign_in ", 4) + strings.Repeat("locked ", 4); codes != want {
		t.Errorf("after the first: %s, want %s", codes, want)
	}
	if _, code := b.signIn("wang", password); code != "locked" {
		t.Errorf("locked, with the right password: %q", code)
	}
	_, acts := head.do("GET", "/api/acts", "")
	if n := strings.Count(string(acts), "access.locked_out"); n != 1 {
		t.Errorf("%d lock-outs in the journal, want 1: %s", n, acts)
	}
	if holds(acts, "wrong") && strings.Contains(string(acts), `"wrong"`) {
		t.Error("the journal holds a password that was tried")
	}
}

// ASVS V6.4: a first password opens nothing but its own change.
func TestAFirstPasswordOpensNothing(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	_, answer := w.signedIn("head").do("POST", "/api/accounts", `{"login":"new","name":"新人","role":"staff"}`)
	first := between(string(answer), `"password":"`, `"`)
	b := w.browser()
	if status, code := b.signIn("new", first); status != 204 {
		t.Fatalf("%d %s", status, code)
	}
	for _, path := range []string{"/api/cases", "/api/rules", "/api/exports/cases", "/api/acts"} {
		if status, answer := b.do("GET", path, ""); status != 403 || problemCode(answer) != "must_change" {
			t.Errorf("%s: %d %s", path, status, answer)
		}
	}
	if status, answer := b.do("GET", "/api/session", ""); status != 200 || !holds(answer, `"must_change":true`) {
		t.Errorf("session: %d %s", status, answer)
	}
	if status, answer := b.do("POST", "/api/password", `{"current":"`+first+`","new":"password1"}`); status != 422 || !holds(answer, `"field":"new"`) {
		t.Errorf("a common password: %d %s", status, answer)
	}
	if status, answer := b.do("POST", "/api/password", `{"current":"`+first+`","new":"`+password+`"}`); status != 204 {
		t.Fatalf("%d %s", status, answer)
	}
	if status, _ := b.do("GET", "/api/cases", ""); status != 200 {
		t.Errorf("after the change: %d", status)
	}
}

// ASVS V7: a session has a new token after signing in, ends everywhere when it
// is revoked, the password changes or the role does, and the live stream with it.
func TestSessionsEndAtOnce(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	wang := w.add("wang", access.Staff, "")
	head := w.signedIn("head")
	fixed := "an-attacker-knows-this-token"
	b := w.browser()
	status, _ := b.do("POST", "/api/sign-in", `{"login":"wang","password":"`+password+`"}`, func(r *http.Request) {
		r.AddCookie(&http.Cookie{Name: signin.CookieName, Value: fixed})
	})
	if status != 204 {
		t.Fatal(status)
	}
	if status, _ := w.browser().do("GET", "/api/cases", "", func(r *http.Request) { r.AddCookie(&http.Cookie{Name: signin.CookieName, Value: fixed}) }); status != 401 {
		t.Errorf("the token from before signing in: %d", status)
	}
	for what, end := range map[string]func(){
		"revoked":        func() { head.do("POST", "/api/accounts/"+itoa(wang.ID)+"/revoke", "") },
		"another role":   func() { head.do("PUT", "/api/accounts/"+itoa(wang.ID), `{"name":"王","role":"duty","active":true}`) },
		"password reset": func() { head.do("POST", "/api/accounts/"+itoa(wang.ID)+"/reset", "") },
	} {
		if err := w.c.signin.SetPassword(t.Context(), wang.ID, "wang", password, false); err != nil {
			t.Fatal(err)
		}
		office, phone := w.signedIn("wang"), w.signedIn("wang")
		end()
		for _, b := range []*browser{office, phone} {
			if status, answer := b.do("GET", "/api/rules", ""); status != 401 || problemCode(answer) != "sign_in" {
				t.Errorf("%s: %d %s", what, status, answer)
			}
		}
		head.do("PUT", "/api/accounts/"+itoa(wang.ID), `{"name":"王","role":"staff","active":true}`)
	}
}

// ASVS V3.5, V4.4: other sites' pages can do nothing in a person's name, by form,
// script or socket.
func TestOtherSitesCanDoNothing(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	b := w.signedIn("head")
	for what, change := range map[string]func(*http.Request){
		"origin":                func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"sandboxed":             func(r *http.Request) { r.Header.Set("Origin", "null") },
		"same host, other port": func(r *http.Request) { r.Header.Set("Origin", "https://127.0.0.1:1") },
		"cross-site fetch":      func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"same-site fetch":       func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "same-site") },
		"foreign host":          func(r *http.Request) { r.Host = "evil.example"; r.Header.Del("Origin") },
	} {
		if status, answer := b.do("POST", "/api/checkpoint", "", change); status != 403 {
			t.Errorf("%s: %d %s", what, status, answer)
		}
	}
	if status, answer := b.do("POST", "/api/accounts", "login=x&name=y&role=head", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }); status != 415 {
		t.Errorf("a form: %d %s", status, answer)
	}
	cookies := b.Jar.Cookies(mustURL(b.base))
	dial := func(origin string, cookies []*http.Cookie) int {
		h := http.Header{"Origin": {origin}}
		for _, c := range cookies {
			h.Add("Cookie", c.String())
		}
		d := websocket.Dialer{Subprotocols: []string{live.Subprotocol}, TLSClientConfig: w.http.Client().Transport.(*http.Transport).TLSClientConfig, HandshakeTimeout: time.Minute}
		ws, resp, err := d.Dial("wss"+strings.TrimPrefix(b.base, "https")+"/api/live", h)
		if err == nil {
			ws.Close()
		}
		if resp == nil {
			t.Fatal(err)
		}
		return resp.StatusCode
	}
	if got := dial(b.base, cookies); got != http.StatusSwitchingProtocols {
		t.Errorf("our own page's socket: %d", got)
	}
	if got := dial("https://evil.example", cookies); got != 403 {
		t.Errorf("a foreign page's socket: %d", got)
	}
	if got := dial(b.base, nil); got != 401 {
		t.Errorf("a socket of nobody: %d", got)
	}
	w.add("vol", access.Volunteer, "")
	if got := dial(b.base, w.signedIn("vol").Jar.Cookies(mustURL(b.base))); got != 403 {
		t.Errorf("a volunteer's socket: %d", got)
	}
}

// ASVS V4, V5: what is too big, goes up the tree or is not JSON is refused, and
// what departments send is only ever data.
func TestWhatIsSentIsBoundedAndNeverRuns(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	b := w.signedIn("head")
	if status, _ := b.do("PUT", "/api/calendar/2027", `{"year":2027,"days":[`+strings.Repeat(" ", 2<<20)+`]}`); status != 413 {
		t.Errorf("2 MiB: %d", status)
	}
	if status, _ := b.do("POST", "/api/accounts", `{"login":"`+strings.Repeat("a", 2<<20)+`"}`); status != 413 && status != 422 {
		t.Errorf("a login of 2 MiB: %d", status)
	}
	for _, path := range []string{"/../../etc/passwd", "/..%2f..%2f..%2fetc/passwd", "/assets/../../accounts.db", "/%2e%2e/accounts.db", "/api/../accounts.db", "/api/draws/..%2f..%2fx/certificate"} {
		status, answer := b.do("GET", path, "")
		if holds(answer, "root:") || holds(answer, "SQLite") || status == 500 {
			t.Errorf("%s: %d %.80s", path, status, answer)
		}
	}
	r, err := b.Get(b.base + "/api/cases")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Content-Type": "application/json"} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	csp := r.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(csp, part) {
			t.Errorf("%q lacks %q", csp, part)
		}
	}
	if strings.Contains(csp, "unsafe-eval") || strings.Contains(strings.Split(csp, "style-src")[0], "unsafe-inline") {
		t.Errorf("scripts may stand inline: %q", csp)
	}
}
