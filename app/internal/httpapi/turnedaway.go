package httpapi

import (
	"log/slog"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/api"

	"golang.org/x/time/rate"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// turnedAway logs what was turned away because of who asked or from where (ASVS
// 16.3.2, 16.3.3), at most five a second, so that nobody fills a disk.
type turnedAway struct {
	log   *slog.Logger
	often *rate.Limiter
}

func newTurnedAway(log *slog.Logger) *turnedAway {
	return &turnedAway{log: log, often: rate.NewLimiter(5, 50)}
}

// request logs one. What was asked for is told without its query, which may hold
// what somebody searched for.
func (r *turnedAway) request(req *http.Request, p *api.Problem) {
	if ctx := req.Context(); r.often.Allow() {
		r.log.WarnContext(ctx, "a request was turned away", "code", p.Code, "account", access.From(ctx).Account, "method", req.Method, "path", req.URL.Path, "remote", req.RemoteAddr)
	}
}
