package vocab

// RatingLevels are the words for how satisfied an applicant is.
var RatingLevels = New("term.rating",
	Word{Key: "very_satisfied", ZH: "非常满意", EN: "Very satisfied"},
	Word{Key: "satisfied", ZH: "满意", EN: "Satisfied"},
	Word{Key: "fair", ZH: "基本满意", EN: "Fair"},
	Word{Key: "dissatisfied", ZH: "不满意", EN: "Dissatisfied"},
	Word{Key: "very_dissatisfied", ZH: "非常不满意", EN: "Very dissatisfied"},
)

// CalledLevels are the words for what a rater said when called back.
var CalledLevels = New("term.called", append(RatingLevels.Words(),
	Word{Key: "not_theirs", ZH: "不是本人评的", EN: "Not theirs"})...)

// Channels are the words for where something was applied for or a service rated.
var Channels = New("term.channel",
	Word{Key: "window", ZH: "窗口", EN: "window"},
	Word{Key: "online", ZH: "网上", EN: "online"},
	Word{Key: "self_service", ZH: "自助机", EN: "self-service"},
	Word{Key: "terminal", ZH: "自助终端", EN: "self-service terminal"},
	Word{Key: "mobile", ZH: "手机", EN: "mobile"},
	Word{Key: "sms", ZH: "短信", EN: "text message"},
	Word{Key: "phone", ZH: "电话", EN: "telephone"},
)
