package runtime

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

// moment is when a department's cases are shown for: now while its adapter is
// live, or was waited for long enough, else the moment its records were last judged
// for.
func (c *Console) moment(adapter string, judged time.Time) time.Time {
	c.mu.Lock()
	live := c.live[adapter]
	c.mu.Unlock()
	for _, n := range c.intake.Notices() {
		live = live || n.Adapter == adapter && !n.NotCaughtUp.IsZero()
	}
	if now := c.Now(); live && now.After(judged) {
		return now
	}
	return judged
}

// Cases reads the console's cases as they stand now.
func (c *Console) Cases() *casefile.Reader { return c.cases }
