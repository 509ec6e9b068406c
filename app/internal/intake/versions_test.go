package intake

import (
	"log/slog"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// again closes the console and opens the folder once more, as another run does.
func (r *rig) again(change ...func(*Options)) {
	r.t.Helper()
	r.close()
	var err error
	cal := workday.Default()
	if r.s, err = store.Open(ctx, r.dir, cal); err != nil {
		r.t.Fatal(err)
	}
	signer, err := journal.OpenSigner(r.dir)
	if err != nil {
		r.t.Fatal(err)
	}
	o := Options{Calendar: cal, Rules: rules.DefaultSettings(), Signer: signer, Logger: slog.Default(),
		Now:    func() time.Time { return r.now },
		Listen: func(_ uint64, c []store.Change) { r.changes = append(r.changes, c...) }}
	for _, f := range change {
		f(&o)
	}
	if r.in, err = Start(r.s, o); err != nil {
		r.t.Fatal(err)
	}
}

// settled waits until nothing is to be judged anew.
func (r *rig) settled() {
	r.t.Helper()
	for end := time.Now().Add(time.Minute); r.in.ToJudgeAnew() > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			r.t.Fatal("cases are judged anew for ever")
		}
	}
	if err := r.in.submit(ctx, &job{run: func(*projector) error { return nil }}); err != nil {
		r.t.Fatal(err)
	}
}

// published describes GH with I1 as given, by adapter a.
func (r *rig) published(change func(*pb.Item)) error {
	it := &pb.Item{Department: "GH", Code: "I1", Version: "2025", Name: "建设用地规划许可证核发", CaseType: pb.CaseType_CASE_TYPE_COMMITTED,
		Promised: days(5), Statutory: days(20)}
	change(it)
	return r.in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{it})
}

func (r *rig) publish(change func(*pb.Item)) {
	r.t.Helper()
	if err := r.published(change); err != nil {
		r.t.Fatal(err)
	}
}

func asBefore(*pb.Item) {}

// The drawn case of R1: accepted on Monday 2026-03-02, five working days
// promised, so due on 03-09 at 17:30, and decided on 03-10.
func lateByADay(caseNo string) []*pb.Event {
	return []*pb.Event{
		event(caseNo+"-1", caseNo, pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-02 08:40:00")),
		event(caseNo+"-2", caseNo, pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-02 09:00:00")),
		event(caseNo+"-3", caseNo, pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-10 10:00:00"), granted),
	}
}

// What stands of the case of lateByADay, whatever is published later.
func (r *rig) standsLate(caseNo string) {
	r.t.Helper()
	c := r.caseByNo(caseNo)
	if want := at("2026-03-09 17:30:00"); !c.Overdue || !c.DueAt.Equal(want) {
		r.t.Errorf("%s: overdue %v, due %v; want overdue, due %v", caseNo, c.Overdue, c.DueAt.In(want.Location()), want)
	}
	if state, found := r.finding(caseNo, "V02"); !found || state != store.FindingActive {
		r.t.Errorf("%s: V02 found %v, state %d; want it to stand", caseNo, found, state)
	}
}

func (r *rig) finding(caseNo, rule string) (state uint8, found bool) {
	r.t.Helper()
	for _, f := range r.findings(r.caseByNo(caseNo).ID) {
		if f.Rule == rule {
			return f.State, true
		}
	}
	return 0, false
}

func TestR1ALaterCatalogueLeavesEarlierCasesAsTheyWere(t *testing.T) {
	for name, change := range map[string]func(*pb.Item){
		"a longer promise under the same version":   func(it *pb.Item) { it.Promised = days(30) },
		"a longer promise under another version":    func(it *pb.Item) { it.Promised, it.Version = days(30), "2026" },
		"limits only":                               func(it *pb.Item) { it.Regime, it.Promised = pb.Regime_REGIME_LIMITS_ONLY, days(30) },
		"no promise any more":                       func(it *pb.Item) { it.Promised = nil },
		"calendar days":                             func(it *pb.Item) { it.Promised = &pb.Limit{N: 9, Unit: pb.Unit_UNIT_CALENDAR_DAYS} },
		"the clock starts with the acceptance only": func(it *pb.Item) { it.Promised, it.ClockStart = days(30), pb.ClockStart_CLOCK_START_ACCEPTANCE },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
			r.publish(asBefore)
			r.take(lateByADay("GH-1")...)
			r.standsLate("GH-1")
			r.now = at("2026-03-12 09:00:00")
			r.again()
			r.publish(change)
			r.settled()
			r.standsLate("GH-1")
			r.verify("")
			// Read again from the journal, with a fact more, it is the same.
			r.again()
			r.take(event("GH-1-4", "GH-1", pb.EventKind_EVENT_KIND_DELIVERED, at("2026-03-11 09:00:00")))
			r.standsLate("GH-1")
			r.verify("")
		})
	}
}

// Cases that begin once the later catalogue is there go by it.
func TestR1ALaterCatalogueCountsFromItsOwnMoment(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.publish(asBefore)
	r.take(event("1", "GH-1", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-10 16:00:00")))
	r.now = at("2026-03-12 09:00:00")
	r.publish(func(it *pb.Item) { it.Promised = days(10) })
	r.now = at("2026-03-13 10:00:00")
	r.take(event("2", "GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-13 09:00:00"))) // received before, accepted since
	r.take(event("3", "GH-2", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-13 08:30:00")), event("4", "GH-2", pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-13 09:00:00")))
	for no, want := range map[string]time.Time{
		"GH-1": at("2026-03-27 17:30:00"), // ten working days after Friday 03-13
		"GH-2": at("2026-03-27 17:30:00"),
	} {
		if c := r.caseByNo(no); !c.DueAt.Equal(want) {
			t.Errorf("%s is due %v, want %v", no, c.DueAt.In(want.Location()), want)
		}
	}
	r.verify("")
}

// An overrun before the acceptance, of a clock that starts with the receipt or of
// papers that count as accepted, is not undone by an acceptance under a laxer
// catalogue.
func TestR1AnAcceptanceUnderALaxerCatalogueUndoesNoOverrun(t *testing.T) {
	for name, start := range map[string]pb.ClockStart{"from the receipt": pb.ClockStart_CLOCK_START_RECEIPT, "deemed accepted": pb.ClockStart_CLOCK_START_ACCEPTANCE} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, t.TempDir(), at("2026-03-02 10:00:00"))
			r.publish(func(it *pb.Item) { it.ClockStart = start })
			if err := r.in.GoLive(ctx, "a", true); err != nil {
				t.Fatal(err)
			}
			r.take(event("1", "GH-1", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-02 09:00:00")))
			r.now = at("2026-03-16 09:00:00")
			r.publish(func(it *pb.Item) { it.ClockStart, it.Promised = start, days(30) })
			r.now = at("2026-03-16 11:00:00")
			r.take(event("2", "GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-16 10:00:00")))
			r.standsLate("GH-1")
			r.verify("")
		})
	}
}

// What an event names is believed as far as it loosens nothing.
func TestR18AVersionThatAnEventNames(t *testing.T) {
	named := func(v string) func(*pb.Event) { return func(e *pb.Event) { e.ItemVersion = v } }
	r := newRig(t, t.TempDir(), at("2026-03-02 08:00:00"))
	r.publish(func(it *pb.Item) { it.Version, it.Promised = "lax", days(30) })
	r.now = at("2026-03-02 08:30:00")
	r.publish(func(it *pb.Item) { it.Version, it.Promised = "now", days(10) })
	r.now = at("2026-03-02 11:00:00")
	for no, version := range map[string]string{"GH-lax": "lax", "GH-unknown": "2031", "GH-now": "now", "GH-none": ""} {
		r.take(event(no+"1", no, pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-02 09:00:00"), named(version)),
			event(no+"2", no, pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-02 10:00:00"), named(version)))
		if c, want := r.caseByNo(no), at("2026-03-16 17:30:00"); !c.DueAt.Equal(want) {
			t.Errorf("%s is due %v, want %v: ten working days, as published", no, c.DueAt.In(want.Location()), want)
		}
	}
	// A stricter one of its own choice binds a department.
	r.publish(func(it *pb.Item) { it.Version, it.Promised = "strict", days(3) })
	r.publish(func(it *pb.Item) { it.Version, it.Promised = "now", days(10) })
	r.now = at("2026-03-02 15:30:00")
	r.take(event("s1", "GH-strict", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-02 14:30:00"), named("strict")),
		event("s2", "GH-strict", pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-02 15:00:00"), named("strict")))
	if c, want := r.caseByNo("GH-strict"), at("2026-03-05 17:30:00"); !c.DueAt.Equal(want) {
		t.Errorf("due %v, want %v: three working days, as the department says", c.DueAt.In(want.Location()), want)
	}
	r.verify("")
}

// holder stands for the feature that declares the act.
type holder struct{}

func (holder) Types() []string                         { return []string{HeldFrom, Transferred, BreachNoted} }
func (holder) Tables() []string                        { return nil }
func (holder) Check(*store.Writer, *RecordedAct) error { return nil }
func (holder) Fold(*store.Writer, *RecordedAct) error  { return nil }
func withActs(o *Options)                              { o.Acts = []Folder{holder{}} }

// A fault of the mapping is corrected by who says from when the right one holds.
func TestR1TheOfficeSaysFromWhenAVersionHolds(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.again(withActs)
	r.publish(func(it *pb.Item) { it.Promised = days(50) }) // a slip for 5
	r.take(lateByADay("GH-1")...)
	if c := r.caseByNo("GH-1"); c.Overdue {
		t.Fatal("late under fifty days")
	}
	r.now = at("2026-03-12 09:00:00")
	r.publish(asBefore)
	version := uint64(r.totals().Records)
	if c := r.caseByNo("GH-1"); c.Overdue {
		t.Fatal("the later version reached back by itself")
	}
	hold := func(key, from string) {
		if _, _, err := r.in.Act(ctx, Act{Key: key, Type: HeldFrom, Data: Holding{Department: "GH", Item: "I1", Version: version, From: at(from).UTC(), Reason: "映射填错"}}); err != nil {
			t.Fatal(err)
		}
		r.settled()
		folders = []Folder{holder{}}
		r.verify("")
		folders = nil
	}
	hold("held-one", "2026-03-01 00:00:00")
	r.standsLate("GH-1")
	// Declared for later after all, the finding is withdrawn, never deleted.
	hold("held-two", "2026-03-03 00:00:00")
	if state, found := r.finding("GH-1", "V02"); !found || state != store.FindingWithdrawn {
		t.Errorf("V02 found %v, state %d; want it withdrawn", found, state)
	}
}
