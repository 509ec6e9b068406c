package console

import (
	"context"
	"errors"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/acts"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/signin"
)

// People is those who sign in, and what they did: their accounts from the
// journal, their passwords and sessions from a file beside it.
type People struct {
	c        *Console
	accounts *accounts.Accounts
	acts     *acts.Acts
	signin   *signin.Service
}

// People is the console's.
func (c *Console) People() *People {
	return &People{c, c.areas.accounts, acts.New(c.store, c.declared), c.signin}
}

// SignIn begins a session for who knows the password and has a code of the
// second factor, if there is one, and journals it.
func (p *People) SignIn(ctx context.Context, login, password, code, remote, agent string) error {
	login = accounts.Normalize(login)
	a, err := p.accounts.ByLogin(ctx, login)
	if err != nil && !accounts.IsUnknown(err) {
		return err
	}
	id := a.ID
	if !a.Active {
		id = 0 // answered as an unknown login is
	}
	generation, err := p.signin.Generation(ctx, id) // first, so that a password changed meanwhile lets nobody in
	if err != nil {
		return err
	}
	before, err := p.signin.Factor(ctx, id)
	if err != nil {
		return err
	}
	if err := p.signin.Check(ctx, id, login, remote, password, code); err != nil {
		// What locks is journaled, and every attempt before it logged: nobody shall be
		// able to fill the journal from outside.
		if f, ok := fault.As(err); ok && f.Kind == fault.Unauthorized {
			p.c.opts.Logger.WarnContext(ctx, "a sign-in failed", "account", a.ID, "code", f.Code, "remote", remote)
			locked, lookup := p.signin.Locked(ctx, id, login)
			if lookup == nil && locked {
				if a.ID == 0 {
					login = "" // what was typed may be a password in the wrong field
				}
				lookup = p.accounts.Note(ctx, access.Principal{}, accounts.LockedOut, map[string]string{"login": login, "remote": remote})
			}
			err = errors.Join(err, lookup)
		}
		return err
	}
	if err := p.signin.Begin(ctx, id, generation); err != nil {
		return err
	}
	p.signin.At(ctx, remote, agent)
	if err := p.signin.Recognize(ctx, id); err != nil {
		return err
	}
	if after, err := p.signin.Factor(ctx, id); err != nil {
		return err
	} else if after.Recovery < before.Recovery {
		if err := p.accounts.Note(ctx, a.Principal(), accounts.RecoveryUsed, map[string]int{"left": after.Recovery}); err != nil {
			return err
		}
	}
	return p.accounts.Note(ctx, a.Principal(), accounts.SignedIn, map[string]string{"remote": remote, "agent": agent})
}

// SignOut ends the session.
func (p *People) SignOut(ctx context.Context) error {
	who := access.From(ctx)
	if who.Account == 0 {
		return nil
	}
	if err := p.signin.End(ctx); err != nil {
		return err
	}
	return p.accounts.Note(ctx, who, accounts.SignedOut, nil)
}

// ChangePassword sets the own password and ends the other sessions.
func (p *People) ChangePassword(ctx context.Context, current, next string) error {
	who := access.From(ctx)
	if who.Account == 0 {
		return fault.New(fault.Conflict, "no_sign_in", "本机直接使用，没有密码。", "On this machine there is no password.", nil)
	}
	generation, err := p.signin.Generation(ctx, who.Account)
	if err != nil {
		return err
	}
	if err := p.signin.ChangePassword(ctx, who.Account, who.Login, current, next, who.Name, who.Department); err != nil {
		return err
	}
	if err := p.signin.Begin(ctx, who.Account, generation.Next()); err != nil { // all sessions ended, this one begins anew
		return err
	}
	return p.accounts.Note(ctx, who, accounts.PasswordChanged, nil)
}

// Accounts lists everybody.
func (p *People) Accounts(ctx context.Context) ([]httpapi.Account, error) {
	all, err := p.accounts.All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]httpapi.Account, len(all))
	for i := range all {
		row, err := p.row(ctx, &all[i])
		if err != nil {
			return nil, err
		}
		out[i] = *row
	}
	return out, nil
}

func (p *People) row(ctx context.Context, a *accounts.Account) (*httpapi.Account, error) {
	out := &httpapi.Account{Self: httpapi.Self{ID: a.ID, Login: a.Login, Name: a.Name, Role: a.Role, Department: a.Department},
		Active: a.Active, CreatedAt: a.CreatedAt}
	var err error
	if out.LockedUntil, err = p.signin.LockedUntil(ctx, a.Login); err != nil {
		return nil, err
	}
	f, err := p.signin.Factor(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	out.SecondFactor = f.On()
	out.Sessions, err = p.signin.Count(ctx, a.ID)
	return out, err
}

// CreateAccount makes an account with a first password.
func (p *People) CreateAccount(ctx context.Context, in httpapi.NewAccount) (*httpapi.FirstPassword, error) {
	a, err := p.accounts.Create(ctx, access.From(ctx), in.Login, accounts.Profile{Name: in.Name, Role: in.Role, Department: in.Department})
	if err != nil {
		return nil, err
	}
	return p.first(ctx, &a)
}

func (p *People) first(ctx context.Context, a *accounts.Account) (*httpapi.FirstPassword, error) {
	password, err := p.signin.NewPassword(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	if err := p.signin.Unlock(ctx, a.Login); err != nil {
		return nil, err
	}
	row, err := p.row(ctx, a)
	if err != nil {
		return nil, err
	}
	return &httpapi.FirstPassword{Account: *row, Password: password}, nil
}

// ChangeAccount sets an account's profile. Whoever is closed or changes roles
// is signed out.
func (p *People) ChangeAccount(ctx context.Context, id uint64, in httpapi.ChangedAccount) (*httpapi.Account, error) {
	before, err := p.accounts.ByID(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := p.accounts.Change(ctx, access.From(ctx), id, accounts.Profile{Name: in.Name, Role: in.Role, Department: in.Department}, in.Active)
	if err != nil {
		return nil, err
	}
	if !a.Active || a.Role != before.Role || a.Department != before.Department {
		if err := p.signin.Revoke(ctx, id); err != nil {
			return nil, err
		}
	}
	return p.row(ctx, &a)
}

// ResetPassword gives a new first password and ends all sessions.
func (p *People) ResetPassword(ctx context.Context, id uint64) (*httpapi.FirstPassword, error) {
	a, err := p.accounts.ByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := p.accounts.Note(ctx, access.From(ctx), accounts.PasswordReset, map[string]uint64{"id": id}); err != nil {
		return nil, err
	}
	return p.first(ctx, &a)
}

// RevokeSessions ends a person's sessions.
func (p *People) RevokeSessions(ctx context.Context, id uint64) error {
	if _, err := p.accounts.ByID(ctx, id); err != nil {
		return err
	}
	if err := p.signin.Revoke(ctx, id); err != nil {
		return err
	}
	return p.accounts.Note(ctx, access.From(ctx), accounts.SessionsRevoked, map[string]uint64{"id": id})
}

// Note journals something about access that changes nothing else.
func (p *People) Note(ctx context.Context, what accounts.Noted, data any) error {
	return p.accounts.Note(ctx, access.From(ctx), what, data)
}

// Exported journals that data leaves the console as a file.
func (p *People) Exported(ctx context.Context, what, format string, filter any) error {
	return p.accounts.Note(ctx, access.From(ctx), accounts.Exported, map[string]any{"what": what, "format": format, "filter": filter})
}

// Unmask journals who wants to see an applicant's particulars and why, and then
// tells them.
func (p *People) Unmask(ctx context.Context, caseID uint64, reason string) (*httpapi.Applicant, error) {
	if err := p.accounts.Note(ctx, access.From(ctx), accounts.Unmasked, map[string]any{"case": caseID, "reason": reason}); err != nil {
		return nil, err
	}
	a, err := casefile.Read(ctx, p.c.cases, func(v *casefile.View) (casefile.Applicant, error) { return v.Applicant(caseID) })
	return &httpapi.Applicant{Name: a.Name, Type: a.Type, Number: a.Number, Phone: a.Phone}, err
}

func (p *People) names(ctx context.Context) (map[uint64]string, error) {
	all, err := p.accounts.All(ctx)
	names := map[uint64]string{0: access.Here.Name}
	for _, a := range all {
		names[a.ID] = a.Name
	}
	return names, err
}

// Load makes a request's session known; see httpapi.Sessions.
func (p *People) Load(next http.Handler) http.Handler { return p.signin.Load(next) }

// Who is the principal of a loaded session.
func (p *People) Who(ctx context.Context) (access.Principal, error) {
	id, mustChange, err := p.signin.Who(ctx)
	if err != nil || id == 0 {
		return access.Principal{}, err
	}
	a, err := p.accounts.ByID(ctx, id)
	if accounts.IsUnknown(err) || err == nil && !a.Active {
		return access.Principal{}, nil
	}
	who := a.Principal()
	if err == nil {
		who.MustChange = mustChange
		who.MustSetUp, err = p.mustSetUp(ctx, &a)
	}
	return who, err
}

// Ended is closed when sessions are ended the next time; see httpapi.Sessions.
func (p *People) Ended() <-chan struct{} { return p.signin.Ended() }

// Peek is Who for a request that Load has not seen.
func (p *People) Peek(r *http.Request) (access.Principal, error) {
	ctx, err := p.signin.Peek(r)
	if err != nil {
		return access.Principal{}, err
	}
	return p.Who(ctx)
}
