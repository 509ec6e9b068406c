package network

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Bounds are how many connections are open at once. An office often stands
// behind one address, so that PerAddress bounds an office, not a person.
type Bounds struct {
	Total      int // zero: 1024
	PerAddress int // zero: 128; an IPv6 address is its /64 network
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
	return &listener{Listener: ln, bounds: b, open: map[netip.Prefix]int{}}, nil
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

	mu    sync.Mutex
	total int
	open  map[netip.Prefix]int
}

func (l *listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := network(c.RemoteAddr().String())
		if l.take(from) {
			return &conn{Conn: c, release: sync.OnceFunc(func() { l.giveBack(from) })}, nil
		}
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // leaves no state behind in the system
		}
		_ = c.Close()
	}
}

func (l *listener) take(from netip.Prefix) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.total >= l.bounds.Total || l.open[from] >= l.bounds.PerAddress {
		return false
	}
	l.total++
	l.open[from]++
	return true
}

func (l *listener) giveBack(from netip.Prefix) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total--
	if l.open[from]--; l.open[from] == 0 {
		delete(l.open, from)
	}
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
