// Package account knows who the people are that sign in: their names, roles
// and departments, as acts in the journal. What they prove it with, passwords
// and sessions, is kept by package signin and never journaled.
package account

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
)

// Account is a person who may sign in.
type Account struct {
	ID         uint64      `json:"id"`
	Login      string      `json:"login"`
	Name       string      `json:"name"`
	Role       access.Role `json:"role" enum:"head,staff,duty,leader,liaison,volunteer"`
	Department string      `json:"department" doc:"code; a liaison's, else empty"`
	Active     bool        `json:"active"`
	CreatedAt  time.Time   `json:"created_at"`
}

// Principal is the account as one who asks.
func (a *Account) Principal() access.Principal {
	return access.Principal{Account: a.ID, Login: a.Login, Name: a.Name, Role: a.Role, Department: a.Department}
}

// Accounts reads and changes accounts.
type Accounts struct{ office *feature.Office }

// New is the accounts of an office.
func New(o *feature.Office) *Accounts { return &Accounts{o} }

const columns = `id, login, name, role, department, active, created_at`

func scan(row interface{ Scan(...any) error }) (a Account, err error) {
	var created int64
	err = row.Scan(&a.ID, &a.Login, &a.Name, &a.Role, &a.Department, &a.Active, &created)
	a.CreatedAt = time.UnixMicro(created).UTC()
	return a, err
}

// All lists every account, in the order in which they were made.
func (s *Accounts) All(ctx context.Context) ([]Account, error) { return s.list(ctx, `1`) }

// Volunteers lists the active volunteers of whom a condition in SQL holds, in the
// order in which their accounts were made. It names the account accounts.id.
func (s *Accounts) Volunteers(ctx context.Context, condition string, args ...any) ([]Account, error) {
	return s.list(ctx, `role = '`+string(access.Volunteer)+`' AND active = 1 AND `+condition, args...)
}

func (s *Accounts) list(ctx context.Context, condition string, args ...any) ([]Account, error) {
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT `+columns+` FROM accounts WHERE `+condition+` ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Account{}
	for rows.Next() {
		a, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

// ByID finds an account.
func (s *Accounts) ByID(ctx context.Context, id uint64) (Account, error) {
	return s.one(ctx, `SELECT `+columns+` FROM accounts WHERE id = ?`, int64(id))
}

// ByLogin finds an account by what its person types.
func (s *Accounts) ByLogin(ctx context.Context, login string) (Account, error) {
	return s.one(ctx, `SELECT `+columns+` FROM accounts WHERE login = ?`, Normalize(login))
}

func (s *Accounts) one(ctx context.Context, query string, args ...any) (Account, error) {
	a, err := scan(s.office.Store.Readers().QueryRowContext(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return a, errUnknown
	}
	return a, err
}

var errUnknown = fault.New(fault.NotFound, "unknown_account", "没有这个账户。请刷新名单后重试。", "There is no such account. Reload the list and try again.", nil)

// IsUnknown tells whether an account was not found.
func IsUnknown(err error) bool { return errors.Is(err, errUnknown) }

// Create makes an account. Its person cannot sign in before there is a
// password.
func (s *Accounts) Create(ctx context.Context, by access.Principal, login string, p Profile) (Account, error) {
	login = Normalize(login)
	rec, _, err := created.Do(ctx, s.office.Journal, act.Once(created.Name(), by.Account), by.Account, createdData{Login: login, Profile: p.trimmed()})
	if err != nil {
		return Account{}, err
	}
	return s.ByID(ctx, rec.Seq)
}

// Change sets an account's profile.
func (s *Accounts) Change(ctx context.Context, by access.Principal, id uint64, p Profile, active bool) (Account, error) {
	if _, _, err := changed.Do(ctx, s.office.Journal, act.Once(changed.Name(), id), by.Account, changedData{ID: id, Profile: p.trimmed(), Active: active}); err != nil {
		return Account{}, err
	}
	return s.ByID(ctx, id)
}

// Names are what accounts' people are called, by account; 0 is the person at the
// console's own machine.
func (s *Accounts) Names(ctx context.Context) (map[uint64]string, error) {
	all, err := s.All(ctx)
	names := map[uint64]string{0: access.Here.Name}
	for _, a := range all {
		names[a.ID] = a.Name
	}
	return names, err
}
