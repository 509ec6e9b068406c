package mapping

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/plugins/xes/internal/xeslog"
)

const ofLife = `entered_at: {from: done}
` + least + `  - {kind: accepted, first: true, when: [{attribute: "concept:name", in: [check, out]}]}
  - {kind: decided, outcome: granted, when: [{attribute: "concept:name", is: out}]}
`

func translator(t testing.TB, text string) *Translator {
	t.Helper()
	m, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m.Translator("M1", shanghai)
}

func named(r Result) (names []string) {
	for _, x := range r.Records {
		names = append(names, x.Event.GetSourceId()+x.Unreadable.GetSourceId())
	}
	slices.Sort(names)
	return names
}

// The name of an event does not follow the form in which another program writes
// it, nor the mapping's rules; that of another event is another.
func TestIdentityFollowsWhatAnEventIs(t *testing.T) {
	tr := translator(t, ofLife)
	name := func(tr *Translator, more ...string) string {
		attrs := xeslog.Attrs{{Key: "concept:name", Value: "in"}, {Key: "time:timestamp", Value: "2026-03-02T09:30:00+08:00"}, {Key: "org:resource", Value: "李静"}}
		for _, m := range more {
			k, v, _ := strings.Cut(m, "=")
			if i := slices.IndexFunc(attrs, func(a xeslog.Attr) bool { return a.Key == k }); i >= 0 {
				attrs[i].Value = v
			} else {
				attrs = append(attrs, xeslog.Attr{Key: k, Value: v})
			}
		}
		slices.Reverse(attrs)
		return named(tr.Trace(&xeslog.Trace{Attrs: case7, Events: []xeslog.Attrs{attrs}}))[0]
	}
	first := name(tr)
	for what, is := range map[string]string{
		"the instant in UTC":             name(tr, "time:timestamp=2026-03-02T01:30:00Z"),
		"the time with slashes":          name(tr, "time:timestamp=2026/03/02 09:30:00.000"),
		"milliseconds":                   name(tr, "time:timestamp=2026-03-02T09:30:00.250+08:00"),
		"a transition that was meant":    name(tr, "lifecycle:transition=COMPLETE"),
		"one more attribute":             name(tr, "remark=x"),
		"entered since":                  name(tr, "done=2026-03-03T09:00:00+08:00"),
		"a mapping with another handler": name(translator(t, "handler: {from: who}\n"+ofLife), "who=王强"),
		"a mapping by date":              name(translator(t, "granularity: date\n"+ofLife)),
	} {
		if is != first {
			t.Errorf("%s: %s, want %s", what, is, first)
		}
	}
	for what, is := range map[string]string{
		"another activity":    name(tr, "concept:name=check"),
		"a second later":      name(tr, "time:timestamp=2026-03-02T09:30:01+08:00"),
		"another person":      name(tr, "org:resource=王强"),
		"another transition":  name(tr, "lifecycle:transition=start"),
		"a number of its own": name(tr, "identity:id=7"),
	} {
		if is == first {
			t.Errorf("%s has the same name, %s", what, is)
		}
	}
	if is := name(translator(t, "id: {from: no}\n"+ofLife), "no=A-7"); is != "C7#id:A-7.received" {
		t.Errorf("by the source's own number: %s", is)
	}
	// A number that stands on several different events is none of its own.
	twice := tr.Trace(&xeslog.Trace{Attrs: case7, Events: []xeslog.Attrs{
		{{Key: "concept:name", Value: "look"}, {Key: "time:timestamp", Value: "2026-03-02"}, {Key: "identity:id", Value: "1"}},
		{{Key: "concept:name", Value: "sign"}, {Key: "time:timestamp", Value: "2026-03-03"}, {Key: "identity:id", Value: "1"}}}})
	if ids := named(twice); len(slices.Compact(ids)) != 2 {
		t.Errorf("one number on two events: %v", ids)
	}
}

// Any order of a trace's events, any split into exports in which equal events stay
// together, any repetition: the same names for the same records.
func TestIdentityInAnyOrderAndSplit(t *testing.T) {
	tr := translator(t, ofLife)
	rapid.Check(t, func(rt *rapid.T) {
		var events []xeslog.Attrs
		group := map[string][]int{} // events that are equal in what names them
		for i := range rapid.IntRange(1, 10).Draw(rt, "events") {
			name := rapid.SampledFrom([]string{"in", "check", "look", "out"}).Draw(rt, "name")
			at := fmt.Sprintf("2026-03-02T09:30:0%d+08:00", rapid.IntRange(0, 2).Draw(rt, "second"))
			e := xeslog.Attrs{{Key: "concept:name", Value: name}, {Key: "time:timestamp", Value: at}}
			if rapid.Bool().Draw(rt, "entered") {
				e = append(e, xeslog.Attr{Key: "done", Value: "2026-03-03"})
			}
			events, group[name+at] = append(events, e), append(group[name+at], i)
		}
		records := func(events []xeslog.Attrs) map[string]string {
			out := map[string]string{}
			for _, r := range tr.Trace(&xeslog.Trace{Attrs: case7, Events: events}).Records {
				b, err := proto.MarshalOptions{Deterministic: true}.Marshal(r.Event)
				if err != nil {
					rt.Fatal(err)
				}
				if _, twice := out[r.Event.SourceId]; twice {
					rt.Fatalf("%s names two records", r.Event.SourceId)
				}
				out[r.Event.SourceId] = string(b)
			}
			return out
		}
		want := records(events)
		if got := records(rapid.Permutation(events).Draw(rt, "order")); !maps.Equal(got, want) {
			rt.Fatalf("in another order:\n%q\nwant\n%q", got, want)
		}
		// "first" is of a whole case: without it, parts give what the whole gives.
		tr := translator(t, strings.Replace(ofLife, "first: true, ", "", 1))
		whole, parts := tr.Trace(&xeslog.Trace{Attrs: case7, Events: events}), map[string]bool{}
		for range 3 {
			var part []xeslog.Attrs
			for _, key := range slices.Sorted(maps.Keys(group)) {
				if rapid.Bool().Draw(rt, "in this export") {
					for _, i := range group[key] {
						part = append(part, events[i])
					}
				}
			}
			for _, name := range named(tr.Trace(&xeslog.Trace{Attrs: case7, Events: part})) {
				parts[name] = true
			}
		}
		all := named(whole)
		for name := range parts {
			if !slices.Contains(all, name) {
				rt.Fatalf("a part names %s, which the whole does not: %v", name, all)
			}
		}
	})
}

// Equal records are numbered within their case, across what names them.
func TestEqualEventsAreNumbered(t *testing.T) {
	look := xeslog.Attrs{{Key: "concept:name", Value: "look"}, {Key: "time:timestamp", Value: "2026-03-02"}}
	got := translator(t, ofLife).Trace(&xeslog.Trace{Attrs: case7, Events: []xeslog.Attrs{look, look, append(slices.Clone(look), xeslog.Attr{Key: "concept:instance", Value: "2"}),
		{{Key: "concept:name", Value: "sign"}, {Key: "time:timestamp", Value: "2026-03-02"}}}})
	var numbers []uint32
	for _, r := range got.Records {
		if r.Event.Text == "look" {
			numbers = append(numbers, r.Event.Occurrence)
		} else if r.Event.Occurrence != 1 {
			t.Errorf("sign is number %d", r.Event.Occurrence)
		}
	}
	slices.Sort(numbers)
	if !slices.Equal(numbers, []uint32{1, 2, 3}) {
		t.Errorf("%v", numbers)
	}
	if got.Entries != 4 || got.Notes != 4 || got.Ignored != 0 {
		t.Errorf("%+v", got)
	}
}
