package vocab

// MatterSources are the words for what a matter comes from.
var MatterSources = New("matters.source",
	Word{Key: "visit", ZH: "暗访", EN: "Visit"},
	Word{Key: "review", ZH: "评议", EN: "Review"},
	Word{Key: "rating", ZH: "好差评", EN: "Rating"},
)

// MatterStates are the words for where a matter stands.
var MatterStates = New("matters.state",
	Word{Key: "assess", ZH: "研判中", EN: "Being assessed"},
	Word{Key: "assigned", ZH: "待部门答复", EN: "Awaiting the reply"},
	Word{Key: "extension", ZH: "部门申请延期", EN: "More time asked for"},
	Word{Key: "contact", ZH: "待联系", EN: "To be contacted"},
	Word{Key: "rectify", ZH: "待整改", EN: "To be put right"},
	Word{Key: "objected", ZH: "部门有异议", EN: "Objected to"},
	Word{Key: "replied", ZH: "已答复，待核实", EN: "Replied, to be verified"},
	Word{Key: "revisit", ZH: "待复访", EN: "Re-visit arranged"},
	Word{Key: "revisited", ZH: "已复访，待销号", EN: "Re-visited, to be closed"},
	Word{Key: "closed", ZH: "已销号", EN: "Closed"},
	Word{Key: "dropped", ZH: "不成立", EN: "Not upheld"},
)
