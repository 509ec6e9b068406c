package main

import (
	"strings"
	"testing"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// The tally counts cases: a number once, however many traces have it; a trace
// without a number is one; events that stand in no trace and have no number are none.
func TestTheTallyCountsCasesAndNothingElse(t *testing.T) {
	straight := func(no string) string {
		e := strings.TrimSuffix(strings.SplitN(trace("x", "in 03-03T09:00"), "<event>", 2)[1], "</trace>\n")
		if no != "" {
			e = `<string key="case:concept:name" value="` + no + `"/>` + e
		}
		return "<event>" + e
	}
	unnumbered := strings.Replace(trace("x", "in 03-04T09:00"), `<string key="concept:name" value="x"/>`, "", 1)
	for name, c := range map[string]struct {
		log            []string
		entries, cases uint64
	}{
		"events without a number":     {[]string{straight(""), straight(""), straight("")}, 3, 0},
		"beside a trace":              {[]string{trace("C1", "in 03-02T09:00"), straight(""), straight("")}, 3, 1},
		"events with a number":        {[]string{straight("C2"), straight("C2"), straight("C3"), straight("")}, 4, 2},
		"a number in trace and out":   {[]string{trace("C1", "in 03-02T09:00"), straight("C1")}, 2, 1},
		"two traces of one number":    {[]string{trace("C1", "in 03-02T09:00"), trace("C1", "look 03-05T09:00")}, 2, 1},
		"two traces without a number": {[]string{unnumbered, unnumbered, straight("")}, 3, 2},
		"an empty log":                {nil, 0, 0},
	} {
		s := newSetting(t, c.log...)
		in, err := s.start(t, false).Events(t.Context(), &adapterv1.EventsRequest{})
		var tally *adapterv1.SourceTally
		for err == nil && tally == nil {
			var b *adapterv1.EventsResponse
			if b, err = in.Recv(); err == nil {
				tally = b.Tally
			}
		}
		if err != nil || tally.Entries != c.entries || tally.Cases != c.cases {
			t.Errorf("%s: %v, %v; want %d entries of %d cases", name, tally, err, c.entries, c.cases)
		}
	}
}
