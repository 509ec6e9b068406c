package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// questions are what reviewers are asked, in words of everyday.
var questions = map[Kind]api.Sentence{
	Rejection:     {ZH: "部门没有批准这件申请。您认为这样处理适当吗？", EN: "The department turned this application down. Was that proper?"},
	Overdue:       {ZH: "这件申请超过了承诺的时间。部门的说明是否成立？", EN: "This application took longer than promised. Does the department's explanation hold?"},
	Authorization: {ZH: "部门给窗口首席代表的授权，足以让群众在窗口把事办完吗？", EN: "Is what the department lets its representative decide enough to settle matters at the window?"},
	Finding:       {ZH: "本台核算认为这件办理有问题。您认为这个认定对吗？", EN: "The console found something irregular here. Is that finding right?"},
}

// laws are the texts of the law that a kind of review is held against.
var laws = map[Kind]string{
	Rejection:     rules.LawRefusal,
	Overdue:       rules.LawLimits,
	Authorization: rules.LawRepresentative,
	Finding:       rules.LawProcedure,
}

// caseOf puts a case on the page: what happened, without who.
func (s *Reviews) caseOf(ctx context.Context, p *ReviewPage, x *Review) error {
	d, err := s.readCase(ctx, x.CaseID)
	if err != nil {
		return err
	}
	p.Promised, p.Statutory, p.Strip = d.Promised, d.Statutory, d.Strip
	for i := range d.Events {
		if e := &d.Events[i]; e.CorrectedBy == 0 {
			p.Story = append(p.Story, Line{At: e.OccurredAt, Sentence: happening(e)})
			if text := strings.TrimSpace(e.Text); text != "" {
				p.Papers = append(p.Papers, Paper{Title: api.Sentence{ZH: "经办说明", EN: "Note by the department"}, Text: text})
			}
		}
	}
	slices.SortStableFunc(p.Story, func(a, b Line) int { return a.At.Compare(b.At) })
	p.Papers = append(p.Papers, casePapers(d)...)
	for i := range d.Findings {
		f := &d.Findings[i]
		if f.State != "active" || x.Kind == Finding && "finding/"+f.ID != x.Subject {
			continue
		}
		p.Computations = append(p.Computations, Computation{Rule: f.Rule, Level: f.Level, Name: api.Sentence{ZH: f.NameZH, EN: f.NameEN},
			Words: api.Sentence{ZH: f.WordsZH, EN: f.WordsEN}, Basis: api.Sentence{ZH: f.BasisZH, EN: f.BasisEN}})
	}
	return nil
}

// happened are events in words of everyday.
var happened = map[string]api.Sentence{
	"received":             {ZH: "申请人递交了申请材料。", EN: "The applicant handed in the papers."},
	"accepted":             {ZH: "部门受理，时限开始计算。", EN: "The department accepted; the time limit began."},
	"supplement_requested": {ZH: "部门通知申请人补齐材料。", EN: "The department asked for missing papers."},
	"supplement_received":  {ZH: "申请人补来了材料。", EN: "The applicant brought them."},
	"paused":               {ZH: "时限暂停计算。", EN: "The time limit was paused."},
	"resumed":              {ZH: "时限恢复计算。", EN: "The time limit went on."},
	"extended":             {ZH: "部门延长了时限。", EN: "The department extended the limit."},
	"withdrawn":            {ZH: "申请人撤回了申请。", EN: "The applicant withdrew."},
	"voided":               {ZH: "办件作废。", EN: "The case was voided."},
	"forwarded":            {ZH: "转报上级机关。", EN: "It was forwarded to a higher body."},
	"delivered":            {ZH: "结果送达申请人。", EN: "The result was delivered."},
	"refusal_grounds":      {ZH: "部门认为存在不予许可的理由。", EN: "The department saw grounds to refuse."},
	"note":                 {ZH: "部门作了记录。", EN: "The department made a note."},
	"rejection_filed":      {ZH: "部门向效能办报备了否定决定。", EN: "The department filed its negative decision with the office."},
	"overdue_reported":     {ZH: "部门向效能办报告了超时。", EN: "The department reported that it was overdue."},
}

var outcomes = map[string]api.Sentence{
	"granted":      {ZH: "准予许可", EN: "granted"},
	"refused":      {ZH: "不予许可", EN: "refused"},
	"not_accepted": {ZH: "不予受理", EN: "not accepted"},
	"returned":     {ZH: "退件", EN: "returned"},
	"decided":      {ZH: "办结", EN: "decided"},
}

func happening(e *casefile.Event) api.Sentence {
	switch e.Kind {
	case "decided":
		o, known := outcomes[e.Outcome]
		if !known {
			o = outcomes["decided"]
		}
		return api.Sentence{ZH: "部门作出决定：" + o.ZH + "。", EN: "The department decided: " + o.EN + "."}
	case "step_started":
		return api.Sentence{ZH: fmt.Sprintf("进入“%s”环节。", e.Step), EN: fmt.Sprintf("The step “%s” began.", e.Step)}
	case "step_finished":
		return api.Sentence{ZH: fmt.Sprintf("完成“%s”环节。", e.Step), EN: fmt.Sprintf("The step “%s” was done.", e.Step)}
	}
	return happened[e.Kind]
}

// casePapers are the texts that the department sent about a case. None of them
// names the applicant: those fields stay behind.
func casePapers(d *casefile.CaseDetail) (out []Paper) {
	add := func(zh, en, text string) {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, Paper{Title: api.Sentence{ZH: zh, EN: en}, Text: text})
		}
	}
	for _, r := range d.Rejections {
		add("不予批准的理由", "Reasons for turning it down", r.Reason)
		add("部门引用的依据", "What the department bases it on", r.LegalBasis)
		if !r.DecidedAt.IsZero() && !r.RemediesTold {
			out = append(out, Paper{Title: api.Sentence{ZH: "是否告知救济途径", EN: "Remedies told"}, Text: "未告知 / not told"})
		}
		add("部门领导意见", "The department leader's opinion", r.LeaderOpinion)
	}
	for _, o := range d.OverdueReports {
		add("部门自报的超时", "Overdue by the department's own report", o.ReportedOverBy)
		add("部门对超时的说明", "The department's explanation", o.Explanation)
	}
	return out
}

func authorizationStory(a *casefile.AuthorizationRow) (out []Line) {
	out = append(out, Line{At: a.ValidFrom, Sentence: api.Sentence{ZH: "授权开始生效。", EN: "The authorization came into force."}})
	if !a.ValidTo.IsZero() {
		out = append(out, Line{At: a.ValidTo, Sentence: api.Sentence{ZH: "授权到期。", EN: "The authorization ends."}})
	}
	if !a.RevokedAt.IsZero() {
		out = append(out, Line{At: a.RevokedAt, Sentence: api.Sentence{ZH: "授权被撤销。", EN: "The authorization was revoked."}})
	}
	return out
}

func authorizationPapers(a *casefile.AuthorizationRow) []Paper {
	items := "全部事项 / every item"
	if len(a.Items) > 0 {
		items = strings.Join(a.Items, "、")
	}
	var powers []string
	for _, p := range a.Powers {
		powers = append(powers, vocab.Powers.ZH(p))
	}
	standIn := "有 / yes"
	if a.StandIn == "" {
		standIn = "没有 / none"
	}
	return []Paper{
		{Title: api.Sentence{ZH: "授权书编号", EN: "Number"}, Text: a.No},
		{Title: api.Sentence{ZH: "授权事项", EN: "Items"}, Text: items},
		{Title: api.Sentence{ZH: "授予的权限", EN: "Powers"}, Text: strings.Join(powers, "、")},
		{Title: api.Sentence{ZH: "是否有同岗替代", EN: "Stand-in"}, Text: standIn},
	}
}
