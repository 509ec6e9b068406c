package matter

import "github.com/mingcha-console/mingcha/app/internal/workflow"

// Console is who takes the steps that follow from what departments report.
const Console = "console"

// States of a bad rating's flow besides those that it shares.
const (
	Contact = "contact"
	Rectify = "rectify"
)

// Actions of a bad rating's flow that the console takes.
const (
	Reported  = "reported"  // the department's system says that the rater was contacted
	Anonymous = "anonymous" // nobody left a name or a number to contact
)

const (
	contactDays = 1 // working days; 安阳市政务服务条例 Art. 52, 上海市优化营商环境条例 Art. 30
	rectifyDays = 5 // working days; as Dezhou has it

	longestRectify = 15 // working days with an extension, for what cannot be put right at once; as a city of Sichuan has it
)

var rectifyMore = extension{of: Rectify, days: rectifyDays, longest: longestRectify}

// RatingFlow is the way of a bad rating (差评). The department contacts who gave
// it within one working day of the rating (V25 差评未联系 if not), puts right
// what was wrong and replies; the office verifies. Where nobody can be reached,
// the reason stands in place of what they said. A department that thinks a
// rating wrong objects after it has tried, since the rater may say so too.
var RatingFlow = workflow.Definition{
	Name: "rating",
	Roles: []workflow.Role{
		{Name: Office, Words: workflow.Words{ZH: "效能办", EN: "the office"}},
		{Name: Department, Words: workflow.Words{ZH: "部门联络员", EN: "the department's liaison"}},
		{Name: Console, Words: workflow.Words{ZH: "系统", EN: "the console"}},
	},
	Start: Contact, Days: contactDays, On: Department,
	States: []workflow.State{
		{Name: Contact, Words: workflow.Words{ZH: "待联系", EN: "To be contacted"}},
		{Name: Rectify, Words: workflow.Words{ZH: "待整改", EN: "To be put right"}},
		{Name: Extension, Words: workflow.Words{ZH: "部门申请延期", EN: "More time asked for"}},
		{Name: Objected, Words: workflow.Words{ZH: "部门有异议", EN: "Objected to"}},
		{Name: Replied, Words: workflow.Words{ZH: "已答复，待核实", EN: "Replied, to be verified"}},
		{Name: Closed, Words: workflow.Words{ZH: "已销号", EN: "Closed"}, Final: true},
		{Name: Dropped, Words: workflow.Words{ZH: "不成立", EN: "Not upheld"}, Final: true},
	},
	Actions: []workflow.Action{
		contacting("contacted", "已联系评价人", "Contacted the rater", said),
		contacting("unreached", "联系不上评价人", "Could not reach the rater", tried),
		inPlace(contacting("contacted", "已联系评价人", "Contacted the rater", said)),
		inPlace(contacting("unreached", "联系不上评价人", "Could not reach the rater", tried)),
		{Name: Reported, Words: workflow.Words{ZH: "部门系统报告：已联系评价人", EN: "Contacted, as the department's system reports"}, From: []string{Contact}, To: Rectify, By: []string{Console}, For: Department,
			Fields: []workflow.Field{{Name: "result", Words: workflow.Words{ZH: "联系结果", EN: "Result"}, Max: 2000}},
			Clock:  workflow.Starts, Days: rectifyDays, On: Department},
		{Name: Anonymous, Words: workflow.Words{ZH: "匿名评价，无法联系", EN: "Anonymous, nobody to contact"}, From: []string{Contact}, To: Rectify, By: []string{Console},
			Clock: workflow.Starts, Days: rectifyDays, On: Department},

		replying(Rectify, discreet),
		rectifyMore.ask(),
		urging("urge", Contact),
		urging("urge_rectify", Rectify),
		{Name: object, Words: workflow.Words{ZH: "提出异议", EN: "Object"}, From: []string{Rectify}, To: Objected, By: dept,
			Fields: []workflow.Field{reason(workflow.Words{ZH: "如：评的不是本部门、恶意评价、误按。只能提出一次，由效能办复核", EN: "Such as: about somebody else, malicious, pressed by mistake. Can be done once; the office decides"})}, Once: true,
			Clock: workflow.Starts, Days: officeDays, On: Office},

		rectifyMore.grant(),
		rectifyMore.refuse(),
		{Name: "overrule", Words: workflow.Words{ZH: "异议不成立", EN: "Overrule the objection"}, From: []string{Objected}, To: Rectify, By: desk,
			Fields: []workflow.Field{anew}, NotBy: []string{object}, Clock: workflow.Starts, Days: rectifyDays, On: Department},
		{Name: "uphold", Words: workflow.Words{ZH: "异议成立，差评不成立", EN: "Uphold the objection"}, From: []string{Objected}, To: Dropped, By: desk,
			Fields: []workflow.Field{reason(forThem)}, NotBy: []string{object}},
		{Name: "close", Words: workflow.Words{ZH: "销号", EN: "Close"}, From: []string{Replied}, To: Closed, By: desk,
			Fields: []workflow.Field{text("conclusion", workflow.Words{ZH: "结论", EN: "Conclusion"}, forThem)}, NotBy: []string{reply}},
		{Name: "send_back", Words: workflow.Words{ZH: "退回重办", EN: "Send back"}, From: []string{Replied}, To: Rectify, By: desk,
			Fields: []workflow.Field{anew}, NotBy: []string{reply}, Clock: workflow.Starts, Days: rectifyDays, On: Department},
		inPlace(replying(Rectify, discreet)),
	},
}

var (
	discreet = workflow.Words{ZH: "请不要写出评价人的姓名和电话", EN: "Do not write the rater's name or number"}

	said  = text("said", workflow.Words{ZH: "评价人说了什么", EN: "What the rater said"}, discreet)
	tried = text("tried", workflow.Words{ZH: "何时、怎样联系过，为什么联系不上", EN: "When and how it was tried, and why in vain"}, discreet)
	anew  = reason(workflow.Words{ZH: "部门会看到，并重新计算整改期限", EN: "The department reads this, and has its full time again"})
)

// contacting is a way in which the duty to contact is done.
func contacting(name, zh, en string, brings workflow.Field) workflow.Action {
	return workflow.Action{Name: name, Words: workflow.Words{ZH: zh, EN: en}, From: []string{Contact}, To: Rectify, By: dept,
		Fields: []workflow.Field{brings}, Clock: workflow.Starts, Days: rectifyDays, On: Department}
}
