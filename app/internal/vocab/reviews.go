package vocab

// ReviewKinds are the words for what is reviewed.
var ReviewKinds = New("reviews.kind",
	Word{Key: "rejection", ZH: "否定报备", EN: "Negative filing"},
	Word{Key: "overdue", ZH: "超时", EN: "Overdue"},
	Word{Key: "authorization", ZH: "首席代表授权", EN: "Authorization"},
	Word{Key: "finding", ZH: "异常认定", EN: "Finding"},
)

// ReviewStates are the words for where a review stands.
var ReviewStates = New("reviews.office.state",
	Word{Key: "open", ZH: "评议中", EN: "Under review"},
	Word{Key: "third", ZH: "意见不一，第三人评议", EN: "They differ; a third decides"},
	Word{Key: "done", ZH: "已评定", EN: "Decided"},
)

// Verdicts are the words for what reviewers came to.
var Verdicts = New("reviews.verdict",
	Word{Key: "proper", ZH: "适当", EN: "Proper"},
	Word{Key: "improper", ZH: "不当", EN: "Improper"},
	Word{Key: "cannot_tell", ZH: "无法判断", EN: "Cannot tell"},
)

// VerdictReasons are the words for what a reviewer may tick.
var VerdictReasons = New("reviews.reason",
	Word{Key: "no_reason", ZH: "没有说明理由", EN: "No reasons given"},
	Word{Key: "wrong_basis", ZH: "引用的依据不对", EN: "Based on the wrong rule"},
	Word{Key: "remedies_missing", ZH: "没有告知复议、诉讼权利", EN: "Remedies not told"},
	Word{Key: "papers_were_complete", ZH: "材料其实是齐的", EN: "The papers were complete"},
	Word{Key: "could_be_supplemented", ZH: "本可以让申请人补正", EN: "The applicant could have supplemented them"},
	Word{Key: "told_twice", ZH: "分几次才说清要补什么", EN: "Told bit by bit what was missing"},
	Word{Key: "no_explanation", ZH: "没有说明为什么超时", EN: "No explanation for the delay"},
	Word{Key: "explanation_untrue", ZH: "说明与事实不符", EN: "The explanation is not true"},
	Word{Key: "pause_abused", ZH: "挂起的理由不成立", EN: "No good reason for the pause"},
	Word{Key: "extension_abused", ZH: "延长的理由不成立", EN: "No good reason for the extension"},
	Word{Key: "nobody_responsible", ZH: "没有人负责", EN: "Nobody answers for it"},
	Word{Key: "powers_incomplete", ZH: "授权不完整，窗口办不了事", EN: "Powers too narrow for the window"},
	Word{Key: "not_published", ZH: "没有公布", EN: "Not published"},
	Word{Key: "no_stand_in", ZH: "没有同岗替代", EN: "No stand-in"},
	Word{Key: "signed_elsewhere", ZH: "仍由后方签批", EN: "Still signed behind the window"},
	Word{Key: "finding_right", ZH: "认定正确", EN: "The finding is right"},
	Word{Key: "finding_right_but_excused", ZH: "认定正确，但情有可原", EN: "Right, but excusable"},
	Word{Key: "finding_wrong", ZH: "认定有误", EN: "The finding is wrong"},
	Word{Key: "facts_entered_wrong", ZH: "部门录入有误", EN: "Wrongly entered by the department"},
	Word{Key: "papers_missing", ZH: "看不到必要的材料", EN: "Needed papers are missing"},
	Word{Key: "facts_disputed", ZH: "事实有争议", EN: "The facts are disputed"},
)
