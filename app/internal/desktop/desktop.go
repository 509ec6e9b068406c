// Package desktop is the console's window: a Wails shell around the pages that
// the HTTP API serves. It is the only package that imports Wails.
//
// The window comes up before the data folder is open. Until then a small page
// of its own says what is going on, asks what to open on a first start, has the
// person confirm a console elsewhere at first contact and, when opening fails,
// says why and what to do.
//
// Pages reach Go through HTTP only. Bridge adds what no page can do by itself.
package desktop

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Options say what the window shows.
type Options struct {
	Title    string
	StateDir string // where window.json is kept, and on Windows the web view's files
	Witness  string // the file in which the pages keep what they saw of consoles' journals: outside every data folder
	Ask      bool   // let the first page ask what to open
	Start    Target // what to open when Ask is false

	// Open opens the data folder and starts what runs with it, or connects to a
	// console elsewhere. It is called once the window is up, and again when the
	// person retries after an error or chooses anew. A *fault.Error is shown in its
	// own words; an *Unknown is confirmed by the person first. ctx ends when the
	// window does.
	Open func(ctx context.Context, t Target) (*Session, error)

	// Last is the console elsewhere that the first page offers; "" for none.
	Last func() string
	// Forget drops what confirmed a console elsewhere, whose key has changed.
	Forget func(address string) error

	Logger *slog.Logger // nil means slog.Default()

	Version string
	LogFile string // where the log is kept; "": nowhere
}

// Target is what a window opens.
type Target struct {
	Demo   bool   // the demonstration city rather than the office
	Remote string // a console elsewhere, as a person wrote it; "": a data folder of this machine
	Trust  string // the key by which the person has just confirmed it
}

// Unknown is why a console elsewhere was not opened: nobody has confirmed its
// certificate yet.
type Unknown struct {
	Address     string    `json:"address"`
	Fingerprint string    `json:"fingerprint"` // in groups, to be compared
	Key         string    `json:"key"`         // Target.Trust once confirmed
	Ends        time.Time `json:"ends"`
}

func (u *Unknown) Error() string { return "not confirmed yet: " + u.Address }

// Session is an open data folder, or a console elsewhere.
type Session struct {
	Handler http.Handler                                 // REST and pages
	Folder  string                                       // the data folder, for "open data folder"; "": elsewhere
	Backup  func(ctx context.Context, file string) error // copies the data folder to a file that is not there yet; nil: elsewhere
	Close   func() error                                 // called once, when the window has gone or turned to another
}
