package httpapi

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/live"
)

func TestOnlyJSONOfReasonableSizeIsTaken(t *testing.T) {
	con := &console{}
	s := serving(t, instead(con))
	list := `{"$schema":"x","year":2027,"papers":["p"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}`
	if r := s.do("PUT", "/api/calendar/2027", list); r.StatusCode != 200 || len(con.calls) != 1 || con.calls[0] != list || !bytes.Contains(r.body, []byte(`"year":2027`)) {
		t.Errorf("%d %s; the console got %q", r.StatusCode, r.body, con.calls)
	}
	for what, c := range map[string]struct {
		body   string
		change with
		status int
		code   string
	}{
		"a form":              {"a=b", header("Content-Type", "application/x-www-form-urlencoded"), 415, "not_json"},
		"plain text":          {list, header("Content-Type", "text/plain"), 415, "not_json"},
		"no type":             {list, func(r *http.Request) { r.Header.Del("Content-Type") }, 415, "not_json"},
		"too much":            {strings.Repeat(" ", MaxBody+1), nil, 413, "too_large"},
		"too much bit by bit": {strings.Repeat(" ", MaxBody+1), func(r *http.Request) { r.ContentLength = -1 }, 413, "too_large"},
		"broken JSON":         {"{", nil, 422, "invalid_input"},
	} {
		if c.change == nil {
			c.change = func(*http.Request) {}
		}
		r := s.do("PUT", "/api/calendar/2027", c.body, c.change)
		if p := r.problem(t); r.StatusCode != c.status || p.Code != c.code {
			t.Errorf("%s: %d %+v", what, r.StatusCode, p)
		}
	}
	if len(con.calls) != 1 {
		t.Errorf("the console got %d lists", len(con.calls))
	}
	if r := s.do("POST", "/api/adapters/gh/restart", ""); r.StatusCode != 204 || con.calls[1] != "restart gh" {
		t.Errorf("%d %q", r.StatusCode, con.calls)
	}
}

func TestTheWindowNeedsNoTokenAndNothingElseGetsIn(t *testing.T) {
	h := New(Options{Features: append(features(t, filled(t)), (&console{}).offer), AllowedHosts: []string{"dev.test"}})
	for host, want := range map[string]int{"wails": 200, "wails.localhost": 200, "wails.localhost:34115": 200, "dev.test": 200,
		"127.0.0.1:8080": 403, "localhost": 403, "[::1]:80": 403, "evil.example": 403, "": 403} {
		r := httptest.NewRequest("GET", "/api/rules", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("host %q: %d, want %d", host, w.Code, want)
		}
	}
	r := httptest.NewRequest("POST", "/api/adapters/gh/restart", nil)
	r.Host, r.ContentLength = "wails", -1 // as the window sends it
	r.Header.Set("Origin", "wails://wails")
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 204 || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestLoopbackNames(t *testing.T) {
	s := serving(t, func(o *Options) { o.AllowedHosts = []string{"office.example"} })
	for h, want := range map[string]int{"127.0.0.1": 200, "127.8.9.1:80": 200, "localhost:9": 200, "LOCALHOST": 200, "[::1]:7": 200, "office.example:443": 200,
		"localhost.evil.example": 403, "127.0.0.1.nip.io": 403, "10.0.0.1": 403, "0.0.0.0": 403} {
		if r := s.do("GET", "/api/rules", "", host(h)); r.StatusCode != want {
			t.Errorf("host %q: %d, want %d", h, r.StatusCode, want)
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	s := serving(t)
	for _, path := range []string{"/", "/api/rules", "/api/nothing", "/assets/gone.js"} {
		h := s.do("GET", path, "").Header
		csp := h.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'self';", "connect-src 'self' ws://127.0.0.1:*", "frame-ancestors 'none'", "object-src 'none'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("%s: policy lacks %q: %s", path, part, csp)
			}
		}
		if strings.Contains(csp, "script-src") || strings.Contains(csp, "unsafe-eval") {
			t.Errorf("%s: scripts may come from elsewhere: %s", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", path, h)
		}
		if strings.HasPrefix(path, "/api") && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be stored", path)
		}
	}
}

func TestTheLiveStreamHasItsOwnDoor(t *testing.T) {
	asked := 0
	s := serving(t, func(o *Options) {
		o.Live = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			if _, ok := w.(http.Hijacker); !ok {
				t.Error("the connection cannot be taken over")
			}
		})
	})
	if r := s.do("GET", "/api/live", "", noToken, header("Origin", "http://anywhere.example")); r.StatusCode != 200 || asked != 1 {
		t.Errorf("%d, asked %d times", r.StatusCode, asked)
	}
	if r := s.do("GET", "/api/live", "", host("evil.example")); r.StatusCode != 403 || asked != 1 {
		t.Errorf("foreign host: %d, asked %d times", r.StatusCode, asked)
	}
}

func TestServerLimits(t *testing.T) {
	srv := Server(http.NotFoundHandler())
	if srv.ReadHeaderTimeout <= 0 || srv.ReadHeaderTimeout > 30*time.Second || srv.IdleTimeout <= 0 || srv.MaxHeaderBytes > 1<<17 {
		t.Errorf("%+v", srv)
	}
}

func TestTheLiveStreamRunsBehindTheHandler(t *testing.T) {
	hub := live.New(live.Options{Head: 7, Tokens: []string{"t"}})
	defer hub.Close()
	s := serving(t, func(o *Options) { o.Live = hub })
	dialer := websocket.Dialer{Subprotocols: []string{live.Subprotocol, "token.t"}}
	conn, _, err := dialer.Dial("ws"+strings.TrimPrefix(s.http.URL, "http")+"/api/live", http.Header{"Origin": {s.http.URL}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.WriteJSON(map[string]string{"type": "hello"}); err != nil {
		t.Fatal(err)
	}
	_, got, err := conn.ReadMessage()
	if want := `{"type":"welcome","seq":7,"resumed":false}`; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}
