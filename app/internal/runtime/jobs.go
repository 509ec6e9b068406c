package runtime

import (
	"context"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// runJobs does what features do by themselves, until the context ends.
func (c *Console) runJobs(ctx context.Context) {
	for _, f := range c.features() {
		for _, job := range f.Jobs {
			c.tasks.Go(func() { c.repeat(ctx, job) })
		}
	}
}

// repeat does a job at once and then from time to time. One that fails is logged
// and tried again the next time.
func (c *Console) repeat(ctx context.Context, job feature.Job) {
	tick := time.NewTicker(job.Every)
	defer tick.Stop()
	for {
		if err := job.Do(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, intake.ErrClosed) {
			c.opts.Logger.Error("a job could not be done", "job", job.Name, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
