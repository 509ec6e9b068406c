package city

import (
	"slices"
	"testing"
	"time"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// What every ordinary case must be, said without the planner's words.
func TestOrdinaryCasesAreInOrder(t *testing.T) {
	o := yearOf(40_000)
	o.ViolationRate = 0
	c := New(o, china)
	if key := c.AnswerKey(o.Until); len(key) != 0 {
		t.Fatalf("a city without violations has %d in its key", len(key))
	}
	for _, p := range plans(c) {
		fail := func(what string, at int64) {
			t.Errorf("%s (%s): %s at %s", p.no, p.item.published.Name, what, time.Unix(at, 0).In(zone))
		}
		inOrder(p, fail)
		inTime(p, fail)
		signed(p, fail)
		filed(p, fail)
		if t.Failed() {
			return
		}
	}
}

func inOrder(p *plan, fail func(string, int64)) {
	var last *event
	open := map[string]bool{}
	paused := false
	for i := range p.events {
		e := &p.events[i]
		if last != nil && (e.occurred < last.occurred || e.entered < last.entered) {
			fail("out of order", e.occurred)
		}
		if e.entered <= e.occurred || china.Open(e.occurred, e.entered) > 2*hour {
			fail("entered too early or too late", e.entered)
		}
		switch e.kind {
		case v1.EventKind_EVENT_KIND_STEP_STARTED:
			open[e.step.Name] = true
		case v1.EventKind_EVENT_KIND_STEP_FINISHED:
			if !open[e.step.Name] {
				fail("finished a step that was not open", e.occurred)
			}
			delete(open, e.step.Name)
		case v1.EventKind_EVENT_KIND_PAUSED:
			paused = true
			if p := e.pause; p.Approver == "" || p.NotifiedAt == nil || !slices.ContainsFunc(lawfulPauses, func(g pauseGround) bool { return g.kind == p.Kind }) {
				fail("unlawful pause", e.occurred)
			}
		case v1.EventKind_EVENT_KIND_RESUMED:
			if !paused {
				fail("resumed unpaused", e.occurred)
			}
			paused = false
		}
		last = e
	}
	if accepted, end := p.first(v1.EventKind_EVENT_KIND_ACCEPTED), p.ended(); accepted != nil && end != nil && accepted.occurred >= end.occurred {
		fail("ended when accepted", end.occurred)
	}
}

// inTime: known to have ended a working day before the limit, where nothing
// lengthened it; where something did, by no more than that.
func inTime(p *plan, fail func(string, int64)) {
	end, start := p.ended(), p.started()
	if end == nil {
		fail("never ended", start)
		return
	}
	if limit := p.item.promisedHours(); limit > 0 && china.Open(start, end.entered) >= (limit-4)*hour {
		fail("near its limit in hours", end.occurred)
	}
	if p.item.kind == kindSpot && dayOf(end.entered) != dayOf(start) {
		fail("not on the spot", end.occurred)
	}
	limit := p.item.mainDays()
	if limit == 0 {
		return
	}
	if x := p.first(v1.EventKind_EVENT_KIND_EXTENDED); x != nil {
		if x.entered > china.Due(start, limit-1) {
			fail("extended after the warning", x.occurred)
		}
		limit += int(x.extension.By.N)
	}
	if from := p.first(v1.EventKind_EVENT_KIND_PAUSED); from != nil {
		to := p.first(v1.EventKind_EVENT_KIND_RESUMED)
		if china.Due(from.occurred, int(from.pause.Approved.N)) < to.entered {
			fail("paused too long", to.occurred)
		}
		limit += china.Before(dayOf(to.occurred)) - china.Before(dayOf(from.occurred)+1) // whole days between
	}
	if latest := china.Due(start, max(limit-1, 1)); end.entered > latest {
		fail("ended near its limit", end.occurred)
	}
}

func signed(p *plan, fail func(string, int64)) {
	end := p.ended()
	d := end.decision
	if d == nil {
		return
	}
	if accepted := p.first(v1.EventKind_EVENT_KIND_ACCEPTED); d.Outcome == granted && p.item.published.InHall && (accepted == nil || accepted.window == "") {
		fail("granted outside the hall", end.occurred)
	}
	if !p.item.published.WindowSignOff || d.Outcome != granted && d.Outcome != refused {
		return
	}
	for _, a := range p.department.auths {
		covers := len(a.items) == 0 || slices.Contains(a.items, p.item.published.Code)
		if covers && a.live(end.occurred) && slices.Contains(a.powers, "sign") && (d.Signer.Id == a.rep.Id || d.Signer.Id == a.standIn.Id) {
			if a.signed > end.occurred {
				fail("signed under an authorization not signed yet", end.occurred)
			}
			return
		}
	}
	fail("signed by "+d.Signer.Name, end.occurred)
}

func filed(p *plan, fail func(string, int64)) {
	end := p.ended()
	d := end.decision
	negative := d != nil && (d.Outcome == refused || d.Outcome == notAccepted || d.Outcome == returned)
	if negative && (d.Reason == "" || d.LegalBasis == "" || !d.RemediesTold || d.NoticeNo == "") {
		fail("turned down without grounds", end.occurred)
	}
	if negative && (len(p.rejections) != 1 || p.rejections[0].FiledAt.Seconds > end.occurred) {
		fail("turned down without a filing", end.occurred)
	}
	if g := p.first(v1.EventKind_EVENT_KIND_REFUSAL_GROUNDS); g != nil && (len(p.rejections) != 1 || p.rejections[0].FiledAt.Seconds > china.Due(g.occurred, 1)) {
		fail("grounds without a filing", g.occurred)
	}
	if len(p.overdue) != 0 {
		fail("reported overdue", end.occurred)
	}
}

// The flat-out rate, and that memory follows open cases, not all.
func BenchmarkEvents(b *testing.B) {
	c := New(yearOf(155_000), china)
	s := c.Events()
	b.ReportAllocs()
	most := 0
	for b.Loop() {
		r, ok := s.Next()
		if !ok {
			s = c.Events()
			continue
		}
		if r.Event() == nil {
			b.Fatal("no event")
		}
		most = max(most, len(s.open))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(most), "open_cases")
}

func TestMemoryFollowsOpenCases(t *testing.T) {
	c := New(yearOf(30_000), china)
	s := c.Events()
	most, sent := 0, 0
	for at, ok := s.Peek(); ok && at <= c.until; at, ok = s.Peek() {
		s.Next()
		sent++
		most = max(most, len(s.open))
	}
	if sent < 150_000 || most > 600 {
		t.Errorf("%d events sent, up to %d cases held", sent, most)
	}
}
