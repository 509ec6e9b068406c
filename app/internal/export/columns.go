package export

import (
	"strconv"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// caseColumns are the clock's figures of a case. Programs read them by name and
// place: only ever add at the end. due is the date on which the case is due,
// the last on which it is in time.
var caseColumns = []column[casefile.Case]{
	{"case_no", "办件编号", 24, func(c *casefile.Case) any { return c.CaseNo }},
	{"department", "部门", 14, func(c *casefile.Case) any { return department(c.Department) }},
	{"limit", "时限", 8, func(c *casefile.Case) any { return c.Limit }},
	{"received", "收件日期", 12, func(c *casefile.Case) any { return date(c.ReceivedAt) }},
	{"outcome", "结果", 14, func(c *casefile.Case) any { return term{"term.outcome", c.Outcome} }},
	{"ended", "办结日期", 12, func(c *casefile.Case) any { return date(c.EndedAt) }},
	{"extended", "延长", 8, func(c *casefile.Case) any { return c.Extended }},
	{"requests", "挂起次数", 8, func(c *casefile.Case) any { return c.Requests }},
	{"paused", "挂起", 8, func(c *casefile.Case) any { return c.Paused }},
	{"refused", "有否定理由", 8, func(c *casefile.Case) any { return c.Refused }},
	{"sent", "送达日期", 12, func(c *casefile.Case) any { return date(c.SentAt) }},
	{"out_of_order", "次序颠倒", 8, func(c *casefile.Case) any { return c.OutOfOrder }},
	{"paused_now", "正在挂起", 8, func(c *casefile.Case) any { return c.PausedNow }},
	{"due", "到期日期", 12, func(c *casefile.Case) any { return date(c.DueAt) }},
	{"overdue", "超时", 8, func(c *casefile.Case) any { return c.Overdue }},
	{"overdue_without_pauses", "不扣挂起则超时", 8, func(c *casefile.Case) any { return c.OverdueWithoutPauses }},
	{"item", "事项编码", 16, func(c *casefile.Case) any { return c.ItemCode }},
	{"case_type", "办件类型", 12, func(c *casefile.Case) any { return term{"term.caseType", c.CaseType} }},
	{"accepted", "受理日期", 12, func(c *casefile.Case) any { return date(c.AcceptedAt) }},
	{"statutory_due", "法定到期日期", 12, func(c *casefile.Case) any { return date(c.StatutoryDueAt) }},
	{"used", "已用", 8, func(c *casefile.Case) any { return c.Used }},
	{"early", "提前办结", 8, func(c *casefile.Case) any { return c.Early }},
	{"level", "级别", 8, func(c *casefile.Case) any { return term{"term.level", c.Level} }},
}

// findingColumns are an irregularity with its grounds.
var findingColumns = []column[casefile.Finding]{
	{"id", "编号", 20, func(f *casefile.Finding) any { return f.ID }},
	{"case_no", "办件编号", 24, func(f *casefile.Finding) any { return f.CaseNo }},
	{"department", "部门", 14, func(f *casefile.Finding) any { return department(f.Department) }},
	{"item", "事项编码", 16, func(f *casefile.Finding) any { return f.ItemCode }},
	{"item_name", "事项名称", 28, func(f *casefile.Finding) any { return f.ItemName }},
	{"rule", "规则", 8, func(f *casefile.Finding) any { return f.Rule }},
	{"key", "区别", 8, func(f *casefile.Finding) any { return f.Key }},
	{"name_zh", "异常", 18, func(f *casefile.Finding) any { return f.NameZH }},
	{"name_en", "异常（英文）", 24, func(f *casefile.Finding) any { return f.NameEN }},
	{"level", "级别", 8, func(f *casefile.Finding) any { return term{"term.level", f.Level} }},
	{"state", "状态", 12, func(f *casefile.Finding) any { return term{"term.findingState", f.State} }},
	{"raised_at", "发现时间", 20, func(f *casefile.Finding) any { return moment(f.RaisedAt) }},
	{"settled_at", "了结时间", 20, func(f *casefile.Finding) any { return moment(f.SettledAt) }},
	{"basis_zh", "依据", 40, func(f *casefile.Finding) any { return f.BasisZH }},
	{"basis_en", "依据（英文）", 40, func(f *casefile.Finding) any { return f.BasisEN }},
	{"words_zh", "说明", 60, func(f *casefile.Finding) any { return f.WordsZH }},
	{"words_en", "说明（英文）", 60, func(f *casefile.Finding) any { return f.WordsEN }},
	{"evidence", "证据（账簿编号）", 20, func(f *casefile.Finding) any { return numbers(f.Evidence) }},
}

// ratingColumns are a rating without who gave it.
var ratingColumns = []column[ratings.Rating]{
	{"id", "编号", 10, func(r *ratings.Rating) any { return int(r.ID) }},
	{"department", "部门", 14, func(r *ratings.Rating) any { return department(r.Department) }},
	{"level", "满意度", 18, func(r *ratings.Rating) any { return term{"term.rating", store.RatingWord(uint8(r.Level))} }},
	{"rated_at", "评价时间", 20, func(r *ratings.Rating) any { return moment(r.RatedAt) }},
	{"channel", "渠道", 10, func(r *ratings.Rating) any { return term{"term.channel", r.Channel} }},
	{"window", "窗口", 10, func(r *ratings.Rating) any { return r.Window }},
	{"handler", "工作人员", 12, func(r *ratings.Rating) any { return r.Handler }},
	{"item", "事项编码", 16, func(r *ratings.Rating) any { return r.Item }},
	{"item_name", "事项名称", 28, func(r *ratings.Rating) any { return r.ItemName }},
	{"case_no", "办件编号", 24, func(r *ratings.Rating) any { return r.CaseNo }},
	{"reasons", "原因", 24, func(r *ratings.Rating) any { return strings.Join(r.Reasons, "；") }},
	{"text", "意见", 60, func(r *ratings.Rating) any { return r.Text }},
	{"contacted_at", "部门联系时间", 20, func(r *ratings.Rating) any { return moment(r.ContactedAt) }},
	{"contact_result", "联系结果", 40, func(r *ratings.Rating) any { return r.ContactResult }},
	{"matter", "督办编号", 10, func(r *ratings.Rating) any { return int(r.Matter) }},
	{"matter_state", "督办进度", 12, func(r *ratings.Rating) any { return term{"matters.state", r.MatterState} }},
}

// numbers lists journal numbers in one cell.
func numbers(all []uint64) string {
	words := make([]string, len(all))
	for i, n := range all {
		words[i] = strconv.FormatUint(n, 10)
	}
	return strings.Join(words, " ")
}
