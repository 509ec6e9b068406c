package network

import (
	"container/list"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Bounds are how many connections are open at once. An office often stands
// behind one address, so that PerAddress bounds an office, not a person. A
// connection is a stranger's until somebody signed in asks over it (Belongs).
type Bounds struct {
	Total      int // zero: 1024
	PerAddress int // zero: 128; an IPv6 address is its /64 network
	// Strangers and StrangersPerAddress bound those of strangers; zero: as many as all.
	// Over them a newcomer takes the place of the oldest: who only holds connections
	// keeps nobody from signing in.
	Strangers, StrangersPerAddress int
	PerAccount                     int // zero: as many as all; over it the account's oldest is closed
	// Rate is how often an address may connect, since every handshake costs; zero: as
	// often as it likes.
	Rate Rate
}

// Listen opens a TCP address for Server's ServeTLS. Connections over the bounds
// are closed as they come; plain HTTP is answered with the way to https. Errors
// are faults.
func Listen(address string, b Bounds) (net.Listener, error) {
	if _, port, err := net.SplitHostPort(address); err != nil || port == "" {
		return nil, invalid("listen",
			fmt.Sprintf("监听地址 %q 写法有误。请写成“地址:端口”，例如 0.0.0.0:8617。", address),
			fmt.Sprintf("The address %q to listen on is not well written. Write address:port, for example 0.0.0.0:8617.", address), err)
	}
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, listenFault(address, err)
	}
	if b.Total <= 0 {
		b.Total = 1024
	}
	if b.PerAddress <= 0 {
		b.PerAddress = 128
	}
	if b.Strangers <= 0 {
		b.Strangers = b.Total
	}
	if b.StrangersPerAddress <= 0 {
		b.StrangersPerAddress = b.PerAddress
	}
	if b.PerAccount <= 0 {
		b.PerAccount = b.Total
	}
	l := &listener{Listener: ln, bounds: b, open: map[netip.Prefix]int{}, strangers: map[netip.Prefix]*queue{}, accounts: map[string]*queue{}}
	if b.Rate != (Rate{}) {
		l.rate = newBuckets(b.Rate, 4096)
	}
	return l, nil
}

func listenFault(address string, err error) error {
	address = strings.TrimPrefix(address, ":") // all of the machine's addresses go without saying
	switch {
	case errors.Is(err, errInUse):
		return fault.New(fault.Unavailable, "listen_busy",
			fmt.Sprintf("端口 %s 已被占用。请关闭占用它的程序，或换一个端口。", address),
			fmt.Sprintf("The port %s is taken. Close the program that uses it, or choose another port.", address), err)
	case errors.Is(err, errDenied):
		return fault.New(fault.Forbidden, "listen_denied",
			fmt.Sprintf("系统不允许监听 %s。1024 以下的端口需要管理员权限；请换用较大的端口，例如 8617。", address),
			fmt.Sprintf("The system does not allow listening on %s. Ports below 1024 take an administrator's rights; choose a higher one, for example 8617.", address), err)
	case errors.Is(err, errNotHere):
		return invalid("listen_elsewhere",
			fmt.Sprintf("%s 不是本机的地址。请写本机的地址，或用 0.0.0.0 表示本机的全部地址。", address),
			fmt.Sprintf("%s is not an address of this machine. Give one of its own, or 0.0.0.0 for all of them.", address), err)
	}
	return invalid("listen",
		fmt.Sprintf("不能监听 %s。请核对地址和端口，例如 0.0.0.0:8617。", address),
		fmt.Sprintf("Cannot listen on %s. Check the address and the port, for example 0.0.0.0:8617.", address), err)
}

// listener counts connections from their acceptance to their closing.
type listener struct {
	net.Listener
	bounds Bounds
	rate   *buckets // nil: none

	mu        sync.Mutex
	total     int
	open      map[netip.Prefix]int
	unknown   int                     // strangers of all addresses
	strangers map[netip.Prefix]*queue // by address
	accounts  map[string]*queue
}

// queue is connections, oldest first.
type queue struct{ list.List }

func (l *listener) Accept() (net.Conn, error) {
	for {
		raw, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c := &conn{Conn: raw, l: l, from: network(raw.RemoteAddr().String())}
		if l.rate != nil && l.rate.take(c.from, time.Now()) > 0 {
			c.cut()
			continue
		}
		over, ok := l.take(c)
		if over != nil {
			over.cut()
		}
		if ok {
			return c, nil
		}
		c.cut()
	}
}

// take counts a newcomer in, unless the bounds of all are reached; over is who has to
// leave for it.
func (l *listener) take(c *conn) (over *conn, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.left = true // until it is in
	if l.total >= l.bounds.Total || l.open[c.from] >= l.bounds.PerAddress {
		return nil, false
	}
	if q := l.strangers[c.from]; q != nil && q.Len() >= l.bounds.StrangersPerAddress {
		over = q.oldest()
	} else if l.unknown >= l.bounds.Strangers {
		over = l.crowd().oldest()
	}
	if over != nil {
		l.drop(over)
	}
	c.left = false
	l.total++
	l.open[c.from]++
	l.unknown++
	c.in, c.place = enqueue(l.strangers, c.from, c)
	return over, true
}

// crowd is the address that has the most strangers.
func (l *listener) crowd() (most *queue) {
	for _, q := range l.strangers {
		if most == nil || q.Len() > most.Len() {
			most = q
		}
	}
	return most
}

func (q *queue) oldest() *conn { return q.Front().Value.(*conn) }

func enqueue[K comparable](all map[K]*queue, k K, c *conn) (*queue, *list.Element) {
	q := all[k]
	if q == nil {
		q = &queue{}
		all[k] = q
	}
	return q, q.PushBack(c)
}

// drop counts a connection out, once; l.mu is held.
func (l *listener) drop(c *conn) {
	if c.left {
		return
	}
	c.left = true
	l.leave(c)
	l.total--
	if l.open[c.from]--; l.open[c.from] == 0 {
		delete(l.open, c.from)
	}
}

// leave takes a connection from the queue that it is in.
func (l *listener) leave(c *conn) {
	c.in.Remove(c.place)
	if c.account == "" {
		l.unknown--
		if c.in.Len() == 0 {
			delete(l.strangers, c.from)
		}
	} else if c.in.Len() == 0 {
		delete(l.accounts, c.account)
	}
}

func (l *listener) giveBack(c *conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drop(c)
}

type connKey struct{}

// withConn is a connection's context, in which Belongs finds it.
func withConn(ctx context.Context, c net.Conn) context.Context {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	return context.WithValue(ctx, connKey{}, c)
}

// Belongs notes that a request's connection is an account's, who has signed in, and no
// stranger's any more.
func Belongs(ctx context.Context, account string) {
	c, ok := ctx.Value(connKey{}).(*conn)
	if !ok {
		return // not over a listener of ours
	}
	if over := c.l.belongs(c, account); over != nil {
		over.cut()
	}
}

func (l *listener) belongs(c *conn, account string) (over *conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c.left || c.account == account {
		return nil
	}
	l.leave(c)
	c.account = account
	c.in, c.place = enqueue(l.accounts, account, c)
	if c.in.Len() > l.bounds.PerAccount {
		over = c.in.oldest()
		l.drop(over)
	}
	return over
}

// network is whom a remote address counts for: an IPv4 address itself, or the
// /64 network of an IPv6 one, since whoever has one has all of it. What is no
// address counts together.
func network(remote string) netip.Prefix {
	ap, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Prefix{}
	}
	ip := ap.Addr().Unmap().WithZone("")
	bits := 64
	if ip.Is4() {
		bits = 32
	}
	prefix, _ := ip.Prefix(bits) // the address has that many
	return prefix
}
