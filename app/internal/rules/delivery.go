package rules

var _ = licensed((*judgement).delivery,
	Rule{
		Code: "V28", Level: Yellow, NameZH: "送达迟延", NameEN: "Delivered late",
		BasisZH: "行政许可法第44条：自作出决定之日起十日内送达",
		BasisEN: "Administrative Licensing Law art. 44: delivered within ten days of the decision",
	},
)

// delivery is V28: a permit that reached its applicant later than the law allows
// after it was granted. One that was never handed over is not told of: that there
// is something to hand over no department says.
func (g *judgement) delivery() {
	if g.outcome() != Granted || g.delivered == nil {
		return
	}
	due := g.workingDaysAfter(g.end.Effective(), deliveryDays)
	if at := g.delivered.Effective(); later(at, due) {
		var w words
		w.add("%[1]s 准予，应不迟于其后第 %[3]d 个工作日 %[2]s 送达，%[4]s 才送达。", "Granted %[1]s; to be delivered by %[2]s, working day %[3]d after it, and delivered %[4]s.",
			g.stamp(g.end.Effective()), g.stamp(due), deliveryDays, g.stamp(at))
		g.find(Finding{Rule: "V28", Level: Yellow, RaisedAt: at, Evidence: evidence(g.end, g.delivered)}, w)
	}
}

// deliveryDays are the working days within which a permit is delivered.
const deliveryDays = 10
