// Package office is the console itself as pages see it: where they are, what the
// office has decided, its calendar, what the journal was signed for, the adapters,
// and the door to the office's network.
package office

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/inflight"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/version"
)

// Running is the program that runs the folder, as far as pages have to do with it.
type Running struct {
	Name     string  // tells this console from every other
	Demo     bool    // a demonstration, not an office
	Speed    float64 // office seconds a second
	Rules    rules.Settings
	Adapters *adapterhost.Host
	SetUp    func() []SetUp          // the adapters that the folder's settings name
	Start    func(name string) error // starts one of them, as the settings say now
	Settings string                  // the file of the settings, where they are corrected
	// Taken tells what became of each stream's records since the folder was opened.
	Taken func(adapter string) map[adapterhost.Stream]intake.Tally
	// NotSigned is why the journal is not signed any more; nil: it is.
	NotSigned func() *journal.Refusal
	Import    func(ctx context.Context, year int, list []byte, cause intake.HolidayCause) (changedCases int, err error)
}

// SetUp is an adapter that the folder's settings name.
type SetUp struct {
	Name, Adapter string
	Fault         error     // why it could not even be started: its program is not installed, say; nil when it was
	At            time.Time // when that was
}

// Console is the console itself.
type Console struct {
	office   *feature.Office
	people   *account.Accounts
	previews *inflight.Shares // of another calendar: one at a time
	run      *Running
	confined bool // adapters reach no further than their own
}

// New is the console of an office; run is filled in once it runs.
func New(o *feature.Office, people *account.Accounts, run *Running) *Console {
	whole, _, _ := adapterhost.Held()
	return &Console{office: o, people: people, previews: inflight.NewShares(1, 1), run: run, confined: whole}
}

// Way is how pages reach the console.
type Way struct {
	Mode      string // "desktop" or "serve"
	LiveURL   string // of the live stream
	LiveToken string
	Door      Door // nil: the network cannot be opened or closed from here
}

// Feature is the console as it is reached in one way.
func (c *Console) Feature(w Way) feature.Feature {
	return feature.Feature{Name: "office", Operations: func(h *api.API) {
		api.Get(h, "/session", "session", "Where the page is, and who asks", access.Everyone,
			func(ctx context.Context, _ *api.None) (Session, error) { return c.session(ctx, h, w), nil })
		api.Get(h, "/settings", "settings", "What the office has decided for itself", access.SeesCity,
			func(context.Context, *api.None) (Settings, error) { return c.settings(), nil })
		c.checkpoints(h)
		c.calendar(h)
		c.adapters(h)
		networking(h, w.Door)
	}}
}

// session is what a page is told first.
func (c *Console) session(ctx context.Context, h *api.API, w Way) Session {
	p := access.From(ctx)
	return Session{Mode: w.Mode, LiveURL: w.LiveURL, LiveToken: w.LiveToken, Version: version.Version, Demo: c.run.Demo, Console: c.run.Name,
		Zone: c.office.Calendar().Zone().String(), DataFolder: c.folder(h.SignsIn), Clock: OfficeClock{Now: c.office.Now().UTC(), Speed: c.run.Speed},
		Account: account.Self{ID: p.Account, Login: p.Login, Name: p.Name, Role: p.Role, Department: p.Department},
		SignsIn: h.SignsIn, MustChange: p.MustChange, MustSetUp: p.MustSetUp, May: h.Operations(p.Role)}
}

// folder is where the data folder lies: whole at the console's own machine, its
// name alone for who comes over the network.
func (c *Console) folder(network bool) string {
	if abs, err := filepath.Abs(c.office.Dir); err == nil && !network {
		return abs
	}
	return filepath.Base(c.office.Dir)
}

func (c *Console) log() *slog.Logger { return c.office.Log }
