package rules

import (
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// overWords shows how a clock ran over. An open case is reckoned at the last second
// that was in time, an ended one at its end.
func (g *judgement) overWords(c *Clock) (w words) {
	switch {
	case !c.Over || !c.DueByFacts.IsZero():
		g.lapsedWords(&w, c)
	case g.end == nil:
		g.startWords(&w, c.Limit)
		q := g.questionOf(c)
		g.clockWords(&w, c, q, c.OverAt) // the last second in time: a second later is another day where days end at midnight
		w.add("应不迟于 %[1]s 办结，届时仍未办结，已超时。", "Due by %[1]s; still open then: over the limit.", g.stamp(c.OverAt))
		g.barePauseWords(&w, q, c.OverAt)
	default:
		g.startWords(&w, c.Limit)
		q, ended, due := g.questionOf(c), g.counted(g.end), c.OverAt
		g.clockWords(&w, c, q, ended)
		if g.s.Item.Regime != approval.Licensing && c.Due.After(c.OverAt) {
			g.summedPauseWords(&w, c)
			due = c.Due
		}
		zh, en := kindWords(g.end.Kind)
		w.add("应不迟于 %[1]s 办结；%[2]s于 %[4]s，"+g.standingZH(c.overDue(), c.Limit.Unit), "Due by %[1]s; %[3]s %[4]s, "+g.standingEN(c.overDue(), c.Limit.Unit),
			g.stamp(due), zh, en, g.stamp(ended))
		g.barePauseWords(&w, q, c.OverAt)
	}
	g.claimWords(&w, c)
	return w
}

// lapsedWords shows how a clock ran over by what had been registered, and what the
// dates give that all facts claim.
func (g *judgement) lapsedWords(w *words, c *Clock) {
	r, done := g.lapsed(c)
	defer done()
	asOf := r.due
	if r.extended != nil {
		asOf = r.by.toldAt(r.extended)
	}
	if g.end != nil {
		asOf = g.until()
	}
	r.by.startWords(w, c.Limit)
	r.by.clockWords(w, r.clock, r.q, asOf)
	factsZH, factsEN := "按全部事实所称的日期计，", "By the dates that all facts claim"
	if r.extended != nil {
		told := r.by.toldAt(r.extended)
		thenZH, thenEN := "其时已办结。", "when it had ended."
		if !told.After(asOf) {
			beyond := -g.cal.Beyond(g.set.Mode, c.Limit.Unit, r.due, told)
			thenZH, thenEN = "其时"+overByZH(beyond, c.Limit.Unit), "then "+overByEN(beyond, c.Limit.Unit)
		}
		w.add("应不迟于 %[1]s 办结；%[2]s 才延长，"+thenZH+"事后延长不能使已超时的变为未超时。",
			"Due by %[1]s; extended only %[2]s, "+thenEN+" What ran out is not made timely by an extension afterwards.",
			g.stamp(r.due), g.stamp(told))
		factsZH, factsEN = "按延长后的时限和全部事实所称的日期计，", "With it, and by the dates that all facts claim,"
	} else {
		w.add("按当时已登记的事实，应不迟于 %[1]s 办结，届时仍未办结，已超时；此后才登记的事实不能使已超时的变为未超时。",
			"By what had been registered the case was due by %[1]s and still open then: over the limit. What was registered only afterwards does not make timely what had run out.",
			g.stamp(r.due))
	}
	if g.end != nil {
		beyond := -g.cal.Beyond(g.set.Mode, c.Limit.Unit, r.due, asOf)
		zh, en := kindWords(g.end.Kind)
		onlyZH, onlyEN := "", ""
		if asOf.After(g.counted(g.end)) {
			onlyZH, onlyEN = " 才登记", " registered only"
		}
		w.add("%[2]s于 %[1]s"+onlyZH+"，"+overByZH(beyond, c.Limit.Unit), "%[3]s"+onlyEN+" %[1]s, "+overByEN(beyond, c.Limit.Unit), g.stamp(asOf), zh, capital(en))
	}
	r.by.barePauseWords(w, r.q, r.due)
	due, still := c.DueByFacts, c.StillByFacts
	if due.IsZero() {
		due, still = c.Due, c.PausedNow
	}
	switch since := g.stoodSince(); {
	case still && !since.IsZero(): // its due time moves on from day to day
		w.add(factsZH+"时限自 %[1]s 起停止计算，至今未恢复，尚未超时。", factsEN+" the clock has stood still since %[1]s, and is not over.", g.stamp(since))
	case g.end == nil:
		w.add(factsZH+"应不迟于 %[1]s 办结，尚未超时。", factsEN+" it is due by %[1]s, and not over yet.", g.stamp(due))
	default:
		zh, en := kindWords(g.end.Kind)
		w.add(factsZH+"应不迟于 %[1]s 办结；%[2]s于 %[4]s，未超时。", factsEN+" it was due by %[1]s; %[3]s %[4]s, not over.", g.stamp(due), zh, en, g.stamp(g.counted(g.end)))
	}
}

// capital begins a sentence with a word.
func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// stoodSince is since when the clock stands still by the dates claimed; zero while it
// runs.
func (g *judgement) stoodSince() (at time.Time) {
	for _, p := range g.pauses {
		if !p.From.After(g.now) && (p.To.IsZero() || p.To.After(g.now)) && (at.IsZero() || p.From.Before(at)) {
			at = p.From
		}
	}
	return at
}

// overDue is the clock as it stands to its due time: where all is added up, that may
// lie behind the end of a case that had run over before.
func (c *Clock) overDue() workday.Answer {
	a := c.Answer
	a.Over = a.Remaining <= 0
	return a
}

// summedPauseWords says that what stopped a clock after it had run out counts in the
// sum all the same.
func (g *judgement) summedPauseWords(w *words, c *Clock) {
	w.add("应不迟于 %[1]s 办结，届时仍未办结，已超时；此后停止计时的时间，按该事项的计算办法仍予累加。",
		"Due by %[1]s; still open then: over the limit. For how long the clock stood still afterwards is added up all the same, as this item is counted.", g.stamp(c.OverAt))
}

func overByZH(remaining int, unit approval.Unit) string {
	if remaining < 0 {
		return "超 " + limitZH(approval.Limit{N: -remaining, Unit: unit}) + "。"
	}
	return "超时不足 " + limitZH(approval.Limit{N: 1, Unit: unit}) + "。"
}

func overByEN(remaining int, unit approval.Unit) string {
	if remaining < 0 {
		return limitEN(approval.Limit{N: -remaining, Unit: unit}) + " over."
	}
	return "less than " + limitEN(approval.Limit{N: 1, Unit: unit}) + " over."
}

// nearWords shows what was left of a clock at the instant of the warning, by what the
// warning goes by.
func (g *judgement) nearWords(c *Clock, q workday.Question, at time.Time) (w words) {
	g.startWords(&w, c.Limit)
	g.clockWords(&w, c, q, at)
	a := g.reckon(q, at)
	left := approval.Limit{N: a.Remaining, Unit: c.Limit.Unit}
	w.add("至 %[1]s 只剩 "+limitZH(left)+"，仍未办结；应不迟于 %[2]s 办结。",
		"At %[1]s only "+limitEN(left)+" left and the case still open; due by %[2]s.",
		g.stamp(at), g.stamp(a.Due))
	if g.end != nil {
		w.add("该件 %[1]s 办结。", "The case ended %[1]s.", g.stamp(g.counted(g.end)))
	}
	return w
}
