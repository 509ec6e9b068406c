package matters_test

import (
	"context"
	"fmt"
	"log/slog"
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
	folders = []intake.Folder{accounts.Folder{}, volunteers.Folder{}, volunteers.VisitFolder{}, volunteers.RouteFolder{}, matters.Folder{}, ratings.Folder{}}
)

// office is a real data folder with two departments, each with one case long
// overdue, and everybody who has a part in a matter.
type office struct {
	*testing.T
	*matters.Matters
	v      *volunteers.Volunteers
	dir    string
	s      *store.Store
	in     *intake.Intake
	signer *journal.Signer
	now    time.Time
	keys   int

	head, staff, gh, gh2, js, leader access.Principal
	volunteers                       []access.Principal
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{T: t, dir: t.TempDir(), now: time.Date(2026, 9, 28, 10, 0, 0, 0, cal.Zone())} // a Monday
	o.reopen()
	t.Cleanup(o.close)
	o.fill()
	people := accounts.New(o.s, o.in)
	add := func(login string, role access.Role, department string) access.Principal {
		a, err := people.Create(ctx, access.Here, login, accounts.Profile{Name: "姓名" + login, Role: role, Department: department})
		if err != nil {
			t.Fatal(err)
		}
		return a.Principal()
	}
	o.head, o.staff, o.leader = add("head", access.Head, ""), add("staff", access.Staff, ""), add("leader", access.Leader, "")
	o.gh, o.gh2, o.js = add("gh", access.Liaison, "GH"), add("gh2", access.Liaison, "GH"), add("js", access.Liaison, "JS")
	for i := range 3 {
		o.volunteers = append(o.volunteers, add(fmt.Sprint("v0", i), access.Volunteer, ""))
	}
	return o
}

func (o *office) reopen() {
	o.Helper()
	var err error
	if o.s, err = store.Open(ctx, o.dir, cal); err != nil {
		o.Fatal(err)
	}
	if o.signer, err = journal.OpenSigner(o.dir); err != nil {
		o.Fatal(err)
	}
	now := func() time.Time { return o.now }
	if o.in, err = intake.Start(o.s, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Now: now,
		Signer: o.signer, Acts: folders, Logger: slog.New(slog.DiscardHandler)}); err != nil {
		o.Fatal(err)
	}
	o.v, o.Matters = volunteers.New(o.s, o.in, o.signer.PublicKey(), now), matters.New(o.s, o.in, now)
}

func (o *office) close() {
	o.in.Close()
	if err := o.s.Close(); err != nil {
		o.Error(err)
	}
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
		at := timestamppb.New(o.now.AddDate(0, 0, -30))
		for _, kind := range []pb.EventKind{pb.EventKind_EVENT_KIND_RECEIVED, pb.EventKind_EVENT_KIND_ACCEPTED} {
			b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: &pb.Event{SourceId: code + kind.String(),
				Department: code, CaseNo: code + "-01", ItemCode: "I1", Kind: kind, OccurredAt: at, EnteredAt: at, Handler: &pb.Person{Name: "李窗口"}}}})
		}
	}
	for _, err := range []error{o.in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, deps, items), o.in.Events(ctx, "a", b), o.in.Judged(ctx, "a", o.now)} {
		if err != nil {
			o.Fatal(err)
		}
	}
}

func (o *office) at(s string) {
	o.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", s, cal.Zone())
	if err != nil {
		o.Fatal(err)
	}
	o.now = t
}

func (o *office) key() string {
	o.keys++
	return fmt.Sprintf("key-%06d", o.keys)
}

const seen = "我在 12 号窗口等了半小时，我是隔壁赵记面馆的"

// visit files a visit to GH with findings of these facts.
func (o *office) visit(facts ...string) volunteers.Visit {
	o.Helper()
	s := volunteers.Sheet{Mode: "unannounced", Department: "GH", Place: "政务大厅", Window: "12 号", Item: "建设用地规划许可", ArrivedAt: o.now.Add(-time.Hour), LeftAt: o.now, Attitude: 2}
	for _, f := range facts {
		s.Findings = append(s.Findings, volunteers.VisitFinding{Category: "unmanned", Severity: "serious", Fact: f})
	}
	v, err := o.v.FileVisit(ctx, o.volunteers[0], o.key(), s, nil)
	if err != nil {
		o.Fatal(err)
	}
	return v
}

// review has a case of GH reviewed; the verdicts come in the order of seats.
func (o *office) review(verdicts ...volunteers.Verdict) volunteers.Review {
	o.Helper()
	if _, err := o.in.Checkpoint(ctx); err != nil {
		o.Fatal(err)
	}
	today := cal.DateOf(o.now)
	if _, err := o.v.Draw(ctx, access.Here, volunteers.DrawRequest{Kind: volunteers.Overdue, From: today - 60, To: today, Percent: 100}); err != nil {
		o.Fatal(err)
	}
	all, err := o.v.Reviews(ctx, volunteers.ReviewFilter{Department: "GH", State: volunteers.Open}, store.Window{Limit: 10})
	if err != nil || all.Total != 1 {
		o.Fatal(all.Total, err)
	}
	id := all.Rows[0].ID
	for i, verdict := range verdicts {
		r, err := o.v.Review(ctx, id)
		if err != nil {
			o.Fatal(err)
		}
		p := access.Principal{Account: r.Seats[i].Account, Role: access.Volunteer}
		if err := o.v.Declare(ctx, p, id, volunteers.None, ""); err != nil {
			o.Fatal(err)
		}
		var reasons []string
		if verdict == volunteers.Improper {
			reasons = []string{"pause_abused", "no_explanation"}[i%2:]
		}
		if err := o.v.Judge(ctx, p, id, verdict, reasons, fmt.Sprintf("第 %d 位的说明", i+1)); err != nil {
			o.Fatal(err)
		}
	}
	r, err := o.v.Review(ctx, id)
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
	return o.Step(ctx, by, id, o.key(), len(m.Steps), action, fields)
}

func (o *office) do(by access.Principal, id uint64, action string, fields map[string]string) {
	o.Helper()
	if err := o.step(by, id, action, fields); err != nil {
		o.Fatalf("%s: %v", action, err)
	}
}

func (o *office) one(by access.Principal, id uint64) matters.Matter {
	o.Helper()
	m, err := o.One(ctx, by, id)
	if err != nil {
		o.Fatal(err)
	}
	return m
}

func (o *office) list(by access.Principal, f matters.Filter) []matters.Matter {
	o.Helper()
	all, err := o.List(ctx, by, f, store.Window{Limit: 100})
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

func (o *office) verify() {
	o.Helper()
	rep, err := intake.Verify(ctx, o.s, cal, rules.DefaultSettings(), folders, o.signer.PublicKey(), nil)
	if err != nil {
		o.Fatal(err)
	}
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

// moves makes a liaison one of the office's own.
func (o *office) moves(p access.Principal) access.Principal {
	o.Helper()
	a, err := accounts.New(o.s, o.in).Change(ctx, access.Here, p.Account, accounts.Profile{Name: p.Name, Role: access.Staff}, true)
	if err != nil {
		o.Fatal(err)
	}
	return a.Principal()
}
