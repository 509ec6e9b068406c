package account

import (
	"context"
	"errors"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/act"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/signin"
)

// People are those who sign in: their accounts from the journal, their passwords
// and sessions from a file beside it.
type People struct {
	*Accounts
	signin *signin.Service
	export *act.Kind[Export]
}

// NewPeople are the people of an office, whose passwords a service keeps; nil only
// to describe the API.
func NewPeople(accounts *Accounts, service *signin.Service) *People {
	return &People{accounts, service, exported(accounts.office.ListNamed)}
}

// SignIn begins a session for who knows the password and has a code of the
// second factor, if there is one, and journals it.
func (p *People) SignIn(ctx context.Context, login, password, code, remote, agent string) error {
	login = Normalize(login)
	a, id, err := p.knocking(ctx, login)
	if err != nil {
		return err
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
		return errors.Join(err, p.failed(ctx, err, &a, id, login, remote))
	}
	if err := p.begin(ctx, id, generation, remote, agent); err != nil {
		return err
	}
	if err := p.noteRecovery(ctx, &a, before.Recovery); err != nil {
		return err
	}
	return Note(ctx, p.Accounts, signedIn, a.Principal(), from{agent, remote})
}

// knocking is whose login was typed, and the account that may come in by it: 0 of
// a login that nobody has or that is closed, which are answered alike.
func (p *People) knocking(ctx context.Context, login string) (a Account, id uint64, err error) {
	if a, err = p.ByLogin(ctx, login); err != nil && !IsUnknown(err) {
		return a, 0, err
	}
	if a.Active {
		id = a.ID
	}
	return a, id, nil
}

// failed logs a sign-in that failed, and journals it when it locks the login:
// nobody shall be able to fill the journal from outside.
func (p *People) failed(ctx context.Context, cause error, a *Account, id uint64, login, remote string) error {
	f, ok := fault.As(cause)
	if !ok || f.Kind != fault.Unauthorized {
		return nil
	}
	p.office.Log.WarnContext(ctx, "a sign-in failed", "account", a.ID, "code", f.Code, "remote", remote)
	locked, err := p.signin.Locked(ctx, id, login)
	if err != nil || !locked {
		return err
	}
	if a.ID == 0 {
		login = "" // what was typed may be a password in the wrong field
	}
	return Note(ctx, p.Accounts, lockedOut, access.Principal{}, lockedLogin{login, remote})
}

// begin begins the session, and knows the browser again next time.
func (p *People) begin(ctx context.Context, id uint64, generation signin.Generation, remote, agent string) error {
	if err := p.signin.Begin(ctx, id, generation); err != nil {
		return err
	}
	p.signin.At(ctx, remote, agent)
	return p.signin.Recognize(ctx, id)
}

// noteRecovery journals that one of the recovery codes was used up.
func (p *People) noteRecovery(ctx context.Context, a *Account, before int) error {
	after, err := p.signin.Factor(ctx, a.ID)
	if err != nil || after.Recovery >= before {
		return err
	}
	return Note(ctx, p.Accounts, recoveryUsed, a.Principal(), codesLeft{after.Recovery})
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
	return Note(ctx, p.Accounts, signedOut, who, nil)
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
	return Note(ctx, p.Accounts, passwordChanged, who, nil)
}

// Rows list everybody.
func (p *People) Rows(ctx context.Context) ([]Row, error) {
	all, err := p.Accounts.All(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Row, len(all))
	for i := range all {
		row, err := p.row(ctx, &all[i])
		if err != nil {
			return nil, err
		}
		out[i] = *row
	}
	return out, nil
}

func (p *People) row(ctx context.Context, a *Account) (*Row, error) {
	out := &Row{Self: Self{ID: a.ID, Login: a.Login, Name: a.Name, Role: a.Role, Department: a.Department},
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
func (p *People) CreateAccount(ctx context.Context, in NewAccount) (*FirstPassword, error) {
	a, err := p.Accounts.Create(ctx, access.From(ctx), in.Login, Profile{Name: in.Name, Role: in.Role, Department: in.Department})
	if err != nil {
		return nil, err
	}
	return p.first(ctx, &a)
}

func (p *People) first(ctx context.Context, a *Account) (*FirstPassword, error) {
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
	return &FirstPassword{Account: *row, Password: password}, nil
}

// ChangeAccount sets an account's profile. Whoever is closed or changes roles
// is signed out.
func (p *People) ChangeAccount(ctx context.Context, id uint64, in ChangedAccount) (*Row, error) {
	before, err := p.Accounts.ByID(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := p.Accounts.Change(ctx, access.From(ctx), id, Profile{Name: in.Name, Role: in.Role, Department: in.Department}, in.Active)
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
func (p *People) ResetPassword(ctx context.Context, id uint64) (*FirstPassword, error) {
	a, err := p.Accounts.ByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := Note(ctx, p.Accounts, passwordReset, access.From(ctx), whose{id}); err != nil {
		return nil, err
	}
	return p.first(ctx, &a)
}

// RevokeSessions ends a person's sessions.
func (p *People) RevokeSessions(ctx context.Context, id uint64) error {
	if _, err := p.Accounts.ByID(ctx, id); err != nil {
		return err
	}
	if err := p.signin.Revoke(ctx, id); err != nil {
		return err
	}
	return Note(ctx, p.Accounts, sessionsRevoked, access.From(ctx), whose{id})
}

// Exported journals that data leaves the console as a file.
func (p *People) Exported(ctx context.Context, what, format string, filter any) error {
	return Note(ctx, p.Accounts, p.export, access.From(ctx), Export{Filter: filter, Format: format, What: what})
}

// Load makes a request's session known; see Sessions.
func (p *People) Load(next http.Handler) http.Handler { return p.signin.Load(next) }

// Who is the principal of a loaded session.
func (p *People) Who(ctx context.Context) (access.Principal, error) {
	id, mustChange, err := p.signin.Who(ctx)
	if err != nil || id == 0 {
		return access.Principal{}, err
	}
	a, err := p.Accounts.ByID(ctx, id)
	if IsUnknown(err) || err == nil && !a.Active {
		return access.Principal{}, nil
	}
	who := a.Principal()
	if err == nil {
		who.MustChange = mustChange
		who.MustSetUp, err = p.mustSetUp(ctx, &a)
	}
	return who, err
}

// Ended is closed when sessions are ended the next time; see Sessions.
func (p *People) Ended() <-chan struct{} { return p.signin.Ended() }

// Token is the session's token that a request carries; empty: none.
func (p *People) Token(r *http.Request) string { return p.signin.Token(r) }

// Peek is Who for a token that Load has not seen.
func (p *People) Peek(ctx context.Context, token string) (access.Principal, error) {
	ctx, err := p.signin.Peek(ctx, token)
	if err != nil {
		return access.Principal{}, err
	}
	return p.Who(ctx)
}
