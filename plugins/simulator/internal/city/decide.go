package city

import (
	"fmt"
	"strconv"
	"strings"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

const (
	granted     = v1.Outcome_OUTCOME_GRANTED
	refused     = v1.Outcome_OUTCOME_REFUSED
	notAccepted = v1.Outcome_OUTCOME_NOT_ACCEPTED
	returned    = v1.Outcome_OUTCOME_RETURNED
)

// grounds on which an application is turned down.
type grounds struct{ facts, reason, basis, missing string }

// groundsOf are the grounds of each negative end, with the article that fits it: who
// has no competence, or need not be asked, does not accept (art. 32 (1) 1 and 2);
// papers that were asked for and never came are returned (art. 32 (1) 4); what was
// accepted and does not meet the conditions is refused (art. 38), and what was found
// untrue (art. 78).
var groundsOf = map[v1.Outcome][]grounds{
	notAccepted: {
		{"申请事项不属于本机关职权范围，已告知申请人向有关机关申请", "本机关无权受理", "《中华人民共和国行政许可法》第三十二条第一款第（二）项", ""},
		{"申请事项已取消审批，依法不需要取得行政许可", "依法不需要取得行政许可", "《中华人民共和国行政许可法》第三十二条第一款第（一）项", ""},
	},
	returned: {
		{"一次告知补正后，申请人未提交前置许可文件", "材料不齐，未按告知补正", "《中华人民共和国行政许可法》第三十二条第一款第（四）项", "前置许可文件"},
		{"一次告知补正后，申请人提交的经营场所证明仍是过期的", "材料不符合法定形式，未按告知补正", "《中华人民共和国行政许可法》第三十二条第一款第（四）项", "有效的经营场所证明"},
	},
	refused: {
		{"现场踏勘发现布局与申报图纸不一致，整改后仍不符合标准", "现场条件不符合法定标准", "《中华人民共和国行政许可法》第三十八条第二款", ""},
		{"经审查，申请人的从业人员不具备规定的资格", "不符合法定的许可条件", "《中华人民共和国行政许可法》第三十八条第二款", ""},
		{"核对发现申请人提供的场所证明系伪造", "提供虚假材料申请行政许可", "《中华人民共和国行政许可法》第七十八条", ""},
	},
}

// why is on which grounds the case ends so, the same whoever tells it.
func (b *draft) why(outcome v1.Outcome) grounds {
	g := pick(&b.rng, groundsOf[outcome]) // also where it is known: what comes after is drawn as ever
	if b.grounds == nil || b.groundsFor != outcome {
		b.grounds, b.groundsFor = &g, outcome
	}
	return *b.grounds
}

// decide ends the case with a decision that lacks nothing and is signed by
// whoever may sign it then.
func (b *draft) decide(at int64, outcome v1.Outcome) *v1.Decision {
	d := &v1.Decision{Outcome: outcome, DecisionNo: b.number("决", at), Signer: b.signer(at, outcome)}
	switch outcome {
	case granted:
		if b.item.kind != kindSpot {
			d.CertNo = b.no
		}
	default:
		g := b.why(outcome)
		d.Reason, d.LegalBasis, d.RemediesTold = g.reason, g.basis, true
		d.NoticeNo = b.number("不许告", at)
	}
	e := b.add(v1.EventKind_EVENT_KIND_DECIDED, at)
	e.handler, e.decision, e.window = d.Signer, d, b.window
	return d
}

// signer is the representative where the item is signed off at the window, now
// and then the stand-in; else the head or the examiner.
func (b *draft) signer(at int64, outcome v1.Outcome) *v1.Person {
	if b.item.published.WindowSignOff && (outcome == granted || outcome == refused) {
		if s := b.department.signers(b.item, at); s != nil {
			if b.chance(0.15) {
				return s[1]
			}
			return s[0]
		}
	}
	if b.item.kind == kindSpot {
		return b.examiner
	}
	return b.department.staff.head
}

// number is the number of a document about the case.
func (b *draft) number(word string, at int64) string {
	return b.department.name + word + "〔" + strconv.Itoa(year(at)) + "〕" + b.no[strings.LastIndexByte(b.no, '-')+1:] + "号"
}

func year(t int64) int {
	y, _, _ := civil(dayOf(t))
	return y
}

// file reports a negative decision to the office (否定报备).
func (b *draft) file(at int64, outcome v1.Outcome) {
	stage := v1.RejectionStage_REJECTION_STAGE_REFUSED
	switch outcome {
	case notAccepted:
		stage = v1.RejectionStage_REJECTION_STAGE_NOT_ACCEPTED
	case returned:
		stage = v1.RejectionStage_REJECTION_STAGE_RETURNED
	}
	g := b.why(outcome)
	b.rejections = append(b.rejections, &v1.Rejection{
		SourceId: b.no + "/F" + strconv.Itoa(len(b.rejections)+1), Department: b.department.code,
		FilingNo: b.number("否备", at), CaseNo: b.no, Stage: stage,
		Facts: g.facts, Reason: g.reason, LegalArticle: g.basis, MissingMaterials: g.missing,
		RemediesTold: true, NoticeNo: b.number("不许告", at), Handler: b.examiner,
		LeaderOpinion: "同意报备", FiledTo: "效能督察办公室", FiledAt: stamp(at), NoticeAt: stamp(at),
	})
}

// grounded records that grounds for a refusal have come up.
func (b *draft) grounded(at int64) {
	b.add(v1.EventKind_EVENT_KIND_REFUSAL_GROUNDS, at).text = "经审查发现不符合许可条件的情形"
}

// turnDown ends the case negatively, filed beforehand as it should be.
func (b *draft) turnDown(opened, at int64, outcome v1.Outcome) *v1.Decision {
	filed := max(opened+minute, at-b.between(6*minute, 40*minute))
	if outcome == refused && b.chance(0.5) && filed-opened > 20*minute {
		b.grounded(filed - b.between(2*minute, 10*minute))
	}
	b.file(filed, outcome)
	return b.decide(at, outcome)
}

// reportOverdue is the department's own report that a clock ran over.
func (b *draft) reportOverdue(at, due, ended int64, clock v1.Clock) {
	o := &v1.OverdueCase{
		SourceId: b.no + "/O" + strconv.Itoa(len(b.overdue)+1), Department: b.department.code,
		CaseNo: b.no, Clock: clock, DueAt: stamp(due), Responsible: b.examiner,
		Explanation: pick(&b.rng, explanations), ReportedAt: stamp(at),
	}
	if ended != 0 && ended <= at {
		o.ActualAt = stamp(ended)
	}
	o.OverBy = fmt.Sprintf("%d个工作日", b.days.Before(dayOf(at)+1)-b.days.Before(dayOf(due)+1))
	b.overdue = append(b.overdue, o)
}

var explanations = []string{"经办人出差，未及时移交", "会审单位意见迟迟未回复", "系统故障导致流转延误", "申请量集中，人手不足", "专家意见分歧，反复论证"}
