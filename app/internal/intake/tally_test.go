package intake

import (
	"slices"
	"testing"
)

// The tally at the end of a run (c_log_events): what is said of one refused record is
// not said of all that were refused for the same reason; where their words differ, some
// stand as examples.
func TestCaseCLogEventsWordsOfOneAreNotSaidOfAll(t *testing.T) {
	var early, late, both Tally
	for _, item := range []string{"I1", "I1", "I2"} {
		early.note(&prepared{fault: unknownItem(item)})
	}
	for _, item := range []string{"I2", "I3", "I4", "I5"} {
		late.note(&prepared{fault: unknownItem(item)})
	}
	both.add(&early)
	both.add(&late)
	words := func(item string) RefusedWords { f := unknownItem(item); return RefusedWords{f.zh, f.en} }
	for name, c := range map[string]struct {
		of     Tally
		count  int64
		others []RefusedWords
	}{
		"one batch":   {early, 3, []RefusedWords{words("I2")}},
		"two batches": {both, 7, []RefusedWords{words("I2"), words("I3")}}, // no more than two beside the first
	} {
		r := c.of.Refused["unknown_item"]
		if r.Count != c.count || (RefusedWords{r.ZH, r.EN}) != words("I1") || !slices.Equal(r.Others, c.others) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
