package intake

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func nth(n uint32) func(*pb.Event) { return func(e *pb.Event) { e.Occurrence = n } }

// What a folder holds under ids that told an event's place is known again under
// ids that tell what it is, equal ones by their number.
func TestIdentityEventsUnderIDsByPlaceAreKnownAgain(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-31 10:00:00"))
	r.catalogue()
	one, two := at("2026-03-02 09:30:00"), at("2026-03-03 09:30:00")
	ask, note := pb.EventKind_EVENT_KIND_SUPPLEMENT_REQUESTED, pb.EventKind_EVENT_KIND_NOTE
	r.take(event("S-1#0.received", "S-1", pb.EventKind_EVENT_KIND_RECEIVED, one),
		event("S-1#1", "S-1", note, two), event("S-1#2", "S-1", note, two), event("S-1#3.supplement_requested", "S-1", ask, two))
	for name, c := range map[string]struct {
		event *pb.Event
		taken bool
	}{
		"the same under another id":                {event("S-1#x.received", "S-1", pb.EventKind_EVENT_KIND_RECEIVED, one, nth(1)), false},
		"the same, entered at another time":        {event("S-1#e.received", "S-1", pb.EventKind_EVENT_KIND_RECEIVED, one, nth(1), func(e *pb.Event) { e.EnteredAt = ts(two) }), false},
		"the first of two equal ones":              {event("S-1#y", "S-1", note, two, nth(1)), false},
		"the second of two equal ones":             {event("S-1#y~2", "S-1", note, two, nth(2)), false},
		"a third":                                  {event("S-1#y~3", "S-1", note, two, nth(3)), true},
		"another kind at that time":                {event("S-1#z.paused", "S-1", pb.EventKind_EVENT_KIND_PAUSED, two, nth(1)), true},
		"the same kind at another time":            {event("S-1#w.supplement_requested", "S-1", ask, two.Add(time.Second), nth(1)), true},
		"an id of the source's own, the same fact": {event("S-1#id:77.supplement_requested", "S-1", ask, two), false},
		"another handler":                          {event("S-1#id:78.supplement_requested", "S-1", ask, two, func(e *pb.Event) { e.Handler = &pb.Person{Name: "王强"} }), true},
	} {
		before := r.in.Tally("a", Events)
		r.take(c.event)
		after := r.in.Tally("a", Events)
		if taken := after.Taken > before.Taken; taken != c.taken || (after.Known > before.Known) == c.taken {
			t.Errorf("%s: taken %v, want %v (%+v)", name, taken, c.taken, after)
		}
	}
	// Ids of the same form that are a source's own are told apart as ever.
	r.take(event("A#1", "S-2", note, two), event("A#2", "S-2", note, two))
	if n := r.in.Tally("a", Events); n.Taken != 10 {
		t.Errorf("%d taken, want 10: %+v", n.Taken, n)
	}
}

// What became of every record: taken, known, corrected, refused with the reason.
func TestTallyCountsEveryRecord(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-31 10:00:00"))
	r.catalogue()
	received := pb.EventKind_EVENT_KIND_RECEIVED
	first := event("1", "S-1", received, at("2026-03-02 09:30:00"))
	r.take(first, event("2", "S-2", received, at("2026-03-02 09:30:00")), event("3", "S-3", received, at("2027-03-02 09:30:00")))
	r.take(first, event("2", "S-2", received, at("2026-03-02 09:31:00")), event("4", "S-4", received, at("2027-03-02 09:30:00")))
	got := r.in.Tally("a", Events)
	if got.Taken != 2 || got.Known != 1 || got.Corrections != 1 || len(got.Refused) != 1 || got.Refused["future"].Count != 2 || got.Refused["future"].ZH == "" {
		t.Errorf("%+v", got)
	}
}

// Any order, repetition and split of what a source without ids holds gives the
// same events in the console, whether an older program took a part of it or not.
func TestIdentityInAnyOrderSplitAndRepetition(t *testing.T) {
	kinds := []pb.EventKind{pb.EventKind_EVENT_KIND_RECEIVED, pb.EventKind_EVENT_KIND_NOTE, pb.EventKind_EVENT_KIND_SUPPLEMENT_REQUESTED}
	r := newRig(t, t.TempDir(), at("2026-03-31 10:00:00"))
	r.catalogue()
	cases := 0
	rapid.Check(t, func(rt *rapid.T) {
		cases++
		no, before := fmt.Sprintf("S-%d", cases), r.in.Tally("a", Events)
		var all, old []*pb.Event
		count := map[string]uint32{}
		for i := range rapid.IntRange(1, 12).Draw(rt, "events") {
			kind := rapid.SampledFrom(kinds).Draw(rt, "kind")
			when := at("2026-03-02 09:30:00").Add(time.Duration(rapid.IntRange(0, 2).Draw(rt, "second")) * time.Second)
			what := fmt.Sprint(kind, when.Unix())
			count[what]++
			all = append(all, event(fmt.Sprintf("%s#%s~%d", no, what, count[what]), no, kind, when, nth(count[what])))
			old = append(old, event(fmt.Sprintf("%s#%d", no, i), no, kind, when))
		}
		if rapid.Bool().Draw(rt, "an older program read it") {
			r.take(old...)
		}
		for range rapid.IntRange(1, 4).Draw(rt, "exports") {
			order := rapid.Permutation(all).Draw(rt, "order")
			cut := rapid.IntRange(0, len(order)).Draw(rt, "cut")
			r.take(order[:cut]...)
			r.take(order[cut:]...)
		}
		if n := r.in.Tally("a", Events); n.Taken-before.Taken != int64(len(all)) || n.Corrections > 0 {
			rt.Fatalf("%d events of %d: %+v", n.Taken-before.Taken, len(all), n)
		}
	})
}
