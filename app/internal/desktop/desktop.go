// Package desktop is the console's window: a Wails shell around the pages that
// the HTTP API serves. It is the only package that imports Wails.
//
// The window comes up before the data folder is open. Until then a small page
// of its own says what is going on, asks which folder to open on a first start,
// and, when opening fails, says why and what to do.
//
// Pages reach Go through HTTP only. Bridge adds what no page can do by itself.
package desktop

import (
	"context"
	"log/slog"
	"net/http"
)

// Options say what the window shows.
type Options struct {
	Title    string
	StateDir string // where window.json is kept, and on Windows the web view's files
	Ask      bool   // let the first page ask: demonstration city or office
	Demo     bool   // what to open when Ask is false

	// Open opens the data folder and starts what runs with it. It is called
	// once the window is up, and again when the person retries after an error.
	// A *fault.Error is shown in its own words. ctx ends when the window does.
	Open func(ctx context.Context, demo bool) (*Session, error)

	Logger *slog.Logger // nil means slog.Default()
}

// Session is an open data folder.
type Session struct {
	Handler http.Handler // REST and pages
	Folder  string       // the data folder, for "open data folder"
	Close   func() error // called once, after the window has gone
}
