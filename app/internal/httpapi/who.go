package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/mingcha-console/mingcha/app/internal/api"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/live"
	"github.com/mingcha-console/mingcha/app/internal/network"
)

// SignInRoute is the one call that nobody has signed in for.
const SignInRoute = "/api/sign-in"

// settingUp is what people may do who need a second factor and have none yet.
var settingUp = []string{"/api/second-factor", "/api/second-factor/confirm", "/api/session", "/api/sign-out"}

// who finds out who asks, where people sign in.
func (g *gate) who(r *http.Request) (access.Principal, *api.Problem) {
	if err := g.sameSite(r); err != nil {
		p := foreignOrigin()
		g.turnedAway.request(r, p)
		return access.Principal{}, p
	}
	if r.URL.Path == SignInRoute {
		return access.Principal{}, nil
	}
	p, err := g.o.Sessions.Who(r.Context())
	if err != nil {
		return p, api.ProblemOf(r.Context(), g.o.Logger, err)
	}
	if p.Role == "" {
		return p, notSignedIn()
	}
	network.Belongs(r.Context(), ownName(p))
	if p.MustChange && r.URL.Path != "/api/password" && r.URL.Path != "/api/session" && r.URL.Path != "/api/sign-out" {
		return p, api.NewProblem(http.StatusForbidden, "must_change",
			"请先把初始密码改成自己的密码。", "Change the first password to one of your own before anything else.")
	}
	if p.MustSetUp && !p.MustChange && !slices.Contains(settingUp, r.URL.Path) {
		return p, api.NewProblem(http.StatusForbidden, "must_set_up",
			"您的角色须用两步验证，请先设置。", "Your role needs two-step sign-in. Set it up before anything else.")
	}
	return p, nil
}

// admitLive lets those who have signed in listen, as far as they may.
func (g *gate) admitLive(w http.ResponseWriter, r *http.Request) {
	token := g.o.Sessions.Token(r)
	p, err := g.o.Sessions.Peek(r.Context(), token)
	switch {
	case err != nil:
		api.ProblemOf(r.Context(), g.o.Logger, err).Write(w)
	case p.Role == "":
		notSignedIn().Write(w)
	case p.MustChange || p.MustSetUp || !g.may(p.Role, "live"):
		refused := forbidden()
		g.turnedAway.request(r.WithContext(access.With(r.Context(), p)), refused)
		refused.Write(w)
	default:
		network.Belongs(r.Context(), ownName(p))
		// A stream ends as soon as its session is ended; one that runs out is found
		// at the next ping.
		guest := live.Guest{Who: ownName(p), Ended: g.o.Sessions.Ended, Valid: func(ctx context.Context) bool {
			now, err := g.o.Sessions.Peek(ctx, token)
			return err == nil && now == p
		}}
		if department, restricted := p.Restricted(); restricted {
			guest.Only = []string{department}
		}
		g.o.Admit(w, r, guest)
	}
}

// ownName is an account's name among those that bounds go by.
func ownName(p access.Principal) string { return strconv.FormatUint(p.Account, 10) }

func notSignedIn() *api.Problem {
	return api.NewProblem(http.StatusUnauthorized, "sign_in", "请先登录。", "Sign in first.")
}

func forbidden() *api.Problem {
	return api.NewProblem(http.StatusForbidden, "not_allowed",
		"您的角色没有这项权限。如工作需要，请联系效能办主任调整。", "Your role may not do this. If your work needs it, ask the head of the office.")
}

func foreignOrigin() *api.Problem {
	return api.NewProblem(http.StatusForbidden, "foreign_origin",
		"请求来自其他网站，已拒绝。请在控制台自己的页面上操作。", "The request came from another site and was refused. Use the console's own pages.")
}
