package intake

import (
	"strings"
	"testing"
	"time"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// unentered leaves out when the department wrote an event down.
func unentered(e *pb.Event) { e.EnteredAt = nil }

// R4: decided on 29 September, in time, it says, but told on 20 October, by a
// stream that had read all there was before: the limit ran to the telling. The
// folder says so itself, read anew by verify or by the next console.
func TestR4ToldWeeksLaterWhileLive(t *testing.T) {
	dir := t.TempDir()
	r := newRig(t, dir, at("2026-09-22 10:00:00"))
	r.catalogue()
	if err := r.in.GoLive(ctx, "a", true); err != nil {
		t.Fatal(err)
	}
	received, accepted := lateCase()[0], lateCase()[1]
	received.EnteredAt, accepted.EnteredAt = nil, nil
	r.take(received, accepted)
	head := r.totals().Records
	r.now = at("2026-10-20 10:00:00")
	r.take(event("5", "GH-417", pb.EventKind_EVENT_KIND_DECIDED, at("2026-09-29 10:00:00"), granted, unentered))
	c := r.caseByNo("GH-417")
	if got := rulesOf(r.findings(c.ID)); got != "V01 V02 V19 V27" || !c.Overdue {
		t.Errorf("findings %q, overdue %v", got, c.Overdue)
	}
	for _, f := range r.findings(c.ID) {
		if f.Rule == "V19" && !strings.Contains(f.WordsZH, "以本台收到的时间为准") {
			t.Errorf("words: %s", f.WordsZH)
		}
	}
	if got := r.totals().Records; got != head+2 { // the event, and that it was told late
		t.Errorf("%d records, want two more than %d", got, head)
	}
	r.verify("")

	// A correction keeps when it was told.
	r.take(event("5", "GH-417", pb.EventKind_EVENT_KIND_DECIDED, at("2026-09-28 10:00:00"), granted, unentered))
	if got := rulesOf(r.findings(c.ID)); got != "V01 V02 V19 V27" {
		t.Errorf("corrected: %q", got)
	}
	r.verify("")
}

// What gathered while the stream was not live, or comes with the first history,
// may have been written down on the day: it keeps its date.
func TestR4HistoryKeepsItsDates(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-10-20 10:00:00"))
	r.catalogue()
	for i, e := range lateCase() {
		if e.EnteredAt = nil; i == 4 {
			e.OccurredAt = ts(at("2026-09-30 10:00:00"))
		}
		if i == 5 {
			e.OccurredAt = ts(at("2026-09-30 11:00:00"))
		}
		r.take(e)
	}
	r.now = r.now.Add(time.Hour)
	if err := r.in.GoLive(ctx, "a", true); err != nil {
		t.Fatal(err)
	}
	if got := rulesOf(r.findings(r.caseByNo("GH-417").ID)); got != "" {
		t.Errorf("findings %q", got)
	}
	r.verify("")
}
