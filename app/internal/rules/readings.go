package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A reading is one way to count a clock: by which facts, and when by them the limit
// ran out. What a card says of a clock, its days, its due date, how far it is over and
// its last day, is all of one reading. What the other gives stands beside it.
type reading struct {
	by       *judgement // of the facts that it goes by
	clock    *Clock     // of that judgement
	q        workday.Question
	due      time.Time       // by which the limit had run out
	extended *approval.Event // told only afterwards, though the sum counts it
}

// knowledge is what was registered before a moment, judged as of another.
type knowledge struct{ before, asOf time.Time }

// questionOf is a clock's question with what counts for it.
func (g *judgement) questionOf(c *Clock) workday.Question {
	q := g.question(c.Limit)
	q.Extension = c.Extension
	if c.ByRegistration {
		q.Pauses = g.toldPauses()
	}
	return q
}

// lapsed is the reading of a clock by which it ran out at LapsedAt. It is counted on
// from there as if nothing had been told since; done ends its use.
func (g *judgement) lapsed(c *Clock) (r reading, done func()) {
	k, kc, done := g, c, func() {}
	if by := c.lapsedBy; !by.before.IsZero() {
		k = g.known(by.before, by.asOf)
		if kc = &k.v.Statutory; c == &g.v.Promised {
			kc = &k.v.Promised
		}
		done = func() { g.give(k) }
	}
	r = reading{by: k, clock: kc, due: c.LapsedAt, q: k.questionOf(kc)}
	if !kc.Over || !kc.OverAt.Equal(c.LapsedAt) {
		r.extended = k.extension(c.Limit)
		r.q.Extension, r.q.Pauses = approval.Limit{}, k.knownPauses()
	}
	r.q.End = time.Time{}
	stays := r.q
	if stays.RunOutStays = true; g.reckon(stays, justAfter(r.due)).OverAt.Equal(r.due) {
		r.q = stays
	}
	return r, done
}

// lapse fills in how far a clock is over by what was registered that is in time by
// the dates of all facts. Under the licensing law the clock itself stands so.
func (g *judgement) lapse(c *Clock) {
	if c.LapsedAt.IsZero() || c.Over {
		return
	}
	c.LapsedOnly = true
	c.LapsedUnits = g.cal.Beyond(g.set.Mode, c.Limit.Unit, c.LapsedAt, g.until())
}

// until is up to when a case that ran over did so: now, or when its end was registered.
func (g *judgement) until() time.Time {
	if g.end == nil {
		return g.now
	}
	return g.byRegistration(g.end)
}
