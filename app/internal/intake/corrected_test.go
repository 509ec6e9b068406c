package intake

import (
	"testing"
	"time"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// R2, R3: a decision of 20 April is corrected in August to 6 March, under its own id. It is
// the same while the adapter is watched, when it comes back, and where the console is
// opened anew and judges from its journal; and a correction in a first reading simply
// counts.
func TestR2ACorrectionOfWhatWasReadTakesNothingBack(t *testing.T) {
	decision := func(when string) *pb.Event {
		return event("GH-1-3", "GH-1", pb.EventKind_EVENT_KIND_DECIDED, at(when), granted)
	}
	for name, back := range map[string]func(*rig){
		"watched":              func(r *rig) {},
		"the adapter is back":  func(r *rig) { r.goLive(false); r.goLive(true) },
		"the console is anew":  func(r *rig) { r.again(); r.goLive(true) },
		"corrected once again": func(r *rig) { r.take(decision("2026-04-21 10:00:00")) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, t.TempDir(), at("2026-03-02 10:00:00"))
			r.publish(asBefore)
			r.goLive(true)
			r.take(begunCase("GH-1")...)
			r.now = at("2026-04-20 10:05:00")
			r.take(decision("2026-04-20 10:00:00"))
			r.says("GH-1", "V01 V02 V03")
			r.now = at("2026-08-03 10:00:00")
			back(r)
			r.take(decision("2026-03-06 09:00:00"))
			ended := at("2026-04-20 10:00:00")
			if name == "corrected once again" {
				ended = at("2026-04-21 10:00:00")
			}
			check := func() {
				t.Helper()
				r.says("GH-1", stands)
				if c := r.caseByNo("GH-1"); !c.Overdue || !c.EndedAt.Equal(ended) {
					t.Errorf("overdue %v, ended %v, want %v", c.Overdue, c.EndedAt, ended)
				}
			}
			check()
			r.verify("")
			r.again()
			r.now = r.now.Add(time.Hour)
			r.take(event("GH-1-4", "GH-1", pb.EventKind_EVENT_KIND_NOTE, r.now))
			check()
			r.verify("")
		})
	}
	t.Run("a first reading", func(t *testing.T) {
		r := newRig(t, t.TempDir(), at("2026-08-03 10:00:00"))
		r.publish(asBefore)
		r.take(begunCase("GH-1")...)
		r.take(decision("2026-04-20 10:00:00"))
		r.take(decision("2026-03-06 09:00:00"))
		r.goLive(true)
		if c := r.caseByNo("GH-1"); c.Overdue || !c.EndedAt.Equal(at("2026-03-06 09:00:00")) {
			t.Errorf("overdue %v, ended %v", c.Overdue, c.EndedAt)
		}
		r.says("GH-1", "")
		r.verify("")
	})
}
