package live

import (
	"errors"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/store"
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
	for deadline := time.Now().Add(5 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
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
