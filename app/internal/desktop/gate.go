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
	asking  phase = "asking"  // waiting for the person to choose
	opening phase = "opening" // Open is running
	ready   phase = "ready"   // the session's handler answers
	failed  phase = "failed"  // Open returned an error
	closed  phase = "closed"  // the window is going away
)

// status is what the opening page polls.
type status struct {
	Phase   phase   `json:"phase"`
	Seconds float64 `json:"seconds,omitempty"` // since opening began
	Demo    bool    `json:"demo,omitempty"`
	ZH      string  `json:"zh,omitempty"`
	EN      string  `json:"en,omitempty"`
	Code    string  `json:"code,omitempty"`
	Details string  `json:"details,omitempty"`
}

// gate answers with the opening page until a session is open, then with the
// session's handler.
type gate struct {
	open   func(ctx context.Context, demo bool) (*Session, error)
	logger *slog.Logger

	ctx    context.Context
	cancel context.CancelFunc
	tasks  sync.WaitGroup

	mu      sync.RWMutex
	now     status
	since   time.Time
	session *Session
}

func newGate(o Options) *gate {
	g := &gate{open: o.Open, logger: o.Logger, now: status{Phase: asking}}
	if g.logger == nil {
		g.logger = slog.Default()
	}
	g.ctx, g.cancel = context.WithCancel(context.Background())
	return g
}

// start opens a session in the background, unless one is open or being opened.
func (g *gate) start(demo bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.now.Phase != asking && g.now.Phase != failed {
		return false
	}
	g.now, g.since = status{Phase: opening, Demo: demo}, time.Now()
	g.tasks.Go(func() {
		s, err := g.tryOpen(demo)
		g.opened(demo, s, err)
	})
	return true
}

// tryOpen turns a panic of Open into an error: the person gets a page that can
// be copied to whoever maintains the console instead of a vanished window.
func (g *gate) tryOpen(demo bool) (s *Session, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return g.open(g.ctx, demo)
}

func (g *gate) opened(demo bool, s *Session, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil {
		g.logger.Error("the data folder could not be opened", "error", err)
		g.now = describe(err)
		g.now.Demo = demo
		return
	}
	g.session = s
	if g.now.Phase == opening {
		g.now = status{Phase: ready, Demo: demo}
	}
}

func describe(err error) status {
	st := status{Phase: failed, Code: "internal", Details: err.Error(),
		ZH: "数据文件夹没有打开，原因见下面的详情。数据没有被改动。请重试；若仍不行，请把详情发给维护人员。",
		EN: "The data folder was not opened, for the reason below. No data was changed. Try again; if it goes on, send the details to whoever maintains the console."}
	if f, ok := fault.As(err); ok {
		st.ZH, st.EN, st.Code = f.ZH, f.EN, f.Code
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
	"数据文件夹还没有打开，请稍候。", "The data folder is not open yet. Wait a moment.", nil)

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if verb, ok := strings.CutPrefix(r.URL.Path, own); ok {
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
		g.start(r.URL.Query().Get("demo") == "1")
	default:
		http.NotFound(w, r)
		return
	}
	g.mu.RLock()
	st := g.now
	if st.Phase == opening {
		st.Seconds = time.Since(g.since).Seconds()
	}
	g.mu.RUnlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(st) //nolint:errcheck // the window has gone
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
