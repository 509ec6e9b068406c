package signin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

const (
	window          = 15 * time.Minute // in which failures count
	loginFailures   = 5                // until a login is locked
	addressFailures = 30               // until an address is turned away
	firstLock       = 15 * time.Minute
	longestLock     = 4 * time.Hour
	lockMemory      = 24 * time.Hour     // after a lock, until the next is a short one again
	firstValid      = 7 * 24 * time.Hour // of a first password that was not changed yet
)

// Codes of faults.
const (
	CodeWrong     = "wrong_sign_in"
	CodeLocked    = "locked"
	CodeWanted    = "second_factor" // the password is right; a code of the second factor is wanted as well
	CodeWrongCode = "wrong_code"
	CodeExpired   = "first_password_expired"
)

// verdict is what an attempt came to.
type verdict int

const (
	wrong verdict = iota
	wrongCode
	codeWanted
	expired
	right
)

// Check checks a password and, of an account that has a second factor, a code of
// it. account is 0 for a login that does not exist or is closed: it costs as much
// and is answered as a wrong password is. Five failures, of passwords or of
// codes, lock a login for a quarter of an hour, then for twice as long each time;
// thirty from one address turn that away. A browser in which the account has
// signed in before is counted by itself; see browsers.go.
//
// Without a code the answer is CodeWanted, and everything is sent again with one:
// there is no half-open session that could be stolen, planted or forgotten. That
// tells who guesses that the password was right, as any asking for a code does;
// of a code nothing is told to who does not know the password. Only both forgive
// earlier failures: else a known password would buy guesses at the code without
// end.
func (s *Service) Check(ctx context.Context, account uint64, login, remote, password, code string) error {
	v, err := s.attempt(ctx, account, login, remote, password, func() (verdict, error) {
		if over, err := s.firstOver(ctx, account); over || err != nil {
			return expired, err
		}
		return s.second(ctx, account, code)
	})
	switch {
	case err != nil || v == right:
		return err
	case v == codeWanted:
		return fault.New(fault.Unauthorized, CodeWanted, "请输入验证器应用显示的 6 位验证码。", "Enter the six digits that your authenticator app shows.", nil)
	case v == expired:
		return fault.New(fault.Unauthorized, CodeExpired, "初始密码 7 天内有效，已经过期。请联系效能办主任重新发放。",
			"A first password is good for seven days, and this one is over. The head of the office gives you a new one.", nil)
	case v == wrongCode:
		return fault.New(fault.Unauthorized, CodeWrongCode, "验证码不对或已经用过。请等应用显示下一个再输入；若一直不对，请核对手机的时间，或使用恢复码。",
			"The code is wrong or was used already. Wait for the next one; if they are never right, check the phone's time, or use a recovery code.", nil)
	}
	return fault.New(fault.Unauthorized, CodeWrong, "账号或密码不对。请核对后重试；忘记密码请联系效能办主任重置。",
		"The login or the password is wrong. Check both and try again; if you forgot it, the head of the office gives you a new one.", nil)
}

// attempt tells whether a password is the account's, and then what else says, and
// counts it. An empty remote is not counted by address.
func (s *Service) attempt(ctx context.Context, account uint64, login, remote, password string, then func() (verdict, error)) (verdict, error) {
	who, known, err := s.who(ctx, account, login)
	if err != nil {
		return wrong, err
	}
	if known {
		remote = "" // others behind the same address are no reason to turn it away
	}
	if err := s.barred(ctx, who, remote); err != nil {
		return wrong, err
	}
	h, err := s.hashOf(ctx, account)
	if err != nil {
		return wrong, err
	}
	if err := s.enter(ctx); err != nil {
		return wrong, err
	}
	defer s.leave()
	// Of many attempts at the same time, those that waited for their turn behind
	// the failures that lock are turned away too.
	if err := s.barred(ctx, who, remote); err != nil {
		return wrong, err
	}
	ok, err := compare(password, h)
	if err != nil {
		return wrong, err
	}
	v := wrong
	if ok && account != 0 {
		if v, err = then(); err != nil {
			return wrong, err
		}
	}
	switch v {
	case right:
		return v, s.together(ctx, forgive(who)...)
	case codeWanted, expired:
		return v, nil
	}
	return v, s.fail(context.WithoutCancel(ctx), who, remote) // also for who hangs up before the answer
}

// firstOver tells whether an account's password is a first one that nobody has
// changed in time (ASVS 6.4.1).
func (s *Service) firstOver(ctx context.Context, account uint64) (over bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT must_change AND changed_at <= ? FROM credentials WHERE account = ?`, s.now().Add(-firstValid).UnixMicro(), int64(account)).Scan(&over)
	return over, err
}

// from is whom failures from an address are counted against: of IPv6 a whole
// /64, of which one household has more addresses than there are passwords.
func from(remote string) string {
	if a, err := netip.ParseAddr(remote); err == nil {
		a = a.Unmap().WithZone("")
		remote = a.String()
		if a.Is6() {
			if p, err := a.Prefix(64); err == nil {
				remote = p.Addr().String()
			}
		}
	}
	return "from:" + remote
}

// barred tells whether nobody may try at present.
func (s *Service) barred(ctx context.Context, who, remote string) error {
	until, err := s.LockedUntil(ctx, who)
	if err != nil {
		return err
	}
	if !until.IsZero() {
		n := s.minutesTo(until)
		return fault.New(fault.TooMany, CodeLocked, fmt.Sprintf("输错次数过多，请 %d 分钟后再试，或请效能办主任重置密码。", n),
			fmt.Sprintf("Too many wrong attempts. Try again in %s, or have the head of the office reset the password.", fault.Count(n, "minute", "minutes")), nil)
	}
	var failures int
	var oldest sql.NullInt64
	if err := s.db.QueryRowContext(ctx, `SELECT count(*), min(at) FROM failures WHERE who = ? AND at > ?`, from(remote), s.now().Add(-window).UnixMicro()).Scan(&failures, &oldest); err != nil {
		return err
	}
	if failures < addressFailures {
		return nil
	}
	n := s.minutesTo(time.UnixMicro(oldest.Int64).Add(window)) // a new password would not help here
	return fault.New(fault.TooMany, CodeLocked, fmt.Sprintf("从这台电脑输错次数过多，请 %d 分钟后再试，或换一台电脑登录。", n),
		fmt.Sprintf("Too many wrong attempts from this computer. Try again in %s, or sign in from another one.", fault.Count(n, "minute", "minutes")), nil)
}

// minutesTo is how many minutes are left, the one that has begun included.
func (s *Service) minutesTo(t time.Time) int { return int(t.Sub(s.now())/time.Minute) + 1 }

// fail counts a wrong attempt and locks whom it was tried as if it was one too many.
func (s *Service) fail(ctx context.Context, who, remote string) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to undo
	now := s.now()
	at, since := now.UnixMicro(), now.Add(-window).UnixMicro()
	if _, err := tx.ExecContext(ctx, `DELETE FROM failures WHERE at <= ?`, since); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM locks WHERE until <= ?`, now.Add(-lockMemory).UnixMicro()); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO failures (who, at) VALUES (?, ?)`, "login:"+who, at); err != nil {
		return err
	}
	if remote != "" {
		if _, err := tx.ExecContext(ctx, `INSERT INTO failures (who, at) VALUES (?, ?)`, from(remote), at); err != nil {
			return err
		}
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM failures WHERE who = ? AND at > ?`, "login:"+who, since).Scan(&n); err != nil {
		return err
	}
	if n >= loginFailures {
		var times int
		if err := tx.QueryRowContext(ctx, `SELECT times FROM locks WHERE login = ?`, who).Scan(&times); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		length := min(firstLock<<min(times, 8), longestLock)
		if _, err := tx.ExecContext(ctx, `INSERT INTO locks (login, until, times) VALUES (?1, ?2, 1) ON CONFLICT (login) DO UPDATE SET until = ?2, times = times + 1`,
			who, now.Add(length).UnixMicro()); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM failures WHERE who = ?`, "login:"+who); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// LockedUntil is until when nobody can sign in with a login in a browser that is
// not known; zero if anybody can.
func (s *Service) LockedUntil(ctx context.Context, login string) (time.Time, error) {
	var until int64
	err := s.db.QueryRowContext(ctx, `SELECT until FROM locks WHERE login = ? AND until > ?`, login, s.now().UnixMicro()).Scan(&until)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return time.UnixMicro(until).UTC(), err
}

// Locked tells whether somebody who tries to sign in is locked out, where they
// try it.
func (s *Service) Locked(ctx context.Context, account uint64, login string) (bool, error) {
	who, _, err := s.who(ctx, account, login)
	if err != nil {
		return false, err
	}
	until, err := s.LockedUntil(ctx, who)
	return !until.IsZero(), err
}

// Unlock lets a login try again everywhere, as its password was reset.
func (s *Service) Unlock(ctx context.Context, login string) error {
	return s.together(ctx, append(forgive(login),
		do(`DELETE FROM locks WHERE substr(login, 1, length(?1)) = ?1`, login+inBrowser),
		do(`DELETE FROM failures WHERE substr(who, 1, length(?1)) = ?1`, "login:"+login+inBrowser))...)
}

// forgive forgets failures.
func forgive(who string) []statement {
	return []statement{do(`DELETE FROM locks WHERE login = ?`, who), do(`DELETE FROM failures WHERE who = ?`, "login:"+who)}
}
