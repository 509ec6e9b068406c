package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"

	pages "github.com/mingcha-console/mingcha/app/internal/features/office"

	"github.com/mingcha-console/mingcha/app/internal/desktop"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/netserver"
	"github.com/mingcha-console/mingcha/app/internal/remote"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/userfolder"
	"github.com/mingcha-console/mingcha/app/internal/version"
	"github.com/mingcha-console/mingcha/frontend"
)

type windowCmd struct {
	Demo    bool   `help:"Open the demonstration city. 打开演示城市。" xor:"what"`
	Connect string `help:"Show a console on another machine. 连接到另一台机器上的明察。" placeholder:"HOST[:PORT]" xor:"what"`
}

// windowOrigins are the pages' own: on Linux, and on Windows.
var windowOrigins = []string{"wails://wails", "http://wails.localhost"}

func (c *windowCmd) Run(ctx context.Context, g *Globals) error {
	state, err := g.folder("window")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(state, 0o700); err != nil {
		return err
	}
	log := g.keepLog(state)
	if c.Connect != "" {
		if c.Connect, err = remote.ParseAddress(c.Connect); err != nil {
			return ofFlag("--connect", err)
		}
	}
	book := remote.NewBook(state)
	first := false // no folder was ever opened, or the last was none: the first page asks
	if !c.Demo && c.Connect == "" && g.Data == "" {
		if dir, err := g.folder(officeFolder); err == nil {
			_, err := os.Stat(filepath.Join(dir, store.DatabaseFile))
			first = err != nil || book.Last() != ""
		}
	}
	return desktop.Run(ctx, desktop.Options{Title: "明察 Mingcha", StateDir: state, Witness: witnessFile(), Ask: first, Logger: g.logger, LogFile: log, Version: version.Version,
		Start: desktop.Target{Demo: c.Demo, Remote: c.Connect}, Last: book.Last, Forget: func(address string) error { return forget(book, address) },
		Open: func(ctx context.Context, t desktop.Target) (*desktop.Session, error) {
			if t.Remote != "" {
				return c.connect(ctx, g, book, t)
			}
			s, err := c.open(ctx, g, t.Demo)
			if err != nil {
				return nil, err
			}
			if err := book.Left(); err != nil {
				return nil, errors.Join(err, s.Close())
			}
			return s, nil
		}})
}

// witnessFile is where the window keeps what it saw of consoles' journals: the
// user's, also where --data names another folder, which may be put back to what
// it was. "": this user has nowhere for it.
func witnessFile() string {
	base, err := userfolder.Base()
	if err != nil {
		return ""
	}
	return filepath.Join(base, "witness.json")
}

func forget(book *remote.Book, typed string) error {
	address, err := remote.ParseAddress(typed)
	if err != nil {
		return err
	}
	return book.Forget(address)
}

// connect shows a console elsewhere: the pages are this program's own, and what
// they ask goes on to there.
func (c *windowCmd) connect(ctx context.Context, g *Globals, book *remote.Book, t desktop.Target) (*desktop.Session, error) {
	address, err := remote.ParseAddress(t.Remote)
	if err != nil {
		return nil, err
	}
	features := runtime.Described()
	there, err := remote.Connect(ctx, remote.Options{Address: address, Trust: t.Trust, Book: book, Origins: windowOrigins, Version: version.Version,
		Bodies: httpapi.BodiesOf(features), Logger: g.logger})
	var unknown *remote.Unknown
	switch {
	case errors.As(err, &unknown):
		return nil, &desktop.Unknown{Address: unknown.Address, Fingerprint: unknown.Fingerprint, Key: unknown.Key, Ends: unknown.Ends}
	case err != nil:
		return nil, err
	}
	return &desktop.Session{Close: there.Close,
		Handler: httpapi.New(httpapi.Options{Elsewhere: there, Features: features, Assets: frontend.Pages(), Logger: g.logger, Version: version.Version})}, nil
}

// open opens the data folder for the window. Pages reach the API through the
// window itself; only the live stream needs a socket, on loopback with a token
// of this run.
func (c *windowCmd) open(ctx context.Context, g *Globals, demo bool) (*desktop.Session, error) {
	folder := officeFolder
	if demo {
		folder = demoFolder
	}
	dir, err := g.folder(folder)
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	token := newToken()
	o, err := open(ctx, g, dir, demo, "", live.Options{Tokens: []string{token}, Origins: windowOrigins, MaxClients: netserver.Clients})
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	srv := httpapi.Server(o.hub)
	go srv.Serve(ln) //nolint:errcheck // ends with Close
	o.console.Run(ctx)
	door := netserver.NewDoor(netserver.Office{Console: o.console, Hub: o.hub, Dir: dir, Logger: g.logger})
	door.Resume(ctx)
	offer := o.console.Serves(pages.Way{Mode: "desktop", LiveURL: "ws://" + ln.Addr().String() + httpapi.LiveRoute, LiveToken: token, Door: door})
	offer.Assets = frontend.Pages()
	return &desktop.Session{Folder: dir, Handler: httpapi.New(offer),
		Backup: func(ctx context.Context, file string) error { return runtime.Backup(ctx, dir, file) },
		Close:  func() error { return errors.Join(door.Shut(), o.close(), srv.Close()) }}, nil
}
