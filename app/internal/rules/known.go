package rules

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// whatWasKnown judges, before each registration of a fact that was written down
// late, by what was known until then. A clock that had run out then did run out,
// whatever the new fact says of the time before.
func (g *judgement) whatWasKnown() {
	var moments []time.Time
	ahead := false
	for _, e := range g.events {
		for o := e; o.Was != nil; o = o.Was {
			if !sameFact(o, o.Was) && !o.ToldAt.After(g.now) {
				moments = append(moments, o.ToldAt)
			}
		}
		if !g.late(e) && !g.belated(e) { // nearly all
			continue
		}
		if r := registered(e); r.After(g.now) {
			ahead = true
		} else {
			moments = append(moments, r)
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	moments = slices.CompactFunc(moments, time.Time.Equal)
	if n := len(moments); n > mostMoments {
		moments = moments[n-mostMoments:]
	}
	for _, r := range moments {
		g.knownBefore(r, r.Add(-time.Second))
	}
	if !ahead {
		return
	}
	g.waitFor(g.knownBefore(g.now.Add(1), g.now))
	for _, e := range g.events { // what is known then is more, also by what is not late
		g.waitFor(registered(e))
	}
}

// hold has a clock that ran out by what was known stand as it ran out, and run on
// from there: what lists and figures say is what the finding says. Logs that add
// everything up keep their sums.
func (g *judgement) hold(c *Clock) {
	if g.s.Item.Regime != approval.Licensing || c.Over || c.LapsedAt.IsZero() {
		return
	}
	at := g.now
	if g.end != nil {
		at = g.counted(g.end)
	}
	over := g.cal.Beyond(g.set.Mode, c.Limit.Unit, c.LapsedAt, at)
	c.DueByFacts, c.StillByFacts = c.Due, c.PausedNow
	c.Over, c.OverWithoutPauses, c.PausedNow = true, true, false
	c.Due, c.OverAt, c.MovedFrom = c.LapsedAt, c.LapsedAt, time.Time{}
	c.Elapsed += c.Remaining + over
	c.Remaining = -over
}

// mostMoments bounds how often one case is judged anew.
const mostMoments = 256

// known is the judgement by what was registered before r, as of now.
func (g *judgement) known(r, now time.Time) *judgement {
	s := &Subject{Item: g.s.Item}
	for _, e := range g.events {
		for e.Was != nil && !e.ToldAt.Before(r) {
			e = e.Was // it stood until then
		}
		if registered(e).Before(r) {
			s.Events = append(s.Events, *e)
		}
	}
	k := g.fresh(s, now)
	k.clocks()
	return k
}

// knownBefore judges by what was registered before r, and returns when that
// verdict changes next.
func (g *judgement) knownBefore(r, now time.Time) (next time.Time) {
	k := g.known(r, now)
	if g.started == nil && (k.v.Promised.ranOut() || k.v.Statutory.ranOut()) {
		g.keepStart(k)
	}
	for _, c := range [...]struct{ known, all *Clock }{{&k.v.Promised, &g.v.Promised}, {&k.v.Statutory, &g.v.Statutory}} {
		if at := c.known.ranOutAt(); c.known.ranOut() && (c.all.LapsedAt.IsZero() || at.Before(c.all.LapsedAt)) {
			c.all.LapsedAt, c.all.lapsedBy = at, knowledge{r, now}
		}
	}
	next = k.v.Next
	g.give(k)
	return next
}

// keepStart has the clocks run from where they ran by what was known when one of them
// ran out, if by all that is known now they never began.
func (g *judgement) keepStart(k *judgement) {
	started := *k.started
	g.started, g.startedBy = &started, k.startedBy
	g.v.Promised = g.clock(g.s.Item.Promised)
	g.v.Statutory = g.clock(g.s.Item.Statutory)
}

// anyLate reports whether an event was written down late. Under other laws, too,
// what had run out by what was known stays: only the arithmetic goes by the dates of
// the facts.
func (g *judgement) anyLate() bool {
	return slices.ContainsFunc(g.events, func(e *approval.Event) bool { return e.Was != nil || g.late(e) || g.belated(e) })
}

// belated reports whether a receipt was told when the case had a record before: until
// then the clocks ran from that record, or from the acceptance, and what had run out by
// that stays so, however timely the receipt of a later day is.
func (g *judgement) belated(e *approval.Event) bool {
	return e.Kind == approval.Received &&
		slices.ContainsFunc(g.events, func(before *approval.Event) bool {
			return beginsUntold(before) && registered(before).Before(registered(e))
		})
}
