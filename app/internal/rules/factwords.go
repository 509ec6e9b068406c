package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

func (g *judgement) stepWords(step approval.Step, q workday.Question, a workday.Answer, finish *approval.Event) (w words) {
	w.zh = append(w.zh, fmt.Sprintf("环节“%s”%s 开始，时限 %s。", step.Name, g.stamp(q.Start), promiseZH(step.Limit)))
	w.en = append(w.en, fmt.Sprintf("Step %q began %s, limit %s.", step.Name, g.stamp(q.Start), promiseEN(step.Limit)))
	if finish == nil {
		g.pauseWords(&w, q, justAfter(a.OverAt))
		w.add("应不迟于 %[1]s 完成，届时仍未完成。", "Due by %[1]s; not finished then.", g.stamp(a.OverAt))
		return w
	}
	g.pauseWords(&w, q, g.counted(finish))
	if finish.Kind == approval.StepFinished {
		w.add("应不迟于 %[1]s 完成；%[2]s 完成。", "Due by %[1]s; finished %[2]s.", g.stamp(a.OverAt), g.stamp(q.End))
	} else {
		w.add("应不迟于 %[1]s 完成；至 %[2]s 办结时仍未完成。", "Due by %[1]s; not finished when the case ended %[2]s.", g.stamp(a.OverAt), g.stamp(q.End))
	}
	return w
}

func (g *judgement) onTheSpotWords(begun *approval.Event) (w words) {
	zh, en := kindWords(begun.Kind)
	w.add("即办件，%[2]s %[1]s，当日 24:00 前未办结。", "On-the-spot item, %[3]s %[1]s, not ended by midnight of that day.",
		g.stamp(begun.Effective()), zh, en)
	if g.end != nil {
		w.add("该件 %[1]s 办结。", "The case ended %[1]s.", g.stamp(g.counted(g.end)))
	}
	return w
}

func (g *judgement) noticeWords() (w words) {
	if g.noticeFrom != g.received {
		w.add("%[1]s 申请人补正，第 %[3]d 个工作日 %[2]s 前既未受理，也未再告知补正，也未办结。",
			"The papers asked for came %[1]s; by the close of working day %[3]d, %[2]s, neither accepted, nor told what is still missing, nor ended.",
			g.stamp(g.deemedFrom()), g.stamp(g.noticeDue), g.set.NoticeDays)
		w.add("自收到补正材料之日起即为受理，时限自补正起算。", "The application counts as accepted on the day they came, and the clocks run from it.")
		return w
	}
	if g.assumed {
		zh, en := kindWords(g.received.Kind)
		w.add("没有收件记录，以最早的记录（%[1]s %[2]s）为收件。", "No receipt was told: the earliest record (%[1]s %[3]s) stands for it.", g.stamp(g.noticeFrom.Effective()), zh, en)
	}
	w.add("%[1]s 收件，第 %[3]d 个工作日 %[2]s 前既未受理，也未告知补正，也未办结。",
		"Received %[1]s; by the close of working day %[3]d, %[2]s, neither accepted, nor told what is missing, nor ended.",
		g.stamp(g.noticeFrom.Effective()), g.stamp(g.noticeDue), g.set.NoticeDays)
	w.add("自收到申请材料之日起即为受理，时限自收件起算。", "The application counts as accepted on the day of receipt, and the clocks run from it.")
	return w
}

func (g *judgement) requestWords() (w words) {
	w.add("共要求补正 %[1]d 次；应当一次告知需要补正的全部内容。", "Papers were asked for %[1]d times; everything missing must be told at once.", len(g.requests))
	for i, e := range g.requests {
		n := 0
		if e.Notice != nil {
			n = len(e.Notice.Materials)
		}
		w.add("第 %[1]d 次：%[2]s，列明材料 %[3]d 项。", "No. %[1]d: %[2]s, %[4]s listed.", i+1, g.stamp(e.OccurredAt), n, countEN(n, "paper", "papers"))
	}
	return w
}

var particularNames = []fault[particulars]{
	{noReason, "未说明理由", "no reason"},
	{noBasis, "未写明法律依据", "no legal basis"},
	{noRemedies, "未告知复议、诉讼权利", "remedies not told"},
	{noNotice, "无书面决定文号", "no written notice"},
}

func (g *judgement) particularWords(end *approval.Event, missing particulars) (w words) {
	zh, en := join(missing, particularNames)
	o, oEN := outcomeWords(outcomeOf(end))
	w.add("%[1]s %[2]s：%[4]s。", "%[1]s %[3]s: %[5]s.", g.stamp(g.counted(end)), o, oEN, zh, en)
	return w
}

func (g *judgement) filedAfterWords(end *approval.Event, f *approval.RejectionFiling) (w words) {
	w.add("决定于 %[1]s，%[2]s 才报备（报备号 %[3]s）；应先报备后决定。", "Decided %[1]s and filed only %[2]s (no. %[3]s); filing comes first.",
		g.stamp(g.counted(end)), g.stamp(g.reported(f.FiledAt, f.ToldAt)), orDash(f.No))
	g.claimedWords(&w, f.FiledAt, g.reported(f.FiledAt, f.ToldAt))
	return w
}

func (g *judgement) unfiledWords(cause *approval.Event, f filing) (w words) {
	zh, en := kindWords(cause.Kind)
	if cause.Kind == approval.Decided {
		zh, en = outcomeWords(outcomeOf(cause))
	}
	w.add("%[1]s %[2]s，应于其后第 %[5]d 个工作日 %[4]s 前报备，届时没有收到报备。",
		"%[1]s %[3]s; to be filed by %[4]s, working day %[5]d after it, and no filing had come.",
		g.stamp(g.causedAt(cause)), zh, en, g.stamp(f.due), g.set.FilingGraceDays)
	if f.report != nil {
		w.add("后于 %[1]s 补报（报备号 %[2]s）。", "Filed afterwards, %[1]s (no. %[2]s).", g.stamp(f.at), orDash(f.report.No))
		g.claimedWords(&w, f.report.FiledAt, f.at)
	}
	return w
}

// claimedWords says of a report that counts from when it was told what date it
// claims.
func (g *judgement) claimedWords(w *words, claimed, counted time.Time) {
	if !counted.Equal(claimed) {
		w.add("它所称日期为 %[1]s，但本台当时已收齐该部门数据，没有收到它，故以收到的时间为准。",
			"It claims %[1]s, but by then the console had read all there was, and it was not among it: it counts from when it was told.", g.stamp(claimed))
	}
}

func (g *judgement) unreportedWords(c *Clock, due time.Time, r *approval.OverdueReport, reported time.Time) (w words) {
	zh, en := "法定时限", "statutory limit"
	if c == &g.v.Promised {
		zh, en = "承诺时限", "promised limit"
	}
	w.add("%[2]s已于 %[1]s 届满超时，应于其后第 %[5]d 个工作日 %[4]s 前自报，届时没有收到自报。",
		"The %[3]s ran out at %[1]s; to be reported by %[4]s, working day %[5]d after it, and no report had come.",
		g.stamp(c.ranOutAt()), zh, en, g.stamp(due), g.set.ReportGraceDays)
	if r != nil {
		w.add("后于 %[1]s 补报。", "Reported afterwards, %[1]s.", g.stamp(reported))
		g.claimedWords(&w, r.ReportedAt, reported)
	}
	return w
}

var pauseFaultNames = []fault[pauseFault]{
	{pauseUnlisted, "不属第45条所列情形", "not of the kinds listed in art. 45"},
	{pauseUnapproved, "无批准人", "no approver"},
	{pauseUntold, "未书面告知申请人", "the applicant was not told in writing"},
	{pauseUntimed, "未告知所需时间", "the time needed was not told"},
	{pauseToldLate, "过晚才书面告知申请人", "the applicant was told in writing only too late"},
}

func (g *judgement) pauseFaultWords(e *approval.Event, faults pauseFault) (w words) {
	zh, en := join(faults, pauseFaultNames)
	kind, kindEN := pauseKindWords(pauseKind(e))
	w.add("%[1]s 挂起（%[2]s）：%[4]s。", "Paused %[1]s (%[3]s): %[5]s.", g.stamp(e.OccurredAt), kind, kindEN, zh, en)
	if faults&pauseUnlisted != 0 {
		w.add("该挂起不停止计时。", "It does not stop the clock.")
	}
	return w
}

// pauseLengthWords tells how long a pause lasted, until it was finished, and what
// was approved; until is the approved time reckoned as a limit.
func (g *judgement) pauseLengthWords(p *procedure, until workday.Answer, finish *approval.Event, level Level) (w words) {
	kind, kindEN := pauseKindWords(pauseKind(p.begun))
	w.add("%[1]s 挂起（%[2]s）。", "Paused %[1]s (%[3]s).", g.stamp(p.begun.Effective()), kind, kindEN)
	if until.Over {
		due, approved := until.Due, p.begun.Pause.Approved
		w.zh = append(w.zh, fmt.Sprintf("批准 %s，应不迟于 %s 恢复，届时仍未恢复。", promiseZH(approved), g.stamp(due)))
		w.en = append(w.en, fmt.Sprintf("Approved for %s, to resume by %s, and had not.", promiseEN(approved), g.stamp(due)))
		switch {
		case !g.lasts(finish): // how far is known for good
			by := approval.Limit{N: -until.Remaining, Unit: approved.Unit}
			if by.N > 0 {
				w.add("超出批准时间 %[1]s。", "It lasted %[2]s beyond what was approved.", limitZH(by), limitEN(by))
			}
		case level == Red:
			one := oneMore(approved.Unit)
			w.add("超出批准时间 %[1]s以上。", "It lasted more than %[2]s beyond what was approved.", limitZH(one), limitEN(one))
		}
	}
	switch {
	case p.resumed != nil:
		w.add("%[1]s 恢复。", "Resumed %[1]s.", g.stamp(g.counted(p.resumed)))
	case g.end != nil:
		w.add("至 %[1]s 办结从未恢复。", "Never resumed before the case ended %[1]s.", g.stamp(g.counted(g.end)))
	}
	return w
}

func (g *judgement) extensionWords(e *approval.Event, faults extensionFault) (w words) {
	longest := g.longestExtension()
	zh, en := join(faults, []fault[extensionFault]{
		{extendedTooLong, fmt.Sprintf("超过 %d 日", longest), fmt.Sprintf("by more than %d", longest)},
		{extendedByOtherUnit, "未以工作日计", "not in working days"},
		{extendedUnapproved, "无批准人", "no approver"},
		{extendedWithoutReason, "无理由", "no reason"},
		{extendedUntold, "未告知申请人", "the applicant was not told"},
		{extendedLate, "延长或告知晚于法定到期", "made or told after the statutory limit had run out"},
		{extendedAgain, "再次延长", "a second extension"},
	})
	var by approval.Limit
	if e.Extension != nil {
		by = e.Extension.By
	}
	w.zh = append(w.zh, fmt.Sprintf("%s 延长 %s：%s。", g.stamp(e.OccurredAt), limitZH(by), zh))
	w.en = append(w.en, fmt.Sprintf("Extended %s by %s: %s.", g.stamp(e.OccurredAt), limitEN(by), en))
	if faults&extendedLate != 0 {
		q := g.question(g.s.Item.Statutory)
		q.End = time.Time{}
		last := g.extendedBy(e)
		w.add("延长前法定到期为 %[1]s，延长并告知完成于 %[2]s。", "The statutory limit ran out at %[1]s; extended and told by %[2]s.",
			g.stamp(g.reckon(q, last).OverAt), g.stamp(last))
	}
	w.add("该延长不计入时限。", "The extension does not count.")
	return w
}

func (g *judgement) hallWords() (w words) {
	if g.accepted == nil {
		w.add("%[1]s 作出决定，没有受理记录。", "Decided %[1]s without any acceptance.", g.stamp(g.counted(g.end)))
	} else if g.accepted.Window != "" {
		w.add("%[1]s 作出决定，当时没有受理记录；%[2]s 才报来受理，所称日期为 %[3]s。", "Decided %[1]s without any acceptance, which was told only %[2]s, for %[3]s.",
			g.stamp(g.counted(g.end)), g.stamp(g.counted(g.accepted)), g.stamp(g.accepted.Effective()))
	} else {
		w.add("%[1]s 受理，未经大厅窗口；%[2]s 作出决定。", "Accepted %[1]s, not at a hall window; decided %[2]s.",
			g.stamp(g.accepted.Effective()), g.stamp(g.counted(g.end)))
	}
	w.add("该事项已进驻政务服务大厅，应在大厅窗口受理。", "The item belongs to the service hall and is accepted at its windows.")
	return w
}

func (g *judgement) unauthorizedWords(end *approval.Event) (w words) {
	w.add("%[1]s 作出决定，当时没有包含本事项签批权的有效首席代表授权。", "Decided %[1]s, when no live authorization gave the power to sign for this item.", g.stamp(g.counted(end)))
	return w
}

func (g *judgement) signerWords(end *approval.Event, live []*approval.Authorization) (w words) {
	signer := end.Decision.Signer
	w.add("%[1]s 签批人为 %[2]s。", "Signed %[1]s by %[2]s.", g.stamp(g.counted(end)), orDash(signer.Name))
	for _, a := range live {
		w.add("授权书 %[1]s：首席代表 %[2]s，同岗替代 %[3]s。", "Authorization %[1]s: representative %[2]s, stand-in %[3]s.",
			orDash(a.No), orDash(a.Rep.Name), orDash(a.StandIn.Name))
	}
	w.add("签批人%[1]s既不是首席代表，也不是同岗替代。", "The signer, %[1]s, is neither a representative nor a stand-in.", orDash(signer.Name))
	return w
}

// entriesShown is how many late entries are told one by one.
const entriesShown = 10

func (g *judgement) backEntryWords(late []*approval.Event) (w words) {
	w.add("%[1]d 条记录在事发后超过 %[2]s 办公时间才录入。", "%[3]s entered more than %[2]s of office time after the fact.",
		len(late), hours(g.set.BackEntry), countEN(len(late), "record was", "records were"))
	for i, e := range late {
		if i == entriesShown {
			w.add("其余 %[1]d 条略。", "%[1]d more left out.", len(late)-i)
			break
		}
		zh, en := kindWords(e.Kind)
		was, wasEN := "", ""
		for o := e.Was; o != nil; o = o.Was {
			if !o.Effective().Equal(e.OccurredAt) {
				was, wasEN = "（更正，原报 "+g.stamp(o.Effective())+"）", " (a correction of "+g.stamp(o.Effective())+")"
				break
			}
		}
		w.add("%[1]s 发生于 %[3]s，%[4]s 录入"+was+"，相隔办公时间 %[5]s。", "%[2]s %[3]s, entered %[4]s"+wasEN+", %[5]s of office time later.",
			zh, en, g.stamp(e.OccurredAt), g.stamp(registered(e)), hours(g.cal.WorkingTime(e.OccurredAt, registered(e))))
	}
	if slices.ContainsFunc(late, func(e *approval.Event) bool { return e.EnteredAt.IsZero() }) {
		w.add("部门未报录入时间的，以本台收到的时间为准：此前该部门的数据已全部收齐，没有这条记录。",
			"Where the department does not say when it was entered, when the console saw it stands for that: until then it had read all there was, and this was not among it.")
	}
	if slices.ContainsFunc(late, func(e *approval.Event) bool { return !e.EnteredAt.IsZero() && e.ToldAt.After(e.EnteredAt) }) {
		w.add("部门所报录入时间，早于本台已收齐该部门数据的时点，而当时并没有这条记录的，不予采信，以本台收到的时间为准。",
			"Where the department says that it was entered at a time by which the console had read all there was, and this was not among it, that is not believed: when the console saw it stands for it.")
	}
	g.figureWords(&w, late)
	return w
}

func (g *judgement) backdatedWords(list []*approval.Event) (w words) {
	w.add("%[1]d 条记录所称的日期早于其登记超过 %[2]s 办公时间。", "%[3]s a date more than %[2]s of office time before registration.",
		len(list), hours(g.set.BackEntry), countEN(len(list), "record claims", "records claim"))
	for i, e := range list {
		if i == entriesShown {
			w.add("其余 %[1]d 条略。", "%[1]d more left out.", len(list)-i)
			break
		}
		zh, en := kindWords(e.Kind)
		w.add("%[1]s 所称日期 %[3]s，%[4]s 登记，相隔办公时间 %[5]s。", "%[2]s: claimed for %[3]s, registered %[4]s, %[5]s of office time later.",
			zh, en, g.stamp(e.Effective()), g.stamp(registered(e)), hours(g.cal.WorkingTime(e.Effective(), registered(e))))
	}
	g.figureWords(&w, list)
	return w
}

func (g *judgement) sameSecondWords() (w words) {
	w.add("受理与决定同为 %[1]s 这一秒。", "Accepted and decided in the same second, %[1]s.", g.stamp(g.accepted.OccurredAt))
	return w
}

func (g *judgement) contradictionWords(list []contradiction) (w words) {
	for _, c := range list {
		at, zh, en := g.stamp(c.event.OccurredAt), "", ""
		if c.against != nil {
			at2 := g.stamp(c.against.OccurredAt)
			if c.kind == endedBeforeReceived || c.kind == beforeReceipt {
				at2 = g.stamp(c.against.Effective())
			}
			zh, en = "（"+at2+"）", " ("+at2+")"
		}
		switch c.kind {
		case acceptedBeforeReceived:
			w.add("受理"+zh+"早于收件（%[1]s）。", "Accepted"+en+" before received (%[1]s).", at)
		case decidedBeforeAccepted:
			w.add("决定"+zh+"早于受理（%[1]s）。", "Decided"+en+" before accepted (%[1]s).", at)
		case deliveredBeforeDecided:
			w.add("送达"+zh+"早于决定（%[1]s）。", "Delivered"+en+" before decided (%[1]s).", at)
		case endedBeforeReceived:
			w.add("办结"+zh+"早于收件（%[1]s）。", "Ended"+en+" before received (%[1]s).", at)
		case finishedWithoutStart:
			w.add("环节“%[2]s”完成（%[1]s），此前没有开始。", "Step %[2]q finished (%[1]s) without having begun.", at, stepName(c.event))
		case resumedWithoutPause:
			w.add("恢复（%[1]s），当时没有挂起。", "Resumed (%[1]s) while not paused.", at)
		case supplementBeforeRequest:
			w.add("补正日期 %[1]s 早于要求补正"+zh+"。", "Supplement of %[1]s dated before its request"+en+".", g.stamp(c.event.Effective()))
		case supplementWithoutRequest:
			w.add("补正（%[1]s），此前没有要求补正。", "Supplement received (%[1]s) without a request.", at)
		case decidedAfterEnd:
			was, wasEN := outcomeWords(outcomeOf(c.against))
			w.add("已报办结"+zh[:len(zh)-len("）")]+" "+was+"），其后又作出决定（%[1]s）：以后者为办结，时限计至该时。",
				"Told to have ended ("+wasEN+", "+en[2:]+" and decided afterwards (%[1]s): that is the end, and the limit is counted to it.", at)
		case decidedOtherwise:
			one, oneEN := outcomeWords(outcomeOf(c.against))
			other, otherEN := outcomeWords(outcomeOf(c.event))
			w.add("同一办件作出两个不同的决定："+one+zh+"，"+other+"（%[1]s）。时限计至前者；后者为否定决定的，其应有的要件和报备仍须具备。",
				"Two decisions that differ: "+oneEN+en+", "+otherEN+" (%[1]s). The limit is counted to the former; what a refusal owes is owed for the latter, too.", at)
		case beforeReceipt:
			kind, kindEN := kindWords(c.event.Kind)
			w.add("%[2]s（%[1]s）早于收件"+zh+"：不属本件，不停止计时，也不延长时限。", "What is of %[1]s (%[3]s) lies before the case was received"+en+": it is none of this case, stops no clock and lengthens no limit.", g.stamp(c.event.Effective()), kind, kindEN)
		case beginningMissing:
			kind, kindEN := kindWords(c.event.Kind)
			w.add("没有收件记录，最早的记录是 %[1]s 的%[2]s：时限自该记录起算。", "No receipt was told; the earliest record is of %[1]s (%[3]s), and the limits are counted from it.", at, kind, kindEN)
		case beginsLater:
			kind, kindEN := kindWords(c.event.Kind)
			w.add("%[2]s于 %[1]s，所称日期却是其后的 %[4]s：自前者起算。", "%[3]s at %[1]s, with a later date, %[4]s: the former counts.", at, kind, kindEN, g.stamp(c.event.EffectiveAt))
		case toldBeforehand:
			kind, kindEN := kindWords(c.event.Kind)
			w.add("%[2]s（%[1]s）的告知时间 %[4]s 早于收件"+zh+"。", "The applicant was told of what is of %[1]s (%[3]s) at %[4]s, before the case was received"+en+".", at, kind, kindEN, g.stamp(notified(c.event)))
		case enteredBeforehand:
			kind, kindEN := kindWords(c.event.Kind)
			w.add("%[2]s发生于 %[1]s，却在 %[4]s 已录入。", "%[3]s at %[1]s, but entered already at %[4]s.", at, kind, kindEN, g.stamp(c.event.EnteredAt))
		}
	}
	return w
}

// hours writes office time as h:mm.
func hours(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

func orDash(s string) string {
	if strings.TrimSpace(s) == "" {
		return "—"
	}
	return s
}
