package runtime

import (
	"math"
	"runtime/debug"
	"testing"
	"time"
)

// The collector is lazy for two seconds after much came in, if memory is bounded, and
// as it was before and afterwards.
func TestTheCollectorIsLazyWhileMuchComesIn(t *testing.T) {
	usual := debug.SetGCPercent(100)
	defer debug.SetGCPercent(usual)
	bound := debug.SetMemoryLimit(1 << 40)
	defer debug.SetMemoryLimit(bound)
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	began := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var c collector
	for _, step := range []struct {
		what    string
		do      func()
		percent int
	}{
		{"a few records", func() { c.took(1023, began) }, 100},
		{"many", func() { c.took(1024, began) }, 400},
		{"many again", func() { c.took(4096, began.Add(time.Second)) }, 400},
		{"two seconds after the first", func() { c.rest(began.Add(2500 * time.Millisecond)) }, 400},
		{"more than two after the last", func() { c.rest(began.Add(3001 * time.Millisecond)) }, 100},
		{"many, without a bound", func() { debug.SetMemoryLimit(math.MaxInt64); c.took(4096, began.Add(4*time.Second)) }, 100},
	} {
		step.do()
		if got := percent(); got != step.percent {
			t.Errorf("%s: %d, want %d", step.what, got, step.percent)
		}
	}
}
