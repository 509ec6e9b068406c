package city

import (
	"cmp"
	"slices"
	"sync"
)

// violation is one way of going wrong. plant plans a whole case around it and
// lists every finding that follows, its companions included: a case over its
// statutory limit was near its limit and over its promise before.
type violation struct {
	name   string
	weight float64
	fits   func(*item) bool
	plant  func(*draft)
}

// violations are all the ways, by name; each is entered where it is planted.
var violations []violation

// planted enters a way of going wrong, named after the rule that it is meant for. Of
// the cases that go wrong its share is its weight's of all weights.
func planted(name string, weight float64, fits func(*item) bool, plant func(*draft)) struct{} {
	i, _ := slices.BinarySearchFunc(violations, name, func(v violation, name string) int { return cmp.Compare(v.name, name) })
	violations = slices.Insert(violations, i, violation{name, weight, fits, plant})
	return struct{}{}
}

// The gated item is kept for the violation that needs it.
func anyItem(it *item) bool      { return !it.gated && it.published.Promised.GetUnit() != calendarUnit }
func decidedHere(it *item) bool  { return anyItem(it) && it.kind != kindReferred }
func anyLicensing(it *item) bool { return decidedHere(it) && it.licensing() }
func gatedItem(it *item) bool    { return it.gated }
func onSpot(it *item) bool       { return !it.gated && it.kind == kindSpot }
func inHall(it *item) bool       { return anyLicensing(it) && it.published.InHall }
func signedAtWindow(it *item) bool {
	return anyLicensing(it) && it.published.WindowSignOff
}

// timed items have a clock that a case can run out of within weeks.
func timed(it *item) bool {
	return it.kind != kindSpot && (it.promisedHours() > 0 || it.promisedDays() > 0) && anyItem(it)
}

func statutory(it *item) bool {
	return it.kind != kindSpot && it.mainDays() > 0 && it.statutoryDays() > 0
}

func stepped(it *item) bool { return it.kind != kindReferred && it.mainDays() >= 5 }

// deemed items show deemed acceptance without guessing what a department knows
// beforehand: their promise is as long as the time to tell what is missing, or
// they promise nothing.
func deemed(it *item) bool {
	return it.licensing() && (it.promisedDays() == 5 || it.kind == kindJoint) && it.kind != kindReferred
}

// fit lists, for each violation, the department's items it can be planted in,
// and their cumulative weights.
func (d *department) fit() {
	d.fitting = make([][]*item, len(violations))
	for i, v := range violations {
		for _, it := range d.items {
			if v.fits(it) {
				d.fitting[i] = append(d.fitting[i], it)
			}
		}
	}
}

var violationWeights = sync.OnceValue(func() []float64 {
	var sum float64
	var cumulative []float64
	for _, v := range violations {
		sum += v.weight
		cumulative = append(cumulative, sum)
	}
	return cumulative
})

// violating plans a case that goes wrong, or returns nil where nothing fits:
// the department has no such item, or the case would not be fully told by the
// end of the data.
func (b *draft) violating() *plan {
	v := weighted(&b.rng, violationWeights())
	items := b.department.fitting[v]
	if len(items) == 0 {
		return nil
	}
	b.begin(pick(&b.rng, items))
	violations[v].plant(b)
	if len(b.findings) == 0 {
		return nil // not possible on this day
	}
	if p := b.finish(); b.city.until == 0 || p.known <= b.city.until {
		return p
	}
	return nil
}
