//go:build production || dev || bindings

package desktop

import (
	"context"
	"log/slog"
	"sync"
)

// zoomKept is the size of the window's pages, kept for the next start.
type zoomKept struct {
	dir string
	log *slog.Logger

	mu      sync.Mutex
	percent int
}

func (z *zoomKept) now() int {
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.percent
}

func (z *zoomKept) show(ctx context.Context) { showZoom(ctx, z.now()) }

// ask changes the size as a person asked for.
func (z *zoomKept) ask(ctx context.Context, what string) {
	z.mu.Lock()
	z.percent = zoomed(z.percent, what)
	kept := loadGeometry(z.dir)
	kept.Zoom = z.percent
	err := kept.save(z.dir)
	z.mu.Unlock()
	if err != nil {
		z.log.Warn("the pages' size was not kept", "error", err)
	}
	z.show(ctx)
}
