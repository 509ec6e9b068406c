package export

import (
	"io"
	"time"
)

// Review is a review in a file, without who reviewed.
type Review struct {
	ID                       uint64
	Kind, State, Verdict     string
	Department, Item         string // code, name
	CaseNo                   string // empty: of no case
	Draw                     uint64 // the draw that it came from; 0: put up by hand
	Reason                   string // why it was put up by hand
	CreatedAt, DueAt, DoneAt time.Time
	Answered                 int       // how many gave their verdicts
	Verdicts                 [3]string // of the first, the second and the third who did, once it is decided
	Reasons                  []string  // that they ticked
	Notes                    string
}

// Reviews writes reviews.
func Reviews(w io.Writer, f File, each Rows[Review]) error {
	return write(w, f, "评议 reviews", reviewColumns, each)
}

// reviewColumns: only ever add at the end.
var reviewColumns = []column[Review]{
	{"id", "编号", 8, func(r *Review) any { return int(r.ID) }},
	{"kind", "类别", 14, func(r *Review) any { return term{"reviews.kind", r.Kind} }},
	{"department", "部门", 14, func(r *Review) any { return department(r.Department) }},
	{"item_name", "事项名称", 28, func(r *Review) any { return r.Item }},
	{"case_no", "办件编号", 24, func(r *Review) any { return r.CaseNo }},
	{"state", "进度", 16, func(r *Review) any { return term{"reviews.office.state", r.State} }},
	{"verdict", "结果", 10, func(r *Review) any { return term{"reviews.verdict", r.Verdict} }},
	{"answered", "已评人数", 8, func(r *Review) any { return r.Answered }},
	{"verdict_1", "监督员甲", 10, func(r *Review) any { return term{"reviews.verdict", r.Verdicts[0]} }},
	{"verdict_2", "监督员乙", 10, func(r *Review) any { return term{"reviews.verdict", r.Verdicts[1]} }},
	{"verdict_3", "监督员丙", 10, func(r *Review) any { return term{"reviews.verdict", r.Verdicts[2]} }},
	{"reasons", "理由", 40, func(r *Review) any { return terms{"reviews.reason", r.Reasons} }},
	{"notes", "补充说明", 50, func(r *Review) any { return r.Notes }},
	{"created_at", "交评时间", 20, func(r *Review) any { return moment(r.CreatedAt) }},
	{"due_at", "期限", 20, func(r *Review) any { return moment(r.DueAt) }},
	{"done_at", "评定时间", 20, func(r *Review) any { return moment(r.DoneAt) }},
	{"draw", "抽取编号", 10, func(r *Review) any { return int(r.Draw) }},
	{"by_hand", "送评理由", 30, func(r *Review) any { return r.Reason }},
}
