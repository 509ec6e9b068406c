package vocab

// Levels are the words for how grave an irregularity is; none: there is none.
var Levels = New("term.level",
	Word{Key: "none", ZH: "正常", EN: "Clear"},
	Word{Key: "review", ZH: "待核", EN: "Review"},
	Word{Key: "data", ZH: "数据", EN: "Data"},
	Word{Key: "warn", ZH: "预警", EN: "Warning"},
	Word{Key: "yellow", ZH: "黄牌", EN: "Yellow"},
	Word{Key: "red", ZH: "红牌", EN: "Red"},
)

// CaseStates are the words for how far a case has come; open is every state but
// ended.
var CaseStates = New("term.state",
	Word{Key: "open", ZH: "在办（全部）", EN: "Open (all)"},
	Word{Key: "received", ZH: "已收件", EN: "Received"},
	Word{Key: "supplement", ZH: "待补正", EN: "Papers awaited"},
	Word{Key: "accepted", ZH: "办理中", EN: "In progress"},
	Word{Key: "paused", ZH: "挂起中", EN: "Paused"},
	Word{Key: "ended", ZH: "已办结", EN: "Ended"},
)

// Outcomes are the words for how a case ended.
var Outcomes = New("term.outcome",
	Word{Key: "open", ZH: "在办", EN: "Open"},
	Word{Key: "granted", ZH: "准予", EN: "Granted"},
	Word{Key: "refused", ZH: "不予许可", EN: "Refused"},
	Word{Key: "not_accepted", ZH: "不予受理", EN: "Not accepted"},
	Word{Key: "returned", ZH: "退件", EN: "Returned"},
	Word{Key: "decided", ZH: "已决定", EN: "Decided"},
	Word{Key: "withdrawn", ZH: "申请人撤回", EN: "Withdrawn"},
	Word{Key: "voided", ZH: "作废办结", EN: "Voided"},
	Word{Key: "forwarded", ZH: "转报办结", EN: "Forwarded"},
)

// CaseTypes are the words for how an item is dealt with.
var CaseTypes = New("term.caseType",
	Word{Key: "on_the_spot", ZH: "即办件", EN: "On the spot"},
	Word{Key: "committed", ZH: "承诺件", EN: "Committed"},
	Word{Key: "joint", ZH: "联办件", EN: "Joint"},
	Word{Key: "referred_up", ZH: "上报件", EN: "Referred up"},
)

// FindingStates are the words for what became of a finding.
var FindingStates = New("term.findingState",
	Word{Key: "active", ZH: "有效", EN: "Active"},
	Word{Key: "superseded", ZH: "已并入更重一级", EN: "Superseded"},
	Word{Key: "settled", ZH: "已了结", EN: "Settled"},
	Word{Key: "withdrawn", ZH: "已撤销", EN: "Withdrawn"},
)
