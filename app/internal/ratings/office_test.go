package ratings_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/matters"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var (
	ctx     = context.Background()
	cal     = workday.Default()
	folders = []intake.Folder{accounts.Folder{}, volunteers.Folder{}, volunteers.VisitFolder{}, matters.Folder{}, ratings.Folder{}}
)

// What stands in the journal alone.
const (
	raterName  = "欧阳明日"
	raterPhone = "13855512345"
)

// office is a real data folder with two departments and everybody who has a
// part in a rating.
type office struct {
	*testing.T
	*ratings.Ratings
	m      *matters.Matters
	dir    string
	s      *store.Store
	in     *intake.Intake
	signer *journal.Signer
	now    time.Time
	keys   int

	head, staff, gh, js access.Principal
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{T: t, dir: t.TempDir()}
	o.at("2026-09-28 10:00") // a Monday; 1 to 7 October are holidays, Saturday the 10th is worked
	o.reopen()
	t.Cleanup(o.close)
	var deps []*pb.Department
	var items []*pb.Item
	for _, code := range []string{"GH", "JS"} {
		deps = append(deps, &pb.Department{Code: code, Name: map[string]string{"GH": "规划局", "JS": "建设局"}[code]})
		items = append(items, &pb.Item{Department: code, Code: "I1", Name: "建设用地规划许可", CaseType: pb.CaseType_CASE_TYPE_ON_THE_SPOT})
	}
	at := timestamppb.New(o.now.AddDate(0, 0, -3))
	o.must(o.in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items))
	o.must(o.in.Events(ctx, "a", &pb.EventsResponse{Cursor: []byte("1"), CaughtUp: true, Records: []*pb.EventRecord{{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: "e1",
		Department: "GH", CaseNo: "GH-01", ItemCode: "I1", Kind: pb.EventKind_EVENT_KIND_RECEIVED, OccurredAt: at, EnteredAt: at, Handler: &pb.Person{Name: "李窗口"}}}}}}))
	people := accounts.New(o.s, o.in)
	add := func(login string, role access.Role, department string) access.Principal {
		a, err := people.Create(ctx, access.Here, login, accounts.Profile{Name: "姓名" + login, Role: role, Department: department})
		o.must(err)
		return a.Principal()
	}
	o.head, o.staff = add("head", access.Head, ""), add("staff", access.Staff, "")
	o.gh, o.js = add("gh", access.Liaison, "GH"), add("js", access.Liaison, "JS")
	return o
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) reopen() {
	o.Helper()
	var err error
	o.s, err = store.Open(ctx, o.dir, cal)
	o.must(err)
	o.signer, err = journal.OpenSigner(o.dir)
	o.must(err)
	now := func() time.Time { return o.now }
	o.in, err = intake.Start(o.s, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Now: now, Signer: o.signer, Acts: folders, Logger: slog.New(slog.DiscardHandler)})
	o.must(err)
	o.m = matters.New(o.s, o.in, now)
	o.Ratings = ratings.New(o.s, o.in, o.m, o.signer.PublicKey(), now)
}

func (o *office) close() {
	o.in.Close()
	if err := o.s.Close(); err != nil {
		o.Error(err)
	}
}

func when(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, cal.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func (o *office) at(s string) { o.now = when(s) }

// rate sends ratings as a department's adapter does.
func (o *office) rate(all ...*pb.Rating) {
	o.Helper()
	b := &pb.RatingsResponse{Cursor: fmt.Append(nil, o.keys), CaughtUp: true}
	o.keys++
	for _, r := range all {
		b.Records = append(b.Records, &pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: r}})
	}
	o.must(o.in.Ratings(ctx, "a", b))
}

// rating is one of GH by somebody who can be called; change may make it
// another.
func (o *office) rating(id string, level int, change ...func(*pb.Rating)) *pb.Rating {
	r := &pb.Rating{SourceId: id, Department: "GH", CaseNo: "GH-01", ItemCode: "I1", Level: pb.RatingLevel(level), Channel: "window", Window: "12", Handler: &pb.Person{Name: "李窗口"},
		RatedAt: timestamppb.New(o.now), RaterName: raterName, RaterPhone: raterPhone, Reasons: []string{"多次跑动"}, Text: "跑了三趟"}
	for _, f := range change {
		f(r)
	}
	return r
}

func contacted(at string) func(*pb.Rating) {
	return func(r *pb.Rating) {
		r.ContactedAt, r.ContactResult = timestamppb.New(when(at)), "已致歉，当场补办"
	}
}

func anonymous(r *pb.Rating) { r.RaterName, r.RaterPhone = "", "" }

func (o *office) follow() {
	o.Helper()
	o.must(o.Follow(ctx))
}

// matters lists what somebody sees of the rating matters, oldest first.
func (o *office) matters(p access.Principal) []matters.Matter {
	o.Helper()
	all, err := o.m.List(ctx, p, matters.Filter{}, 0, 100)
	o.must(err)
	slices.Reverse(all.Rows)
	return all.Rows
}

func (o *office) one(p access.Principal, id uint64) matters.Matter {
	o.Helper()
	m, err := o.m.One(ctx, p, id)
	o.must(err)
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

func (o *office) verify() {
	o.Helper()
	rep, err := intake.Verify(ctx, o.s, cal, rules.DefaultSettings(), folders, o.signer.PublicKey(), nil)
	o.must(err)
	if rep.Difference != nil {
		o.Errorf("verify: %+v", *rep.Difference)
	}
}

func (o *office) wantCode(err error, code string) {
	o.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		o.Errorf("got %v, want %s", err, code)
	}
}
