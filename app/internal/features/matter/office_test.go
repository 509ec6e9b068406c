package matter_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/list"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var (
	ctx = context.Background()
	cal = workday.Default()
)

// office is a real data folder with two departments, each with one case long
// overdue, and everybody who has a part in a matter.
type office struct {
	*officetest.Folder
	*matter.Matters
	reviews *review.Reviews
	visits  *visit.Visits

	head, staff, gh, gh2, js, leader access.Principal
	volunteers                       []access.Principal
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Folder: officetest.Open(t, "2026-09-28 10:00", act.NewRegistry().Add(account.Tables, account.Acts...).Add(matter.Tables, matter.Acts...).
		Add(review.Tables, review.Acts...).Add(rating.Tables, rating.Acts...).Add(route.Tables, route.Acts...).Add(visit.Tables, visit.Acts...))} // a Monday
	o.begin()
	o.fill()
	o.head, o.staff, o.leader = o.Account("head", access.Head, ""), o.Account("staff", access.Staff, ""), o.Account("leader", access.Leader, "")
	o.gh, o.gh2, o.js = o.Account("gh", access.Liaison, "GH"), o.Account("gh2", access.Liaison, "GH"), o.Account("js", access.Liaison, "JS")
	for i := range 3 {
		o.volunteers = append(o.volunteers, o.Account(fmt.Sprint("v0", i), access.Volunteer, ""))
	}
	return o
}

// begin begins on the folder as it is open.
func (o *office) begin() {
	people := account.New(o.Office())
	o.Matters = matter.New(o.Office(), people)
	plans := route.New(o.Office(), people, o.Matters, visit.NewSheets(o.Office()))
	o.reviews = review.New(o.Office(), people, o.Matters, nil, plans.Interests)
	o.visits = visit.New(o.Office(), people, o.Matters, plans)
}

func (o *office) fill() {
	o.Helper()
	limit := &pb.Limit{N: 5, Unit: pb.Unit_UNIT_WORKING_DAYS}
	var deps []*pb.Department
	var items []*pb.Item
	b := &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true}
	for _, code := range []string{"GH", "JS"} {
		deps = append(deps, &pb.Department{Code: code, Name: code + "局"})
		items = append(items, &pb.Item{Department: code, Code: "I1", Name: "许可", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: limit, Statutory: limit})
		at := timestamppb.New(o.Now.AddDate(0, 0, -30))
		for _, kind := range []pb.EventKind{pb.EventKind_EVENT_KIND_RECEIVED, pb.EventKind_EVENT_KIND_ACCEPTED} {
			b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: code + kind.String(),
				Department: code, CaseNo: code + "-01", ItemCode: "I1", Kind: kind, OccurredAt: at, EnteredAt: at, Handler: &pb.Person{Name: "李窗口"}}}})
		}
	}
	for _, err := range []error{o.Intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items), o.Intake.Events(ctx, "a", b), o.Intake.Judged(ctx, "a", o.Now)} {
		if err != nil {
			o.Fatal(err)
		}
	}
}

const seen = "我在 12 号窗口等了半小时，我是隔壁赵记面馆的"

// visit files a visit to GH with findings of these facts.
func (o *office) visit(facts ...string) visit.Visit {
	o.Helper()
	s := visit.Sheet{Mode: "unannounced", Department: "GH", Place: "政务大厅", Window: "12 号", Item: "建设用地规划许可", ArrivedAt: o.Now.Add(-time.Hour), LeftAt: o.Now, Attitude: 2}
	for _, f := range facts {
		s.Findings = append(s.Findings, visit.VisitFinding{Category: "unmanned", Severity: "serious", Fact: f})
	}
	v, err := o.visits.File(ctx, o.volunteers[0], o.Key(), s, nil)
	if err != nil {
		o.Fatal(err)
	}
	return v
}

// review has a case of GH reviewed; the verdicts come in the order of seats.
func (o *office) review(verdicts ...review.Verdict) review.Review {
	o.Helper()
	if _, err := o.Intake.Checkpoint(ctx); err != nil {
		o.Fatal(err)
	}
	today := cal.DateOf(o.Now)
	if _, err := o.reviews.Draw(ctx, access.Here, review.Sample{Kind: review.Overdue, From: today - 60, To: today, Percent: 100}); err != nil {
		o.Fatal(err)
	}
	all, err := o.reviews.List(ctx, list.Asking("department", "GH", "state", review.Open))
	if err != nil || all.Total != 1 {
		o.Fatal(all.Total, err)
	}
	id := all.Rows[0].ID
	for i, verdict := range verdicts {
		r, err := o.reviews.Review(ctx, id)
		if err != nil {
			o.Fatal(err)
		}
		p := access.Principal{Account: r.Seats[i].Account, Role: access.Volunteer}
		if err := o.reviews.Declare(ctx, p, id, review.None, ""); err != nil {
			o.Fatal(err)
		}
		var reasons []string
		if verdict == review.Improper {
			reasons = []string{"pause_abused", "no_explanation"}[i%2:]
		}
		if err := o.reviews.Judge(ctx, p, id, verdict, reasons, fmt.Sprintf("第 %d 位的说明", i+1)); err != nil {
			o.Fatal(err)
		}
	}
	r, err := o.reviews.Review(ctx, id)
	if err != nil {
		o.Fatal(err)
	}
	return r
}

func (o *office) step(by access.Principal, id uint64, action string, fields map[string]string) error {
	o.Helper()
	m, err := o.One(ctx, by, id)
	if err != nil {
		return err
	}
	return o.Step(ctx, by, id, o.Key(), len(m.Steps), action, fields)
}

func (o *office) do(by access.Principal, id uint64, action string, fields map[string]string) {
	o.Helper()
	if err := o.step(by, id, action, fields); err != nil {
		o.Fatalf("%s: %v", action, err)
	}
}

func (o *office) one(by access.Principal, id uint64) matter.Matter {
	o.Helper()
	m, err := o.One(ctx, by, id)
	if err != nil {
		o.Fatal(err)
	}
	return m
}

func (o *office) list(by access.Principal, f list.Ask) []matter.Matter {
	o.Helper()
	all, err := o.List(ctx, by, f.Window(0, 100))
	if err != nil {
		o.Fatal(err)
	}
	return all.Rows
}

func (o *office) due(id uint64, want string) {
	o.Helper()
	m := o.one(o.head, id)
	if got := o.Due(&m).In(cal.Zone()).Format(time.DateOnly); got != want {
		o.Errorf("%s is due on %s, want %s", m.State, got, want)
	}
}

// moves makes a liaison one of the office's own.
func (o *office) moves(p access.Principal) access.Principal {
	o.Helper()
	a, err := account.New(o.Office()).Change(ctx, access.Here, p.Account, account.Profile{Name: p.Name, Role: access.Staff}, true)
	if err != nil {
		o.Fatal(err)
	}
	return a.Principal()
}
