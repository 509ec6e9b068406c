package live

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/mingcha-console/mingcha/app/internal/inflight"
)

const (
	// clientsEach is how many streams one account may follow at once: its tabs and
	// windows on all its machines.
	clientsEach = 16
	// A client may say perSecond messages (a new filter, a ping, a pong) lasting, and
	// burst of them at once. A person who clicks through filters says one or two.
	perSecond, burst = 4, 40
	// An account may join joinsBurst times at once, and once a joinsEvery lasting: a page
	// that lost its connection comes back at once, and one that was closed for a flood
	// does not flood on.
	joinsBurst = 60
	joinsEvery = time.Second
	// catchingUpEach and catchingUpAll are how many clients are brought up to date from
	// the database at once, each of which holds a page of changes.
	catchingUpEach, catchingUpAll = 2, 16
	// An account may have its clients brought up to date from the database resumesBurst
	// times at once and every resumesEvery lasting: who comes and goes without end loads
	// its lists anew instead.
	resumesBurst = 20
	resumesEvery = 5 * time.Second
	// patience is how long a client waits to be brought up to date before it is told to
	// load its lists anew.
	patience = 5 * time.Second
	// accountsKept bounds of how many accounts the rates are remembered.
	accountsKept = 4096
)

// allowance is a client's messages: it costs nothing while none are said.
type allowance struct {
	left float32
	at   time.Time
}

var errTooMany = errors.New("too many messages")

// spend takes one message off, or refuses it.
func (a *allowance) spend(now time.Time) error {
	if a.at.IsZero() {
		a.left = burst
	} else {
		a.left = min(burst, a.left+float32(now.Sub(a.at).Seconds()*perSecond))
	}
	a.at = now
	if a.left < 1 {
		return errTooMany
	}
	a.left--
	return nil
}

// rates bound what catching up costs.
type rates struct {
	catching *inflight.Shares

	mu      sync.Mutex
	resumes map[string]*rate.Limiter
	joins   map[string]*rate.Limiter
}

func newRates() *rates {
	return &rates{catching: inflight.NewShares(catchingUpEach, catchingUpAll), resumes: map[string]*rate.Limiter{}, joins: map[string]*rate.Limiter{}}
}

// catchUp waits until a client may be brought up to date from the database. ok is false
// where it has to load its lists anew.
func (r *rates) catchUp(ctx context.Context, who string) (release func(), ok bool) {
	if who != "" && !r.allow(r.resumes, who, resumesEvery, resumesBurst) { // else it is the window's own page
		return nil, false
	}
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	release, err := r.catching.Enter(waiting, who)
	return release, err == nil
}

// mayJoin tells whether a client of an account may join now.
func (r *rates) mayJoin(who string) bool {
	return who == "" || r.allow(r.joins, who, joinsEvery, joinsBurst)
}

func (r *rates) allow(of map[string]*rate.Limiter, who string, every time.Duration, burst int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(of) >= accountsKept {
		clear(of)
	}
	l := of[who]
	if l == nil {
		l = rate.NewLimiter(rate.Every(every), burst)
		of[who] = l
	}
	return l.Allow()
}
