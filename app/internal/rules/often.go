package rules

import (
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

var _ = everywhere((*judgement).pauseTiming,
	Rule{
		Code: "V12", Level: Review, NameZH: "临期或反复挂起", NameEN: "Paused near the end, or again and again",
		BasisZH: "行政许可法第45条：扣除时限限于法定程序所需时间",
		BasisEN: "Administrative Licensing Law art. 45: what is taken off is the time that the procedure needs",
		otherZH: "该事项公布的时限：扣除的限于程序所需时间",
		otherEN: "The limit published for the item: what is taken off is the time that the procedure needs",
	},
)

// pauseTiming is V12: a pause that began when nearly nothing of a limit was
// left (临期挂起), and pauses one after another (反复挂起). No law
// knows either; the office's settings say what is looked at.
func (g *judgement) pauseTiming() {
	pauses := g.toldPauses()
	for i := range pauses {
		if pauses[i].From.After(g.now) {
			continue
		}
		if c, left := g.nearEnd(pauses[:i], pauses[i].From); c != nil {
			g.find(Finding{
				Rule: "V12", Key: strconv.Itoa(i + 1), Level: Review,
				RaisedAt: pauses[i].From, Evidence: evidence(g.started, g.stops[i].from),
			}, g.nearEndWords(g.stops[i].from, pauses[i].From, c, left))
		}
	}
	g.pausedOften(pauses)
}

// nearEnd returns the clock of which little was left at the beginning of a pause
// after others, and what was; nil if none.
func (g *judgement) nearEnd(before []workday.Pause, at time.Time) (*Clock, workday.Answer) {
	if g.started == nil {
		return nil, workday.Answer{}
	}
	if !at.After(g.started.Effective()) {
		return nil, workday.Answer{}
	}
	for _, c := range [...]*Clock{&g.v.Promised, &g.v.Statutory} {
		if c.Limit.IsZero() {
			continue
		}
		q := g.question(c.Limit)
		q.Extension, q.End, q.Pauses = c.Extension, time.Time{}, before
		if e := g.extension(c.Limit); e != nil && g.extendsFrom(e).After(at) {
			q.Extension = approval.Limit{} // it was not known then
		}
		a := g.reckon(q, at)
		left, whole := int64(a.Remaining), int64(a.Remaining+a.Elapsed)
		if a.RemainingTime+a.ElapsedTime > 0 {
			left, whole = int64(a.RemainingTime), int64(a.RemainingTime+a.ElapsedTime)
		}
		if !a.Over && left*100 <= whole*int64(g.set.PauseNearEnd) {
			return c, a
		}
	}
	return nil, workday.Answer{}
}

// pausedOften finds the first pause that was one too many: after as many as the
// office bears, or after the clock had stood still for nearly all of the case's days:
// from the third on, or from the second where that was longer already than the limit
// itself is. Two lawful inquiries may follow one another; two that take out more than
// the whole time that the department has are looked at.
func (g *judgement) pausedOften(pauses []workday.Pause) {
	if g.started == nil || len(g.stops) < 2 {
		return
	}
	start := g.cal.DateOf(g.started.Effective())
	stood, nth := 0, 0
	for i, p := range pauses {
		if p.From.After(g.now) {
			return
		}
		from := max(g.cal.DateOf(p.From), start)
		nth++
		often := g.set.PausesMost > 0 && nth > g.set.PausesMost
		nearlyAll := g.set.PausedShare > 0 && nth >= 2 && from > start && stood*100 >= int(from-start)*g.set.PausedShare
		if nearlyAll && nth == 2 {
			whole, limited := g.wholeDays(p.From)
			nearlyAll = limited && stood > whole
		}
		if often || nearlyAll {
			var all []*approval.Event
			for _, s := range g.stops[:i+1] {
				all = append(all, s.from)
			}
			g.find(Finding{
				Rule: "V12", Key: "repeated", Level: Review, RaisedAt: p.From, Evidence: evidence(all...),
			}, g.oftenWords(p.From, nth, stood, int(from-start)))
			return
		}
		if !p.To.IsZero() {
			stood += max(0, int(g.cal.DateOf(p.To)-from))
		}
	}
}

// wholeDays is how many days the case's longest limit is long, as it was known at a
// moment and without a pause; not limited: it has none.
func (g *judgement) wholeDays(at time.Time) (days int, limited bool) {
	for _, c := range [...]*Clock{&g.v.Promised, &g.v.Statutory} {
		if c.Limit.IsZero() {
			continue
		}
		q := g.question(c.Limit)
		q.Extension, q.End, q.Pauses = c.Extension, time.Time{}, nil
		if e := g.extension(c.Limit); e != nil && g.extendsFrom(e).After(at) {
			q.Extension = approval.Limit{}
		}
		n := int(g.cal.DateOf(g.reckon(q, at).Due) - g.cal.DateOf(g.started.Effective()))
		days, limited = max(days, n), true
	}
	return days, limited
}

func (g *judgement) nearEndWords(begun *approval.Event, from time.Time, c *Clock, a workday.Answer) (w words) {
	zh, en := "法定时限", "statutory limit"
	if c == &g.v.Promised {
		zh, en = "承诺时限", "promised limit"
	}
	left := approval.Limit{N: a.Remaining, Unit: c.Limit.Unit}
	kind, kindEN := "补正", "supplement"
	if begun.Kind == approval.Paused {
		kind, kindEN = pauseKindWords(pauseKind(begun))
	}
	w.add("%[1]s 挂起（%[2]s），当时"+zh+"只剩 "+limitZH(left)+"（应不迟于 %[4]s 办结）；本台设置：剩余不超过时限的 %[5]d%% 时挂起的，应予核查。",
		"Paused %[1]s (%[3]s) with only "+limitEN(left)+" of the "+en+" left (due by %[4]s); the office looks at pauses that begin with no more than %[5]d %% of a limit left.",
		g.stamp(from), kind, kindEN, g.stamp(a.Due), g.set.PauseNearEnd)
	return w
}

func (g *judgement) oftenWords(from time.Time, nth, stood, days int) (w words) {
	w.add("%[1]s 起的第 %[2]d 次挂起：此前 %[4]d 日中已有 %[3]d 日不计；本台设置：挂起超过 %[5]d 次，或三次以上（不计的日数超过时限本身的，两次以上）且不计的日数达 %[6]d%% 的，应予核查。",
		"The pause of %[1]s is no. %[2]d: of the %[4]d days before, %[3]d were not counted; the office looks at more than %[5]d pauses, and at three or more (two or more where they take out more than the limit itself) that take out %[6]d %% of the days.",
		g.stamp(from), nth, stood, days, g.set.PausesMost, g.set.PausedShare)
	return w
}

// supplementWords says of requests for papers after acceptance that they do
// not stop the clock, or by whose decision they do.
func (g *judgement) supplementWords(w *words, asOf time.Time) {
	if !g.s.Item.SupplementPauses && !g.officeAllows() {
		return
	}
	if g.officeAllows() {
		for _, s := range g.stops {
			if s.from.Kind == approval.SupplementRequested && !g.counted(s.from).After(asOf) {
				w.add("本台设置：该事项补正期间不计时限。", "By the office's setting the time of supplements does not count for this item.")
				return
			}
		}
		return
	}
	for _, e := range g.requests {
		if e.OccurredAt.After(asOf) || g.supplementStops(e) {
			continue
		}
		w.add("%[1]s 的补正要求在受理之后，不属第45条所列情形，时限照算（本台设置：从法）。",
			"The request of %[1]s for papers came after acceptance and is not of art. 45: the clock ran on (the office's setting: as the law says).", g.stamp(e.Effective()))
	}
}
