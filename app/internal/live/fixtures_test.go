package live

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "correct-horse"

// server is a hub behind a real listener.
type server struct {
	*Hub
	http *httptest.Server
}

func serving(t testing.TB, o Options, tm timing) *server {
	t.Helper()
	o.Tokens = []string{token}
	s := &server{Hub: start(o, tm)}
	s.http = httptest.NewServer(s.Hub)
	t.Cleanup(func() {
		s.Hub.Close()
		s.http.Close()
	})
	return s
}

func (s *server) url() string { return "ws" + strings.TrimPrefix(s.http.URL, "http") + "/api/live" }

// received is any message of the hub.
type received struct {
	Type     string            `json:"type"`
	Seq      uint64            `json:"seq"`
	Resumed  bool              `json:"resumed"`
	Reason   string            `json:"reason"`
	From     uint64            `json:"from"`
	To       uint64            `json:"to"`
	Changes  []casefile.Change `json:"changes"`
	Board    *casefile.Board   `json:"board"`
	Adapters json.RawMessage   `json:"adapters"`
}

// publish tells a board as the console does.
func (s *server) publish(b casefile.Board) { s.PublishBoard(b, b.Still()) }

type peer struct {
	t    testing.TB
	conn *websocket.Conn
}

// connect opens a socket and says hello.
func (s *server) connect(t testing.TB, since uint64, departments ...string) *peer {
	t.Helper()
	p := s.dial(t)
	p.say(map[string]any{"type": "hello", "since": since, "departments": departments})
	return p
}

func (s *server) dial(t testing.TB) *peer {
	t.Helper()
	d := websocket.Dialer{Subprotocols: []string{Subprotocol, tokenPrefix + token}}
	conn, _, err := d.Dial(s.url(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return &peer{t, conn}
}

func (p *peer) say(v any) {
	p.t.Helper()
	if err := p.conn.WriteJSON(v); err != nil {
		p.t.Fatal(err)
	}
}

func (p *peer) read() (m received, err error) {
	_ = p.conn.SetReadDeadline(time.Now().Add(time.Minute))
	err = p.conn.ReadJSON(&m)
	return m, err
}

// want reads one message of the type.
func (p *peer) want(kind string) received {
	p.t.Helper()
	m, err := p.read()
	if err != nil {
		p.t.Fatalf("waiting for %s: %v", kind, err)
	}
	if m.Type != kind {
		p.t.Fatalf("got %+v, want a message of type %s", m, kind)
	}
	return m
}

// until reads changes up to a journal number and checks their order.
func (p *peer) until(last uint64) []casefile.Change {
	p.t.Helper()
	var all []casefile.Change
	to := uint64(0)
	for len(all) == 0 || all[len(all)-1].Seq < last {
		m := p.want("changes")
		if len(m.Changes) == 0 || m.From != m.Changes[0].Seq || m.To < m.Changes[len(m.Changes)-1].Seq || m.From <= to {
			p.t.Fatalf("frame %d–%d after %d does not fit its %d changes", m.From, m.To, to, len(m.Changes))
		}
		to = m.To
		all = append(all, m.Changes...)
	}
	return all
}

// change makes a change that can be told from every other.
func change(seq uint64, n int) store.Change {
	return store.Change{Seq: seq, Kind: "received", Department: []string{"GH", "WJ", "RL"}[seq%3], CaseID: seq*10 + uint64(n) + 1,
		CaseNo: fmt.Sprintf("GH-2026-%06d-%d", seq, n), ItemCode: "GH-0007", At: moment, ObservedAt: moment.Add(time.Second), Level: "none"}
}

var moment = time.Date(2026, 9, 22, 1, 2, 3, 0, time.UTC)

// changesOf lists n changes for each journal number, in order.
func changesOf(from, to uint64, n func(seq uint64) int) []store.Change {
	var out []store.Change
	for seq := from; seq <= to; seq++ {
		for i := range n(seq) {
			out = append(out, change(seq, i))
		}
	}
	return out
}

func one(uint64) int { return 1 }

// memory is a Backlog.
type memory struct {
	mu      sync.Mutex
	changes []store.Change
	err     error
	slow    time.Duration
}

func (j *memory) commit(changes []store.Change) {
	j.mu.Lock()
	j.changes = append(j.changes, changes...)
	j.mu.Unlock()
}

func (j *memory) ChangesSince(ctx context.Context, since uint64, limit int) ([]store.Change, error) {
	time.Sleep(j.slow)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return nil, j.err
	}
	var out []store.Change
	records := 0
	for _, c := range j.changes {
		if c.Seq <= since {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Seq != c.Seq {
			if records++; records > limit {
				break
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// sameChanges compares what was received with what was published.
func sameChanges(t testing.TB, got []casefile.Change, want []store.Change) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d changes, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].CaseID != want[i].CaseID || got[i].Seq != want[i].Seq {
			t.Fatalf("change %d is %d/%d, want %d/%d", i, got[i].Seq, got[i].CaseID, want[i].Seq, want[i].CaseID)
		}
	}
}
