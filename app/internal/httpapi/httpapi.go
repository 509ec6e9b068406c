// Package httpapi is how pages and other systems speak with the console: JSON
// over HTTP, described by OpenAPI 3.1 at /api/openapi.json, errors as RFC 9457
// has them with a sentence in Chinese and English; and the pages themselves.
//
// Served on a port, every call under /api brings a bearer token, the Host is a
// loopback name (so that a foreign name pointed at this machine reaches
// nothing) and a browser's Origin is the console's own. Inside the desktop
// window there is no port and no token, and loopback hosts are refused, so that
// a handler without a token serves nothing when put on a port by mistake.
package httpapi

import (
	"io/fs"
	"log/slog"
	"net/http"
	"time"
	_ "time/tzdata" // Windows PCs have no zone data of their own

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/live"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Options say what is served.
type Options struct {
	Live   http.Handler // the live stream's upgrade; nil: it is served elsewhere
	Assets fs.FS        // the built pages, index.html at the root
	Token  string       // empty: inside the window, or with Sessions
	// Features register what they offer.
	Features []func(*api.API)
	Desk     api.Desk
	// Sessions has everybody sign in: set where the network can reach the
	// console. Admit then serves the live stream to who has.
	Sessions Sessions
	Admit    func(w http.ResponseWriter, r *http.Request, g live.Guest)
	// AllowedHosts are names of this console besides loopback ones (or, inside
	// the window, besides the window's own), without a port.
	AllowedHosts []string
	// Elsewhere takes the calls under /api in place of this console: inside a
	// window that shows another one.
	Elsewhere http.Handler
	// Names are more of them, that may change meanwhile; nil: none.
	Names func() []string
	// Load bounds what all handlers of an office take together; nil: this one has
	// its own.
	Load    *Load
	Logger  *slog.Logger
	Version string
}

// New makes the handler.
func New(o Options) http.Handler {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	mux := http.NewServeMux()
	turned := newTurnedAway(o.Logger)
	described, own := describe(mux, o)
	if o.Load == nil {
		o.Load = ownLoad()
	}
	g := &gate{o: o, api: mux, ops: operationsOf(described, own), load: o.Load, may: own.May, pages: newPages(o.Assets), hosts: map[string]bool{}, turnedAway: turned}
	for _, h := range o.AllowedHosts {
		g.hosts[h] = true
	}
	if o.Token == "" && o.Sessions == nil {
		g.hosts["wails"], g.hosts["wails.localhost"] = true, true
	}
	return g
}

// Server is an http.Server with limits that keep one client from holding it; the gate
// sets those of the bodies that it takes and of its answers by their progress.
func Server(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
}

// describe registers every operation.
func describe(mux *http.ServeMux, o Options) (huma.API, *api.API) {
	cfg := huma.DefaultConfig("Mingcha console", o.Version)
	cfg.Info.Description = "The city's efficiency supervision console. Times are UTC instants; an absent time is left out. Lists are never null."
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "/api/openapi", "", ""
	cfg.CreateHooks = nil // no $schema links in answers
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", api.SchemaName)
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	cfg.Security = []map[string][]string{{"token": {}}}
	h := humago.New(mux, cfg)
	own := api.New(h, o.Logger, o.Desk)
	own.SignsIn = o.Sessions != nil
	own.Allow("live", access.SeesCases)
	for _, offer := range o.Features {
		offer(own)
	}
	return h, own
}

// OpenAPI is the description of the API, as JSON.
func OpenAPI(version string, features []func(*api.API)) ([]byte, error) {
	h, _ := describe(http.NewServeMux(), Options{Version: version, Features: features})
	return h.OpenAPI().MarshalJSON()
}

// Table is who may do what, by operation.
func Table(features []func(*api.API)) map[string][]access.Role {
	_, own := describe(http.NewServeMux(), Options{Features: features})
	return own.Table()
}
