package record

import (
	"strconv"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Listed describes the record of acts. Its filters are put into SQL by search,
// which goes by the journal's indexes.
var Listed = &list.List[Entry, struct{}]{
	Name: "acts", ZH: "操作记录", EN: "the record of acts", Fixed: true,
	Columns: []list.Column[Entry]{
		list.Number("seq", "存证编号", "Journal no.", 10, func(a *Entry) uint64 { return a.Seq }),
		list.Moment("at", "时间", "Time", 20, func(a *Entry) time.Time { return a.At }),
		list.Word("who", "操作者", "By", 12, vocab.ActedBy, func(a *Entry) Who { return a.Who }),
		list.Text("name", "姓名", "Name", 12, func(a *Entry) string { return a.Name }),
		list.Text("account", "账户", "Account", 10, func(a *Entry) string { return number(a.By) }),
		list.Word("group", "类别", "Kind", 12, vocab.ActGroups, func(a *Entry) act.Group { return a.Group }),
		list.Text("type", "操作", "Type", 24, func(a *Entry) string { return a.Type }),
		list.Text("words_zh", "内容", "Act (Chinese)", 44, func(a *Entry) string { return a.ZH }),
		list.Text("words_en", "内容（英文）", "Act", 44, func(a *Entry) string { return a.EN }),
		list.Word("about", "对象", "About", 12, vocab.ActSubjects, func(a *Entry) string { return a.About.Kind }),
		list.DepartmentOr("about_id", "对象编号", "About, no.", 14, func(a *Entry) (code, other string) { return a.About.Code, number(a.About.ID) }),
		list.Text("about_name", "对象名称", "About, name", 24, func(a *Entry) string { return a.About.Name }),
		list.Text("reason", "事由", "Reason", 44, func(a *Entry) string { return a.Reason }),
		list.Text("remote", "来源地址", "From address", 22, func(a *Entry) string { return a.Remote }),
	},
	// A type's code and the words in another language are for programs.
	Sheet: []string{"at", "who", "name", "group", "words_zh", "about", "about_id", "about_name", "reason", "remote", "seq"},
	Filters: []list.Filter[struct{}]{
		{Parameter: list.Parameter{Name: "group", ZH: "类别", EN: "Kind", Sort: list.Choice, Words: vocab.ActGroups}},
		{Parameter: list.Parameter{Name: "by", ZH: "操作者", EN: "Who", Sort: list.Choice, Most: 20,
			Doc: "an account's number, or here, console, volunteer, or people (all but the console); of a volunteer none are found"}},
		{Parameter: list.Parameter{Name: "text", ZH: "查找", EN: "Search", Sort: list.Search, Most: 100, Doc: "part of a reason, or a case's whole number"}},
		list.ByTime[struct{}]("from", "to", "时间", "Time", "", ""),
	},
}

// number is a number that may be absent.
func number(n uint64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}

// asked is a question as search takes it.
func asked(a list.Ask) Query {
	q := Query{Group: act.Group(a.Text("group")), By: a.Text("by"), Text: a.Text("text"), Limit: a.At.Limit}
	q.From, _ = list.Instant(a.Text("from")) // both were read when the question came
	q.To, _ = list.Instant(a.Text("to"))
	q.Before, _ = strconv.ParseUint(a.Text("before"), 10, 64)
	return q
}
