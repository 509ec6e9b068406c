package intake

import (
	"context"
	"time"
)

// An adapter says when it has sent all there is, and until then its departments'
// time is that of their records: a year that is read in a minute passes in order.
// One that never says so would never be judged. So the console waits an hour for
// the next new record, and a day in all; then the departments are judged by the
// office clock all the same, and the board says so. What was read by then is taken
// for all that there was up to the last moment that it speaks of. Where all had
// been read once before, only the time goes on: what gathered while nobody read may
// still come.
const (
	silentAtMost  = time.Hour
	catchUpAtMost = 24 * time.Hour
)

// Follow says that an adapter is run all the time, or is not any more: stopped, or
// failed for good.
func (in *Intake) Follow(ctx context.Context, adapter string, follows bool) error {
	return in.submit(ctx, &job{run: func(p *projector) error {
		if follows {
			if _, already := p.following[adapter]; !already {
				p.following[adapter] = p.now
			}
			return nil
		}
		delete(p.following, adapter)
		for _, d := range p.reg.byID {
			if d.row.Adapter == adapter {
				d.presumed = time.Time{}
			}
		}
		return nil
	}})
}

// overlong tells whether a department was waited for long enough.
func (p *projector) overlong(d *department) bool {
	since, follows := p.following[d.row.Adapter]
	if !follows || d.live || !d.presumed.IsZero() || p.now.Sub(since) < silentAtMost {
		return false
	}
	if news := p.news[d.row.Adapter]; news.After(since) {
		since = news
	}
	begun := d.since
	if watched := time.UnixMicro(d.reading.Watched); watched.After(begun) {
		begun = watched
	}
	return p.now.Sub(since) >= silentAtMost || p.now.Sub(begun) >= catchUpAtMost
}

// presume has time pass for departments that were waited for long enough.
func (p *projector) presume() error {
	for _, d := range p.reg.byID {
		if !p.overlong(d) {
			continue
		}
		d.presumed = p.now
		if d.reading.known {
			continue
		}
		d.reading.Spoke = max(d.reading.Spoke, d.row.Watermark)
		if err := p.caughtUp(d.row.Adapter, []*department{d}, true); err != nil {
			return err
		}
		d.shown = p.w.Head()
	}
	return nil
}
