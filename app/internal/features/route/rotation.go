package route

import (
	"cmp"
	"slices"
)

// outing is a plan that stands, as rotation looks at it.
type outing struct {
	plan        uint64
	date        string
	members     []uint64 // who go
	departments []string
}

// Candidate is a volunteer who might be asked to go, with the figures by
// which it is whose turn.
type Candidate struct {
	Account  uint64
	Planned  int      // plans from today on
	Lately   int      // in the 90 days before
	Last     string   // the date of the latest up to the route's day; empty: none
	LastWith uint64   // who alone went along then; 0: nobody, or more than one
	Before   []string // departments of the plan to which the latest visit was this volunteer's
	Busy     bool     // asked for another plan on that day
	Barred   []string // departments of the plan in which an interest was declared
	Unable   bool     // has said of this very plan that they cannot go
}

// eligible tells whether it can be a volunteer's turn.
func (x *Candidate) eligible() bool { return !x.Busy && !x.Unable && len(x.Barred) == 0 }

// lately is how far back rotation counts, in days.
const lately = 90

// volunteer is somebody who could go.
type volunteer struct {
	account uint64
	not     map[string]bool // departments that they are kept from
}

// whose is what is asked: a plan's day and departments, seen from today.
type whose struct {
	today, since, day string // since: lately before today
	departments       []string
}

// rotation puts volunteers in the order in which it is their turn: who was not
// the last at one of the departments, then who is asked for least from today on,
// then least lately, then whose latest is longest ago. Supervisors go in pairs
// and take turns: practice of Lu'an, domain §6. The same question has the same
// answer, whatever the order of what it is told.
func rotation(q whose, outings []outing, free []volunteer) []Candidate {
	outings = slices.Clone(outings)
	slices.SortFunc(outings, func(a, b outing) int { return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.plan, b.plan)) })
	last := map[string][]uint64{} // at a department
	for _, o := range outings {
		if o.date > q.day {
			break
		}
		for _, d := range o.departments {
			last[d] = o.members
		}
	}
	out := make([]Candidate, len(free))
	for i, r := range free {
		x := Candidate{Account: r.account}
		for _, o := range outings {
			if slices.Contains(o.members, r.account) {
				x.count(q, &o)
			}
		}
		for _, d := range slices.Compact(slices.Sorted(slices.Values(q.departments))) {
			if slices.Contains(last[d], r.account) {
				x.Before = append(x.Before, d)
			}
			if r.not[d] {
				x.Barred = append(x.Barred, d)
			}
		}
		out[i] = x
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(min(len(a.Before), 1), min(len(b.Before), 1)), cmp.Compare(a.Planned, b.Planned), cmp.Compare(a.Lately, b.Lately),
			cmp.Compare(a.Last, b.Last), cmp.Compare(a.Account, b.Account))
	})
	return out
}

func (x *Candidate) count(q whose, o *outing) {
	switch {
	case o.date >= q.today:
		x.Planned++
	case o.date >= q.since:
		x.Lately++
	}
	x.Busy = x.Busy || o.date == q.day
	if o.date > q.day {
		return
	}
	x.Last, x.LastWith = o.date, 0
	if len(o.members) == 2 {
		x.LastWith = o.members[0] + o.members[1] - x.Account
	}
}

// propose adds those whose turn it is to those who go already, until there are
// n or nobody is left: not the same pair twice running, where there is another.
func propose(all []Candidate, n int, going ...uint64) []uint64 {
	out := slices.Clone(going)
	for len(out) < n {
		next := uint64(0)
		for _, x := range all {
			if !x.eligible() || slices.Contains(out, x.Account) {
				continue
			}
			if next == 0 {
				next = x.Account // better the same pair than none
			}
			if !pairedLast(all, x.Account, out) {
				next = x.Account
				break
			}
		}
		if next == 0 {
			break
		}
		out = append(out, next)
	}
	return out
}

// pairedLast tells whether two who would go together went together the last
// time that either of them went.
func pairedLast(all []Candidate, account uint64, with []uint64) bool {
	return slices.ContainsFunc(all, func(x Candidate) bool {
		return x.LastWith != 0 && (x.Account == account && slices.Contains(with, x.LastWith) || x.LastWith == account && slices.Contains(with, x.Account))
	})
}
