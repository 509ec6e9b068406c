package account

import (
	"context"
)

// MySessions are where one is signed in.
func (p *People) MySessions(ctx context.Context) ([]OwnSession, error) {
	who, err := oneself(ctx)
	if err != nil {
		return nil, err
	}
	places, err := p.signin.Places(ctx, who.Account)
	out := make([]OwnSession, len(places))
	for i, x := range places {
		out[i] = OwnSession{BegunAt: x.Begun, Address: x.From, Agent: x.Agent, Here: x.Here}
	}
	return out, err
}

// EndMySessions ends one's other sessions.
func (p *People) EndMySessions(ctx context.Context, password string) error {
	who, err := oneself(ctx)
	if err != nil {
		return err
	}
	generation, err := p.signin.Generation(ctx, who.Account)
	if err != nil {
		return err
	}
	if err := p.signin.RevokeFor(ctx, who.Account, who.Login, password); err != nil {
		return err
	}
	if err := p.signin.Begin(ctx, who.Account, generation.Next()); err != nil { // all sessions ended, this one begins anew
		return err
	}
	return Note(ctx, p.Accounts, sessionsRevoked, who, whose{who.Account})
}
