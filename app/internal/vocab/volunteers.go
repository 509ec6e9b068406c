package vocab

// VolunteerGroups are the words for where volunteers come from.
var VolunteerGroups = New("volunteers.group",
	Word{Key: "deputy", ZH: "人大代表", EN: "Deputy"},
	Word{Key: "committee", ZH: "政协委员", EN: "Committee"},
	Word{Key: "investor", ZH: "外来投资者", EN: "Investor"},
	Word{Key: "trader", ZH: "个体工商户", EN: "Trader"},
	Word{Key: "journalist", ZH: "新闻记者", EN: "Journalist"},
	Word{Key: "citizen", ZH: "市民代表", EN: "Citizen"},
)

// TermStates are the words for where a term of office stands.
var TermStates = New("volunteers.state",
	Word{Key: "serving", ZH: "在任", EN: "In term"},
	Word{Key: "ending", ZH: "即将期满", EN: "Ends soon"},
	Word{Key: "coming", ZH: "尚未到任", EN: "Not begun"},
	Word{Key: "over", ZH: "任期已结束", EN: "Term over"},
	Word{Key: "unregistered", ZH: "未登记聘任", EN: "Unregistered"},
	Word{Key: "closed", ZH: "账户已停用", EN: "Account closed"},
)

// EndReasons are the words for why a term ended early.
var EndReasons = New("volunteers.why",
	Word{Key: "resigned", ZH: "本人辞任", EN: "Resigned"},
	Word{Key: "moved", ZH: "工作或住处变动", EN: "Moved away"},
	Word{Key: "inactive", ZH: "长期不履职", EN: "Inactive"},
	Word{Key: "dismissed", ZH: "解聘", EN: "Dismissed"},
	Word{Key: "other", ZH: "其他", EN: "Other"},
)

// Grades are the words for how a year of service was appraised.
var Grades = New("volunteers.grade",
	Word{Key: "excellent", ZH: "优秀", EN: "Excellent"},
	Word{Key: "competent", ZH: "称职", EN: "Competent"},
	Word{Key: "basic", ZH: "基本称职", EN: "Basic"},
	Word{Key: "inadequate", ZH: "不称职", EN: "Inadequate"},
)
