package rules

import (
	"cmp"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Rule is one entry of the violation catalogue. It is declared beside what finds it,
// by everywhere or licensed.
type Rule struct {
	Code             string
	Level            Level // as raised; V11 rises to red with time
	NameZH, NameEN   string
	BasisZH, BasisEN string // the law and article, or the office's own duty

	// otherZH and otherEN are why the limit holds for an item that is not under the
	// Licensing Law, where the basis is that law and the rule applies there, too.
	otherZH, otherEN string
}

// Catalogue lists every rule that Judge applies, by code.
func Catalogue() []Rule {
	all := slices.Clone(catalogue)
	slices.SortFunc(all, func(a, b Rule) int { return cmp.Compare(a.Code, b.Code) })
	return all
}

// Lookup returns the rule of the code; an unknown code gives a rule that has
// only the code.
func Lookup(code string) Rule {
	for _, r := range catalogue {
		if r.Code == code {
			return r
		}
	}
	return Rule{Code: code}
}

// Under is the rule as it applies to items of a regime: what is not under the
// Licensing Law breaks a published limit, and not that law.
func (r Rule) Under(regime approval.Regime) Rule {
	if regime == approval.LimitsOnly && r.otherZH != "" {
		r.BasisZH, r.BasisEN = r.otherZH, r.otherEN
	}
	return r
}

// catalogue and finders are filled by the declarations; which file comes first is the
// compiler's, and does not matter: a verdict's findings are sorted.
var (
	catalogue []Rule
	finders   []finder
)

// finder is a step of Judge that finds violations of one rule or several.
type finder struct {
	find     func(*judgement)
	licensed bool // of items under the Licensing Law alone
}

// everywhere declares rules that hold for every item, with what finds them.
func everywhere(find func(*judgement), rules ...Rule) struct{} {
	return declare(finder{find: find}, rules)
}

// licensed declares rules that hold for items under the Licensing Law.
func licensed(find func(*judgement), rules ...Rule) struct{} {
	return declare(finder{find: find, licensed: true}, rules)
}

func declare(f finder, rules []Rule) struct{} {
	for _, r := range rules {
		if slices.ContainsFunc(catalogue, func(known Rule) bool { return known.Code == r.Code }) {
			panic("rules: " + r.Code + " is declared twice")
		}
	}
	catalogue, finders = append(catalogue, rules...), append(finders, f)
	return struct{}{}
}
