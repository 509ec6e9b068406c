package casefile

import (
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Orders by what tells kinds of cases apart.
const (
	byDepartments = "department"
	byLevels      = "level"
)

// levels are the levels of cases, the least grave first.
var levels = []string{noLevel, "review", "data", "warn", "yellow", "red"}

// groupsOf are the groups that the rows of an order come in: the filter that each is
// narrowed to, and its values in ascending order; none: the order is no such one.
func (v *View) groupsOf(a list.Ask) (filter string, values []string, err error) {
	switch a.Order {
	case byLevels:
		filter, values = "level", slices.Clone(levels)
		if asked := a.Texts[filter]; len(asked) > 0 {
			values = slices.DeleteFunc(values, func(level string) bool {
				return level == noLevel || !slices.Contains(asked, anyLevel) && !slices.Contains(asked, level)
			})
		}
	case byDepartments:
		n, err := v.names()
		if err != nil {
			return "", nil, err
		}
		asked := a.Text(byDepartments)
		if err := v.who.Within(&asked); err != nil {
			return "", nil, err
		}
		if filter = byDepartments; asked != "" {
			return filter, []string{asked}, nil
		}
		for _, code := range n.code {
			values = append(values, code)
		}
		slices.Sort(values)
	}
	return filter, values, nil
}

// fewSorted is up to how many rows are sorted by what no index has them in order by.
var fewSorted = 2000

// casesInGroups lists many cases in an order by what tells kinds apart, which no index
// gives: group after group, each in the order of receipt, by the index that serves that
// group by itself. ok tells whether this list is one: few are sorted.
func (v *View) casesInGroups(a list.Ask) (p store.Page[Case], ok bool, err error) {
	filter, values, err := v.groupsOf(a)
	if err != nil || filter == "" {
		return p, false, err
	}
	within := a.By("received")
	if p, err = v.Cases(within.Window(0, 1)); err != nil || p.Total <= fewSorted {
		return p, false, err
	}
	if !a.Ascending {
		slices.Reverse(values)
	}
	at := a.At.Clamp()
	p.Rows = []Case{}
	for _, value := range values {
		group, err := v.Cases(within.With(filter, value).Window(at.Offset, at.Limit-len(p.Rows)))
		if err != nil {
			return p, true, err
		}
		p.Rows = append(p.Rows, group.Rows...)
		if len(p.Rows) == at.Limit {
			break
		}
		at.Offset = max(0, at.Offset-group.Total)
	}
	return p, true, nil
}
