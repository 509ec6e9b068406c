package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A fact counts from when it was true, unless it was written down late: then who
// wrote it down chose its date while knowing what the limit was. What later facts
// say never makes timely what had run out, so for items under the Licensing Law
// such a fact counts for its department from its registration, and against it from
// the date that it claims. What the claimed date would give is shown beside.
//
// Items of other laws keep the arithmetic of their own logs, which go by dates of
// the fact; a late entry is a finding there too.

// registered is when the department wrote a fact down: as it says; where it does
// not, or says a moment at which it was not there, as the console saw. Of a history
// that is read for the first time nobody knows, and the date of the fact stands.
//
// A correction that leaves what it corrects as it was, but for words, is registered as
// that was.
func registered(e *approval.Event) time.Time {
	for e.Was != nil && sameFact(e, e.Was) {
		e = e.Was
	}
	at := e.EnteredAt
	if e.ToldAt.After(at) {
		at = e.ToldAt
	}
	if at.Before(e.OccurredAt) {
		return e.OccurredAt
	}
	return at
}

// LongAfter reports whether more office time than given lies between a moment and
// a later one. Intake asks before it notes that a record was told late.
func LongAfter(cal *workday.Calendar, at, later time.Time, than time.Duration) bool {
	return later.Sub(at) > than && // office time is never longer
		cal.WorkingTime(at, later) > than
}

// fact is the earliest date that an event claims.
func fact(e *approval.Event) time.Time {
	if !e.EffectiveAt.IsZero() && e.EffectiveAt.Before(e.OccurredAt) {
		return e.EffectiveAt
	}
	return e.OccurredAt
}

// late reports whether more office time than the office allows lies between a
// fact and its registration.
func (g *judgement) late(e *approval.Event) bool {
	return LongAfter(g.cal, fact(e), registered(e), g.set.BackEntry)
}

// counted is when a fact counts for its department: an end, the beginning of a
// pause, a notice, an acceptance in time.
func (g *judgement) counted(e *approval.Event) time.Time {
	if ends(e.Kind) && g.foreign(e) {
		if r := g.registeredSince(e); !r.IsZero() {
			return r
		}
	}
	if e.Was != nil && stoodBefore(e) && g.late(e) { // under any law what stood is not unsaid
		if was := g.counted(e.Was); was.After(e.Effective()) {
			return was
		}
		return e.Effective()
	}
	if g.s.Item.Regime == approval.Licensing {
		return g.byRegistration(e)
	}
	return e.Effective()
}

// byRegistration is when a fact was written down, if that was late, else when it was
// true. Of a correction that was told late of a fact that stood before, both dates have
// to have come.
func (g *judgement) byRegistration(e *approval.Event) time.Time {
	at := e.Effective()
	if !g.late(e) {
		return at
	}
	r := registered(e)
	if stoodBefore(e) {
		if was := g.byRegistration(e.Was); was.Before(r) {
			r = was
		}
	}
	if r.After(at) {
		return r
	}
	return at
}

// against is when a fact counts against its department: the end of a pause.
func (g *judgement) against(e *approval.Event) time.Time {
	if g.s.Item.Regime == approval.Licensing && g.late(e) {
		return fact(e)
	}
	return e.Effective()
}

// corrected returns an event as it is folded that a correction told late put on
// another date: what begins or goes on with a clock does so on the earlier of the two,
// under any law.
func (g *judgement) corrected(e *approval.Event) *approval.Event {
	if e.Was == nil {
		return e
	}
	switch e.Kind {
	case approval.Received, approval.Accepted, approval.SupplementReceived, approval.Resumed:
	default:
		return e
	}
	if e.Was.Kind != e.Kind || !g.late(e) {
		return e
	}
	was := g.corrected(e.Was)
	if at := fact(was); at.Before(fact(e)) {
		merged := *e
		merged.EffectiveAt, merged.Was = at, e
		return &merged
	}
	return e
}

// sameFact reports whether two contents of one fact have it happen alike: at the same
// moments, and as good for its department.
func sameFact(a, b *approval.Event) bool {
	return a.Kind == b.Kind && a.OccurredAt.Equal(b.OccurredAt) && a.Effective().Equal(b.Effective()) && asGood(a, b)
}

// stoodBefore reports whether what a correction corrects stood for the same already.
func stoodBefore(e *approval.Event) bool {
	return e.Was != nil && (e.Was.Kind == e.Kind || ends(e.Was.Kind) && ends(e.Kind)) && asGood(e, e.Was)
}

// asGood reports whether a pause or an extension is no better for its department than
// another content of it.
func asGood(e, was *approval.Event) bool {
	switch e.Kind {
	case approval.Paused:
		return pauseKind(was).Lawful() || !pauseKind(e).Lawful()
	case approval.Extended:
		return given(e.Extension, was.Extension, byExtension) == 0
	}
	return true
}

// countedAt is counted of an event that there may not be.
func (g *judgement) countedAt(e *approval.Event) time.Time {
	if e == nil {
		return time.Time{}
	}
	return g.counted(e)
}
