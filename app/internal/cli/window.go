package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"

	"github.com/mingcha-console/mingcha/app/internal/console"
	"github.com/mingcha-console/mingcha/app/internal/desktop"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/version"
	"github.com/mingcha-console/mingcha/frontend"
)

type windowCmd struct {
	Demo bool `help:"Open the demonstration city. 打开演示城市。"`
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
	first := false // no folder was ever opened: the first page asks
	if !c.Demo && g.Data == "" {
		if dir, err := g.folder(officeFolder); err == nil {
			_, err := os.Stat(filepath.Join(dir, store.DatabaseFile))
			first = err != nil
		}
	}
	return desktop.Run(ctx, desktop.Options{Title: "明察 Mingcha", StateDir: state, Ask: first, Demo: c.Demo, Logger: g.logger,
		Open: func(ctx context.Context, demo bool) (*desktop.Session, error) { return c.open(ctx, g, demo) }})
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
	o, err := openOffice(ctx, g, dir, demo, "", []string{token}, windowOrigins...)
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	srv := httpapi.Server(o.hub)
	go srv.Serve(ln) //nolint:errcheck // ends with Close
	o.console.Run(ctx)
	return &desktop.Session{Folder: dir,
		Handler: httpapi.New(httpapi.Options{Reader: o.console.Reader(), People: o.console.People(), Reviews: o.console.Reviews(), Visits: o.console.Visits(), Matters: o.console.Matters(), Ratings: o.console.Ratings(),
			Console: console.API{Console: o.console, Mode: "desktop", LiveURL: "ws://" + ln.Addr().String() + "/api/live", LiveToken: token},
			Assets:  frontend.Pages(), Logger: g.logger, Version: version.Version}),
		Close: func() error { return errors.Join(o.close(), srv.Close()) }}, nil
}
