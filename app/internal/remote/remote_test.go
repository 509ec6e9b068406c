package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	pages "github.com/mingcha-console/mingcha/app/internal/features/office"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/netserver"
	run "github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/signin"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

const (
	windowOrigin = "wails://wails"
	password     = "four grey horses at noon"
)

var (
	here  = access.With(context.Background(), access.Here)
	quiet = slog.New(slog.DiscardHandler)
)

// office is a console that is open to its network, with a head.
type office struct {
	t     *testing.T
	hub   *live.Hub
	door  *netserver.Door
	name  string // what tells it from other consoles
	first string // the head's password
}

func openOffice(t *testing.T) *office {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := run.KeepNetwork(dir, run.Network{Host: "127.0.0.1"}); err != nil {
		t.Fatal(err)
	}
	c, err := run.Open(here, run.Options{Dir: dir, Programs: run.ProgramsIn(dir), Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	hub := live.New(live.Options{Backlog: c.Cases()})
	o := &office{t: t, hub: hub, name: c.Name(), door: netserver.NewDoor(netserver.Office{Console: c, Hub: hub, Dir: dir, Logger: quiet})}
	t.Cleanup(func() {
		if err := errors.Join(o.door.Shut(), c.Close()); err != nil {
			t.Error(err)
		}
		hub.Close()
	})
	head, err := c.People().CreateAccount(here, account.NewAccount{Login: "zhuren", Name: "主任", Role: access.Head})
	if err != nil {
		t.Fatal(err)
	}
	o.first = head.Password
	o.open(0)
	return o
}

func (o *office) open(port int) {
	o.t.Helper()
	if _, err := o.door.Open(here, port); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) close() {
	o.t.Helper()
	if _, err := o.door.Close(here); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) state() *pages.NetworkState {
	o.t.Helper()
	s, err := o.door.State(here)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

func (o *office) address() string { return fmt.Sprintf("127.0.0.1:%d", o.state().Port) }

func options(t *testing.T, address string) Options {
	return Options{Address: address, Book: NewBook(t.TempDir()), Origins: []string{windowOrigin}, Version: "1.2.3", Bodies: httpapi.BodiesOf(run.Described()), Logger: quiet}
}

// confirmed connects as somebody does who has compared the fingerprint.
func confirmed(t *testing.T, o Options) *window {
	t.Helper()
	_, err := Connect(t.Context(), o)
	var unknown *Unknown
	if !errors.As(err, &unknown) {
		t.Fatalf("at first contact: %v", err)
	}
	o.Trust = unknown.Key
	return connected(t, o)
}

// window is the handler that the window's pages reach.
type window struct {
	t *testing.T
	*Console
	pages http.Handler
}

func connected(t *testing.T, o Options) *window {
	t.Helper()
	c, err := Connect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return &window{t, c, httpapi.New(httpapi.Options{Elsewhere: c, Features: run.Described(), Logger: quiet, Version: "1.2.3"})}
}

// do asks as a page of the window does.
func (w *window) do(method, path, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host, r.ContentLength = "wails", -1 // as the web view sends it
	r.Header.Set("Origin", windowOrigin)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, f := range change {
		f(r)
	}
	got := httptest.NewRecorder()
	w.pages.ServeHTTP(got, r)
	if seen := fmt.Sprint(got.Header()); strings.Contains(seen, signin.CookieName) || strings.Contains(seen, "Set-Cookie") {
		w.t.Errorf("%s %s hands the page a cookie: %s", method, path, seen)
	}
	return got
}

func (w *window) enter(login, first string) {
	w.t.Helper()
	if got := w.do("POST", "/api/sign-in", `{"login":"`+login+`","password":"`+first+`"}`); got.Code != http.StatusNoContent {
		w.t.Fatalf("sign in: %d %s", got.Code, got.Body)
	}
	if got := w.do("POST", "/api/password", `{"current":"`+first+`","new":"`+password+`"}`); got.Code != http.StatusNoContent {
		w.t.Fatalf("first password: %d %s", got.Code, got.Body)
	}
}

func (w *window) session() (s pages.Session) {
	w.t.Helper()
	got := w.do("GET", "/api/session", "")
	if err := json.Unmarshal(got.Body.Bytes(), &s); got.Code != http.StatusOK || err != nil {
		w.t.Fatalf("session: %d %s", got.Code, got.Body)
	}
	return s
}

func problem(got *httptest.ResponseRecorder) (code string) {
	var p struct{ Code, ZH, EN string }
	if json.Unmarshal(got.Body.Bytes(), &p) != nil || p.ZH == "" || p.EN == "" {
		return "no problem: " + got.Body.String()
	}
	return p.Code
}

func isFault(t *testing.T, err error, code string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code || f.ZH == "" || f.EN == "" {
		t.Errorf("%v, want the fault %s", err, code)
	}
}

func TestFirstContactIsConfirmedByAPersonAndNeverAgain(t *testing.T) {
	o := openOffice(t)
	opts := options(t, o.address())
	_, err := Connect(t.Context(), opts)
	var unknown *Unknown
	if !errors.As(err, &unknown) || unknown.Fingerprint != o.state().Certificate.Fingerprint || unknown.Address != o.address() || !unknown.Ends.Equal(o.state().Certificate.Ends) {
		t.Fatalf("%v; the office reads out %s", err, o.state().Certificate.Fingerprint)
	}
	if opts.Book.Last() != "" {
		t.Error("noted before anybody confirmed it")
	}
	confirmed(t, opts)
	if opts.Book.Last() != o.address() {
		t.Errorf("the last is %q", opts.Book.Last())
	}
	if info, err := os.Stat(opts.Book.file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	again := connected(t, opts)
	if got := again.do("GET", "/api/session", ""); got.Code != http.StatusUnauthorized || problem(got) != "sign_in" {
		t.Errorf("known by its key: %d %s", got.Code, got.Body)
	}
	if err := opts.Book.Left(); err != nil || opts.Book.Last() != "" {
		t.Errorf("left: %q, %v", opts.Book.Last(), err)
	}
	connected(t, opts) // still known
}

func TestAnotherKeyIsRefusedUntilTheOldIsForgotten(t *testing.T) {
	o := openOffice(t)
	opts := options(t, o.address())
	w := confirmed(t, opts)
	w.enter("zhuren", o.first)
	o.close()
	// Somebody else at the same address.
	ln, err := net.Listen("tcp", opts.Address)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	other := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	other.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	other.Listener.Close()
	other.Listener = ln
	other.StartTLS()
	defer other.Close()
	if got := w.do("GET", "/api/cases", ""); got.Code != http.StatusForbidden || problem(got) != "certificate_changed" {
		t.Errorf("a call: %d %s", got.Code, got.Body)
	}
	_, err = Connect(t.Context(), opts)
	isFault(t, err, "certificate_changed")
	if asked != 0 {
		t.Errorf("the stranger was asked %d times", asked)
	}
	opts.Trust = KeyOf(other.Certificate()) // a page cannot trust over a known key
	_, err = Connect(t.Context(), opts)
	isFault(t, err, "certificate_changed")
	opts.Trust = ""
	if err := opts.Book.Forget(opts.Address); err != nil {
		t.Fatal(err)
	}
	_, err = Connect(t.Context(), opts)
	var unknown *Unknown
	if !errors.As(err, &unknown) || unknown.Key != KeyOf(other.Certificate()) {
		t.Errorf("forgotten: %v", err)
	}
}

func TestThePageWorksAsInABrowserAndNeverHoldsTheCookie(t *testing.T) {
	o := openOffice(t)
	w := confirmed(t, options(t, o.address()))
	if got := w.do("POST", "/api/sign-in", `{"login":"zhuren","password":"wrong"}`); got.Code != http.StatusUnauthorized || problem(got) != "wrong_sign_in" {
		t.Errorf("wrong password: %d %s", got.Code, got.Body)
	}
	w.enter("zhuren", o.first)
	s := w.session()
	if s.Mode != "serve" || !s.SignsIn || s.MustChange || s.Account.Login != "zhuren" || s.Remote != o.address() || !strings.HasPrefix(s.LiveURL, "ws://127.0.0.1:") || s.LiveToken == "" {
		t.Errorf("session %+v", s)
	}
	if s.Console != o.name || s.Console == openOffice(t).name {
		t.Errorf("the console is named %q, by itself %q", s.Console, o.name)
	}
	if got := w.do("POST", "/api/accounts", `{"login":"wang","name":"王芳","role":"staff"}`); got.Code != http.StatusOK {
		t.Errorf("a call that sends: %d %s", got.Code, got.Body)
	}
	if got := w.do("POST", "/api/checkpoint", ""); got.Code != http.StatusOK {
		t.Errorf("a call that sends nothing: %d %s", got.Code, got.Body)
	}
	if got := w.do("GET", "/api/exports/cases?format=csv", "", func(r *http.Request) { r.Body = nil }); got.Code != http.StatusOK || !strings.Contains(got.Header().Get("Content-Disposition"), "csv") {
		t.Errorf("an export: %d %v", got.Code, got.Header())
	}
	if got := w.do("POST", "/api/accounts", `{"login":"`+strings.Repeat("a", httpapi.MaxBody)+`"}`); got.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("too much: %d %s", got.Code, got.Body)
	}
	// What a page makes up counts for nothing, and what is no page of ours gets nowhere.
	if got := w.do("GET", "/api/session", "", func(r *http.Request) { r.Header.Set("Cookie", signin.CookieName+"=made-up") }); got.Code != http.StatusOK {
		t.Errorf("a page's own cookie went along: %d", got.Code)
	}
	for what, change := range map[string]func(*http.Request){
		"foreign origin": func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"the console's":  func(r *http.Request) { r.Header.Set("Origin", "https://"+o.address()) },
		"foreign host":   func(r *http.Request) { r.Host = "evil.example"; r.Header.Del("Origin") },
	} {
		if got := w.do("POST", "/api/sign-out", "", change); got.Code != http.StatusForbidden {
			t.Errorf("%s: %d %s", what, got.Code, got.Body)
		}
	}
	if got := w.do("POST", "/api/sign-out", ""); got.Code != http.StatusNoContent {
		t.Errorf("sign out: %d %s", got.Code, got.Body)
	}
	if got := w.do("GET", "/api/session", ""); got.Code != http.StatusUnauthorized {
		t.Errorf("after it: %d", got.Code)
	}
}

// socket opens the live stream as the page does.
func socket(s pages.Session, origin, token string) (*websocket.Conn, int) {
	d := websocket.Dialer{Subprotocols: []string{live.Subprotocol, "token." + token}, HandshakeTimeout: time.Minute}
	ws, resp, err := d.Dial(s.LiveURL, http.Header{"Origin": {origin}})
	if err != nil && resp == nil {
		return nil, 0
	}
	return ws, resp.StatusCode
}

func hello(t *testing.T, ws *websocket.Conn, since uint64) string {
	t.Helper()
	if err := ws.WriteJSON(map[string]any{"type": "hello", "since": since}); err != nil {
		t.Fatal(err)
	}
	_, m, err := ws.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	return string(m)
}

func TestTheLiveStreamComesThroughAndComesBackAfterARestart(t *testing.T) {
	o := openOffice(t)
	w := confirmed(t, options(t, o.address()))
	w.enter("zhuren", o.first)
	s := w.session()
	for what, c := range map[string]struct {
		origin, token string
		want          int
	}{
		"foreign page": {"https://evil.example", s.LiveToken, 403},
		"no token":     {windowOrigin, "", 401},
		"wrong token":  {windowOrigin, s.LiveToken + "x", 401},
	} {
		if _, status := socket(s, c.origin, c.token); status != c.want {
			t.Errorf("%s: %d, want %d", what, status, c.want)
		}
	}
	ws, status := socket(s, windowOrigin, s.LiveToken)
	if status != http.StatusSwitchingProtocols {
		t.Fatal(status)
	}
	defer ws.Close()
	if m := hello(t, ws, 0); !strings.Contains(m, `"welcome"`) {
		t.Fatalf("got %s", m)
	}
	o.hub.PublishAdapters([]string{strings.Repeat("长", 100_000)})
	if _, m, err := ws.ReadMessage(); err != nil || len(m) < 300_000 {
		t.Fatalf("a long message: %d bytes, %v", len(m), err)
	}
	if got := o.state().Connected; got != 1 {
		t.Errorf("%d pages are connected", got)
	}

	port, head := o.state().Port, o.hub.Head()
	o.close()
	if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("the console closes: %v", err)
	}
	if got := w.do("GET", "/api/session", ""); got.Code != http.StatusServiceUnavailable || problem(got) != "remote_unreachable" {
		t.Errorf("while it is away: %d %s", got.Code, got.Body)
	}
	if _, status := socket(s, windowOrigin, s.LiveToken); status != http.StatusBadGateway {
		t.Errorf("a socket while it is away: %d", status)
	}
	o.hub.Publish(head+1, nil)
	o.open(port)
	s = w.session() // still signed in
	ws, status = socket(s, windowOrigin, s.LiveToken)
	if status != http.StatusSwitchingProtocols {
		t.Fatal(status)
	}
	defer ws.Close()
	if m := hello(t, ws, head+1); !strings.Contains(m, `"resumed":true`) {
		t.Errorf("since %d: %s", head+1, m)
	}

	// Signed out, the stream is nobody's.
	w.do("POST", "/api/sign-out", "")
	if _, status := socket(s, windowOrigin, s.LiveToken); status != http.StatusUnauthorized {
		t.Errorf("signed out: %d", status)
	}
	// A page that leaves takes its connection with it.
	ws.Close()
	for end := time.Now().Add(time.Minute); o.state().Connected > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the console still holds a stream of a page that left")
		}
	}
}

func TestWhyThereIsNoAnswerIsSaid(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	for code, address := range map[string]string{
		"remote_unreachable": gone.Addr().String(),
		"not_mingcha":        plain.Listener.Addr().String(),
		"remote_name":        "no-such-machine.invalid:8617",
	} {
		_, err := Connect(t.Context(), options(t, address))
		if f, ok := fault.As(err); ok && !strings.Contains(f.ZH, address) {
			t.Errorf("%s does not name the address: %s", code, f.ZH)
		}
		isFault(t, err, code)
	}
	o := options(t, gone.Addr().String())
	if err := os.WriteFile(o.Book.file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Connect(t.Context(), o)
	isFault(t, err, "remotes_unreadable")
}

func TestAddressesAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]string{
		"192.168.1.20": "192.168.1.20:8617", " Hall-PC ": "hall-pc:8617", "hall-pc:443": "hall-pc:443", "https://10.0.0.7:8617/": "10.0.0.7:8617",
		"HTTPS://mingcha.example/cases?x=1": "mingcha.example:8617", "１０.0.0.7：9000": "10.0.0.7:9000", "[fd00::1]:8617": "[fd00::1]:8617", "fd00::1": "[fd00::1]:8617", "[::1]": "[::1]:8617",
	} {
		if got, err := ParseAddress(typed); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "https://", "a b", "host:0", "host:65536", "host:x", "-host", "user@host", "host#x", "明察", "host:1:2:z"} {
		if got, err := ParseAddress(typed); err == nil {
			t.Errorf("%q became %q", typed, got)
		}
	}
}

func TestWhichVersionsFit(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"1.4.2", "v1.4.9"}: true, {"1.4.2", "1.5.0"}: false, {"v2.0.0", "v1.0.0"}: false, {"v1.4.2-3-gabcdef", "1.4.0"}: true, {"dev", "1.4.0"}: true, {"c934379", "b0b7592"}: true,
	} {
		if got := fits(pair[0], pair[1]); got != want {
			t.Errorf("%v: %v", pair, got)
		}
	}
}

// standIn answers as a console would, or worse; authorities vouch for it.
func standIn(t *testing.T, h http.HandlerFunc) (*window, *Book) {
	t.Helper()
	greeted := false
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !greeted {
			greeted = true
			w.WriteHeader(http.StatusUnauthorized)
			io.WriteString(w, `{"code":"sign_in","zh":"请先登录。","en":"Sign in first."}`)
			return
		}
		h(w, r)
	}))
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // who does not trust it is no news
	srv.StartTLS()
	t.Cleanup(srv.Close)
	o := options(t, srv.Listener.Addr().String())
	o.Roots = srv.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	return connected(t, o), o.Book
}

func TestWhatAuthoritiesVouchForNeedsNoComparing(t *testing.T) {
	w, book := standIn(t, http.NotFound)
	if key, err := book.Key(w.Address()); err != nil || key != "" || book.Last() != w.Address() {
		t.Errorf("key %q, %v, last %q: it would be refused after its renewal", key, err, book.Last())
	}
	// For its own name only.
	o := w.o
	o.Address = strings.Replace(o.Address, "127.0.0.1", "localhost", 1)
	_, err := Connect(t.Context(), o)
	var unknown *Unknown
	if !errors.As(err, &unknown) {
		t.Errorf("under another name: %v", err)
	}
}

func TestOnlyDataComesThrough(t *testing.T) {
	w, _ := standIn(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/page":
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, "<script>alert(1)</script>")
		case "/api/picture":
			w.Header().Set("Content-Type", "image/svg+xml")
			io.WriteString(w, "<svg/>")
		case "/api/away":
			http.Redirect(w, r, "https://evil.example/", http.StatusFound)
		case "/api/session":
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"version":"1.3.0"}`)
		case "/api/data":
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Set-Cookie", "other=1")
			w.Header().Set("Content-Security-Policy", "default-src *")
			w.Header().Set("Access-Control-Allow-Origin", "*")
			fmt.Fprintf(w, "%q", r.Header)
		}
	})
	for _, path := range []string{"/api/page", "/api/picture", "/api/away"} {
		if got := w.do("GET", path, ""); problem(got) != "not_mingcha" || got.Header().Get("Location") != "" {
			t.Errorf("%s: %d %v %s", path, got.Code, got.Header(), got.Body)
		}
	}
	if got := w.do("GET", "/api/session", ""); got.Code != http.StatusConflict || problem(got) != "version_differs" || !strings.Contains(got.Body.String(), "1.3.0") {
		t.Errorf("another version: %d %s", got.Code, got.Body)
	}
	got := w.do("GET", "/api/data", "", func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer x")
		r.Header.Set("X-Forwarded-For", "10.0.0.1")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	})
	if csp := got.Header().Values("Content-Security-Policy"); got.Code != http.StatusOK || len(csp) != 1 || strings.Contains(csp[0], "default-src *") || got.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%d %v", got.Code, got.Header())
	}
	for _, name := range []string{"Authorization", "Forwarded", "Sec-Fetch"} {
		if strings.Contains(got.Body.String(), name) {
			t.Errorf("%s went along: %s", name, got.Body)
		}
	}
}

// meter counts what passes and tells of the first.
type meter struct {
	header http.Header
	n      int64
	first  chan struct{}
}

func (m *meter) Header() http.Header { return m.header }
func (m *meter) WriteHeader(int)     {}
func (m *meter) Flush()              {}
func (m *meter) Write(p []byte) (int, error) {
	if m.n == 0 {
		close(m.first)
	}
	m.n += int64(len(p))
	return len(p), nil
}

func TestAnswersStreamHoweverLongAndSayWhenTheyBreakOff(t *testing.T) {
	part := bytes.Repeat([]byte("行,列\n"), 1<<17) // 1 MiB
	m := &meter{header: http.Header{}, first: make(chan struct{})}
	w, _ := standIn(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		for i := range 64 {
			if _, err := w.Write(part); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			if i == 0 && r.URL.Path == "/api/long" {
				<-m.first // nothing is held back until the end
			}
			if i == 3 && r.URL.Path == "/api/broken" {
				panic(http.ErrAbortHandler)
			}
		}
	})
	ask := func(path string, to http.ResponseWriter) (broke bool) {
		defer func() { broke = recover() == http.ErrAbortHandler }()
		r := httptest.NewRequest("GET", path, nil)
		r.Host = "wails"
		w.pages.ServeHTTP(to, r)
		return false
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if ask("/api/long", m) || m.n != 64*int64(len(part)) {
		t.Errorf("%d bytes of %d", m.n, 64*len(part))
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 16<<20 {
		t.Errorf("64 MiB took %d MiB of memory", grown>>20)
	}
	if !ask("/api/broken", httptest.NewRecorder()) {
		t.Error("an answer that broke off looks whole")
	}
}
