package runtime

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/pquerna/otp/totp"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/signin"
)

// phoneApp is somebody's authenticator app.
type phoneApp struct {
	t         *testing.T
	secret    string
	confirmed string // the code that turned it on
}

// code is what the app shows so many half minutes from now.
func (a phoneApp) code(steps int) string {
	a.t.Helper()
	code, err := totp.GenerateCode(a.secret, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		a.t.Fatal(err)
	}
	return code
}

// setUp turns a person's second factor on in their browser.
func (b *browser) setUp() (phoneApp, []string) {
	b.t.Helper()
	var made struct{ Secret, Address, QR string }
	status, answer := b.do("POST", "/api/second-factor", `{"password":"`+password+`"}`)
	if err := json.Unmarshal(answer, &made); status != 200 || err != nil || !strings.HasPrefix(made.QR, "data:image/png;base64,iVBOR") || !strings.Contains(made.Address, made.Secret) {
		b.t.Fatalf("%d %.200s, %v", status, answer, err)
	}
	a := phoneApp{t: b.t, secret: made.Secret}
	a.confirmed = a.code(0)
	var told struct{ Codes []string }
	status, answer = b.do("POST", "/api/second-factor/confirm", `{"code":"`+a.confirmed+`"}`)
	if err := json.Unmarshal(answer, &told); status != 200 || err != nil || len(told.Codes) != 10 {
		b.t.Fatalf("%d %s, %v", status, answer, err)
	}
	return a, told.Codes
}

func (b *browser) signInWith(login, code string, change ...func(*http.Request)) (int, string) {
	b.t.Helper()
	body, _ := json.Marshal(map[string]string{"login": login, "password": password, "code": code})
	status, answer := b.do("POST", "/api/sign-in", string(body), change...)
	return status, problemCode(answer)
}

// ASVS 6.3.3: who has a second factor signs in with both; a code opens once, and
// under a token nobody knew before.
func TestSigningInWithASecondFactor(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("wang", access.Staff, "")
	office, other := w.signedIn("wang"), w.signedIn("wang")
	if status, answer := office.do("POST", "/api/second-factor", `{"password":"a guess"}`); status != 422 || !holds(answer, `"field":"password"`) {
		t.Errorf("without the password: %d %s", status, answer)
	}
	a, recovery := office.setUp()
	next := a.code(1)
	if status, _ := other.do("GET", "/api/rules", ""); status != 401 {
		t.Errorf("the session elsewhere goes on: %d", status)
	}
	if status, answer := office.do("GET", "/api/second-factor", ""); status != 200 || !holds(answer, `"on":true`) || !holds(answer, `"recovery":10`) {
		t.Errorf("here: %d %s", status, answer)
	}
	if status, code := other.signIn("wang", password); status != 401 || code != signin.CodeWanted {
		t.Errorf("the password alone: %d %s", status, code)
	}
	if status, _ := other.do("GET", "/api/session", ""); status != 401 {
		t.Errorf("after the password alone: %d", status)
	}
	if status, code := other.signInWith("wang", a.confirmed); status != 401 || code != signin.CodeWrongCode {
		t.Errorf("the code that confirmed, once more: %d %s", status, code)
	}
	fixed := "an-attacker-knows-this-token"
	plant := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: signin.CookieName, Value: fixed}) }
	if status, code := other.signInWith("wang", next, plant); status != 204 {
		t.Errorf("both: %d %s", status, code)
	}
	if status, _ := other.do("GET", "/api/rules", ""); status != 200 {
		t.Errorf("signed in with both: %d", status)
	}
	if status, _ := w.browser().do("GET", "/api/rules", "", plant); status != 401 {
		t.Errorf("the token from before signing in: %d", status)
	}
	if status, code := w.browser().signInWith("wang", next); status != 401 || code != signin.CodeWrongCode {
		t.Errorf("the same code again: %d %s", status, code)
	}
	if status, code := w.browser().signInWith("wang", recovery[3]); status != 204 {
		t.Errorf("a recovery code: %d %s", status, code)
	}
	if status, code := w.browser().signInWith("wang", recovery[3]); status != 401 || code != signin.CodeWrongCode {
		t.Errorf("a recovery code again: %d %s", status, code)
	}
	_, acts := w.signedIn("head").do("GET", "/api/acts", "")
	for _, one := range []string{"access.factor_on", "access.recovery_used"} {
		if n := strings.Count(string(acts), one); n != 1 {
			t.Errorf("%d × %s in the journal", n, one)
		}
	}
	if status, answer := office.do("POST", "/api/second-factor/off", `{"password":"a guess"}`); status != 422 {
		t.Errorf("off without the password: %d %s", status, answer)
	}
	if status, answer := office.do("POST", "/api/second-factor/off", `{"password":"`+password+`"}`); status != 204 {
		t.Errorf("off: %d %s", status, answer)
	}
	if status, _ := other.do("GET", "/api/rules", ""); status != 401 {
		t.Errorf("the session elsewhere goes on after turning it off: %d", status)
	}
	w.signedIn("wang")
}

func TestGuessingCodesIsStoppedAndJournaledOnce(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("wang", access.Staff, "")
	a, recovery := w.signedIn("wang").setUp()
	b := w.browser()
	codes := ""
	for range 7 {
		b.signIn("wang", password) // right, which forgives nothing
		_, code := b.signInWith("wang", a.code(-3))
		codes += code + " "
	}
	if want := strings.Repeat(signin.CodeWrongCode+" ", 5) + strings.Repeat("locked ", 2); codes != want {
		t.Errorf("%s, want %s", codes, want)
	}
	for _, right := range []string{a.code(1), recovery[0]} {
		if _, code := b.signInWith("wang", right); code != "locked" {
			t.Errorf("locked, with what is right: %s", code)
		}
	}
	_, acts := w.signedIn("head").do("GET", "/api/acts", "")
	if n := strings.Count(string(acts), "access.locked_out"); n != 1 {
		t.Errorf("%d lock-outs in the journal", n)
	}
}

// Whose role needs a second factor does nothing before there is one, first
// password or not, and also where they are signed in already.
func TestARoleThatNeedsASecondFactorIsLedToIt(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("wang", access.Staff, "")
	w.add("duty", access.Duty, "")
	head, wang := w.signedIn("head"), w.signedIn("wang")
	if status, answer := head.do("PUT", "/api/factor-roles", `{"roles":["staff"]}`); status != 204 {
		t.Fatalf("%d %s", status, answer)
	}
	if _, answer := head.do("GET", "/api/factor-roles", ""); !holds(answer, `["staff"]`) {
		t.Errorf("roles %s", answer)
	}
	if status, answer := head.do("PUT", "/api/factor-roles", `{"roles":["king"]}`); status != 422 {
		t.Errorf("a role that does not exist: %d %s", status, answer)
	}
	_, answer := head.do("POST", "/api/accounts", `{"login":"new","name":"新人","role":"staff"}`)
	first := between(string(answer), `"password":"`, `"`)
	fresh := w.browser()
	if status, code := fresh.signIn("new", first); status != 204 {
		t.Fatalf("%d %s", status, code)
	}
	if status, answer := fresh.do("POST", "/api/second-factor", `{"password":"`+first+`"}`); status != 403 || problemCode(answer) != "must_change" {
		t.Errorf("before the password is changed: %d %s", status, answer)
	}
	if status, answer := fresh.do("POST", "/api/password", `{"current":"`+first+`","new":"`+password+`"}`); status != 204 {
		t.Fatalf("%d %s", status, answer)
	}
	for who, b := range map[string]*browser{"new": fresh, "signed in before": wang} {
		for _, c := range calls(t) {
			if c.id == "signIn" || c.id == "signOut" {
				continue
			}
			status, answer := b.do(c.method, c.path, c.body)
			open := c.id == "session" || strings.HasSuffix(c.id, "econdFactor") && slices.Contains(httpapi.Table(Described())[c.id], access.Volunteer) && c.id != "endSecondFactor"
			if held := status == 403 && problemCode(answer) == "must_set_up"; held == open {
				t.Errorf("%s, %s: %d %.200s", who, c.id, status, answer)
			}
		}
		h := http.Header{"Origin": {b.base}}
		for _, c := range b.Jar.Cookies(mustURL(b.base)) {
			h.Add("Cookie", c.String())
		}
		d := websocket.Dialer{Subprotocols: []string{live.Subprotocol}, TLSClientConfig: w.http.Client().Transport.(*http.Transport).TLSClientConfig, HandshakeTimeout: time.Minute}
		if _, r, err := d.Dial("wss"+strings.TrimPrefix(b.base, "https")+"/api/live", h); err == nil || r == nil || r.StatusCode != 403 {
			t.Errorf("%s, the live stream: %v", who, err)
		}
		b.setUp()
		if status, answer := b.do("GET", "/api/cases", ""); status != 200 {
			t.Errorf("%s, afterwards: %d %s", who, status, answer)
		}
	}
	for _, login := range []string{"head", "duty"} {
		if status, answer := w.signedIn(login).do("GET", "/api/cases", ""); status != 200 {
			t.Errorf("%s: %d %s", login, status, answer)
		}
	}
}

func TestTheHeadTakesALostSecondFactorOff(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	wang := w.add("wang", access.Staff, "")
	head, office := w.signedIn("head"), w.signedIn("wang")
	office.setUp()
	if _, answer := head.do("GET", "/api/accounts", ""); strings.Count(string(answer), `"second_factor":true`) != 1 {
		t.Errorf("accounts %s", answer)
	}
	if status, answer := head.do("POST", "/api/accounts/"+itoa(wang.ID)+"/remove-second-factor", ""); status != 204 {
		t.Fatalf("%d %s", status, answer)
	}
	if status, _ := office.do("GET", "/api/rules", ""); status != 401 {
		t.Errorf("the session goes on: %d", status)
	}
	w.signedIn("wang")
	if _, acts := head.do("GET", "/api/acts", ""); strings.Count(string(acts), "access.factor_removed") != 1 {
		t.Errorf("acts %s", acts)
	}
	if status, _ := head.do("POST", "/api/accounts/999/remove-second-factor", ""); status != 404 {
		t.Errorf("of nobody: %d", status)
	}
}

// A secret is in accounts.db alone: in no other file of the folder, no backup, no
// answer but the one that shows it.
func TestASecretIsKeptInOnePlace(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	head := w.signedIn("head")
	a, recovery := head.setUp()
	dir := w.c.opts.Dir
	backup := filepath.Join(t.TempDir(), "backup.zip")
	if err := Backup(t.Context(), dir, backup); err != nil {
		t.Fatal(err)
	}
	kept := func(name string, b []byte) {
		for what, secret := range map[string]string{"secret": a.secret, "recovery code": recovery[0]} {
			if bytes.Contains(b, []byte(secret)) && (what != "secret" || !strings.HasPrefix(name, signin.File)) {
				t.Errorf("%s holds the %s", name, what)
			}
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	found := false
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		kept(f.Name(), b)
		found = found || bytes.Contains(b, []byte(a.secret))
	}
	if !found {
		t.Error("the secret is not found where it has to be: this test finds nothing")
	}
	z, err := zip.OpenReader(backup)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) < 3 {
		t.Fatalf("the backup has %d files", len(z.File))
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		kept("the backup's "+f.Name, b)
	}
	for _, path := range []string{"/api/acts", "/api/accounts", "/api/session", "/api/second-factor"} {
		_, answer := ask[any](head, 200, "GET", path, "")
		kept(path, answer)
	}
}
