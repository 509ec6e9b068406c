package visit

import (
	"context"
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

// office is a real data folder with two departments, and volunteers.
type office struct {
	*officetest.Folder
	*Visits
	matters    *matter.Matters
	plans      *route.Plans
	volunteers []access.Principal
}

func open(t *testing.T, volunteers int) *office {
	t.Helper()
	o := &office{Folder: officetest.Open(t, "2026-09-22 10:00", act.NewRegistry().Add(account.Tables, account.Acts...), act.NewRegistry().Add(term.Tables, term.Acts...), // a Tuesday
		act.NewRegistry().Add(matter.Tables, matter.Acts...).Add(route.Tables, route.Acts...).Add(Tables, Acts...))}
	var departments []*pb.Department
	for _, code := range []string{"GH", "JS"} {
		departments = append(departments, &pb.Department{Code: code, Name: code + "局"})
	}
	o.Must(o.Intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, departments, nil))
	f := o.Office()
	people := account.New(f)
	o.matters = matter.New(f, people)
	o.plans = route.New(f, people, o.matters, NewSheets(f))
	o.Visits = New(f, people, o.matters, o.plans)
	for i := range volunteers {
		o.volunteers = append(o.volunteers, o.Account(fmt.Sprintf("v%02d", i), access.Volunteer, ""))
	}
	return o
}

// serves appoints a volunteer from a day to another.
func (o *office) serves(p access.Principal, first, last string) {
	o.Helper()
	o.Must(term.New(o.Office(), account.New(o.Office()), term.Work{}).Appoint(ctx, access.Here, o.Key(), p.Account,
		term.Particulars{Certificate: fmt.Sprintf("%s-%d", first, p.Account), Group: term.Citizen, First: first, Last: last}))
}

// ask asks volunteers for a visit to one department, and tells the plan.
func (o *office) ask(department, date string, members ...uint64) uint64 {
	o.Helper()
	id, err := o.plans.Plan(ctx, access.Here, o.Key(), route.Outline{Date: date, Mode: "unannounced", Members: members, Stops: []route.Stop{{Department: department}}})
	o.Must(err)
	return id
}

// end brings a matter to its end: closed, or not upheld.
func (o *office) end(id uint64, gh access.Principal, upheld bool) {
	o.Helper()
	step := func(by access.Principal, version int, action, field, text string) {
		o.Helper()
		o.Must(o.matters.Step(ctx, by, id, o.Key(), version, action, map[string]string{field: text}))
	}
	if !upheld {
		step(access.Here, 0, "drop", "reason", "查无此事，已核实。")
		return
	}
	step(access.Here, 0, "assign", "task", "请核查后答复。")
	step(gh, 1, "reply", "reply", "情况属实，已经整改。")
	step(access.Here, 2, "close", "conclusion", "整改到位，予以销号。")
}

func day(t testing.TB, s string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
