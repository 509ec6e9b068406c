package netserver

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/office"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/network"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

var here = access.With(context.Background(), access.Here)

// window is the office as its window has it.
type window struct {
	t   *testing.T
	dir string
	c   *runtime.Console
	*Door
	close func()
}

// openWindow opens a data folder that listens on this machine only.
func openWindow(t *testing.T, dir string) *window {
	t.Helper()
	cfg, err := runtime.LoadConfig(dir)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Network.Host = "127.0.0.1"
	if err := cfg.Save(dir); err != nil {
		t.Fatal(err)
	}
	c, err := runtime.Open(context.Background(), runtime.Options{Dir: dir, Programs: runtime.ProgramsIn(dir), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	hub := live.New(live.Options{Backlog: c.Cases(), MaxClients: Clients})
	w := &window{t: t, dir: dir, c: c, Door: NewDoor(Office{Console: c, Hub: hub, Dir: dir, Logger: slog.New(slog.DiscardHandler)})}
	ended := false
	w.close = func() {
		if ended {
			return
		}
		ended = true
		if err := errors.Join(w.Shut(), c.Close()); err != nil {
			t.Error(err)
		}
		hub.Close()
	}
	t.Cleanup(w.close)
	return w
}

func (w *window) state() *office.NetworkState {
	w.t.Helper()
	s, err := w.State(here)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// acts are what the journal says of the network, oldest first.
func (w *window) acts() (out []string) {
	w.t.Helper()
	all, err := w.c.Record().List(here, record.Query{Limit: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, a := range slices.Backward(all) {
		if strings.HasPrefix(a.Type, "access.network_") {
			if a.ZH == "" || a.EN == "" {
				w.t.Errorf("%s has no words", a.Type)
			}
			out = append(out, strings.TrimPrefix(a.Type, "access.network_"))
		}
	}
	return out
}

// hire makes an account; answers its first password.
func (w *window) hire(login string, role access.Role) string {
	w.t.Helper()
	first, err := w.c.People().CreateAccount(here, account.NewAccount{Login: login, Name: "姓名" + login, Role: role})
	if err != nil {
		w.t.Fatal(err)
	}
	return first.Password
}

// browser is a colleague's, which has compared the fingerprint.
type browser struct {
	t    *testing.T
	base string
	tls  *tls.Config
	*http.Client
}

func (w *window) browser() *browser {
	w.t.Helper()
	s := w.state()
	if s.State != open || len(s.Addresses) != 1 {
		w.t.Fatalf("not open: %+v", s)
	}
	cfg := &tls.Config{InsecureSkipVerify: true, VerifyConnection: func(cs tls.ConnectionState) error {
		if network.Fingerprint(cs.PeerCertificates[0]) != s.Certificate.Fingerprint {
			return errors.New("another certificate than the one shown")
		}
		return nil
	}}
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	tr := &http.Transport{TLSClientConfig: cfg, ForceAttemptHTTP2: true}
	w.t.Cleanup(tr.CloseIdleConnections)
	return &browser{w.t, strings.TrimSuffix(s.Addresses[0], "/"), cfg, &http.Client{Jar: jar, Transport: tr, Timeout: time.Minute}}
}

func (b *browser) do(method, path string, body any) (int, string) {
	b.t.Helper()
	var in io.Reader
	if body != nil {
		j, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		in = bytes.NewReader(j)
	}
	r, err := http.NewRequest(method, b.base+path, in)
	if err != nil {
		b.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Origin", b.base)
	resp, err := b.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

const password = "four grey horses at noon"

func (b *browser) join(login, first string) {
	b.t.Helper()
	if status, answer := b.do("POST", "/api/sign-in", map[string]string{"login": login, "password": first}); status != http.StatusNoContent {
		b.t.Fatalf("sign in: %d %s", status, answer)
	}
	if status, answer := b.do("POST", "/api/password", map[string]string{"current": first, "new": password}); status != http.StatusNoContent {
		b.t.Fatalf("first password: %d %s", status, answer)
	}
}

// listen follows the live stream until it is welcomed.
func (b *browser) listen() *websocket.Conn {
	b.t.Helper()
	u, err := url.Parse(b.base)
	if err != nil {
		b.t.Fatal(err)
	}
	h := http.Header{"Origin": {b.base}}
	for _, c := range b.Jar.Cookies(u) {
		h.Add("Cookie", c.String())
	}
	cfg := b.tls.Clone()
	cfg.NextProtos = []string{"http/1.1"}
	d := websocket.Dialer{Subprotocols: []string{live.Subprotocol}, TLSClientConfig: cfg, HandshakeTimeout: time.Minute}
	ws, _, err := d.Dial("wss://"+u.Host+"/api/live", h)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { ws.Close() })
	if err := ws.WriteJSON(map[string]string{"type": "hello"}); err != nil {
		b.t.Fatal(err)
	}
	if _, answer, err := ws.ReadMessage(); err != nil || !bytes.Contains(answer, []byte(`"welcome"`)) {
		b.t.Fatalf("%s, %v", answer, err)
	}
	return ws
}

func code(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return fmt.Sprint(err)
	}
	return f.Code
}

func TestColleaguesComeInWhileItIsOpenAndAreCutOffWithIt(t *testing.T) {
	w := openWindow(t, filepath.Join(t.TempDir(), "data"))
	if s := w.state(); s.State != closed || s.Port != DefaultPort || s.HasHead {
		t.Errorf("at first: %+v", s)
	}
	if _, err := w.Open(here, 0); code(err) != "no_head" {
		t.Errorf("without a head's account: %v", err)
	}
	if s := w.state(); s.State != failed || s.Problem.ZH == "" || s.Problem.EN == "" {
		t.Errorf("after that: %+v", s)
	}
	first := w.hire("zhuren", access.Head)
	s, err := w.Open(here, 0)
	if err != nil || s.State != open || s.Problem.ZH != "" || !s.HasHead || !s.Certificate.SelfMade || s.Certificate.Ends.Before(time.Now()) {
		t.Fatalf("%+v, %v", s, err)
	}
	if _, err := w.Open(here, s.Port+1); code(err) != "network_open" {
		t.Errorf("another port while open: %v", err)
	}
	b := w.browser()
	b.join("zhuren", first)
	ws := b.listen()
	if s := w.state(); s.SignedIn != 1 || s.Connected != 1 {
		t.Errorf("one person with one page: %+v", s)
	}
	// Over the network nobody opens or closes it, the head neither.
	for method, path := range map[string]string{"GET": "/api/network", "POST": "/api/network/close"} {
		if status, answer := b.do(method, path, nil); status != http.StatusConflict || !strings.Contains(answer, "network_elsewhere") {
			t.Errorf("%s %s: %d %s", method, path, status, answer)
		}
	}
	if s, err = w.Close(here); err != nil || s.State != closed || s.Connected != 0 || len(s.Addresses) != 0 {
		t.Errorf("closed: %+v, %v", s, err)
	}
	_, _, err = ws.ReadMessage()
	if !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("the live page was told %v", err)
	}
	if _, err := b.Get(b.base + "/api/session"); err == nil {
		t.Error("the former connection still answers")
	}
	ln, err := net.Listen("tcp", strings.TrimPrefix(b.base, "https://"))
	if err != nil {
		t.Fatalf("the port is not free: %v", err)
	}
	ln.Close()
	if got := w.acts(); !slices.Equal(got, []string{"opened", "closed"}) {
		t.Errorf("the journal says %v", got)
	}
	if cfg, err := runtime.LoadConfig(w.dir); err != nil || cfg.Network.Open || cfg.Network.Port == 0 {
		t.Errorf("kept %+v, %v", cfg.Network, err)
	}
}

func TestTheNextStartOpensItAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	w := openWindow(t, dir)
	first := w.hire("zhuren", access.Head)
	s, err := w.Open(here, 0)
	if err != nil {
		t.Fatal(err)
	}
	fingerprint, port := s.Certificate.Fingerprint, s.Port
	b := w.browser()
	b.join("zhuren", first)
	w.close()

	w = openWindow(t, dir)
	w.Resume(here)
	if s := w.state(); s.State != open || s.Port != port || s.Certificate.Fingerprint != fingerprint || s.SignedIn != 1 {
		t.Errorf("the next start: %+v", s)
	}
	if status, answer := b.do("GET", "/api/session", nil); status != http.StatusOK {
		t.Errorf("a session from before: %d %s", status, answer)
	}
	if got := w.acts(); !slices.Equal(got, []string{"opened", "closed", "opened"}) {
		t.Errorf("the journal says %v", got)
	}
	w.close()

	// The port is somebody else's now: the window goes on, and says so.
	taken, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	w = openWindow(t, dir)
	w.Resume(here)
	if s := w.state(); s.State != failed || s.Port != port || !strings.Contains(s.Problem.ZH, "已被占用") || !strings.Contains(s.Problem.EN, "is taken") {
		t.Errorf("the port is taken: %+v", s)
	}
	board, err := casefile.Read(here, w.c.Cases(), (*casefile.View).Board)
	if err != nil || !slices.ContainsFunc(board.Warnings, func(x casefile.Warning) bool {
		return x.Code == "network_closed" && strings.Contains(x.ZH, "已被占用")
	}) {
		t.Errorf("the board warns of %+v, %v", board.Warnings, err)
	}
	if _, err := w.Open(here, 0); err != nil {
		t.Fatal(err)
	}
	board, err = casefile.Read(here, w.c.Cases(), (*casefile.View).Board)
	if err != nil || slices.ContainsFunc(board.Warnings, func(x casefile.Warning) bool { return x.Code == "network_closed" }) {
		t.Errorf("opened on another port, the board still warns of %+v, %v", board.Warnings, err)
	}
}

// Whoever opens and closes in a hurry, in several pages at once, leaves one
// state and no port behind.
func TestManyHandsAtTheDoor(t *testing.T) {
	w := openWindow(t, filepath.Join(t.TempDir(), "data"))
	w.hire("zhuren", access.Head)
	done := make(chan struct{})
	for i := range 8 {
		go func() {
			defer func() { done <- struct{}{} }()
			if i%2 == 0 {
				_, err := w.Open(here, 0)
				if err != nil && code(err) != "network_open" {
					t.Error(err)
				}
				return
			}
			w.state()
			if _, err := w.Close(here); err != nil {
				t.Error(err)
			}
		}()
	}
	for range 8 {
		<-done
	}
	if _, err := w.Close(here); err != nil {
		t.Error(err)
	}
	acts := w.acts()
	for i, a := range acts {
		if want := []string{"opened", "closed"}[i%2]; a != want {
			t.Errorf("act %d is %s: %v", i, a, acts)
		}
	}
	if len(acts)%2 != 0 {
		t.Errorf("opened and not closed: %v", acts)
	}
}
