package draw

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Rule says how the number wanted is given.
type Rule string

const (
	RuleTotal  Rule = "total"  // a number out of the whole population
	RuleStrata Rule = "strata" // a number for each stratum
	RuleShare  Rule = "share"  // a percentage of each stratum
)

// Wanted is how many shall be drawn. Where there are fewer, all are drawn.
// Only the fields of its rule are set.
type Wanted struct {
	Rule    Rule    `json:"rule"`
	Total   int     `json:"total,omitempty"`
	Strata  []Quota `json:"strata,omitempty"`   // ascending by stratum
	Percent int     `json:"percent,omitempty"`  // 0 to 100
	AtLeast int     `json:"at_least,omitempty"` // of each stratum
}

// Quota is the number wanted of one stratum.
type Quota struct {
	Stratum string `json:"stratum"`
	Number  int    `json:"number"`
}

// Total wants n out of the whole population; strata play no part.
func Total(n int) Wanted { return Wanted{Rule: RuleTotal, Total: n} }

// PerStratum wants a number of each stratum. Every stratum of the population
// must be named, if only with 0: none is forgotten silently.
func PerStratum(numbers map[string]int) Wanted {
	w := Wanted{Rule: RuleStrata}
	for stratum, n := range numbers {
		w.Strata = append(w.Strata, Quota{stratum, n})
	}
	slices.SortFunc(w.Strata, byStratum)
	return w
}

// Share wants percent of each stratum, rounded up, and never fewer than
// atLeast.
func Share(percent, atLeast int) Wanted {
	return Wanted{Rule: RuleShare, Percent: percent, AtLeast: atLeast}
}

// Numbers are the places to fill per stratum; for a total, all of them under "".
// A number can exceed its stratum's size.
func (w Wanted) Numbers(population []Candidate) map[string]int {
	out := map[string]int{}
	switch w.Rule {
	case RuleTotal:
		out[""] = w.Total
	case RuleStrata:
		for _, q := range w.Strata {
			out[q.Stratum] = q.Number
		}
	case RuleShare:
		for _, c := range population {
			out[c.Stratum]++
		}
		for stratum, size := range out {
			out[stratum] = max((size*w.Percent+99)/100, w.AtLeast)
		}
	}
	return out
}

// canonical checks the numbers against the population and puts them in order.
func (w Wanted) canonical(population []Candidate) (Wanted, error) {
	w.Strata = slices.SortedFunc(slices.Values(w.Strata), byStratum)
	if !w.sound() {
		return w, refuse(
			"抽取数量不合规定：须为总数、各层数量或比例（0 至 100）之一，且不得为负数。请更正。",
			"The number wanted must be a total, numbers per stratum or a share (0 to 100), one of them only, and not negative. Correct it.")
	}
	named := map[string]bool{}
	for _, q := range w.Strata {
		if q.Number < 0 || named[q.Stratum] || !utf8.ValidString(q.Stratum) {
			return w, refuse(
				fmt.Sprintf("分层 %q 的抽取数量为负数、给了两次，或名称不是有效的 UTF-8 文字。请更正。", q.Stratum),
				fmt.Sprintf("The number wanted of stratum %q is negative, given twice, or its name is not valid UTF-8. Correct it.", q.Stratum))
		}
		named[q.Stratum] = true
	}
	for _, c := range population {
		if w.Rule == RuleStrata && !named[c.Stratum] {
			return w, refuse(
				fmt.Sprintf("没有写明分层 %q 抽取多少。不抽取时请写 0。", c.Stratum),
				fmt.Sprintf("How many to draw of stratum %q is not given. Write 0 for none.", c.Stratum))
		}
	}
	return w, nil
}

// sound reports whether the rule is known and its numbers in range. What another
// rule would read must be empty: it would look as if it counted.
func (w Wanted) sound() bool {
	total, strata, share := w.Total == 0, len(w.Strata) == 0, w.Percent == 0 && w.AtLeast == 0
	switch w.Rule {
	case RuleTotal:
		return w.Total >= 0 && strata && share
	case RuleStrata:
		return total && share
	case RuleShare:
		return w.Percent >= 0 && w.Percent <= 100 && w.AtLeast >= 0 && total && strata
	}
	return false
}

func byStratum(a, b Quota) int { return cmp.Compare(a.Stratum, b.Stratum) }
