package vocab

// VisitModes are the words for how a visit is made.
var VisitModes = New("visits.mode",
	Word{Key: "unannounced", ZH: "暗访", EN: "Unannounced"},
	Word{Key: "open", ZH: "明察", EN: "Announced"},
	Word{Key: "online", ZH: "线上", EN: "Online"},
)

// Badges are the words for whether a badge was worn.
var Badges = New("visits.badge",
	Word{Key: "worn", ZH: "佩戴", EN: "Worn"},
	Word{Key: "missing", ZH: "没戴", EN: "Not worn"},
	Word{Key: "unseen", ZH: "没看清", EN: "Could not see"},
)

// ToldAtOnce are the words for whether all papers were told at once.
var ToldAtOnce = New("visits.told",
	Word{Key: "yes", ZH: "一次说清了", EN: "Yes, at once"},
	Word{Key: "no", ZH: "没说清", EN: "No"},
	Word{Key: "not_tried", ZH: "没有问", EN: "Did not ask"},
)

// Disclosures are the words for the ten elements that are disclosed by law.
var Disclosures = New("visits.disclosed",
	Word{Key: "body", ZH: "办事机构", EN: "Body"},
	Word{Key: "item", ZH: "办事项目", EN: "Item"},
	Word{Key: "basis", ZH: "法律依据", EN: "Legal basis"},
	Word{Key: "procedure", ZH: "办事程序", EN: "Procedure"},
	Word{Key: "conditions", ZH: "申报条件", EN: "Conditions"},
	Word{Key: "materials", ZH: "所需材料", EN: "Papers needed"},
	Word{Key: "limit", ZH: "承诺时限", EN: "Promised limit"},
	Word{Key: "fee_basis", ZH: "收费依据", EN: "Basis of fees"},
	Word{Key: "fee_standard", ZH: "收费标准", EN: "Fees"},
	Word{Key: "result", ZH: "办理结果", EN: "Result"},
)

// FindingCategories are the words for what a visit found.
var FindingCategories = New("visits.category",
	Word{Key: "unmanned", ZH: "无人在岗", EN: "Nobody there"},
	Word{Key: "late", ZH: "迟到早退", EN: "Came late, left early"},
	Word{Key: "no_sign", ZH: "没有暂停牌", EN: "No “closed” sign"},
	Word{Key: "chatting", ZH: "聊天、玩手机", EN: "Chatting, on the phone"},
	Word{Key: "refused", ZH: "推诿、拒办", EN: "Turned away"},
	Word{Key: "attitude", ZH: "态度不好", EN: "Unfriendly"},
	Word{Key: "disclosure", ZH: "公示不全", EN: "Not all disclosed"},
	Word{Key: "slow", ZH: "办理拖拉", EN: "Slow"},
	Word{Key: "other", ZH: "其他", EN: "Other"},
)

// Severities are the words for how grave it is.
var Severities = New("visits.severity",
	Word{Key: "minor", ZH: "一般", EN: "Minor"},
	Word{Key: "serious", ZH: "严重", EN: "Serious"},
)
