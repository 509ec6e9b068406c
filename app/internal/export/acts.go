package export

import (
	"io"
	"strconv"

	"github.com/mingcha-console/mingcha/app/internal/acts"
)

// Acts writes what people and the console did.
func Acts(w io.Writer, f File, each Rows[acts.Told]) error {
	return write(w, f, "操作记录 acts", actColumns, each)
}

// actColumns: only ever add at the end.
var actColumns = []column[acts.Told]{
	{"seq", "账簿编号", 10, func(a *acts.Told) any { return int(a.Seq) }},
	{"at", "时间", 20, func(a *acts.Told) any { return moment(a.At) }},
	{"who", "操作者", 12, func(a *acts.Told) any { return term{"acts.who", string(a.Who)} }},
	{"name", "姓名", 12, func(a *acts.Told) any { return a.Name }},
	{"account", "账户", 10, func(a *acts.Told) any { return number(a.By) }},
	{"group", "类别", 12, func(a *acts.Told) any { return term{"acts.group", string(a.Group)} }},
	{"type", "操作", 24, func(a *acts.Told) any { return a.Type }},
	{"words_zh", "内容", 44, func(a *acts.Told) any { return a.ZH }},
	{"words_en", "内容（英文）", 44, func(a *acts.Told) any { return a.EN }},
	{"about", "对象", 12, func(a *acts.Told) any { return a.About.Kind }},
	{"about_id", "对象编号", 10, func(a *acts.Told) any { return a.About.Code + number(a.About.ID) }},
	{"about_name", "对象名称", 24, func(a *acts.Told) any { return a.About.Name }},
	{"reason", "事由", 44, func(a *acts.Told) any { return a.Reason }},
	{"remote", "来源地址", 22, func(a *acts.Told) any { return a.Remote }},
}

// number is a number that may be absent.
func number(n uint64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}
