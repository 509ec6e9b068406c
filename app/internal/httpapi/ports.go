package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/acts"
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

// People are those who may sign in, and what they did.
type People interface {
	SignIn(ctx context.Context, login, password, code, remote, agent string) error
	SignOut(ctx context.Context) error
	ChangePassword(ctx context.Context, current, next string) error
	MySessions(ctx context.Context) ([]OwnSession, error)
	EndMySessions(ctx context.Context, password string) error
	SecondFactor(ctx context.Context) (*SecondFactor, error)
	BeginSecondFactor(ctx context.Context, password string) (*FactorSecret, error)
	ConfirmSecondFactor(ctx context.Context, code string) (*RecoveryCodes, error)
	EndSecondFactor(ctx context.Context, password string) error
	RemoveSecondFactor(ctx context.Context, id uint64) error
	FactorRoles(ctx context.Context) ([]access.Role, error)
	RequireSecondFactor(ctx context.Context, roles []access.Role) error
	Accounts(ctx context.Context) ([]Account, error)
	CreateAccount(ctx context.Context, in NewAccount) (*FirstPassword, error)
	ChangeAccount(ctx context.Context, id uint64, in ChangedAccount) (*Account, error)
	ResetPassword(ctx context.Context, id uint64) (*FirstPassword, error)
	RevokeSessions(ctx context.Context, id uint64) error
	Acts(ctx context.Context, q acts.Query) ([]Act, error)
	ActPeople(ctx context.Context) ([]ActPerson, error)
	EachAct(ctx context.Context, q acts.Query, f func(*acts.Told) error) error
	// Exported journals that data leaves the console as a file.
	Exported(ctx context.Context, what, format string, filter any) error
	// Unmask journals who sees an applicant's particulars, and why, and then
	// tells them.
	Unmask(ctx context.Context, caseID uint64, reason string) (*Applicant, error)
}

// Network opens the console to the office's network besides, and closes it
// again. Answers belong to the caller.
type Network interface {
	State(ctx context.Context) (*NetworkState, error)
	Open(ctx context.Context, port int) (*NetworkState, error)
	Close(ctx context.Context) (*NetworkState, error)
}
