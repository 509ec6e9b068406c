package live

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

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

func TestAHalfOpenClientIsDropped(t *testing.T) {
	quick := usual
	quick.ping, quick.silence, quick.hello = 100*time.Millisecond, 5*time.Second, 5*time.Second
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
	patient := usual
	patient.write, patient.silence = time.Minute, time.Minute // however slow this machine is
	const ring = 2000
	s := serving(t, Options{Ring: ring}, patient)
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
	if worst > patient.write/2 {
		t.Errorf("the fast client waited %v", worst)
	}

	// The slow one reads on: old frames from the kernel, a resync, and then what is
	// new. Nothing is left out untold: what it gets goes on where it was, or from
	// where it was told to reload. It is told once for what it lost, however often:
	// to be overtaken again it has to fall behind by the whole ring again, as a client
	// does whose turn does not come while the kernel still takes what is sent.
	s.Publish(last+1, changesOf(last+1, last+1, one))
	told, at := uint64(0), uint64(0) // where it was told to reload, and what it has
	resyncs, changesAfter := 0, 0
	for at <= last || changesAfter == 0 {
		_ = slow.SetReadDeadline(time.Now().Add(time.Minute))
		var m received
		if err := json.Unmarshal(readFrame(t, slowReader), &m); err != nil {
			t.Fatal(err)
		}
		switch m.Type {
		case "resync":
			if m.Reason != reasonSlow || m.Seq < told+ring {
				t.Fatalf("told to reload at %d: %+v", told, m)
			}
			resyncs, changesAfter = resyncs+1, 0
			told, at = m.Seq, m.Seq
			if at == last+1 { // it lost the last one too, and was told so
				s.Publish(last+2, changesOf(last+2, last+2, one))
			}
		case "changes":
			if m.From != at+1 {
				t.Fatalf("%d to %d after %d", m.From, m.To, at)
			}
			at = m.To
			changesAfter++
		}
	}
	if resyncs == 0 {
		t.Error("it lost nothing: the kernel took it all")
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
