// Package remote shows a console elsewhere in this machine's window. The pages
// stay the window's own. What they ask of the API goes on to that console over
// TLS, and its live stream comes back through a socket on loopback. The session's
// cookie is kept here: no page ever holds it.
//
// Who that console is, a person confirms once by its certificate's fingerprint;
// from then on it is known by its key.
package remote

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
)

// Options say where to connect.
type Options struct {
	Address string // of ParseAddress
	Trust   string // the key that a person has confirmed just now; "": none
	Book    *Book
	Origins []string       // of the pages that may follow the live stream
	Version string         // of this window
	Bodies  httpapi.Bodies // what the API takes besides JSON of the usual size
	Roots   *x509.CertPool // authorities; nil: the system's
	Logger  *slog.Logger
}

// Console is a console elsewhere. As a handler it answers the API's calls.
type Console struct {
	http.Handler
	o         Options
	base      *url.URL
	jar       *cookiejar.Jar
	transport *http.Transport
	dialer    websocket.Dialer

	door    live.Door
	sockets net.Listener
	srv     *http.Server

	closing context.Context // ends with Close
	stop    context.CancelFunc
	relays  sync.RWMutex // read-held by each: Close waits for them
}

// Connect finds out whether a console answers at the address and is the one that
// is meant. It returns an *Unknown where a person has to confirm that first; other
// errors are faults.
func Connect(ctx context.Context, o Options) (*Console, error) {
	key, err := o.Book.Key(o.Address)
	if err != nil {
		return nil, err
	}
	if key == "" {
		key = o.Trust
	}
	c := &Console{o: o, base: &url.URL{Scheme: "https", Host: o.Address}}
	if c.jar, err = cookiejar.New(nil); err != nil {
		return nil, err
	}
	t := trust{o.Address, key, o.Roots}
	c.transport = &http.Transport{TLSClientConfig: t.config(), ForceAttemptHTTP2: true,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout: 10 * time.Second, MaxIdleConns: 16, IdleConnTimeout: 90 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 15 * time.Second}}
	c.dialer = websocket.Dialer{TLSClientConfig: t.config("http/1.1"), Subprotocols: []string{live.Subprotocol}, HandshakeTimeout: 10 * time.Second,
		NetDialContext: c.transport.DialContext}
	c.Handler = c.proxy()
	if err := c.greet(ctx); err != nil {
		c.transport.CloseIdleConnections()
		return nil, err
	}
	if err := o.Book.Connected(o.Address, key); err != nil {
		c.transport.CloseIdleConnections()
		return nil, err
	}
	if err := c.listen(); err != nil {
		c.transport.CloseIdleConnections()
		return nil, err
	}
	return c, nil
}

// Address is where the console is.
func (c *Console) Address() string { return c.o.Address }

// greet asks what only a console answers so: who has not signed in.
func (c *Console) greet(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base.JoinPath("/api/session").String(), nil)
	if err != nil {
		return err
	}
	resp, err := c.transport.RoundTrip(r)
	if err != nil {
		return c.trouble(err)
	}
	defer resp.Body.Close()
	var p struct{ Code, ZH, EN string }
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return c.trouble(err)
	}
	if json.Unmarshal(raw, &p) != nil || p.Code == "" || p.ZH == "" || p.EN == "" {
		return c.notConsole(fmt.Errorf("status %d", resp.StatusCode))
	}
	if resp.StatusCode != http.StatusUnauthorized || p.Code != "sign_in" {
		return fault.New(fault.Unavailable, p.Code, p.ZH, p.EN, fmt.Errorf("status %d", resp.StatusCode))
	}
	return nil
}

// trouble words why there is no answer.
func (c *Console) trouble(err error) error {
	var unknown *Unknown
	if errors.As(err, &unknown) {
		return unknown
	}
	if f, ok := fault.As(err); ok {
		return f
	}
	var name *net.DNSError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(err, &plain):
		return c.notConsole(err)
	case errors.As(err, &name) && name.IsNotFound:
		return fault.New(fault.Unavailable, "remote_name",
			fmt.Sprintf("网络上找不到 %s 这台机器。请核对名称有没有写错，或改用它的 IP 地址。", c.o.Address),
			fmt.Sprintf("There is no machine %s on the network. Check how its name is written, or give its IP address.", c.o.Address), err)
	}
	return fault.New(fault.Unavailable, "remote_unreachable",
		fmt.Sprintf("连不上 %s 的明察。请确认那台机器已开机、已对办公网开放，地址和端口没有写错，然后重试。", c.o.Address),
		fmt.Sprintf("Mingcha at %s does not answer. Make sure that the machine is on and open to the office network and that address and port are right, then try again.", c.o.Address), err)
}

func (c *Console) notConsole(err error) error {
	return fault.New(fault.Unavailable, "not_mingcha",
		fmt.Sprintf("%s 上运行的不是明察，或它没有让人登录。请核对地址和端口。", c.o.Address),
		fmt.Sprintf("What runs at %s is not Mingcha, or not one that people sign in to. Check the address and the port.", c.o.Address), err)
}

// listen takes the pages' sockets, on loopback with a token of this run.
func (c *Console) listen() (err error) {
	if c.sockets, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	token := make([]byte, 32)
	rand.Read(token) // never fails
	c.door = live.Door{Origins: c.o.Origins, Tokens: []string{base64.RawURLEncoding.EncodeToString(token)}}
	c.closing, c.stop = context.WithCancel(context.Background())
	c.srv = httpapi.Server(http.HandlerFunc(c.relay))
	go c.srv.Serve(c.sockets) //nolint:errcheck // ends with Close
	return nil
}

// Close ends every connection. Whoever had signed in has to do so again.
func (c *Console) Close() error {
	c.stop()
	err := c.srv.Close()
	c.relays.Lock() // all are gone
	defer c.relays.Unlock()
	c.transport.CloseIdleConnections()
	return err
}
