package review

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// ReviewPlan is what of each week or month goes to the volunteers by itself. The
// office chooses the shares beforehand; which cases they are follows from the
// signed checkpoint after the period.
type ReviewPlan struct {
	Every  string  `json:"every" enum:",week,month" doc:"empty: nothing is drawn by itself"`
	Shares []Share `json:"shares" maxItems:"300"`
}

// SchemaName is the plan's name in the API's description.
func (ReviewPlan) SchemaName() string { return "Plan" }

// Share is how much of a kind is drawn of a department.
type Share struct {
	Kind       Kind   `json:"kind" enum:"rejection,overdue,authorization,finding"`
	Department string `json:"department,omitempty" maxLength:"64" doc:"code; empty: every one without a share of its own"`
	Percent    int    `json:"percent" minimum:"0" maximum:"100"`
	AtLeast    int    `json:"at_least" minimum:"0" maximum:"50"`
}

// Periods of a plan.
const (
	Weekly  = "week"  // Monday to Sunday
	Monthly = "month" // of the calendar
)

// PlanInForce is a plan with its beginning.
type PlanInForce struct {
	ReviewPlan
	Since time.Time // zero: none was ever made
	id    uint64    // journal number of the act
}

// planSet puts a plan in force.
var planSet = act.Define(act.Def[ReviewPlan]{
	Type: "review.plan_set", Group: act.Reviews,
	Words: planWords, Check: checkPlan, Fold: foldPlan,
	Example: ReviewPlan{Every: Monthly, Shares: []Share{{Kind: Overdue, Percent: 10, AtLeast: 1}}},
})

func planWords(a act.Of[ReviewPlan]) (zh, en string) {
	switch a.Data.Every {
	case Weekly:
		return "设定评议计划：每周抽取", "Set the review plan: weekly"
	case Monthly:
		return "设定评议计划：每月抽取", "Set the review plan: monthly"
	}
	return "停用评议计划", "Stopped the review plan"
}

// SetPlan puts a plan in force. The first period drawn by it is the one that is
// under way.
func (s *Reviews) SetPlan(ctx context.Context, by access.Principal, p ReviewPlan) error {
	before, err := s.Plan(ctx)
	if err != nil {
		return err
	}
	// Of two who change the same plan at once the second is told.
	_, _, err = planSet.Do(ctx, s.office.Journal, act.Done(planSet.Name(), before.id), by.Account, p)
	return err
}

// Plan is the plan in force.
func (s *Reviews) Plan(ctx context.Context) (p PlanInForce, err error) {
	var text string
	var at int64
	err = s.office.Store.Readers().QueryRowContext(ctx, `SELECT id, plan, at FROM review_plans ORDER BY id DESC LIMIT 1`).Scan(&p.id, &text, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return PlanInForce{}, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &p.ReviewPlan)
	}
	p.Since = store.Time(at)
	return p, err
}

func checkPlan(w *store.Writer, a act.Of[ReviewPlan]) error {
	p := &a.Data
	if !slices.Contains([]string{"", Weekly, Monthly}, p.Every) {
		return invalid("every", "请选择每周或每月", "choose weekly or monthly")
	}
	seen := map[Share]bool{}
	for _, s := range p.Shares {
		switch {
		case !slices.Contains(Kinds, s.Kind):
			return invalid("shares", "请选择评议的种类", "choose what is reviewed")
		case s.Percent < 0 || s.Percent > 100 || s.AtLeast < 0 || s.AtLeast > 50:
			return invalid("shares", "比例为 0 至 100，至少件数为 0 至 50", "a share is 0 to 100 percent, and at least 0 to 50 of them")
		case seen[Share{Kind: s.Kind, Department: s.Department}]:
			return invalid("shares", "同一种类、同一部门只能设一条", "there can be one share of a kind for a department")
		}
		seen[Share{Kind: s.Kind, Department: s.Department}] = true
		if s.Department == "" {
			continue
		}
		known, err := feature.KnownDepartment(w, s.Department)
		if err != nil {
			return err
		}
		if !known {
			return invalid("shares", fmt.Sprintf("没有部门 %s", s.Department), fmt.Sprintf("there is no department %s", s.Department))
		}
	}
	if p.Every != "" && !slices.ContainsFunc(p.Shares, func(s Share) bool { return s.Percent > 0 || s.AtLeast > 0 }) {
		return invalid("shares", "各项都是 0，不会抽取任何内容；不需要时请停用计划", "every share is 0, so nothing would be drawn; stop the plan instead")
	}
	return nil
}

func foldPlan(w *store.Writer, a act.Of[ReviewPlan]) error {
	text, err := json.Marshal(&a.Data)
	if err != nil {
		return err
	}
	return w.Exec(`INSERT INTO review_plans (id, at, account, plan) VALUES (?,?,?,?)`, int64(a.Seq), a.At.UnixMicro(), int64(a.By), string(text))
}

// share is what the plan wants of a kind and department.
func (p *ReviewPlan) share(k Kind, department string) (s Share, ok bool) {
	for _, x := range p.Shares {
		if x.Kind == k && x.Department == department {
			return x, true
		}
		if x.Kind == k && x.Department == "" {
			s, ok = x, true
		}
	}
	return s, ok
}

// lastPeriod is the one that ended latest before a day.
func lastPeriod(every string, today workday.Date) (from, to workday.Date) {
	if every == Monthly {
		year, month, _ := today.Civil()
		return workday.NewDate(year, month-1, 1), workday.NewDate(year, month, 1) - 1
	}
	monday := today - workday.Date((int(today.Weekday())+6)%7)
	return monday - 7, monday - 1
}
