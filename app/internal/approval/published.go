package approval

import "time"

// Published is a version of an item with when it holds: for cases that began
// from then on, until another version does. The zero From is that of the first,
// which holds for all before, too.
type Published struct {
	Item Item
	From time.Time
	Seq  uint64 // journal number
}

// InForce is the version that was in force at a moment: of those that held by
// then, the one that began to hold last. Versions are in the order in which they
// came, at least one.
func InForce(versions []Published, at time.Time) *Published {
	held := &versions[0]
	for i := range versions {
		if v := &versions[i]; !v.From.After(at) && !v.From.Before(held.From) {
			held = v
		}
	}
	return held
}

// Named is the version that a department's record names, where that may be
// believed: a version of that name that asks no less of the department than the
// one in force. What was not in force at the moment loosens nothing.
func Named(versions []Published, held *Published, name string) *Published {
	if name == "" || held.Item.Version == name {
		return held
	}
	for i := len(versions) - 1; i >= 0; i-- {
		if v := &versions[i]; v.Item.Version == name && !v.Item.LooserThan(&held.Item) {
			return v
		}
	}
	return held
}

// LooserThan tells whether an item as published asks less of its department
// than another in anything: a longer limit or none, a body of law with fewer
// duties, a clock that starts later or stands still more often.
func (it *Item) LooserThan(o *Item) bool {
	return it.Promised.looserThan(o.Promised) || it.Statutory.looserThan(o.Statutory) ||
		it.Regime == LimitsOnly && o.Regime != LimitsOnly ||
		it.ClockStart == FromAcceptance && o.ClockStart == FromReceipt ||
		it.SupplementPauses && !o.SupplementPauses ||
		!it.InHall && o.InHall || !it.WindowSignOff && o.WindowSignOff ||
		it.CaseType != o.CaseType || it.looserSteps(o)
}

func (it *Item) looserSteps(o *Item) bool {
	for _, s := range o.Steps {
		if mine, _ := it.Step(s.Name); mine.Limit.looserThan(s.Limit) {
			return true
		}
	}
	return false
}

// looserThan tells whether a limit leaves more time than another. Limits in
// different units cannot be compared without a calendar, and count as looser.
func (l Limit) looserThan(o Limit) bool {
	switch {
	case l == o || o.IsZero():
		return false
	case l.IsZero():
		return true
	}
	return l.Unit != o.Unit || l.N > o.N
}
