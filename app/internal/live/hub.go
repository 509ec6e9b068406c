// Package live sends what the console commits to its pages over WebSocket, as
// it happens: journal changes in order, the board's figures, and the adapters'
// states. A client that was away resumes at a journal number.
//
// The message format is in PROTOCOL.md beside this file. In short: the client
// says {"type":"hello","since":N,"departments":[…]}, the hub answers "welcome"
// and then sends "changes", "board", "adapters" and, when a client could not
// follow, "resync".
//
// There is one log of the latest changes, cut into frames; a client is a
// position in it. Publishing appends to the log and wakes the clients, so its
// cost does not depend on them. A frame is encoded by the first client that
// wants it, once for each distinct filter. A client that falls so far behind
// that its next frame has left the log is told to reload and goes on at the
// head: slow clients hold no memory and slow nobody.
package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Backlog reads changes from the database.
type Backlog interface {
	// ChangesSince returns changes after a journal number in journal order: all
	// changes of about limit records, none of a record left out. It returns
	// none only if there are none.
	ChangesSince(ctx context.Context, since uint64, limit int) ([]store.Change, error)
}

// Options say how a Hub works. Zero numbers stand for the defaults.
type Options struct {
	Head       uint64   // the journal's last number when the hub starts
	Ring       int      // changes kept in memory for clients that resume or lag; 8,192
	MaxBacklog int      // records a client may have missed and still resume; 20,000
	MaxClients int      // 64
	Backlog    Backlog  // nil: only what is in memory can be resumed
	Origins    []string // besides the hub's own, such as "wails://wails"
	Tokens     []string // a client must bring one of them; none: nobody may connect
	Logger     *slog.Logger
}

// Hub is the live stream. Its methods may be called from many goroutines.
type Hub struct {
	opts   Options
	timing timing
	cache  *cache
	rates  *rates
	head   atomic.Uint64

	ctx     context.Context // ends with Close
	stop    context.CancelFunc
	running sync.WaitGroup // run, and the clients
	arm     chan struct{}  // tells run that something waits for its time

	mu      sync.Mutex
	log     *log
	moved   chan struct{} // closed and replaced when there is something to send
	states  [stateCount]state
	board   boardTurn
	clients int
	of      map[string]int // clients by whose they are
	closed  bool
}

// state is something of which clients need only the latest.
type state struct {
	version uint64 // 0: none yet
	msg     *websocket.PreparedMessage
}

const (
	stateAdapters = iota
	stateBoard
	stateCount
)

// timing holds the protocol's periods; tests shorten them.
type timing struct {
	hello, write, ping, silence time.Duration
	boardEvery, heartbeat       time.Duration
}

var usual = timing{
	hello: 10 * time.Second, write: 10 * time.Second,
	ping: 15 * time.Second, silence: 40 * time.Second,
	boardEvery: 500 * time.Millisecond, heartbeat: 5 * time.Second,
}

// New starts a hub. Close it.
func New(opts Options) *Hub { return start(opts, usual) }

func start(opts Options, t timing) *Hub {
	if opts.Ring <= 0 {
		opts.Ring = 8192
	}
	if opts.MaxBacklog <= 0 {
		opts.MaxBacklog = 20_000
	}
	if opts.MaxClients <= 0 {
		opts.MaxClients = 64
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	h := &Hub{opts: opts, timing: t, cache: newCache(), arm: make(chan struct{}, 1),
		log: newLog(opts.Ring, opts.Head), of: map[string]int{}, rates: newRates(), moved: make(chan struct{})}
	h.head.Store(opts.Head)
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.running.Add(1)
	go h.run()
	return h
}

// Head is the last journal number that was published.
func (h *Hub) Head() uint64 { return h.head.Load() }

// Publish tells what a transaction committed, in journal order; head is the
// journal's last number after it. All changes of one number belong into one
// call. It copies changes and returns within microseconds, whatever the clients
// do.
func (h *Hub) Publish(head uint64, changes []store.Change) {
	h.mu.Lock()
	cut := h.log.add(head, changes, time.Now())
	h.head.Store(h.log.head)
	waiting := len(h.log.pending) > 0
	if cut {
		h.wake()
	}
	oldest := h.log.oldest()
	h.mu.Unlock()
	if cut {
		h.cache.forget(oldest)
	}
	if waiting {
		h.alarm()
	}
}

// PublishBoard gives the board's latest state, as GET /api/board answers it, and
// the part of it whose change is worth telling; nobody may change them
// afterwards. Clients get the board at most twice a second, and only where that
// part changed, or as a heartbeat.
func (h *Hub) PublishBoard(board, figures any) {
	h.mu.Lock()
	h.board.next = &told{board, figures}
	h.mu.Unlock()
	h.alarm()
}

// PublishAdapters gives the adapters' states, as GET /api/adapters lists them.
// Call it when one changed.
func (h *Hub) PublishAdapters(v any) {
	msg, err := message(struct {
		Type     string `json:"type"`
		Adapters any    `json:"adapters"`
	}{"adapters", v})
	if err != nil {
		h.opts.Logger.Error("live: adapters cannot be encoded", "error", err)
		return
	}
	h.mu.Lock()
	h.states[stateAdapters].set(msg)
	h.wake()
	h.mu.Unlock()
}

// Close disconnects every client and waits until they are gone.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.stop()
	h.running.Wait()
}

// wake tells the clients that there is something to send; h.mu is held.
func (h *Hub) wake() {
	close(h.moved)
	h.moved = make(chan struct{})
}

func (h *Hub) alarm() {
	select {
	case h.arm <- struct{}{}:
	default:
	}
}

// run does what has to wait for its time: the last, unfilled frame, and the
// board.
func (h *Hub) run() {
	defer h.running.Done()
	timer := time.NewTimer(h.timing.heartbeat)
	defer timer.Stop()
	for {
		select {
		case <-h.ctx.Done():
			return
		case <-h.arm:
		case <-timer.C:
		}
		timer.Reset(h.turn(time.Now()))
	}
}

// turn does what is due and returns how long until the next.
func (h *Hub) turn(now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	next := h.board.wait(now, h.timing)
	if next <= 0 {
		msg, err := h.board.take(now, h.timing)
		if err != nil {
			h.opts.Logger.Error("live: the board cannot be encoded", "error", err)
		}
		if msg != nil {
			h.states[stateBoard].set(msg)
			h.wake()
		}
		next = h.board.wait(now, h.timing)
	}
	if len(h.log.pending) > 0 {
		left := h.log.every - now.Sub(h.log.lastCut)
		if left <= 0 {
			h.log.cut(now)
			h.wake()
		} else {
			next = min(next, left)
		}
	}
	return max(next, time.Millisecond)
}

func (s *state) set(msg *websocket.PreparedMessage) {
	s.version++
	s.msg = msg
}

// message encodes what clients share.
func message(v any) (*websocket.PreparedMessage, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return websocket.NewPreparedMessage(websocket.TextMessage, b)
}
