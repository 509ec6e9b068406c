package signin

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/alexedwards/scs/v2"
)

// What else a session holds, for its person to know it again.
const (
	keyPlace = "place" // string; chance
	keyBegun = "begun" // int64; microseconds since 1970
	keyFrom  = "from"  // string; address
	keyAgent = "agent" // string; what the browser calls itself
)

// Place is where an account is signed in.
type Place struct {
	Begun       time.Time
	From, Agent string
	Here        bool // the context's session
}

// At notes where the session that has just begun is.
func (s *Service) At(ctx context.Context, from, agent string) {
	s.manager.Put(ctx, keyPlace, rand.Text())
	s.manager.Put(ctx, keyBegun, s.now().UnixMicro())
	s.manager.Put(ctx, keyFrom, from)
	s.manager.Put(ctx, keyAgent, agent)
}

// Places are where an account is signed in at present, the latest first
// (ASVS 7.5.2).
func (s *Service) Places(ctx context.Context, account uint64) ([]Place, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT s.data FROM sessions s JOIN credentials c ON c.account = s.account
		WHERE s.account = ? AND s.generation = c.generation AND s.over = 0 AND s.expires > ?`, int64(account), s.now().UnixMicro())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	here := s.manager.GetString(ctx, keyPlace)
	out := []Place{}
	for rows.Next() {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		_, values, err := scs.GobCodec{}.Decode(data)
		if err != nil {
			return nil, err
		}
		place, _ := values[keyPlace].(string)
		begun, _ := values[keyBegun].(int64)
		p := Place{Begun: time.UnixMicro(begun).UTC(), Here: place != "" && place == here}
		p.From, _ = values[keyFrom].(string)
		p.Agent, _ = values[keyAgent].(string)
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Place) int { return b.Begun.Compare(a.Begun) })
	return out, rows.Err()
}

// RevokeFor is Revoke for who knows the password.
func (s *Service) RevokeFor(ctx context.Context, account uint64, login, password string) error {
	if err := s.known(ctx, account, login, password, "password"); err != nil {
		return err
	}
	return s.Revoke(ctx, account)
}
