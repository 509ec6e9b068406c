package rules

import (
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// Rule is one entry of the violation catalogue.
type Rule struct {
	Code             string
	Level            Level // as raised; V11 rises to red with time
	NameZH, NameEN   string
	BasisZH, BasisEN string // the law and article, or the office's own duty
}

// Catalogue lists every rule that Judge applies, by code.
func Catalogue() []Rule { return slices.Clone(catalogue) }

// Lookup returns the rule of the code; an unknown code gives a rule that has
// only the code.
func Lookup(code string) Rule {
	for _, r := range catalogue {
		if r.Code == code {
			return r
		}
	}
	return Rule{Code: code}
}

// Under is the rule as it applies to items of a regime: what is not under the
// Licensing Law breaks a published limit, and not that law.
func (r Rule) Under(regime approval.Regime) Rule {
	if b, other := otherBasis[r.Code]; other && regime == approval.LimitsOnly {
		r.BasisZH, r.BasisEN = b[0], b[1]
	}
	return r
}

// otherBasis is why a limit holds that is not one of the Licensing Law, for those
// rules that apply there, too, and cite that law otherwise.
var otherBasis = map[string][2]string{
	"V01": {"该事项公布的时限；本单位公开的承诺时限", "The limit published for the item; the published promise"},
	"V03": {"该事项公布的法定时限（不适用行政许可法）", "The statutory limit published for the item (not under the Administrative Licensing Law)"},
	"V24": {"实施清单公布的即办承诺", "The published on-the-spot promise"},
}

var catalogue = []Rule{
	{"V01", Warn, "临近超时", "Near the limit",
		"行政许可法第42条；本单位公开的承诺时限", "Administrative Licensing Law art. 42; the published promise"},
	{"V02", Yellow, "超承诺时限", "Over the promised limit",
		"本单位公开的承诺时限；优化营商环境条例第36条", "The published promise; Regulation on the Business Environment art. 36"},
	{"V03", Red, "超法定时限", "Over the statutory limit",
		"行政许可法第42条、第43条、第74条", "Administrative Licensing Law arts. 42, 43 and 74"},
	{"V04", Warn, "环节超时", "Step over its limit",
		"实施清单公布的环节时限", "The step limit in the published implementation list"},
	{"V05", Yellow, "逾期未一次性告知", "Not told in time what is missing",
		"行政许可法第32条：五日内未告知的，自收到之日起即为受理", "Administrative Licensing Law art. 32: without a notice within five days the application counts as accepted on the day of receipt"},
	{"V06", Yellow, "多次要求补正", "Papers asked for more than once",
		"行政许可法第32条：应当一次告知需要补正的全部内容", "Administrative Licensing Law art. 32: everything missing must be told at once"},
	{"V07", Yellow, "否定决定要件不全", "Negative decision without its particulars",
		"行政许可法第38条、第72条：书面决定应说明理由并告知复议、诉讼权利", "Administrative Licensing Law arts. 38 and 72: a refusal is in writing, with reasons and remedies"},
	{"V08", Yellow, "否定未报备", "Negative decision not filed",
		"否定报备制度：作出否定决定应报备", "The office's filing duty: negative decisions are filed"},
	{"V09", Warn, "报备迟于决定", "Filed after the decision",
		"否定报备制度：应在作出决定前报备", "The office's filing duty: file before deciding"},
	{"V10", Yellow, "违法挂起", "Unlawful pause",
		"行政许可法第45条：法定程序方可扣除时限，并书面告知申请人", "Administrative Licensing Law art. 45: only the listed procedures stop the clock, and the applicant is told in writing"},
	{"V11", Yellow, "挂起超期或未恢复", "Pause overlong or never resumed",
		"行政许可法第45条：应告知并遵守所需时间", "Administrative Licensing Law art. 45: the time needed is told, and kept"},
	{"V12", Review, "临期或反复挂起", "Paused near the end, or again and again",
		"行政许可法第45条：扣除时限限于法定程序所需时间", "Administrative Licensing Law art. 45: what is taken off is the time that the procedure needs"},
	{"V13", Red, "违规延期", "Unlawful extension",
		"行政许可法第42条：经负责人批准可延长十日（联办十五日），并告知理由", "Administrative Licensing Law art. 42: ten days (joint: fifteen) with the head's approval, reasons told"},
	{"V17", Red, "体外办理", "Decided outside the hall",
		"行政许可法第26条；进驻事项应在政务服务大厅受理", "Administrative Licensing Law art. 26; items of the hall are accepted in the hall"},
	{"V19", Review, "补录或倒签", "Back-entry",
		"电子监察数据时效要求：办理信息应随办随录", "Supervision data duty: entries are made as the work is done"},
	{"V20", Data, "时序矛盾", "Contradictory times",
		"电子监察数据质量要求：办理时间应真实一致", "Supervision data duty: times are true and agree"},
	{"V21", Red, "越权签批", "Signed off without authority",
		"首席代表授权制度：授权范围内由首席代表或同岗替代人签批", "Chief-representative authorization: the representative or stand-in signs within the power given"},
	{"V22", Yellow, "授权缺失或过期", "No live authorization",
		"首席代表授权制度：进驻事项应有有效授权", "Chief-representative authorization: items of the hall have a live authorization"},
	{"V24", Yellow, "即办件未即办", "On-the-spot item not done on the spot",
		"行政许可法第34条；实施清单公布的即办承诺", "Administrative Licensing Law art. 34; the published on-the-spot promise"},
	{"V27", Data, "漏报", "Report left out",
		"超时自报与否定报备的报送职责", "The department's duty to report overdue and negative cases"},
}
