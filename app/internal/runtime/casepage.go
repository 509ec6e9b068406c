package runtime

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// moment is when a department's cases are shown for: now while its adapter is
// live, else the moment its records were last judged for.
func (c *Console) moment(adapter string, judged time.Time) time.Time {
	c.mu.Lock()
	live := c.live[adapter]
	c.mu.Unlock()
	if now := c.Now(); live && now.After(judged) {
		return now
	}
	return judged
}

// Cases reads the console's cases as they stand now.
func (c *Console) Cases() *casefile.Reader { return c.cases }

// paged is a page with its rows as f makes them.
func paged[A, B any](p store.Page[A], f func(*A) B) store.Page[B] {
	out := store.Page[B]{Rows: make([]B, len(p.Rows)), Total: p.Total, Capped: p.Capped}
	for i := range p.Rows {
		out.Rows[i] = f(&p.Rows[i])
	}
	return out
}
