package city

import (
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// ordinary plans a case that breaks no rule at any moment of its life, under
// any reading of how a pause is counted: where a pause is part of it, the case
// still ends a day before what the pause gives at the least.
func (b *draft) ordinary(spotShare float64) *plan {
	d := b.department
	if b.chance(spotShare) {
		it := d.spot[weighted(&b.rng, d.spotW)]
		if d.gated && b.chance(0.08) && b.gateOpen() {
			it = d.gatedItem
		}
		b.begin(it)
		b.onTheSpot()
		return b.finish()
	}
	b.begin(d.longer[weighted(&b.rng, d.longerW)])
	b.committed()
	return b.finish()
}

// gateOpen: the gated item may be signed for today and tomorrow.
func (b *draft) gateOpen() bool {
	it := b.department.gatedItem
	return b.department.signers(it, b.t0) != nil && b.department.signers(it, b.t0+24*hour) != nil
}

// onTheSpot is over within the hour.
func (b *draft) onTheSpot() {
	if b.chance(0.004) {
		b.receive(b.t0)
		at := b.office(b.t0, 10*minute, 40*minute)
		b.turnDown(b.t0, at, notAccepted)
		return
	}
	accepted := b.open()
	at := b.office(accepted, 5*minute, 45*minute)
	switch x := b.float(); {
	case x < 0.003:
		b.turnDown(accepted, at, refused)
	case x < 0.007:
		b.atWindow(v1.EventKind_EVENT_KIND_WITHDRAWN, at).text = "申请人撤回申请"
		return
	default:
		b.decide(at, granted)
	}
	b.deliver(at)
}

// committed takes days.
func (b *draft) committed() {
	if b.item.published.Promised.GetUnit() == v1.Unit_UNIT_CALENDAR_DAYS {
		// Done the same day: calendar days may all lie in one long holiday.
		b.receive(b.t0)
		accepted := b.accept(b.office(b.t0, minute, 5*minute)).occurred
		b.conclude(accepted, b.office(accepted, 10*minute, 40*minute), true)
		return
	}
	if b.item.licensing() && b.chance(0.006) {
		b.receive(b.t0)
		b.turnDown(b.t0, b.office(b.t0, 20*minute, 5*hour), notAccepted)
		return
	}
	accepted := b.takeIn()
	limit := b.item.mainDays()
	switch {
	case b.item.promisedHours() > 0:
		b.conclude(accepted, b.office(accepted, hour, 8*hour), false)
	case b.item.roomy() && b.chance(0.05):
		b.suspended(accepted, limit)
	case b.item.roomy() && b.item.kind == kindCommitted && b.chance(0.01):
		b.extended(accepted, limit)
	case !b.item.licensing() && limit >= 3 && b.chance(0.15):
		b.awaitingPapers(accepted, limit)
	default:
		b.conclude(accepted, b.timely(accepted, limit), false)
	}
}

// takeIn receives and accepts: some online at night, some after papers that
// were missing at first came in.
func (b *draft) takeIn() (accepted int64) {
	switch x := b.float(); {
	case !b.item.licensing() || x < 0.80:
		return b.open()
	case x < 0.83:
		night := officedays.At(dayOf(b.t0), b.between(18*hour, 23*hour))
		b.receive(night).application.Channel = "online"
		return b.accept(officedays.At(b.days.After(dayOf(night), 1), b.between(8*hour+32*minute, 9*hour+30*minute))).occurred
	}
	b.receive(b.t0)
	back := b.supplement(b.office(b.t0, 5*minute, 40*minute), b.intn(3))
	return b.accept(b.office(back, 3*minute, 20*minute)).occurred
}

// supplement tells once what is missing; it comes back the given number of
// working days later.
func (b *draft) supplement(at int64, wait int) (back int64) {
	b.request(at)
	back = b.office(at, 30*minute, 3*hour)
	if wait > 0 {
		back = officedays.At(b.days.After(dayOf(at), wait), b.between(9*hour, 11*hour))
	}
	b.atWindow(v1.EventKind_EVENT_KIND_SUPPLEMENT_RECEIVED, back)
	return back
}

func (b *draft) request(at int64) {
	e := b.atWindow(v1.EventKind_EVENT_KIND_SUPPLEMENT_REQUESTED, at)
	e.notice = &v1.Notice{NoticeNo: b.number("补告", at), Materials: []string{pick(&b.rng, papers)}}
	if b.chance(0.4) {
		e.notice.Materials = append(e.notice.Materials, pick(&b.rng, papers))
	}
}

var papers = []string{"营业执照复印件", "法定代表人身份证明", "场地使用证明", "授权委托书", "平面布置图", "检测报告", "安全管理制度", "资金来源证明"}

// timely is an end by the last closing hour before which nothing is said, more
// often late than soon.
func (b *draft) timely(accepted int64, limit int) int64 {
	latest := limit - 1
	switch {
	case limit == 1 && b.chance(0.1):
		return b.morning(1)
	case limit > 20:
		return b.during(5 + b.intn(21))
	case latest < 1:
		return b.office(accepted, 15*minute, 30*minute)
	}
	return b.during(max(1+b.intn(latest), 1+b.intn(latest)))
}

// conclude runs the steps and ends the case, one way or another.
func (b *draft) conclude(accepted, at int64, quick bool) {
	b.steps(accepted, at, quick)
	if b.item.kind == kindReferred {
		b.add(v1.EventKind_EVENT_KIND_FORWARDED, at).text = "初审通过，转报上级机关"
		return
	}
	switch x := b.float(); {
	case x < 0.012:
		b.turnDown(accepted, at, refused)
	case x < 0.015:
		b.turnDown(accepted, at, returned)
	case x < 0.023:
		b.atWindow(v1.EventKind_EVENT_KIND_WITHDRAWN, at).text = "申请人撤回申请"
		return
	case x < 0.025:
		b.add(v1.EventKind_EVENT_KIND_VOIDED, at).text = "重复录入，作废"
		return
	default:
		b.decide(at, granted)
	}
	b.deliver(at)
}

// suspended holds a lawful pause of some days.
func (b *draft) suspended(accepted int64, limit int) {
	approved := 2 + b.intn(8)
	back := 1 + b.intn(approved) // working days after the pause began
	from := b.on(1, 10*hour+30*minute, 11*hour+30*minute)
	b.pause(from, pick(&b.rng, lawfulPauses), days(int32(approved)))
	resumed := b.on(1+back, 9*hour, 10*hour)
	b.add(v1.EventKind_EVENT_KIND_RESUMED, resumed)
	if limit > 20 {
		limit = 20
	}
	b.conclude(accepted, b.during(back+2+b.intn(limit-3)), true)
}

type pauseGround struct{ kind, reason string }

// Art. 45 of the Licensing Law.
var lawfulPauses = []pauseGround{
	{"hearing", "依法举行听证"}, {"tender", "依法组织招标"}, {"auction", "依法组织拍卖"}, {"inspection", "依法进行检验"},
	{"test", "委托机构检测"}, {"quarantine", "依法进行检疫"}, {"appraisal", "委托鉴定"}, {"expert", "组织专家评审"},
}

func (b *draft) pause(at int64, g pauseGround, approved *v1.Limit) *v1.Pause {
	p := &v1.Pause{
		Kind: g.kind, Reason: g.reason, Approver: b.department.staff.head.Name, Approved: approved,
		NotifiedAt: stamp(at), NoticeNo: b.number("特告", at),
	}
	b.add(v1.EventKind_EVENT_KIND_PAUSED, at).pause = p
	return p
}

// extended is lengthened lawfully, before anything is said.
func (b *draft) extended(accepted int64, limit int) {
	day := 1 + b.intn(limit-2)
	by := pick(&b.rng, []int{3, 5, 10})
	b.extend(b.morning(day), days(int32(by)))
	b.conclude(accepted, b.during(day+1+b.intn(limit+by-1-day)), false)
}

func (b *draft) extend(at int64, by *v1.Limit) *v1.Extension {
	x := &v1.Extension{By: by, Approver: b.department.staff.head.Name, Reason: "案情复杂，需补充论证", NotifiedAt: stamp(at)}
	b.add(v1.EventKind_EVENT_KIND_EXTENDED, at).extension = x
	return x
}

// awaitingPapers is a utility's: the clock stands still while the customer
// brings what is missing; noted the morning after it came.
func (b *draft) awaitingPapers(accepted int64, limit int) {
	b.request(b.office(accepted, 10*minute, 30*minute))
	e := b.atWindow(v1.EventKind_EVENT_KIND_SUPPLEMENT_RECEIVED, b.on(1, 8*hour+40*minute, 9*hour+30*minute))
	if b.chance(0.3) {
		e.effective = officedays.At(dayOf(b.start), 17*hour+40*minute)
	}
	b.conclude(accepted, b.during(2+b.intn(limit-2)), true)
}
