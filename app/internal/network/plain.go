package network

import (
	"bufio"
	"bytes"
	"container/list"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// conn tells a client that speaks plain HTTP where to go. It looks at the first
// byte of the first read, which is part of the TLS handshake: so the server's
// time limit for handshakes holds here too, and nothing waits in Accept.
type conn struct {
	net.Conn
	l     *listener
	from  netip.Prefix
	begun bool

	// The listener's, under its lock:
	account string // who has signed in over it; empty: a stranger
	in      *queue
	place   *list.Element
	left    bool
}

// errPlain ends the handshake of who did not want one.
var errPlain = errors.New("plain HTTP, answered with the way to https")

// mostPlain is how much of a plain request is read, in bytes.
const mostPlain = 16 << 10

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if c.begun || n == 0 {
		return n, err
	}
	c.begun = true
	// A TLS record begins with a number below 32, a request with its method.
	if b[0] < 'A' || b[0] > 'Z' {
		return n, err
	}
	c.toTLS(b[:n])
	return 0, errPlain
}

func (c *conn) Close() error {
	defer c.l.giveBack(c)
	return c.Conn.Close()
}

// cut ends the connection and leaves no state behind in the system.
func (c *conn) cut() {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.Conn.Close()
}

// toTLS answers a request whose beginning has been read.
func (c *conn) toTLS(begin []byte) {
	in := bufio.NewReader(io.LimitReader(io.MultiReader(bytes.NewReader(begin), c.Conn), mostPlain))
	r, err := http.ReadRequest(in)
	if err != nil {
		return // broken, too long, or too slow
	}
	if _, err := io.WriteString(c.Conn, plainAnswer(r)); err != nil {
		return
	}
	// Closing over unread bytes would reset the connection before the answer
	// has arrived.
	if tcp, ok := c.Conn.(*net.TCPConn); ok && tcp.CloseWrite() == nil {
		_ = tcp.SetReadDeadline(time.Now().Add(500 * time.Millisecond))
		_, _ = io.CopyN(io.Discard, tcp, mostPlain)
	}
}

// plainAnswer redirects who wants to see a page. What was sent to be acted on, or
// by a program, has already gone over the network in the clear: that is not made
// to look as if it had worked (ASVS 4.1.2).
func plainAnswer(r *http.Request) string {
	to := (&url.URL{Scheme: "https", Host: r.Host, Path: r.URL.Path, RawPath: r.URL.RawPath, RawQuery: r.URL.RawQuery}).String()
	status, location := http.StatusBadRequest, ""
	if (r.Method == http.MethodGet || r.Method == http.MethodHead) && !strings.HasPrefix(r.URL.Path, "/api/") && validHost(r.Host) {
		status, location = http.StatusPermanentRedirect, "Location: "+to+"\r\n"
	}
	body := "此端口只接受 https。请把地址开头的 http:// 改成 https:// 后重试。\n" +
		"This port takes https only. Change http:// at the beginning of the address to https:// and try again.\n"
	head := fmt.Sprintf("HTTP/1.1 %d %s\r\n%sContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n"+
		"X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
		status, http.StatusText(status), location, len(body))
	if r.Method == http.MethodHead {
		return head
	}
	return head + body
}

// validHost reports whether a Host header names a host, with a port or without.
func validHost(hostport string) bool {
	u, err := url.Parse("https://" + hostport + "/")
	if err != nil || u.Host != hostport || u.User != nil {
		return false
	}
	_, err = checkNames([]string{u.Hostname()})
	return err == nil
}
