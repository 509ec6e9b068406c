package city

import (
	"slices"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

const (
	minute = 60
	hour   = 3600
)

// draft is a case being planned.
type draft struct {
	plan
	rng
	city     *City
	days     *officedays.Calendar
	t0       int64 // when the applicant came
	start    int64 // where its clocks start
	clerk    *v1.Person
	examiner *v1.Person
	window   string

	grounds    *grounds // on which it is turned down
	groundsFor v1.Outcome
}

// begin takes an item and the people who will deal with the case.
func (b *draft) begin(it *item) {
	b.item = it
	s := &b.department.staff
	w := b.intn(len(s.windows))
	b.window, b.clerk = s.windows[w], s.clerks[w]
	if !it.published.InHall {
		b.window = ""
	}
	b.examiner = pick(&b.rng, s.examiners)
}

// add appends an event; the pointer is good until the next one is added. When
// it was entered is settled by finish, unless set.
func (b *draft) add(kind v1.EventKind, at int64) *event {
	b.events = append(b.events, event{kind: kind, occurred: at, handler: b.examiner})
	return &b.events[len(b.events)-1]
}

func (b *draft) atWindow(kind v1.EventKind, at int64) *event {
	e := b.add(kind, at)
	e.handler, e.window = b.clerk, b.window
	return e
}

func (b *draft) receive(at int64) *event {
	at = b.uneven(at)
	channel := "window"
	if b.chance(0.15) {
		channel = pick(&b.rng, channels)
	}
	e := b.atWindow(v1.EventKind_EVENT_KIND_RECEIVED, at)
	e.application = b.application(channel)
	if b.item.fromReceipt() {
		b.start = e.occurred
	}
	return e
}

var channels = []string{"online", "self_service", "mobile"}

// uneven moves an instant off the full minute, so that a limit in hours counted
// from it cannot end at the very edge of opening hours, where the same moment
// of the clock is both a closing and an opening.
func (b *draft) uneven(at int64) int64 {
	if at%minute == 0 {
		return at + 1 + int64(b.intn(40))
	}
	return at
}

func (b *draft) accept(at int64) *event {
	at = b.uneven(at)
	if !b.item.fromReceipt() {
		b.start = at
	}
	return b.atWindow(v1.EventKind_EVENT_KIND_ACCEPTED, at)
}

// open is the usual beginning: papers in, accepted within the hour.
func (b *draft) open() int64 {
	b.receive(b.t0)
	at := b.office(b.t0, 2*minute, 8*minute)
	if b.item.kind != kindSpot {
		at = b.office(b.t0, 3*minute, 35*minute)
	}
	return b.accept(at).occurred
}

// office is a random span of opening hours later.
func (b *draft) office(from, low, high int64) int64 {
	return b.days.AddOpen(from, b.between(low, high))
}

// on is a random second within a span of the n-th working day after the
// clock's start.
func (b *draft) on(n int, low, high int64) int64 {
	return officedays.At(b.days.After(officedays.DayOf(b.start), n), b.between(low, high))
}

func (b *draft) morning(n int) int64   { return b.on(n, 8*hour+50*minute, 11*hour+30*minute) }
func (b *draft) afternoon(n int) int64 { return b.on(n, 14*hour+20*minute, 16*hour+40*minute) }
func (b *draft) during(n int) int64 {
	if b.chance(0.5) {
		return b.morning(n)
	}
	return b.afternoon(n)
}

// due is the close of business n working days after the clock's start.
func (b *draft) due(n int) int64 { return b.days.Due(b.start, n) }

// steps fills the time between acceptance and an end (0: none yet) with the
// item's steps, well within their limits. quick leaves everything but the last
// step to the first hour.
func (b *draft) steps(accepted, end int64, quick bool) {
	steps := b.item.steps
	if len(steps) == 0 {
		return
	}
	total := int64(30 * hour)
	if end != 0 {
		total = b.days.Open(accepted, end)
	}
	first, second := min(total/4, b.between(10*minute, 90*minute)), min(total/3, b.between(hour, 6*hour))
	if quick {
		first, second = min(first, 20*minute), min(second, 30*minute)
	}
	t := b.days.AddOpen(accepted, min(total/20, 5*minute))
	t = b.step(steps[0], t, first)
	t = b.step(steps[1], t, second)
	b.add(v1.EventKind_EVENT_KIND_STEP_STARTED, t).step = steps[2].begun
	if end != 0 {
		// Opening hours may resume later than the last step's first second.
		finished := max(t, b.days.AddOpen(accepted, total-min(total/8, b.between(minute, 10*minute))))
		b.add(v1.EventKind_EVENT_KIND_STEP_FINISHED, min(finished, end)).step = steps[2].done
	}
}

func (b *draft) step(s step, from, seconds int64) (to int64) {
	b.add(v1.EventKind_EVENT_KIND_STEP_STARTED, from).step = s.begun
	to = b.days.AddOpen(from, seconds)
	b.add(v1.EventKind_EVENT_KIND_STEP_FINISHED, to).step = s.done
	return to
}

// deliver hands the result over, some time later.
func (b *draft) deliver(ended int64) {
	at := b.office(ended, 2*minute, 12*minute)
	if b.item.kind != kindSpot {
		at = b.office(ended, 30*minute, 20*hour)
	}
	b.atWindow(v1.EventKind_EVENT_KIND_DELIVERED, at)
}

func (b *draft) find(rule, key, level string, at int64) {
	b.findings = append(b.findings, Finding{b.department.code, b.no, rule, key, level, at})
}

// finish puts the events in order and has each entered seconds to minutes
// after it happened, none before an earlier one, so that at no moment the
// department's system shows an effect without its cause.
func (b *draft) finish() *plan {
	slices.SortStableFunc(b.events, func(a, b event) int { return int(a.occurred - b.occurred) })
	var last int64
	for i := range b.events {
		e := &b.events[i]
		if e.entered == 0 {
			lag := b.between(2, 90)
			if b.chance(0.1) {
				lag = b.between(90, 8*minute)
			}
			e.entered = max(last, e.occurred+lag)
			last = e.entered
		}
		b.known = max(b.known, e.sent())
	}
	for _, r := range b.rejections {
		b.known = max(b.known, r.FiledAt.Seconds)
	}
	for _, o := range b.overdue {
		b.known = max(b.known, o.ReportedAt.Seconds)
	}
	return &b.plan
}
