package network

import (
	"errors"
	"net"
	"os"
	"runtime"
	"testing"
)

func TestWhatCannotBeListenedOnIsSaid(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for address, code := range map[string]string{
		taken.Addr().String(): "listen_busy",
		"192.0.2.1:8617":      "listen_elsewhere", // RFC 5737: nobody's
		"8617":                "listen",
		"127.0.0.1":           "listen",
		"127.0.0.1:":          "listen",
		"127.0.0.1:70000":     "listen",
	} {
		ln, err := Listen(address, Bounds{})
		if err == nil {
			ln.Close()
		}
		isFault(t, err, code)
	}
	// Who runs the tests may be allowed every port.
	isFault(t, listenFault("127.0.0.1:80", &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", errDenied)}), "listen_denied")
	isFault(t, listenFault("127.0.0.1:80", errors.New("something else")), "listen")
}

func TestConnectionsAreBoundedAndGivenBack(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("only 127.0.0.1 of the loopback network is there")
	}
	s := serve(t, ok, Bounds{Total: 8, PerAddress: 3}, nil)
	must := func(from string, want bool) net.Conn {
		t.Helper()
		c, err := s.connect(from)
		if (err == nil) != want {
			t.Fatalf("from %s with %d open: %v", from, s.open(), err)
		}
		if err != nil {
			return nil
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	first := must("127.0.0.1", true)
	must("127.0.0.1", true)
	must("127.0.0.1", true)
	must("127.0.0.1", false) // its bound
	for range 3 {
		must("127.0.0.2", true)
	}
	must("127.0.0.3", true)
	must("127.0.0.3", true)
	must("127.0.0.4", false) // the bound of all
	first.Close()
	eventually(t, "the closed one is given back", func() bool { return s.open() == 7 })
	must("127.0.0.2", false)
	must("127.0.0.4", true)
	must("127.0.0.1", false) // all are in use again
}

func TestEverythingIsGivenBackHoweverAConnectionEnds(t *testing.T) {
	s := serve(t, ok, Bounds{Total: 20, PerAddress: 20}, nil)
	for round := range 30 {
		c, err := net.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		switch round % 3 {
		case 0: // says nothing
		case 1:
			_, _ = c.Write([]byte("\x00\x01garbage"))
		default:
			_ = c.(*net.TCPConn).SetLinger(0) // breaks off
		}
		c.Close()
	}
	eventually(t, "nothing is open", func() bool { return s.open() == 0 })
	s.ln.mu.Lock()
	defer s.ln.mu.Unlock()
	if len(s.ln.open) != 0 {
		t.Errorf("addresses without connections are remembered: %v", s.ln.open)
	}
}
