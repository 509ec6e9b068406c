package vocab

// YesNo are the words for whether something is so.
var YesNo = New("term.yesNo",
	Word{Key: "yes", ZH: "是", EN: "yes"},
	Word{Key: "no", ZH: "否", EN: "no"},
)

// Whether is a word of YesNo.
func Whether(so bool) string {
	if so {
		return "yes"
	}
	return "no"
}

// Regimes are the words for by what law an item's cases are judged.
var Regimes = New("term.regime",
	Word{Key: "licensing", ZH: "行政许可法", EN: "Administrative Licensing Law"},
	Word{Key: "limits_only", ZH: "只核时限", EN: "limits only"},
)

// ClockStarts are the words for from when an item's limits run.
var ClockStarts = New("term.clockStart",
	Word{Key: "acceptance", ZH: "受理", EN: "acceptance"},
	Word{Key: "receipt", ZH: "收件", EN: "receipt"},
)
