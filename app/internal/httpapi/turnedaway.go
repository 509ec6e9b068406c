package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"log/slog"
	"net/http"

	"golang.org/x/time/rate"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// turnedAway logs what was turned away because of who asked or from where (ASVS
// 16.3.2, 16.3.3), at most five a second, so that nobody fills a disk.
type turnedAway struct {
	log   *slog.Logger
	often *rate.Limiter
	may   func(r access.Role, operation string) bool // of what features registered
}

func newTurnedAway(log *slog.Logger) *turnedAway {
	return &turnedAway{log: log, often: rate.NewLimiter(5, 50)}
}

// note logs one. What was asked for is told without its query, which may hold
// what somebody searched for.
func (r *turnedAway) note(ctx context.Context, p *api.Problem, method, path, remote string) {
	if r.often.Allow() {
		r.log.WarnContext(ctx, "a request was turned away", "code", p.Code, "account", access.From(ctx).Account, "method", method, "path", path, "remote", remote)
	}
}

func (r *turnedAway) request(req *http.Request, p *api.Problem) {
	r.note(req.Context(), p, req.Method, req.URL.Path, req.RemoteAddr)
}
