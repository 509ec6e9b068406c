package rules

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
