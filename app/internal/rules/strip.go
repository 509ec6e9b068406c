package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// StripDay is one day of a case's time strip.
type StripDay struct {
	Date workday.Date
	workday.DayInfo
	Promised  int // ordinal that the promised clock counts on this day, 0 if none
	Statutory int // the same of the statutory clock

	Start, DuePromised, DueStatutory, Ended, Now bool // what falls on this day

	Begun Beginning // what the clocks run from, on the day on which they start

	Paused  bool // taken out, in whole or in part, of either clock
	Over    bool // after the day on which the main clock ran over
	Moved   bool // after the main clock's last day, which was moved off days of rest
	Skipped int  // days left out between the day before and this one
}

// Beginning is what a case's clocks run from.
type Beginning int

const (
	NotBegun        Beginning = iota
	BegunByReceipt            // the item's clocks run from it, or the case ended unaccepted
	BegunByAccept             // the acceptance that was told
	BegunAsAccepted           // what counts as acceptance where nothing was said in time (Licensing Law, art. 32)
	BegunByRecord             // the earliest record of a case of which no receipt was told
)

// Word is what the API calls it; none where nothing begins.
func (b Beginning) Word() string {
	return [...]string{"", "received", "accepted", "deemed", "record"}[b]
}

// beginning is what the clocks run from.
func (g *judgement) beginning() Beginning {
	switch {
	case g.started == nil:
		return NotBegun
	case g.startedBy == startDeemed || g.startedBy == startDeemedAnew:
		return BegunAsAccepted
	case g.started.Kind == approval.Received:
		return BegunByReceipt
	case g.started.Kind == approval.Accepted:
		return BegunByAccept
	}
	return BegunByRecord
}

// Strip is the picture of a case's days, from its start to its last due date,
// its end or now.
type Strip struct {
	Days []StripDay
	Cut  bool // the strip is too long and days were left out of its middle
}

// Strip returns the days of both clocks as known at now, and none before
// the clocks start. Of an item without limits it is the working days so far.
func (j *Judge) Strip(s *Subject, now time.Time) Strip {
	g := j.take(s, now)
	defer j.give(g)
	promised, statutory := g.marks(&g.v.Promised), g.marks(&g.v.Statutory)
	var strip Strip
	for len(promised) > 0 || len(statutory) > 0 {
		// Each list begins at the same date; a gap may stand elsewhere in one.
		var d StripDay
		switch {
		case len(statutory) == 0 || len(promised) > 0 && promised[0].Date < statutory[0].Date:
			d = stripDay(&promised[0])
		default:
			d = stripDay(&statutory[0])
		}
		if len(promised) > 0 && promised[0].Date == d.Date {
			m := &promised[0]
			d.Promised, d.DuePromised = m.N, m.Due
			d.Paused, d.Over, d.Moved = d.Paused || m.Paused, m.Over, m.Moved
			promised = promised[1:]
		}
		if len(statutory) > 0 && statutory[0].Date == d.Date {
			m := &statutory[0]
			d.Statutory, d.DueStatutory = m.N, m.Due
			d.Paused = d.Paused || m.Paused
			if g.v.Promised.Limit.IsZero() {
				d.Over, d.Moved = m.Over, m.Moved
			}
			statutory = statutory[1:]
		}
		if d.Start {
			d.Begun = g.beginning()
		}
		if n := len(strip.Days); n > 0 {
			d.Skipped = int(d.Date-strip.Days[n-1].Date) - 1
		}
		strip.Cut = strip.Cut || d.Skipped > 0
		strip.Days = append(strip.Days, d)
	}
	return strip
}

func (g *judgement) marks(c *Clock) []workday.DayMark {
	if g.started == nil {
		return nil
	}
	if c.Limit.IsZero() && (c == &g.v.Promised || !g.v.Promised.Limit.IsZero()) {
		return nil // days with no limit are shown only where there is none at all
	}
	if c.DueByFacts.IsZero() {
		return g.cal.Days(g.set.Mode, g.questionOf(c), g.now)
	}
	r, done := g.lapsed(c)
	defer done()
	r.q.End = g.countedAt(g.end)
	return g.cal.Days(g.set.Mode, r.q, g.now)
}

func stripDay(m *workday.DayMark) StripDay {
	return StripDay{Date: m.Date, DayInfo: m.DayInfo, Start: m.Start, Ended: m.End, Now: m.Now}
}
