package network

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

func TestTLSVersionsAndSuites(t *testing.T) {
	s := serve(t, ok, Bounds{}, nil)
	for _, c := range []struct {
		version uint16
		suites  []uint16
		works   bool
	}{
		{tls.VersionTLS10, nil, false},
		{tls.VersionTLS11, nil, false},
		{tls.VersionTLS12, nil, true},
		{tls.VersionTLS12, []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA}, false},
		{tls.VersionTLS13, nil, true},
	} {
		conf := s.trusting()
		conf.MinVersion, conf.MaxVersion, conf.CipherSuites = c.version, c.version, c.suites
		conn, err := tls.Dial("tcp", s.address, conf)
		if (err == nil) != c.works {
			t.Errorf("%s with %v: %v", tls.VersionName(c.version), c.suites, err)
		}
		if err == nil {
			conn.Close()
		}
	}
	// No suite that the console takes exists before 1.2; the bound holds by itself.
	if got := s.id.TLSConfig().MinVersion; got != tls.VersionTLS12 {
		t.Errorf("from %s on", tls.VersionName(got))
	}
	conn, err := s.connect("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := conn.ConnectionState().Version; got != tls.VersionTLS13 {
		t.Errorf("by choice %s is spoken", tls.VersionName(got))
	}
}

func TestBothVersionsOfHTTPAndWebSocketsWork(t *testing.T) {
	up := websocket.Upgrader{}
	s := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/live" {
			ok(w, r)
			return
		}
		c, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		if kind, text, err := c.ReadMessage(); err == nil {
			_ = c.WriteMessage(kind, append(text, '!'))
		}
	}), Bounds{}, func(srv *http.Server) { srv.WriteTimeout = 2 * time.Second })
	one := &http.Transport{TLSClientConfig: s.trusting()} // a configuration of one's own turns HTTP/2 off
	defer one.CloseIdleConnections()
	for want, client := range map[string]*http.Client{"HTTP/2.0": s.client(t), "HTTP/1.1": {Transport: one}} {
		res, err := client.Get("https://" + s.address + "/")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if string(body) != want {
			t.Errorf("%s instead of %s", body, want)
		}
	}
	c, _, err := (&websocket.Dialer{TLSClientConfig: s.trusting()}).Dial("wss://"+s.address+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	time.Sleep(3 * time.Second) // past the time limit of answers
	if err := c.WriteMessage(websocket.TextMessage, []byte("ni hao")); err != nil {
		t.Fatal(err)
	}
	if _, text, err := c.ReadMessage(); err != nil || string(text) != "ni hao!" {
		t.Errorf("%s %v", text, err)
	}
}

func TestARenewedCertificateIsServedAtTheNextHandshake(t *testing.T) {
	s := serve(t, ok, Bounds{}, nil)
	before := s.trusting()
	if changed, err := s.id.Renew(time.Now().Add(370 * days)); !changed || err != nil {
		t.Fatal(changed, err)
	}
	if c, err := tls.Dial("tcp", s.address, before); err == nil {
		c.Close()
		t.Error("the old certificate is still served")
	}
	after := s.trusting()
	after.Time = func() time.Time { return time.Now().Add(370 * days) }
	c, err := tls.Dial("tcp", s.address, after)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}

// raw sends text without TLS and reads until the server closes.
func raw(t *testing.T, address, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if err != nil {
		t.Errorf("after %q: %v", answer, err)
	}
	return string(answer)
}

func TestBrowsersKeepToTLSWhereTheCertificateWasGiven(t *testing.T) {
	certFile, keyFile := pairFiles(t, []string{"hall.example"}, time.Now())
	given, err := Certificate(t.TempDir(), certFile, keyFile, nil, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	own, err := Certificate(t.TempDir(), "", "", nil, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[*Identity]string{given: "max-age=31536000; includeSubDomains", own: ""} {
		w := httptest.NewRecorder()
		id.Strict(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if got := w.Header().Get("Strict-Transport-Security"); got != want || w.Code != 404 {
			t.Errorf("self made %v: %d %q, want %q", id.Info().SelfMade, w.Code, got, want)
		}
	}
}

func TestPlainHTTPIsShownTheWay(t *testing.T) {
	s := serve(t, ok, Bounds{}, nil)
	res, err := s.client(t).Get("http://" + s.address + "/visits?day=1")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if got := res.Request.URL.String(); res.StatusCode != 200 || got != "https://"+s.address+"/visits?day=1" {
		t.Errorf("arrived at %s: %d", got, res.StatusCode)
	}
	for request, want := range map[string]string{
		"GET /a%2Fb?c=d HTTP/1.1\r\nHost: hall:8617\r\n\r\n":                                        "308 Permanent Redirect\r\nLocation: https://hall:8617/a%2Fb?c=d\r\n",
		"HEAD / HTTP/1.1\r\nHost: [fd00::1]\r\n\r\n":                                                "308 Permanent Redirect\r\nLocation: https://[fd00::1]/\r\n",
		"POST /api/sign-in HTTP/1.1\r\nHost: hall\r\nContent-Length: 2\r\n\r\n{}":                   "400 Bad Request\r\nContent-Type",
		"GET /api/cases HTTP/1.1\r\nHost: hall\r\n\r\n":                                             "400 Bad Request\r\nContent-Type",
		"GET / HTTP/1.1\r\nHost: hall/evil?\r\n\r\n":                                                "400 Bad Request\r\nContent-Type",
		"GET / HTTP/1.1\r\nHost: a@hall\r\n\r\n":                                                    "400 Bad Request\r\nContent-Type",
		"GET / HTTP/1.0\r\n\r\n":                                                                    "400 Bad Request\r\nContent-Type",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n":                                                          "400 Bad Request\r\nContent-Type",
		"POST / HTTP/1.1\r\nHost: hall\r\nContent-Length: 9000\r\n\r\n" + strings.Repeat("x", 9000): "400 Bad Request\r\nContent-Type",
	} {
		answer := raw(t, s.address, request)
		if !strings.HasPrefix(answer, "HTTP/1.1 "+want) {
			t.Errorf("to %.60q: %.200q", request, answer)
		}
		if shown := strings.Contains(answer, "https://"); shown == strings.HasPrefix(request, "HEAD") && !strings.Contains(answer, "Location") {
			t.Errorf("to %.60q without words: %q", request, answer)
		}
	}
	if answer := raw(t, s.address, "NONSENSE\r\n\r\n"); answer != "" {
		t.Errorf("to nonsense: %q", answer)
	}
	eventually(t, "all connections are given back", func() bool { return s.open() <= 1 })
}

func TestDrippingAndSilentClientsAreCut(t *testing.T) {
	s := serve(t, ok, Bounds{}, func(srv *http.Server) { srv.ReadHeaderTimeout = 2 * time.Second })
	secret, err := s.connect("127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		conn  net.Conn
		begin string
	}{
		"headers within TLS": {secret, "GET / HTTP/1.1\r\nHost: hall\r\nX-A: "},
		"plain headers":      {plain(t, s.address), "GET / HTTP/1.1\r\nHost: hall\r\nX-A: "},
		"half a handshake":   {plain(t, s.address), "\x16\x03\x01\x02\x00"},
		"silence":            {plain(t, s.address), ""},
	} {
		t.Run(name, func(t *testing.T) {
			defer c.conn.Close()
			begun := time.Now()
			if _, err := io.WriteString(c.conn, c.begin); err != nil {
				t.Fatal(err)
			}
			cut := make(chan struct{})
			go func() {
				defer close(cut)
				_, _ = io.Copy(io.Discard, c.conn)
			}()
			drip := time.NewTicker(50 * time.Millisecond)
			defer drip.Stop()
			for {
				select {
				case <-cut:
					return
				case <-drip.C:
					if c.begin != "" {
						_, _ = c.conn.Write([]byte("a"))
					}
					if time.Since(begun) > time.Minute { // the next limit cuts after two
						t.Fatal("still open after a minute")
					}
				}
			}
		})
	}
	eventually(t, "all connections are given back", func() bool { return s.open() == 0 })
}

func plain(t *testing.T, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheServersLimits(t *testing.T) {
	id := certificate(t, t.TempDir(), nil, noon)
	srv := Server(ok, id, slog.New(slog.DiscardHandler))
	for name, limit := range map[string]time.Duration{"header": srv.ReadHeaderTimeout, "read": srv.ReadTimeout, "write": srv.WriteTimeout, "idle": srv.IdleTimeout} {
		if limit <= 0 || limit > 5*time.Minute {
			t.Errorf("%s: %v", name, limit)
		}
	}
	s := serve(t, ok, Bounds{}, nil)
	r, err := http.NewRequest("GET", "https://"+s.address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Long", strings.Repeat("x", 64<<10))
	one := &http.Client{Transport: &http.Transport{TLSClientConfig: s.trusting(), DisableKeepAlives: true}}
	res, err := one.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("64 KiB of headers: %d", res.StatusCode)
	}
}

func TestAPortScanDoesNotFloodTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		l := serverLog(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
		for i := range 1000 {
			l.Printf("http: TLS handshake error from 10.0.0.7:%d: EOF", i)
		}
		if got := strings.Count(out.String(), "level=DEBUG"); got != 10 {
			t.Errorf("%d lines at once", got)
		}
		time.Sleep(3 * time.Second)
		for range 1000 {
			l.Printf("http2: server: error reading preface from client 10.0.0.7:4000: EOF")
		}
		if got := strings.Count(out.String(), "\n"); got != 13 {
			t.Errorf("%d lines three seconds later", got)
		}
		l.Print("http: panic serving 10.0.0.7:4000: out of paper")
		if got := out.String(); !strings.Contains(got, "level=WARN") || !strings.Contains(got, "out of paper") {
			t.Error("a panic is taken for noise")
		}
	})
}

func TestAddressesLeadToThisMachine(t *testing.T) {
	use, _ := reachable()
	list := Addresses(8617)
	for _, ip := range use {
		if want := fmt.Sprintf("https://%s/", net.JoinHostPort(ip.String(), "8617")); !slices.Contains(list, want) {
			t.Errorf("%s is not among %v", want, list)
		}
	}
	for _, a := range list {
		if strings.Contains(a, "127.0.0.1") || strings.Contains(a, "localhost") || strings.Contains(a, "%") {
			t.Errorf("%s is of no use to colleagues", a)
		}
	}
	for _, c := range []struct {
		host string
		port int
		want string
	}{
		{"10.0.0.7", 8617, "10.0.0.7:8617"}, {"10.0.0.7", 443, "10.0.0.7"},
		{"fd00::1", 8617, "[fd00::1]:8617"}, {"fd00::1", 443, "[fd00::1]"}, {"hall", 443, "hall"},
	} {
		if got := authority(c.host, c.port); got != c.want {
			t.Errorf("%s %d: %s", c.host, c.port, got)
		}
	}
}
