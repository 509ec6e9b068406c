package rules

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// deem applies art. 32: papers that were neither accepted nor found wanting
// within five working days count as accepted on the day they were received. Who
// asked for papers in that time and was brought them has five working days anew
// from the day they came; then the application counts as accepted on that day.
func (g *judgement) deem() {
	if g.s.Item.Regime != approval.Licensing || g.received == nil {
		return
	}
	g.noticeFrom = g.received
	g.noticeDue = g.workingDaysAfter(g.received.Effective(), g.set.NoticeDays)
	for after := (*approval.Event)(nil); !g.saidBy(g.noticeDue); {
		if asked := g.askedBy(after, g.noticeDue); asked != nil {
			if after = g.answer(asked); after == nil {
				return // the applicant's turn
			}
			if g.against(after).After(g.deemedFrom()) {
				g.noticeFrom = after
				g.noticeDue = g.workingDaysAfter(g.deemedFrom(), g.set.NoticeDays)
			}
			continue
		}
		if g.deemed = g.passed(g.noticeDue); !g.deemed {
			g.wait(g.noticeDue)
		}
		return
	}
}

// saidBy reports whether the application was accepted, or ended, by then.
func (g *judgement) saidBy(due time.Time) bool {
	for _, e := range [...]*approval.Event{g.accepted, g.end} {
		if e != nil && !later(g.counted(e), due) {
			return true
		}
	}
	return false
}

// askedBy is the first request for papers after those that came (nil: none
// did), by then; nil if nothing was asked for.
func (g *judgement) askedBy(came *approval.Event, due time.Time) *approval.Event {
	for _, e := range g.requests {
		if came != nil && g.place(e) < g.place(came) {
			continue
		}
		if !later(g.counted(e), due) {
			return e
		}
	}
	return nil
}

// answer is what came in answer to a request, or to the one before that it
// repeats; nil while the papers are awaited.
func (g *judgement) answer(asked *approval.Event) *approval.Event {
	for _, t := range g.turns {
		if g.place(t.came) > g.place(asked) {
			return t.came
		}
	}
	return nil
}

// place is where an event stands among the case's, as they were folded: papers
// that came when others were asked for stand before the request, though both are of
// one instant.
func (g *judgement) place(e *approval.Event) int { return slices.Index(g.events, e) }

// deemedFrom is when the application counts as accepted by art. 32.
func (g *judgement) deemedFrom() time.Time { return g.against(g.noticeFrom) }
