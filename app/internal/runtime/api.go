package runtime

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/features/office"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/version"
)

// Serves is what the HTTP API serves of the console, reached in a way; who may come
// in is the caller's to say.
func (c *Console) Serves(w office.Way) httpapi.Options {
	return httpapi.Options{Features: operations(c.areas, w), Desk: c.desk(), Load: c.load, Logger: c.opts.Logger, Version: version.Version}
}

// Adapters are the adapters with their health.
func (c *Console) Adapters(ctx context.Context) []office.Adapter { return c.console.Adapters(ctx) }

// Name tells this console from every other, wherever it is reached.
func (c *Console) Name() string { return c.signer.Name() }
