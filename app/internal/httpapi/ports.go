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
	// Token is the session's token that a request carries; empty: none.
	Token(r *http.Request) string
	// Peek is Who for a token that Load has not seen, and changes nothing.
	Peek(ctx context.Context, token string) (access.Principal, error)
	// Ended is closed when sessions are ended the next time.
	Ended() <-chan struct{}
}
