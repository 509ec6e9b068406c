package export

import (
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

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
