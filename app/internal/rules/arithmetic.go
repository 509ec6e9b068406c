package rules

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// overWords shows how a clock ran over. An open case is reckoned at the last
// second that was in time, an ended one at its end, one that was extended too
// late at the extension.
func (g *judgement) overWords(c *Clock) (w words) {
	due := g.stamp(c.OverAt)
	g.startWords(&w, c.Limit)
	switch {
	case !c.Over && (g.s.Item.Regime == approval.Licensing || !c.LapsedByExtension):
		g.clockWords(&w, c, c, c.LapsedAt)
		w.add("按当时已登记的事实，应不迟于 %[1]s 办结，届时仍未办结，已超时；此后才登记的事实不能使已超时的变为未超时。",
			"By what had been registered the case was due by %[1]s and still open then: over the limit. What was registered only afterwards does not make timely what had run out.",
			g.stamp(c.LapsedAt))
		if c.PausedNow { // its due time moves on from day to day
			w.add("按全部事实所称的日期计，届时时限已停止计算，至今未恢复。", "By the dates that all facts claim the clock stood still then, and still does.")
		} else {
			w.add("按全部事实所称的日期计，应不迟于 %[1]s 办结。", "By the dates that all facts claim it is due by %[1]s.", g.stamp(c.Due))
		}
	case !c.Over:
		extended := g.toldAt(g.extension(c.Limit))
		bare := *c
		bare.Extension = approval.Limit{}
		q := g.clockWords(&w, c, &bare, extended)
		longer := q
		longer.Extension = c.Extension
		w.add("应不迟于 %[1]s 办结；%[2]s 才延长，其时"+overByZH(-c.LapsedBy, c.Limit.Unit)+"事后延长不能使已超时的变为未超时；按延长后的时限应不迟于 %[3]s 办结。",
			"Due by %[1]s; extended only %[2]s, then "+overByEN(-c.LapsedBy, c.Limit.Unit)+" What ran out is not made timely by an extension afterwards; with it the case would be due by %[3]s.",
			g.stamp(c.LapsedAt), g.stamp(extended), g.stamp(g.reckon(longer, extended).Due))
		g.barePauseWords(&w, q, c.LapsedAt)
	case g.end == nil:
		q := g.clockWords(&w, c, c, c.OverAt) // the last second in time: a second later is another day where days end at midnight
		w.add("应不迟于 %[1]s 办结，届时仍未办结，已超时。", "Due by %[1]s; still open then: over the limit.", due)
		g.barePauseWords(&w, q, c.OverAt)
	default:
		ended := g.counted(g.end)
		q := g.clockWords(&w, c, c, ended)
		zh, en := kindWords(g.end.Kind)
		w.add("应不迟于 %[1]s 办结；%[2]s于 %[4]s，"+overByZH(c.Remaining, c.Limit.Unit), "Due by %[1]s; %[3]s %[4]s, "+overByEN(c.Remaining, c.Limit.Unit),
			due, zh, en, g.stamp(ended))
		g.barePauseWords(&w, q, c.OverAt)
	}
	g.claimWords(&w, c)
	return w
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

// nearWords shows what was left of a clock at the instant of the warning.
func (g *judgement) nearWords(c *Clock, at time.Time) (w words) {
	g.startWords(&w, c.Limit)
	told := *c
	told.ByRegistration = true
	q := g.clockWords(&w, c, &told, at)
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

// startWords says from when the clocks run, and why from then.
func (g *judgement) startWords(w *words, limit approval.Limit) {
	zh, en := g.stampDays(g.started.Effective())
	name, nameEN := kindWords(g.started.Kind)
	why, whyEN := "", ""
	switch {
	case g.s.Item.ClockStart == approval.FromReceipt:
	case g.deemed && g.started != g.received:
		why, whyEN = "（行政许可法第32条，视为自补正之日受理）", " (deemed accepted on the day the papers came, Licensing Law art. 32)"
	case g.deemed:
		why, whyEN = "（行政许可法第32条，视为自收件之日受理）", " (deemed accepted on receipt, Licensing Law art. 32)"
	case g.started.Kind == approval.Received:
		why, whyEN = "（未经受理即办结，自收件起算）", " (ended without acceptance, so counted from receipt)"
	}
	if limit.SameDay() {
		w.zh = append(w.zh, name+" "+zh+"，应当日办结"+why+"。")
		w.en = append(w.en, "To be ended the same day: "+nameEN+" "+en+whyEN+".")
		return
	}
	if g.set.Mode == workday.Strict || !limit.Unit.Days() {
		w.zh = append(w.zh, name+" "+zh+"，自当时起算"+why+"。")
		w.en = append(w.en, "Counted from the same hour: "+nameEN+" "+en+whyEN+".")
		return
	}
	w.zh = append(w.zh, name+" "+zh+"，起算日不计入"+why+"。")
	w.en = append(w.en, "Day one is not counted: "+nameEN+" "+en+whyEN+".")
}

// clockWords writes the limit, the pauses and the days of a clock as known at
// a moment, and returns its question. c is the clock that which names, or the
// same without what came too late to extend it.
func (g *judgement) clockWords(w *words, which, c *Clock, asOf time.Time) workday.Question {
	zh, en := "法定时限", "Statutory limit"
	if which == &g.v.Promised {
		zh, en = "承诺时限", "Promised limit"
	}
	zh, en = zh+" "+promiseZH(c.Limit), en+" "+promiseEN(c.Limit)
	if !c.Extension.IsZero() {
		zh, en = zh+"，延长 "+limitZH(c.Extension), en+", extended by "+limitEN(c.Extension)
	} else if len(g.extensions) > 0 && g.s.Item.Regime == approval.Licensing {
		zh, en = zh+"（延长不计：违规或已超时）", en+" (the extension does not count: unlawful or too late)"
	}
	w.zh, w.en = append(w.zh, zh+"。"), append(w.en, en+".")
	q := g.question(c.Limit)
	q.Extension = c.Extension
	if c.ByRegistration {
		q.Pauses = g.toldPauses()
	}
	g.pauseWords(w, q.Pauses, asOf)
	g.dayWords(w, q, asOf)
	a := g.reckon(q, asOf)
	g.movedWords(w, a)
	g.unlistedWords(w, a, asOf)
	return q
}

// unlistedWords says for which years the clock was counted without a list.
func (g *judgement) unlistedWords(w *words, a workday.Answer, asOf time.Time) {
	if !a.Unlisted {
		return
	}
	if a.Due.After(asOf) {
		asOf = a.Due
	}
	for _, year := range g.cal.Unlisted(g.cal.DateOf(g.started.Effective()), g.cal.DateOf(asOf)) {
		w.add("缺 %[1]d 年节假日表：只知道固定日期的法定节日，其余按普通周推算，结果可能变化。",
			"The holiday list of %[1]d is missing: only holidays of fixed date are known, the rest is plain weeks, and the result may change.", year)
	}
}

// movedWords says that a limit's last day was moved off days of rest.
func (g *judgement) movedWords(w *words, a workday.Answer) {
	if a.MovedFrom.IsZero() {
		return
	}
	zh, en := g.day(a.MovedFrom)
	toZH, toEN := g.day(a.Due)
	w.add("末日 %[1]s，为休息日，顺延至 %[3]s（民法典第203条）。", "The last day, %[2]s, is a day of rest: moved to %[4]s (Civil Code art. 203).", zh, en, toZH, toEN)
}

// day writes a date with its day of the week, or its holiday.
func (g *judgement) day(t time.Time) (zh, en string) {
	d := g.cal.DateOf(t)
	zh, en = d.String()[5:]+" "+weekdaysZH[d.Weekday()], d.Weekday().String()[:3]+" "+d.String()[5:]
	if info := g.cal.Day(d); info.Name != "" && !info.Works() {
		zh, en = zh+"（"+info.Name+"）", en+" ("+info.Name+")"
	}
	return zh, en
}

// pauseWords lists what stopped the clock, and what did not although the
// department paused.
func (g *judgement) pauseWords(w *words, pauses []workday.Pause, asOf time.Time) {
	for i, s := range g.stops {
		p := pauses[i]
		if p.From.After(asOf) || !p.To.IsZero() && p.To.Before(p.From) {
			continue
		}
		zh, en := "补正", "supplement"
		if s.from.Kind == approval.Paused {
			zh, en = pauseKindWords(pauseKind(s.from))
		}
		if p.To.IsZero() || p.To.After(asOf) {
			w.add("挂起 %[1]s 起不计（%[2]s）。", "Not counted from %[1]s on (%[3]s).", g.stamp(p.From), zh, en)
			continue
		}
		w.add("挂起 %[1]s → %[2]s 不计（%[3]s）。", "Not counted %[1]s → %[2]s (%[4]s).", g.stamp(p.From), g.stamp(p.To), zh, en)
	}
	if g.s.Item.Regime != approval.Licensing {
		return
	}
	g.supplementWords(w, asOf)
	for _, p := range g.procedures {
		if pauseKind(p.begun).Lawful() || p.begun.OccurredAt.After(asOf) {
			continue
		}
		zh, en := pauseKindWords(pauseKind(p.begun))
		w.add("%[1]s 的挂起（%[2]s）不属第45条所列情形，时限照算。",
			"The pause of %[1]s (%[3]s) is not of art. 45: the clock ran on.", g.stamp(p.begun.Effective()), zh, en)
	}
}

// barePauseWords says when the case would have been due with nothing taken off.
func (g *judgement) barePauseWords(w *words, q workday.Question, asOf time.Time) {
	a := g.reckon(q, asOf)
	if !a.DueWithoutPauses.Equal(a.Due) {
		w.add("如挂起也计入，应不迟于 %[1]s 办结。", "With pauses counted in, due by %[1]s.", g.stamp(a.DueWithoutPauses))
	}
}

// dayWords writes the days one after the other, in runs: what counts with its
// ordinal, what does not with the reason.
func (g *judgement) dayWords(w *words, q workday.Question, asOf time.Time) {
	var zh, en []string
	var total time.Duration
	days := g.cal.Days(g.set.Mode, q, asOf)
	// Of the last day only what had run by then counts, where nothing is ahead.
	most := time.Duration(math.MaxInt64)
	if len(days) > 0 && days[len(days)-1].Date <= g.cal.DateOf(asOf) {
		most = g.reckon(q, asOf).ElapsedTime
	}
	for i := 0; i < len(days); {
		class := classOf(&days[i], q.Limit.Unit)
		j := i + 1
		for j < len(days) && class.runs() && days[j].Skipped == 0 && classOf(&days[j], q.Limit.Unit) == class {
			j++
		}
		if n := days[i].Skipped; n > 0 {
			zh = append(zh, fmt.Sprintf("…… 略 %d 日 ……", n))
			en = append(en, fmt.Sprintf("… %d days left out …", n))
		}
		for _, d := range days[i:j] {
			total = min(total+d.Counted, most)
		}
		if !days[i].Start || class.kind == dayHours {
			z, e := class.words(days[i:j], total)
			spanZH, spanEN := dateSpan(days[i].Date, days[j-1].Date)
			zh, en = append(zh, spanZH+z), append(en, spanEN+e)
		}
		i = j
	}
	w.zh = append(w.zh, strings.Join(zh, "；")+"。")
	w.en = append(w.en, strings.Join(en, "; ")+".")
}

type dayKind uint8

const (
	dayCounted dayKind = iota + 1
	dayHours
	dayPaused
	dayRest
	dayMoved   // after a last day that was moved off days of rest
	dayNothing // the clock ran, and completed no unit
)

// dayClass is what a run of days has in common.
type dayClass struct {
	kind dayKind
	name string
	make bool // a weekend day that is worked
	head bool // the start day stands alone
}

func classOf(d *workday.DayMark, u approval.Unit) dayClass {
	c := dayClass{head: d.Start}
	switch {
	case !d.Works() && u != approval.CalendarDays && u != approval.Seconds:
		c.kind, c.name = dayRest, d.Name
	case !u.Days() && d.Counted > 0:
		c.kind = dayHours
	case d.Moved:
		c.kind = dayMoved
	case d.N > 0:
		c.kind, c.make = dayCounted, d.Kind == workday.MakeUp && u != approval.CalendarDays
	case d.Paused:
		c.kind = dayPaused
	default:
		c.kind = dayNothing
	}
	return c
}

func (c dayClass) runs() bool { return c.kind != dayHours }

func (c dayClass) words(run []workday.DayMark, total time.Duration) (zh, en string) {
	switch c.kind {
	case dayHours:
		s := fmt.Sprintf("%d:%02d", int(total.Hours()), int(total.Minutes())%60)
		if seconds := int(total.Seconds()) % 60; seconds > 0 {
			s += fmt.Sprintf(":%02d", seconds)
		}
		return " 累计 " + s, ": " + s + " in all"
	case dayCounted:
		zh, en = fmt.Sprintf("为第 %d 日", run[0].N), fmt.Sprintf(": day %d", run[0].N)
		if n := run[len(run)-1].N; n != run[0].N {
			zh, en = fmt.Sprintf("为第 %d–%d 日", run[0].N, n), fmt.Sprintf(": days %d–%d", run[0].N, n)
		}
		if c.make {
			return "（调休上班）" + zh, " (make-up working day)" + en
		}
		return " " + zh, en
	case dayPaused:
		return " 挂起", ": paused"
	case dayMoved:
		return " 顺延", ": moved on"
	case dayRest:
		if c.name != "" {
			return " " + c.name, ": holiday " + c.name
		}
		return " 周末", ": weekend"
	}
	return " 未满", ": incomplete"
}

// dateSpan writes the days from one to another, with the year where it changes.
func dateSpan(from, to workday.Date) (zh, en string) {
	first, last := from.String(), to.String()
	if from.Year() == to.Year() {
		first, last = first[5:], last[5:]
	}
	if from == to {
		return first, first
	}
	return first + " 至 " + last, first + " to " + last
}
