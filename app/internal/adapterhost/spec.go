package adapterhost

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"time"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Spec is one adapter as the office has set it up.
type Spec struct {
	Name      string // of this instance: lower case letters, digits, "-", "_", "."; names its folder and cursors
	Path      string // the program, absolute
	SHA256    []byte // of the program; one with another sum is refused
	Config    []byte // JSON; empty = {}
	BaseDir   string // where relative paths of the configuration start
	Zone      string // IANA name; empty = Asia/Shanghai
	ClockJSON string // the office clock's setting (sdk/officeclock); empty = the real clock
	Follow    bool   // set by Start; RunOnce clears it

	// What the process may use of the file system, beside what its configuration
	// names for reading: see reachOf.
	Reads  []string // files and folders
	Writes []string // files, in whose folders it may write
	Closed []string // folders that stay closed whatever is named: the console's own
}

// NameForm is what an adapter's name looks like.
var NameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

func (s *Spec) check() error {
	switch {
	case !NameForm.MatchString(s.Name):
		return &Problem{
			ZH: fmt.Sprintf("数据接口名称“%s”不可用，请只用小写字母、数字和 - _ .。", s.Name),
			EN: fmt.Sprintf("The adapter name %q cannot be used. Use lower case letters, digits and - _ . only.", s.Name),
		}
	case !filepath.IsAbs(s.Path):
		return &Problem{
			ZH: fmt.Sprintf("数据接口程序“%s”不是完整路径，请写明从根目录起的路径。", s.Path),
			EN: fmt.Sprintf("The adapter program %q is not a full path. Give the path from the root.", s.Path),
		}
	}
	return nil
}

// Stream is one of the five things an adapter reports. Each has a cursor.
type Stream string

// The streams, in the order in which they are first read.
const (
	Authorizations Stream = "authorizations"
	Rejections     Stream = "rejections"
	Overdue        Stream = "overdue"
	Events         Stream = "events"
	Ratings        Stream = "ratings"
)

// Sink takes what adapters say; intake is one. Its methods are called from
// several goroutines, for one stream of one adapter never at the same time. A
// method may block: the adapter then waits. An error stops the adapter's
// session, which is tried again after a pause from the cursor that Cursor
// gives then. The cursor of a batch without records may be empty when the
// source has nothing at all.
type Sink interface {
	Catalogue(ctx context.Context, adapter string, d *adapterv1.DescribeResponse, departments []*adapterv1.Department, items []*adapterv1.Item) error
	Cursor(ctx context.Context, adapter string, stream Stream) ([]byte, error)
	Events(ctx context.Context, adapter string, batch *adapterv1.EventsResponse) error
	Rejections(ctx context.Context, adapter string, batch *adapterv1.RejectionsResponse) error
	Overdue(ctx context.Context, adapter string, batch *adapterv1.OverdueResponse) error
	Authorizations(ctx context.Context, adapter string, batch *adapterv1.AuthorizationsResponse) error
	Ratings(ctx context.Context, adapter string, batch *adapterv1.RatingsResponse) error
}

// Options set a Host up; a zero field has the default given behind it.
type Options struct {
	StateDir string       // each adapter's working folder is made in it; required
	Logger   *slog.Logger // slog.Default()
	OnChange func(Status) // called after an adapter's state changed, one call at a time; must not call the Host
	Timeouts Timeouts
	Limits   Limits

	// Witness is the journal's latest signed checkpoint with the proof that it
	// begins with its first records; from 0: without a proof. nil, or an answer of
	// nil: nothing is handed over.
	Witness func(ctx context.Context, from int64) (*adapterv1.WitnessRequest, error)

	sockets *socketFolder
}

// Limits bound what an adapter may use: memory each of its processes and all of
// them together, processes all together.
type Limits struct {
	Memory    int64 // bytes of data: 2 GiB
	Processes int   // 64
	Files     int   // open in each process: 4096
}

func (l Limits) withDefaults() Limits {
	if l.Memory <= 0 {
		l.Memory = 2 << 30
	}
	if l.Processes <= 0 {
		l.Processes = 64
	}
	if l.Files <= 0 {
		l.Files = 4096
	}
	return l
}

// Timeouts bound how long the host waits for an adapter.
type Timeouts struct {
	Start      time.Duration // until the process answers: 30 s
	Describe   time.Duration // 10 s
	Configure  time.Duration // 1 min
	PingEvery  time.Duration // 5 s
	Ping       time.Duration // until a ping counts as unanswered: 10 s
	Poll       time.Duration // before asking again after a stream ended, if the adapter does not say: 30 s
	Idle       time.Duration // silence before the caught-up mark: 10 min
	BackoffMin time.Duration // first pause after a breakdown: 1 s
	BackoffMax time.Duration // longest pause: 1 min
	Healthy    time.Duration // a session this long starts the pauses anew: 1 min
}

func (t Timeouts) withDefaults() Timeouts {
	for _, f := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Start, 30 * time.Second}, {&t.Describe, 10 * time.Second}, {&t.Configure, time.Minute},
		{&t.PingEvery, 5 * time.Second}, {&t.Ping, 10 * time.Second}, {&t.Poll, 30 * time.Second},
		{&t.Idle, 10 * time.Minute}, {&t.BackoffMin, time.Second}, {&t.BackoffMax, time.Minute}, {&t.Healthy, time.Minute},
	} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	return t
}
