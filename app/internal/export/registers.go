package export

import (
	"io"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

// Overdue writes the overdue register: what we found beside what was reported.
func Overdue(w io.Writer, f File, each Rows[casefile.OverdueRow]) error {
	return write(w, f, "超时登记 overdue", overdueColumns, each)
}

// Rejections writes the register of rejections.
func Rejections(w io.Writer, f File, each Rows[casefile.RejectionRow]) error {
	return write(w, f, "否定报备 rejections", rejectionColumns, each)
}

// Authorizations writes the register of chief-representative authorizations.
func Authorizations(w io.Writer, f File, each Rows[casefile.AuthorizationRow]) error {
	return write(w, f, "首席代表授权 authorizations", authorizationColumns, each)
}

// overdueColumns: only ever add at the end.
var overdueColumns = []column[casefile.OverdueRow]{
	{"case_no", "办件编号", 24, func(o *casefile.OverdueRow) any { return o.CaseNo }},
	{"department", "部门", 14, func(o *casefile.OverdueRow) any { return department(o.Department) }},
	{"item_name", "事项名称", 28, func(o *casefile.OverdueRow) any { return o.ItemName }},
	{"agreement", "双方核对", 12, func(o *casefile.OverdueRow) any { return term{"term.agreement", o.Agreement} }},
	{"clock", "时限", 10, func(o *casefile.OverdueRow) any { return term{"term.clock", o.Clock} }},
	{"due_at", "到期时间", 20, func(o *casefile.OverdueRow) any { return moment(o.DueAt) }},
	{"ended_at", "办结时间", 20, func(o *casefile.OverdueRow) any { return moment(o.EndedAt) }},
	{"over_by", "超出", 8, func(o *casefile.OverdueRow) any { return o.OverBy }},
	{"unit", "单位", 10, func(o *casefile.OverdueRow) any { return term{"term.unitName", o.Unit} }},
	{"paused", "挂起", 8, func(o *casefile.OverdueRow) any { return o.Paused }},
	{"paused_now", "正在挂起", 8, func(o *casefile.OverdueRow) any { return o.PausedNow }},
	{"reported_at", "部门报告时间", 20, func(o *casefile.OverdueRow) any { return moment(o.ReportedAt) }},
	{"reported_over_by", "部门报的超出", 12, func(o *casefile.OverdueRow) any { return o.ReportedOverBy }},
	{"responsible", "责任人", 14, func(o *casefile.OverdueRow) any { return o.Responsible }},
	{"explanation", "部门说明", 50, func(o *casefile.OverdueRow) any { return o.Explanation }},
}

// rejectionColumns: only ever add at the end.
var rejectionColumns = []column[casefile.RejectionRow]{
	{"case_no", "办件编号", 24, func(r *casefile.RejectionRow) any { return r.CaseNo }},
	{"department", "部门", 14, func(r *casefile.RejectionRow) any { return department(r.Department) }},
	{"item_name", "事项名称", 28, func(r *casefile.RejectionRow) any { return r.ItemName }},
	{"agreement", "双方核对", 12, func(r *casefile.RejectionRow) any { return term{"term.agreement", r.Agreement} }},
	{"stage", "情形", 14, func(r *casefile.RejectionRow) any { return term{"term.stage", r.Stage} }},
	{"decided_at", "决定时间", 20, func(r *casefile.RejectionRow) any { return moment(r.DecidedAt) }},
	{"reason", "理由", 40, func(r *casefile.RejectionRow) any { return r.Reason }},
	{"legal_basis", "法律依据", 30, func(r *casefile.RejectionRow) any { return r.LegalBasis }},
	{"remedies_told", "已告知救济途径", 8, func(r *casefile.RejectionRow) any { return r.RemediesTold }},
	{"notice_no", "文书号", 18, func(r *casefile.RejectionRow) any { return r.NoticeNo }},
	{"filing_no", "报备号", 18, func(r *casefile.RejectionRow) any { return r.FilingNo }},
	{"filed_at", "报备时间", 20, func(r *casefile.RejectionRow) any { return moment(r.FiledAt) }},
	{"leader_opinion", "领导意见", 30, func(r *casefile.RejectionRow) any { return r.LeaderOpinion }},
}

// authorizationColumns: only ever add at the end.
var authorizationColumns = []column[casefile.AuthorizationRow]{
	{"auth_no", "授权书号", 20, func(a *casefile.AuthorizationRow) any { return a.No }},
	{"department", "部门", 14, func(a *casefile.AuthorizationRow) any { return department(a.Department) }},
	{"rep", "首席代表", 12, func(a *casefile.AuthorizationRow) any { return a.Rep }},
	{"rep_post", "职务", 14, func(a *casefile.AuthorizationRow) any { return a.RepPost }},
	{"stand_in", "替岗", 12, func(a *casefile.AuthorizationRow) any { return a.StandIn }},
	{"items", "事项编码（空为全部）", 30, func(a *casefile.AuthorizationRow) any { return strings.Join(a.Items, " ") }},
	{"powers", "权限", 24, func(a *casefile.AuthorizationRow) any { return terms{"term.power", a.Powers} }},
	{"valid_from", "生效时间", 20, func(a *casefile.AuthorizationRow) any { return moment(a.ValidFrom) }},
	{"valid_to", "截止时间", 20, func(a *casefile.AuthorizationRow) any { return moment(a.ValidTo) }},
	{"revoked_at", "撤销时间", 20, func(a *casefile.AuthorizationRow) any { return moment(a.RevokedAt) }},
	{"status", "状态", 10, func(a *casefile.AuthorizationRow) any { return term{"term.authorization", a.Status} }},
	{"seal_no", "印章编号", 16, func(a *casefile.AuthorizationRow) any { return a.SealNo }},
	{"signed_by", "签发人", 12, func(a *casefile.AuthorizationRow) any { return a.SignedBy }},
}
