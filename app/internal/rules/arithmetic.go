package rules

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// startWords says from when the clocks run, and why from then.
func (g *judgement) startWords(w *words, limit approval.Limit) {
	zh, en := g.stampDays(g.started.Effective())
	name, nameEN := kindWords(g.started.Kind)
	why, whyEN := "", ""
	switch g.startedBy {
	case startDeclared:
	case startDeemed:
		why, whyEN = "（行政许可法第32条，视为自收件之日受理）", " (deemed accepted on receipt, Licensing Law art. 32)"
	case startDeemedAnew:
		why, whyEN = "（行政许可法第32条，视为自补正之日受理）", " (deemed accepted on the day the papers came, Licensing Law art. 32)"
	case startUnaccepted:
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

// clockWords writes the limit, the pauses and the days of a clock up to a moment, as
// its question has them.
func (g *judgement) clockWords(w *words, c *Clock, q workday.Question, asOf time.Time) {
	zh, en := "法定时限", "Statutory limit"
	if c == &g.v.Promised {
		zh, en = "承诺时限", "Promised limit"
	}
	zh, en = zh+" "+promiseZH(c.Limit), en+" "+promiseEN(c.Limit)
	if c == &g.v.Statutory && g.s.Item.ByLaw {
		why, whyEN := "部门未申报法定时限", "the department declared no statutory limit"
		if l := g.s.Item.SetAside; !l.IsZero() {
			why, whyEN = "部门申报的 "+limitZH(l)+"无法律依据，不予采用", "the department's "+limitEN(l)+" are of no law and set aside"
		}
		zh, en = zh+"（"+why+"，按行政许可法第42条）", en+" ("+whyEN+": Licensing Law art. 42)"
	}
	if !q.Extension.IsZero() {
		zh, en = zh+"，延长 "+limitZH(q.Extension), en+", extended by "+limitEN(q.Extension)
	} else if len(g.extensions) > 0 && !g.sumsExtensions(c.Limit) {
		whyZH, whyEN := "违规或已超时", "unlawful or too late"
		if g.s.Item.Regime != approval.Licensing {
			whyZH, whyEN = "批准时已超时或已办结", "the limit had run out, or the case had ended"
		}
		zh, en = zh+"（延长不计："+whyZH+"）", en+" (the extension does not count: "+whyEN+")"
	}
	w.zh, w.en = append(w.zh, zh+"。"), append(w.en, en+".")
	if !q.Extension.IsZero() {
		g.onceWords(w, c.Limit, asOf)
	}
	g.pauseWords(w, q, asOf)
	g.dayWords(w, q, asOf)
	a := g.reckon(q, asOf)
	g.movedWords(w, q, a)
	g.unlistedWords(w, a, asOf)
}

// onceWords says of extensions beside the one that counts that they were not added:
// under other laws, too, a limit is extended once (Licensing Law art. 42, by analogy).
// Under that law each is a finding of its own.
func (g *judgement) onceWords(w *words, limit approval.Limit, asOf time.Time) {
	if g.s.Item.Regime == approval.Licensing {
		return
	}
	counts := g.extension(limit)
	for _, e := range g.extensions {
		if e == counts || e.Extension == nil || g.toldAt(e).After(asOf) || g.toldAt(e).Before(g.toldAt(counts)) {
			continue
		}
		w.zh = append(w.zh, g.stamp(e.OccurredAt)+" 再次延长 "+limitZH(e.Extension.By)+"，不计：时限只能延长一次（参照行政许可法第42条）。")
		w.en = append(w.en, "Extended again "+g.stamp(e.OccurredAt)+" by "+limitEN(e.Extension.By)+", which is not added: a limit is extended once (Licensing Law art. 42, by analogy).")
	}
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

// movedWords says that a limit's last day was moved off days of rest, or that it is
// one and was not.
func (g *judgement) movedWords(w *words, q workday.Question, a workday.Answer) {
	if a.MovedFrom.IsZero() {
		if q.Limit.Unit == approval.CalendarDays && !q.RollOver && !g.cal.IsWorkday(g.cal.DateOf(a.Due)) {
			zh, en := g.day(a.Due)
			whyZH, whyEN := "该事项适用的规定不顺延", "the law that the item is under does not move it"
			if !g.set.RollOver {
				whyZH, whyEN = "本台设置：不顺延", "by the office's setting it is not moved"
			}
			w.add("末日 %[1]s，为休息日；%[3]s。", "The last day, %[2]s, is a day of rest; %[4]s.", zh, en, whyZH, whyEN)
		}
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
func (g *judgement) pauseWords(w *words, q workday.Question, asOf time.Time) {
	if len(g.stops) > 0 {
		took, a := g.cal.Took(g.set.Mode, q, asOf), g.reckon(q, asOf)
		for i, s := range g.stops {
			if p := q.Pauses[i]; !p.From.After(asOf) && (p.To.IsZero() || !p.To.Before(p.From)) {
				g.stopWords(w, s, p, p.To.IsZero() || p.To.After(asOf), took[i], a.Over && p.From.After(a.OverAt))
			}
		}
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

// stopWords says of one pause what it took out of the time that counts. What began
// when the limit had run out took nothing, nor did what was too short for a day.
func (g *judgement) stopWords(w *words, s stop, p workday.Pause, open, took, after bool) {
	zh, en := "补正", "supplement"
	if s.from.Kind == approval.Paused {
		zh, en = pauseKindWords(pauseKind(s.from))
	}
	span := g.stamp(p.From)
	if open {
		span += " →"
	} else {
		span += " → " + g.stamp(p.To)
	}
	switch {
	case !took && after:
		w.add("挂起 %[1]s（%[2]s）在时限届满之后，不予扣除，时限照算。", "The pause %[1]s (%[3]s) came when the limit had run out: nothing is taken off, the clock ran on.", span, zh, en)
	case open:
		w.add("挂起 %[1]s 起不计（%[2]s）。", "Not counted from %[1]s on (%[3]s).", g.stamp(p.From), zh, en)
	case !took:
		w.add("挂起 %[1]s（%[2]s）按计时办法未占时限，不予扣除。", "The pause %[1]s (%[3]s) took up nothing of what is counted: nothing is taken off.", span, zh, en)
	default:
		w.add("挂起 %[1]s 不计（%[2]s）。", "Not counted %[1]s (%[3]s).", span, zh, en)
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
	if len(zh) == 0 { // due on the day on which it began
		return
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
