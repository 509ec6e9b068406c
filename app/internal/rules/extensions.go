package rules

import (
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

var _ = licensed((*judgement).extensionRules,
	Rule{
		Code: "V13", Level: Red, NameZH: "违规延期", NameEN: "Unlawful extension",
		BasisZH: "行政许可法第42条：经负责人批准可延长十日（联办十五日），并告知理由",
		BasisEN: "Administrative Licensing Law art. 42: ten days (joint: fifteen) with the head's approval, reasons told",
	},
)

// extensionRules is V13: art. 42 allows one extension of ten working days
// (joint cases: fifteen), approved, with reasons told before the time is up.
func (g *judgement) extensionRules() {
	for i, e := range g.extensions {
		faults := g.faults[i]
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

// judgeExtensions finds the faults of every extension. Art. 42 allows one that
// is lawful: one that is not uses nothing up.
func (g *judgement) judgeExtensions() {
	if g.s.Item.Regime != approval.Licensing {
		return
	}
	lawful := false
	for _, e := range g.extensions {
		faults := g.extensionFaults(e)
		if lawful {
			faults |= extendedAgain
		}
		lawful = lawful || faults == 0
		g.faults = append(g.faults, faults)
	}
}

// extensionFaults judges an extension by itself.
func (g *judgement) extensionFaults(e *approval.Event) (faults extensionFault) {
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
	if x.NotifiedAt.IsZero() || g.beforeCase(x.NotifiedAt) {
		faults |= extendedUntold
	}
	if g.unextended(g.s.Item.Statutory, g.extendedBy(e)).Over {
		faults |= extendedLate
	}
	return faults
}

// extendedBy is when an extension was both made and told to the applicant.
func (g *judgement) extendedBy(e *approval.Event) time.Time {
	last := g.toldAt(e)
	if x := e.Extension; x != nil && x.NotifiedAt.After(last) {
		last = x.NotifiedAt
	}
	return last
}

// longestExtension is in working days, by art. 42.
func (g *judgement) longestExtension() int {
	if g.s.Item.CaseType == approval.Joint {
		return 15
	}
	return 10
}
