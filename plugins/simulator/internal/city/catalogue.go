package city

import (
	"fmt"
	"slices"
	"strings"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

type itemKind uint8

const (
	kindSpot itemKind = iota // 即办件
	kindCommitted
	kindJoint
	kindReferred
)

// step is a step as it is told when it begins and when it is done.
type step struct{ begun, done *v1.StepDetail }

func newStep(name string) step {
	return step{&v1.StepDetail{Name: name}, &v1.StepDetail{Name: name, Result: "通过"}}
}

// item is an approval item with what the planner asks of it.
type item struct {
	published *v1.Item
	kind      itemKind
	weight    float64
	gated     bool // authorized for half of each year only
	steps     []step
}

func (it *item) licensing() bool { return it.published.Regime == v1.Regime_REGIME_LICENSING }
func (it *item) fromReceipt() bool {
	return it.published.ClockStart == v1.ClockStart_CLOCK_START_RECEIPT
}

// promisedDays is the promise in working days; 0 if there is none or it is
// counted otherwise.
func (it *item) promisedDays() int {
	if p := it.published.Promised; p.GetUnit() == v1.Unit_UNIT_WORKING_DAYS {
		return int(p.GetN())
	}
	return 0
}

func (it *item) promisedHours() int64 {
	if p := it.published.Promised; p.GetUnit() == v1.Unit_UNIT_WORKING_HOURS {
		return int64(p.GetN())
	}
	return 0
}

// statutoryDays is the statutory limit in working days, or 0.
func (it *item) statutoryDays() int {
	if s := it.published.Statutory; s.GetUnit() == v1.Unit_UNIT_WORKING_DAYS {
		return int(s.GetN())
	}
	return 0
}

// mainDays is the limit of the clock that cases are led by, in working days:
// the promise, or where nothing is promised the statutory limit; else 0.
func (it *item) mainDays() int {
	if it.published.Promised.GetN() > 0 {
		return it.promisedDays()
	}
	return it.statutoryDays()
}

// roomy: a case has working days in which things can happen before the last
// but one of its limit.
func (it *item) roomy() bool {
	return it.licensing() && (it.kind == kindCommitted || it.kind == kindJoint) && it.mainDays() >= 5
}

// department is a profile with its items and people.
type department struct {
	profile
	index     int // place in the full list; orders what is simultaneous
	published *v1.Department
	items     []*item
	spot      []*item // on-the-spot items, the gated one not among them
	gatedItem *item
	longer    []*item // all other items
	spotW     []float64
	longerW   []float64
	spotShare float64 // of its cases
	staff     staff
	auths     []*authorization
	fitting   [][]*item // by violation: the items it can be planted in
}

// Promises in working days, averaging 3.8 as the reference city's common items.
const calendarUnit = v1.Unit_UNIT_CALENDAR_DAYS

var promises = [...]int32{5, 3, 5, 4, 5, 2, 5, 3, 4, 2}

func days(n int32) *v1.Limit  { return &v1.Limit{N: n, Unit: v1.Unit_UNIT_WORKING_DAYS} }
func hours(n int32) *v1.Limit { return &v1.Limit{N: n, Unit: v1.Unit_UNIT_WORKING_HOURS} }
func calendarDays(n int32) *v1.Limit {
	return &v1.Limit{N: n, Unit: v1.Unit_UNIT_CALENDAR_DAYS}
}

// catalogue lays out all departments and items. It is the same for every seed.
func catalogue() []*department {
	var departments []*department
	var longer, all int
	for i, p := range profiles {
		d := &department{profile: p, index: i, published: &v1.Department{Code: p.code, Name: p.name, NameEn: p.english}}
		for _, spec := range p.items {
			object, letters, _ := strings.Cut(spec, ":")
			for _, letter := range letters {
				v := variants[letter]
				it := newItem(d, object, v, len(d.items), all, longer)
				if all++; v.kind != kindSpot {
					longer++
				}
				d.items = append(d.items, it)
			}
		}
		d.sortItems()
		departments = append(departments, d)
	}
	shareOnTheSpot(departments)
	return departments
}

// sortItems splits the items and sets how often each is asked for: the first
// ones most.
func (d *department) sortItems() {
	if d.gated {
		for _, it := range slices.Backward(d.items) {
			if it.kind == kindSpot {
				it.gated, d.gatedItem = true, it
				it.published.InHall, it.published.WindowSignOff = true, true
				break
			}
		}
	}
	var spot, longer float64
	for rank, it := range d.items {
		it.weight = 1 / float64(rank+2)
		if it.kind == kindJoint || it.kind == kindReferred {
			it.weight /= 3
		}
		switch {
		case it.gated:
		case it.kind == kindSpot:
			spot += it.weight
			d.spot, d.spotW = append(d.spot, it), append(d.spotW, spot)
		default:
			longer += it.weight
			d.longer, d.longerW = append(d.longer, it), append(d.longerW, longer)
		}
	}
}

// shareOnTheSpot sets how many of a department's cases are done on the spot:
// uneven among them, 70% of the city's.
func shareOnTheSpot(departments []*department) {
	var sum, total float64
	for _, d := range departments {
		r := stream(0x5107, uint64(d.index))
		d.spotShare = 0.55 + 0.3*r.float()
		sum += d.share * d.spotShare
		total += d.share
	}
	for _, d := range departments {
		d.spotShare += onTheSpot - sum/total
	}
}

const onTheSpot = 0.70

func newItem(d *department, object string, v variant, index, all, longer int) *item {
	published := &v1.Item{
		Department: d.code,
		Code:       fmt.Sprintf("%s-%03d", d.code, index+1),
		Version:    "1",
		Name:       object + v.suffix,
		Regime:     v1.Regime_REGIME_LICENSING,
		ClockStart: v1.ClockStart_CLOCK_START_ACCEPTANCE,
		Promised:   days(1),
		Statutory:  days(20),
		InHall:     all%11 != 5,
	}
	it := &item{published: published, kind: v.kind}
	published.WindowSignOff = published.InHall && all%4 != 3
	switch v.kind {
	case kindSpot:
		published.CaseType = v1.CaseType_CASE_TYPE_ON_THE_SPOT
	case kindReferred:
		published.CaseType = v1.CaseType_CASE_TYPE_REFERRED_UP
		published.Promised = days(5) // the statutory 20 are art. 43
	case kindJoint:
		published.CaseType = v1.CaseType_CASE_TYPE_JOINT
		published.Promised, published.Statutory = nil, days(45) // art. 42 para. 2
		if longer%2 == 0 {
			published.Promised = days(5)
		}
	case kindCommitted:
		published.CaseType = v1.CaseType_CASE_TYPE_COMMITTED
		published.Promised = days(promises[longer%len(promises)])
		switch {
		case longer%17 == 7:
			published.Promised = hours(16)
		case longer%29 == 11:
			published.Promised = calendarDays(5)
		case longer%13 == 5:
			published.Statutory = days(15)
		}
	}
	if d.utility {
		published.Regime = v1.Regime_REGIME_LIMITS_ONLY
		published.ClockStart = v1.ClockStart_CLOCK_START_RECEIPT
		published.SupplementPauses = true
		published.WindowSignOff = false
		if v.kind == kindCommitted {
			published.Statutory = calendarDays(30)
		}
	}
	if v.kind != kindSpot {
		it.addSteps(longer)
	}
	return it
}

// addSteps gives an item its steps. The last has no limit of its own: what a
// case has left is spent there.
func (it *item) addSteps(longer int) {
	first := days(1)
	if longer%3 == 1 {
		first = hours(4)
	}
	second := [...]string{"现场踏勘", "技术审查", "征求意见", "专家论证"}[longer%4]
	it.published.Steps = []*v1.Step{{Name: "材料审查", Limit: first}, {Name: second, Limit: days(2)}, {Name: "审核决定"}}
	for _, s := range it.published.Steps {
		it.steps = append(it.steps, newStep(s.Name))
	}
}
