package route

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

var (
	errNoPlan = fault.New(fault.NotFound, "unknown_visit_plan", "没有这次安排，或没有请您去。请刷新列表。", "There is no such plan, or you were not asked for it. Reload the list.", nil)
	errOver   = fault.New(fault.Conflict, "visit_plan_over", "这次安排的日子已过，不能再改。需要再去时，请另行安排。",
		"The day of this plan is over, so it cannot be changed. Plan another visit where one is needed.", nil)
	errCancelled = fault.New(fault.Conflict, "visit_plan_cancelled", "这次安排已经取消。", "This plan was cancelled.", nil)
	errPlanMoved = fault.New(fault.Conflict, "visit_plan_moved", "这次安排刚刚有变动（别人改过，或有人说明去不了）。请刷新后再改。",
		"This plan has just changed: somebody edited it, or said that they cannot go. Reload it and change it then.", nil)
	errPlanDone = fault.New(fault.Conflict, "visit_plan_done", "各站都已提交，不用取消。", "All of its stops are filed; there is nothing to cancel.", nil)
	errUnable   = fault.New(fault.Conflict, "declined_already", "您已说明这次去不了。", "You have said already that you cannot go.", nil)
)

func invalid(fields ...fault.Field) error {
	return fault.InvalidFields("visit_plan", "安排有误。请按各项提示更正后再保存。", "Something in the plan is wrong. Correct what is named and save it again.", fields...)
}

// check names what is wrong with an outline that is asked for on a day.
func (o *Outline) check(w *store.Writer, today workday.Date) error {
	var fields []fault.Field
	bad := func(name, zh, en string) { fields = append(fields, fault.Field{Name: name, ZH: zh, EN: en}) }
	switch day, err := workday.ParseDate(o.Date); {
	case err != nil:
		bad("date", "请选择日期", "choose a date")
	case day < today:
		bad("date", "不能早于今天", "not before today")
	case day > today+furthestDays:
		bad("date", "请选择一年以内的日期", "choose a day within a year")
	}
	if !vocab.VisitModes.Has(o.Mode) {
		bad("mode", "请选择明察、暗访或线上", "choose announced, unannounced or online")
	}
	if utf8.RuneCountInString(o.Note) > 500 {
		bad("note", "说明不超过 500 字", "at most 500 characters")
	}
	if n := len(o.Stops); n == 0 || n > mostStops {
		bad("stops", "请安排 1 至 12 站", "plan 1 to 12 stops")
	}
	for i, s := range o.Stops {
		if err := s.check(w, i+1, bad); err != nil {
			return err
		}
	}
	if err := o.checkMembers(w, today, bad); err != nil {
		return err
	}
	if len(fields) > 0 {
		return invalid(fields...)
	}
	return nil
}

func (s *Stop) check(w *store.Writer, n int, bad func(name, zh, en string)) error {
	known, err := feature.KnownDepartment(w, s.Department)
	if err != nil {
		return err
	}
	if !known {
		bad("stops", fmt.Sprintf("第 %d 站请选择部门", n), fmt.Sprintf("choose a department for stop %d", n))
	}
	for _, x := range []struct {
		text   string
		most   int
		zh, en string
	}{{s.Place, 100, "地点", "place"}, {s.Window, 40, "窗口", "window"}, {s.Item, 200, "事项", "item"}, {s.Look, 300, "看什么", "what to look at"}} {
		if utf8.RuneCountInString(x.text) > x.most {
			bad("stops", fmt.Sprintf("第 %d 站的“%s”不超过 %d 字", n, x.zh, x.most), fmt.Sprintf("stop %d, %s: at most %d characters", n, x.en, x.most))
		}
	}
	if s.Matter == 0 || !known {
		return nil
	}
	of, err := matter.IsOf(w, s.Matter, s.Department)
	if err == nil && !of {
		bad("stops", fmt.Sprintf("第 %d 站与督办 #%d 不是同一个部门", n, s.Matter), fmt.Sprintf("stop %d is not of the department of matter #%d", n, s.Matter))
	}
	return err
}

func (o *Outline) checkMembers(w *store.Writer, today workday.Date, bad func(name, zh, en string)) error {
	if n := len(o.Members); n == 0 || n > mostMembers || n == 2 && o.Members[0] == o.Members[1] {
		bad("members", "请选择一位或两位监督员", "choose one or two volunteers")
	}
	for _, m := range o.Members {
		if err := o.checkMember(w, m, today, bad); err != nil {
			return err
		}
	}
	return nil
}

// checkMember refuses to ask who is not in term both today and on the plan's
// day, or is kept from one of its departments.
func (o *Outline) checkMember(w *store.Writer, member uint64, today workday.Date, bad func(name, zh, en string)) error {
	who, _, err := account.On(w, member)
	if err != nil {
		return err
	}
	serves, err := term.Serves(w, member, today.String(), o.Date)
	if err != nil {
		return err
	}
	if who.Role != access.Volunteer || !who.Active || !serves {
		bad("members", "只能请任期内的义务监督员（今天和暗访当天都在任）", "only volunteers in term can be asked, who are so today and on that day")
		return nil
	}
	for _, s := range o.Stops {
		barred, err := isBarred(w, member, s.Department)
		if err != nil {
			return err
		}
		if barred {
			bad("members", fmt.Sprintf("%s与路线上的部门有利害关系（登记过工作单位或声明过），应当回避", who.Name), fmt.Sprintf("%s has an interest in a department of the route, by appointment or declaration", who.Name))
			return nil
		}
	}
	return nil
}

// standing is what of a plan decides on whether it may still change.
type standing struct {
	date, cancelled string
	version         int
}

func standingOf(w *store.Writer, plan uint64) (p standing, err error) {
	found, err := w.One(func(row store.Row) error {
		p = standing{date: row.Text(0), cancelled: row.Text(1), version: int(row.Int(2))}
		return nil
	}, `SELECT date, cancelled, version FROM visit_plans WHERE id = ?`, int64(plan))
	switch {
	case err != nil:
		return p, err
	case !found:
		return p, errNoPlan
	case p.cancelled != "":
		return p, errCancelled
	}
	return p, nil
}

func (d *changedData) check(w *store.Writer, today workday.Date) error {
	p, err := standingOf(w, d.Plan)
	switch {
	case err != nil:
		return err
	case p.date < today.String():
		return errOver
	case p.version != d.Version:
		return errPlanMoved
	}
	if err := d.Outline.check(w, today); err != nil {
		return err
	}
	// What was seen at a stop stays with it.
	left := map[int]Stop{}
	for _, s := range d.Stops {
		if _, twice := left[s.Number]; twice && s.Number > 0 {
			return invalid(fault.Field{Name: "stops", ZH: "同一站出现了两次，请刷新后再改", EN: "a stop is there twice; reload and change it again"})
		}
		left[s.Number] = s
	}
	delete(left, 0)
	lost := false
	if err := w.Each(func(row store.Row) error {
		n := int(row.Int(0))
		s, stays := left[n]
		lost = lost || row.Int(2) > 0 && (!stays || s.Department != row.Text(1))
		delete(left, n)
		return nil
	}, `SELECT stop, department, visit FROM visit_plan_stops WHERE plan = ?`, int64(d.Plan)); err != nil {
		return err
	}
	switch {
	case lost:
		return invalid(fault.Field{Name: "stops", ZH: "已提交记录的站不能去掉，也不能换部门", EN: "a stop that was filed can neither be removed nor be of another department"})
	case len(left) > 0:
		return errPlanMoved
	}
	return nil
}

func (d *cancelledData) check(w *store.Writer) error {
	p, err := standingOf(w, d.Plan)
	switch {
	case err != nil:
		return err
	case p.version != d.Version:
		return errPlanMoved
	}
	open, err := w.Exists(`SELECT 1 FROM visit_plan_stops WHERE plan = ? AND position > 0 AND visit = 0`, int64(d.Plan))
	if err != nil {
		return err
	}
	if !open {
		return errPlanDone
	}
	if n := utf8.RuneCountInString(d.Reason); n < 4 || n > 200 {
		return invalid(fault.Field{Name: "reason", ZH: "请写明取消的原因（4 至 200 字）", EN: "say why it is cancelled, in 4 to 200 characters"})
	}
	return nil
}

func (d *declinedData) check(w *store.Writer, by uint64, today workday.Date) error {
	var said string
	asked, err := w.One(func(row store.Row) error {
		said = row.Text(0)
		return nil
	}, `SELECT declined FROM visit_plan_members WHERE plan = ? AND account = ?`, int64(d.Plan), int64(by))
	if err != nil {
		return err
	}
	if !asked {
		return errNoPlan
	}
	p, err := standingOf(w, d.Plan)
	switch {
	case err != nil:
		return err
	case said != "":
		return errUnable
	case p.date < today.String():
		return errOver
	case !slices.Contains([]Unable{Ill, OtherDuty, Interested}, d.Why):
		return invalid(fault.Field{Name: "why", ZH: "请选择原因", EN: "choose why"})
	case (d.Why == Interested) != (len(d.Departments) > 0):
		return invalid(fault.Field{Name: "departments", ZH: "请选择需要回避的部门", EN: "choose the departments in which you have an interest"})
	case utf8.RuneCountInString(d.Note) > 200:
		return invalid(fault.Field{Name: "note", ZH: "说明不超过 200 字", EN: "at most 200 characters"})
	}
	for _, department := range d.Departments {
		there, err := w.Exists(`SELECT 1 FROM visit_plan_stops WHERE plan = ? AND department = ? AND position > 0`, int64(d.Plan), department)
		if err != nil {
			return err
		}
		if !there {
			return invalid(fault.Field{Name: "departments", ZH: "请选择这次要去的部门", EN: "choose departments of this route"})
		}
	}
	return nil
}
