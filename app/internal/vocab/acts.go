package vocab

// ActedBy are the words for who did an act. Pages tell an account by its name.
var ActedBy = New("acts.who",
	Word{Key: "account", ZH: "有账户的人员", EN: "Somebody with an account"},
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

// ActSubjects are the words for what acts are about.
var ActSubjects = New("acts.subject",
	Word{Key: "case", ZH: "办件", EN: "Case"},
	Word{Key: "rating", ZH: "评价", EN: "Rating"},
	Word{Key: "review", ZH: "评议", EN: "Review"},
	Word{Key: "visit", ZH: "暗访", EN: "Visit"},
	Word{Key: "matter", ZH: "督办", EN: "Matter"},
	Word{Key: "callback", ZH: "回访", EN: "Call-back"},
	Word{Key: "plan", ZH: "暗访安排", EN: "Planned visit"},
	Word{Key: "account", ZH: "账户", EN: "Account"},
	Word{Key: "department", ZH: "部门", EN: "Department"},
)
