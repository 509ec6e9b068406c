package term

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Filed is a volunteer supervisor in a file. Days are written 2006-01-02.
type Filed struct {
	Certificate, Name, Work         string
	Group                           Group
	State                           State
	First, Until                    string
	Why                             Why
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
	Grade                           Grade
}

// Listed describes the list of volunteer supervisors, in the order in which their
// accounts were made.
var Listed = &list.List[Filed, struct{}]{
	Name: "volunteers", ZH: "义务监督员", EN: "Volunteers", Fixed: true,
	Columns: []list.Column[Filed]{
		list.Text("certificate", "证书编号", "Certificate", 14, func(v *Filed) string { return v.Certificate }),
		list.Text("name", "姓名", "Name", 12, func(v *Filed) string { return v.Name }),
		list.Word("group", "类别", "Group", 12, vocab.VolunteerGroups, func(v *Filed) Group { return v.Group }),
		list.Text("work", "职业与单位", "Occupation and workplace", 24, func(v *Filed) string { return v.Work }),
		list.Word("state", "任期状态", "State", 12, vocab.TermStates, func(v *Filed) State { return v.State }),
		list.Text("first", "起始日期", "First day", 12, func(v *Filed) string { return v.First }),
		list.Text("until", "截止日期", "Until", 12, func(v *Filed) string { return v.Until }),
		list.Word("why", "提前结束原因", "Ended early", 12, vocab.EndReasons, func(v *Filed) Why { return v.Why }),
		list.Text("from", "统计起", "Figures from", 12, func(v *Filed) string { return v.From }),
		list.Text("to", "统计止", "Figures to", 12, func(v *Filed) string { return v.To }),
		list.Number("assigned", "应评", "Reviews assigned", 8, func(v *Filed) int { return v.Assigned }),
		list.Number("in_time", "按时评议", "Given in time", 8, func(v *Filed) int { return v.InTime }),
		list.Number("late", "逾期评议", "Given late", 8, func(v *Filed) int { return v.Late }),
		list.Number("awaited", "未评议", "Awaited", 8, func(v *Filed) int { return v.Awaited }),
		list.Number("interests", "声明回避", "Stepped aside", 8, func(v *Filed) int { return v.Interests }),
		list.Number("asked", "安排暗访", "Visits asked for", 8, func(v *Filed) int { return v.Asked }),
		list.Number("answered", "按安排提交", "Of those filed", 8, func(v *Filed) int { return v.Answered }),
		list.Number("filed", "提交暗访", "Sheets filed", 8, func(v *Filed) int { return v.Filed }),
		list.Number("findings", "发现问题", "Findings", 8, func(v *Filed) int { return v.Findings }),
		list.Number("upheld", "查实办结", "Upheld", 8, func(v *Filed) int { return v.Upheld }),
		list.Number("dropped", "不成立", "Not upheld", 8, func(v *Filed) int { return v.Dropped }),
		list.Decimal("training_hours", "培训学时", "Hours", 8, func(v *Filed) float64 { return v.TrainingHours }),
		list.Text("last_active", "最近履职月份", "Last active", 12, func(v *Filed) string { return v.LastActive }),
		list.Flag("inactive", "长期未履职", "Inactive", 8, func(v *Filed) bool { return v.Inactive }),
		list.Number("ratings", "部门评价次数", "Ratings", 8, func(v *Filed) int { return v.Ratings }),
		list.Decimal("facts", "事实清楚", "Facts", 8, func(v *Filed) float64 { return v.Facts }),
		list.Decimal("fairness", "态度公允", "Fair", 8, func(v *Filed) float64 { return v.Fairness }),
		list.Number("appraised_year", "履职评价年度", "Appraised year", 8, func(v *Filed) int { return v.AppraisedYear }),
		list.Word("grade", "履职评价", "Appraisal", 10, vocab.Grades, func(v *Filed) Grade { return v.Grade }),
	},
}

// Each calls each with every volunteer supervisor.
func (t *Terms) Each(ctx context.Context, each func(*Filed) error) error {
	roll, err := t.Roll(ctx)
	if err != nil {
		return err
	}
	for i := range roll.Volunteers {
		v := &roll.Volunteers[i]
		f := &v.Figures
		row := Filed{Name: v.Name, State: v.State, From: f.From, To: f.To, Assigned: f.Assigned, InTime: f.InTime, Late: f.Late,
			Awaited: f.Open + f.OpenLate, Interests: f.Interests, Asked: f.Asked, Answered: f.Answered, Filed: f.Filed,
			Findings: f.Findings, Upheld: f.Upheld, Dropped: f.Dropped, TrainingHours: f.TrainingHours, LastActive: f.LastActive, Inactive: f.Inactive,
			Ratings: v.Rated.Ratings, Facts: v.Rated.Facts, Fairness: v.Rated.Fairness}
		if held := v.Term; held != nil {
			row.Certificate, row.Group, row.Work, row.First, row.Until, row.Why = held.Certificate, held.Group, held.Work, held.First, held.Until, held.Why
		}
		if a := v.Appraisal; a != nil {
			row.AppraisedYear, row.Grade = a.Year, a.Grade
		}
		if err := each(&row); err != nil {
			return err
		}
	}
	return nil
}
