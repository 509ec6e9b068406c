package live

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/websocket"
)

const (
	// Subprotocol names the message format; the hub selects it.
	Subprotocol = "mingcha.live.v1"
	// tokenPrefix begins the second subprotocol, which carries the token: a
	// page cannot set headers on a WebSocket, and an address ends up in logs.
	tokenPrefix = "token."
	// maxMessage bounds what a client may send in one message, in bytes.
	maxMessage = 4096
)

// ServeHTTP upgrades a request and serves the client until it leaves. It
// answers 403 to a page of another origin, 401 to a wrong token and 503 when
// there are too many clients.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !h.ownOrigin(r) {
		http.Error(w, "origin not allowed", http.StatusForbidden)
		return
	}
	protocols := websocket.Subprotocols(r)
	if !slices.Contains(protocols, Subprotocol) {
		http.Error(w, "subprotocol "+Subprotocol+" is required", http.StatusBadRequest)
		return
	}
	if !h.knowsToken(protocols) {
		http.Error(w, "wrong token", http.StatusUnauthorized)
		return
	}
	h.upgrade(w, r, nil, nil)
}

// Admit serves a client that the caller has let in, having checked its origin
// and who it is. only are the departments that it may hear of (nil: all); it
// is sent no board and no adapters then, which tell of all. valid is asked
// again with every ping, and ends the connection once it says no.
func (h *Hub) Admit(w http.ResponseWriter, r *http.Request, only []string, valid func() bool) {
	if !slices.Contains(websocket.Subprotocols(r), Subprotocol) {
		http.Error(w, "subprotocol "+Subprotocol+" is required", http.StatusBadRequest)
		return
	}
	h.upgrade(w, r, only, valid)
}

func (h *Hub) upgrade(w http.ResponseWriter, r *http.Request, only []string, valid func() bool) {
	if !h.enter() {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many clients", http.StatusServiceUnavailable)
		return
	}
	defer h.leave()
	upgrader := websocket.Upgrader{
		HandshakeTimeout: h.timing.hello,
		ReadBufferSize:   1024,
		WriteBufferSize:  1024,
		Subprotocols:     []string{Subprotocol},
		CheckOrigin:      func(*http.Request) bool { return true }, // done above
	}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	serve(h, conn, only, valid)
}

// ownOrigin reports whether the request comes from one of our pages. A request
// without an origin comes from no page at all; the token speaks for it. That
// the host is a loopback name keeps a foreign name that was pointed at this
// machine (DNS rebinding) from being its own origin.
func (h *Hub) ownOrigin(r *http.Request) bool {
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
	if slices.Contains(h.opts.Origins, origins[0]) {
		return true
	}
	u, err := url.Parse(origins[0])
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.EqualFold(u.Host, r.Host)
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
func (h *Hub) knowsToken(protocols []string) bool {
	known := 0
	for _, p := range protocols {
		token, ok := strings.CutPrefix(p, tokenPrefix)
		if !ok || token == "" {
			continue
		}
		got := sha256.Sum256([]byte(token))
		for _, t := range h.opts.Tokens {
			want := sha256.Sum256([]byte(t))
			known |= subtle.ConstantTimeCompare(got[:], want[:])
		}
	}
	return known == 1
}

func (h *Hub) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || h.clients >= h.opts.MaxClients {
		return false
	}
	h.clients++
	h.running.Add(1)
	return true
}

func (h *Hub) leave() {
	h.mu.Lock()
	h.clients--
	h.mu.Unlock()
	h.running.Done()
}
