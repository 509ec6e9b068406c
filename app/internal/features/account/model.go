package account

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// Self is who asks.
type Self struct {
	ID         uint64      `json:"id" doc:"0: the person at the console's own machine"`
	Login      string      `json:"login"`
	Name       string      `json:"name"`
	Role       access.Role `json:"role" enum:"head,staff,duty,leader,liaison,volunteer"`
	Department string      `json:"department" doc:"code; a liaison's, else empty"`
}

// Row is a person who may sign in, as the head sees them.
type Row struct {
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
	Account  Row    `json:"account"`
	Password string `json:"password" doc:"to be changed at the first sign-in"`
}

// SchemaName is the row's name in the API's description.
func (Row) SchemaName() string { return "Account" }

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

// OwnSession is where one is signed in.
type OwnSession struct {
	BegunAt time.Time `json:"begun_at"`
	Address string    `json:"address" doc:"that it was begun from"`
	Agent   string    `json:"agent" doc:"what the browser calls itself"`
	Here    bool      `json:"here" doc:"the one that asks"`
}
