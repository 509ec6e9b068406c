package rules

var _ = licensed((*judgement).notices,
	Rule{
		Code: "V05", Level: Yellow, NameZH: "逾期未一次性告知", NameEN: "Not told in time what is missing",
		BasisZH: "行政许可法第32条：五日内未告知的，自收到之日起即为受理",
		BasisEN: "Administrative Licensing Law art. 32: without a notice within five days the application counts as accepted on the day of receipt",
	},
	Rule{
		Code: "V06", Level: Yellow, NameZH: "多次要求补正", NameEN: "Papers asked for more than once",
		BasisZH: "行政许可法第32条：应当一次告知需要补正的全部内容",
		BasisEN: "Administrative Licensing Law art. 32: everything missing must be told at once",
	},
)

// notices is art. 32: V05, nothing was said within five working days, and V06,
// papers were asked for more than once.
func (g *judgement) notices() {
	if g.deemed {
		g.find(Finding{
			Rule: "V05", Level: Yellow, RaisedAt: g.noticeDue, Evidence: evidence(g.received),
		}, g.noticeWords())
	}
	if len(g.requests) > 1 {
		g.find(Finding{
			Rule: "V06", Level: Yellow, RaisedAt: g.requests[1].OccurredAt,
			Evidence: evidence(g.requests...),
		}, g.requestWords())
	}
}
