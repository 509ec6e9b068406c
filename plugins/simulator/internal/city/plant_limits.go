package city

import (
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// overrun lists V01, V02 and V03 of a case that ends at an instant (0: never)
// without pause or extension, and returns when and on which clock it first ran
// over; 0 if it did not.
func (b *draft) overrun(end int64) (first int64, clock v1.Clock) {
	after := func(t int64) bool { return end == 0 || end > t }
	it := b.item
	main, lead := b.due(max(it.mainDays(), 1)), int64(0)
	if limit := it.mainDays(); limit > 1 {
		lead = b.due(limit - 1)
	}
	if limit := it.promisedHours(); limit > 0 {
		main = b.days.AddOpen(b.start, limit*hour)
		lead = b.days.AddOpen(b.start, (limit-4)*hour)
	}
	if lead != 0 && after(lead) {
		b.find("V01", "", "warn", lead)
	}
	if it.published.Promised.GetN() > 0 && after(main) {
		b.find("V02", "", "yellow", main)
		first, clock = main, v1.Clock_CLOCK_PROMISED
	}
	if limit := it.statutoryDays(); limit > 0 {
		if due := b.due(limit); after(due) {
			b.find("V03", "", "red", due)
			if first == 0 {
				first, clock = due, v1.Clock_CLOCK_STATUTORY
			}
		}
	}
	return first, clock
}

// selfReported files the report on an overrun within the working day it is
// owed by.
func (b *draft) selfReported(overAt, end int64, clock v1.Clock) {
	at := officedays.At(b.days.After(dayOf(overAt), 1), b.between(9*hour, 16*hour))
	b.reportOverdue(at, overAt, end, clock)
}

// lateEnd is one to three working days after the promise.
func (b *draft) lateEnd() int64 {
	if limit := b.item.promisedHours(); limit > 0 {
		return b.days.AddOpen(b.start, limit*hour+b.between(hour, 15*hour))
	}
	return b.during(b.item.mainDays() + 1 + b.intn(3))
}

// grant ends the case as most are ended.
func (b *draft) grant(at int64) {
	if b.item.kind == kindReferred {
		b.add(v1.EventKind_EVENT_KIND_FORWARDED, at).text = "初审通过，转报上级机关"
		return
	}
	b.decide(at, granted)
	b.deliver(at)
}

var _ = planted("V01", 15, timed, nearLimit)

// nearLimit: on the last day.
func nearLimit(b *draft) {
	accepted := b.open()
	end := b.during(max(b.item.mainDays(), 1))
	if limit := b.item.promisedHours(); limit > 0 {
		end = b.days.AddOpen(b.start, (limit-4)*hour+b.between(20*minute, 3*hour))
	}
	b.steps(accepted, end, false)
	b.grant(end)
	b.overrun(end) // nothing where the promise is a single day
}

var _ = planted("V02", 13, timed, overPromise)

func overPromise(b *draft) {
	accepted := b.open()
	end := b.lateEnd()
	b.steps(accepted, end, false)
	b.grant(end)
	overAt, clock := b.overrun(end)
	b.selfReported(overAt, end, clock)
}

var _ = planted("V03", 5, statutory, overStatutory)

// overStatutory ends days after the statutory limit, or never; now and then
// with an extension that came too late to be one.
func overStatutory(b *draft) {
	accepted := b.open()
	limit := b.item.statutoryDays()
	end := b.during(limit + 2 + b.intn(5))
	switch x := b.float(); {
	case x < 0.35:
		end = 0
	case x < 0.6 && b.item.licensing():
		at := b.morning(limit + 1)
		b.extend(at, days(5))
		b.find("V13", "1", "red", at)
	}
	b.steps(accepted, end, false)
	if end != 0 {
		b.grant(end)
	}
	overAt, clock := b.overrun(end)
	b.selfReported(overAt, end, clock)
	if due := b.due(limit); due != overAt {
		b.reportOverdue(b.morning(limit+1), due, end, v1.Clock_CLOCK_STATUTORY)
	}
}

var _ = planted("V27 overdue", 5, timed, overdueUnreported)

// overdueUnreported: over, and the department kept silent, or spoke too late.
func overdueUnreported(b *draft) {
	accepted := b.open()
	end := b.lateEnd()
	b.steps(accepted, end, false)
	b.grant(end)
	overAt, clock := b.overrun(end)
	owed := b.days.Due(overAt, 1)
	b.find("V27", "overdue", "data", owed)
	if b.chance(0.4) {
		b.reportOverdue(officedays.At(b.days.After(dayOf(owed), 1+b.intn(4)), b.between(9*hour, 16*hour)), overAt, end, clock)
	}
}

var _ = planted("V04", 8, stepped, stepOverLimit)

// stepOverLimit: a step takes too long in a case that is still in time.
func stepOverLimit(b *draft) {
	accepted := b.open()
	steps := b.item.steps
	begun := b.uneven(b.office(accepted, 2*minute, 6*minute))
	key := steps[0].begun.Name
	switch b.intn(3) {
	case 0: // finished too late
		b.add(v1.EventKind_EVENT_KIND_STEP_STARTED, begun).step = steps[0].begun
		b.add(v1.EventKind_EVENT_KIND_STEP_FINISHED, b.morning(2)).step = steps[0].done
	case 1: // never finished; the case's end ends it
		b.add(v1.EventKind_EVENT_KIND_STEP_STARTED, begun).step = steps[0].begun
	case 2: // in time at first, begun again, and then too late
		b.step(steps[0], begun, b.between(5*minute, 15*minute))
		begun = b.uneven(b.office(begun, 20*minute, 40*minute))
		b.add(v1.EventKind_EVENT_KIND_STEP_STARTED, begun).step = steps[0].begun
		b.add(v1.EventKind_EVENT_KIND_STEP_FINISHED, b.morning(3)).step = steps[0].done
		key += "#2"
	}
	due := b.days.Due(begun, 1)
	if b.item.published.Steps[0].Limit.Unit == v1.Unit_UNIT_WORKING_HOURS {
		due = b.days.AddOpen(begun, 4*hour)
	}
	b.find("V04", key, "warn", due)
	end := b.afternoon(4)
	b.step(steps[1], b.afternoon(3), b.between(5*minute, 20*minute))
	b.step(steps[2], b.morning(4), b.between(5*minute, 20*minute))
	b.grant(end)
}

var _ = planted("V24", 7, onSpot, notOnTheSpot)

// notOnTheSpot: an on-the-spot case that takes until the next day, or days.
func notOnTheSpot(b *draft) {
	accepted := b.open()
	b.find("V24", "", "yellow", officedays.At(dayOf(accepted)+1, 0))
	day := 1
	if b.chance(0.35) {
		day = 2 + b.intn(3)
	}
	end := b.during(day)
	b.grant(end)
	if overAt, clock := b.overrun(end); overAt != 0 {
		b.selfReported(overAt, end, clock)
	}
}
