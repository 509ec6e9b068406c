// Package ratingtest is the set-up that tests of ratings and of call-backs share.
package ratingtest

import (
	"context"
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/features/account"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var (
	ctx = context.Background()
	cal = workday.Default()
)

// Who rates: what stands in the journal alone.
const (
	Name  = "欧阳明日"
	Phone = "13855512345"
)

// Office is a real data folder with two departments and everybody who has a part
// in a rating.
type Office struct {
	*officetest.Folder
	*rating.Ratings
	M       *matter.Matters
	batches int

	Head, Staff, GH, JS access.Principal
}

// Open opens such a folder; more are what folds acts besides those of accounts,
// matters and ratings.
func Open(t *testing.T, more ...intake.Folder) *Office {
	t.Helper()
	// A Monday; 1 to 7 October are holidays, Saturday the 10th is worked.
	o := &Office{Folder: officetest.Open(t, "2026-09-28 10:00", append(more, act.NewRegistry().Add(account.Tables, account.Acts...),
		act.NewRegistry().Add(matter.Tables, matter.Acts...).Add(rating.Tables, rating.Acts...))...)}
	o.Begin()
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
	o.Head, o.Staff = o.Account("head", access.Head, ""), o.Account("staff", access.Staff, "")
	o.GH, o.JS = o.Account("gh", access.Liaison, "GH"), o.Account("js", access.Liaison, "JS")
	return o
}

// Begin begins on the folder as it is open.
func (o *Office) Begin() {
	people := account.New(o.Office())
	o.M = matter.New(o.Office(), people)
	o.Ratings = rating.New(o.Office(), people, o.M, o.Intake)
}

// Rate sends ratings as a department's adapter does.
func (o *Office) Rate(all ...*pb.Rating) {
	o.Helper()
	b := &pb.RatingsResponse{Cursor: fmt.Append(nil, o.batches), CaughtUp: true}
	o.batches++
	for _, r := range all {
		b.Records = append(b.Records, &pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: r}})
	}
	o.Must(o.Intake.Ratings(ctx, "a", b))
}

// Rating is one of GH by somebody who can be called; change may make it
// another.
func (o *Office) Rating(id string, level int, change ...func(*pb.Rating)) *pb.Rating {
	r := &pb.Rating{SourceId: id, Department: "GH", CaseNo: "GH-01", ItemCode: "I1", Level: pb.RatingLevel(level), Channel: "window", Window: "12", Handler: &pb.Person{Name: "李窗口"},
		RatedAt: timestamppb.New(o.Now), RaterName: Name, RaterPhone: Phone, Reasons: []string{"多次跑动"}, Text: "跑了三趟"}
	for _, f := range change {
		f(r)
	}
	return r
}

// Contacted has the department report that it contacted the rater, at a time as
// officetest.When reads it.
func Contacted(at string) func(*pb.Rating) {
	return func(r *pb.Rating) {
		r.ContactedAt, r.ContactResult = timestamppb.New(officetest.When(at)), "已致歉，当场补办"
	}
}

// Anonymous takes away who rated.
func Anonymous(r *pb.Rating) { r.RaterName, r.RaterPhone = "", "" }

// MustFollow follows bad ratings up.
func (o *Office) MustFollow() {
	o.Helper()
	o.Must(o.Follow(ctx))
}

// Matters lists what somebody sees of the rating matters, oldest first.
func (o *Office) Matters(p access.Principal) []matter.Matter {
	o.Helper()
	all, err := o.M.List(ctx, p, list.Asking().Up().Window(0, 100))
	o.Must(err)
	return all.Rows
}

// Matter is a matter as somebody sees it.
func (o *Office) Matter(p access.Principal, id uint64) matter.Matter {
	o.Helper()
	m, err := o.M.One(ctx, p, id)
	o.Must(err)
	return m
}

// Step takes a step with one field.
func (o *Office) Step(p access.Principal, id uint64, action, field, text string) error {
	o.Helper()
	m := o.Matter(p, id)
	return o.M.Step(ctx, p, id, o.Key(), len(m.Steps), action, map[string]string{field: text})
}

// WantDue wants a matter to be due at a time of the office's zone.
func (o *Office) WantDue(id uint64, want string) {
	o.Helper()
	m := o.Matter(o.Head, id)
	if got := o.M.Due(&m).In(cal.Zone()).Format("2006-01-02 15:04"); got != want {
		o.Errorf("%s is due %s, want %s", m.State, got, want)
	}
}
