package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"net"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
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

// signing registers what one does about oneself.
func (a *oldAPI) signing() {
	get(a, "/session", "session", "Where the page is, and who asks", func(ctx context.Context, _ *none) (Session, error) {
		s := a.console.Session()
		p := access.From(ctx)
		s.Account = Self{ID: p.Account, Login: p.Login, Name: p.Name, Role: p.Role, Department: p.Department}
		s.SignsIn, s.MustChange, s.MustSetUp, s.May = a.sessions, p.MustChange, p.MustSetUp, append(access.Operations(p.Role), a.Operations(p.Role)...)
		slices.Sort(s.May)
		return s, nil
	})
	op := operation(http.MethodPost, "/sign-in", "signIn", "Sign in")
	op.Security = []map[string][]string{{}}
	actOn(a, op, func(ctx context.Context, in *struct {
		Remote
		Body struct {
			Login    string `json:"login" minLength:"1" maxLength:"64"`
			Password string `json:"password" minLength:"1" maxLength:"256"`
			Code     string `json:"code,omitempty" maxLength:"32" doc:"of the second factor, or a recovery code; where one is wanted the answer without it is 401 second_factor"`
		}
	}) error {
		if !a.sessions {
			return api.NewProblem(http.StatusConflict, "no_sign_in", "本机直接使用，不需要登录。", "On this machine nobody needs to sign in.")
		}
		return a.people.SignIn(ctx, in.Body.Login, in.Body.Password, in.Body.Code, in.address, in.agent)
	})
	act(a, "/sign-out", "signOut", "Sign out", func(ctx context.Context, _ *none) error {
		return a.people.SignOut(ctx)
	})
	act(a, "/password", "changePassword", "Change the own password; other sessions end", func(ctx context.Context, in *struct {
		Body struct {
			Current string `json:"current" minLength:"1" maxLength:"256"`
			New     string `json:"new" minLength:"1" maxLength:"256"`
		}
	}) error {
		return a.people.ChangePassword(ctx, in.Body.Current, in.Body.New)
	})
}
