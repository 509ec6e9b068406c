package casefile_test

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Minor 25: a case page is of one moment. A decision that is committed while the page is
// being read is in none of its parts: neither in the case's standing, nor in its events,
// findings or clocks; and in all of them when the page is read again.
func TestMinor25ACasePageIsOfOneMoment(t *testing.T) {
	o := open(t, "2026-09-22 10:00:00")
	o.catalogue()
	o.take(event("GH-1", pb.EventKind_EVENT_KIND_RECEIVED, "2026-09-10 09:00:00"), event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-10 09:30:00"))
	o.judged("2026-09-22 10:00:00") // five working days: due on the 17th, over
	var first, second casefile.CaseDetail
	o.must(o.cases.View(here, func(v *casefile.View) error {
		p, err := v.Cases(list.Ask{})
		if err != nil {
			return err
		}
		o.take(event("GH-1", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-22 09:00:00", granted))
		first, err = v.CaseDetail(p.Rows[0].ID)
		return err
	}))
	o.must(o.cases.View(here, func(v *casefile.View) (err error) {
		second, err = v.CaseDetail(first.Case.ID)
		return err
	}))
	for _, c := range []struct {
		what    string
		page    casefile.CaseDetail
		events  int
		outcome string
		running bool
	}{{"while it was decided", first, 2, "open", true}, {"afterwards", second, 3, "granted", false}} {
		if p := c.page; len(p.Events) != c.events || p.Case.Outcome != c.outcome || p.Promised.Running != c.running || len(p.Findings) == 0 {
			t.Errorf("%s: %d events, outcome %q, clock running %v, %d findings", c.what, len(p.Events), p.Case.Outcome, p.Promised.Running, len(p.Findings))
		}
	}
}
