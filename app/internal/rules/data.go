package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// dataQuality judges the times themselves: V19, written down late or all in
// one second, and V20, contradicting each other.
func (g *judgement) dataQuality() {
	g.backEntry()
	if a, d := g.accepted, g.decided; a != nil && d != nil && a.OccurredAt.Unix() == d.OccurredAt.Unix() {
		g.find(Finding{
			Rule: "V19", Key: "same_second", Level: Review,
			RaisedAt: d.OccurredAt, Evidence: evidence(a, d),
		}, g.sameSecondWords())
	}
	if list := g.contradictions(); len(list) > 0 {
		var involved []*approval.Event
		for _, c := range list {
			involved = append(involved, c.event, c.against)
		}
		g.find(Finding{
			Rule: "V20", Level: Data, RaisedAt: list[0].event.OccurredAt, Evidence: evidence(involved...),
		}, g.contradictionWords(list))
	}
}

func (g *judgement) backEntry() {
	var late []*approval.Event
	for _, e := range g.events {
		if g.enteredLate(e) {
			late = append(late, e)
		}
	}
	if len(late) > 0 {
		g.find(Finding{
			Rule: "V19", Key: "entry", Level: Review,
			RaisedAt: late[0].EnteredAt, Evidence: evidence(late...),
		}, g.backEntryWords(late))
	}
}

func (g *judgement) enteredLate(e *approval.Event) bool {
	return !e.EnteredAt.IsZero() &&
		e.EnteredAt.Sub(e.OccurredAt) > g.set.BackEntry && // office time is never longer
		g.cal.WorkingTime(e.OccurredAt, e.EnteredAt) > g.set.BackEntry
}

// enteredFor is the office time between a fact and its entry.
func (g *judgement) enteredFor(e *approval.Event) time.Duration {
	return g.cal.WorkingTime(e.OccurredAt, e.EnteredAt)
}
