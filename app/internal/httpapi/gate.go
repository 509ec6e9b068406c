package httpapi

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/origin"
)

// gate decides who gets in, and to what.
type gate struct {
	o     Options
	api   *http.ServeMux
	ops   map[string]*operation // by the mux's pattern
	load  *Load
	may   func(r access.Role, operation string) bool
	pages http.Handler
	hosts map[string]bool

	crossOrigin http.CrossOriginProtection // by what browsers say of a request themselves
	turnedAway  *turnedAway
}

// LiveRoute is where the live stream is.
const LiveRoute = "/api/live"

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.secure(w.Header())
	if p := g.refuse(r); p != nil {
		g.turnedAway.request(r, p)
		p.Write(w)
		return
	}
	if r.URL.Path == LiveRoute && g.o.Sessions != nil {
		g.admitLive(w, r)
		return
	}
	if r.URL.Path == LiveRoute && g.o.Live != nil {
		g.o.Live.ServeHTTP(w, r) // has its own token; takes the connection over
		return
	}
	t := &tracked{ResponseWriter: w}
	t.begin()
	defer g.recover(t, r)
	if !isAPI(r.URL.Path) {
		g.serve(t, r, g.pages)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if p := g.admit(r); p != nil {
		if p.Status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		p.Write(t)
		return
	}
	if g.o.Sessions != nil {
		g.o.Sessions.Load(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who, p := g.who(r)
			if p != nil {
				p.Write(w)
				return
			}
			g.call(w, r.WithContext(access.With(r.Context(), who)))
		})).ServeHTTP(t, r)
		return
	}
	if g.o.Elsewhere != nil {
		g.o.Elsewhere.ServeHTTP(t, r)
		return
	}
	g.call(t, r.WithContext(access.With(r.Context(), access.Here)))
}

// inWindow: the pages come to the window without a port.
func (g *gate) inWindow() bool { return g.o.Token == "" && g.o.Sessions == nil }

func isAPI(path string) bool { return path == "/api" || strings.HasPrefix(path, "/api/") }

// serve compresses on the way out, where there is a network in between.
func (g *gate) serve(w http.ResponseWriter, r *http.Request, h http.Handler) {
	if g.inWindow() || !acceptsGzip(r) {
		h.ServeHTTP(w, r)
		return
	}
	z := &zipped{ResponseWriter: w}
	// Not deferred: after a panic nothing more is written.
	h.ServeHTTP(z, r)
	z.finish()
}

// secure sets what holds for every answer. Styles may stand inline because the
// component library writes them so; scripts may not.
func (g *gate) secure(h http.Header) {
	self, sockets := "'self'", " ws://127.0.0.1:* ws://localhost:*"
	if g.inWindow() {
		self += " wails: http://wails.localhost"
	}
	if g.o.Sessions != nil {
		sockets = "" // its own origin, which 'self' covers
		h.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()")
	}
	h.Set("Content-Security-Policy", "default-src "+self+
		"; connect-src "+self+sockets+
		"; style-src "+self+" 'unsafe-inline'; img-src "+self+" data: blob:; font-src "+self+" data:"+
		"; worker-src "+self+" blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
}

// refuse turns away what did not come from our own pages or tools.
func (g *gate) refuse(r *http.Request) *api.Problem {
	if !g.ours(r.Host) {
		return api.NewProblem(http.StatusForbidden, "foreign_host",
			"请用控制台启动时显示的地址访问。", "Use the address that the console printed when it started.")
	}
	if r.URL.Path == LiveRoute && g.o.Live != nil && g.o.Sessions == nil {
		return nil // the hub knows its own origins
	}
	if !ownOrigin(r, g.o.Sessions != nil) {
		return foreignOrigin()
	}
	return nil
}

func (g *gate) ours(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	if g.hosts[host] || g.o.Names != nil && slices.Contains(g.o.Names(), host) {
		return true
	}
	if g.inWindow() {
		return false
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.IsLoopback()
}

// ownOrigin reports whether the origin, if any, is the host that was asked. On a
// network a page of that host that came without TLS is anybody's who sits in
// between.
func ownOrigin(r *http.Request, secure bool) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	scheme, same := origin.Same(origins[0], r.Host)
	return same && len(origins) == 1 && (scheme == "https" || !secure)
}

// sameSite is what browsers say of a request themselves. Of those that say but
// its origin the library compares letters: the host is written as the origin is,
// where they are the same.
func (g *gate) sameSite(r *http.Request) error {
	if from := r.Header.Get("Origin"); from != "" {
		if _, same := origin.Same(from, r.Host); same {
			if u, err := url.Parse(from); err == nil {
				r = r.WithContext(r.Context()) // a copy, of which alone the host is changed
				r.Host = u.Host
			}
		}
	}
	return g.crossOrigin.Check(r)
}

// admit checks a call of the API.
func (g *gate) admit(r *http.Request) *api.Problem {
	if g.o.Token != "" && !sameToken(bearer(r), g.o.Token) {
		return api.NewProblem(http.StatusUnauthorized, "no_token",
			"没有访问权限。请用控制台启动时显示的完整地址重新打开页面。",
			"Access needs the console's token. Open the page again by the whole address that the console printed.")
	}
	return nil
}

func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
}

// sameToken compares in a time that tells nothing about the token.
func sameToken(got, want string) bool {
	a, b := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// call answers a call of the API, of who is known: first whether they may at all, then
// what they sent, then their turn, and when all is done they are told.
func (g *gate) call(w http.ResponseWriter, r *http.Request) {
	h, pattern := g.api.Handler(r)
	if pattern == "" {
		nothingThere(w, r, h)
		return
	}
	op := g.ops[pattern]
	if op == nil {
		op = &operation{} // the API's own description, which is everybody's
	} else if !g.may(access.From(r.Context()).Role, op.id) {
		p := forbidden()
		g.turnedAway.request(r, p)
		p.Write(w)
		return
	}
	if p := op.query.understood(r); p != nil {
		p.Write(w)
		return
	}
	if p := op.takes(r); p != nil {
		p.Write(w)
		return
	}
	body, p := g.load.receive(g.o.Logger, w, r, op)
	defer body.close()
	if p != nil {
		p.Write(w)
		return
	}
	a := newAnswer(g.load.room)
	defer a.close()
	if p := g.work(a, r, op); p != nil {
		p.Write(w)
		return
	}
	body.close() // who reads the answer slowly does not hold it
	if err := a.send(w); err != nil {
		api.ProblemOf(r.Context(), g.o.Logger, err).Write(w)
	}
}

// work puts the answer together, when it is the request's turn.
func (g *gate) work(a *answer, r *http.Request, op *operation) *api.Problem {
	release, p := g.load.turn(r, op)
	if p != nil {
		return p
	}
	defer release()
	g.serve(a, r, g.api)
	return nil
}

// nothingThere answers for paths and methods that do not exist in the API's own shape.
func nothingThere(w http.ResponseWriter, r *http.Request, h http.Handler) {
	probe := &probed{header: http.Header{}}
	h.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", probe.header.Get("Allow"))
		api.NewProblem(probe.status, "wrong_method", "该地址不支持此操作。请刷新页面后重试。",
			"This address does not take "+r.Method+". Reload the page and try again.").Write(w)
		return
	}
	api.NewProblem(http.StatusNotFound, "no_such_address", "没有这个接口地址。请刷新页面后重试。",
		"There is no such address in this API. Reload the page and try again.").Write(w)
}

// probed keeps what the mux would have answered.
type probed struct {
	header http.Header
	status int
}

func (p *probed) Header() http.Header         { return p.header }
func (p *probed) Write(b []byte) (int, error) { return len(b), nil }
func (p *probed) WriteHeader(status int)      { p.status = status }

// tracked knows whether an answer has begun.
type tracked struct {
	http.ResponseWriter
	begun bool
}

func (t *tracked) WriteHeader(status int) {
	t.begun = true
	t.ResponseWriter.WriteHeader(status)
}

func (t *tracked) Write(b []byte) (int, error) {
	t.begun = true
	return t.paced(b)
}

func (t *tracked) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// recover keeps a panic to the request that had it.
func (g *gate) recover(t *tracked, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(v) // net/http breaks the connection off
	}
	g.o.Logger.ErrorContext(r.Context(), "a handler panicked", "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
	if t.begun {
		panic(http.ErrAbortHandler)
	}
	h := t.Header()
	for _, name := range []string{"Content-Encoding", "Content-Length", "Content-Disposition", "Etag"} {
		h.Del(name)
	}
	api.Internal().Write(t)
}
