package intake

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/officetest/emptyfolder"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

// at reads a time of the office's zone.
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, workday.Default().Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func ts(t time.Time) *timestamppb.Timestamp { return timestamppb.New(t) }

// rig is a real store with a real intake on it and a clock in the test's hand.
type rig struct {
	t       testing.TB
	dir     string
	s       *store.Store
	in      *Intake
	now     time.Time
	changes []store.Change
}

func newRig(t testing.TB, dir string, now time.Time) *rig {
	t.Helper()
	r := &rig{t: t, dir: dir, now: now}
	cal := workday.Default()
	emptyfolder.Fill(t, dir)
	var err error
	if r.s, err = store.Open(ctx, dir, cal); err != nil {
		t.Fatal(err)
	}
	signer, err := journal.OpenSigner(dir)
	if err != nil {
		t.Fatal(err)
	}
	r.in, err = Start(r.s, Options{Calendar: cal, Rules: rules.DefaultSettings(), Signer: signer, Logger: slog.Default(),
		Now:    func() time.Time { return r.now },
		Listen: func(_ uint64, c []store.Change) { r.changes = append(r.changes, c...) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.close)
	return r
}

func (r *rig) close() {
	if r.s == nil {
		return
	}
	r.in.Close()
	if err := r.s.Close(); err != nil {
		r.t.Error(err)
	}
	r.s = nil
}

var everyDuty = &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{
	pb.Capability_CAPABILITY_EVENTS, pb.Capability_CAPABILITY_REJECTIONS, pb.Capability_CAPABILITY_OVERDUE}}

func days(n int32) *pb.Limit { return &pb.Limit{N: n, Unit: pb.Unit_UNIT_WORKING_DAYS} }

func (r *rig) catalogue() {
	r.t.Helper()
	if err := r.in.Catalogue(ctx, "a", everyDuty, []*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{
		{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(5), Statutory: days(20), InHall: true},
		{Department: "GH", Code: "I2", Name: "规划条件变更", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(3), Statutory: days(20)},
	}); err != nil {
		r.t.Fatal(err)
	}
}

// event builds an event of department GH and item I1, entered a minute after it
// happened.
func event(id, caseNo string, kind pb.EventKind, when time.Time, more ...func(*pb.Event)) *pb.Event {
	e := &pb.Event{SourceId: id, Department: "GH", CaseNo: caseNo, ItemCode: "I1", Kind: kind,
		OccurredAt: ts(when), EnteredAt: ts(when.Add(time.Minute)), Window: "3", Handler: &pb.Person{Name: "李窗口"}}
	for _, m := range more {
		m(e)
	}
	return e
}

func granted(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_GRANTED} }

func batch(cursor string, events ...*pb.Event) *pb.EventsResponse {
	b := &pb.EventsResponse{Cursor: []byte(cursor)}
	for _, e := range events {
		b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: e}})
	}
	return b
}

func (r *rig) take(events ...*pb.Event) {
	r.t.Helper()
	b := batch(fmt.Sprint(len(r.changes)), events...)
	b.CaughtUp = true // waits until it is durable
	if err := r.in.Events(ctx, "a", b); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) caseByNo(no string) store.Case {
	r.t.Helper()
	c, err := r.s.CaseByNo(ctx, "GH", no)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

func (r *rig) findings(q store.FindingQuery) []store.Finding {
	r.t.Helper()
	p, err := r.s.Findings(ctx, q)
	if err != nil {
		r.t.Fatal(err)
	}
	return p.Rows
}
