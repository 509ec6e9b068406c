package httpapi

import (
	"context"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/inflight"
	"github.com/mingcha-console/mingcha/app/internal/spool"
)

// Load bounds what all requests together take, and of it what one person may have
// under way. An office and its network share one.
type Load struct {
	room   *spool.Room
	bodies *inflight.Bound // of bodies being worked on, in memory

	receiving, running, long *inflight.Shares // of who has signed in
	strangers                *inflight.Shares // of who has not, by address
}

const (
	// bodiesAtOnce is how many bytes bodies may weigh that are worked on at once:
	// what is made of a body takes some times its size.
	bodiesAtOnce = 64 << 20
	bodyWeight   = 4

	uploadsEach, uploadsAll = 6, 256
	runningEach             = 8
	longEach, longAll       = 1, 2 // of what may take minutes: reading a file, judging all cases anew
	strangersEach           = 32   // a whole office signs in from one address at eight
	strangersAll            = 128
)

// NewLoad makes the bounds; what does not fit into memory waits in the room.
func NewLoad(room *spool.Room) *Load {
	return &Load{room: room, bodies: inflight.New(bodiesAtOnce), receiving: inflight.NewShares(uploadsEach, uploadsAll),
		running: inflight.NewShares(runningEach, 0), long: inflight.NewShares(longEach, longAll),
		strangers: inflight.NewShares(strangersEach, strangersAll)}
}

// ownLoad is for a handler that was given none: it keeps what waits where the system
// keeps temporary files.
func ownLoad() *Load { return NewLoad(spool.Open(os.TempDir(), spool.Most)) }

// sender is on whose account a request goes: a person's, else an address's.
func sender(r *http.Request) string {
	switch p := access.From(r.Context()); {
	case p.Account != 0:
		return "account " + strconv.FormatUint(p.Account, 10)
	case p.Role != "":
		return "here"
	}
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	return "address " + host
}

// patience is how long a request waits for its turn.
const patience = 10 * time.Second

// turn waits until a request of the operation may be worked on.
func (l *Load) turn(r *http.Request, op *operation) (release func(), p *api.Problem) {
	shares, wait := l.running, patience
	switch {
	case op.file:
		return func() {}, nil // has a queue of its own
	case op.long:
		shares, wait = l.long, time.Minute
	case access.From(r.Context()).Role == "":
		shares = l.strangers
	}
	ctx, cancel := context.WithTimeout(r.Context(), wait)
	defer cancel()
	release, err := shares.Enter(ctx, sender(r))
	if err != nil {
		return nil, busy()
	}
	return release, nil
}

// busy is told to who has too much under way, or came when all had.
func busy() *api.Problem {
	return api.NewProblem(http.StatusTooManyRequests, "busy", "同时进行的操作太多。请等前面的完成，几秒后重试。",
		"Too much is under way at once. Wait for what was begun, and try again in a few seconds.")
}
