package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// dataQuality judges the times themselves: V19, written down late or all in
// one second, and V20, contradicting each other.
func (g *judgement) dataQuality() {
	g.backEntry()
	if a, d := g.accepted, g.decided; a != nil && d != nil && a.OccurredAt.Unix() == d.OccurredAt.Unix() {
		g.find(Finding{
			Rule: "V19", Key: "same_second", Level: Review,
			RaisedAt: d.OccurredAt, Evidence: evidence(a, d),
		}, g.sameSecondWords())
	}
	if list := g.contradictions(); len(list) > 0 {
		var involved []*approval.Event
		for _, c := range list {
			involved = append(involved, c.event, c.against)
		}
		g.find(Finding{
			Rule: "V20", Level: Data, RaisedAt: list[0].event.OccurredAt, Evidence: evidence(involved...),
		}, g.contradictionWords(list))
	}
}

func (g *judgement) backEntry() {
	var late []*approval.Event
	for _, e := range g.events {
		if g.enteredLate(e) {
			late = append(late, e)
		}
	}
	if len(late) > 0 {
		g.find(Finding{
			Rule: "V19", Key: "entry", Level: Review,
			RaisedAt: late[0].EnteredAt, Evidence: evidence(late...),
		}, g.backEntryWords(late))
	}
}

func (g *judgement) enteredLate(e *approval.Event) bool {
	return !e.EnteredAt.IsZero() &&
		e.EnteredAt.Sub(e.OccurredAt) > g.set.BackEntry && // office time is never longer
		g.cal.WorkingTime(e.OccurredAt, e.EnteredAt) > g.set.BackEntry
}

type contradictionKind uint8

const (
	acceptedBeforeReceived contradictionKind = iota + 1
	decidedBeforeAccepted
	deliveredBeforeDecided
	endedBeforeReceived
	finishedWithoutStart
	resumedWithoutPause
	supplementBeforeRequest
	supplementWithoutRequest
	enteredBeforehand
)

// contradiction is found at event, the later of the two; against may be nil.
type contradiction struct {
	kind    contradictionKind
	event   *approval.Event
	against *approval.Event
}

// contradictions lists them in fold order. Facts of the same instant agree in
// either order.
func (g *judgement) contradictions() []contradiction {
	var list []contradiction
	add := func(kind contradictionKind, event, against *approval.Event) {
		list = append(list, contradiction{kind, event, against})
	}
	// precedes reports whether the fact stands before the event that it should
	// follow, which has been reached.
	precedes := func(fact, e *approval.Event) bool {
		return fact != nil && fact.OccurredAt.Before(e.OccurredAt)
	}
	paused := false
	var request *approval.Event // the one that papers would answer
	answered := false
	for i, e := range g.events {
		switch {
		case e == g.received:
			if precedes(g.accepted, e) {
				add(acceptedBeforeReceived, e, g.accepted)
			}
			if precedes(g.end, e) {
				add(endedBeforeReceived, e, g.end)
			}
		case e == g.accepted && precedes(g.decided, e):
			add(decidedBeforeAccepted, e, g.decided)
		case e == g.decided && precedes(g.delivered, e):
			add(deliveredBeforeDecided, e, g.delivered)
		}
		switch e.Kind {
		case approval.Paused:
			paused = true
		case approval.Resumed:
			if !paused && !g.sameInstant(i, approval.Paused, "") {
				add(resumedWithoutPause, e, nil)
			}
			paused = false
		case approval.SupplementRequested:
			if request == nil || answered {
				request, answered = e, false
			}
		case approval.SupplementReceived:
			switch {
			case request == nil:
				if !g.sameInstant(i, approval.SupplementRequested, "") {
					add(supplementWithoutRequest, e, nil)
				}
			case g.cal.DateOf(e.Effective()) < g.cal.DateOf(request.Effective()):
				add(supplementBeforeRequest, e, request)
			default:
				answered = true
			}
		case approval.StepFinished:
			if !g.startedBefore(i) && !g.sameInstant(i, approval.StepStarted, stepName(e)) {
				add(finishedWithoutStart, e, nil)
			}
		}
		if !e.EnteredAt.IsZero() && e.OccurredAt.Sub(e.EnteredAt) > g.set.ClockSkew {
			add(enteredBeforehand, e, nil)
		}
	}
	return list
}

// startedBefore reports whether the step that event i finishes was started
// and not finished before it.
func (g *judgement) startedBefore(i int) bool {
	name := stepName(g.events[i])
	open := 0
	for _, e := range g.events[:i] {
		if e.Kind != approval.StepStarted && e.Kind != approval.StepFinished || stepName(e) != name {
			continue
		}
		if e.Kind == approval.StepStarted {
			open++
		} else if open > 0 {
			open--
		}
	}
	return open > 0
}

// sameInstant reports whether an event of the kind stands after event i but
// occurred together with it.
func (g *judgement) sameInstant(i int, kind approval.EventKind, step string) bool {
	at := g.events[i].OccurredAt
	for _, e := range g.events[i+1:] {
		if e.OccurredAt.After(at) {
			return false
		}
		if e.Kind == kind && (step == "" || stepName(e) == step) {
			return true
		}
	}
	return false
}

// enteredFor is the office time between a fact and its entry.
func (g *judgement) enteredFor(e *approval.Event) time.Duration {
	return g.cal.WorkingTime(e.OccurredAt, e.EnteredAt)
}
