package live

import "time"

// A frame costs every client a write of its own, some 8 µs of a core. So frames
// may be the shorter the fewer listen: what writing takes stays below about half
// a core, and a room of twenty pages sees an event as soon as it is committed.
const (
	perClient    = 20 * time.Microsecond
	shortestWait = 4 * time.Millisecond
	longestWait  = 20 * time.Millisecond
)

// pace is how long changes wait for each other in a frame, for so many clients.
func pace(clients int) time.Duration {
	return min(max(time.Duration(clients)*perClient, shortestWait), longestWait)
}
