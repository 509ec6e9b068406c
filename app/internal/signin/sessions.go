package signin

import (
	"context"
	"database/sql"
	"encoding/gob"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
)

// What a session holds.
const (
	keyAccount = "account" // int64
	keyBegun   = "begun"   // int64, microseconds
)

func init() { gob.Register(int64(0)) }

// CookieName has the prefix that browsers take from HTTPS only, for the whole
// host and no other.
const CookieName = "__Host-mingcha"

func (s *Service) newManager() *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{s}
	m.HashTokenInStore = true
	m.IdleTimeout, m.Lifetime = 2*time.Hour, 12*time.Hour
	m.Cookie.Name, m.Cookie.Path = CookieName, "/"
	m.Cookie.Secure, m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Persist = true, true, http.SameSiteStrictMode, false
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.log.ErrorContext(r.Context(), "a session could not be read or written", "error", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
	return m
}

// Load makes a request's session known to what follows, and sends the cookie
// when it changes.
func (s *Service) Load(next http.Handler) http.Handler { return s.manager.LoadAndSave(next) }

// Peek is a context with a request's session, which it does not prolong.
func (s *Service) Peek(r *http.Request) (context.Context, error) {
	token := ""
	if c, err := r.Cookie(CookieName); err == nil {
		token = c.Value
	}
	return s.manager.Load(r.Context(), token)
}

// Begin begins a session under a new token, so that nobody goes on with one
// from before (session fixation).
func (s *Service) Begin(ctx context.Context, account uint64) error {
	if err := s.manager.RenewToken(ctx); err != nil {
		return err
	}
	s.manager.Put(ctx, keyAccount, int64(account))
	s.manager.Put(ctx, keyBegun, s.now().UnixMicro()+1)
	return nil
}

// End ends the session.
func (s *Service) End(ctx context.Context) error { return s.manager.Destroy(ctx) }

// Who is the account of a loaded session, and whether its password is a first
// one; 0 for nobody, and for a session that was ended elsewhere.
func (s *Service) Who(ctx context.Context) (account uint64, mustChange bool, err error) {
	id := s.manager.GetInt64(ctx, keyAccount)
	if id == 0 {
		return 0, false, nil
	}
	var ended int64
	err = s.db.QueryRowContext(ctx, `SELECT must_change, ended_before FROM credentials WHERE account = ?`, id).Scan(&mustChange, &ended)
	if errors.Is(err, sql.ErrNoRows) || err == nil && s.manager.GetInt64(ctx, keyBegun) <= ended {
		return 0, false, nil
	}
	return uint64(id), mustChange, err
}

// Revoke ends every session of an account at once: also those of which a
// request is under way and would write them anew.
func (s *Service) Revoke(ctx context.Context, account uint64) error {
	return s.together(ctx, do(`UPDATE credentials SET ended_before = ? WHERE account = ?`, s.now().UnixMicro(), int64(account)),
		do(`DELETE FROM sessions WHERE account = ?`, int64(account)))
}

// Count is in how many places an account is signed in.
func (s *Service) Count(ctx context.Context, account uint64) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM sessions s JOIN credentials c ON c.account = s.account WHERE s.account = ? AND s.begun > c.ended_before AND s.expires > ?`,
		int64(account), s.now().UnixMicro()).Scan(&n)
	return n, err
}

// sessionStore keeps sessions for scs, by account.
type sessionStore struct{ s *Service }

func (t sessionStore) FindCtx(ctx context.Context, token string) (b []byte, found bool, err error) {
	err = t.s.db.QueryRowContext(ctx, `SELECT data FROM sessions WHERE token = ? AND expires > ?`, token, t.s.now().UnixMicro()).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return b, err == nil, err
}

func (t sessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	_, values, err := scs.GobCodec{}.Decode(b)
	if err != nil {
		return err
	}
	account, _ := values[keyAccount].(int64)
	begun, _ := values[keyBegun].(int64)
	return t.s.together(ctx, do(`DELETE FROM sessions WHERE expires <= ?`, t.s.now().UnixMicro()),
		do(`INSERT INTO sessions (token, account, begun, data, expires) VALUES (?,?,?,?,?)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires, account = excluded.account, begun = excluded.begun`,
			token, account, begun, b, expiry.UnixMicro()))
}

func (t sessionStore) DeleteCtx(ctx context.Context, token string) error {
	_, err := t.s.db.ExecContext(ctx, `DELETE FROM sessions WHERE token = ?`, token)
	return err
}

// scs asks for these in one interface with the above; the manager calls them
// only for a store without contexts.
func (t sessionStore) Find(token string) ([]byte, bool, error) {
	return t.FindCtx(context.Background(), token)
}
func (t sessionStore) Commit(token string, b []byte, expiry time.Time) error {
	return t.CommitCtx(context.Background(), token, b, expiry)
}
func (t sessionStore) Delete(token string) error { return t.DeleteCtx(context.Background(), token) }
