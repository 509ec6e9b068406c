package volunteers

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/intake"
)

var kindWords = map[Kind][2]string{
	Rejection:     {"否定报备", "rejections"},
	Overdue:       {"超时", "overdue cases"},
	Authorization: {"首席代表授权", "authorizations"},
	Finding:       {"异常", "findings"},
}

// plainWords tell what single volunteers did, and that one was found for a review,
// without who it was and without what it was about: of both together one could
// tell who reviewed and who visited.
var plainWords = map[string][2]string{
	seated:            {"安排评议人", "Found a reviewer"},
	declared:          {"声明是否回避", "Said whether they have an interest in what they review"},
	judged:            {"提交评议意见", "Gave a verdict"},
	visitFiled:        {"提交暗访记录", "Filed a visit"},
	visitSupplemented: {"补充暗访记录", "Added to a visit"},
	routeDeclined:     {"说明一次暗访去不了", "Said that they cannot go on a planned visit"},
}

// Words tell an act to people.
func Words(a *intake.RecordedAct) (zh, en string, known bool) {
	switch a.Type {
	case putUp:
		d, err := intake.DataOf[putUpData](a)
		if err != nil {
			return "", "", false
		}
		zh, en = d.words()
		return zh, en, true
	case planSet:
		p, err := intake.DataOf[Plan](a)
		if err != nil {
			return "", "", false
		}
		zh, en = p.words()
		return zh, en, true
	case visitPlanned:
		d, err := intake.DataOf[visitPlannedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("安排暗访：%s %s", d.Department, d.Date), fmt.Sprintf("Planned a visit: %s, %s", d.Department, d.Date), true
	case noteRated:
		d, err := intake.DataOf[noteRatedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("评价督办 #%d 的记录：事实 %d 分，态度 %d 分", d.Matter, d.Facts, d.Fairness),
			fmt.Sprintf("Rated the note of matter #%d: facts %d, fairness %d", d.Matter, d.Facts, d.Fairness), true
	case routePlanned:
		r, err := intake.DataOf[Route](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("安排暗访：%s，%d 站", r.Date, len(r.Stops)), fmt.Sprintf("Planned a visit: %s, %s", r.Date, stopsEN(len(r.Stops))), true
	case routeChanged:
		d, err := intake.DataOf[routeChangedData](a)
		if err != nil {
			return "", "", false
		}
		return fmt.Sprintf("调整暗访安排：%s，%d 站", d.Date, len(d.Stops)), fmt.Sprintf("Changed a planned visit: %s, %s", d.Date, stopsEN(len(d.Stops))), true
	case routeCancelled:
		return "取消暗访安排", "Cancelled a planned visit", true
	}
	w, known := plainWords[a.Type]
	return w[0], w[1], known
}

func stopsEN(n int) string {
	if n == 1 {
		return "1 stop"
	}
	return fmt.Sprintf("%d stops", n)
}

func (d *putUpData) words() (zh, en string) {
	kind, n := kindWords[d.Kind], len(d.Reviews)
	switch {
	case d.Draw == nil:
		return fmt.Sprintf("送交评议：%s（%s）", kind[0], d.Reason), fmt.Sprintf("Put up for review: %s (%s)", kind[1], d.Reason)
	case d.Period != "":
		return fmt.Sprintf("按计划抽取评议：%s %d 项", kind[0], n), fmt.Sprintf("Drew by plan for review: %s, %d", kind[1], n)
	}
	return fmt.Sprintf("抽取评议：%s %d 项", kind[0], n), fmt.Sprintf("Drew for review: %s, %d", kind[1], n)
}

func (p *Plan) words() (zh, en string) {
	switch p.Every {
	case Weekly:
		return "设定评议计划：每周抽取", "Set the review plan: weekly"
	case Monthly:
		return "设定评议计划：每月抽取", "Set the review plan: monthly"
	}
	return "停用评议计划", "Stopped the review plan"
}
