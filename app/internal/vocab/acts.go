package vocab

// ActedBy are the words for who did an act without an account that is told.
var ActedBy = New("acts.who",
	Word{Key: "here", ZH: "本机", EN: "This machine"},
	Word{Key: "console", ZH: "系统", EN: "The console"},
	Word{Key: "volunteer", ZH: "义务监督员", EN: "A volunteer"},
)

// ActGroups are the words for what an act belongs to.
var ActGroups = New("acts.group",
	Word{Key: "access", ZH: "登录与账户", EN: "Sign-in, accounts"},
	Word{Key: "export", ZH: "导出", EN: "Exports"},
	Word{Key: "opening", ZH: "查看受保护信息", EN: "Openings"},
	Word{Key: "review", ZH: "评议", EN: "Reviews"},
	Word{Key: "visit", ZH: "暗访与路线", EN: "Visits, routes"},
	Word{Key: "matter", ZH: "督办", EN: "Matters"},
	Word{Key: "rating", ZH: "评价与回访", EN: "Ratings, calls"},
	Word{Key: "term", ZH: "任期与履职", EN: "Terms"},
	Word{Key: "setting", ZH: "设置", EN: "Settings"},
)
