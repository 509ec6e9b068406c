package runtime

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/runtime/demonstration"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// Story is what people did in a demonstration before its first day, as far as it
// is told. It is told once, when the folder is opened first, while pages are
// served already: the office's clock passes through those days within seconds.
type Story struct {
	Told int `json:"told"` // stages of it
}

// storyDay is the demonstration's first day.
func (c *Config) storyDay(cal *workday.Calendar) workday.Date { return cal.DateOf(c.Clock.Office) }

// beginStory sets the office's clock back to where the story goes on, before
// anything is done in the folder. Where somebody has done something later already,
// the past stays as it was.
func (c *Console) beginStory(ctx context.Context) error {
	s := c.config.Story
	if s == nil || s.Told >= demonstration.Stages() {
		return nil
	}
	var last int64
	err := c.store.Readers().QueryRowContext(ctx, `SELECT observed_at FROM journal ORDER BY seq DESC LIMIT 1`).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if at := demonstration.Before(c.cal, c.config.storyDay(c.cal), s.Told); c.cal.DateOf(store.Time(last)) <= c.cal.DateOf(at) {
		c.setPast(at)
	}
	return nil
}

func (c *Console) setPast(at time.Time) { c.past.Store(&at) }

// tellStory tells what is left of the demonstration's story. The office's clock is
// its own again afterwards, whatever came between; where something failed, the
// demonstration goes on without the rest.
func (c *Console) tellStory(ctx context.Context) {
	defer c.past.Store(nil)
	if c.past.Load() == nil {
		return
	}
	day := c.config.storyDay(c.cal)
	o := demonstration.Office{Dir: c.opts.Dir, Calendar: c.cal, Day: day, People: c.people, Terms: c.terms, Plans: c.plans, Visits: c.visits, Matters: c.matters,
		Reviews: c.reviews, Ratings: c.ratings, Calls: c.calls, Feedback: c.feedback, At: c.setPast, Read: c.readPast, Log: c.opts.Logger,
		Sign: func(ctx context.Context) error { _, err := c.intake.Checkpoint(ctx); return err }}
	for n := c.config.Story.Told; n < demonstration.Stages(); n++ {
		err := o.Tell(ctx, n)
		if ctx.Err() != nil {
			return // it goes on at the next start
		}
		if err != nil {
			c.opts.Logger.Error("the demonstration goes on without people", "stage", n, "error", err)
		}
		if err != nil || n+1 == demonstration.Stages() {
			c.keepStory(nil)
			return
		}
		c.keepStory(&Story{Told: n + 1})
	}
}

// keepStory notes in the folder how far the story is told.
func (c *Console) keepStory(s *Story) {
	now, err := LoadConfig(c.opts.Dir)
	if err == nil {
		now.Story = s
		err = now.Save(c.opts.Dir)
	}
	if err != nil {
		c.opts.Logger.Error("how far the demonstration's story is told could not be noted", "error", err)
	}
}

// readPast has the folder's adapters send what they have up to the office's clock,
// and judges the cases for it.
func (c *Console) readPast(ctx context.Context) error {
	for _, inst := range c.config.Adapters {
		spec, err := c.specAt(inst, clockStanding(c.Now()))
		if err != nil {
			return err
		}
		if err := c.intake.Introduce(ctx, inst.Name, intake.Source{Program: inst.Adapter}); err != nil {
			return err
		}
		if _, err := c.host.RunOnce(ctx, spec); err != nil {
			return err
		}
		if err := c.intake.Judged(ctx, inst.Name, c.Now()); err != nil {
			return err
		}
	}
	return nil
}

// clockStanding is a clock that shows a moment and hardly moves, so that what an
// adapter sends ends there.
func clockStanding(at time.Time) officeclock.Setting {
	return officeclock.Setting{Real: time.Now().UTC(), Office: at.UTC(), Speed: 1e-6}
}
