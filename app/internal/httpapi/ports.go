package httpapi

import (
	"context"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

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
