package rules

import (
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// halt finds what stops the clock, and every procedure of art. 45.
func (g *judgement) halt() {
	if !g.halts {
		return
	}
	for i := range g.events {
		g.resumedFirst(i)
		e := g.events[i]
		if !g.open(i, e) || g.foreign(e) {
			continue
		}
		switch e.Kind {
		case approval.SupplementRequested:
			if g.supplementStops(e) {
				g.stop(e)
			}
		case approval.Accepted:
			// Accepted papers are complete: none are awaited any more.
			if s := g.stopped(); s != nil && s.from.Kind == approval.SupplementRequested && g.s.Item.Regime == approval.Licensing {
				g.restart(e)
			}
		case approval.SupplementReceived:
			if s := g.stopped(); s != nil && s.from.Kind == approval.SupplementRequested && g.answers(e, s.from) {
				g.restart(e)
			}
		case approval.Paused:
			g.procedure(e)
			if g.s.Item.Regime != approval.Licensing || pauseKind(e).Lawful() {
				g.stop(e)
			}
		case approval.Resumed:
			if g.underway >= 0 {
				g.procedures[g.underway].resumed = e
				g.underway = -1
			}
			if s := g.stopped(); s != nil && s.from.Kind == approval.Paused {
				g.restart(e)
			}
		}
	}
}

// procedure takes in a pause. Told while another is under way it begins nothing,
// unless that other was made up afterwards.
func (g *judgement) procedure(e *approval.Event) {
	nested := g.underway >= 0
	if nested && g.made(g.procedures[g.underway].begun) && !g.made(e) {
		nested = false
	}
	g.procedures = append(g.procedures, procedure{begun: e, nested: nested})
	if !nested {
		g.underway = len(g.procedures) - 1
	}
}

// made reports whether an event counts only from its late registration.
func (g *judgement) made(e *approval.Event) bool { return g.counted(e).After(e.Effective()) }

// supplementStops reports whether the clock stands still while papers are
// awaited. Art. 45 does not list supplements, and before acceptance the clocks of
// the law do not run: so a promise that runs from receipt stands still until then
// where the item says so, and afterwards only for items of which the office
// decided it. Other laws have their items say it.
func (g *judgement) supplementStops(e *approval.Event) bool {
	if g.s.Item.Regime != approval.Licensing {
		return g.s.Item.SupplementPauses
	}
	if g.officeAllows() {
		return true
	}
	if !g.s.Item.SupplementPauses {
		return false
	}
	at := g.counted(e)
	return !(g.accepted != nil && g.accepted.Effective().Before(at)) && !(g.deemed && later(at, g.deemedFrom()))
}

// officeAllows reports whether the office decided that supplements of the item
// stop the clock.
func (g *judgement) officeAllows() bool {
	return len(g.set.SupplementPauses) > 0 && slices.Contains(g.set.SupplementPauses, g.s.Item.Department+"/"+g.s.Item.Code)
}

// stopped is the stop that is open, or nil while the clock runs.
func (f *fold) stopped() *stop {
	if n := len(f.stops); n > 0 && f.stops[n-1].to == nil {
		return &f.stops[n-1]
	}
	return nil
}

// stop stops the clock, unless it stands still already. A stop that begins only
// later gives way to one that begins before it.
func (g *judgement) stop(e *approval.Event) {
	if s := g.stopped(); s != nil {
		if s.from.OccurredAt.Before(g.counted(s.from)) && g.counted(e).Before(g.counted(s.from)) {
			s.from, g.pauses[len(g.pauses)-1].From = e, e.Effective()
		}
	} else {
		g.stops = append(g.stops, stop{from: e})
		g.pauses = append(g.pauses, workday.Pause{From: e.Effective()})
	}
	g.madeStop = g.madeStop || g.made(e)
}

// restart ends the stop. A return by an earlier hour of the same day makes it
// a pause of nothing, which the clock leaves out.
func (g *judgement) restart(e *approval.Event) {
	g.stopped().to = e
	g.pauses[len(g.pauses)-1].To = g.against(e)
}
