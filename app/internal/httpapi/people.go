package httpapi

import (
	"context"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
)

// Self is who asks.
type Self struct {
	ID         uint64      `json:"id" doc:"0: the person at the console's own machine"`
	Login      string      `json:"login"`
	Name       string      `json:"name"`
	Role       access.Role `json:"role" enum:"head,staff,duty,leader,liaison,volunteer"`
	Department string      `json:"department" doc:"code; a liaison's, else empty"`
}

// Account is a person who may sign in.
type Account struct {
	Self
	Active      bool      `json:"active"`
	CreatedAt   time.Time `json:"created_at"`
	LockedUntil time.Time `json:"locked_until,omitzero" doc:"after too many wrong passwords"`
	Sessions    int       `json:"sessions" doc:"where signed in at present"`

	SecondFactor bool `json:"second_factor" doc:"a code is asked for at sign-in"`
}

// NewAccount is an account to be made.
type NewAccount struct {
	Login      string      `json:"login" minLength:"1" maxLength:"64"`
	Name       string      `json:"name" minLength:"1" maxLength:"100"`
	Role       access.Role `json:"role" enum:"head,staff,duty,leader,liaison,volunteer"`
	Department string      `json:"department,omitempty" maxLength:"64" doc:"code; a liaison's"`
}

// ChangedAccount is what an account becomes.
type ChangedAccount struct {
	Name       string      `json:"name" minLength:"1" maxLength:"100"`
	Role       access.Role `json:"role" enum:"head,staff,duty,leader,liaison,volunteer"`
	Department string      `json:"department,omitempty" maxLength:"64" doc:"code; a liaison's"`
	Active     bool        `json:"active" doc:"false: signed out at once, and cannot sign in"`
}

// FirstPassword is told once and never again.
type FirstPassword struct {
	Account  Account `json:"account"`
	Password string  `json:"password" doc:"to be changed at the first sign-in"`
}

// Applicant is what a department told of who applies.
type Applicant struct {
	Name   string `json:"name"`
	Type   string `json:"type" doc:"person or organisation"`
	Number string `json:"number" doc:"of an identity card or a company"`
	Phone  string `json:"phone"`
}

// accounts registers what the head does about people.
func (a *oldAPI) accounts() {
	get(a, "/accounts", "accounts", "People who may sign in", func(ctx context.Context, _ *none) ([]Account, error) {
		return a.people.Accounts(ctx)
	})
	handle(a, operation(http.MethodPost, "/accounts", "createAccount", "Make an account; answers its first password"), api.UsualTime,
		func(ctx context.Context, in *struct{ Body NewAccount }) (*FirstPassword, error) {
			return a.people.CreateAccount(ctx, in.Body)
		})
	handle(a, operation(http.MethodPut, "/accounts/{id}", "changeAccount", "Change or close an account"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body ChangedAccount
		}) (*Account, error) {
			return a.people.ChangeAccount(ctx, in.ID, in.Body)
		})
	handle(a, operation(http.MethodPost, "/accounts/{id}/reset", "resetPassword", "Give a new first password"), api.UsualTime,
		func(ctx context.Context, in *api.ByID) (*FirstPassword, error) {
			return a.people.ResetPassword(ctx, in.ID)
		})
	act(a, "/accounts/{id}/revoke", "revokeSessions", "End a person's sessions", func(ctx context.Context, in *api.ByID) error {
		return a.people.RevokeSessions(ctx, in.ID)
	})
	handle(a, operation(http.MethodPost, "/cases/{id}/applicant", "unmaskApplicant", "See an applicant's full particulars; who and why is journaled"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) (*Applicant, error) {
			if _, err := casefile.Read(ctx, a.cases, func(v *casefile.View) (casefile.Case, error) { return v.Case(in.ID) }); err != nil {
				return nil, err
			}
			return a.people.Unmask(ctx, in.ID, in.Body.Reason)
		})
}
