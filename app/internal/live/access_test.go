package live

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

func (s *server) try(origin, host string, protocols ...string) int {
	d := websocket.Dialer{Subprotocols: protocols}
	h := http.Header{}
	if origin != "" {
		h.Set("Origin", origin)
	}
	if host != "" {
		h.Set("Host", host)
	}
	conn, resp, err := d.Dial(s.url(), h)
	if err == nil {
		conn.Close()
	}
	if resp == nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}

func TestWhoMayConnect(t *testing.T) {
	s := serving(t, Options{Origins: []string{"wails://wails", "http://wails.localhost"}}, usual)
	own := s.http.URL
	good := []string{Subprotocol, tokenPrefix + token}
	for _, c := range []struct {
		what, origin, host string
		protocols          []string
		status             int
	}{
		{"no page", "", "", good, 101},
		{"own page", own, "", good, 101},
		{"the window on Linux", "wails://wails", "", good, 101},
		{"the window on Windows", "http://wails.localhost", "", good, 101},
		{"token first", own, "", []string{tokenPrefix + token, Subprotocol}, 101},
		{"foreign page", "http://evil.example", "", good, 403},
		{"foreign page with our name in front", own + ".evil.example", "", good, 403},
		{"other port of this machine", "http://127.0.0.1:1", "", good, 403},
		{"sandboxed page", "null", "", good, 403},
		{"a foreign name for this machine", "http://evil.example", "evil.example", good, 403},
		{"no token", own, "", []string{Subprotocol}, 401},
		{"empty token", own, "", []string{Subprotocol, tokenPrefix}, 401},
		{"wrong token", own, "", []string{Subprotocol, tokenPrefix + "wrong"}, 401},
		{"beginning of the token", own, "", []string{Subprotocol, tokenPrefix + token[:5]}, 401},
		{"other protocol", own, "", []string{"chat", tokenPrefix + token}, 400},
	} {
		if got := s.try(c.origin, c.host, c.protocols...); got != c.status {
			t.Errorf("%s: status %d, want %d", c.what, got, c.status)
		}
	}
	if (Door{}).knowsToken([]string{tokenPrefix + "x", tokenPrefix}) {
		t.Error("a door without tokens let somebody in")
	}
}

func TestOnlySoManyClients(t *testing.T) {
	s := serving(t, Options{MaxClients: 2}, usual)
	a := s.connect(t, 0)
	a.want("welcome")
	s.connect(t, 0).want("welcome")
	if got := s.try("", "", Subprotocol, tokenPrefix+token); got != 503 {
		t.Fatalf("third client: %d", got)
	}
	a.conn.Close()
	eventually(t, func() bool { return s.try("", "", Subprotocol, tokenPrefix+token) == 101 })
}

// Whoever was admitted goes with the context, and nobody else does.
func TestTheAdmittedLeaveWithTheirContext(t *testing.T) {
	s := serving(t, Options{}, usual)
	ctx, cancel := context.WithCancel(t.Context())
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.Admit(ctx, w, r, Guest{}) }))
	defer other.Close()
	stays := s.connect(t, 0)
	stays.want("welcome")
	d := websocket.Dialer{Subprotocols: []string{Subprotocol}}
	conn, _, err := d.Dial("ws"+strings.TrimPrefix(other.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	goes := &peer{t, conn}
	goes.say(map[string]string{"type": "hello"})
	goes.want("welcome")
	cancel()
	if got := goes.closeCode(); got != websocket.CloseGoingAway {
		t.Errorf("closed with %d", got)
	}
	s.PublishAdapters([]string{})
	stays.want("adapters")
}

// closeCode reads until the hub closes and returns the code.
func (p *peer) closeCode() int {
	for {
		if _, err := p.read(); err != nil {
			var c *websocket.CloseError
			if errors.As(err, &c) {
				return c.Code
			}
			return -1
		}
	}
}

func TestAClientThatBreaksTheProtocolIsClosed(t *testing.T) {
	s := serving(t, Options{}, usual)
	big := strings.Repeat("x", MaxMessage)
	for _, c := range []struct {
		what string
		send func(p *peer)
		code int
	}{
		{"big hello", func(p *peer) { p.say(map[string]string{"type": big}) }, websocket.CloseMessageTooBig},
		{"big message later", func(p *peer) { p.say(hello); p.say(map[string]string{"type": big}) }, websocket.CloseMessageTooBig},
		{"no hello", func(p *peer) { p.say(map[string]string{"type": "filter"}) }, websocket.ClosePolicyViolation},
		{"two hellos", func(p *peer) { p.say(hello); p.say(hello) }, websocket.ClosePolicyViolation},
		{"negative number", func(p *peer) { p.say(map[string]any{"type": "hello", "since": -1}) }, websocket.ClosePolicyViolation},
		{"not JSON", func(p *peer) { _ = p.conn.WriteMessage(websocket.TextMessage, []byte("{")) }, websocket.ClosePolicyViolation},
		{"binary", func(p *peer) { _ = p.conn.WriteMessage(websocket.BinaryMessage, []byte("{}")) }, websocket.ClosePolicyViolation},
	} {
		p := s.dial(t)
		c.send(p)
		if got := p.closeCode(); got != c.code {
			t.Errorf("%s: close code %d, want %d", c.what, got, c.code)
		}
	}
}

var hello = map[string]any{"type": "hello"}
