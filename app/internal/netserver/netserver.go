// Package netserver opens a running console to the office's network: for the
// command that serves it, and for a window that lets colleagues in besides.
package netserver

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/office"

	"github.com/mingcha-console/mingcha/app/internal/api"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/network"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/frontend"
)

// An office often stands behind one address, so that the bounds of an address
// are an office's.
var (
	bounds = network.Bounds{Total: 2048, PerAddress: 1024, Strangers: 512, StrangersPerAddress: 128, PerAccount: 64,
		Rate: network.Rate{PerSecond: 30, Burst: 400}}
	rates = network.Rate{PerSecond: 300, Burst: 1000}
	// Everybody comes at eight. Guessing is stopped by package signin, which knows
	// what was wrong.
	signInRate = network.Rate{PerSecond: 1, Burst: 60}
)

// Clients is how many pages a hub that the network reaches should bear.
const Clients = 1024

// DefaultPort is where a console is found unless somebody chose another.
const DefaultPort = 8617

// Office is a running console with its live stream, and how it shows who it is.
type Office struct {
	Console *runtime.Console
	Hub     *live.Hub
	Dir     string // data folder

	Cert, Key string   // files in PEM; empty: the console makes its own
	Names     []string // of this machine besides those it knows itself

	Logger *slog.Logger
}

// Listen opens an address for Open. Errors are faults.
func Listen(address string) (net.Listener, error) { return network.Listen(address, bounds) }

// Opening is a console that the network reaches, until Close.
type Opening struct {
	office Office
	ln     net.Listener
	id     *network.Identity
	srv    *http.Server

	leaving context.Context // ends when it begins to close
	leave   context.CancelFunc
	tasks   sync.WaitGroup
	ended   chan struct{} // closed when nobody is served any more
	failure error         // why, unless it was closed; to be read when ended

	mu      sync.Mutex
	closing bool
	pages   int // that follow the live stream
	streams sync.WaitGroup
}

// Open serves the office on a listener of Listen, which it closes in the end,
// and journals that the context's principal did so. It refuses where nobody
// could sign in. Errors are faults.
func (o Office) Open(ctx context.Context, ln net.Listener) (*Opening, error) {
	p, err := o.open(ctx, ln)
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	return p, nil
}

func (o Office) open(ctx context.Context, ln net.Listener) (*Opening, error) {
	people := o.Console.People()
	all, err := people.Rows(ctx)
	if err != nil {
		return nil, err
	}
	if !hasHead(all) {
		return nil, errNoHead
	}
	id, err := network.Certificate(o.Dir, o.Cert, o.Key, o.Names, time.Now())
	if err != nil {
		return nil, err
	}
	p := &Opening{office: o, ln: ln, id: id, ended: make(chan struct{})}
	p.srv = network.Server(p.handler(), id, o.Logger)
	if err := account.Note(ctx, people.Accounts, account.NetworkOpened, access.From(ctx), account.Port{Port: p.Port()}); err != nil {
		return nil, err
	}
	p.leaving, p.leave = context.WithCancel(context.Background())
	p.tasks.Go(func() { id.Keep(p.leaving, time.Hour, o.Logger) })
	p.tasks.Go(func() {
		defer close(p.ended)
		if err := p.srv.ServeTLS(ln, "", ""); !errors.Is(err, http.ErrServerClosed) {
			p.failure = err
		}
	})
	return p, nil
}

var errNoHead = fault.New(fault.Conflict, "no_head",
	"还没有主任账户，对网络开放后无人能够登录。请先建立主任账户：在窗口的“设置 · 人员与权限”里新建，或在本机运行 mingcha account add 账号 --name 姓名 --role head。",
	"There is no head's account, so nobody could sign in over the network. Make one first: in the window under Settings · People, or by running mingcha account add LOGIN --name NAME --role head on this machine.", nil)

func hasHead(all []account.Row) bool {
	return slices.ContainsFunc(all, func(a account.Row) bool { return a.Role == access.Head && a.Active })
}

// handler is the console as the network reaches it.
func (p *Opening) handler() http.Handler {
	offer := p.office.Console.Serves(office.Way{Mode: "serve", LiveURL: httpapi.LiveRoute})
	offer.Sessions, offer.Live, offer.Admit = p.office.Console.People(), p.office.Hub, p.admit
	offer.Assets, offer.Names = frontend.Pages(), func() []string { return p.id.Info().Names }
	h := httpapi.New(offer)
	return p.id.Strict(network.NewLimiter(network.Rates{General: rates, Refuse: api.RefuseRate,
		Rules: []network.Rule{{Method: http.MethodPost, Path: httpapi.SignInRoute, Rate: signInRate}}}).Middleware(h))
}

// admit lets a page listen until it leaves or the console closes: a connection
// that was taken over for a WebSocket is not the server's to end.
func (p *Opening) admit(w http.ResponseWriter, r *http.Request, g live.Guest) {
	if !p.enter() {
		http.Error(w, "closing", http.StatusServiceUnavailable)
		return
	}
	g.Leave = p.exit
	p.office.Hub.Admit(p.leaving, w, r, g)
}

func (p *Opening) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing {
		return false
	}
	p.pages++
	p.streams.Add(1)
	return true
}

func (p *Opening) exit() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages--
	p.streams.Done()
}

// Ended is closed when nobody is served any more, be it by Close or a failure.
func (p *Opening) Ended() <-chan struct{} { return p.ended }

// Failure is why it ended, unless it was closed.
func (p *Opening) Failure() error { return p.failure }

// Pages is how many pages follow the live stream now.
func (p *Opening) Pages() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pages
}

// Port is the port it listens on.
func (p *Opening) Port() int { return p.ln.Addr().(*net.TCPAddr).Port }

// Listens is the address it listens on.
func (p *Opening) Listens() string { return p.ln.Addr().String() }

// Certificate describes the certificate in use now.
func (p *Opening) Certificate() network.Info { return p.id.Info() }

// Addresses are those that colleagues open, likeliest first.
func (p *Opening) Addresses() []string {
	if a := p.ln.Addr().(*net.TCPAddr); !a.IP.IsUnspecified() {
		return []string{"https://" + a.String() + "/"}
	}
	return network.Addresses(p.Port())
}

// closeWithin is how long requests under way may take to end.
const closeWithin = 3 * time.Second

// Close tells the live pages, lets requests under way end, cuts off what does
// not end in time, frees the port, and journals it.
func (p *Opening) Close(ctx context.Context) error {
	p.mu.Lock()
	p.closing = true
	cut := p.pages
	p.mu.Unlock()
	p.leave()
	ctx = context.WithoutCancel(ctx) // begun, it is finished
	stop, cancel := context.WithTimeout(ctx, closeWithin)
	defer cancel()
	if p.srv.Shutdown(stop) != nil {
		p.srv.Close() // the listener is closed already
	}
	p.streams.Wait()
	p.tasks.Wait()
	return account.Note(ctx, p.office.Console.People().Accounts, account.NetworkClosed, access.From(ctx), account.Shut{Pages: cut, Port: p.Port()})
}
