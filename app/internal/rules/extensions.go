package rules

import (
	"strconv"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// extensionRules is V13: art. 42 allows one extension of ten working days
// (joint cases: fifteen), approved, with reasons told before the time is up.
func (g *judgement) extensionRules() {
	for i, e := range g.extensions {
		faults := g.extensionFaults(i)
		if faults == 0 {
			continue
		}
		g.find(Finding{
			Rule: "V13", Key: strconv.Itoa(i + 1), Level: Red,
			RaisedAt: e.OccurredAt, Evidence: evidence(e),
		}, g.extensionWords(e, faults))
	}
}

// extensionFault is what is wrong with an extension, as a set.
type extensionFault uint8

const (
	extendedTooLong extensionFault = 1 << iota
	extendedByOtherUnit
	extendedUnapproved
	extendedWithoutReason
	extendedUntold
	extendedLate
	extendedAgain
)

// extensionFaults judges the n-th extension, from 0.
func (g *judgement) extensionFaults(n int) (faults extensionFault) {
	e := g.extensions[n]
	x := e.Extension
	if x == nil {
		x = &approval.Extension{}
	}
	if x.By.N > g.longestExtension() {
		faults |= extendedTooLong
	}
	if x.By.Unit != approval.WorkingDays {
		faults |= extendedByOtherUnit
	}
	if x.Approver == "" {
		faults |= extendedUnapproved
	}
	if x.Reason == "" {
		faults |= extendedWithoutReason
	}
	if x.NotifiedAt.IsZero() {
		faults |= extendedUntold
	}
	last := e.OccurredAt
	if x.NotifiedAt.After(last) {
		last = x.NotifiedAt
	}
	if g.overAt(g.s.Item.Statutory, last) {
		faults |= extendedLate
	}
	if n > 0 {
		faults |= extendedAgain
	}
	return faults
}

// longestExtension is in working days, by art. 42.
func (g *judgement) longestExtension() int {
	if g.s.Item.CaseType == approval.Joint {
		return 15
	}
	return 10
}
