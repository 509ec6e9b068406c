package runtime

import (
	"math"
	"runtime/debug"
	"sync"
	"time"
)

// While histories are read in, much is thrown away, and little of it at rest. The
// garbage collector then waits until the program's bound of memory comes near instead
// of for twice what is in use: it goes through the same events less often. Afterwards
// it keeps the console small again.
const (
	manyAtOnce  = 1024            // changes of one transaction that are told together
	lazyPercent = 400             // GOGC meanwhile
	lazyFor     = 2 * time.Second // since the last of them
)

// collector sets how lazy the garbage collector is. Without a bound of memory it
// leaves it as it is.
type collector struct {
	mu    sync.Mutex
	lazy  bool
	usual int // GOGC at other times
	until time.Time
}

// took notes that a transaction was committed.
func (c *collector) took(changes int, now time.Time) {
	if changes < manyAtOnce {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until = now.Add(lazyFor)
	if c.lazy || debug.SetMemoryLimit(-1) == math.MaxInt64 {
		return
	}
	usual := debug.SetGCPercent(lazyPercent)
	if usual < 0 || usual >= lazyPercent { // whoever runs the program wants it lazier still
		debug.SetGCPercent(usual)
		return
	}
	c.lazy, c.usual = true, usual
}

// rest sets the usual again once nothing much came in for a while.
func (c *collector) rest(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lazy && now.After(c.until) {
		c.lazy = false
		debug.SetGCPercent(c.usual)
	}
}
