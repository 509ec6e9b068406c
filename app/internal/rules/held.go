package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Held is the version of an item that a case is judged by: the one in force when
// the case was accepted, or received where it was not accepted yet or its clock
// starts with the receipt; see approval.InForce. A version that the event names
// counts as far as approval.Named believes it. versions has at least one.
//
// An event counts for the earliest that it is known by: when it happened, took
// effect or was seen. So no later registration takes a case under a later
// version. The subject's item is not read, and need not be set.
func (j *Judge) Held(s *Subject, versions []approval.Published, now time.Time) *approval.Published {
	if len(versions) == 1 {
		return &versions[0]
	}
	received := firstEvent(s.Events, approval.Received)
	if received == nil {
		received = firstEvent(s.Events, 0)
	}
	if received == nil {
		return &versions[0]
	}
	held := inForce(versions, received)
	of := *s
	of.Item = &held.Item
	g := j.take(&of, now)
	started := g.started
	if started != nil && started.Seq != received.Seq {
		held = inForce(versions, started)
	}
	j.give(g)
	return held
}

func inForce(versions []approval.Published, e *approval.Event) *approval.Published {
	return approval.Named(versions, approval.InForce(versions, known(e)), e.ItemVersion)
}

// known is the earliest moment that an event is known by, in whichever content.
func known(e *approval.Event) time.Time {
	at := e.OccurredAt
	for ; e != nil; e = e.Was {
		for _, t := range [...]time.Time{e.OccurredAt, e.EffectiveAt, e.ObservedAt} {
			if !t.IsZero() && t.Before(at) {
				at = t
			}
		}
	}
	return at
}

// firstEvent is the first event of a kind, or of any for 0; nil if there is none.
func firstEvent(events []approval.Event, kind approval.EventKind) (first *approval.Event) {
	for i := range events {
		if e := &events[i]; (kind == 0 || e.Kind == kind) && (first == nil || inOrder(e, first) < 0) {
			first = e
		}
	}
	return first
}
