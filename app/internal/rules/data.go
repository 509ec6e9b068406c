package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

var _ = everywhere((*judgement).dataQuality,
	Rule{
		Code: "V19", Level: Review, NameZH: "补录或倒签", NameEN: "Back-entry",
		BasisZH: "电子监察数据时效要求：办理信息应随办随录",
		BasisEN: "Supervision data duty: entries are made as the work is done",
	},
	Rule{
		Code: "V20", Level: Data, NameZH: "时序矛盾", NameEN: "Contradictory times",
		BasisZH: "电子监察数据质量要求：办理时间应真实一致",
		BasisEN: "Supervision data duty: times are true and agree",
	},
)

// dataQuality judges the times themselves: V19, written down late or all in
// one second, and V20, contradicting each other.
func (g *judgement) dataQuality() {
	g.backEntry()
	if a, d := g.accepted, g.decided; a != nil && d != nil && a.OccurredAt.Unix() == d.OccurredAt.Unix() && !g.datesOnly() {
		g.find(Finding{
			Rule: "V19", Key: "same_second", Level: Review,
			RaisedAt: d.OccurredAt, Evidence: evidence(a, d),
		}, g.sameSecondWords())
	}
	if list := g.contradictions(); len(list) > 0 {
		var involved []*approval.Event
		raised := list[0].event.OccurredAt
		for _, c := range list {
			involved = append(involved, c.event, c.against)
			if c.event.OccurredAt.Before(raised) {
				raised = c.event.OccurredAt
			}
		}
		g.find(Finding{
			Rule: "V20", Level: Data, RaisedAt: raised, Evidence: evidence(involved...),
		}, g.contradictionWords(list))
	}
}

// backEntry is V19 of single records: written down long after they happened
// (补录), or registered for a date long past (倒签).
func (g *judgement) backEntry() {
	var late, backdated []*approval.Event
	for _, e := range g.events {
		if !g.late(e) { // nearly all
			continue
		}
		if g.enteredLate(e) {
			late = append(late, e)
		}
		if !e.EffectiveAt.IsZero() && e.EffectiveAt.Before(e.OccurredAt) && claims(e.Kind) && !merged(e) {
			backdated = append(backdated, e)
		}
	}
	if len(late) > 0 {
		g.find(Finding{
			Rule: "V19", Key: "entry", Level: Review,
			RaisedAt: firstRegistered(late), Evidence: evidence(late...),
		}, g.backEntryWords(late))
	}
	if len(backdated) > 0 {
		g.find(Finding{
			Rule: "V19", Key: "backdated", Level: Review,
			RaisedAt: firstRegistered(backdated), Evidence: evidence(backdated...),
		}, g.backdatedWords(backdated))
	}
}

// datesOnly reports whether the source knows dates and no hours: it tells all of the
// case at midnight. Of those two of one day are of one second by nature.
func (g *judgement) datesOnly() bool {
	for _, e := range g.events {
		if !e.OccurredAt.Equal(g.cal.StartOf(g.cal.DateOf(e.OccurredAt))) {
			return false
		}
	}
	return true
}

// merged reports whether an event is a correction folded by the earlier of two dates.
func merged(e *approval.Event) bool {
	return e.Was != nil && e.Was.ToldAt.Equal(e.ToldAt) && e.Was.OccurredAt.Equal(e.OccurredAt) && e.Was.EnteredAt.Equal(e.EnteredAt)
}

// firstRegistered is when the first of some events was written down.
func firstRegistered(events []*approval.Event) time.Time {
	first := registered(events[0])
	for _, e := range events[1:] {
		if r := registered(e); r.Before(first) {
			first = r
		}
	}
	return first
}

func (g *judgement) enteredLate(e *approval.Event) bool {
	return g.cal.WorkingTime(e.OccurredAt, registered(e)) > g.set.BackEntry
}

// claims reports whether an earlier date serves the department. That papers
// came earlier, or work began earlier, only binds it.
func claims(k approval.EventKind) bool {
	switch k {
	case approval.Received, approval.SupplementReceived, approval.StepStarted, approval.RefusalGrounds, approval.Note:
		return false
	}
	return true
}
