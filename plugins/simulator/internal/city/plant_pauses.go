package city

import (
	"strconv"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Every case here ends before its promise gives a warning even if none of the
// pauses and extensions counted, so that what is planted stands alone.

// Grounds that art. 45 does not know.
var unlawfulPauses = []pauseGround{
	{"领导外出", "分管领导外出，暂停办理"}, {"系统升级", "业务系统升级"}, {"内部会商", "科室内部会商"}, {"材料流转", "材料在部门间流转"},
}

var _ = planted("V10", 8, (*item).roomy, unlawfulPause)

// unlawfulPause: a pause on no lawful ground, approved by nobody, or without
// telling the applicant; the first pause of the case or the second.
func unlawfulPause(b *draft) {
	accepted := b.open()
	n := 1
	from := b.on(1, 10*hour+30*minute, 11*hour+30*minute)
	if b.chance(0.25) {
		b.pause(from, pick(&b.rng, lawfulPauses), days(2))
		b.add(v1.EventKind_EVENT_KIND_RESUMED, b.on(1, 15*hour, 16*hour))
		n, from = 2, b.on(2, 9*hour, 10*hour)
	}
	ground := pick(&b.rng, lawfulPauses)
	faults := 1 << b.intn(3)
	if b.chance(0.25) {
		faults |= 1 + b.intn(7)
	}
	if faults&1 != 0 {
		ground = pick(&b.rng, unlawfulPauses)
	}
	p := b.pause(from, ground, days(3))
	if faults&2 != 0 {
		p.Approver = ""
	}
	if faults&4 != 0 {
		p.NotifiedAt, p.NoticeNo = nil, ""
	}
	b.find("V10", strconv.Itoa(n), "yellow", from)
	b.add(v1.EventKind_EVENT_KIND_RESUMED, b.on(n, 16*hour, 16*hour+40*minute))
	b.concludeGranted(accepted, b.during(3+b.intn(2)))
}

func (b *draft) concludeGranted(accepted, end int64) {
	b.steps(accepted, end, true)
	b.grant(end)
}

var _ = planted("V11", 8, (*item).roomy, overlongPause)

// overlongPause: lawful, but longer than approved, or never lifted.
func overlongPause(b *draft) {
	accepted := b.open()
	ground := pick(&b.rng, lawfulPauses)
	from := b.uneven(b.on(1, 10*hour+30*minute, 11*hour+30*minute))
	resumed := func(at int64) { b.add(v1.EventKind_EVENT_KIND_RESUMED, at) }
	switch b.intn(7) {
	case 0: // a day too long
		b.pause(from, ground, days(1))
		b.find("V11", "1", "yellow", b.due(2))
		resumed(b.during(3))
		b.concludeGranted(accepted, b.during(4)+30*minute)
	case 1: // more than a day too long
		b.pause(from, ground, days(1))
		b.find("V11", "1", "red", b.due(2))
		resumed(b.on(4, 9*hour, 10*hour))
		b.concludeGranted(accepted, b.afternoon(4))
	case 2: // half an hour too long
		b.pause(from, ground, hours(3))
		over := b.days.AddOpen(from, 3*hour)
		b.find("V11", "1", "yellow", over)
		resumed(b.days.AddOpen(over, b.between(5*minute, 50*minute)))
		b.concludeGranted(accepted, b.during(3))
	case 3: // hours too long
		b.pause(from, ground, hours(3))
		b.find("V11", "1", "red", b.days.AddOpen(from, 3*hour))
		resumed(b.morning(3))
		b.concludeGranted(accepted, b.during(4))
	case 4: // decided with the pause still on
		b.pause(from, ground, days(5))
		end := b.during(2 + b.intn(3))
		b.find("V11", "1", "yellow", end)
		b.concludeGranted(accepted, end)
	case 5: // decided with the pause still on, and too long by then
		b.pause(from, ground, days(1))
		b.find("V11", "1", "yellow", b.due(2))
		b.concludeGranted(accepted, b.during(3))
	case 6: // never lifted, never decided
		b.pause(from, ground, days(2))
		b.find("V11", "1", "red", b.due(3))
		b.steps(accepted, 0, true)
		b.known = b.due(4) + 1 // from then on red
	}
}

var _ = planted("V13", 8, (*item).roomy, unlawfulExtension)

// unlawfulExtension: too long, in the wrong unit, approved by nobody, without a
// reason, without telling the applicant, or a second one. What comes after the
// statutory limit is planted by overStatutory.
func unlawfulExtension(b *draft) {
	accepted := b.open()
	n, at := 1, b.on(1, 10*hour, 11*hour+30*minute)
	fault := b.intn(6)
	if fault == 5 {
		b.extend(at, days(5))
		n, at = 2, b.on(1, 14*hour+30*minute, 16*hour)
	}
	x := b.extend(at, days(int32(3+b.intn(8))))
	switch fault {
	case 0:
		x.By = days(int32(11 + b.intn(10)))
		if b.item.kind == kindJoint {
			x.By = days(int32(16 + b.intn(10)))
		}
	case 1:
		x.By = calendarDays(10)
	case 2:
		x.Approver = ""
	case 3:
		x.Reason = ""
	case 4:
		x.NotifiedAt = nil
	}
	b.find("V13", strconv.Itoa(n), "red", at)
	b.concludeGranted(accepted, b.during(2+b.intn(3)))
}
