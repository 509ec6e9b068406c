package rules

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// fold is a case's events put together: the firsts that everything hangs on,
// and what began and ended before the case did. What stands after the end
// moves no clock and founds no duty, except that a delivery, grounds of refusal
// and contradictions count wherever they stand.
type fold struct {
	events []*approval.Event // by (occurred, journal number), none after the moment

	received, accepted *approval.Event
	end                *approval.Event // the first that ends a case
	decided            *approval.Event // the first decision, even after the end
	delivered, grounds *approval.Event

	requests   []*approval.Event // supplement requests
	awaited    *approval.Event   // the request whose papers have not come
	extensions []*approval.Event

	pauses     []workday.Pause // what stops the clock
	stops      []stop          // beside pauses
	procedures []procedure     // every Paused, whether it stops the clock or not
	underway   int             // index of the procedure not resumed, or -1
	steps      []stepRun
}

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
	clear(f.requests)
	clear(f.extensions)
	clear(f.pauses)
	clear(f.stops)
	clear(f.procedures)
	clear(f.steps)
	*f = fold{
		events: f.events[:0], requests: f.requests[:0], extensions: f.extensions[:0],
		pauses: f.pauses[:0], stops: f.stops[:0], procedures: f.procedures[:0],
		steps: f.steps[:0], underway: -1,
	}
}

// order takes in the events that occurred by now, and returns when the next
// one will (zero: none).
func (f *fold) order(events []approval.Event, now time.Time) (next time.Time) {
	sorted := true
	for i := range events {
		e := &events[i]
		if e.OccurredAt.After(now) {
			if next.IsZero() || e.OccurredAt.Before(next) {
				next = e.OccurredAt
			}
			continue
		}
		if n := len(f.events); sorted && n > 0 && inOrder(f.events[n-1], e) > 0 {
			sorted = false
		}
		f.events = append(f.events, e)
	}
	if !sorted {
		slices.SortFunc(f.events, inOrder)
	}
	return next
}

func inOrder(a, b *approval.Event) int {
	if c := a.OccurredAt.Compare(b.OccurredAt); c != 0 {
		return c
	}
	switch {
	case a.Seq < b.Seq:
		return -1
	case a.Seq > b.Seq:
		return 1
	}
	return 0
}

// run folds the ordered events.
func (f *fold) run(cal *workday.Calendar, item *approval.Item) {
	for _, e := range f.events {
		switch e.Kind {
		case approval.Received:
			first(&f.received, e)
		case approval.Accepted:
			first(&f.accepted, e)
		case approval.Delivered:
			first(&f.delivered, e)
		case approval.RefusalGrounds:
			first(&f.grounds, e)
		case approval.Decided:
			first(&f.decided, e)
			first(&f.end, e)
		case approval.Withdrawn, approval.Voided, approval.Forwarded:
			first(&f.end, e)
		default:
			if f.end == nil {
				f.beforeEnd(cal, item, e)
			}
		}
	}
}

func first(slot **approval.Event, e *approval.Event) {
	if *slot == nil {
		*slot = e
	}
}

func (f *fold) beforeEnd(cal *workday.Calendar, item *approval.Item, e *approval.Event) {
	switch e.Kind {
	case approval.SupplementRequested:
		f.requests = append(f.requests, e)
		first(&f.awaited, e)
		if item.SupplementPauses {
			f.stop(e)
		}
	case approval.SupplementReceived:
		f.supplement(cal, e)
	case approval.Paused:
		f.procedures = append(f.procedures, procedure{begun: e, nested: f.underway >= 0})
		if f.underway < 0 {
			f.underway = len(f.procedures) - 1
		}
		if item.Regime != approval.Licensing || pauseKind(e).Lawful() {
			f.stop(e)
		}
	case approval.Resumed:
		if f.underway >= 0 {
			f.procedures[f.underway].resumed = e
			f.underway = -1
		}
		if s := f.stopped(); s != nil && s.from.Kind == approval.Paused {
			f.restart(e)
		}
	case approval.Extended:
		f.extensions = append(f.extensions, e)
	case approval.StepStarted:
		if _, limited := item.Step(stepName(e)); limited {
			f.steps = append(f.steps, stepRun{begun: e})
		}
	case approval.StepFinished:
		for i := range f.steps {
			s := &f.steps[i]
			if s.finished == nil && stepName(s.begun) == stepName(e) {
				s.finished = e
				break
			}
		}
	}
}

// supplement takes in papers that came. A return dated before its request
// answers something else, and the papers are still awaited.
func (f *fold) supplement(cal *workday.Calendar, e *approval.Event) {
	came := cal.DateOf(e.Effective())
	if f.awaited != nil && came >= cal.DateOf(f.awaited.Effective()) {
		f.awaited = nil
	}
	s := f.stopped()
	if s != nil && s.from.Kind == approval.SupplementRequested && came >= cal.DateOf(s.from.Effective()) {
		f.restart(e)
	}
}

// stopped is the stop that is open, or nil while the clock runs.
func (f *fold) stopped() *stop {
	if n := len(f.stops); n > 0 && f.stops[n-1].to == nil {
		return &f.stops[n-1]
	}
	return nil
}

// stop stops the clock, unless it stands still already.
func (f *fold) stop(e *approval.Event) {
	if f.stopped() == nil {
		f.stops = append(f.stops, stop{from: e})
		f.pauses = append(f.pauses, workday.Pause{From: e.Effective()})
	}
}

// restart ends the stop. A return by an earlier hour of the same day makes it
// a pause of nothing, which the clock leaves out.
func (f *fold) restart(e *approval.Event) {
	f.stopped().to = e
	f.pauses[len(f.pauses)-1].To = e.Effective()
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
func (f *fold) outcome() Outcome {
	if f.end == nil {
		return Open
	}
	switch f.end.Kind {
	case approval.Withdrawn:
		return Withdrawn
	case approval.Voided:
		return Voided
	case approval.Forwarded:
		return Forwarded
	}
	if f.end.Decision != nil {
		switch f.end.Decision.Outcome {
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

// negative reports whether the case ended by turning the applicant down.
func (f *fold) negative() bool {
	switch f.outcome() {
	case Refused, NotAccepted, Returned:
		return true
	}
	return false
}
