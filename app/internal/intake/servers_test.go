package intake

import (
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var onlyEvents = &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}}

// An adapter takes no other's department: its catalogue is refused whole, its
// events wait, and once the office hands the department over they are taken, once.
func TestH1WhoServesADepartmentIsTheOffices(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.again(withActs)
	r.publish(asBefore)
	r.take(lateByADay("GH-1")...)
	err := r.in.Catalogue(ctx, "evil", onlyEvents, []*pb.Department{{Code: "GH", Name: "规划局"}, {Code: "EV", Name: "乙局"}},
		[]*pb.Item{{Department: "GH", Code: "I1", Name: "x", Promised: days(9999), Statutory: days(9999)}})
	if f, ok := fault.As(err); !ok || f.Code != "adapter_breach" {
		t.Fatalf("another's department: %v", err)
	}
	send := func(adapter string, e ...*pb.Event) {
		b := batch(fmt.Sprint(adapter, len(r.changes), len(e)), e...)
		b.CaughtUp = true
		if err := r.in.Events(ctx, adapter, b); err != nil {
			t.Fatal(err)
		}
	}
	forged := event("GH-1-3", "GH-1", pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-09 10:00:00"), granted)
	send("evil", forged, event("new-1", "GH-2", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-09 11:00:00")))
	r.standsLate("GH-1")
	if n := r.totals().Quarantined; n != 2 {
		t.Fatalf("%d in quarantine, want both", n)
	}
	send("a", event("GH-1-4", "GH-1", pb.EventKind_EVENT_KIND_DELIVERED, at("2026-03-10 16:00:00"))) // the true one goes on
	hand := Act{Key: "handover-1", Type: Transferred, Data: Transfer{Department: "GH", Adapter: "evil", Before: "a", Reason: "换系统"}}
	for range 2 { // sent again it is the same act
		if _, _, err := r.in.Act(ctx, hand); err != nil {
			t.Fatal(err)
		}
	}
	if c := r.caseByNo("GH-2"); c.State != "received" {
		t.Errorf("what waited was not taken: %+v", c)
	}
	r.standsLate("GH-1") // the correction of the former adapter's record is not the new one's
	if n := r.totals().Quarantined; n != 1 {
		t.Errorf("%d in quarantine, want the forged correction", n)
	}
	folders = []Folder{holder{}}
	defer func() { folders = nil }()
	r.verify("")
}

// Of one reason the first and the last are kept, and all are counted, each once.
func TestTheQuarantineIsBoundedAndCountsExactly(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.publish(asBefore)
	when := at("2026-03-09 10:00:00")
	const n = store.QuarantineFirst + 3*store.QuarantineLast
	for round := range 2 {
		for from := 0; from < n; from += 2000 {
			var events []*pb.Event
			for i := from; i < min(from+2000, n); i++ {
				e := event(fmt.Sprint("q", i), fmt.Sprint("GH-", i), pb.EventKind_EVENT_KIND_RECEIVED, when)
				e.ItemCode = "later"
				events = append(events, e)
			}
			b := batch(fmt.Sprint("c", round, from), events...)
			b.CaughtUp = true
			if err := r.in.Events(ctx, "a", b); err != nil {
				t.Fatal(err)
			}
		}
		if got := r.totals().Quarantined; got != n {
			t.Errorf("round %d: %d counted, want %d", round, got, n)
		}
	}
	var tally store.QuarantineTally
	if err := r.s.Snapshot(ctx, func(tx *store.Reader) error {
		all, err := tx.QuarantineTallies()
		tally = all[0]
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if tally.FirstRows != store.QuarantineFirst || tally.LastRows != store.QuarantineLast || tally.Dropped != 2*store.QuarantineLast {
		t.Errorf("kept %d and %d, dropped %d", tally.FirstRows, tally.LastRows, tally.Dropped)
	}
	r.verify("")
}

func TestS5WhatIsDeclaredIsBounded(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	many := make([]*pb.Department, 100_000)
	for i := range many {
		many[i] = &pb.Department{Code: fmt.Sprint("D", i), Name: "局"}
	}
	for name, deps := range map[string][]*pb.Department{"too many": many, "NUL": {{Code: "G\x00H", Name: "局"}}, "long": {{Code: string(make([]byte, 60_000))}}} {
		if err := r.in.Catalogue(ctx, "a", onlyEvents, deps, nil); err == nil {
			t.Errorf("%s: taken", name)
		} else if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid || f.ZH == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := r.totals().Records; n != 0 {
		t.Errorf("%d records", n)
	}
}
