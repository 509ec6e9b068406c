package desktop

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// own is the prefix of the shell's own addresses, which the API never uses.
const own = "/~desktop/"

//go:embed opening.html
var openingPage []byte

type phase string

const (
	asking    phase = "asking"    // waiting for the person to choose
	opening   phase = "opening"   // Open is running
	comparing phase = "comparing" // waiting for the person to confirm a certificate
	ready     phase = "ready"     // the session's handler answers
	failed    phase = "failed"    // Open returned an error
	leaving   phase = "leaving"   // the session is being closed, to choose another
	closed    phase = "closed"    // the window is going away
)

// status is what the opening page polls.
type status struct {
	Phase   phase   `json:"phase"`
	Seconds float64 `json:"seconds,omitempty"` // since opening or leaving began
	Demo    bool    `json:"demo,omitempty"`
	Remote  string  `json:"remote,omitempty"` // what is opened; while asking, what is offered
	ZH      string  `json:"zh,omitempty"`
	EN      string  `json:"en,omitempty"`
	Code    string  `json:"code,omitempty"`
	Details string  `json:"details,omitempty"`

	Unknown *Unknown `json:"unknown,omitempty"` // while comparing
}

// gate answers with the opening page until a session is open, then with the
// session's handler.
type gate struct {
	open   func(ctx context.Context, t Target) (*Session, error)
	last   func() string
	forget func(address string) error
	logger *slog.Logger
	zoom   func(ask string) // "in", "out" or "reset"; nil: nothing is shown that could be
	seen   *witnessFile

	ctx    context.Context
	cancel context.CancelFunc
	tasks  sync.WaitGroup

	mu      sync.RWMutex
	now     status
	since   time.Time
	session *Session
}

func newGate(o Options) *gate {
	g := &gate{open: o.Open, last: o.Last, forget: o.Forget, logger: o.Logger, seen: &witnessFile{file: o.Witness}, now: status{Phase: asking}}
	if g.logger == nil {
		g.logger = slog.Default()
	}
	g.ctx, g.cancel = context.WithCancel(context.Background())
	return g
}

// start opens a session in the background, unless one is open or being opened.
func (g *gate) start(t Target) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.now.Phase != asking && g.now.Phase != failed && g.now.Phase != comparing {
		return false
	}
	g.now, g.since = status{Phase: opening, Demo: t.Demo, Remote: t.Remote}, time.Now()
	g.tasks.Go(func() {
		s, err := g.tryOpen(t)
		g.opened(t, s, err)
	})
	return true
}

// tryOpen turns a panic of Open into an error: the person gets a page that can
// be copied to whoever maintains the console instead of a vanished window.
func (g *gate) tryOpen(t Target) (s *Session, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return g.open(g.ctx, t)
}

func (g *gate) opened(t Target, s *Session, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil {
		g.now = describe(err)
		g.now.Demo, g.now.Remote = t.Demo, t.Remote
		if g.now.Phase == failed {
			g.logger.Error("nothing could be opened", "remote", t.Remote, "error", err)
		}
		return
	}
	g.session = s
	if g.now.Phase == opening {
		g.now = status{Phase: ready, Demo: t.Demo, Remote: t.Remote}
	}
}

// leave closes what is open, so that the person can choose again.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.now.Phase != ready && g.now.Phase != failed && g.now.Phase != comparing {
		return
	}
	s := g.session
	g.session, g.now, g.since = nil, status{Phase: leaving}, time.Now()
	g.tasks.Go(func() {
		if s != nil {
			if err := s.Close(); err != nil {
				g.logger.Error("what was open did not close cleanly", "error", err)
			}
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.now.Phase == leaving {
			g.now = status{Phase: asking}
		}
	})
}

func describe(err error) status {
	st := status{Phase: failed, Code: "internal", Details: err.Error(),
		ZH: "数据文件夹没有打开，原因见下面的详情。数据没有被改动。请重试；若仍不行，请把详情发给维护人员。",
		EN: "The data folder was not opened, for the reason below. No data was changed. Try again; if it goes on, send the details to whoever maintains the console."}
	if f, ok := fault.As(err); ok {
		st.ZH, st.EN, st.Code = f.ZH, f.EN, f.Code
	}
	var unknown *Unknown
	if errors.As(err, &unknown) {
		return status{Phase: comparing, Unknown: unknown}
	}
	return st
}

// close ends a session that is open or being opened, and waits for it.
func (g *gate) close() error {
	g.mu.Lock()
	g.now = status{Phase: closed}
	g.mu.Unlock()
	g.cancel()
	g.tasks.Wait()
	g.mu.Lock()
	s := g.session
	g.session = nil
	g.mu.Unlock()
	if s == nil || s.Close == nil {
		return nil
	}
	return s.Close()
}

// current is the open session, or an error in words.
func (g *gate) current() (*Session, error) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.now.Phase != ready {
		return nil, errNotOpen
	}
	return g.session, nil
}

var errNotOpen = fault.New(fault.Unavailable, "not_open",
	"还没有打开，请稍候。", "Nothing is open yet. Wait a moment.", nil)

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if verb, ok := strings.CutPrefix(r.URL.Path, own); ok {
		if r.Method == http.MethodGet && (verb == "help" || strings.HasPrefix(verb, "help/")) {
			serveHelp(w, r)
			return
		}
		if verb == "witness" {
			g.seen.ServeHTTP(w, r)
			return
		}
		g.serveOwn(w, r, verb)
		return
	}
	s, err := g.current()
	switch {
	case err == nil:
		if err := serve(s.Handler, w, r); err != nil {
			g.logger.Warn("a page got half an answer", "path", r.URL.Path, "error", err)
		}
	case strings.HasPrefix(r.URL.Path, "/api/"):
		problem(w, errNotOpen)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Write(openingPage) //nolint:errcheck // the window has gone
	}
}

func (g *gate) serveOwn(w http.ResponseWriter, r *http.Request, verb string) {
	switch {
	case verb == "state" && r.Method == http.MethodGet:
	case verb == "open" && r.Method == http.MethodPost:
		q := r.URL.Query()
		g.start(Target{Demo: q.Get("demo") == "1", Remote: q.Get("remote"), Trust: q.Get("trust")})
	case verb == "forget" && r.Method == http.MethodPost:
		g.compareAnew()
	case verb == "zoom" && r.Method == http.MethodPost:
		if g.zoom != nil {
			g.zoom(r.URL.Query().Get("to"))
		}
	case verb == "leave" && r.Method == http.MethodPost:
		g.leave()
	default:
		http.NotFound(w, r)
		return
	}
	g.mu.RLock()
	st := g.now
	if st.Phase == opening || st.Phase == leaving {
		st.Seconds = time.Since(g.since).Seconds()
	}
	g.mu.RUnlock()
	if st.Phase == asking && g.last != nil {
		st.Remote = g.last()
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(st) //nolint:errcheck // the window has gone
}

// compareAnew forgets the key of the console elsewhere that could not be
// connected to, and has the person confirm the present one.
func (g *gate) compareAnew() {
	g.mu.RLock()
	was := g.now
	g.mu.RUnlock()
	if was.Phase != failed || was.Remote == "" {
		return
	}
	if err := g.forget(was.Remote); err != nil {
		g.opened(Target{Remote: was.Remote}, nil, err)
		return
	}
	g.start(Target{Remote: was.Remote})
}

// problem answers as the API does (RFC 9457), in both languages.
func problem(w http.ResponseWriter, f *fault.Error) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusServiceUnavailable)
	json.NewEncoder(w).Encode(map[string]any{ //nolint:errcheck // the window has gone
		"type": "about:blank", "title": http.StatusText(http.StatusServiceUnavailable), "status": http.StatusServiceUnavailable,
		"code": f.Code, "detail": f.EN, "zh": f.ZH, "en": f.EN})
}

// words are an error in both languages, with its code.
type words struct {
	Code string `json:"code"`
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

func wordsOf(err error) words {
	var f *fault.Error
	if errors.As(err, &f) {
		return words{f.Code, f.ZH, f.EN}
	}
	return words{"internal", "操作没有完成：" + err.Error(), "It was not done: " + err.Error()}
}

// formatError is how a bridge error reaches the page: the words as JSON, in the
// message of the Error that the call is rejected with. Wails keeps nothing but
// a message.
func formatError(err error) any {
	b, _ := json.Marshal(wordsOf(err)) // three strings: cannot fail
	return string(b)
}
