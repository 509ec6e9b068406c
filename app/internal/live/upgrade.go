package live

import (
	"compress/flate"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/origin"
)

const (
	// Subprotocol names the message format; the hub selects it.
	Subprotocol = "mingcha.live.v1"
	// tokenPrefix begins the second subprotocol, which carries the token: a
	// page cannot set headers on a WebSocket, and an address ends up in logs.
	tokenPrefix = "token."
	// MaxMessage bounds what a client may send in one message, in bytes.
	MaxMessage = 4096
)

// Door lets in pages of this machine: those of the origins or of the host that
// was asked, which bring one of the tokens.
type Door struct {
	Origins []string // besides the host's own, such as "wails://wails"
	Tokens  []string // none: nobody may come in
}

// Pass reports whether a request for the live stream may come in. Otherwise it
// has answered: 403 to a page of another origin, 401 to a wrong token.
func (d Door) Pass(w http.ResponseWriter, r *http.Request) bool {
	if !d.ownOrigin(r) {
		http.Error(w, "origin not allowed", http.StatusForbidden)
		return false
	}
	protocols := websocket.Subprotocols(r)
	if !slices.Contains(protocols, Subprotocol) {
		http.Error(w, "subprotocol "+Subprotocol+" is required", http.StatusBadRequest)
		return false
	}
	if !d.knowsToken(protocols) {
		http.Error(w, "wrong token", http.StatusUnauthorized)
		return false
	}
	return true
}

// ServeHTTP upgrades a request and returns: the client is served until it
// leaves, or the hub closes. It answers as Door.Pass does, and 503 when there
// are too many clients.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if (Door{h.opts.Origins, h.opts.Tokens}).Pass(w, r) {
		h.upgrade(h.ctx, w, r, Guest{})
	}
}

// Admit upgrades a guest's request and returns: the guest is served until it
// leaves, is not welcome any more, ctx ends, or the hub closes.
func (h *Hub) Admit(ctx context.Context, w http.ResponseWriter, r *http.Request, g Guest) {
	if !slices.Contains(websocket.Subprotocols(r), Subprotocol) {
		g.left()
		http.Error(w, "subprotocol "+Subprotocol+" is required", http.StatusBadRequest)
		return
	}
	h.upgrade(ctx, w, r, g)
}

// writeBuffers are shared: a message that clients share is framed already, and
// none of them holds a buffer while it is silent.
var writeBuffers sync.Pool

// upgrade serves the client on a goroutine of its own. The request's is let go:
// what net/http holds for it, and the stack that the way through the gate grew,
// is more than all that a silent page costs.
func (h *Hub) upgrade(ctx context.Context, w http.ResponseWriter, r *http.Request, g Guest) {
	if status := h.enter(g.Who); status != 0 {
		g.left()
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many clients", status)
		return
	}
	upgrader := websocket.Upgrader{
		HandshakeTimeout: h.timing.hello,
		ReadBufferSize:   1024,
		WriteBufferSize:  1024,
		WriteBufferPool:  &writeBuffers,
		Subprotocols:     []string{Subprotocol},
		CheckOrigin:      func(*http.Request) bool { return true }, // done above
	}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil { // the upgrader has answered
		h.leave(g.Who)
		g.left()
		return
	}
	// Nothing is compressed. At any other level the messages that clients share, which
	// are framed for this one, would be framed a second time.
	if err := conn.SetCompressionLevel(flate.NoCompression); err != nil {
		panic(err) // only for a level that there is not
	}
	go func() {
		defer g.left()
		defer h.leave(g.Who)
		serve(ctx, h, conn, g)
	}()
}

// ownOrigin reports whether the request comes from one of our pages. A request
// without an origin comes from no page at all; the token speaks for it. That
// the host is a loopback name keeps a foreign name that was pointed at this
// machine (DNS rebinding) from being its own origin.
func (d Door) ownOrigin(r *http.Request) bool {
	if !loopback(r.Host) {
		return false
	}
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	if len(origins) > 1 {
		return false
	}
	if slices.Contains(d.Origins, origins[0]) {
		return true
	}
	scheme, same := origin.Same(origins[0], r.Host)
	return same && (scheme == "http" || scheme == "https")
}

// loopback reports whether a Host header names this machine.
func loopback(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.IsLoopback()
}

// knowsToken compares in a time that tells nothing about the token.
func (d Door) knowsToken(protocols []string) bool {
	known := 0
	for _, p := range protocols {
		token, ok := strings.CutPrefix(p, tokenPrefix)
		if !ok || token == "" {
			continue
		}
		got := sha256.Sum256([]byte(token))
		for _, t := range d.Tokens {
			want := sha256.Sum256([]byte(t))
			known |= subtle.ConstantTimeCompare(got[:], want[:])
		}
	}
	return known == 1
}

// enter counts a client in, or says with what status it is turned away: there are too
// many of its own (429), or of all (503).
func (h *Hub) enter(who string) (refused int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closed || h.clients >= h.opts.MaxClients:
		return http.StatusServiceUnavailable
	case who != "" && h.of[who] >= clientsEach || !h.rates.mayJoin(who):
		return http.StatusTooManyRequests
	}
	h.clients++
	h.of[who]++
	h.log.every = pace(h.clients)
	h.running.Add(1)
	return 0
}

func (h *Hub) leave(who string) {
	h.mu.Lock()
	h.clients--
	if h.of[who]--; h.of[who] == 0 {
		delete(h.of, who)
	}
	h.log.every = pace(h.clients)
	h.mu.Unlock()
	h.running.Done()
}
