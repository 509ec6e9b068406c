package export

import "io"

// Volunteer is a volunteer supervisor in a file. Days are written 2006-01-02.
type Volunteer struct {
	Certificate, Name, Group, Work  string
	State, First, Until, Why        string
	From, To                        string // of the figures
	Assigned, InTime, Late, Awaited int
	Interests                       int
	Asked, Answered, Filed          int
	Findings, Upheld, Dropped       int
	TrainingHours                   float64
	LastActive                      string // a month
	Inactive                        bool
	Ratings                         int
	Facts, Fairness                 float64
	AppraisedYear                   int
	Grade                           string
}

// Volunteers writes volunteer supervisors.
func Volunteers(w io.Writer, f File, each Rows[Volunteer]) error {
	return write(w, f, "义务监督员 volunteers", volunteerColumns, each)
}

// volunteerColumns: only ever add at the end.
var volunteerColumns = []column[Volunteer]{
	{"certificate", "证书编号", 14, func(v *Volunteer) any { return v.Certificate }},
	{"name", "姓名", 12, func(v *Volunteer) any { return v.Name }},
	{"group", "类别", 12, func(v *Volunteer) any { return term{"volunteers.group", v.Group} }},
	{"work", "职业与单位", 24, func(v *Volunteer) any { return v.Work }},
	{"state", "任期状态", 12, func(v *Volunteer) any { return term{"volunteers.state", v.State} }},
	{"first", "起始日期", 12, func(v *Volunteer) any { return v.First }},
	{"until", "截止日期", 12, func(v *Volunteer) any { return v.Until }},
	{"why", "提前结束原因", 12, func(v *Volunteer) any { return term{"volunteers.why", v.Why} }},
	{"from", "统计起", 12, func(v *Volunteer) any { return v.From }},
	{"to", "统计止", 12, func(v *Volunteer) any { return v.To }},
	{"assigned", "分到评议", 8, func(v *Volunteer) any { return v.Assigned }},
	{"in_time", "按时评议", 8, func(v *Volunteer) any { return v.InTime }},
	{"late", "逾期评议", 8, func(v *Volunteer) any { return v.Late }},
	{"awaited", "未评议", 8, func(v *Volunteer) any { return v.Awaited }},
	{"interests", "声明回避", 8, func(v *Volunteer) any { return v.Interests }},
	{"asked", "安排暗访", 8, func(v *Volunteer) any { return v.Asked }},
	{"answered", "按安排提交", 8, func(v *Volunteer) any { return v.Answered }},
	{"filed", "提交暗访", 8, func(v *Volunteer) any { return v.Filed }},
	{"findings", "发现问题", 8, func(v *Volunteer) any { return v.Findings }},
	{"upheld", "查实办结", 8, func(v *Volunteer) any { return v.Upheld }},
	{"dropped", "不成立", 8, func(v *Volunteer) any { return v.Dropped }},
	{"training_hours", "培训学时", 8, func(v *Volunteer) any { return v.TrainingHours }},
	{"last_active", "最近履职月份", 12, func(v *Volunteer) any { return v.LastActive }},
	{"inactive", "长期未履职", 8, func(v *Volunteer) any { return v.Inactive }},
	{"ratings", "部门评价次数", 8, func(v *Volunteer) any { return v.Ratings }},
	{"facts", "事实清楚", 8, func(v *Volunteer) any { return v.Facts }},
	{"fairness", "态度公允", 8, func(v *Volunteer) any { return v.Fairness }},
	{"appraised_year", "履职评价年度", 8, func(v *Volunteer) any { return v.AppraisedYear }},
	{"grade", "履职评价", 10, func(v *Volunteer) any { return term{"volunteers.grade", v.Grade} }},
}
