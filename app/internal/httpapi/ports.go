package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// Console is the running console. Answers belong to the caller.
type Console interface {
	Now() time.Time                                      // the office clock
	Checkpoint(ctx context.Context) (*Checkpoint, error) // nil: none signed yet
	SignCheckpoint(ctx context.Context) (*Checkpoint, error)
	CalendarYear(ctx context.Context, year int) (*CalendarYear, error)
	ImportCalendar(ctx context.Context, year int, raw []byte) (*CalendarImport, error)
	Settings() Settings
	Session() Session
	Adapters(ctx context.Context) []Adapter
	AdapterLogs(name string) ([]LogLine, error)
	AdapterAction(ctx context.Context, name, action string) error // "start", "stop", "restart"
}

// Sessions knows who asks, where people sign in.
type Sessions interface {
	// Load makes a request's session known to what People does in it, and sends
	// the cookie when it changes.
	Load(next http.Handler) http.Handler
	// Who is the principal of a loaded session; without a role: nobody.
	Who(ctx context.Context) (access.Principal, error)
	// Peek is Who for a request that Load has not seen, and changes nothing.
	Peek(r *http.Request) (access.Principal, error)
	// Ended is closed when sessions are ended the next time.
	Ended() <-chan struct{}
}

// Network opens the console to the office's network besides, and closes it
// again. Answers belong to the caller.
type Network interface {
	State(ctx context.Context) (*NetworkState, error)
	Open(ctx context.Context, port int) (*NetworkState, error)
	Close(ctx context.Context) (*NetworkState, error)
}
