package rules

// LawText is what a law asks, in one sentence, as people read it who are no
// lawyers.
type LawText struct{ ZH, EN string }

// Codes of the law's texts.
const (
	LawRefusal        = "refusal"        // what a refusal says and tells
	LawLimits         = "limits"         // how long a matter may take
	LawRepresentative = "representative" // what a chief representative may decide
	LawProcedure      = "procedure"      // conditions, steps and limits in general
)

// Law is the law's text of a code; an unknown code has none.
func Law(code string) LawText { return laws[code] }

var laws = map[string]LawText{
	LawRefusal: {"《行政许可法》第三十八条：不予许可应当书面说明理由，并告知申请人可以申请行政复议或者提起行政诉讼。",
		"Administrative Licensing Law, Art. 38: a refusal is given in writing with its reasons, and tells the applicant of review and of going to court."},
	LawLimits: {"《行政许可法》第四十二条、《优化营商环境条例》第三十六条：应当在法定和承诺的时限内办结，超过承诺时限的应当公开说明理由。",
		"Administrative Licensing Law, Art. 42, and Regulation on the Business Environment, Art. 36: matters are settled within the legal and the promised limit; who exceeds it says why in public."},
	LawRepresentative: {"首席代表制度：部门书面授予窗口受理、审核、签批、用章的权限，并在窗口和网上公布。",
		"Chief representatives: the department gives the window, in writing, the power to accept, examine, sign and seal, and publishes it at the window and online."},
	LawProcedure: {"《行政许可法》要求按法定的条件、程序和时限办理；具体依据写在每项核算下面。",
		"The Administrative Licensing Law asks for its conditions, steps and limits; the article stands below each computation."},
}
