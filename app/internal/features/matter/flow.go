// Package matter is what comes of the findings of visits and reviews, and of
// bad ratings. A finding the office assesses (研判) and hands to the department
// (交办), which replies (答复); the office verifies on the spot where it must
// (复访) and closes it (销号). Who noted the finding reads what became of it. A
// bad rating is the department's from the start: see RatingFlow. All of it is
// acts in the journal; the tables follow from them.
//
// Departments never see who noted a finding, nor what they wrote: they see what
// the office wrote for them when it handed the matter over. Of a rating they
// read what was said, and not by whom.
package matter

import (
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// Roles of the flow.
const (
	Office     = "office"     // head and staff of the supervision office
	Department = "department" // the department's liaison
)

// States of the flow.
const (
	Assess    = "assess"
	Assigned  = "assigned"
	Objected  = "objected"
	Replied   = "replied"
	Revisit   = "revisit"
	Revisited = "revisited"
	Closed    = "closed"
	Dropped   = "dropped"
)

// Actions that the package asks about.
const (
	assign   = "assign"
	reply    = "reply"
	replyFor = "reply_for"
	object   = "object"
)

// The office's practice, in working days.
const (
	officeDays   = 2 // to assess, and to decide on what a department sent
	replyDays    = 5
	revisitDays  = 5
	longestReply = 10 // with an extension
)

var (
	desk = []string{Office}
	dept = []string{Department}
)

// text is a field of some sentences.
func text(name string, w, hint workflow.Words) workflow.Field {
	return workflow.Field{Name: name, Words: w, Hint: hint, Required: true, Min: 4, Max: 2000}
}

var (
	told    = workflow.Words{ZH: "监督员和部门都会看到，请不要写出监督员或申请人是谁", EN: "The volunteer and the department read this; do not say who the volunteer or an applicant is"}
	forThem = workflow.Words{ZH: "部门会看到", EN: "The department reads this"}

	replyMore = extension{of: Assigned, days: replyDays, longest: longestReply}
)

func reason(hint workflow.Words) workflow.Field {
	return text("reason", workflow.Words{ZH: "理由", EN: "Reason"}, hint)
}

// Flow is the way of what a visit or a review found. Its deadlines are the
// office's practice; a department's runs on while the office decides on an
// extension.
var Flow = workflow.Definition{
	Name: "matter",
	Roles: []workflow.Role{
		{Name: Office, Words: workflow.Words{ZH: "效能办", EN: "the office"}},
		{Name: Department, Words: workflow.Words{ZH: "部门联络员", EN: "the department's liaison"}},
	},
	Start: Assess, Days: officeDays, On: Office,
	States: []workflow.State{
		{Name: Assess, Words: workflow.Words{ZH: "研判中", EN: "Being assessed"}},
		{Name: Assigned, Words: workflow.Words{ZH: "待部门答复", EN: "Awaiting the reply"}},
		{Name: Extension, Words: workflow.Words{ZH: "部门申请延期", EN: "More time asked for"}},
		{Name: Objected, Words: workflow.Words{ZH: "部门有异议", EN: "Objected to"}},
		{Name: Replied, Words: workflow.Words{ZH: "已答复，待核实", EN: "Replied, to be verified"}},
		{Name: Revisit, Words: workflow.Words{ZH: "待复访", EN: "Re-visit arranged"}},
		{Name: Revisited, Words: workflow.Words{ZH: "已复访，待销号", EN: "Re-visited, to be closed"}},
		{Name: Closed, Words: workflow.Words{ZH: "已销号", EN: "Closed"}, Final: true},
		{Name: Dropped, Words: workflow.Words{ZH: "不成立", EN: "Not upheld"}, Final: true},
	},
	Actions: []workflow.Action{
		{Name: assign, Words: workflow.Words{ZH: "交办", EN: "Assign"}, From: []string{Assess}, To: Assigned, By: desk,
			Fields: []workflow.Field{text("task", workflow.Words{ZH: "交办内容", EN: "What the department is told"},
				workflow.Words{ZH: "部门只看到这里写的内容，请不要写出监督员或申请人是谁", EN: "The department reads this and nothing else; do not say who the volunteer or an applicant is"})},
			Clock: workflow.Starts, Days: replyDays, On: Department},
		{Name: "drop", Words: workflow.Words{ZH: "不予交办", EN: "Do not uphold"}, From: []string{Assess}, To: Dropped, By: desk,
			Fields: []workflow.Field{reason(workflow.Words{ZH: "记下这件事的监督员会看到", EN: "The volunteer who noted it reads this"})}},

		replying(Assigned, told),
		replyMore.ask(),
		urging("urge", Assigned),
		{Name: object, Words: workflow.Words{ZH: "提出异议", EN: "Object"}, From: []string{Assigned}, To: Objected, By: dept,
			Fields: []workflow.Field{reason(workflow.Words{ZH: "只能提出一次，由效能办复核", EN: "Can be done once; the office decides"})}, Once: true,
			Clock: workflow.Starts, Days: officeDays, On: Office},

		replyMore.grant(),
		replyMore.refuse(),
		{Name: "overrule", Words: workflow.Words{ZH: "异议不成立", EN: "Overrule the objection"}, From: []string{Objected}, To: Assigned, By: desk,
			Fields: []workflow.Field{reason(workflow.Words{ZH: "部门会看到，并重新计算答复期限", EN: "The department reads this, and has its full time to reply again"})},
			NotBy:  []string{object}, Clock: workflow.Starts, Days: replyDays, On: Department},
		{Name: "sustain", Words: workflow.Words{ZH: "异议成立，撤回交办", EN: "Sustain the objection"}, From: []string{Objected}, To: Dropped, By: desk,
			Fields: []workflow.Field{reason(told)}, NotBy: []string{object}},

		{Name: "close", Words: workflow.Words{ZH: "销号", EN: "Close"}, From: []string{Replied, Revisited}, To: Closed, By: desk,
			Fields: []workflow.Field{text("conclusion", workflow.Words{ZH: "结论", EN: "Conclusion"}, told)}, NotBy: []string{reply}},
		{Name: "arrange", Words: workflow.Words{ZH: "安排复访", EN: "Arrange a re-visit"}, From: []string{Replied}, To: Revisit, By: desk,
			Fields: []workflow.Field{{Name: "note", Words: workflow.Words{ZH: "安排", EN: "Arrangement"}, Max: 500,
				Hint: workflow.Words{ZH: "谁去、什么时候去；复访有结果之前部门看不到", EN: "Who goes, and when; the department does not see it before there is a result"}}},
			NotBy: []string{reply}, Clock: workflow.Starts, Days: revisitDays, On: Office},
		{Name: "record", Words: workflow.Words{ZH: "登记复访结果", EN: "Record the re-visit"}, From: []string{Revisit}, To: Revisited, By: desk,
			Fields: []workflow.Field{text("found", workflow.Words{ZH: "复访看到的情况", EN: "What was found"}, told)},
			NotBy:  []string{reply}, Clock: workflow.Starts, Days: officeDays, On: Office},
		{Name: "send_back", Words: workflow.Words{ZH: "退回重办", EN: "Send back"}, From: []string{Replied, Revisited}, To: Assigned, By: desk,
			Fields: []workflow.Field{reason(workflow.Words{ZH: "部门会看到，并重新计算答复期限", EN: "The department reads this, and has its full time to reply again"})},
			NotBy:  []string{reply}, Clock: workflow.Starts, Days: replyDays, On: Department},
		inPlace(replying(Assigned, told)),
	},
}

// replying answers what is with the department, also while more time is asked
// for.
func replying(from string, hint workflow.Words) workflow.Action {
	return workflow.Action{Name: reply, Words: workflow.Words{ZH: "答复", EN: "Reply"}, From: []string{from, Extension}, To: Replied, By: dept,
		Fields: []workflow.Field{text("reply", workflow.Words{ZH: "核查情况和整改措施", EN: "What was found and what is done about it"}, hint)},
		Clock:  workflow.Starts, Days: officeDays, On: Office}
}

// inPlace is a department's action as the office takes it in its place, for a
// department that told it otherwise than by its liaison, or has none.
func inPlace(a workflow.Action) workflow.Action {
	a.Name += "_for"
	a.Words.ZH, a.Words.EN = "代部门登记："+a.Words.ZH, "For the department: "+strings.ToLower(a.Words.EN[:1])+a.Words.EN[1:]
	a.By, a.For = desk, Department
	return a
}

// urging presses a department whose deadline has passed for what it owes (催办).
// Nothing else changes: the deadline that passed stays the one it missed.
func urging(name, state string) workflow.Action {
	return workflow.Action{Name: name, Words: workflow.Words{ZH: "催办", EN: "Press for it"}, From: []string{state}, To: state, By: desk, Late: true,
		Fields: []workflow.Field{text("urged", workflow.Words{ZH: "催办内容", EN: "What the department is told"}, forThem)}}
}
