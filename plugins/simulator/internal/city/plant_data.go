package city

import (
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var _ = planted("V19", 9, anyItem, enteredLate)

// enteredLate: written down days after it happened, or accepted and decided in
// the very same second.
func enteredLate(b *draft) {
	if b.item.kind == kindSpot && b.chance(0.4) {
		at := b.receive(b.t0).occurred + b.between(2*minute, 9*minute)
		b.accept(at)
		at = b.events[len(b.events)-1].occurred
		b.grant(at)
		b.find("V19", "same_second", "review", at)
		return
	}
	if timed(b.item) && b.item.licensing() && b.item.promisedHours() == 0 && b.chance(0.4) {
		decidedOnPaper(b)
		return
	}
	accepted := b.open()
	b.orderly(accepted)
	last := b.events[len(b.events)-1].occurred
	late := b.days.After(dayOf(last), 3+b.intn(4))
	entered := officedays.At(late, b.between(9*hour, 11*hour))
	b.find("V19", "entry", "review", entered)
	b.afterwards(entered, b.chance(0.4))
}

// afterwards enters what began only afterwards: one record, or all in one
// sitting. What ended it was entered in time: it would count from its entry.
func (b *draft) afterwards(entered int64, all bool) {
	at := entered
	for i := range b.events {
		switch b.events[i].kind {
		case v1.EventKind_EVENT_KIND_RECEIVED, v1.EventKind_EVENT_KIND_STEP_STARTED:
			b.events[i].entered = at
			if !all {
				return
			}
			at += b.between(4, 20)
		}
	}
}

// decidedOnPaper: decided in time, so it says, and entered when the promise was
// over. It counts from when it was entered.
func decidedOnPaper(b *draft) {
	accepted := b.open()
	end := b.orderly(accepted)
	entered := b.during(b.item.mainDays() + 2 + b.intn(3))
	for i := range b.events {
		if b.events[i].occurred == end && b.events[i].kind != v1.EventKind_EVENT_KIND_STEP_FINISHED {
			b.events[i].entered = entered
		}
	}
	b.find("V19", "entry", "review", entered)
	overAt, clock := b.overrun(entered)
	b.selfReported(overAt, entered, clock)
}

var _ = planted("V20", 11, decidedHere, contradictoryTimes)

// contradictoryTimes: an order of events that cannot be.
func contradictoryTimes(b *draft) {
	var at int64 // of the latest event in the contradiction
	switch b.intn(9) {
	case 0: // accepted before it was received
		accepted := b.accept(b.t0).occurred
		at = b.receive(b.office(accepted, 5*minute, 15*minute)).occurred
		b.orderly(at + minute)
	case 1: // decided before it was accepted
		b.start = b.receive(b.t0).occurred
		decided := b.office(b.t0, 5*minute, 15*minute)
		b.grant(decided)
		b.events = b.events[:len(b.events)-1] // never delivered
		at = b.accept(decided + b.between(2*minute, 20*minute)).occurred
	case 2: // delivered before it was decided
		accepted := b.open()
		at = b.goodTime(accepted)
		b.steps(accepted, at, true)
		b.grant(at)
		b.events[len(b.events)-1].occurred = at - b.between(minute, 4*minute)
	case 3: // a step finished that never began
		accepted := b.open()
		if b.item.kind == kindSpot {
			at = accepted + b.between(minute, 4*minute)
			b.add(v1.EventKind_EVENT_KIND_STEP_FINISHED, at).step = reviewStep.done
			b.orderly(accepted)
			break
		}
		end := b.goodTime(accepted)
		at = b.days.AddOpen(accepted, min(b.days.Open(accepted, end)/2, 20*minute))
		b.add(v1.EventKind_EVENT_KIND_STEP_FINISHED, at).step = b.item.steps[0].done
		b.grant(end)
	case 4: // resumed though never paused
		accepted := b.open()
		at = b.days.AddOpen(accepted, b.between(minute, 4*minute))
		b.add(v1.EventKind_EVENT_KIND_RESUMED, at)
		b.orderly(accepted)
	case 5: // papers came in that nobody asked for
		b.receive(b.t0)
		at = b.office(b.t0, 3*minute, 8*minute)
		b.atWindow(v1.EventKind_EVENT_KIND_SUPPLEMENT_RECEIVED, at)
		b.orderly(b.accept(at + minute).occurred)
	case 6: // papers came in days before they were asked for
		b.receive(b.t0)
		asked := b.office(b.t0, 2*minute, 4*minute)
		b.request(asked)
		at = b.office(asked, 3*minute, 8*minute)
		b.atWindow(v1.EventKind_EVENT_KIND_SUPPLEMENT_RECEIVED, at).effective =
			officedays.At(dayOf(asked)-officedays.Day(1+b.intn(6)), 10*hour)
		b.orderly(b.accept(at + 2*minute).occurred)
	case 7: // withdrawn before it was received
		b.atWindow(v1.EventKind_EVENT_KIND_WITHDRAWN, b.t0).text = "申请人撤回申请"
		at = b.receive(b.office(b.t0, 5*minute, 30*minute)).occurred
	case 8: // entered before it happened
		b.orderly(b.open())
		e := &b.events[len(b.events)-1]
		at = e.occurred
		e.entered = at - b.between(10*minute, 50*minute)
	}
	b.find("V20", "", "data", at)
}

var reviewStep = newStep("材料审查")
