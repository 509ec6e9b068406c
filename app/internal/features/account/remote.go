package account

import (
	"net"

	"github.com/danielgtaylor/huma/v2"
)

// Remote is where a request comes from.
type Remote struct{ address, agent string }

// Resolve takes it from the request; see huma.Resolver.
func (r *Remote) Resolve(ctx huma.Context) []error {
	r.address, r.agent = ctx.RemoteAddr(), ctx.Header("User-Agent")
	if host, _, err := net.SplitHostPort(r.address); err == nil {
		r.address = host
	}
	if len(r.agent) > 200 {
		r.agent = r.agent[:200]
	}
	return nil
}
