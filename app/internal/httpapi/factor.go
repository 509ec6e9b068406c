package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// SecondFactor is one's own.
type SecondFactor struct {
	On       bool      `json:"on" doc:"a code is asked for at sign-in"`
	Since    time.Time `json:"since,omitzero"`
	Recovery int       `json:"recovery" doc:"recovery codes left"`
	Required bool      `json:"required" doc:"the role needs one"`
}

// FactorSecret is what an authenticator app takes over, by picture or by hand.
type FactorSecret struct {
	Secret  string `json:"secret" doc:"base32"`
	Address string `json:"address" doc:"otpauth URI, which the picture says"`
	QR      string `json:"qr" doc:"PNG as a data URL"`
}

// RecoveryCodes are told once and never again; each works once.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// FactorRoles are the roles that sign in with a second factor.
type FactorRoles struct {
	Roles []access.Role `json:"roles" enum:"head,staff,duty,leader,liaison,volunteer"`
}

type password struct {
	Body struct {
		Password string `json:"password" minLength:"1" maxLength:"256" doc:"one's own, once more"`
	}
}

// factors registers what one does about the own second factor, and the head
// about others'.
func (a *oldAPI) factors() {
	get(a, "/second-factor", "secondFactor", "Whether the own second factor is on", func(ctx context.Context, _ *none) (*SecondFactor, error) {
		return a.people.SecondFactor(ctx)
	})
	handle(a, operation(http.MethodPost, "/second-factor", "beginSecondFactor", "Make a secret for an authenticator app; nothing is asked for until a code of it has come"), api.UsualTime,
		func(ctx context.Context, in *password) (*FactorSecret, error) {
			return a.people.BeginSecondFactor(ctx, in.Body.Password)
		})
	handle(a, operation(http.MethodPost, "/second-factor/confirm", "confirmSecondFactor", "Turn the own second factor on; other sessions end"), api.UsualTime,
		func(ctx context.Context, in *struct {
			Body struct {
				Code string `json:"code" minLength:"1" maxLength:"32" doc:"that the app shows"`
			}
		}) (*RecoveryCodes, error) {
			return a.people.ConfirmSecondFactor(ctx, in.Body.Code)
		})
	act(a, "/second-factor/off", "endSecondFactor", "Turn the own second factor off; other sessions end", func(ctx context.Context, in *password) error {
		return a.people.EndSecondFactor(ctx, in.Body.Password)
	})
	act(a, "/accounts/{id}/remove-second-factor", "removeSecondFactor", "Take off the second factor of who has lost it; their sessions end", func(ctx context.Context, in *api.ByID) error {
		return a.people.RemoveSecondFactor(ctx, in.ID)
	})
	get(a, "/factor-roles", "factorRoles", "Roles that sign in with a second factor", func(ctx context.Context, _ *none) (FactorRoles, error) {
		roles, err := a.people.FactorRoles(ctx)
		return FactorRoles{roles}, err
	})
	actOn(a, operation(http.MethodPut, "/factor-roles", "requireSecondFactor", "Say which roles do"), func(ctx context.Context, in *struct{ Body FactorRoles }) error {
		return a.people.RequireSecondFactor(ctx, in.Body.Roles)
	})
}
