package live

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

var errDisk = errors.New("disk gone")

// tb lets helpers fail the property that uses them.
type propertyTB struct {
	testing.TB
	t *rapid.T
}

func (s *server) tb(t *rapid.T) testing.TB { return propertyTB{t: t} }

func (p propertyTB) Helper()                   {}
func (p propertyTB) Cleanup(func())            {}
func (p propertyTB) Fatal(args ...any)         { p.t.Fatal(args...) }
func (p propertyTB) Fatalf(f string, a ...any) { p.t.Fatalf(f, a...) }

func eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came true")
		}
	}
}

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
	closed := start(Options{}, usual) // no tokens at all
	defer closed.Close()
	if closed.knowsToken([]string{tokenPrefix + "x", tokenPrefix}) {
		t.Error("a hub without tokens let somebody in")
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
	big := strings.Repeat("x", maxMessage)
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

// rawSocket shakes hands and then only does what it is told: it answers no
// ping, and reads only when read from.
func (s *server) rawSocket(t testing.TB, first string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", s.http.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(128 << 10); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "GET /api/live HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: %s, token.%s\r\n\r\n", conn.LocalAddr(), Subprotocol, token)
	r := bufio.NewReader(conn)
	resp, err := http.ReadResponse(r, nil)
	if err != nil || resp.StatusCode != 101 {
		t.Fatalf("handshake: %v %v", resp, err)
	}
	if first != "" { // a masked text frame; the mask is zero
		conn.Write(append([]byte{0x81, 0x80 | byte(len(first)), 0, 0, 0, 0}, first...))
	}
	return conn, r
}

func (h *Hub) clientCount() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clients
}

func TestAHalfOpenClientIsDropped(t *testing.T) {
	quick := usual
	quick.ping, quick.silence, quick.hello = 50*time.Millisecond, 200*time.Millisecond, 200*time.Millisecond
	s := serving(t, Options{}, quick)
	s.rawSocket(t, `{"type":"hello"}`) // says nothing more
	s.rawSocket(t, "")                 // not even hello
	alive := s.connect(t, 0)           // answers pings while it reads
	alive.want("welcome")
	closed := make(chan error, 1)
	go func() { _, err := alive.read(); closed <- err }()
	eventually(t, func() bool { return s.clientCount() == 1 })
	select {
	case err := <-closed:
		t.Fatalf("the living client was closed: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	alive.conn.Close()
	<-closed
}

func TestASlowClientIsToldToReloadAndOthersStayFast(t *testing.T) {
	s := serving(t, Options{Ring: 2000}, usual)
	slow, slowReader := s.rawSocket(t, `{"type":"hello"}`)
	fast := s.connect(t, 0)
	fast.want("welcome")
	eventually(t, func() bool { return s.clientCount() == 2 })

	// 60,000 changes are 15 MB: more than the kernel keeps for a client that
	// does not read. The fast one gets each frame before the next is published.
	worst := time.Duration(0)
	const last = 60_000
	for seq := uint64(1); seq <= last; seq += 200 {
		began := time.Now()
		s.Publish(seq+199, changesOf(seq, seq+199, one))
		if got := fast.until(seq + 199); len(got) != 200 {
			t.Fatalf("the fast client got %d changes", len(got))
		}
		worst = max(worst, time.Since(began))
	}
	if worst > 2*time.Second {
		t.Errorf("the fast client waited %v", worst)
	}

	// The slow one reads on: old frames from the kernel, one resync, and then
	// what is new.
	resyncs, changesAfter := 0, 0
	s.Publish(last+1, changesOf(last+1, last+1, one))
	for {
		_ = slow.SetReadDeadline(time.Now().Add(5 * time.Second))
		var m received
		if err := json.Unmarshal(readFrame(t, slowReader), &m); err != nil {
			t.Fatal(err)
		}
		switch {
		case m.Type == "resync":
			resyncs++
			if m.Reason != reasonSlow || m.Seq < 2000 {
				t.Fatalf("%+v", m)
			}
			if m.Seq == last+1 { // it lost the last one too, and was told so
				s.Publish(last+2, changesOf(last+2, last+2, one))
			}
		case m.Type == "changes" && resyncs > 0:
			changesAfter++
		}
		if m.To > last {
			break
		}
	}
	if resyncs != 1 || changesAfter == 0 {
		t.Errorf("%d resyncs, %d frames after", resyncs, changesAfter)
	}
}

// readFrame reads one unmasked frame and returns its payload; pings are skipped.
func readFrame(t testing.TB, r *bufio.Reader) []byte {
	t.Helper()
	for {
		var head [2]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			t.Fatal(err)
		}
		n, more := int(head[1]), 0
		switch n {
		case 126:
			n, more = 0, 2
		case 127:
			n, more = 0, 8
		}
		for range more {
			b, err := r.ReadByte()
			if err != nil {
				t.Fatal(err)
			}
			n = n<<8 | int(b)
		}
		payload := make([]byte, n)
		if _, err := io.ReadFull(r, payload); err != nil {
			t.Fatal(err)
		}
		if head[0]&15 == websocket.TextMessage {
			return payload
		}
	}
}

func TestMemoryIsBoundedWhateverClientsDo(t *testing.T) {
	s := serving(t, Options{MaxClients: 20}, usual)
	for range 10 {
		s.rawSocket(t, `{"type":"hello"}`) // reads nothing
		s.rawSocket(t, `{"type":"hello","departments":["GH"]}`)
	}
	eventually(t, func() bool { return s.clientCount() == 20 })
	live := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := live()
	batch := make([]store.Change, 200)
	for seq := uint64(0); seq < 400_000; seq += 200 {
		for i := range batch {
			batch[i] = change(seq+uint64(i)+1, 0)
		}
		s.Publish(seq+200, batch)
	}
	grown := (int64(live()) - int64(before)) >> 20
	if grown > 32 {
		t.Errorf("400,000 changes to 20 clients that do not read left %d MB", grown)
	}
	s.mu.Lock()
	if s.log.count > 8192 || len(s.log.pending) > frameChanges {
		t.Errorf("the log holds %d changes and %d pending", s.log.count, len(s.log.pending))
	}
	s.mu.Unlock()
}

func TestTheBoardIsSentWhenItChangesAndAsAHeartbeat(t *testing.T) {
	quick := usual
	quick.boardEvery, quick.heartbeat = 50*time.Millisecond, 400*time.Millisecond
	s := serving(t, Options{}, quick)
	p := s.connect(t, 0)
	p.want("welcome")
	s.PublishBoard(&store.Board{Now: moment, Seq: 1, City: store.Figures{Open: 1}})
	if m := p.want("board"); m.Board.City.Open != 1 || m.Board.Departments == nil || m.Board.Warnings == nil {
		t.Fatalf("%+v", m.Board)
	}
	began := time.Now()
	for i := range 10 { // only the time and the number change: nothing to tell
		s.PublishBoard(&store.Board{Now: moment.Add(time.Duration(i) * time.Second), Seq: uint64(i), City: store.Figures{Open: 1}})
		time.Sleep(10 * time.Millisecond)
	}
	m := p.want("board")
	if waited := time.Since(began); waited < 250*time.Millisecond {
		t.Errorf("an unchanged board came after %v", waited)
	}
	if m.Board.Seq != 9 {
		t.Errorf("the heartbeat tells number %d, want the latest", m.Board.Seq)
	}
	// Many changes at once: the last of them wins.
	for i := range 100 {
		s.PublishBoard(&store.Board{City: store.Figures{Open: i + 2}})
	}
	boards := 0
	for open := 0; open != 101; boards++ {
		open = p.want("board").Board.City.Open
	}
	if boards > 3 {
		t.Errorf("100 boards in one moment made %d messages", boards)
	}
	// Who comes later is told at once.
	late := s.connect(t, 0)
	late.want("welcome")
	if m := late.want("board"); m.Board.City.Open != 101 {
		t.Errorf("%+v", m.Board.City)
	}
}

func TestAdaptersAreToldToAllAndToWhoComesLater(t *testing.T) {
	s := serving(t, Options{}, usual)
	p := s.connect(t, 0)
	p.want("welcome")
	s.PublishAdapters([]map[string]string{{"name": "gh", "state": "running"}})
	late := s.connect(t, 0)
	late.want("welcome")
	for _, c := range []*peer{p, late} {
		if m := c.want("adapters"); string(m.Adapters) != `[{"name":"gh","state":"running"}]` {
			t.Errorf("%s", m.Adapters)
		}
	}
}

func TestClosingTheHubSaysGoodbye(t *testing.T) {
	s := serving(t, Options{}, usual)
	p := s.connect(t, 0)
	p.want("welcome")
	go s.Hub.Close()
	if code := p.closeCode(); code != websocket.CloseGoingAway {
		t.Errorf("close code %d", code)
	}
	eventually(t, func() bool { return s.clientCount() == 0 })
	if got := s.try("", "", Subprotocol, tokenPrefix+token); got != 503 {
		t.Errorf("a closed hub answered %d", got)
	}
	s.Publish(1, changesOf(1, 1, one)) // harmless
}
