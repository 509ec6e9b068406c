package city

import (
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var _ = planted("V05", 5, deemed, notToldInTime)

// notToldInTime: five working days pass without a word, so that the
// application counts as accepted on the day it came (art. 32), and the clocks
// run from there.
func notToldInTime(b *draft) {
	received := b.receive(b.t0).occurred
	b.start = received
	silent := b.due(5)
	accepted := b.accept(b.during(6)).occurred
	b.start = received
	b.find("V05", "", "yellow", silent)
	var end int64
	if b.item.mainDays() == 5 {
		end = b.during(7 + b.intn(3))
		overAt, clock := b.overrun(end)
		b.selfReported(overAt, end, clock)
	} else {
		end = b.during(10 + b.intn(20))
	}
	b.steps(accepted, end, false)
	b.grant(end)
}

var _ = planted("V06", 6, (*item).roomy, toldTwice)

// toldTwice: asked for papers once, and again, and perhaps again.
func toldTwice(b *draft) {
	b.receive(b.t0)
	back := b.supplement(b.office(b.t0, 5*minute, 30*minute), 1)
	second := b.office(back, 10*minute, 30*minute)
	b.find("V06", "", "yellow", second)
	back = b.supplement(second, 1)
	if b.chance(0.3) {
		back = b.supplement(b.office(back, 10*minute, 30*minute), 1)
	}
	accepted := b.accept(b.office(back, 5*minute, 20*minute)).occurred
	b.orderly(accepted)
}

// orderly ends an accepted case in good time, signed as it should be.
func (b *draft) orderly(accepted int64) int64 {
	end := b.goodTime(accepted)
	b.steps(accepted, end, true)
	b.grant(end)
	return end
}

// goodTime is an end well before anything is said of the case.
func (b *draft) goodTime(accepted int64) int64 {
	switch limit := b.item.mainDays(); {
	case b.item.kind == kindSpot:
		return b.office(accepted, 5*minute, 45*minute)
	case b.item.promisedHours() > 0:
		return b.office(accepted, hour, 7*hour)
	case limit == 1:
		return b.office(accepted, 15*minute, 25*minute)
	default:
		return b.during(1 + b.intn(min(limit-1, 4)))
	}
}

// denial begins a case that will be turned down, and says when and how.
func (b *draft) denial() (opened, at int64, outcome v1.Outcome) {
	if b.chance(0.4) {
		return b.receive(b.t0).occurred, b.office(b.t0, 15*minute, 40*minute), notAccepted
	}
	opened, outcome = b.open(), refused
	if b.chance(0.3) {
		outcome = returned
	}
	at = b.goodTime(opened)
	b.steps(opened, at, true)
	return opened, at, outcome
}

var _ = planted("V07", 6, anyLicensing, turnedDownWithoutGrounds)

// turnedDownWithoutGrounds: one or several of reason, basis, remedies and
// notice are missing from the decision.
func turnedDownWithoutGrounds(b *draft) {
	opened, at, outcome := b.denial()
	d := b.turnDown(opened, at, outcome)
	missing := 1 << b.intn(4)
	if b.chance(0.4) {
		missing |= 1 + b.intn(15)
	}
	if missing&1 != 0 {
		d.Reason = ""
	}
	if missing&2 != 0 {
		d.LegalBasis = ""
	}
	if missing&4 != 0 {
		d.RemediesTold = false
	}
	if missing&8 != 0 {
		d.NoticeNo = ""
	}
	b.find("V07", "", "yellow", at)
}

var _ = planted("V08", 5, anyLicensing, turnedDownUnfiled)

// turnedDownUnfiled: no filing within a working day, or none at all. It is owed
// from the moment grounds came up, so that duty may be missed earlier.
func turnedDownUnfiled(b *draft) {
	opened, at, outcome := b.denial()
	first := at
	if outcome == refused && b.chance(0.4) && at-opened > 30*minute {
		first = opened + b.between(5*minute, 20*minute)
		b.grounded(first)
	}
	b.decide(at, outcome)
	owed := b.days.Due(at, 1)
	b.find("V08", "", "yellow", owed)
	b.find("V27", "rejection", "data", b.days.Due(first, 1))
	if b.chance(0.5) {
		filed := officedays.At(b.days.After(dayOf(owed), 1+b.intn(4)), b.between(9*hour, 16*hour))
		b.file(filed, outcome)
		b.find("V09", "", "warn", filed)
	}
}

var _ = planted("V09", 5, anyLicensing, filedAfterDeciding)

// filedAfterDeciding: filed within the working day, but not before.
func filedAfterDeciding(b *draft) {
	_, at, outcome := b.denial()
	b.decide(at, outcome)
	filed := b.office(at, 20*minute, 4*hour)
	b.file(filed, outcome)
	b.find("V09", "", "warn", filed)
}

var _ = planted("V27 rejection", 5, anyItem, rejectionUnreported)

// rejectionUnreported: grounds for a refusal came up and were not filed in
// time, whatever became of the case.
func rejectionUnreported(b *draft) {
	accepted := b.open()
	found := b.office(accepted, 2*minute, 4*minute)
	b.grounded(found)
	owed := b.days.Due(found, 1)
	b.find("V27", "rejection", "data", owed)
	if limit := b.item.mainDays(); limit >= 5 && b.chance(0.6) {
		// Refused days later, filed before that but too late after the grounds.
		b.file(b.morning(2), refused)
		at := b.afternoon(2 + b.intn(2))
		b.steps(accepted, at, true)
		if b.item.kind == kindReferred {
			b.grant(at)
			return
		}
		b.decide(at, refused)
		b.deliver(at)
		return
	}
	end := b.orderly(accepted)
	if b.chance(0.3) {
		b.file(officedays.At(b.days.After(dayOf(max(owed, end)), 2), b.between(9*hour, 16*hour)), refused)
	}
}
