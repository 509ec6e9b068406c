package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"
)

// A lock by login alone lets anybody who can reach the console lock anybody out,
// the head too, for as long as they care to. So a browser in which somebody has
// signed in is known again by a cookie of its own, and what is tried there as
// that person counts by itself (OWASP's "device cookies", ASVS 6.1.1). The cookie
// opens nothing: a password is wanted as before.
const (
	browserCookie = "__Host-mingcha-known"
	browserMemory = 180 * 24 * time.Hour
	mostBrowsers  = 20 // of an account
)

// browser is the one that a request comes from.
type browser struct {
	token  string // of its cookie; empty: none
	header http.Header
}

type browserKey struct{}

// withBrowser puts the browser of a request into its context.
func withBrowser(w http.ResponseWriter, r *http.Request) *http.Request {
	b := browser{header: w.Header()}
	if c, err := r.Cookie(browserCookie); err == nil {
		b.token = hashedToken(c.Value)
	}
	return r.WithContext(context.WithValue(r.Context(), browserKey{}, b))
}

func hashedToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// who is whose failures count together: a login's in one browser that is known
// as the account's, or in all others.
func (s *Service) who(ctx context.Context, account uint64, login string) (who string, known bool, err error) {
	b, _ := ctx.Value(browserKey{}).(browser)
	if b.token == "" || account == 0 {
		return login, false, nil
	}
	err = s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM browsers WHERE token = ? AND account = ? AND expires > ?)`, b.token, int64(account), s.now().UnixMicro()).Scan(&known)
	if known {
		login += inBrowser + b.token
	}
	return login, known, err
}

// inBrowser stands between a login and a browser; no login has it.
const inBrowser = " @"

// Recognize has a context's browser be known as the account's, which has just
// signed in there. Several people may share it.
func (s *Service) Recognize(ctx context.Context, account uint64) error {
	b, ok := ctx.Value(browserKey{}).(browser)
	if !ok {
		return nil
	}
	now := s.now()
	var ours bool // and not a cookie that somebody else has set
	if err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM browsers WHERE token = ? AND expires > ?)`, b.token, now.UnixMicro()).Scan(&ours); err != nil {
		return err
	}
	if !ours {
		token := rand.Text()
		b.token = hashedToken(token)
		b.header.Add("Set-Cookie", (&http.Cookie{Name: browserCookie, Value: token, Path: "/", MaxAge: int(browserMemory / time.Second),
			Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode}).String())
	}
	return s.together(ctx, do(`DELETE FROM browsers WHERE expires <= ?`, now.UnixMicro()),
		do(`INSERT INTO browsers (token, account, expires) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET expires = ?3`, b.token, int64(account), now.Add(browserMemory).UnixMicro()),
		do(`DELETE FROM browsers WHERE account = ?1 AND token NOT IN (SELECT token FROM browsers WHERE account = ?1 ORDER BY expires DESC LIMIT ?2)`, int64(account), mostBrowsers))
}
