package network

import (
	"io"
	"net"
	"net/http"
	"runtime"
	"testing"
)

// knowing takes the header Who for who has signed in.
var knowing = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if who := r.Header.Get("Who"); who != "" {
		Belongs(r.Context(), who)
	}
	_, _ = io.WriteString(w, "ok")
})

// ended tells whether the server has ended a connection.
func ended(c net.Conn) bool {
	_, err := c.Read(make([]byte, 1))
	return err != nil
}

// S13: two addresses that only hold connections take no more than their share of them,
// and whoever comes takes the place of the oldest of them.
func TestS13StrangersDoNotTakeAllConnections(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("only 127.0.0.1 of the loopback network is there")
	}
	s := serve(t, knowing, Bounds{Total: 40, PerAddress: 30, Strangers: 12, StrangersPerAddress: 8}, nil)
	var first net.Conn
	for i := range 20 {
		for _, from := range []string{"127.0.0.1", "127.0.0.2"} {
			c, err := s.connect(from)
			if err != nil {
				t.Fatalf("connection %d from %s: %v", i, from, err)
			}
			t.Cleanup(func() { c.Close() })
			if first == nil {
				first = c
			}
		}
	}
	if !ended(first) {
		t.Error("the oldest of too many is still open")
	}
	eventually(t, "strangers keep to their bound", func() bool { return s.open() == 12 })
	if c, err := s.connect("127.0.0.3"); err != nil {
		t.Errorf("a newcomer: %v", err)
	} else {
		c.Close()
	}
}

// S13: an office of fifty behind one address, all of whom have signed in, stays whole,
// whatever a stranger does from the same address; and of one account the oldest
// connections end.
func TestS13AnOfficeBehindOneAddressGoesOn(t *testing.T) {
	s := serve(t, knowing, Bounds{Total: 200, PerAddress: 150, Strangers: 20, StrangersPerAddress: 10, PerAccount: 3}, nil)
	ask := func(client *http.Client, who string) {
		t.Helper()
		r, _ := http.NewRequest("GET", "https://"+s.address+"/", nil)
		r.Header.Set("Who", who)
		res, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		res.Body.Close()
	}
	clients := make([]*http.Client, 50)
	for i := range clients {
		clients[i] = s.client(t)
		ask(clients[i], "v"+string(rune('A'+i)))
	}
	for range 40 {
		c, err := s.connect("127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
	}
	eventually(t, "fifty who signed in and ten strangers", func() bool { return s.open() == 60 })
	for range 5 {
		ask(s.client(t), "one")
	}
	eventually(t, "three of one account", func() bool {
		s.ln.mu.Lock()
		defer s.ln.mu.Unlock()
		return s.ln.accounts["one"].Len() == 3 && s.ln.total == 62 // one stranger made room
	})
}

// S13: an address that connects without end is cut off before its handshakes cost, and
// others come in.
func TestS13ConnectingWithoutEndIsCutOff(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("only 127.0.0.1 of the loopback network is there")
	}
	s := serve(t, knowing, Bounds{Rate: Rate{PerSecond: 0.01, Burst: 5}}, nil)
	for i := range 7 {
		c, err := s.connect("127.0.0.1")
		if (err == nil) != (i < 5) {
			t.Errorf("connection %d: %v", i, err)
		}
		if err == nil {
			c.Close()
		}
	}
	c, err := s.connect("127.0.0.2")
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}
