package ratings_test

import (
	"context"
	"fmt"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var (
	ctx = context.Background()
	cal = workday.Default()
)

// What stands in the journal alone.
const (
	raterName  = "欧阳明日"
	raterPhone = "13855512345"
)

// office is a real data folder with two departments and everybody who has a
// part in a rating.
type office struct {
	*officetest.Folder
	*ratings.Ratings
	m    *matter.Matters
	keys int

	head, staff, gh, js access.Principal
}

func open(t *testing.T) *office {
	t.Helper()
	// A Monday; 1 to 7 October are holidays, Saturday the 10th is worked.
	o := &office{Folder: officetest.Open(t, "2026-09-28 10:00", accounts.Folder{}, volunteers.Folder{}, act.NewRegistry().Add(matter.Tables, matter.Acts...), ratings.Folder{})}
	o.begin()
	var deps []*pb.Department
	var items []*pb.Item
	for _, code := range []string{"GH", "JS"} {
		deps = append(deps, &pb.Department{Code: code, Name: map[string]string{"GH": "规划局", "JS": "建设局"}[code]})
		items = append(items, &pb.Item{Department: code, Code: "I1", Name: "建设用地规划许可", CaseType: pb.CaseType_CASE_TYPE_ON_THE_SPOT})
	}
	at := timestamppb.New(o.Now.AddDate(0, 0, -3))
	o.Must(o.Intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items))
	o.Must(o.Intake.Events(ctx, "a", &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true, Records: []*pb.EventRecord{{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: "e1",
		Department: "GH", CaseNo: "GH-01", ItemCode: "I1", Kind: pb.EventKind_EVENT_KIND_RECEIVED, OccurredAt: at, EnteredAt: at, Handler: &pb.Person{Name: "李窗口"}}}}}}))
	o.head, o.staff = o.Account("head", access.Head, ""), o.Account("staff", access.Staff, "")
	o.gh, o.js = o.Account("gh", access.Liaison, "GH"), o.Account("js", access.Liaison, "JS")
	return o
}

// begin begins on the folder as it is open.
func (o *office) begin() {
	now := func() time.Time { return o.Now }
	o.m = matter.New(o.Office(), accounts.New(o.Office()))
	o.Ratings = ratings.New(o.Store, o.Intake, o.m, o.Signer.PublicKey(), now)
}

// rate sends ratings as a department's adapter does.
func (o *office) rate(all ...*pb.Rating) {
	o.Helper()
	b := &pb.RatingsResponse{Cursor: fmt.Append(nil, o.keys), CaughtUp: true}
	o.keys++
	for _, r := range all {
		b.Records = append(b.Records, &pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: r}})
	}
	o.Must(o.Intake.Ratings(ctx, "a", b))
}

// rating is one of GH by somebody who can be called; change may make it
// another.
func (o *office) rating(id string, level int, change ...func(*pb.Rating)) *pb.Rating {
	r := &pb.Rating{SourceId: id, Department: "GH", CaseNo: "GH-01", ItemCode: "I1", Level: pb.RatingLevel(level), Channel: "window", Window: "12", Handler: &pb.Person{Name: "李窗口"},
		RatedAt: timestamppb.New(o.Now), RaterName: raterName, RaterPhone: raterPhone, Reasons: []string{"多次跑动"}, Text: "跑了三趟"}
	for _, f := range change {
		f(r)
	}
	return r
}

func contacted(at string) func(*pb.Rating) {
	return func(r *pb.Rating) {
		r.ContactedAt, r.ContactResult = timestamppb.New(officetest.When(at)), "已致歉，当场补办"
	}
}

func anonymous(r *pb.Rating) { r.RaterName, r.RaterPhone = "", "" }

func (o *office) follow() {
	o.Helper()
	o.Must(o.Follow(ctx))
}

// matters lists what somebody sees of the rating matters, oldest first.
func (o *office) matters(p access.Principal) []matter.Matter {
	o.Helper()
	all, err := o.m.List(ctx, p, list.Asking().Up().Window(0, 100))
	o.Must(err)
	return all.Rows
}

func (o *office) one(p access.Principal, id uint64) matter.Matter {
	o.Helper()
	m, err := o.m.One(ctx, p, id)
	o.Must(err)
	return m
}

func (o *office) step(p access.Principal, id uint64, action, field, text string) error {
	o.Helper()
	m := o.one(p, id)
	o.keys++
	return o.m.Step(ctx, p, id, fmt.Sprintf("key-%06d", o.keys), len(m.Steps), action, map[string]string{field: text})
}

func (o *office) due(id uint64, want string) {
	o.Helper()
	m := o.one(o.head, id)
	if got := o.m.Due(&m).In(cal.Zone()).Format("2006-01-02 15:04"); got != want {
		o.Errorf("%s is due %s, want %s", m.State, got, want)
	}
}
