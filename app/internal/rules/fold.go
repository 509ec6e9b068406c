package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// fold is a case's events put together: the firsts that everything hangs on,
// and what began and ended before the case did. What stands after the end
// moves no clock and founds no duty, except that a delivery, grounds of refusal
// and contradictions count wherever they stand.
type fold struct {
	events []*approval.Event // in order, none after the moment

	received, accepted *approval.Event
	assumed            bool              // nothing was received: the earliest record stands for it
	end                *approval.Event   // the first that ends a case, or the decision after all
	ended              ending            // where it stands
	goneOn             *approval.Event   // what was told as the end before the case went on
	decisions          []*approval.Event // that ended the case, were told to, or contradict the one that did
	contrary           *approval.Event   // the first that contradicts the one that ended it
	endedAhead         bool              // an end that lies before the receipt ends nothing
	decided            *approval.Event   // the first decision, even after the end
	ahead              []*approval.Event // as told: facts that claim a later beginning
	delivered, grounds *approval.Event

	requests   []*approval.Event // supplement requests
	turns      []turn            // requests that were answered
	awaited    *approval.Event   // the request whose papers have not come
	extensions []*approval.Event
	faults     []extensionFault // of each extension, under the Licensing regime

	halts      bool            // something may stop the clock
	pauses     []workday.Pause // what stops the clock, by the dates claimed
	madeStop   bool            // one of them was registered late
	stops      []stop          // beside pauses
	procedures []procedure     // every Paused, whether it stops the clock or not
	underway   int             // index of the procedure not resumed, or -1
	steps      []stepRun
}

// ending is where the end of a case stands among its events. One that counts
// only later, because it was written down late or for a day to come, ends the case
// only then, and what happens until then counts.
type ending struct {
	at    int       // its index
	until time.Time // zero unless it counts later than it stands
	since time.Time // zero unless it counts from before: what happened since is none of the case's
}

// turn is a request for papers and the papers that answered it.
type turn struct{ asked, came *approval.Event }

// stop is where a pause of the clock comes from.
type stop struct {
	from, to *approval.Event // to nil: still open
}

// procedure is one Paused event.
type procedure struct {
	begun   *approval.Event
	resumed *approval.Event // nil: never
	nested  bool            // told while another was under way: it begins nothing
}

// stepRun is one start of a step.
type stepRun struct {
	begun    *approval.Event
	finished *approval.Event // nil: not finished before the end
}

// reset empties the fold and lets go of the last subject, but keeps the room.
func (f *fold) reset() {
	clear(f.events)
	clear(f.decisions)
	clear(f.ahead)
	clear(f.requests)
	clear(f.turns)
	clear(f.extensions)
	clear(f.pauses)
	clear(f.stops)
	clear(f.procedures)
	clear(f.steps)
	*f = fold{
		events: f.events[:0], decisions: f.decisions[:0], ahead: f.ahead[:0], requests: f.requests[:0], turns: f.turns[:0], extensions: f.extensions[:0], faults: f.faults[:0],
		pauses: f.pauses[:0], stops: f.stops[:0], procedures: f.procedures[:0],
		steps: f.steps[:0], underway: -1,
	}
}

// run folds the ordered events, but for what stops the clock: that hangs on
// whether the case was accepted, which is not known before.
func (g *judgement) run() {
	again := false // ends were looked at while what lies before the receipt was not known
	for i, e := range g.events {
		switch e.Kind {
		case approval.Received:
			earliest(&g.received, e)
			again = again || g.end != nil
		case approval.Decided, approval.Withdrawn, approval.Voided, approval.Forwarded:
			g.ends(i, e)
		}
	}
	if again {
		g.end, g.ended, g.goneOn, g.contrary, g.decisions, g.endedAhead = nil, ending{}, nil, nil, g.decisions[:0], false
		for i, e := range g.events {
			if ends(e.Kind) {
				g.ends(i, e)
			}
		}
	}
	for i := range g.events {
		g.answerFirst(i)
		e := g.events[i]
		switch e.Kind {
		case approval.Received:
		case approval.Accepted:
			earliest(&g.accepted, e)
		case approval.Delivered:
			first(&g.delivered, e)
		case approval.RefusalGrounds:
			first(&g.grounds, e)
		case approval.Decided:
			first(&g.decided, e)
		case approval.Withdrawn, approval.Voided, approval.Forwarded:
		default:
			if g.open(i, e) && !g.foreign(e) {
				g.beforeEnd(e)
			}
		}
	}
	g.assume()
}

func first(slot **approval.Event, e *approval.Event) {
	if *slot == nil {
		*slot = e
	}
}

// earliest keeps the first by its own date: whoever registers an earlier fact
// with a later date of effect moves no clock.
func earliest(slot **approval.Event, e *approval.Event) {
	if *slot == nil || e.Effective().Before((*slot).Effective()) {
		*slot = e
	}
}

// ends reports whether a fact of the kind ends a case.
func ends(k approval.EventKind) bool {
	switch k {
	case approval.Decided, approval.Withdrawn, approval.Voided, approval.Forwarded:
		return true
	}
	return false
}

// ends takes the first end. Before one that counts only later goes one that
// counts before that. A decision after the end says that it was none; one of another
// outcome, where that does not hold, contradicts it. What lies before the receipt and
// was registered nobody knows when ends nothing under the Licensing Law.
func (g *judgement) ends(i int, e *approval.Event) {
	if g.s.Item.Regime == approval.Licensing && g.foreign(e) && g.registeredSince(e).IsZero() {
		g.endedAhead = true
		return
	}
	switch {
	case g.end == nil:
	case !g.ended.until.IsZero() && g.counted(e).Before(g.ended.until):
		g.decisions = g.decisions[:0]
	case g.wentOn(e):
		first(&g.goneOn, g.end)
	default:
		if e.Kind == approval.Decided && g.end.Kind == approval.Decided && outcomeOf(e) != outcomeOf(g.end) {
			g.decisions = append(g.decisions, e)
			first(&g.contrary, e)
		}
		return
	}
	if e.Kind == approval.Decided {
		g.decisions = append(g.decisions, e)
	}
	g.otherwiseBefore(e)
	g.end, g.ended = e, ending{at: i}
	switch at := g.counted(e); {
	case at.After(e.OccurredAt):
		g.ended.until = at
	case at.Before(e.OccurredAt):
		g.ended.since = at
	}
}

// otherwiseBefore finds that a decision had another outcome until it was corrected, later
// than the office bears: what that one owed is owed still.
func (g *judgement) otherwiseBefore(e *approval.Event) {
	for o := e; o.Was != nil; o = o.Was {
		if was := o.Was; was.Kind == approval.Decided && e.Kind == approval.Decided && outcomeOf(was) != outcomeOf(e) && LongAfter(g.cal, registered(was), o.ToldAt, g.set.BackEntry) {
			g.decisions = append(g.decisions, was)
			first(&g.contrary, was)
			return
		}
	}
}

// wentOn reports whether a case that was told to have ended went on to a decision.
// What is decided once more on the day of a decision is one and the same. Logs of
// other laws know only their first end.
func (g *judgement) wentOn(e *approval.Event) bool {
	if g.s.Item.Regime != approval.Licensing || e.Kind != approval.Decided {
		return false
	}
	was, at := g.counted(g.end), g.counted(e)
	if outcomeOf(g.end) == NotAccepted || g.end.Kind != approval.Decided {
		return at.After(was)
	}
	return g.cal.DateOf(at) > g.cal.DateOf(was)
}

// open reports whether the case was still open at the event in the i-th place.
func (g *judgement) open(i int, e *approval.Event) bool {
	switch {
	case g.end == nil:
		return true
	case !g.ended.since.IsZero():
		return i < g.ended.at && !e.OccurredAt.After(g.ended.since)
	}
	return i < g.ended.at || e.OccurredAt.Before(g.ended.until)
}

// finishedAt is when something that an event finishes was over, at the latest with
// the case; zero while it lasts.
func (g *judgement) finishedAt(finish *approval.Event) time.Time {
	at := g.countedAt(finish)
	if end := g.countedAt(g.end); !end.IsZero() && end.Before(at) {
		return end
	}
	return at
}

func (g *judgement) beforeEnd(e *approval.Event) {
	switch e.Kind {
	case approval.SupplementRequested:
		g.halts = true
		g.requests = append(g.requests, e)
		first(&g.awaited, e)
	case approval.SupplementReceived:
		if g.answers(e, g.awaited) {
			g.turns = append(g.turns, turn{g.awaited, e})
			g.awaited = nil
		}
	case approval.Paused:
		g.halts = true
	case approval.Extended:
		g.extensions = append(g.extensions, e)
	case approval.StepStarted:
		if _, limited := g.s.Item.Step(stepName(e)); limited {
			g.steps = append(g.steps, stepRun{begun: e})
		}
	case approval.StepFinished:
		for i := range g.steps {
			s := &g.steps[i]
			if s.finished == nil && stepName(s.begun) == stepName(e) {
				s.finished = e
				break
			}
		}
	}
}

// answers reports whether papers that came answer the request. A return dated
// before its request answers something else, and the papers are still awaited.
func (g *judgement) answers(came, asked *approval.Event) bool {
	return asked != nil && g.cal.DateOf(g.against(came)) >= g.cal.DateOf(asked.Effective())
}

func pauseKind(e *approval.Event) approval.PauseKind {
	if e.Pause == nil {
		return ""
	}
	return e.Pause.Kind
}

func stepName(e *approval.Event) string {
	if e.Step == nil {
		return ""
	}
	return e.Step.Name
}

// outcome is how the case ended so far.
func (f *fold) outcome() Outcome { return outcomeOf(f.end) }

// outcomeOf is how a case ended by an event.
func outcomeOf(end *approval.Event) Outcome {
	if end == nil {
		return Open
	}
	switch end.Kind {
	case approval.Withdrawn:
		return Withdrawn
	case approval.Voided:
		return Voided
	case approval.Forwarded:
		return Forwarded
	}
	if end.Decision != nil {
		switch end.Decision.Outcome {
		case approval.OutcomeGranted:
			return Granted
		case approval.OutcomeRefused:
			return Refused
		case approval.OutcomeNotAccepted:
			return NotAccepted
		case approval.OutcomeReturned:
			return Returned
		}
	}
	return Decided
}

// turnedDown is the first decision that turned the applicant down, whether or not
// the case went on after it; nil: none did.
func (g *judgement) turnedDown() *approval.Event {
	for _, e := range g.decisions {
		switch outcomeOf(e) {
		case Refused, NotAccepted, Returned:
			at := g.counted(e)
			if !at.After(g.now) {
				return e
			}
			g.waitFor(at) // it turns down only from its effect on
		}
	}
	return nil
}
