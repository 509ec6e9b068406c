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
// tell who reviewed.
var plainWords = map[string][2]string{
	seated:   {"安排评议人", "Found a reviewer"},
	declared: {"声明是否回避", "Said whether they have an interest in what they review"},
	judged:   {"提交评议意见", "Gave a verdict"},
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
	}
	w, known := plainWords[a.Type]
	return w[0], w[1], known
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
