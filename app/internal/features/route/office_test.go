package route_test

import (
	"context"
	"fmt"
	"testing"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

// office is a real data folder with two departments, whose cases of a month ago
// are all long overdue, and volunteers.
type office struct {
	*officetest.Folder
	*route.Plans
	reviews    *review.Reviews
	visits     *visit.Visits
	volunteers []access.Principal
}

const overdueCases = 20 // of each department

func open(t *testing.T, volunteers int) *office {
	t.Helper()
	o := &office{Folder: officetest.Open(t, "2026-09-22 10:00", act.NewRegistry().Add(account.Tables, account.Acts...), act.NewRegistry().Add(term.Tables, term.Acts...), // a Tuesday
		act.NewRegistry().Add(matter.Tables, matter.Acts...).Add(review.Tables, review.Acts...).Add(route.Tables, route.Acts...).Add(visit.Tables, visit.Acts...))}
	o.fill()
	f := o.Office()
	people := account.New(f)
	matters := matter.New(f, people)
	o.Plans = route.New(f, people, matters, visit.NewSheets(f))
	o.reviews = review.New(f, people, matters, nil, o.Plans.Interests)
	o.visits = visit.New(f, people, matters, o.Plans)
	for i := range volunteers {
		o.volunteers = append(o.volunteers, o.Account(fmt.Sprintf("v%02d", i), access.Volunteer, ""))
	}
	return o
}

func (o *office) fill() {
	o.Helper()
	limit := &pb.Limit{N: 5, Unit: pb.Unit_UNIT_WORKING_DAYS}
	var departments []*pb.Department
	var items []*pb.Item
	b := &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true}
	at := timestamppb.New(o.Now.AddDate(0, 0, -30))
	for _, code := range []string{"GH", "JS"} {
		departments = append(departments, &pb.Department{Code: code, Name: code + "局"})
		items = append(items, &pb.Item{Department: code, Code: "I1", Name: "许可", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: limit, Statutory: limit})
		for i := range overdueCases {
			no := fmt.Sprintf("%s-%02d", code, i)
			for _, kind := range []pb.EventKind{pb.EventKind_EVENT_KIND_RECEIVED, pb.EventKind_EVENT_KIND_ACCEPTED} {
				b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: no + kind.String(),
					Department: code, CaseNo: no, ItemCode: "I1", Kind: kind, OccurredAt: at, EnteredAt: at, Handler: &pb.Person{Name: "李窗口"}}}})
			}
		}
	}
	o.Must(o.Intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, departments, items))
	o.Must(o.Intake.Events(ctx, "a", b))
	o.Must(o.Intake.Judged(ctx, "a", o.Now))
}

// serves appoints a volunteer from a day to another.
func (o *office) serves(p access.Principal, first, last string, barred ...string) {
	o.Helper()
	o.Must(term.New(o.Office(), account.New(o.Office()), term.Work{}).Appoint(ctx, access.Here, o.Key(), p.Account,
		term.Particulars{Certificate: fmt.Sprintf("%s-%d", first, p.Account), Group: term.Citizen, Barred: barred, First: first, Last: last}))
}

func date(t testing.TB, s string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
