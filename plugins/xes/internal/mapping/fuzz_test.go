package mapping

import (
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
)

// A mapping is written by hand: whatever stands in it, it is read, or refused in
// words for the clerk; what is read translates any log.
func FuzzMapping(f *testing.F) {
	for _, name := range Names() {
		b, err := shipped.ReadFile(name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, "2026-03-02T09:00:00+08:00", "受理")
	}
	f.Add([]byte(`case: {from: ["no", "concept:name"]}
zone: as_written
granularity: date
entered_at: {from: done, formats: [2-1-2006 15:04:05]}
items:
  - {code: A, name: 甲, promised: 5 working_days, statutory: 56 calendar_days, when: [{trace: kind, in: [a, b]}]}
  - {code: B, name: 乙, regime: licensing, clock_start: acceptance, supplement_pauses: true}
events:
  - {kind: received, first: true, when: [{attribute: "concept:name", is: 受理}]}
  - {kind: extended, by: 10 working_days, when: [{attribute: done, present: true}]}
  - {kind: step_started, step: 审查, effective_at: {from: done}}
  - {kind: decided, outcome: refused, when: [{attribute: "concept:name", in: [办结, 不予许可]}]}
`), "2026-03-02 09:00:00", "办结")
	f.Add([]byte("items: [{code: A, name: 甲}]\nevents: [{kind: paused, pause: 检验}]"), "", "")
	f.Add([]byte("items: []"), "0000-01-01", "x")
	f.Fuzz(func(t *testing.T, text []byte, at, activity string) {
		m, err := Parse(text)
		if err != nil {
			if p, ok := AsProblem(err); !ok || p.ZH == "" || p.EN == "" {
				t.Errorf("refused without words for the clerk: %v", err)
			}
			return
		}
		m.Catalogue("M1")
		trace := &xeslog.Trace{Attrs: xeslog.Attrs{{Key: "concept:name", Value: "办件 1"}, {Key: "kind", Value: "a"}}}
		for _, when := range []string{at, "2026-03-01T09:00:00+08:00"} {
			trace.Events = append(trace.Events, xeslog.Attrs{{Key: "concept:name", Value: activity}, {Key: "time:timestamp", Value: when}, {Key: "done", Value: at}})
		}
		for _, x := range m.Translator("M1", time.FixedZone("Asia/Shanghai", 8*3600)).Trace(trace).Records {
			if (x.Event == nil) == (x.Unreadable == nil) {
				t.Errorf("a log event is neither an event nor unreadable, or both: %+v", x)
			}
		}
	})
}
