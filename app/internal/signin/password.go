package signin

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/alexedwards/argon2id"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// params are OWASP's smallest for argon2id: forty people who sign in at eight
// o'clock must not take the console over its memory.
var params = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

const hashesAtOnce = 2

// enter waits for a turn at hashing.
func (s *Service) enter(ctx context.Context) error {
	select {
	case s.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Service) leave() { <-s.hashing }

func (s *Service) hash(ctx context.Context, password string) (string, error) {
	if err := s.enter(ctx); err != nil {
		return "", err
	}
	defer s.leave()
	return argon2id.CreateHash(normal(password), &params)
}

// SetPassword sets a password, if it is good enough, and ends the account's
// sessions. Neither the login nor what else is known of the person makes a
// password.
func (s *Service) SetPassword(ctx context.Context, account uint64, login, password string, mustChange bool, known ...string) error {
	if err := checkPassword(password, append([]string{login}, known...)...); err != nil {
		return err
	}
	h, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	defer s.tell()
	_, err = s.db.ExecContext(ctx, `INSERT INTO credentials (account, hash, must_change, changed_at, generation) VALUES (?,?,?,?,1)
		ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, must_change = excluded.must_change, changed_at = excluded.changed_at, generation = generation + 1`,
		int64(account), h, mustChange, s.now().UnixMicro())
	return err
}

// NewPassword gives an account a first password, which has to be changed at
// the first sign-in.
func (s *Service) NewPassword(ctx context.Context, account uint64) (string, error) {
	first := spoken()
	return first, s.SetPassword(ctx, account, "", first, true)
}

// ChangePassword sets a new password for who knows the current one.
func (s *Service) ChangePassword(ctx context.Context, account uint64, login, current, next string, known ...string) error {
	if err := s.known(ctx, account, login, current, "current"); err != nil {
		return err
	}
	if normal(current) == normal(next) {
		return badField("new", "新密码不能与当前密码相同", "the new password must differ from the current one")
	}
	return s.SetPassword(ctx, account, login, next, false, known...)
}

// known tells whether who has signed in knows the password; field is where they
// typed it. Wrong ones count as wrong attempts to sign in: who finds a browser
// left open must not have as many guesses as there is time.
func (s *Service) known(ctx context.Context, account uint64, login, password, field string) error {
	v, err := s.attempt(ctx, account, login, "", password, func() (verdict, error) { return right, nil })
	if err == nil && v != right {
		err = badField(field, "当前密码不对", "this is not your current password")
	}
	return err
}

func compare(password, hash string) (bool, error) {
	return argon2id.ComparePasswordAndHash(normal(password), hash)
}

// hashOf is an account's hash; the decoy's for one that has none.
func (s *Service) hashOf(ctx context.Context, account uint64) (h string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT hash FROM credentials WHERE account = ?`, int64(account)).Scan(&h)
	if errors.Is(err, sql.ErrNoRows) {
		return s.decoy, nil
	}
	return h, err
}

// decoy is a hash of nothing anybody knows, which is checked like any other and
// costs no hashing to make.
func decoy() string {
	chance := make([]byte, params.SaltLength+params.KeyLength)
	rand.Read(chance) // never fails
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", params.Memory, params.Iterations, params.Parallelism,
		b64(chance[:params.SaltLength]), b64(chance[params.SaltLength:]))
}

func badField(name, zh, en string) error {
	return fault.InvalidFields("password", "密码没有改成。请按提示更正后重试。", "The password was not changed. Correct what is named and try again.",
		fault.Field{Name: name, ZH: zh, EN: en})
}
