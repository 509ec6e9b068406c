package cli

import (
	"strings"
	"testing"
)

// The tally at the end of a run (c_log_events): where the words for refused records
// differ they are examples, and say so.
func TestCaseCLogEventsExamplesAreCalledSo(t *testing.T) {
	for want, r := range map[string]refusal{
		"  拒收 refused 2 × form：甲\n    a\n":                                        {Code: "form", Count: 2, said: said{"甲", "a"}},
		"  拒收 refused 3 × form，例如 such as：\n    · 甲\n      a\n    · 乙\n      b\n": {Code: "form", Count: 3, said: said{"甲", "a"}, Others: []said{{"乙", "b"}}},
	} {
		var out strings.Builder
		if err := r.print(&out); err != nil || out.String() != want {
			t.Errorf("%q, want %q (%v)", out.String(), want, err)
		}
	}
}
