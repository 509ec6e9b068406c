package rules

import (
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

// hall is V17: an item of the service hall that was decided without having
// been accepted at one of its windows.
func (g *judgement) hall() {
	if !g.s.Item.InHall {
		return
	}
	switch g.outcome() {
	case Granted, Refused, Decided:
	default:
		return
	}
	if g.accepted != nil && g.accepted.Window != "" {
		return
	}
	g.find(Finding{
		Rule: "V17", Level: Red, RaisedAt: g.counted(g.end), Evidence: evidence(g.accepted, g.end),
	}, g.hallWords())
}

// signOff sets the decision's signer against the chief representative's
// authorizations: V22, none was live; V21, somebody else signed.
func (g *judgement) signOff() {
	if !g.s.Item.WindowSignOff || !g.s.Duties.Authorizations {
		return
	}
	if o := g.outcome(); o != Granted && o != Refused {
		return
	}
	at := g.counted(g.end)
	signer := g.end.Decision.Signer
	live := make([]*approval.Authorization, 0, 4)
	for i := range g.s.Authorizations {
		a := &g.s.Authorizations[i]
		if !covers(a, g.s.Item.Code) || !liveAt(a, at) {
			continue
		}
		if same(signer, a.Rep) || same(signer, a.StandIn) {
			return
		}
		live = append(live, a)
	}
	if len(live) == 0 {
		g.find(Finding{
			Rule: "V22", Level: Yellow, RaisedAt: at, Evidence: evidence(g.end),
		}, g.unauthorizedWords())
		return
	}
	slices.SortFunc(live, func(a, b *approval.Authorization) int {
		if a.Seq < b.Seq {
			return -1
		}
		return 1
	})
	seqs := evidence(g.end)
	for _, a := range live {
		seqs = append(seqs, a.Seq)
	}
	g.find(Finding{
		Rule: "V21", Level: Red, RaisedAt: at, Evidence: seqs,
	}, g.signerWords(signer, live))
}

// covers reports whether the authorization gives the power to sign the item's
// decisions.
func covers(a *approval.Authorization, item string) bool {
	return slices.Contains(a.Powers, approval.PowerSign) &&
		(len(a.Items) == 0 || slices.Contains(a.Items, item))
}

// liveAt reports whether the authorization was in force. One without an end is
// in force until revoked.
func liveAt(a *approval.Authorization, t time.Time) bool {
	return !t.Before(a.ValidFrom) &&
		(a.ValidTo.IsZero() || t.Before(a.ValidTo)) &&
		(a.RevokedAt.IsZero() || t.Before(a.RevokedAt))
}

// same compares two persons by staff number, or by name where either has none.
func same(a, b approval.Person) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID == b.ID
	}
	return a.Name != "" && a.Name == b.Name
}
