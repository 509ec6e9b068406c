package intake

import (
	"fmt"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// describedWith describes GH by adapter a with streams beside the events.
func (r *rig) describedWith(more ...pb.Capability) {
	r.t.Helper()
	if err := r.in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "test", Capabilities: append(more, pb.Capability_CAPABILITY_EVENTS)},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发",
			CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(5), Statutory: days(20)}}); err != nil {
		r.t.Fatal(err)
	}
}

// An overdue case that no report names is left out where the adapter undertook to
// report: V27 on the second working day after it ran over.
func TestR11AStreamThatIsNewOrGoneJudgesAnew(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-12 09:00:00"))
	r.describedWith()
	r.take(lateByADay("GH-1")...)
	if err := r.in.Judged(ctx, "a", r.now); err != nil {
		t.Fatal(err)
	}
	if _, found := r.finding("GH-1", "V27"); found {
		t.Fatal("V27 without the duty")
	}
	r.verify("")

	r.again()
	before := r.totals().Records
	r.describedWith(pb.Capability_CAPABILITY_OVERDUE)
	r.settled()
	if state, found := r.finding("GH-1", "V27"); !found || state != store.FindingActive {
		t.Errorf("with the stream: V27 found %v, state %d; want it raised", found, state)
	}
	if n := r.totals().Records - before; n != 1 {
		t.Errorf("%d records, want the department's", n)
	}
	r.verify("")

	r.again()
	r.describedWith()
	r.settled()
	if state, found := r.finding("GH-1", "V27"); !found || state != store.FindingActive {
		t.Errorf("without it again: V27 found %v, state %d; want it to stand: the duty was declared then", found, state)
	}
	// What would have been missed only since is not: it ran over on 11 March.
	r.now = at("2026-03-20 09:00:00")
	r.take(overByTheEleventh("GH-2")...)
	if err := r.in.Judged(ctx, "a", r.now); err != nil {
		t.Fatal(err)
	}
	if _, found := r.finding("GH-2", "V27"); found {
		t.Error("V27 of what was due after the stream was dropped")
	}
	r.verify("")
}

// overByTheEleventh is accepted on Wednesday 2026-03-04, due on the eleventh, decided
// on the twelfth: to be reported by then.
func overByTheEleventh(no string) []*pb.Event {
	return []*pb.Event{
		event(no+"-1", no, pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-04 08:40:00")),
		event(no+"-2", no, pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-04 09:00:00")),
		event(no+"-3", no, pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-12 10:00:00"), granted),
	}
}

func strict(o *Options) { o.Rules.Mode = workday.Strict }

// In strict mode the start day counts, and a limit of five working days from
// Monday 2026-03-02 09:00 ends on Monday 03-09 at 09:00; in civil mode at 17:30.
func TestR12ChangedSettingsJudgeAnewAndAreJournaled(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.publish(asBefore)
	r.take(lateByADay("GH-1")...)
	due := func(want string) {
		t.Helper()
		if c := r.caseByNo("GH-1"); !c.DueAt.Equal(at(want)) {
			t.Errorf("due %v, want %s", c.DueAt.In(at(want).Location()), want)
		}
		r.verify("")
	}
	due("2026-03-09 17:30:00")
	head := r.totals().Records
	r.again() // nothing changed, nothing is journaled
	r.settled()
	if n := r.totals().Records; n != head {
		t.Errorf("%d records for the same settings", n-head)
	}
	r.again(strict)
	r.settled()
	if n := r.totals().Records; n != head+1 {
		t.Errorf("%d records for other settings, want one", n-head)
	}
	due("2026-03-09 09:00:00") // verify knows, though it is asked with the civil ones
	r.again()
	r.settled()
	due("2026-03-09 17:30:00")
}

// A folder that only an older program has opened has no such record, and no
// verdicts of this one.
func TestR12AnOlderFolderIsJudgedAnew(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.publish(asBefore)
	r.take(lateByADay("GH-1")...)
	head := r.totals().Records
	r.close()
	r.alter(`UPDATE journal SET kind = 7 WHERE kind = 15`, `DELETE FROM findings`, `UPDATE cases SET due_at = 1, level = 0`)
	r.again()
	r.settled()
	r.standsLate("GH-1")
	if n := r.totals().Records; n != head+1 {
		t.Errorf("%d records more, want the one by what cases are judged", n-head)
	}
}

// alter changes the closed folder's database behind the console's back.
func (r *rig) alter(statements ...string) {
	r.t.Helper()
	s, err := store.Open(ctx, r.dir, workday.Default())
	if err != nil {
		r.t.Fatal(err)
	}
	w := s.Writer()
	if err := w.Begin(); err != nil {
		r.t.Fatal(err)
	}
	for _, sql := range statements {
		if err := w.Exec(sql); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		r.t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		r.t.Fatal(err)
	}
}

// Judging anew goes on where it was broken off, and what departments send
// meanwhile is taken.
func TestR12JudgingAnewGoesOnAfterABreak(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.publish(asBefore)
	const cases = 2*anewChunk + 100
	for from := 0; from < cases; from += 512 {
		var events []*pb.Event
		for i := from; i < min(from+512, cases); i++ {
			events = append(events, lateByADay(fmt.Sprintf("GH-%05d", i))...)
		}
		r.take(events...)
	}
	r.again(strict)
	for r.in.ToJudgeAnew() > cases-anewChunk { // one chunk, then the plug
		time.Sleep(time.Millisecond)
	}
	r.again(strict)
	if left := r.in.ToJudgeAnew(); left == 0 || left == cases {
		t.Logf("%d of %d were left at the break", left, cases)
	}
	r.take(lateByADay("GH-new")...)
	r.settled()
	late := 0
	for _, f := range r.findings(r.caseByNo("GH-02147").ID) {
		if f.Rule == "V02" {
			late++
		}
	}
	if late != 1 {
		t.Errorf("%d findings V02 of a late case", late)
	}
	r.verify("")
}

// While cases are still to be judged anew, verify says that and nothing worse.
func TestR12VerifySaysThatCasesAreBeingJudgedAnew(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.publish(asBefore)
	r.take(lateByADay("GH-1")...)
	r.close()
	r.alter(`INSERT INTO rejudgements (dept, after) VALUES (1, 0)`, `UPDATE cases SET due_at = 1`)
	var err error
	if r.s, err = store.Open(ctx, r.dir, workday.Default()); err != nil {
		t.Fatal(err)
	}
	r.verify("rejudgements")
	if err := r.s.Close(); err != nil {
		t.Fatal(err)
	}
	r.s = nil
	r.again()
	r.settled()
	r.verify("")
}

// A correction that comes at catch-up, or with another ingest, withdraws a
// finding that people saw; it is not gone.
func TestR13ACorrectionWithdrawsAndNeverDeletes(t *testing.T) {
	inTime := func() *pb.Event {
		return event("GH-1-3", "GH-1", pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-09 10:00:00"), granted)
	}
	withdrawn := func(t *testing.T, r *rig) {
		t.Helper()
		if c := r.caseByNo("GH-1"); c.Overdue || !c.Corrected {
			t.Errorf("overdue %v, corrected %v; want false, true", c.Overdue, c.Corrected)
		}
		if state, found := r.finding("GH-1", "V02"); !found || state != store.FindingWithdrawn {
			t.Errorf("V02 found %v, state %d; want it withdrawn", found, state)
		}
		r.verify("")
	}
	start := func(t *testing.T) *rig {
		r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
		r.publish(asBefore)
		r.take(lateByADay("GH-1")...)
		r.standsLate("GH-1")
		return r
	}
	t.Run("while running", func(t *testing.T) {
		r := start(t)
		if err := r.in.GoLive(ctx, "a", true); err != nil {
			t.Fatal(err)
		}
		// All had been read: what had run out stays (R2).
		r.take(inTime())
		r.says("GH-1", "V01 V02 V19")
		r.verify("")
	})
	t.Run("at catch-up", func(t *testing.T) {
		r := start(t)
		r.again()
		r.take(inTime())
		withdrawn(t, r)
	})
	t.Run("in the same reading", func(t *testing.T) {
		r := start(t)
		before := r.totals().Findings
		r.take(inTime())
		withdrawn(t, r)
		if after := r.totals().Findings; after != before-1 {
			t.Errorf("%d findings are told of, and %d once one is withdrawn; want one less", before, after)
		}
	})
	t.Run("by ingest", func(t *testing.T) {
		r := start(t)
		if err := r.in.Judged(ctx, "a", r.now); err != nil {
			t.Fatal(err)
		}
		r.again(func(o *Options) { o.AsOf = at("2026-03-12 23:59:59") })
		r.take(inTime())
		if err := r.in.Judged(ctx, "a", r.now); err != nil {
			t.Fatal(err)
		}
		withdrawn(t, r)
	})
	t.Run("a fact that came later", func(t *testing.T) { // nobody corrected anything
		r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
		r.publish(asBefore)
		r.take(lateByADay("GH-1")[:2]...)
		if err := r.in.Judged(ctx, "a", r.now); err != nil {
			t.Fatal(err)
		}
		r.standsLate("GH-1")
		r.again()
		r.take(inTime())
		if state, found := r.finding("GH-1", "V02"); !found || state != store.FindingWithdrawn {
			t.Errorf("V02 found %v, state %d; want it withdrawn", found, state)
		}
		r.verify("")
	})
}

// What was judged as of a day is not judged as of an earlier one.
func TestR17AnEarlierMomentIsRefused(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-11-30 09:00:00"))
	asOf := func(day string) func(*Options) { return func(o *Options) { o.AsOf = at(day + " 23:59:59") } }
	r.again(asOf("2026-03-20"))
	r.publish(asBefore)
	r.take(lateByADay("GH-1")[:2]...)
	if err := r.in.Judged(ctx, "a", at("2026-03-20 23:59:59")); err != nil {
		t.Fatal(err)
	}
	head := r.totals().Records
	r.again(asOf("2026-03-05"))
	err := r.published(asBefore)
	if f, ok := fault.As(err); !ok || f.Code != "as_of_earlier" || f.Kind != fault.Invalid {
		t.Errorf("an earlier moment: %v", err)
	}
	if n := r.totals().Records; n != head {
		t.Errorf("%d records were taken", n-head)
	}
	for _, day := range []string{"2026-03-20", "2026-03-21"} {
		r.again(asOf(day))
		r.publish(asBefore)
	}
}

// The settings of a ruling are read back as they were.
func TestR12RulingsAreReadAsTheyWereWritten(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.again(strict)
	r.publish(asBefore)
	want := rules.DefaultSettings()
	want.Mode = workday.Strict
	if err := r.s.Snapshot(ctx, func(tx *store.Reader) error {
		got, found, err := RulingOf(tx)
		if !found || fmt.Sprint(got) != fmt.Sprint(Ruling{rules.Version, want}) {
			t.Errorf("%v %+v, want %+v", found, got, want)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
