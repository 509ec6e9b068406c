package vocab

// Agreements are the words for whether a department's report and our computation agree.
var Agreements = New("term.agreement",
	Word{Key: "both", ZH: "双方都报", EN: "Both report"},
	Word{Key: "only_ours", ZH: "漏报", EN: "Left out"},
	Word{Key: "only_theirs", ZH: "仅部门报", EN: "Only theirs"},
	Word{Key: "awaited", ZH: "期限内未报", EN: "Not due yet"},
	Word{Key: "no_duty", ZH: "未约定报送", EN: "No duty"},
	Word{Key: "late", ZH: "迟报", EN: "Reported late"},
)

// Figures are the words for whether what both report of a case is the same figure.
var Figures = New("term.figures",
	Word{Key: "same", ZH: "天数一致", EN: "Figures agree"},
	Word{Key: "differ", ZH: "天数不一致", EN: "Figures differ"},
)

// Clocks are the words for which limit it is.
var Clocks = New("term.clock",
	Word{Key: "promised", ZH: "承诺时限", EN: "Promised limit"},
	Word{Key: "statutory", ZH: "法定时限", EN: "Statutory limit"},
)

// Stages are the words for at which stage a department turned something down.
var Stages = New("term.stage",
	Word{Key: "not_accepted", ZH: "不予受理", EN: "Not accepted"},
	Word{Key: "refused", ZH: "不予许可", EN: "Refused"},
	Word{Key: "returned", ZH: "退件", EN: "Returned"},
	Word{Key: "cannot_finish", ZH: "不能按期办结", EN: "Cannot finish in time"},
	Word{Key: "grounds", ZH: "存在否定理由", EN: "Grounds for refusal"},
)

// Powers are the words for what a chief representative may do.
var Powers = New("term.power",
	Word{Key: "accept", ZH: "受理", EN: "accept"},
	Word{Key: "review", ZH: "审核", EN: "review"},
	Word{Key: "sign", ZH: "签批", EN: "sign off"},
	Word{Key: "seal", ZH: "用章", EN: "seal"},
	Word{Key: "survey", ZH: "现场踏勘", EN: "site survey"},
)

// AuthorizationStates are the words for whether an authorization is in force.
var AuthorizationStates = New("term.authorization",
	Word{Key: "live", ZH: "有效", EN: "Live"},
	Word{Key: "future", ZH: "未生效", EN: "Not yet in force"},
	Word{Key: "expired", ZH: "已过期", EN: "Expired"},
	Word{Key: "revoked", ZH: "已撤销", EN: "Revoked"},
)

// Units are the words for what limits are counted in.
var Units = New("term.unitName",
	Word{Key: "working_days", ZH: "工作日", EN: "working days"},
	Word{Key: "calendar_days", ZH: "自然日", EN: "calendar days"},
	Word{Key: "working_hours", ZH: "工作小时", EN: "working hours"},
	Word{Key: "seconds", ZH: "秒", EN: "seconds"},
	Word{Key: "working_seconds", ZH: "工作秒", EN: "working seconds"},
)
