package intake

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// caseWords says in which figure a case's row is not the one that was computed.
func caseWords(stored, computed *store.CaseRow) (zh, en string) {
	moment := func(m int64) (string, string) {
		if m == 0 {
			return "无", "none"
		}
		t := officeTime(store.Time(m))
		return t, t
	}
	number := func(n int) (string, string) { return fmt.Sprint(n), fmt.Sprint(n) }
	said := func(s string) (string, string) {
		if s == "" {
			return "空白", "nothing"
		}
		return "“" + s + "”", fmt.Sprintf("%q", s)
	}
	word := func(v *vocab.Vocabulary, key string) (string, string) { return v.ZH(key), key }
	for _, f := range []struct {
		zh, en string
		same   bool
		value  func(*store.CaseRow) (string, string)
	}{
		{"状态", "state", stored.State == computed.State, func(c *store.CaseRow) (string, string) {
			return word(vocab.CaseStates, store.States.Word(int64(c.State)))
		}},
		{"办理结果", "outcome", stored.Outcome == computed.Outcome, func(c *store.CaseRow) (string, string) { return word(vocab.Outcomes, store.OutcomeWord(c.Outcome)) }},
		{"级别", "level", stored.Level == computed.Level, func(c *store.CaseRow) (string, string) { return word(vocab.Levels, store.LevelWord(c.Level)) }},
		{"收件时间", "moment of receipt", stored.Received == computed.Received, func(c *store.CaseRow) (string, string) { return moment(c.Received) }},
		{"受理时间", "moment of acceptance", stored.Accepted == computed.Accepted, func(c *store.CaseRow) (string, string) { return moment(c.Accepted) }},
		{"办结时间", "moment of its end", stored.Ended == computed.Ended, func(c *store.CaseRow) (string, string) { return moment(c.Ended) }},
		{"送达时间", "moment of delivery", stored.Sent == computed.Sent, func(c *store.CaseRow) (string, string) { return moment(c.Sent) }},
		{"到期时间", "due moment", stored.Due == computed.Due, func(c *store.CaseRow) (string, string) { return moment(c.Due) }},
		{"法定到期时间", "statutory due moment", stored.StatutoryDue == computed.StatutoryDue, func(c *store.CaseRow) (string, string) { return moment(c.StatutoryDue) }},
		{"最近一次记录的时间", "moment of its last event", stored.Last == computed.Last, func(c *store.CaseRow) (string, string) { return moment(c.Last) }},
		{"下次核算时间", "moment when it is judged next", stored.Next == computed.Next, func(c *store.CaseRow) (string, string) { return moment(c.Next) }},
		{"时限", "limit", stored.LimitN == computed.LimitN && stored.LimitUnit == computed.LimitUnit, func(c *store.CaseRow) (string, string) { return number(c.LimitN) }},
		{"已用", "time used", stored.Used == computed.Used, func(c *store.CaseRow) (string, string) { return number(c.Used) }},
		{"延长", "extension", stored.Extended == computed.Extended, func(c *store.CaseRow) (string, string) { return number(c.Extended) }},
		{"补正次数", "number of requests for papers", stored.Requests == computed.Requests, func(c *store.CaseRow) (string, string) { return number(c.Requests) }},
		{"挂起", "time paused", stored.Paused == computed.Paused, func(c *store.CaseRow) (string, string) { return number(c.Paused) }},
		{"记录条数", "number of events", stored.Events == computed.Events, func(c *store.CaseRow) (string, string) { return number(c.Events) }},
		{"申请人", "applicant", stored.Applicant == computed.Applicant, func(c *store.CaseRow) (string, string) { return said(c.Applicant) }},
		{"项目", "project", stored.Project == computed.Project, func(c *store.CaseRow) (string, string) { return said(c.Project) }},
		{"经办人", "handler", stored.Handler == computed.Handler, func(c *store.CaseRow) (string, string) { return said(c.Handler) }},
		{"窗口", "window", stored.Window == computed.Window, func(c *store.CaseRow) (string, string) { return said(c.Window) }},
		{"核算时点", "moment that it is judged for", stored.Judged == computed.Judged, func(c *store.CaseRow) (string, string) { return moment(c.Judged) }},
	} {
		if !f.same {
			haveZH, haveEN := f.value(stored)
			wantZH, wantEN := f.value(computed)
			return fmt.Sprintf("办件 %s 的%s登记为%s，按存证推算应为%s：登记被改动过。", stored.CaseNo, f.zh, haveZH, wantZH),
				fmt.Sprintf("The %s of case %s stands as %s, but the journal gives %s: it was changed.", f.en, stored.CaseNo, haveEN, wantEN)
		}
	}
	return fmt.Sprintf("办件 %s 的标记（超时、挂起、提前等）与存证推算的结果不一致：登记被改动过。", stored.CaseNo),
		fmt.Sprintf("The marks of case %s (overdue, paused, early …) are not what the journal gives: they were changed.", stored.CaseNo)
}

// tableNames are the tables' names in a sentence.
var tableNames = map[string][2]string{
	"departments": {"部门表", "the departments"}, "items": {"事项表", "the items"}, "item_versions": {"事项的各版本", "the versions of items"}, "authorizations": {"首席代表授权", "the authorizations"},
	"ratings": {"好差评", "the ratings"}, "reports": {"部门报送索引", "the index of reports"}, "journal": {"存证", "the journal"},
	"findings": {"异常表", "the findings"}, "register_overdue": {"超时登记", "the overdue register"}, "register_rejections": {"否定报备登记", "the register of rejections"},
	"accounts": {"人员账户", "the accounts"}, "factor_roles": {"两步验证设置", "the roles that need a second factor"},
	"draws": {"评议抽取", "the draws"}, "reviews": {"评议", "the reviews"}, "review_seats": {"评议席位", "the reviewers' seats"}, "review_plans": {"评议计划", "the review plans"},
	"review_declarations": {"回避声明", "the declarations of interest"}, "visits": {"暗访", "the visits"}, "visit_plans": {"走访计划", "the visit plans"},
	"visit_plan_members": {"走访人员", "the visitors"}, "visit_plan_stops": {"走访地点", "the stops of visits"}, "visit_supplements": {"走访补充", "the supplements of visits"},
	"visit_interests": {"走访回避", "the interests of visitors"}, "matters": {"督办", "the matters"}, "matter_steps": {"督办经过", "the steps of matters"},
	"terms": {"聘期", "the terms"}, "term_changes": {"聘期变动", "the changes of terms"}, "trainings": {"培训", "the trainings"}, "training_members": {"培训人员", "those who were trained"},
	"appraisals": {"考评", "the appraisals"}, "note_ratings": {"建议评分", "the ratings of notes"}, "note_rated": {"已评建议", "the notes that were rated"},
	"callback_draws": {"回访抽取", "the draws of call-backs"}, "callbacks": {"回访", "the call-backs"}, "callback_tries": {"回访记录", "the tries of call-backs"},
	"rating_imports": {"好差评导入", "the imports of ratings"}, "rating_called": {"回访所得的满意度", "what raters said when called back"},
}

func tableWords(table string) (zh, en string) {
	if n, known := tableNames[table]; known {
		return n[0], n[1]
	}
	return "派生的数据", "the table " + table
}
