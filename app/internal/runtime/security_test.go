package runtime

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/signin"
	"github.com/mingcha-console/mingcha/app/internal/store"
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
		if err := w.c.passwords.SetPassword(t.Context(), wang.ID, "wang", password, false); err != nil {
			t.Fatal(err)
		}
		office, phone := w.signedIn("wang"), w.signedIn("wang")
		stream := phone.listen()
		end()
		stream.ends(what)
		for _, b := range []*browser{office, phone} {
			if status, answer := b.do("GET", "/api/rules", ""); status != 401 || problemCode(answer) != "sign_in" {
				t.Errorf("%s: %d %s", what, status, answer)
			}
		}
		head.do("PUT", "/api/accounts/"+itoa(wang.ID), `{"name":"王","role":"staff","active":true}`)
	}
	if err := w.c.passwords.SetPassword(t.Context(), wang.ID, "wang", password, false); err != nil {
		t.Fatal(err)
	}
	office, phone := w.signedIn("wang"), w.signedIn("wang")
	goesOn, stream := office.listen(), phone.listen()
	phone.do("POST", "/api/sign-out", "")
	stream.ends("signed out")
	if err := goesOn.WriteJSON(map[string]string{"type": "filter"}); err != nil {
		t.Error(err)
	}
	_ = goesOn.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	var end *websocket.CloseError
	for {
		if _, _, err := goesOn.ReadMessage(); errors.As(err, &end) {
			t.Errorf("somebody's other browser ended too: %v", err)
		} else if err != nil {
			break // nothing more to be heard
		}
	}
	stream = office.listen()
	office.do("POST", "/api/password", `{"current":"`+password+`","new":"two grey herons at dusk"}`)
	stream.ends("password changed")
	if status, _ := office.do("GET", "/api/rules", ""); status != 200 {
		t.Errorf("where it was changed: %d", status)
	}
}

// stream is a live stream that has begun.
type stream struct {
	t *testing.T
	*websocket.Conn
}

// listen follows the live stream.
func (b *browser) listen() stream {
	b.t.Helper()
	h := http.Header{"Origin": {b.base}}
	for _, c := range b.Jar.Cookies(mustURL(b.base)) {
		h.Add("Cookie", c.String())
	}
	d := websocket.Dialer{Subprotocols: []string{live.Subprotocol}, TLSClientConfig: b.Transport.(*http.Transport).TLSClientConfig}
	ws, _, err := d.Dial("wss"+strings.TrimPrefix(b.base, "https")+httpapi.LiveRoute, h)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { ws.Close() })
	if err := ws.WriteJSON(map[string]string{"type": "hello"}); err != nil {
		b.t.Fatal(err)
	}
	if _, m, err := ws.ReadMessage(); err != nil || !holds(m, "welcome") {
		b.t.Fatalf("%s, %v", m, err)
	}
	return stream{b.t, ws}
}

// ends wants it ended long before the next ping would find out.
func (s stream) ends(why string) {
	s.t.Helper()
	_ = s.SetReadDeadline(time.Now().Add(5 * time.Second))
	for {
		_, _, err := s.ReadMessage()
		if end := (*websocket.CloseError)(nil); errors.As(err, &end) {
			return
		}
		if err != nil {
			s.t.Errorf("%s: the live stream goes on: %v", why, err)
			return
		}
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
		"our host without TLS":  func(r *http.Request) { r.Header.Set("Origin", "http"+strings.TrimPrefix(b.base, "https")) },
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
	// Behind a gateway the host brings its default port, and the page's origin does
	// not; or the other way round.
	for _, c := range [][2]string{{"127.0.0.1:443", "https://127.0.0.1"}, {"127.0.0.1", "https://127.0.0.1:443"}, {"localhost:443", "https://localhost"}} {
		status, answer := b.do("POST", "/api/checkpoint", "", func(r *http.Request) { r.Host = c[0]; r.Header.Set("Origin", c[1]); r.Header.Del("Sec-Fetch-Site") })
		if status == 403 {
			t.Errorf("Host: %s, Origin: %s: %d %s", c[0], c[1], status, answer)
		}
	}
	if status, answer := b.do("POST", "/api/checkpoint", "", func(r *http.Request) { r.Host = "127.0.0.1:80"; r.Header.Set("Origin", "https://127.0.0.1") }); status != 403 {
		t.Errorf("another port: %d %s", status, answer)
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

// ASVS V8.2: whose a visit or a review was stays sealed, whatever the office
// lists of what people did: acts have the numbers and times of visits and
// verdicts.
func TestWhatPeopleDidNamesNoVolunteer(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("staff", access.Staff, "")
	seer := w.add("seer", access.Volunteer, "")
	w.fileVisit(w.signedIn("seer"))
	head, staff := w.signedIn("head"), w.signedIn("staff")
	page, _ := ask[store.Page[visit.VisitRow]](staff, 200, "GET", "/api/visits", "")
	visits := page.Rows
	for _, b := range []*browser{head, staff} {
		all, _ := ask[[]record.Act](b, 200, "GET", "/api/acts", "")
		found := false
		for _, a := range all {
			if a.By == seer.ID || a.Name == seer.Name {
				t.Errorf("%+v", a)
			}
			found = found || a.Seq == visits[0].Seq && a.Who == record.Volunteer && a.Type == "visit.filed"
		}
		if !found {
			t.Errorf("the visit is not among the acts: %+v", all)
		}
	}
	ask[any](head, 200, "PUT", "/api/accounts/"+itoa(seer.ID), `{"name":"姓名seer","role":"staff","active":true}`)
	all, _ := ask[[]record.Act](staff, 200, "GET", "/api/acts", "")
	found := false
	for _, a := range all {
		found = found || a.Seq == visits[0].Seq
		if a.Seq == visits[0].Seq && (a.By != 0 || a.Name != "") {
			t.Errorf("who visited has another role now: %+v", a)
		}
	}
	if !found {
		t.Errorf("the visit is not among the acts: %+v", all)
	}
}

// ASVS 6.1.1: an outsider who guesses without end does not keep the head out of
// the browser in which they work.
func TestNobodyCanKeepTheHeadOut(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	own := w.signedIn("head")
	own.do("POST", "/api/sign-out", "")
	stranger := w.browser()
	for range 6 {
		stranger.signIn("head", "wrong")
	}
	if _, code := stranger.signIn("head", password); code != "locked" {
		t.Errorf("guessing goes on: %q", code)
	}
	if status, code := own.signIn("head", password); status != 204 {
		t.Errorf("the head is locked out: %d %s", status, code)
	}
}

// ASVS 16.2.5: what is typed as a login that nobody has may be a password, and
// never comes into the journal.
func TestTheJournalTakesNoLoginThatNobodyHas(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	for range 5 {
		w.browser().signIn("my secret by mistake", "x")
		w.browser().signIn("head", "x")
	}
	rows, err := w.c.store.Readers().QueryContext(t.Context(), `SELECT body FROM journal WHERE kind = 9`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	locked := 0
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			t.Fatal(err)
		}
		if holds(body, "my secret by mistake") {
			t.Errorf("%s", body)
		}
		if holds(body, "access.locked_out") {
			locked++
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if locked != 2 {
		t.Errorf("%d lock-outs, want 2", locked)
	}
}

// ASVS 13.3.2, 14.2.4: nobody else on the machine reads the data, also where the
// folder was open to them, or files were copied there.
func TestNobodyElseOnTheMachineReadsTheData(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are inherited from the folder there")
	}
	dir := t.TempDir()
	if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(filepath.Join(dir, "mingcha.db"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	c, err := Open(t.Context(), Options{Dir: dir, Programs: ProgramsIn(dir), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // it was only read
	found := 0
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		found++
		if public := filepath.Base(path) == journal.PublicKeyFile; info.Mode().Perm()&0o077 != 0 && !public {
			t.Errorf("%s: %v", path, info.Mode())
		}
		return nil
	}); err != nil || found < 5 {
		t.Errorf("%d files, %v", found, err)
	}
}

// ASVS 16.2.5, 16.3.1, 16.3.2: what fails is logged with who, where and why, and
// without anything secret or anybody's name.
func TestWhatWasTurnedAwayIsLoggedAndNoSecret(t *testing.T) {
	var log bytes.Buffer
	var mu sync.Mutex
	w := openTownLogging(t, slog.New(slog.NewTextHandler(writer(func(b []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return log.Write(b)
	}), &slog.HandlerOptions{Level: slog.LevelDebug})))
	w.add("head", access.Head, "")
	leader := w.add("leader", access.Leader, "")
	b := w.signedIn("leader")
	w.browser().signIn("leader", "a wrong secret")
	w.browser().signIn("typed into the wrong field", "x")
	b.do("POST", "/api/checkpoint", "")
	b.do("GET", "/api/cases?text="+url.QueryEscape(applicant), "")
	b.do("POST", "/api/checkpoint", "", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") })
	head := w.signedIn("head")
	head.do("POST", "/api/cases/1/applicant", `{"reason":"核对身份"}`)
	_, answer := head.do("POST", "/api/second-factor", `{"password":"`+password+`"}`)
	mu.Lock()
	defer mu.Unlock()
	for _, want := range []string{
		"a sign-in failed\" account=" + itoa(leader.ID) + " code=wrong_sign_in remote=127.0.0.1",
		"a sign-in failed\" account=0 code=wrong_sign_in",
		"a request was turned away\" code=not_allowed account=" + itoa(leader.ID) + " method=POST path=/api/checkpoint remote=127.0.0.1",
		"code=foreign_origin",
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not tell %q:\n%s", want, log.String())
		}
	}
	secrets := []string{"a wrong secret", "typed into the wrong field", password, applicant, idNumber, phone, between(string(answer), `"secret":"`, `"`)}
	for _, b := range []*browser{b, head} {
		for _, c := range b.Jar.Cookies(mustURL(b.base)) {
			secrets = append(secrets, c.Value)
		}
	}
	for _, secret := range secrets {
		if secret == "" || strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q:\n%s", secret, log.String())
		}
	}
}

// writer writes by a function.
type writer func(b []byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }

// ASVS 7.5.2: everybody sees where they are signed in, and ends it elsewhere with
// the password.
func TestOnesOtherSessionsAreSeenAndEnded(t *testing.T) {
	w := openTown(t)
	w.add("vol", access.Volunteer, "")
	w.add("head", access.Head, "")
	office, phone, other := w.signedIn("vol"), w.signedIn("vol"), w.signedIn("head")
	all, _ := ask[[]account.OwnSession](office, 200, "GET", "/api/my/sessions", "")
	if len(all) != 2 || all[0].Here || !all[1].Here || all[0].Address != "127.0.0.1" || all[0].Agent == "" || all[0].BegunAt.Before(all[1].BegunAt) {
		t.Errorf("%+v", all)
	}
	if _, answer := ask[any](office, 422, "POST", "/api/my/sessions/end", `{"password":"wrong"}`); !holds(answer, `"field":"password"`) {
		t.Errorf("%s", answer)
	}
	if status, _ := phone.do("GET", "/api/rules", ""); status != 200 {
		t.Errorf("ended without the password: %d", status)
	}
	ask[any](office, 204, "POST", "/api/my/sessions/end", `{"password":"`+password+`"}`)
	for what, want := range map[*browser]int{office: 200, phone: 401, other: 200} {
		if status, _ := what.do("GET", "/api/rules", ""); status != want {
			t.Errorf("%d, want %d", status, want)
		}
	}
	if all, _ = ask[[]account.OwnSession](office, 200, "GET", "/api/my/sessions", ""); len(all) != 1 || !all[0].Here {
		t.Errorf("%+v", all)
	}
}
