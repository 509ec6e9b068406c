package signin

import (
	"context"
	"database/sql"
	"encoding/gob"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/mingcha-console/mingcha/app/internal/api"
)

// What a session holds.
const (
	keyAccount    = "account"    // int64
	keyGeneration = "generation" // int64; the credentials' when it began
)

// refresh is how much longer a session has to last before that is written:
// not every request of every browser waits for the disk. A session so ends
// after an idle time that is up to this much shorter.
const refresh = time.Minute

func init() { gob.Register(int64(0)) }

// CookieName has the prefix that browsers take from HTTPS only, for the whole
// host and no other.
const CookieName = "__Host-mingcha"

// newManager is not scs.New's, which starts a goroutine for a store that is not
// used here and cannot be stopped for certain.
func (s *Service) newManager() *scs.SessionManager {
	return &scs.SessionManager{
		Store:            sessionStore{s},
		Codec:            scs.GobCodec{},
		HashTokenInStore: true,
		IdleTimeout:      2 * time.Hour,
		Lifetime:         12 * time.Hour,
		Cookie:           scs.SessionCookie{Name: CookieName, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode},
		ErrorFunc: func(w http.ResponseWriter, r *http.Request, err error) {
			api.ProblemOf(r.Context(), s.log, fmt.Errorf("a session could not be read or written: %w", err)).Write(w)
		},
	}
}

// Load makes a request's session known to what follows, and sends the cookie
// when it changes.
func (s *Service) Load(next http.Handler) http.Handler {
	return s.manager.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, withBrowser(w, r)) }))
}

// Token is the session's token that a request carries; empty: none.
func (s *Service) Token(r *http.Request) string {
	c, err := r.Cookie(CookieName)
	if err != nil {
		return ""
	}
	return strings.Clone(c.Value) // not the whole header with it
}

// Peek is a context with a token's session, which it does not prolong.
func (s *Service) Peek(ctx context.Context, token string) (context.Context, error) {
	return s.manager.Load(ctx, token)
}

// Generation counts the times that an account's sessions were ended: by a new
// password, or by the head. It is a number and not a time: machines' clocks are
// set back, and stand still for milliseconds on some.
type Generation int64

// Next is the generation after one more ending.
func (g Generation) Next() Generation { return g + 1 }

// Generation is an account's at present. Ask for it before the password is
// checked: a session that begins with it is none if all were ended meanwhile.
func (s *Service) Generation(ctx context.Context, account uint64) (g Generation, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT generation FROM credentials WHERE account = ?`, int64(account)).Scan(&g)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return g, err
}

// Begin begins a session under a new token, so that nobody goes on with one
// from before (session fixation). It lasts as long as the account's generation
// is the one given.
func (s *Service) Begin(ctx context.Context, account uint64, g Generation) error {
	if err := s.manager.RenewToken(ctx); err != nil {
		return err
	}
	s.manager.Put(ctx, keyAccount, int64(account))
	s.manager.Put(ctx, keyGeneration, int64(g))
	return nil
}

// End ends the session.
func (s *Service) End(ctx context.Context) error {
	defer s.tell()
	return s.manager.Destroy(ctx)
}

// Ended is closed when sessions are ended the next time: whoever goes on without
// a request of their own, such as a live stream, asks again then whose theirs is.
// That one has run out is not told.
func (s *Service) Ended() <-chan struct{} {
	s.telling.Lock()
	defer s.telling.Unlock()
	return s.ended
}

// tell tells that sessions have ended.
func (s *Service) tell() {
	s.telling.Lock()
	defer s.telling.Unlock()
	close(s.ended)
	s.ended = make(chan struct{})
}

// Who is the account of a loaded session, and whether its password is a first
// one; 0 for nobody, and for a session that was ended elsewhere.
func (s *Service) Who(ctx context.Context) (account uint64, mustChange bool, err error) {
	id := s.manager.GetInt64(ctx, keyAccount)
	if id == 0 {
		return 0, false, nil
	}
	var generation int64
	err = s.db.QueryRowContext(ctx, `SELECT must_change, generation FROM credentials WHERE account = ?`, id).Scan(&mustChange, &generation)
	if errors.Is(err, sql.ErrNoRows) || err == nil && s.manager.GetInt64(ctx, keyGeneration) != generation {
		return 0, false, nil
	}
	return uint64(id), mustChange, err
}

// Revoke ends every session of an account at once: also those of which a
// request is under way and would write them anew.
func (s *Service) Revoke(ctx context.Context, account uint64) error {
	defer s.tell()
	return s.together(ctx, endSessions(account), do(`DELETE FROM sessions WHERE account = ?`, int64(account)))
}

// endSessions begins an account's next generation.
func endSessions(account uint64) statement {
	return do(`UPDATE credentials SET generation = generation + 1 WHERE account = ?`, int64(account))
}

// Count is in how many places an account is signed in.
func (s *Service) Count(ctx context.Context, account uint64) (n int, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM sessions s JOIN credentials c ON c.account = s.account WHERE s.account = ? AND s.generation = c.generation AND s.over = 0 AND s.expires > ?`,
		int64(account), s.now().UnixMicro()).Scan(&n)
	return n, err
}

// sessionStore keeps sessions for scs, by account.
type sessionStore struct{ s *Service }

func (t sessionStore) FindCtx(ctx context.Context, token string) (b []byte, found bool, err error) {
	err = t.s.db.QueryRowContext(ctx, `SELECT data FROM sessions WHERE token = ? AND over = 0 AND expires > ?`, token, t.s.now().UnixMicro()).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return b, err == nil, err
}

func (t sessionStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	deadline, values, err := scs.GobCodec{}.Decode(b)
	if err != nil {
		return err
	}
	var old []byte
	var expires int64
	err = t.s.db.QueryRowContext(ctx, `SELECT data, expires FROM sessions WHERE token = ? AND over = 0`, token).Scan(&old, &expires)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err == nil && expiry.Sub(time.UnixMicro(expires)) < refresh {
		before, had, err := scs.GobCodec{}.Decode(old)
		if err != nil {
			return err
		}
		if before.Equal(deadline) && maps.Equal(had, values) {
			return nil
		}
	}
	account, _ := values[keyAccount].(int64)
	generation, _ := values[keyGeneration].(int64)
	return t.s.together(ctx, do(`DELETE FROM sessions WHERE expires <= ?`, t.s.now().UnixMicro()),
		do(`INSERT INTO sessions (token, account, generation, data, expires) VALUES (?,?,?,?,?)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires, account = excluded.account, generation = excluded.generation
			WHERE over = 0`,
			token, account, generation, b, expiry.UnixMicro()))
}

// DeleteCtx ends a session. Its row stays until it would have expired: another
// request of the same browser, begun before, may still be about to write it.
func (t sessionStore) DeleteCtx(ctx context.Context, token string) error {
	_, err := t.s.db.ExecContext(ctx, `UPDATE sessions SET over = 1 WHERE token = ?`, token)
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
