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
func registered(e *approval.Event) time.Time {
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
	at := e.Effective()
	if ends(e.Kind) && g.foreign(e) {
		if r := g.registeredSince(e); !r.IsZero() {
			return r
		}
	}
	if g.s.Item.Regime == approval.Licensing && g.late(e) {
		if r := registered(e); r.After(at) {
			return r
		}
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

// countedAt is counted of an event that there may not be.
func (g *judgement) countedAt(e *approval.Event) time.Time {
	if e == nil {
		return time.Time{}
	}
	return g.counted(e)
}
