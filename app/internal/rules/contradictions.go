package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

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
	decidedAfterEnd
	decidedOtherwise
	beforeReceipt
	beginningMissing
	beginsLater
	toldBeforehand
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
	s := search{judgement: g}
	if g.goneOn != nil && g.end != nil {
		s.add(decidedAfterEnd, g.end, g.goneOn)
	}
	if g.contrary != nil && g.end != nil {
		s.add(decidedOtherwise, g.contrary, g.end)
	}
	if g.assumed && g.received.Kind != approval.RefusalGrounds {
		// The receipt may be told a moment later than what followed it.
		if due := g.workingDaysAfter(g.received.OccurredAt, 1); g.passed(due) {
			s.add(beginningMissing, g.received, nil)
		} else {
			g.wait(due)
		}
	}
	for _, e := range g.ahead {
		s.add(beginsLater, e, nil)
	}
	for i, e := range g.events {
		s.firsts(e)
		s.answers(i, e)
		switch {
		case !g.foreign(e):
		case ends(e.Kind):
			s.add(endedBeforeReceived, g.received, e)
		default:
			s.add(beforeReceipt, e, g.received)
		}
		if told := notified(e); !told.IsZero() && g.beforeCase(told) {
			s.add(toldBeforehand, e, g.began())
		}
		if !e.EnteredAt.IsZero() && e.OccurredAt.Sub(e.EnteredAt) > g.set.ClockSkew {
			s.add(enteredBeforehand, e, nil)
		}
	}
	return s.found
}

// search goes through the events for contradictions.
type search struct {
	*judgement
	found []contradiction

	paused   bool
	request  *approval.Event // the one that papers would answer
	answered bool
}

func (s *search) add(kind contradictionKind, event, against *approval.Event) {
	s.found = append(s.found, contradiction{kind, event, against})
}

// firsts looks whether what should follow the event stands before it.
func (s *search) firsts(e *approval.Event) {
	switch e {
	case s.unassumed():
		s.before(s.accepted, e, acceptedBeforeReceived)
		if s.end == nil || !s.foreign(s.end) { // those stand with all that lies before it
			s.before(s.end, e, endedBeforeReceived)
		}
	case s.accepted:
		s.before(s.decided, e, decidedBeforeAccepted)
	case s.decided:
		s.before(s.delivered, e, deliveredBeforeDecided)
	}
}

// before adds a contradiction if the fact stands before the event.
func (s *search) before(fact, e *approval.Event, kind contradictionKind) {
	if fact != nil && fact.OccurredAt.Before(e.OccurredAt) {
		s.add(kind, e, fact)
	}
}

// answers looks whether there is what event i answers.
func (s *search) answers(i int, e *approval.Event) {
	switch e.Kind {
	case approval.Paused:
		s.paused = true
	case approval.Resumed:
		if !s.paused && !s.sameInstant(i, approval.Paused, "") {
			s.add(resumedWithoutPause, e, nil)
		}
		s.paused = false
	case approval.SupplementRequested:
		if s.request == nil || s.answered {
			s.request, s.answered = e, false
		}
	case approval.SupplementReceived:
		s.papers(i, e)
	case approval.StepFinished:
		if !s.startedBefore(i) && !s.sameInstant(i, approval.StepStarted, stepName(e)) {
			s.add(finishedWithoutStart, e, nil)
		}
	}
}

// papers looks whether somebody had asked for the papers that came.
func (s *search) papers(i int, e *approval.Event) {
	switch {
	case s.request == nil:
		if !s.sameInstant(i, approval.SupplementRequested, "") {
			s.add(supplementWithoutRequest, e, nil)
		}
	case s.cal.DateOf(e.Effective()) < s.cal.DateOf(s.request.Effective()):
		s.add(supplementBeforeRequest, e, s.request)
	default:
		s.answered = true
	}
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

// notified is when the applicant was told of a pause or an extension, as far as an
// event says so.
func notified(e *approval.Event) time.Time {
	switch {
	case e.Pause != nil:
		return e.Pause.NotifiedAt
	case e.Extension != nil:
		return e.Extension.NotifiedAt
	}
	return time.Time{}
}

// began is the first that a case knows of: its receipt, or its earliest record.
func (g *judgement) began() *approval.Event {
	if g.received != nil {
		return g.received
	}
	return g.accepted
}

// beforeCase reports whether a moment lies on a day before there was a case. Nobody
// was told then of what became of it.
func (g *judgement) beforeCase(t time.Time) bool {
	b := g.began()
	return g.s.Item.Regime == approval.Licensing && b != nil && g.cal.DateOf(t) < g.cal.DateOf(fact(b))
}
