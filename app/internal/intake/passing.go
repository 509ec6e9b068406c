package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// clockRecord is the journal's record of time passing: what fell due by then.
type clockRecord struct {
	At          time.Time `json:"at"`
	Departments []string  `json:"departments"`
}

// tick lets deadlines fire that passed without any event. With nothing due it
// looks at one number a department.
func (in *Intake) tick() error {
	p := in.p
	p.now = in.opts.Now().UTC().Truncate(time.Microsecond)
	if err := p.readDues(); err != nil {
		return err
	}
	for _, d := range p.reg.byID {
		if p.overlong(d) {
			return in.transaction((*projector).presume)
		}
		if !d.live && d.presumed.IsZero() {
			continue
		}
		if due, err := p.due(d, p.moment(d)); err != nil {
			return err
		} else if due {
			return in.transaction(func(*projector) error { return nil })
		}
		if d.live && p.now.UnixMicro()-d.reading.Watched >= watchedEvery.Microseconds() {
			return in.transaction(func(*projector) error { return nil })
		}
	}
	return nil
}

func (p *projector) appendClock(at time.Time, departments []string) error {
	body, err := json.Marshal(clockRecord{At: at, Departments: departments})
	if err != nil {
		return err
	}
	_, err = p.w.Append(journal.KindClock, 0, p.now, body, 0, fmt.Sprintf("clock-%d", p.w.Head()+1), 0)
	return err
}

// GoLive says that an adapter has caught up: from now on the office clock, not
// its own records, tells the time for its departments.
func (in *Intake) GoLive(ctx context.Context, adapter string, live bool) error {
	return in.submit(ctx, &job{run: func(p *projector) error {
		var served []*department
		for _, d := range p.reg.byID {
			if d.row.Adapter != adapter {
				continue
			}
			if d.live || live {
				p.watched(d)
			}
			d.live = live
			if live {
				d.presumed = time.Time{}
			}
			served = append(served, d)
		}
		if live {
			if err := p.caughtUp(adapter, served, false); err != nil {
				return err
			}
		}
		for _, d := range served {
			d.shown = p.w.Head()
		}
		return nil
	}})
}

// Judged brings every case of the adapter's departments up to a moment: what
// fell due by then is judged, and open cases show their figures as of then. It
// ends a one-time ingest.
func (in *Intake) Judged(ctx context.Context, adapter string, at time.Time) error {
	return in.submit(ctx, &job{run: func(p *projector) error {
		if err := p.judgeAllAnew(); err != nil {
			return err
		}
		if err := p.moveTime(adapter, at); err != nil {
			return err
		}
		var served []*department
		for _, d := range p.reg.byID {
			if !p.serves(adapter, d) {
				continue
			}
			served = append(served, d)
			if !p.asOf.IsZero() { // else it may be the first of several files of one history
				d.reading.AsOf = max(d.reading.AsOf, at.UTC().Truncate(time.Microsecond).UnixMicro())
			}
			ids, err := p.w.OpenCases(d.row.ID)
			if err != nil {
				return err
			}
			if err := p.judgeAll(d, ids); err != nil {
				return err
			}
		}
		if err := p.caughtUp(adapter, served, false); err != nil {
			return err
		}
		for _, d := range served {
			d.shown = p.w.Head()
		}
		return nil
	}})
}

// moveTime has an adapter's departments judged as of a moment from now on, and
// journals for which that is new: it is not for an ingest that is run again.
func (p *projector) moveTime(adapter string, at time.Time) error {
	var moved []string
	for _, d := range p.reg.byID {
		if m := at.UnixMicro(); p.serves(adapter, d) && m > d.row.JudgedAt {
			d.row.JudgedAt, d.dirty = m, true
			moved = append(moved, d.row.Code)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	slices.Sort(moved)
	return p.appendClock(at, moved)
}

// judgeAll judges cases one after another without keeping them touched.
func (p *projector) judgeAll(d *department, ids []uint64) error {
	for _, id := range ids {
		e, err := p.findID(id)
		if err != nil {
			return err
		}
		if err := p.judgeCase(d, e, p.moment(d)); err != nil {
			return err
		}
	}
	return nil
}
