package casefile_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// here asks as the person at the console's own machine.
var here = access.With(context.Background(), access.Here)

// at reads a time of the office's zone.
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, workday.Default().Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func ts(t time.Time) *timestamppb.Timestamp { return timestamppb.New(t) }

func days(n int32) *pb.Limit { return &pb.Limit{N: n, Unit: pb.Unit_UNIT_WORKING_DAYS} }

// office is a real store with a real intake on it, and a clock and adapters in
// the test's hand.
type office struct {
	testing.TB
	dir   string
	store *store.Store
	in    *intake.Intake
	cases *casefile.Reader
	now   time.Time
	live  bool // every adapter is
	told  []store.Change
	sent  int
}

// open opens an office of two departments, GH and WJ: I1 promises five working
// days, J1 seven calendar days, J2 nine working hours.
func open(t testing.TB, now string) *office {
	t.Helper()
	o := &office{TB: t, dir: t.TempDir(), now: at(now)}
	cal := workday.Default()
	var err error
	if o.store, err = store.Open(here, o.dir, cal); err != nil {
		t.Fatal(err)
	}
	signer, err := journal.OpenSigner(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	if o.in, err = intake.Start(o.store, intake.Options{Calendar: cal, Rules: rules.DefaultSettings(), Signer: signer, Logger: slog.Default(),
		Now:    func() time.Time { return o.now },
		Listen: func(_ uint64, c []store.Change) { o.told = append(o.told, c...) }}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.close)
	o.cases = casefile.New(o.store, casefile.Options{Now: func() time.Time { return o.now }, Judge: o.in.Judge,
		Moment: func(_ string, judged time.Time) time.Time {
			if o.live {
				return o.now
			}
			return judged
		},
		Warnings: func() []casefile.Warning { return []casefile.Warning{} }})
	return o
}

// close closes the office, once.
func (o *office) close() {
	if o.store == nil {
		return
	}
	o.in.Close()
	if err := o.store.Close(); err != nil {
		o.Error(err)
	}
	o.store = nil
}

// catalogue tells of the departments and their items.
func (o *office) catalogue() {
	o.Helper()
	o.must(o.in.Catalogue(here, "a", &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{
		pb.Capability_CAPABILITY_EVENTS, pb.Capability_CAPABILITY_REJECTIONS, pb.Capability_CAPABILITY_OVERDUE, pb.Capability_CAPABILITY_RATINGS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}, {Code: "WJ", Name: "卫健委"}}, []*pb.Item{
			{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(5), Statutory: days(20)},
			{Department: "WJ", Code: "J2", Name: "餐饮服务备案", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: &pb.Limit{N: 9, Unit: pb.Unit_UNIT_WORKING_HOURS}},
			{Department: "WJ", Code: "J1", Name: "公共场所卫生许可", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: &pb.Limit{N: 7, Unit: pb.Unit_UNIT_CALENDAR_DAYS}},
		}))
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// event builds an event of department GH, entered a minute after it happened.
func event(caseNo string, kind pb.EventKind, when string, more ...func(*pb.Event)) *pb.Event {
	e := &pb.Event{Department: "GH", CaseNo: caseNo, ItemCode: "I1", Kind: kind,
		OccurredAt: ts(at(when)), EnteredAt: ts(at(when).Add(time.Minute)), Window: "3", Handler: &pb.Person{Name: "李窗口"}}
	for _, m := range more {
		m(e)
	}
	return e
}

func ofWJ(e *pb.Event)    { e.Department, e.ItemCode = "WJ", "J1" }
func granted(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_GRANTED} }
func paused(e *pb.Event) {
	e.Pause = &pb.Pause{Kind: "expert", Approver: "王局长", NotifiedAt: e.OccurredAt, NoticeNo: "T-1", Approved: days(30)}
}

// take has events taken in. Those without a source id get one.
func (o *office) take(events ...*pb.Event) {
	o.Helper()
	b := &pb.EventsResponse{Cursor: fmt.Append(nil, o.sent), CaughtUp: true}
	for _, e := range events {
		o.sent++
		if e.SourceId == "" {
			e.SourceId = fmt.Sprint(o.sent)
		}
		b.Records = append(b.Records, &pb.EventRecord{Record: &pb.EventRecord_Event{Event: e}})
	}
	o.must(o.in.Events(here, "a", b))
}

// judged has every open case judged for a moment.
func (o *office) judged(moment string) {
	o.Helper()
	o.must(o.in.Judged(here, "a", at(moment)))
}

// read answers what f reads for whoever asks.
func read[T any](o *office, who access.Principal, f func(*casefile.View) (T, error)) T {
	o.Helper()
	out, err := casefile.Read(access.With(here, who), o.cases, f)
	o.must(err)
	return out
}

// utc is a case with its times in one zone, to compare.
func utc(c casefile.Case) casefile.Case {
	c.DueAt = c.DueAt.UTC()
	return c
}

// listed are the cases of a list by their numbers.
func (o *office) listed(who access.Principal, a list.Ask) map[string]casefile.Case {
	o.Helper()
	out := map[string]casefile.Case{}
	for _, c := range read(o, who, func(v *casefile.View) (store.Page[casefile.Case], error) { return v.Cases(a) }).Rows {
		out[c.CaseNo] = utc(c)
	}
	return out
}
