package rules

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// inOrder is the order in which a case's events are folded: by when they
// occurred, then by kind, then by what they say. What happened at one instant,
// and all of a source that knows only dates does, comes in the order of a case's
// natural life: received, papers asked for and brought, accepted (art. 32 has the
// papers complete then), steps, pauses, extended, ended, delivered. The journal's
// number comes last, between events of which each says the same: in whatever
// order a source tells its events, the verdict is one.
//
// Logs of other laws are logs in the sense of IEEE 1849, of which the order in a
// trace is the order of events: there the journal's number stands for it.
func inOrder(a, b *approval.Event) int {
	if c := a.OccurredAt.Compare(b.OccurredAt); c != 0 {
		return c
	}
	if c := cmp.Compare(place(a.Kind), place(b.Kind)); c != 0 {
		return c
	}
	if c := byContent(a, b); c != 0 {
		return c
	}
	return cmp.Compare(a.Seq, b.Seq)
}

// place is where a kind stands in a case's life: where its number does, but for
// papers, which are asked for and brought before acceptance.
func place(k approval.EventKind) approval.EventKind {
	switch k {
	case approval.SupplementRequested:
		return approval.Accepted
	case approval.SupplementReceived:
		return approval.SupplementRequested
	case approval.Accepted:
		return approval.SupplementReceived
	}
	return k
}

// byContent compares everything that a verdict is made of.
func byContent(a, b *approval.Event) int {
	if c := cmp.Or(
		a.EffectiveAt.Compare(b.EffectiveAt),
		a.EnteredAt.Compare(b.EnteredAt),
		a.ToldAt.Compare(b.ToldAt),
		strings.Compare(a.Handler.Name, b.Handler.Name),
		strings.Compare(a.Window, b.Window),
	); c != 0 {
		return c
	}
	return cmp.Or(
		given(a.Application, b.Application, func(a, b *approval.Application) int {
			return cmp.Or(strings.Compare(a.ApplicantName, b.ApplicantName), strings.Compare(a.ProjectName, b.ProjectName))
		}),
		given(a.Step, b.Step, func(a, b *approval.StepDetail) int { return strings.Compare(a.Name, b.Name) }),
		given(a.Pause, b.Pause, func(a, b *approval.Pause) int {
			return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), byLimit(a.Approved, b.Approved),
				strings.Compare(a.Approver, b.Approver), a.NotifiedAt.Compare(b.NotifiedAt))
		}),
		given(a.Extension, b.Extension, byExtension),
		given(a.Decision, b.Decision, byDecision),
		given(a.Notice, b.Notice, func(a, b *approval.Notice) int { return cmp.Compare(len(a.Materials), len(b.Materials)) }),
	)
}

func byExtension(a, b *approval.Extension) int {
	return cmp.Or(byLimit(a.By, b.By), strings.Compare(a.Approver, b.Approver),
		strings.Compare(a.Reason, b.Reason), a.NotifiedAt.Compare(b.NotifiedAt))
}

func byDecision(a, b *approval.Decision) int {
	told := func(d *approval.Decision) int {
		if d.RemediesTold {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(a.Outcome, b.Outcome),
		strings.Compare(a.Reason, b.Reason),
		strings.Compare(a.LegalBasis, b.LegalBasis),
		cmp.Compare(told(a), told(b)),
		strings.Compare(a.NoticeNo, b.NoticeNo),
		strings.Compare(a.FilingNo, b.FilingNo),
		strings.Compare(a.Signer.ID, b.Signer.ID),
		strings.Compare(a.Signer.Name, b.Signer.Name),
	)
}

func byLimit(a, b approval.Limit) int {
	return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.N, b.N))
}

// given compares what both give; what gives nothing comes first.
func given[T any](a, b *T, compare func(a, b *T) int) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return compare(a, b)
}

// bySource is the order of events in the logs of other laws.
func bySource(a, b *approval.Event) int {
	if c := a.OccurredAt.Compare(b.OccurredAt); c != 0 {
		return c
	}
	return cmp.Compare(a.Seq, b.Seq)
}

// compare is the order of the item's regime.
func (g *judgement) compare() func(a, b *approval.Event) int {
	if g.s.Item.Regime == approval.Licensing {
		return inOrder
	}
	return bySource
}

// answerFirst looks at the i-th event before it is folded. Where it asks for
// papers while others are awaited, and some came at the same instant, those come
// first: one request is answered and the next is made on one day, in whichever
// order the two were told.
func (g *judgement) answerFirst(i int) {
	if e := g.events[i]; e.Kind == approval.SupplementRequested && g.awaited != nil {
		g.bringForward(i, approval.SupplementReceived)
	}
}

// resumedFirst is the same for a pause that is told while one is under way.
func (g *judgement) resumedFirst(i int) {
	if e := g.events[i]; e.Kind == approval.Paused && g.underway >= 0 {
		g.bringForward(i, approval.Resumed)
	}
}

// bringForward puts the first event of the kind before the i-th, if the two
// occurred at the same instant.
func (g *judgement) bringForward(i int, kind approval.EventKind) {
	if g.s.Item.Regime != approval.Licensing {
		return
	}
	at := g.events[i].OccurredAt
	for k := i + 1; k < len(g.events) && g.events[k].OccurredAt.Equal(at); k++ {
		if e := g.events[k]; e.Kind == kind {
			copy(g.events[i+1:k+1], g.events[i:k])
			g.events[i] = e
			return
		}
	}
}

// order takes in the events that occurred by now, and returns when the next
// one will (zero: none).
func (g *judgement) order(events []approval.Event, now time.Time) (next time.Time) {
	sorted, compare := true, g.compare()
	for i := range events {
		e := &events[i]
		for e.Was != nil && e.ToldAt.After(now) {
			if next.IsZero() || e.ToldAt.Before(next) {
				next = e.ToldAt
			}
			e = e.Was
		}
		if e.OccurredAt.After(now) {
			if next.IsZero() || e.OccurredAt.Before(next) {
				next = e.OccurredAt
			}
			continue
		}
		e = g.begins(g.corrected(e)) // as it is folded, so as it is ordered
		if n := len(g.events); sorted && n > 0 && compare(g.events[n-1], e) > 0 {
			sorted = false
		}
		g.events = append(g.events, e)
	}
	if !sorted {
		slices.SortFunc(g.events, compare)
	}
	if len(g.ahead) > 1 { // by the dates that they claim, which are not those that they are folded by
		slices.SortFunc(g.ahead, compare)
	}
	return next
}
