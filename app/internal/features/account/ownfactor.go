package account

import (
	"bytes"
	"context"
	"encoding/base64"
	"image/png"
	"slices"

	"github.com/pquerna/otp"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// qrSide is a QR code's picture's, in pixels: four for each of its dots, and what
// is left is a margin.
const qrSide = 200

// oneself is who asks, if they have signed in.
func oneself(ctx context.Context) (access.Principal, error) {
	who := access.From(ctx)
	if who.Account == 0 {
		return who, fault.New(fault.Conflict, "no_sign_in", "本机直接使用，不需要登录，也没有两步验证。", "On this machine nobody signs in, and there is no two-step sign-in.", nil)
	}
	return who, nil
}

// SecondFactor is whether one's own is on, and whether the role needs it.
func (p *People) SecondFactor(ctx context.Context) (*SecondFactor, error) {
	who := access.From(ctx)
	f, err := p.signin.Factor(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	roles, err := p.Accounts.FactorRoles(ctx)
	return &SecondFactor{On: f.On(), Since: f.Since, Recovery: f.Recovery, Required: slices.Contains(roles, who.Role)}, err
}

// BeginSecondFactor makes a secret for an authenticator app, and the picture
// that the app takes it from.
func (p *People) BeginSecondFactor(ctx context.Context, password string) (*FactorSecret, error) {
	who, err := oneself(ctx)
	if err != nil {
		return nil, err
	}
	address, err := p.signin.BeginFactor(ctx, who.Account, who.Login, password)
	if err != nil {
		return nil, err
	}
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return nil, err
	}
	picture, err := key.Image(qrSide, qrSide)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return nil, err
	}
	return &FactorSecret{Secret: key.Secret(), Address: address, QR: "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())}, nil
}

// ConfirmSecondFactor turns one's own on, and ends the other sessions.
func (p *People) ConfirmSecondFactor(ctx context.Context, code string) (*RecoveryCodes, error) {
	who, err := oneself(ctx)
	if err != nil {
		return nil, err
	}
	generation, err := p.signin.Generation(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	codes, err := p.signin.ConfirmFactor(ctx, who.Account, who.Login, code)
	if err != nil {
		return nil, err
	}
	if err := p.signin.Begin(ctx, who.Account, generation.Next()); err != nil { // all sessions ended, this one begins anew
		return nil, err
	}
	return &RecoveryCodes{Codes: codes}, Note(ctx, p.Accounts, factorOn, who, nil)
}

// EndSecondFactor turns one's own off, and ends the other sessions.
func (p *People) EndSecondFactor(ctx context.Context, password string) error {
	who, err := oneself(ctx)
	if err != nil {
		return err
	}
	generation, err := p.signin.Generation(ctx, who.Account)
	if err != nil {
		return err
	}
	if err := p.signin.EndFactor(ctx, who.Account, who.Login, password); err != nil {
		return err
	}
	if err := p.signin.Begin(ctx, who.Account, generation.Next()); err != nil {
		return err
	}
	return Note(ctx, p.Accounts, factorOff, who, nil)
}

// RemoveSecondFactor takes a person's off, who has lost the phone, and ends all
// of their sessions.
func (p *People) RemoveSecondFactor(ctx context.Context, id uint64) error {
	if _, err := p.Accounts.ByID(ctx, id); err != nil {
		return err
	}
	if err := Note(ctx, p.Accounts, factorRemoved, access.From(ctx), whose{id}); err != nil {
		return err
	}
	return p.signin.RemoveFactor(ctx, id)
}

// mustSetUp tells whether an account's role needs a second factor that it has
// not.
func (p *People) mustSetUp(ctx context.Context, a *Account) (bool, error) {
	roles, err := p.Accounts.FactorRoles(ctx)
	if err != nil || !slices.Contains(roles, a.Role) {
		return false, err
	}
	f, err := p.signin.Factor(ctx, a.ID)
	return !f.On(), err
}
