package adapterhost

import (
	"time"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// State is what an adapter is doing.
type State string

// The states. Refused and Failed need a person: the host does not try again.
const (
	Starting   State = "starting"
	CatchingUp State = "catching_up" // reading what is there already
	Live       State = "live"        // every stream has caught up
	BackingOff State = "backing_off" // broke down; will be started again
	Stopped    State = "stopped"
	Refused    State = "refused" // the program is not the pinned one
	Failed     State = "failed"  // wrong configuration, unknown cursor, program missing
)

// Status is one adapter at this moment. Times are UTC, zero = never.
type Status struct {
	Name, Path     string
	State          State
	AdapterName    string // from here to Departments: what the adapter last said of itself
	Version        string
	Title, TitleEN string
	Departments    []string // codes
	PID            int      // 0 = no process
	StartedAt      time.Time
	Restarts       int // since Start
	NextStartAt    time.Time
	LastBatchAt    time.Time
	CaughtUp       bool
	Lag            time.Duration // 0 when caught up; else since when it has not been
	Problem        *Problem      // the last breakdown; nil once caught up again
	Streams        []StreamStatus
}

// StreamStatus is one stream of an adapter.
type StreamStatus struct {
	Stream      Stream
	Records     int64 // since Start
	CaughtUp    bool
	LastBatchAt time.Time
}

// Totals are the records that RunOnce handed to the sink; those sent as
// unreadable are counted in Unreadable too.
type Totals struct {
	Events, Rejections, Overdue, Authorizations, Ratings int64
	Unreadable                                           int64

	Sources  map[Stream]*adapterv1.SourceTally // what each source holds, where its adapter counts it
	Warnings []*adapterv1.FieldError           // what the adapter says of its configuration
}
