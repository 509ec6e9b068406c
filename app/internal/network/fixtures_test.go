package network

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

func TestMain(m *testing.M) {
	// net/http sleeps half a second before it closes over an unread body.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

// served is a server of this package on a real socket.
type served struct {
	address string
	id      *Identity
	ln      *listener
}

func serve(t *testing.T, h http.Handler, b Bounds, tweak func(*http.Server)) *served {
	t.Helper()
	id, err := Certificate(t.TempDir(), "", "", nil, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	ln, err := Listen("127.0.0.1:0", b)
	if err != nil {
		t.Fatal(err)
	}
	srv := Server(h, id, slog.New(slog.DiscardHandler))
	if tweak != nil {
		tweak(srv)
	}
	done := make(chan error, 1)
	go func() { done <- srv.ServeTLS(ln, "", "") }()
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return &served{ln.Addr().String(), id, ln.(*listener)}
}

// trusting is a client's configuration that trusts this server and checks it.
func (s *served) trusting() *tls.Config {
	roots := x509.NewCertPool()
	roots.AddCert(s.id.held.Load().cert.Leaf)
	return &tls.Config{RootCAs: roots}
}

func (s *served) client(t *testing.T) *http.Client {
	tr := &http.Transport{TLSClientConfig: s.trusting(), ForceAttemptHTTP2: true}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: time.Minute}
}

// connect completes a handshake from a loopback address.
func (s *served) connect(from string) (*tls.Conn, error) {
	d := &net.Dialer{Timeout: time.Minute, LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	c, err := tls.DialWithDialer(d, "tcp", s.address, s.trusting())
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (s *served) open() int {
	s.ln.mu.Lock()
	defer s.ln.mu.Unlock()
	return s.ln.total
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatal("not within a minute: " + what)
}

// isFault checks that an error is a fault with sentences in both languages.
func isFault(t *testing.T, err error, code string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code {
		t.Fatalf("%v instead of the fault %s", err, code)
	}
	if f.ZH == "" || f.EN == "" || f.ZH == f.EN {
		t.Errorf("%s lacks its sentences: %q %q", code, f.ZH, f.EN)
	}
}

// pairFiles writes a certificate and its key as an administrator brings them.
func pairFiles(t *testing.T, names []string, now time.Time) (certFile, keyFile string) {
	t.Helper()
	pair, err := newPair(nil, names, now)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for _, f := range []string{certFile, keyFile} { // both blocks: each side takes its own
		if err := os.WriteFile(f, pair, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

var ok = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(r.Proto)) })
