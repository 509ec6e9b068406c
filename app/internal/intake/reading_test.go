package intake

import (
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// begunCase is received and accepted on Monday 2026-03-02: five working days end on
// 03-09, twenty on 03-30.
func begunCase(no string) []*pb.Event {
	return []*pb.Event{
		event(no+"-1", no, pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-02 08:40:00")),
		event(no+"-2", no, pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-02 09:00:00")),
	}
}

// claimedInTime is a decision that claims Friday 03-06; entered says that it was
// entered then, too.
func claimedInTime(no string, entered bool) *pb.Event {
	e := event(no+"-3", no, pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-06 09:00:00"), granted)
	if !entered {
		e.EnteredAt = nil
	}
	return e
}

func (r *rig) goLive(live bool) {
	r.t.Helper()
	if err := r.in.GoLive(ctx, "a", live); err != nil {
		r.t.Fatal(err)
	}
}

// says checks a case's findings that stand.
func (r *rig) says(no, want string) {
	r.t.Helper()
	var standing []store.FindingRow
	for _, f := range r.findings(r.caseByNo(no).ID) {
		if f.State != store.FindingWithdrawn {
			standing = append(standing, f)
		}
	}
	if got := rulesOf(standing); got != want {
		r.t.Errorf("%s: %q, want %q", no, got, want)
	}
}

const stands = "V01 V02 V03 V19"

// R2, R3: a department that is watched tells on 27 November of a decision of
// 6 March. Whatever it says of when that was entered, it was not there before, and
// what had run out stays.
func TestR2WhatIsEnteredBoundsNoWatchedRecord(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-02 10:00:00"))
	r.publish(asBefore)
	r.goLive(true)
	for _, no := range []string{"GH-1", "GH-2", "GH-3"} {
		r.take(begunCase(no)...)
	}
	r.now = at("2026-11-27 10:00:00")
	r.take(claimedInTime("GH-1", true), claimedInTime("GH-2", false),
		event("GH-3-3", "GH-3", pb.EventKind_EVENT_KIND_PAUSED, at("2026-03-03 09:00:00"), func(e *pb.Event) {
			e.Pause = &pb.Pause{Kind: "inspection", Approver: "局长", NotifiedAt: ts(at("2026-03-03 09:00:00")), Approved: days(300)}
		}))
	r.says("GH-1", stands)
	r.says("GH-2", stands)
	r.says("GH-3", stands)
	// A case of which nothing was told before: the same.
	late := append(begunCase("GH-4"), claimedInTime("GH-4", true))
	r.take(late...)
	r.says("GH-4", "V01 V02 V03 V05 V19")
	// What was entered within the hour is as it says.
	r.take(event("GH-5-1", "GH-5", pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-11-27 09:00:00")),
		event("GH-5-2", "GH-5", pb.EventKind_EVENT_KIND_DECIDED, at("2026-11-27 09:30:00"), granted))
	r.says("GH-5", "")
	r.verify("")
}

// R4: it is the same where the adapter breaks down and comes back, the console is
// opened again, or somebody reads the file in once more. What happened while nobody
// read keeps its dates.
func TestR4OnceCaughtUpNothingIsHistoryAnyMore(t *testing.T) {
	outage := event("GH-2-3", "GH-2", pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-09 10:00:00"), granted)
	outage.EnteredAt = nil
	for name, back := range map[string]func(*rig){
		"the adapter comes back":     func(r *rig) {},
		"the console is opened anew": func(r *rig) { r.again() },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, t.TempDir(), at("2026-03-02 10:00:00"))
			r.publish(asBefore)
			r.goLive(true)
			r.take(begunCase("GH-1")...)
			r.take(begunCase("GH-2")...)
			r.now = at("2026-03-06 17:30:00")
			r.goLive(false)
			r.now = at("2026-11-27 10:00:00")
			back(r)
			r.take(claimedInTime("GH-1", true), outage)
			r.goLive(true)
			r.says("GH-1", stands)
			r.says("GH-2", "V01")
			r.verify("")
		})
	}
	t.Run("a second ingest", func(t *testing.T) {
		r := newRig(t, t.TempDir(), at("2026-11-27 10:00:00"))
		asOf := func(s string) func(*Options) { return func(o *Options) { o.AsOf = at(s + " 23:59:59") } }
		judged := func(adapter, day string) {
			t.Helper()
			if err := r.in.Judged(ctx, adapter, at(day+" 23:59:59")); err != nil {
				t.Fatal(err)
			}
		}
		r.again(asOf("2026-03-20"))
		r.publish(asBefore)
		for _, no := range []string{"GH-1", "GH-2", "GH-3"} {
			r.take(begunCase(no)...)
		}
		judged("a", "2026-03-20")
		// Parts of the same history, read as of the same moment, in any order.
		r.again(asOf("2026-03-20"))
		r.take(claimedInTime("GH-2", false))
		judged("a", "2026-03-20")
		r.take(event("GH-3-3", "GH-3", pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-05 09:00:00"), granted, unentered))
		judged("a", "2026-03-20")
		r.says("GH-2", "")
		r.says("GH-3", "")
		// Read for a later day: the one before was complete for its own.
		r.again(asOf("2026-04-10"))
		r.take(claimedInTime("GH-1", true))
		judged("a", "2026-04-10")
		r.says("GH-1", stands)
		r.verify("")
	})
}

// What somebody reads in as of now, once more or from another file, is a part of the
// same history, whether the console knows its cases or not: a log that is split by
// months or exported again gives what the whole one gives.
func TestR4FilesReadAsOfNowAreOneHistory(t *testing.T) {
	for _, adapter := range []string{"a", "b"} {
		t.Run(adapter, func(t *testing.T) {
			r := newRig(t, t.TempDir(), at("2026-11-27 10:00:00"))
			byHand := func(adapter string) {
				t.Helper()
				if err := r.in.Introduce(ctx, adapter, Source{Program: "p", ByHand: true}); err != nil {
					t.Fatal(err)
				}
				if err := r.in.Catalogue(ctx, adapter, everyDuty, []*pb.Department{{Code: "GH", Name: "规划局"}}, nil); err != nil {
					t.Fatal(err)
				}
			}
			byHand("a")
			r.publish(asBefore)
			r.take(begunCase("GH-1")...)
			if err := r.in.Judged(ctx, "a", r.now); err != nil {
				t.Fatal(err)
			}
			r.now = r.now.Add(time.Minute)
			byHand(adapter)
			b := batch("b", append(begunCase("GH-2"), claimedInTime("GH-2", false), claimedInTime("GH-1", false))...)
			b.CaughtUp = true
			if err := r.in.Events(ctx, adapter, b); err != nil {
				t.Fatal(err)
			}
			if err := r.in.Judged(ctx, adapter, r.now); err != nil {
				t.Fatal(err)
			}
			r.says("GH-2", "")
			r.says("GH-1", "")
			r.verify("")
		})
	}
}

// Until when a department was read is known again after a power failure, and
// verify notices where it was deleted.
func TestR4UntilWhenADepartmentWasReadIsKept(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-02 10:00:00"))
	r.publish(asBefore)
	r.goLive(true)
	r.now = at("2026-03-20 10:00:00")
	if err := r.in.submit(ctx, &job{run: func(p *projector) error { return nil }}); err != nil {
		t.Fatal(err)
	}
	r.again() // nobody said that it is live no more
	if got := r.in.p.reg.byCode["GH"].reading.Watched; got != r.now.UnixMicro() {
		t.Errorf("watched until %v", time.UnixMicro(got))
	}
	r.verify("")
	r.close()
	r.alter(`DELETE FROM readings`)
	var err error
	if r.s, err = store.Open(ctx, r.dir, r.in.Calendar()); err != nil {
		t.Fatal(err)
	}
	r.verify("readings")
	if err := r.s.Close(); err != nil {
		t.Fatal(err)
	}
	r.s = nil
}

// told has an adapter have told something new.
func (r *rig) told(when time.Time) {
	r.t.Helper()
	if err := r.in.submit(ctx, &job{run: func(p *projector) error {
		p.news["a"] = when
		return nil
	}}); err != nil {
		r.t.Fatal(err)
	}
}

// R4: an adapter that never says that it has sent all there is, is judged to now
// after an hour without anything new; what it then tells of before is late.
func TestR4AnAdapterThatNeverCatchesUpIsJudgedAllTheSame(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-11-27 10:00:00"))
	r.publish(asBefore)
	if err := r.in.Follow(ctx, "a", true); err != nil {
		t.Fatal(err)
	}
	look := func() {
		t.Helper()
		if err := r.in.submit(ctx, &job{run: (*projector).presume}); err != nil {
			t.Fatal(err)
		}
	}
	tell := func(events ...*pb.Event) {
		t.Helper()
		b := batch(events[0].SourceId, events...)
		if err := r.in.Events(ctx, "a", b); err != nil {
			t.Fatal(err)
		}
		look()
	}
	tell(begunCase("GH-1")...)
	tell(lateByADay("GH-2")...)
	r.now = at("2026-11-27 11:10:00") // something new came ten minutes ago
	r.told(at("2026-11-27 11:00:00"))
	look()
	r.says("GH-1", "V01 V02") // by 10 March, of which it speaks
	if n := r.in.Notices(); len(n) != 0 {
		t.Errorf("%+v", n)
	}
	r.now = at("2026-11-27 12:00:00")
	look()
	r.says("GH-1", "V01 V02 V03")
	if n := r.in.Notices(); len(n) != 1 || !n[0].NotCaughtUp.Equal(r.now) || n[0].Code != "GH" {
		t.Errorf("%+v", n)
	}
	tell(claimedInTime("GH-1", true))
	r.says("GH-1", stands)
	r.verify("")

	// It says so after all.
	r.goLive(true)
	if n := r.in.Notices(); len(n) != 0 {
		t.Errorf("%+v", n)
	}
	r.says("GH-1", stands)
}

// Something new every now and then holds nothing up for more than a day.
func TestR4AnAdapterThatReadsForEverIsJudgedAfterADay(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-11-26 10:00:00"))
	r.publish(asBefore)
	if err := r.in.Follow(ctx, "a", true); err != nil {
		t.Fatal(err)
	}
	r.take(begunCase("GH-1")...)
	for _, when := range []string{"2026-11-27 09:59:59", "2026-11-27 10:00:00"} {
		r.now = at(when)
		r.told(r.now)
		if err := r.in.submit(ctx, &job{run: (*projector).presume}); err != nil {
			t.Fatal(err)
		}
	}
	if n := r.in.Notices(); len(n) != 1 || !n[0].NotCaughtUp.Equal(r.now) {
		t.Errorf("%+v", n)
	}
	r.says("GH-1", "V01 V02 V03")
}
