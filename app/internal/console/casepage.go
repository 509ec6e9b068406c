package console

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
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

// Proof proves that a record of a case is in the journal as last signed; a
// record newer than that has a checkpoint signed first.
func (c *Console) Proof(ctx context.Context, caseID, seq uint64) (*httpapi.Proof, error) {
	seq, err := casefile.Read(ctx, c.cases, func(v *casefile.View) (uint64, error) { return v.RecordOf(caseID, seq) })
	if err != nil {
		return nil, err
	}
	return c.prove(ctx, seq)
}

// paged is a page with its rows as f makes them.
func paged[A, B any](p store.Page[A], f func(*A) B) store.Page[B] {
	out := store.Page[B]{Rows: make([]B, len(p.Rows)), Total: p.Total, Capped: p.Capped}
	for i := range p.Rows {
		out.Rows[i] = f(&p.Rows[i])
	}
	return out
}
