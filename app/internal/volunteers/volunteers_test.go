package volunteers

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/list"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

var folders = []intake.Folder{act.NewRegistry().Add(account.Tables, account.Acts...), VisitFolder{}, RouteFolder{}, RatingFolder{}, act.NewRegistry().Add(matter.Tables, matter.Acts...).Add(review.Tables, review.Acts...), act.NewRegistry().Add(term.Tables, term.Acts...)}

// office is a real data folder with two departments, whose cases of a month ago
// are all long overdue, and volunteers.
// office is the folder as features use it.
func (o *office) office() *feature.Office {
	return &feature.Office{Store: o.s, Journal: o.in, Now: func() time.Time { return o.now }, PublicKey: o.signer.PublicKey(), Dir: o.dir}
}

type office struct {
	*testing.T
	*Volunteers
	*review.Reviews
	dir        string
	s          *store.Store
	in         *intake.Intake
	signer     *journal.Signer
	now        time.Time
	volunteers []access.Principal
}

const overdueCases = 20 // of each department

func open(t *testing.T, volunteers int) *office {
	t.Helper()
	return openWith(t, volunteers, 30)
}

// openWith is an office whose cases came in some days ago.
func openWith(t *testing.T, volunteers, daysAgo int) *office {
	t.Helper()
	cal := workday.Default()
	o := &office{T: t, dir: t.TempDir(), now: time.Date(2026, 9, 22, 10, 0, 0, 0, cal.Zone())} // a Tuesday
	var err error
	if o.s, err = store.Open(ctx, o.dir, cal); err != nil {
		t.Fatal(err)
	}
	if o.signer, err = journal.OpenSigner(o.dir); err != nil {
		t.Fatal(err)
	}
	if o.in, err = intake.Start(o.s, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Now: func() time.Time { return o.now },
		Signer: o.signer, Acts: folders, Logger: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		o.in.Close()
		if err := o.s.Close(); err != nil {
			t.Error(err)
		}
	})
	people := account.New(o.office())
	o.Reviews = review.New(o.office(), people, matter.New(o.office(), people), nil)
	o.Volunteers = New(o.s, o.in, func() time.Time { return o.now })
	o.fill(daysAgo)
	for i := range volunteers {
		a, err := people.Create(ctx, access.Here, fmt.Sprintf("v%02d", i), account.Profile{Name: fmt.Sprint("监督员", i), Role: access.Volunteer})
		if err != nil {
			t.Fatal(err)
		}
		o.volunteers = append(o.volunteers, a.Principal())
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
			at := timestamppb.New(o.now.AddDate(0, 0, -daysAgo))
			for _, kind := range []pb.EventKind{pb.EventKind_EVENT_KIND_RECEIVED, pb.EventKind_EVENT_KIND_ACCEPTED} {
				b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: no + kind.String(),
					Department: code, CaseNo: no, ItemCode: "I1", Kind: kind, OccurredAt: at, EnteredAt: at, Handler: &pb.Person{Name: "李窗口"}}}})
			}
		}
	}
	if err := o.in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items); err != nil {
		o.Fatal(err)
	}
	if err := o.in.Events(ctx, "a", b); err != nil {
		o.Fatal(err)
	}
	if err := o.in.Judged(ctx, "a", o.now); err != nil {
		o.Fatal(err)
	}
}

// sign signs the day's checkpoint.
func (o *office) sign() {
	o.Helper()
	if _, err := o.in.Checkpoint(ctx); err != nil {
		o.Fatal(err)
	}
}

func (o *office) verify() {
	o.Helper()
	rep, err := intake.Verify(ctx, o.s, workday.Default(), rules.DefaultSettings(), folders, o.signer.PublicKey(), nil)
	if err != nil {
		o.Fatal(err)
	}
	if rep.Difference != nil {
		o.Errorf("verify: %+v", *rep.Difference)
	}
}

func (o *office) review(id uint64) review.Review {
	o.Helper()
	r, err := o.Review(ctx, id)
	if err != nil {
		o.Fatal(err)
	}
	return r
}

// overdueOf is a request for overdue cases of the last two months.
func (o *office) overdueOf(percent, atLeast int) review.Sample {
	today := workday.Default().DateOf(o.now)
	return review.Sample{Kind: review.Overdue, From: today - 60, To: today, Percent: percent, AtLeast: atLeast}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

// one puts up a single review and returns it.
func (o *office) one() review.Review {
	o.Helper()
	o.sign()
	q := o.overdueOf(0, 1)
	if _, err := o.Draw(ctx, access.Here, q); err != nil {
		o.Fatal(err)
	}
	all, err := o.List(ctx, list.Asking("state", review.Open))
	if err != nil || all.Total != 2 { // one of each department
		o.Fatalf("%d reviews, %v", all.Total, err)
	}
	return all.Rows[0]
}
