package casefile

import (
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// reported are the filters of what departments report and we compute, of a register.
func reported(register string) []list.Filter[*narrowing] {
	return []list.Filter[*narrowing]{
		byDepartment("dept"),
		list.ByPhrase(numberOrItem, byNumberOrItem(register, "case_no", "item")),
		byWords("agreement", "双方核对", "Agreement", vocab.Agreements, "agreement", store.Agreements).
			Documented("whether the department's report and our computation agree"),
	}
}

// ranged tells whether a register is narrowed by a number's beginning or a span, whose
// indexes hold all else that it can be narrowed by.
func ranged(a list.Ask) bool {
	return a.Text("text") != "" || a.Text("decided_from") != "" || a.Text("decided_to") != ""
}

// fewInRange is up to how many rows of such a range are sorted: it may lie far back in
// the list's order.
const fewInRange = 6000

var byDecided = list.Filter[*narrowing]{Parameter: list.ByTime[*narrowing]("decided_from", "decided_to", "决定日期", "Date decided", "", "").Parameter,
	Where: func(w *store.Where, _ *narrowing, g list.Given) error {
		w.FindSpan("decided_at", g.From, g.To)
		return nil
	}}

// OverdueList describes the overdue register: what we found beside what was
// reported.
var OverdueList = &list.List[OverdueRow, *narrowing]{
	Name: "overdue", ZH: "超时登记", EN: "Overdue register", Fixed: true, Filters: reported("register_overdue"),
	Columns: []list.Column[OverdueRow]{
		list.Text("case_no", "办件编号", "Case no.", 24, func(o *OverdueRow) string { return o.CaseNo }),
		list.Department("department", "部门", "Department", 14, func(o *OverdueRow) string { return o.Department }),
		list.Text("item_name", "事项名称", "Item", 28, func(o *OverdueRow) string { return o.ItemName }),
		list.Word("agreement", "双方核对", "Agreement", 12, vocab.Agreements, func(o *OverdueRow) string { return o.Agreement }),
		list.Word("clock", "时限", "Limit", 10, vocab.Clocks, func(o *OverdueRow) string { return o.Clock }),
		list.Moment("due_at", "到期时间", "Due", 20, func(o *OverdueRow) time.Time { return o.DueAt }),
		list.Moment("ended_at", "办结时间", "Ended", 20, func(o *OverdueRow) time.Time { return o.EndedAt }),
		list.Number("over_by", "超出", "Over by", 8, func(o *OverdueRow) int { return o.OverBy }),
		list.Word("unit", "单位", "Unit", 10, vocab.Units, func(o *OverdueRow) string { return o.Unit }),
		list.Number("paused", "挂起", "Paused", 8, func(o *OverdueRow) int { return o.Paused }),
		list.Flag("paused_now", "正在挂起", "Paused now", 8, func(o *OverdueRow) bool { return o.PausedNow }),
		list.Moment("reported_at", "部门报告时间", "Reported", 20, func(o *OverdueRow) time.Time { return o.ReportedAt }),
		list.Text("reported_over_by", "部门报的超出", "Over by, as reported", 12, func(o *OverdueRow) string { return o.ReportedOverBy }),
		list.Text("responsible", "责任人", "Responsible", 14, func(o *OverdueRow) string { return o.Responsible }),
		list.Text("explanation", "部门说明", "Explanation", 50, func(o *OverdueRow) string { return o.Explanation }),
		list.Word("figures", "天数核对", "Figures", 12, vocab.Figures, func(o *OverdueRow) string { return o.Figures }),
		list.Flag("by_registration", "登记口径超时", "Overdue by registration", 8, func(o *OverdueRow) bool { return o.ByRegistration }),
	},
}

// RejectionList describes the register of rejections.
var RejectionList = &list.List[RejectionRow, *narrowing]{
	Name: "rejections", ZH: "否定报备", EN: "Rejection register", Fixed: true,
	Filters: append(reported("register_rejections"), byWords("stage", "情形", "Stage", vocab.Stages, "stage", store.Stages), byDecided),
	Columns: []list.Column[RejectionRow]{
		list.Text("case_no", "办件编号", "Case no.", 24, func(r *RejectionRow) string { return r.CaseNo }),
		list.Department("department", "部门", "Department", 14, func(r *RejectionRow) string { return r.Department }),
		list.Text("item_name", "事项名称", "Item", 28, func(r *RejectionRow) string { return r.ItemName }),
		list.Word("agreement", "双方核对", "Agreement", 12, vocab.Agreements, func(r *RejectionRow) string { return r.Agreement }),
		list.Word("stage", "情形", "Stage", 14, vocab.Stages, func(r *RejectionRow) string { return r.Stage }),
		list.Moment("decided_at", "决定时间", "Decided", 20, func(r *RejectionRow) time.Time { return r.DecidedAt }),
		list.Text("reason", "理由", "Reason", 40, func(r *RejectionRow) string { return r.Reason }),
		list.Text("legal_basis", "法律依据", "Legal basis", 30, func(r *RejectionRow) string { return r.LegalBasis }),
		list.Flag("remedies_told", "已告知救济途径", "Remedies told", 8, func(r *RejectionRow) bool { return r.RemediesTold }),
		list.Text("notice_no", "文书号", "Notice no.", 18, func(r *RejectionRow) string { return r.NoticeNo }),
		list.Text("filing_no", "报备号", "Filing no.", 18, func(r *RejectionRow) string { return r.FilingNo }),
		list.Moment("filed_at", "报备时间", "Filed", 20, func(r *RejectionRow) time.Time { return r.FiledAt }),
		list.Text("leader_opinion", "领导意见", "Leader's opinion", 30, func(r *RejectionRow) string { return r.LeaderOpinion }),
	},
}

// AuthorizationList describes the register of chief-representative
// authorizations.
var AuthorizationList = &list.List[AuthorizationRow, *narrowing]{
	Name: "authorizations", ZH: "首席代表授权", EN: "Authorizations", Fixed: true,
	Columns: []list.Column[AuthorizationRow]{
		list.Text("auth_no", "授权书号", "No.", 20, func(a *AuthorizationRow) string { return a.No }),
		list.Department("department", "部门", "Department", 14, func(a *AuthorizationRow) string { return a.Department }),
		list.Text("rep", "首席代表", "Chief representative", 12, func(a *AuthorizationRow) string { return a.Rep }),
		list.Text("rep_post", "职务", "Post", 14, func(a *AuthorizationRow) string { return a.RepPost }),
		list.Text("stand_in", "替岗", "Stand-in", 12, func(a *AuthorizationRow) string { return a.StandIn }),
		list.Text("items", "事项编码（空为全部）", "Item codes (empty: all)", 30, func(a *AuthorizationRow) string { return strings.Join(a.Items, " ") }),
		list.SomeWords("powers", "权限", "Powers", 24, vocab.Powers, func(a *AuthorizationRow) []string { return a.Powers }),
		list.Moment("valid_from", "生效时间", "Valid from", 20, func(a *AuthorizationRow) time.Time { return a.ValidFrom }),
		list.Moment("valid_to", "截止时间", "Valid to", 20, func(a *AuthorizationRow) time.Time { return a.ValidTo }),
		list.Moment("revoked_at", "撤销时间", "Revoked", 20, func(a *AuthorizationRow) time.Time { return a.RevokedAt }),
		list.Word("status", "状态", "State", 10, vocab.AuthorizationStates, func(a *AuthorizationRow) string { return a.Status }),
		list.Text("seal_no", "印章编号", "Seal no.", 16, func(a *AuthorizationRow) string { return a.SealNo }),
		list.Text("signed_by", "签发人", "Signed by", 12, func(a *AuthorizationRow) string { return a.SignedBy }),
	},
	Filters: []list.Filter[*narrowing]{
		byDepartment("a.dept"),
		list.ByText("part of its number or of a name", func(w *store.Where, _ *narrowing, g list.Given) error {
			like := "%" + likeEscaper.Replace(g.Text) + "%"
			w.Add(`(a.auth_no LIKE ? ESCAPE '\' OR a.rep LIKE ? ESCAPE '\' OR a.stand_in LIKE ? ESCAPE '\')`, like, like, like)
			return nil
		}),
		list.ByWords("status", "状态", "State", vocab.AuthorizationStates, func(w *store.Where, s *narrowing, g list.Given) error {
			either := &store.Where{}
			for _, status := range g.All {
				inForce(either, status, s.now.UnixMicro())
			}
			w.Any(either)
			return nil
		}),
	},
}

// inForce adds the condition of an authorization's state at a moment, in
// microseconds.
func inForce(w *store.Where, status string, at int64) {
	switch status {
	case "revoked":
		w.Add("a.revoked_at > 0 AND a.revoked_at <= ?", at)
	case "expired":
		w.Add("a.valid_to <= ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at)
	case "future":
		w.Add("a.valid_from > ?", at)
	case "live":
		w.Add("a.valid_from <= ? AND a.valid_to > ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at, at)
	}
}
