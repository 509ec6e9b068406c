package live

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// S7: who floods the hub with filters, pings or pongs is closed after its allowance of
// 40; another's changes go on.
func TestS7AFloodOfMessagesEndsTheFlooder(t *testing.T) {
	s := serving(t, Options{}, usual)
	other := s.connect(t, 0)
	other.want("welcome")
	for what, say := range map[string]func(*peer) error{
		"filters": func(p *peer) error {
			return p.conn.WriteJSON(map[string]any{"type": "filter", "departments": []string{"GH"}})
		},
		"pings": func(p *peer) error {
			return p.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second))
		},
		"pongs": func(p *peer) error {
			return p.conn.WriteControl(websocket.PongMessage, nil, time.Now().Add(time.Second))
		},
	} {
		p := s.connect(t, 0)
		p.want("welcome")
		go func() {
			for range 5000 {
				if say(p) != nil {
					return
				}
			}
		}()
		// Of a connection that is reset over what it went on to say, no reason arrives.
		if got := p.closeCode(); got != websocket.ClosePolicyViolation && got != websocket.CloseAbnormalClosure && got != -1 {
			t.Errorf("%s: closed with %d", what, got)
		}
	}
	s.Publish(1, changesOf(1, 1, one))
	other.until(1)
}

// S7: forty filters at once, and four a second, are nobody's flood.
func TestS7APersonWhoClicksIsNoFlood(t *testing.T) {
	var a allowance
	now := time.Now()
	for range burst {
		if err := a.spend(now); err != nil {
			t.Fatal(err)
		}
	}
	if a.spend(now) == nil {
		t.Error("a 41st at once")
	}
	for range 100 {
		now = now.Add(time.Second / perSecond)
		if err := a.spend(now); err != nil {
			t.Fatal(err)
		}
	}
}

// S7: who reconnects without end from far back is brought up to date 20 times, and then
// told to load anew, without the database being read.
func TestS7ComingBackWithoutEndIsBounded(t *testing.T) {
	journal := &memory{}
	journal.commit(changesOf(1, 50, one))
	s := serving(t, Options{Head: 50, Backlog: journal}, usual)
	admitting := admitting(t, s)
	for n := range resumesBurst + 1 {
		conn, _ := admitting("7")
		p := &peer{t, conn}
		p.say(map[string]any{"type": "hello", "since": 40})
		p.want("welcome")
		if n < resumesBurst {
			p.until(50)
		} else if m := p.want("resync"); m.Reason != "backlog" || m.Seq != 50 {
			t.Errorf("%+v", m)
		}
		p.conn.Close()
	}
}

// S13: an account has sixteen streams, and another's are not taken by it.
func TestS13AnAccountHasSixteenStreams(t *testing.T) {
	s := serving(t, Options{MaxClients: 100}, usual)
	try := admitting(t, s)
	var last *websocket.Conn
	for range clientsEach {
		conn, status := try("7")
		if status != 101 {
			t.Fatal(status)
		}
		last = conn
	}
	if _, status := try("7"); status != 429 {
		t.Errorf("a seventeenth: %d", status)
	}
	if _, status := try("8"); status != 101 {
		t.Errorf("another's first: %d", status)
	}
	last.Close()
	eventually(t, func() bool { _, status := try("7"); return status == 101 })
}

// admitting lets guests in to a hub by whose they are, and tells the status.
func admitting(t *testing.T, s *server) func(who string) (*websocket.Conn, int) {
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Admit(context.Background(), w, r, Guest{Who: r.URL.Query().Get("who")})
	}))
	t.Cleanup(door.Close)
	return func(who string) (*websocket.Conn, int) {
		d := websocket.Dialer{Subprotocols: []string{Subprotocol}}
		conn, resp, err := d.Dial("ws"+strings.TrimPrefix(door.URL, "http")+"/?who="+who, nil)
		if err != nil && resp == nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if conn != nil {
			t.Cleanup(func() { conn.Close() })
		}
		return conn, resp.StatusCode
	}
}
