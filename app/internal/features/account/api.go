package account

import (
	"context"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
)

// Feature is who may sign in, and how they do.
func (p *People) Feature() feature.Feature {
	return feature.Feature{Name: "account", Acts: append(Acts[:len(Acts):len(Acts)], act.Any(p.export)), Tables: Tables, Operations: p.operations}
}

// operations are what one does about oneself, and the head about people.
func (p *People) operations(h *api.API) {
	p.signing(h)
	p.factors(h)
	p.accounts(h)
}

// password is one's own password, once more.
type password struct {
	Body struct {
		Password string `json:"password" minLength:"1" maxLength:"256" doc:"one's own, once more"`
	}
}

func (p *People) signing(h *api.API) {
	in := h.Describe(http.MethodPost, "/sign-in", "signIn", "Sign in", access.Anybody)
	in.Security = []map[string][]string{{}}
	api.Do(h, in, func(ctx context.Context, in *struct {
		Remote
		Body struct {
			Login    string `json:"login" minLength:"1" maxLength:"64"`
			Password string `json:"password" minLength:"1" maxLength:"256"`
			Code     string `json:"code,omitempty" maxLength:"32" doc:"of the second factor, or a recovery code; where one is wanted the answer without it is 401 second_factor"`
		}
	}) error {
		if !h.SignsIn {
			return errNoSignIn
		}
		return p.SignIn(ctx, in.Body.Login, in.Body.Password, in.Body.Code, in.address, in.agent)
	})
	api.Command(h, "/sign-out", "signOut", "Sign out", access.Everyone, func(ctx context.Context, _ *api.None) error { return p.SignOut(ctx) })
	api.Command(h, "/password", "changePassword", "Change the own password; other sessions end", access.Everyone, func(ctx context.Context, in *struct {
		Body struct {
			Current string `json:"current" minLength:"1" maxLength:"256"`
			New     string `json:"new" minLength:"1" maxLength:"256"`
		}
	}) error {
		return p.ChangePassword(ctx, in.Body.Current, in.Body.New)
	})
	api.Get(h, "/my/sessions", "mySessions", "Where one is signed in, the latest first", access.Everyone,
		func(ctx context.Context, _ *api.None) ([]OwnSession, error) { return p.MySessions(ctx) })
	api.Command(h, "/my/sessions/end", "endMySessions", "End one's other sessions", access.Everyone,
		func(ctx context.Context, in *password) error { return p.EndMySessions(ctx, in.Body.Password) })
}

var errNoSignIn = fault.New(fault.Conflict, "no_sign_in", "本机直接使用，不需要登录。", "On this machine nobody needs to sign in.", nil)

func (p *People) factors(h *api.API) {
	api.Get(h, "/second-factor", "secondFactor", "Whether the own second factor is on", access.Everyone,
		func(ctx context.Context, _ *api.None) (*SecondFactor, error) { return p.SecondFactor(ctx) })
	api.Post(h, "/second-factor", "beginSecondFactor", "Make a secret for an authenticator app; nothing is asked for until a code of it has come", access.Everyone,
		func(ctx context.Context, in *password) (*FactorSecret, error) {
			return p.BeginSecondFactor(ctx, in.Body.Password)
		})
	api.Post(h, "/second-factor/confirm", "confirmSecondFactor", "Turn the own second factor on; other sessions end", access.Everyone,
		func(ctx context.Context, in *struct {
			Body struct {
				Code string `json:"code" minLength:"1" maxLength:"32" doc:"that the app shows"`
			}
		}) (*RecoveryCodes, error) {
			return p.ConfirmSecondFactor(ctx, in.Body.Code)
		})
	api.Command(h, "/second-factor/off", "endSecondFactor", "Turn the own second factor off; other sessions end", access.Everyone,
		func(ctx context.Context, in *password) error { return p.EndSecondFactor(ctx, in.Body.Password) })
	api.Command(h, "/accounts/{id}/remove-second-factor", "removeSecondFactor", "Take off the second factor of who has lost it; their sessions end", access.HeadAlone,
		func(ctx context.Context, in *api.ByID) error { return p.RemoveSecondFactor(ctx, in.ID) })
	api.Get(h, "/factor-roles", "factorRoles", "Roles that sign in with a second factor", access.HeadAlone,
		func(ctx context.Context, _ *api.None) (FactorRoles, error) {
			roles, err := p.FactorRoles(ctx)
			return FactorRoles{roles}, err
		})
	// Whoever has none is led to it at their next step.
	api.Do(h, h.Describe(http.MethodPut, "/factor-roles", "requireSecondFactor", "Say which roles do", access.HeadAlone),
		func(ctx context.Context, in *struct{ Body FactorRoles }) error {
			return p.RequireFactor(ctx, access.From(ctx), in.Body.Roles)
		})
}

func (p *People) accounts(h *api.API) {
	api.Get(h, "/accounts", "accounts", "People who may sign in", access.HeadAlone,
		func(ctx context.Context, _ *api.None) ([]Row, error) { return p.Rows(ctx) })
	api.Post(h, "/accounts", "createAccount", "Make an account; answers its first password", access.HeadAlone,
		func(ctx context.Context, in *struct{ Body NewAccount }) (*FirstPassword, error) {
			return p.CreateAccount(ctx, in.Body)
		})
	api.Put(h, "/accounts/{id}", "changeAccount", "Change or close an account", access.HeadAlone,
		func(ctx context.Context, in *struct {
			api.ByID
			Body ChangedAccount
		}) (*Row, error) {
			return p.ChangeAccount(ctx, in.ID, in.Body)
		})
	api.Post(h, "/accounts/{id}/reset", "resetPassword", "Give a new first password", access.HeadAlone,
		func(ctx context.Context, in *api.ByID) (*FirstPassword, error) { return p.ResetPassword(ctx, in.ID) })
	api.Command(h, "/accounts/{id}/revoke", "revokeSessions", "End a person's sessions", access.HeadAlone,
		func(ctx context.Context, in *api.ByID) error { return p.RevokeSessions(ctx, in.ID) })
}
