package rules

import (
	"fmt"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// words are a finding's lines in both languages. They say nothing that depends
// on the moment of judging, so that a finding that did not change reads the
// same each day.
type words struct{ zh, en lines }

type lines []string

func (l lines) String() string { return strings.Join(l, "\n") }

// add appends a line in each language; the formats take the same arguments.
func (w *words) add(zh, en string, args ...any) {
	w.zh = append(w.zh, fmt.Sprintf(zh, args...))
	w.en = append(w.en, fmt.Sprintf(en, args...))
}

// stamp writes an instant in the office's zone, seconds only where they matter.
func (g *judgement) stamp(t time.Time) string {
	t = t.In(g.cal.Zone())
	if t.Second() != 0 {
		return t.Format("2006-01-02 15:04:05")
	}
	return t.Format("2006-01-02 15:04")
}

var weekdaysZH = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// stampDays is stamp with the day of the week.
func (g *judgement) stampDays(t time.Time) (zh, en string) {
	day := g.cal.DateOf(t).Weekday()
	s := g.stamp(t)
	return s[:10] + "（" + weekdaysZH[day] + "）" + s[11:], day.String()[:3] + " " + s
}

// limitZH writes a limit; a count of its units is written as one.
func limitZH(l approval.Limit) string {
	switch l.Unit {
	case approval.Seconds:
		return spanZH(l.N)
	case approval.WorkingSeconds:
		return spanZH(l.N) + "（办公时间）"
	case approval.CalendarDays:
		return fmt.Sprintf("%d 日（自然日）", l.N)
	case approval.WorkingHours:
		return fmt.Sprintf("%d 个工作小时", l.N)
	}
	return fmt.Sprintf("%d 个工作日", l.N)
}

// promiseZH writes a limit as such: of no days, the same day.
func promiseZH(l approval.Limit) string {
	if l.SameDay() {
		return "当日（0 日）"
	}
	return limitZH(l)
}

func promiseEN(l approval.Limit) string {
	if l.SameDay() {
		return "the same day (0 days)"
	}
	return limitEN(l)
}

// spanZH writes a number of seconds, of which a span of no time is one, too.
func spanZH(n int) (out string) {
	for _, u := range [...]struct {
		seconds int
		name    string
	}{{3600, "小时"}, {60, "分"}, {1, "秒"}} {
		if n >= u.seconds || u.seconds == 1 && out == "" {
			out += fmt.Sprintf(" %d %s", n/u.seconds, u.name)
			n %= u.seconds
		}
	}
	return out[1:]
}

func spanEN(n int) (out string) {
	for _, u := range [...]struct {
		seconds int
		name    string
	}{{3600, "h"}, {60, "min"}, {1, "s"}} {
		if n >= u.seconds || u.seconds == 1 && out == "" {
			out += fmt.Sprintf(" %d %s", n/u.seconds, u.name)
			n %= u.seconds
		}
	}
	return out[1:]
}

func limitEN(l approval.Limit) string {
	unit := "working day"
	switch l.Unit {
	case approval.Seconds:
		return spanEN(l.N)
	case approval.WorkingSeconds:
		return spanEN(l.N) + " of office hours"
	case approval.CalendarDays:
		unit = "calendar day"
	case approval.WorkingHours:
		unit = "working hour"
	}
	return countEN(l.N, unit, unit+"s")
}

// countEN is a number with what it counts: 1 record, 2 records.
func countEN(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// kindWords names event kinds in the sentences of this package.
func kindWords(k approval.EventKind) (zh, en string) {
	switch k {
	case approval.Received:
		return "收件", "received"
	case approval.Accepted:
		return "受理", "accepted"
	case approval.SupplementRequested:
		return "要求补正", "supplement requested"
	case approval.SupplementReceived:
		return "补正", "supplement received"
	case approval.StepStarted:
		return "环节开始", "step started"
	case approval.StepFinished:
		return "环节完成", "step finished"
	case approval.Paused:
		return "挂起", "paused"
	case approval.Resumed:
		return "恢复", "resumed"
	case approval.Extended:
		return "延长", "extended"
	case approval.Decided:
		return "决定", "decided"
	case approval.Withdrawn:
		return "撤回", "withdrawn"
	case approval.Voided:
		return "作废", "voided"
	case approval.Forwarded:
		return "转报", "forwarded"
	case approval.Delivered:
		return "送达", "delivered"
	case approval.RefusalGrounds:
		return "存在否定理由", "grounds of refusal recorded"
	}
	return "记录", "noted"
}

func pauseKindWords(k approval.PauseKind) (zh, en string) {
	switch k {
	case approval.PauseHearing:
		return "听证", "hearing"
	case approval.PauseTender:
		return "招标", "tender"
	case approval.PauseAuction:
		return "拍卖", "auction"
	case approval.PauseInspection:
		return "检验", "inspection"
	case approval.PauseTest:
		return "检测", "test"
	case approval.PauseQuarantine:
		return "检疫", "quarantine"
	case approval.PauseAppraisal:
		return "鉴定", "appraisal"
	case approval.PauseExpert:
		return "专家评审", "expert review"
	case "":
		return "未说明种类", "kind not stated"
	}
	return "“" + string(k) + "”", fmt.Sprintf("%q", string(k))
}

func outcomeWords(o Outcome) (zh, en string) {
	switch o {
	case Granted:
		return "准予", "granted"
	case Refused:
		return "不予许可", "refused"
	case NotAccepted:
		return "不予受理", "not accepted"
	case Returned:
		return "退件", "returned"
	case Withdrawn:
		return "申请人撤回", "withdrawn by the applicant"
	case Voided:
		return "作废", "voided"
	case Forwarded:
		return "转报", "forwarded"
	}
	return "已决定", "decided"
}

// fault is one named fault and what it is called.
type fault[T any] struct {
	bit    T
	zh, en string
}

// join names the faults of a set.
func join[T ~uint8](set T, names []fault[T]) (zh, en string) {
	var z, e []string
	for _, n := range names {
		if set&n.bit != 0 {
			z, e = append(z, n.zh), append(e, n.en)
		}
	}
	return strings.Join(z, "；"), strings.Join(e, "; ")
}
