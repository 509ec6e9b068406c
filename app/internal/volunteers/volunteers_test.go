package volunteers

import (
	"context"
	"encoding/json"
	"fmt"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/terms"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

var folders = []intake.Folder{accounts.Folder{}, Folder{}, VisitFolder{}, RouteFolder{}, RatingFolder{}, act.NewRegistry().Add(matter.Tables, matter.Acts...), terms.Folder{}}

// office is a real data folder with two departments, whose cases of a month ago
// are all long overdue, and volunteers.
// office is the folder as features use it.
func (o *office) office() *feature.Office {
	return &feature.Office{Store: o.s, Journal: o.in, Now: func() time.Time { return o.now }, PublicKey: o.signer.PublicKey(), Dir: o.dir}
}

type office struct {
	*testing.T
	*Volunteers
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
	o := &office{T: t, dir: emptyfolder.New(t), now: time.Date(2026, 9, 22, 10, 0, 0, 0, cal.Zone())} // a Tuesday
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
	o.Volunteers = New(o.s, o.in, o.signer.PublicKey(), func() time.Time { return o.now })
	o.fill(daysAgo)
	people := accounts.New(o.office())
	for i := range volunteers {
		a, err := people.Create(ctx, access.Here, fmt.Sprintf("v%02d", i), accounts.Profile{Name: fmt.Sprint("监督员", i), Role: access.Volunteer})
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

func (o *office) review(id uint64) Review {
	o.Helper()
	r, err := o.Review(ctx, id)
	if err != nil {
		o.Fatal(err)
	}
	return r
}

// overdueOf is a request for overdue cases of the last two months.
func (o *office) overdueOf(percent, atLeast int) DrawRequest {
	today := workday.Default().DateOf(o.now)
	return DrawRequest{Kind: Overdue, From: today - 60, To: today, Percent: percent, AtLeast: atLeast}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestADrawPutsUpTheSampleWithTwoReviewersEach(t *testing.T) {
	o := open(t, 6)
	_, err := o.Draw(ctx, access.Here, o.overdueOf(20, 1))
	wantCode(t, err, "no_checkpoint_today")
	o.sign()
	d, err := o.Draw(ctx, access.Here, o.overdueOf(20, 1))
	if err != nil {
		t.Fatal(err)
	}
	// A fifth of twenty, of each of two departments.
	if d.Candidates != 2*overdueCases || d.Drawn != 8 || d.Name != "review/overdue/*/2026-09-22/1" {
		t.Errorf("drawn %+v", d)
	}
	all, err := o.Reviews(ctx, ReviewFilter{State: Open, Kind: Overdue}, store.Window{Limit: 100})
	if err != nil || all.Total != 8 {
		t.Fatalf("%d reviews, %v", all.Total, err)
	}
	load := map[uint64]int{}
	of := map[string]int{}
	for _, r := range all.Rows {
		of[r.Department]++
		if len(r.Seats) != 2 || r.Seats[0].Account == r.Seats[1].Account || r.CaseID == 0 || r.Draw != d.ID {
			t.Errorf("review %+v", r)
		}
		// Five working days from a Tuesday, over the Mid-Autumn Festival (Friday 25
		// September to Sunday; the Sunday before was worked): 23, 24, 28, 29, 30.
		if want := time.Date(2026, 9, 30, 17, 30, 0, 0, workday.Default().Zone()); !r.DueAt.Equal(want) {
			t.Errorf("due %v, want %v", r.DueAt.In(want.Location()), want)
		}
		for _, s := range r.Seats {
			load[s.Account]++
		}
	}
	if of["GH"] != 4 || of["JS"] != 4 {
		t.Errorf("of departments %v", of)
	}
	for _, v := range o.volunteers { // 16 seats for 6 people
		if load[v.Account] < 2 || load[v.Account] > 3 {
			t.Errorf("loads %v are not even", load)
		}
	}
	// The certificate makes the same draw again.
	c, err := o.Certificate(ctx, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	again, err := draw.Draw(draw.Request{Name: c.Name, Note: c.Checkpoint, PublicKey: o.signer.PublicKey(), Population: c.Population, Wanted: c.Wanted})
	if err != nil || !slices.Equal(again.Sample, c.Sample) || len(c.Sample) != 8 {
		t.Errorf("drawn again %v, %v; certificate %v", again.Sample, err, c.Sample)
	}
	// Nothing is reviewed twice; what came after the checkpoint is not drawn.
	second, err := o.Draw(ctx, access.Here, o.overdueOf(100, 0))
	if err != nil || second.Candidates != 2*overdueCases-8 || second.Name != "review/overdue/*/2026-09-22/2" {
		t.Errorf("second draw %+v, %v", second, err)
	}
	_, err = o.Draw(ctx, access.Here, o.overdueOf(100, 0))
	wantCode(t, err, "nothing_to_draw")
	o.verify()
}

// one puts up a single review and returns it.
func (o *office) one() Review {
	o.Helper()
	o.sign()
	q := o.overdueOf(0, 1)
	if _, err := o.Draw(ctx, access.Here, q); err != nil {
		o.Fatal(err)
	}
	all, err := o.Reviews(ctx, ReviewFilter{State: Open}, store.Window{Limit: 10})
	if err != nil || all.Total != 2 { // one of each department
		o.Fatalf("%d reviews, %v", all.Total, err)
	}
	return all.Rows[0]
}

func TestReviewersWhoDifferGetAThird(t *testing.T) {
	o := open(t, 5)
	r := o.one()
	first, second := access.Principal{Account: r.Seats[0].Account}, access.Principal{Account: r.Seats[1].Account}
	wantCode(t, o.Judge(ctx, first, r.ID, Proper, nil, ""), "declare_first")
	for _, p := range []access.Principal{first, second} {
		if err := o.Declare(ctx, p, r.ID, None, ""); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, o.Declare(ctx, first, r.ID, Kin, ""), "act_key_used")
	wantCode(t, o.Judge(ctx, first, r.ID, "splendid", nil, ""), "review")
	wantCode(t, o.Judge(ctx, first, r.ID, Improper, nil, "短"), "review")
	wantCode(t, o.Judge(ctx, first, r.ID, Improper, []string{"no_such_reason"}, ""), "review")
	wantCode(t, o.Judge(ctx, access.Principal{Account: 999}, r.ID, Proper, nil, ""), "unknown_review")
	for range 2 { // sent twice, as phones do
		if err := o.Judge(ctx, first, r.ID, Improper, []string{"pause_abused"}, "挂起理由不成立"); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, o.Judge(ctx, first, r.ID, Proper, nil, ""), "act_key_used")
	if err := o.Judge(ctx, second, r.ID, Proper, nil, ""); err != nil {
		t.Fatal(err)
	}
	got := o.review(r.ID)
	if got.State != Third || len(got.Seats) != 3 || got.Verdict != "" {
		t.Fatalf("after two that differ: %+v", got)
	}
	third := access.Principal{Account: got.Seats[2].Account}
	if third == first || third == second {
		t.Error("the third is one of the two")
	}
	if err := o.Declare(ctx, third, r.ID, None, ""); err != nil {
		t.Fatal(err)
	}
	if err := o.Judge(ctx, third, r.ID, Improper, nil, "四个字够了"); err != nil {
		t.Fatal(err)
	}
	got = o.review(r.ID)
	if got.State != Done || got.Verdict != Improper || got.DoneAt.IsZero() {
		t.Errorf("after the third: %+v", got)
	}
	o.verify()
}

func TestWhoHasAnInterestIsReplaced(t *testing.T) {
	o := open(t, 3)
	r := o.one()
	refuses := access.Principal{Account: r.Seats[0].Account}
	if err := o.Declare(ctx, refuses, r.ID, Employer, "我曾在该局工作"); err != nil {
		t.Fatal(err)
	}
	got := o.review(r.ID)
	if len(got.Seats) != 3 || got.Seats[0].State != Refused || got.Seats[2].Account == refuses.Account {
		t.Fatalf("seats %+v", got.Seats)
	}
	wantCode(t, o.Judge(ctx, refuses, r.ID, Proper, nil, ""), "declare_first")
	// No fourth is there: the seat stays empty until somebody joins.
	if err := o.Declare(ctx, access.Principal{Account: got.Seats[1].Account}, r.ID, Kin, ""); err != nil {
		t.Fatal(err)
	}
	if empty, err := o.Fill(ctx); err != nil || empty != 1 {
		t.Errorf("%d empty seats, %v; want 1", empty, err)
	}
	joined, err := accounts.New(o.office()).Create(ctx, access.Here, "new", accounts.Profile{Name: "新监督员", Role: access.Volunteer})
	if err != nil {
		t.Fatal(err)
	}
	if empty, err := o.Fill(ctx); err != nil || empty != 0 {
		t.Errorf("%d empty seats, %v; want 0", empty, err)
	}
	if _, ok := func() (Seat, bool) { r := o.review(r.ID); return r.SeatOf(joined.ID) }(); !ok {
		t.Error("who joined got no seat")
	}
	o.verify()
}

// Whatever order verdicts come in, and however often each is sent, a review is
// decided once.
func TestVerdictsAtTheSameTime(t *testing.T) {
	o := open(t, 4)
	r := o.one()
	var wg sync.WaitGroup
	for _, s := range r.Seats {
		p := access.Principal{Account: s.Account}
		if err := o.Declare(ctx, p, r.ID, None, ""); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			wg.Go(func() {
				if err := o.Judge(ctx, p, r.ID, Proper, nil, "没有发现问题"); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	got := o.review(r.ID)
	if got.State != Done || got.Verdict != Proper || len(got.Seats) != 2 {
		t.Errorf("%+v", got)
	}
	o.verify()
}

func TestDecided(t *testing.T) {
	p, i, c := Proper, Improper, CannotTell
	for _, x := range []struct {
		in   []Verdict
		want Verdict
		done bool
	}{
		{nil, "", false}, {[]Verdict{p}, "", false}, {[]Verdict{p, p}, p, true}, {[]Verdict{p, i}, "", false}, {[]Verdict{c, c}, c, true},
		{[]Verdict{p, i, i}, i, true}, {[]Verdict{i, p, p}, p, true}, {[]Verdict{p, i, c}, c, true}, {[]Verdict{c, i, c}, c, true},
	} {
		if got, done := decided(x.in); got != x.want || done != x.done {
			t.Errorf("%v: %q, %v; want %q, %v", x.in, got, done, x.want, x.done)
		}
	}
}

// An act says all that its tables need, so that it can be read by others.
func TestActsAreSelfContained(t *testing.T) {
	o := open(t, 3)
	o.one()
	var last store.RecordRow
	if err := o.s.Snapshot(ctx, func(w *store.Writer) error {
		return w.Acts(func(r store.RecordRow) error {
			last = r
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	var body struct {
		Type string
		Data putUpData
	}
	if err := json.Unmarshal(last.Body, &body); err != nil || body.Type != putUp || len(body.Data.Reviews) != 2 || body.Data.Draw == nil {
		t.Errorf("%s, %v", last.Body, err)
	}
}
