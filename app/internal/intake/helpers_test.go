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

// caseRead is a stored case, in words.
type caseRead struct {
	ID                    uint64
	State, Outcome, Level string
	Overdue, Corrected    bool
	Paused, Used          int
	DueAt, EndedAt        time.Time
}

func (r *rig) caseByNo(no string) (c caseRead) {
	r.t.Helper()
	if err := r.s.Snapshot(ctx, func(w *store.Reader) error {
		row, found, err := w.CaseByNo(1, no)
		if !found {
			r.t.Fatalf("there is no case %s", no)
		}
		c = caseRead{ID: row.ID, State: store.States.Word(int64(row.State)), Outcome: store.Outcomes.Word(int64(row.Outcome)), Level: store.LevelWord(row.Level),
			Overdue: row.Flags&store.FlagOverdue != 0, Corrected: row.Flags&store.FlagCorrected != 0, Paused: row.Paused, Used: row.Used, DueAt: store.Time(row.Due), EndedAt: store.Time(row.Ended)}
		return err
	}); err != nil {
		r.t.Fatal(err)
	}
	return c
}

// findings are a stored case's, in the order of their rules and keys; of every
// case for 0.
func (r *rig) findings(caseID uint64) (out []store.FindingRow) {
	r.t.Helper()
	if err := r.s.Snapshot(ctx, func(w *store.Reader) (err error) {
		ids := []uint64{caseID}
		if caseID == 0 {
			if ids, err = w.CaseIDs(0, 1000); err != nil {
				return err
			}
		}
		for _, id := range ids {
			some, err := w.Findings(id)
			if err != nil {
				return err
			}
			out = append(out, some...)
		}
		return nil
	}); err != nil {
		r.t.Fatal(err)
	}
	return out
}
