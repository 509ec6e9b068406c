package casefile

import (
	"math"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// path is an index that rows of a list can be read by.
type path struct {
	index   string
	filters []string // that it holds, by their parameters; one with "=" holds one value, and one that says which, that
	order   string   // that it gives the rows in; empty: none of the list's
}

// casePaths are the indexes of cases. Of two that cost the same, the later is taken.
var casePaths = []path{
	{"cases_received", nil, "received"},
	{"cases_open_received", []string{"state=open"}, "received"},
	{"cases_open_state", []string{"state"}, ""},
	{"cases_open_state", []string{"state="}, "received"},
	{"cases_ended_received", []string{"state=ended"}, "received"},
	{"cases_ended_received", []string{"committed"}, "received"},
	{"cases_found", []string{"level"}, "received"},
	{"cases_level", []string{"level"}, ""},
	{"cases_level", []string{"level="}, "received"},
	{"cases_overdue", []string{"overdue"}, "received"},
	{"cases_dept_received", []string{"department"}, "received"},
	{"cases_item_received", []string{"department", "item"}, "received"},
	{"cases_item_received", []string{"text"}, ""},
	{"cases_dept_level", []string{"department", "level"}, ""},
	{"cases_dept_level", []string{"department", "level="}, "received"},
	{"cases_dept_ended", []string{"department", "state=ended"}, ""},
	{"cases_dept_ended", []string{"department", "committed"}, ""},
	{"cases_open_dept_due", []string{"department", "state=open"}, ""},
	{"cases_open_due", nil, "due"},
	{"cases_open_dept_due", []string{"department"}, "due"},
	{"cases_ended", nil, "ended"},
	{"cases_dept_ended", []string{"department"}, "ended"},
	{"cases_no", nil, "case_no"},
	{"cases_found_no", []string{"level"}, "case_no"},
	{"cases_overdue_no", []string{"overdue"}, "case_no"},
	{"cases_dept_no", []string{"department"}, "case_no"},
}

// findingPaths are the indexes of findings.
var findingPaths = []path{
	{"findings_raised", nil, raisedOrder},
	{"findings_state", []string{"state"}, ""},
	{"findings_state", []string{"state="}, raisedOrder},
	{"findings_open", []string{"open"}, raisedOrder},
	{"findings_level", []string{"level"}, ""},
	{"findings_level", []string{"level="}, raisedOrder},
	{"findings_rule", []string{"rule"}, ""},
	{"findings_rule", []string{"rule="}, raisedOrder},
	{"findings_dept", []string{"department"}, raisedOrder},
}

// raisedOrder is the one order of the list of findings.
const raisedOrder = "raised"

// kindsOf is what is asked for without what is not given, if nothing is narrowed by
// but what tells kinds apart; else how many rows match is counted in no table.
func kindsOf(a list.Ask, others ...string) (list.Ask, bool) {
	given := map[string][]string{}
	for name, values := range a.Texts {
		if len(values) == 0 || values[0] == "" {
			continue
		}
		if slices.Contains(others, name) {
			return a, false
		}
		given[name] = values
	}
	a.Texts = given
	return a, true
}

// usable tells whether what is asked for is narrowed by what the path holds.
func (p *path) usable(a list.Ask, restricted bool) bool {
	for _, f := range p.filters {
		name, only, single := strings.Cut(f, "=")
		values := a.Texts[name]
		switch {
		case name == "department" && restricted:
		case len(values) == 0, single && len(values) > 1, only != "" && values[0] != only:
			return false
		case only != "":
		case name == "level" && values[0] == noLevel:
			return false // no index holds those without
		case name == "state" && (slices.Contains(values, openCases) || slices.Contains(values, endedCases)), single && values[0] == anyLevel:
			return false // words for several
		}
	}
	return true
}

// sized is a path with how many rows are read by it.
type sized struct {
	path
	rows int
}

// cost is about how many rows are read of a path for the first so many of all that
// match: in their order they lie about evenly among the others; out of it, all are
// read, and those that match are sorted.
func (p *sized) cost(order string, first, matching int) float64 {
	if p.order != order {
		return float64(p.rows) + 2*float64(matching)
	}
	if matching <= first {
		return float64(p.rows)
	}
	return float64(p.rows) * float64(first) / float64(matching)
}

// soonest is the path by which the first rows of all that match are found soonest.
func soonest(all []sized, order string, first, matching int) (best sized) {
	least := math.Inf(1)
	for _, p := range all {
		if c := p.cost(order, first, matching); c <= least {
			best, least = p, c
		}
	}
	return best
}

// planned chooses how a list is read that is narrowed by kinds alone: how many rows
// match, and how many would be read by each index, is summed in one reading of what
// is counted of kinds. order is the list's, with the condition that it brings.
func planned[R any](v *View, l *list.List[R, *narrowing], a list.Ask, counts string, paths []path, order, extra string) (w *store.Where, by sized, total int, err error) {
	if w, _, err = narrowed(v, l, a, false, true); err != nil {
		return w, by, 0, err
	}
	w.Once(extra)
	_, restricted := v.who.Restricted()
	var all []sized
	sums := []string{"total(n) FILTER (WHERE " + w.Condition() + ")"}
	args := slices.Clone(w.Args)
	for _, p := range paths {
		if !p.usable(a, restricted) || p.order != "" && p.order != order && len(p.filters) == 0 {
			continue
		}
		held := list.Ask{Texts: map[string][]string{}}
		for _, f := range p.filters {
			name, _, _ := strings.Cut(f, "=")
			held.Texts[name] = a.Texts[name]
		}
		of := v
		if restricted && !slices.Contains(p.filters, "department") { // everybody's rows are read
			all := *v
			all.who = access.Here
			of = &all
		}
		own, _, err := narrowed(of, l, held, false, true)
		if err != nil {
			return w, by, 0, err
		}
		if p.order == order {
			own.Once(extra)
		}
		all = append(all, sized{path: p})
		sums = append(sums, "total(n) FILTER (WHERE "+own.Condition()+")")
		args = append(args, own.Args...)
	}
	figures := make([]float64, len(sums))
	into := make([]any, len(sums))
	for i := range figures {
		into[i] = &figures[i]
	}
	if err := v.tx.QueryRowContext(v.ctx, "SELECT "+strings.Join(sums, ", ")+" FROM "+counts, args...).Scan(into...); err != nil {
		return w, by, 0, err
	}
	for i := range all {
		all[i].rows = int(figures[i+1])
	}
	total = int(figures[0])
	return w, soonest(all, order, max(200, a.At.Offset+a.At.Limit), total), total, nil
}

// casesByKind has a list of cases read by the index that finds its rows soonest.
func casesByKind(v *View, l *store.Listing, a list.Ask) (*store.Where, error) {
	order := a.Order
	if !slices.Contains([]string{"due", "ended", "case_no"}, order) {
		order = "received"
	}
	_, extra := caseOrder(a)
	w, by, total, err := planned(v, CaseList, a, "case_kinds", casePaths, order, extra)
	if err != nil {
		return w, err
	}
	l.Known = &total
	if len(by.filters) == 0 {
		if merged, ok, err := mergedOf(v, CaseList, a, "cases", "id", casePaths, order, l.Order, extra); ok || err != nil {
			return merged, err
		}
	}
	l.From = "cases INDEXED BY " + by.index
	return w, nil
}

// findingsByKind has a list of findings read by the index that finds its rows soonest.
func findingsByKind(v *View, l *store.Listing, a list.Ask) (*store.Where, error) {
	w, by, total, err := planned(v, FindingList, a, "finding_kinds f", findingPaths, raisedOrder, "")
	if err != nil {
		return w, err
	}
	l.Known = &total
	if len(by.filters) == 0 {
		if merged, ok, err := mergedOf(v, FindingList, a, "findings f", "f.rowid", findingPaths, raisedOrder, l.Order, ""); ok || err != nil {
			return merged, err
		}
	}
	l.From = strings.Replace(findingTables, "findings f", "findings f INDEXED BY "+by.index, 1)
	return w, nil
}
