package live

import (
	"errors"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

var errDisk = errors.New("disk gone")

// propertyTB lets helpers fail the property that uses them.
type propertyTB struct {
	testing.TB
	t *rapid.T
}

func (p propertyTB) Helper()                   {}
func (p propertyTB) Cleanup(func())            {}
func (p propertyTB) Fatal(args ...any)         { p.t.Fatal(args...) }
func (p propertyTB) Fatalf(f string, a ...any) { p.t.Fatalf(f, a...) }

func eventually(t testing.TB, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came true")
		}
	}
}

func (h *Hub) clientCount() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clients
}

func TestTheBoardIsSentWhenItChangesAndAsAHeartbeat(t *testing.T) {
	quick := usual
	quick.boardEvery, quick.heartbeat = 50*time.Millisecond, 400*time.Millisecond
	s := serving(t, Options{}, quick)
	p := s.connect(t, 0)
	p.want("welcome")
	began := time.Now()
	s.publish(casefile.Board{Now: moment, Seq: 1, City: casefile.Figures{Open: 1}})
	if m := p.want("board"); m.Board.City.Open != 1 {
		t.Fatalf("%+v", m.Board)
	}
	for i := range 10 { // only the time and the number change: nothing to tell
		s.publish(casefile.Board{Now: moment.Add(time.Duration(i) * time.Second), Seq: uint64(i), City: casefile.Figures{Open: 1}})
		time.Sleep(10 * time.Millisecond)
	}
	// One heartbeat, which tells the latest, where the machine is not so slow that
	// the next one is due.
	beats := 0
	for seq := uint64(0); seq != 9; beats++ {
		seq = p.want("board").Board.Seq
	}
	if took := time.Since(began); took < time.Duration(beats)*quick.heartbeat {
		t.Errorf("an unchanged board came %d times within %v", beats, took)
	}
	// Many changes at once: the last of them wins.
	began = time.Now()
	for i := range 100 {
		s.publish(casefile.Board{City: casefile.Figures{Open: i + 2}})
	}
	boards := 0
	for open := 0; open != 101; boards++ {
		open = p.want("board").Board.City.Open
	}
	if took := time.Since(began); boards > 3+int(took/quick.boardEvery) {
		t.Errorf("100 boards in %v made %d messages", took, boards)
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
