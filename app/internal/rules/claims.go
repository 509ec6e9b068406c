package rules

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// A verdict takes one of the two dates of a fact that was written down late, by
// the item's regime; its words show what either gives.

// claimWords says of a clock that ran over by the facts what the dates of those that
// were registered late do to it.
func (g *judgement) claimWords(w *words, c *Clock) {
	if !c.Over || !c.DueByFacts.IsZero() {
		return
	}
	if !c.LapsedAt.IsZero() && c.LapsedAt.Before(c.OverAt) {
		if c.lapsedBy.before.IsZero() {
			w.add("延长之前，已于 %[1]s 届满超时；事后延长不能使已超时的变为未超时。", "Before it was extended the limit had run out, at %[1]s. What ran out is not made timely by an extension afterwards.", g.stamp(c.LapsedAt))
		} else {
			w.add("其中有事实登记过晚：登记之前，已于 %[1]s 届满超时。", "Some of this was registered late: before that the limit had run out, at %[1]s.", g.stamp(c.LapsedAt))
		}
	}
	if g.s.Item.Regime != approval.Licensing || !c.ByRegistration && (g.end == nil || !g.made(g.end)) {
		return
	}
	claimed := g.reckonBy(c, (*approval.Event).Effective)
	w.add("登记过晚的，按登记时间计；如按其所称日期计，应不迟于 %[1]s 办结，%[2]s",
		"What was registered too late counts from its registration; by the dates claimed the case would be due by %[1]s, %[3]s",
		g.stamp(claimed.Due), g.standingZH(claimed, c.Limit.Unit), g.standingEN(claimed, c.Limit.Unit))
}

// figureWords shows what the clocks give by registration and by the claimed
// dates, where records that were written down late make a difference.
func (g *judgement) figureWords(w *words, late []*approval.Event) {
	for _, c := range [...]*Clock{&g.v.Promised, &g.v.Statutory} {
		if c.Limit.IsZero() || g.started == nil || g.end == nil && !c.Over {
			continue
		}
		registered, claimed := g.reckonBy(c, g.byRegistration), g.reckonBy(c, (*approval.Event).Effective)
		if registered.Over == claimed.Over && (!claimed.Over || g.end == nil || registered.Remaining == claimed.Remaining) {
			continue
		}
		zh, en := "法定时限", "Statutory limit"
		if c == &g.v.Promised {
			zh, en = "承诺时限", "Promised limit"
		}
		w.add("%[1]s：按登记时间计，%[3]s按所称日期计，%[5]s", "%[2]s: by registration %[4]s By the dates claimed %[6]s", zh, en,
			g.standingZH(registered, c.Limit.Unit), g.standingEN(registered, c.Limit.Unit), g.standingZH(claimed, c.Limit.Unit), g.standingEN(claimed, c.Limit.Unit))
	}
}

// reckonBy reckons a clock with one kind of date of the case's end, and of what
// stopped the clock: of an ended case at its end, of an open one just after it ran
// over, so that the words do not change from day to day.
func (g *judgement) reckonBy(c *Clock, date func(*approval.Event) time.Time) workday.Answer {
	q := g.question(c.Limit)
	q.Extension = c.Extension
	q.Pauses = make([]workday.Pause, 0, len(g.stops))
	for _, s := range g.stops {
		p := workday.Pause{From: date(s.from)}
		if s.to != nil {
			if p.To = s.to.Effective(); p.To.Before(p.From) {
				continue
			}
		}
		q.Pauses = append(q.Pauses, p)
	}
	now := justAfter(c.OverAt)
	for _, p := range q.Pauses {
		if p.To.After(now) && !p.To.After(g.now) {
			now = p.To // its due time moved on until then
		}
	}
	if g.end != nil {
		now = date(g.end)
		q.End = now
	}
	return g.reckon(q, now)
}

// standingZH says whether a case is over its limit, and of one that ended by how much:
// an open one runs on.
func (g *judgement) standingZH(a workday.Answer, unit approval.Unit) string {
	switch {
	case !a.Over:
		return "未超时。"
	case g.end == nil:
		return "已超时。"
	}
	return overByZH(a.Remaining, unit)
}

func (g *judgement) standingEN(a workday.Answer, unit approval.Unit) string {
	switch {
	case !a.Over:
		return "not over."
	case g.end == nil:
		return "over."
	}
	return overByEN(a.Remaining, unit)
}
