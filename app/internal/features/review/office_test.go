package review

import (
	"context"
	"fmt"
	"testing"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

// office is a real data folder with two departments, whose cases of a month ago
// are all long overdue, and volunteers.
type office struct {
	*officetest.Folder
	*Reviews
	volunteers []access.Principal
	atVisits   map[uint64]string // departments that accounts declared an interest in
}

const overdueCases = 20 // of each department

func open(t *testing.T, volunteers int) *office {
	t.Helper()
	return openWith(t, volunteers, 30)
}

// openWith is an office whose cases came in some days ago.
func openWith(t *testing.T, volunteers, daysAgo int) *office {
	t.Helper()
	o := &office{Folder: officetest.Open(t, "2026-09-22 10:00", act.NewRegistry().Add(account.Tables, account.Acts...), act.NewRegistry().Add(term.Tables, term.Acts...), // a Tuesday
		act.NewRegistry().Add(matter.Tables, matter.Acts...).Add(Tables, Acts...))}
	people := account.New(o.Office())
	o.atVisits = map[uint64]string{}
	o.Reviews = New(o.Office(), people, matter.New(o.Office(), people), nil, func(_ context.Context, f func(uint64, string)) error {
		for account, department := range o.atVisits {
			f(account, department)
		}
		return nil
	})
	o.fill(daysAgo)
	for i := range volunteers {
		o.volunteers = append(o.volunteers, o.Account(fmt.Sprintf("v%02d", i), access.Volunteer, ""))
	}
	return o
}

func (o *office) fill(daysAgo int) {
	o.Helper()
	limit := &pb.Limit{N: 5, Unit: pb.Unit_UNIT_WORKING_DAYS}
	var deps []*pb.Department
	var items []*pb.Item
	b := &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true}
	for _, code := range []string{"GH", "JS"} {
		deps = append(deps, &pb.Department{Code: code, Name: code + "局"})
		items = append(items, &pb.Item{Department: code, Code: "I1", Name: "许可", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: limit, Statutory: limit})
		for i := range overdueCases {
			no := fmt.Sprintf("%s-%02d", code, i)
			at := timestamppb.New(o.Now.AddDate(0, 0, -daysAgo))
			for _, kind := range []pb.EventKind{pb.EventKind_EVENT_KIND_RECEIVED, pb.EventKind_EVENT_KIND_ACCEPTED} {
				b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: no + kind.String(),
					Department: code, CaseNo: no, ItemCode: "I1", Kind: kind, OccurredAt: at, EnteredAt: at, Handler: &pb.Person{Name: "李窗口"}}}})
			}
		}
	}
	o.Must(o.Intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items))
	o.Must(o.Intake.Events(ctx, "a", b))
	o.Must(o.Intake.Judged(ctx, "a", o.Now))
}

// sign signs the day's checkpoint.
func (o *office) sign() {
	o.Helper()
	_, err := o.Intake.Checkpoint(ctx)
	o.Must(err)
}

func (o *office) review(id uint64) Review {
	o.Helper()
	r, err := o.Review(ctx, id)
	o.Must(err)
	return r
}

// one puts up a single review and returns it.
func (o *office) one() Review {
	o.Helper()
	o.sign()
	_, err := o.Draw(ctx, access.Here, o.overdueOf(0, 1))
	o.Must(err)
	all, err := o.List(ctx, at(list.Asking("state", Open), store.Window{Limit: 10}))
	if err != nil || all.Total != 2 { // one of each department
		o.Fatalf("%d reviews, %v", all.Total, err)
	}
	return all.Rows[0]
}

// overdueOf is a request for overdue cases of the last two months.
func (o *office) overdueOf(percent, atLeast int) Sample {
	today := workday.Default().DateOf(o.Now)
	return Sample{Kind: Overdue, From: today - 60, To: today, Percent: percent, AtLeast: atLeast}
}

// serves appoints a volunteer from a day to another.
func (o *office) serves(p access.Principal, first, last string, barred ...string) {
	o.Helper()
	o.Must(term.New(o.Office(), account.New(o.Office()), term.Work{}).Appoint(ctx, access.Here, fmt.Sprintf("appoint-%s-%d", first, p.Account), p.Account,
		term.Particulars{Certificate: fmt.Sprintf("%s-%d", first, p.Account), Group: term.Citizen, Barred: barred, First: first, Last: last}))
}

// at is an ask for a window of its rows.
func at(ask list.Ask, w store.Window) list.Ask {
	ask.At = w
	return ask
}

func date(t testing.TB, s string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
