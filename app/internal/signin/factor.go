package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// The second factor is a code of six digits that an authenticator app makes anew
// every half minute from a secret and the time (RFC 6238, with the parameters
// that every app knows: SHA-1, thirty seconds). Neither side needs the internet.
const (
	issuer = "Mingcha" // what the app shows
	period = 30        // seconds of a step
	slack  = 1         // steps that the clocks may be apart, either way
)

// Factor is what an account has besides its password.
type Factor struct {
	Since    time.Time // zero: nothing
	Recovery int       // recovery codes left
}

// On tells whether codes are asked for.
func (f Factor) On() bool { return !f.Since.IsZero() }

// Factor is an account's at present.
func (s *Service) Factor(ctx context.Context, account uint64) (f Factor, err error) {
	var since int64
	err = s.db.QueryRowContext(ctx, `SELECT since, (SELECT count(*) FROM recovery_codes r WHERE r.account = f.account) FROM factors f WHERE account = ? AND since > 0`,
		int64(account)).Scan(&since, &f.Recovery)
	if errors.Is(err, sql.ErrNoRows) {
		return Factor{}, nil
	}
	f.Since = time.UnixMicro(since).UTC()
	return f, err
}

// BeginFactor makes a secret for who knows the password, and answers it as an
// otpauth address for apps. Nothing is asked for until ConfirmFactor; who begins
// again has another secret.
func (s *Service) BeginFactor(ctx context.Context, account uint64, login, password string) (address string, err error) {
	if err := s.known(ctx, account, login, password, "password"); err != nil {
		return "", err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, Period: period})
	if err != nil {
		return "", err
	}
	salt := make([]byte, params.SaltLength)
	rand.Read(salt) // never fails
	res, err := s.db.ExecContext(ctx, `INSERT INTO factors (account, secret, salt, since) VALUES (?1, ?2, ?3, 0)
		ON CONFLICT (account) DO UPDATE SET secret = ?2, salt = ?3, step = 0 WHERE since = 0`, int64(account), key.Secret(), salt)
	if err != nil {
		return "", err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return "", errors.Join(err, fault.New(fault.Conflict, "factor_on", "两步验证已经开启。换手机请先关闭，再重新设置。",
			"Two-step sign-in is on already. For another phone turn it off first, then set it up again.", nil))
	}
	return key.URL(), nil
}

// ConfirmFactor asks for codes from now on, since the app has shown to make the
// right ones, ends the account's sessions and answers its recovery codes, which
// are told this once. Wrong codes count as wrong attempts to sign in.
func (s *Service) ConfirmFactor(ctx context.Context, account uint64, login, code string) (recovery []string, err error) {
	who, _, err := s.who(ctx, account, login)
	if err != nil {
		return nil, err
	}
	if err := s.barred(ctx, who, ""); err != nil {
		return nil, err
	}
	var secret string
	var salt []byte
	err = s.db.QueryRowContext(ctx, `SELECT secret, salt FROM factors WHERE account = ? AND since = 0`, int64(account)).Scan(&secret, &salt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNotBegun
	}
	if err != nil {
		return nil, err
	}
	step, ok, err := stepOf(secret, digits(code), s.now())
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errors.Join(s.fail(context.WithoutCancel(ctx), who, ""), wrongCodeField())
	}
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.leave()
	defer s.tell()
	all := []statement{endSessions(account)}
	for range recoveryCodes {
		one := spoken()
		recovery = append(recovery, one)
		all = append(all, do(`INSERT INTO recovery_codes (account, code) VALUES (?, ?)`, int64(account), hashedCode(one, salt)))
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to undo
	// Only what was confirmed: another window may have begun anew.
	res, err := tx.ExecContext(ctx, `UPDATE factors SET since = ?, step = ? WHERE account = ? AND since = 0 AND secret = ?`, s.now().UnixMicro(), step, int64(account), secret)
	if err != nil {
		return nil, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return nil, errors.Join(err, errNotBegun)
	}
	for _, x := range all {
		if _, err := tx.ExecContext(ctx, x.query, x.args...); err != nil {
			return nil, err
		}
	}
	return recovery, tx.Commit()
}

var errNotBegun = fault.New(fault.Conflict, "factor_not_begun", "还没有开始设置两步验证，或已经设置完成。请刷新页面。",
	"Setting up two-step sign-in has not begun, or is done. Reload the page.", nil)

// EndFactor asks for no codes any more, for who knows the password, and ends
// the account's sessions.
func (s *Service) EndFactor(ctx context.Context, account uint64, login, password string) error {
	if err := s.known(ctx, account, login, password, "password"); err != nil {
		return err
	}
	return s.RemoveFactor(ctx, account)
}

// RemoveFactor is EndFactor for somebody else, who has lost the phone.
func (s *Service) RemoveFactor(ctx context.Context, account uint64) error {
	defer s.tell()
	return s.together(ctx, do(`DELETE FROM factors WHERE account = ?`, int64(account)), do(`DELETE FROM recovery_codes WHERE account = ?`, int64(account)),
		endSessions(account))
}

// second takes an account's code, which is then used up. codeWanted if there is
// none although the account needs one.
func (s *Service) second(ctx context.Context, account uint64, code string) (verdict, error) {
	var secret string
	var salt []byte
	err := s.db.QueryRowContext(ctx, `SELECT secret, salt FROM factors WHERE account = ? AND since > 0`, int64(account)).Scan(&secret, &salt)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return right, nil
	case err != nil:
		return wrong, err
	case strings.TrimSpace(code) == "":
		return codeWanted, nil
	}
	d := digits(code)
	if len(d) != 6 {
		return s.taken(ctx, `DELETE FROM recovery_codes WHERE account = ? AND code = ?`, int64(account), hashedCode(code, salt))
	}
	now := s.now()
	step, ok, err := stepOf(secret, d, now)
	if err != nil || !ok {
		return wrongCode, err
	}
	// Once only (RFC 6238 §5.2), and none from before it; a last code from beyond
	// the slack was made before the clock was set back.
	return s.taken(ctx, `UPDATE factors SET step = ?2 WHERE account = ?1 AND since > 0 AND (step < ?2 OR step > ?3)`, int64(account), step, now.Unix()/period+slack)
}

// taken is right if the statement, which uses a code up, found it unused.
func (s *Service) taken(ctx context.Context, query string, args ...any) (verdict, error) {
	res, err := s.db.ExecContext(ctx, query, args...)
	if err != nil {
		return wrong, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return wrongCode, err
	}
	return right, nil
}

// stepOf is the step whose code this is, among those that the clocks' slack
// allows. All are compared, each in a time that tells nothing.
func stepOf(secret, code string, now time.Time) (step int64, ok bool, err error) {
	at := now.Unix() / period
	for n := at - slack; n <= at+slack; n++ {
		want, err := hotp.GenerateCode(secret, uint64(n))
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = n, true
		}
	}
	return step, ok, nil
}

// digits are a code's without the gaps that apps show and people type.
func digits(code string) string {
	code = normal(code)
	if strings.Trim(code, "0123456789 -") != "" {
		return ""
	}
	return strings.NewReplacer(" ", "", "-", "").Replace(code)
}

func wrongCodeField() error {
	zh, en := "验证码不对。请输入验证器应用此刻显示的 6 位数字；若一直不对，请核对手机的时间。",
		"The code is wrong. Enter the six digits that the app shows now; if they are never right, check the phone's time."
	return fault.InvalidFields(CodeWrongCode, zh, en, fault.Field{Name: "code", ZH: zh, EN: en})
}
