package rules

import (
	"cmp"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/approval"
)

var _ = licensed((*judgement).hall,
	Rule{
		Code: "V17", Level: Red, NameZH: "体外办理", NameEN: "Decided outside the hall",
		BasisZH: "行政许可法第26条；进驻事项应在政务服务大厅受理",
		BasisEN: "Administrative Licensing Law art. 26; items of the hall are accepted in the hall",
	},
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
	if g.accepted != nil && g.accepted.Window != "" && !g.acceptedAfterwards() {
		return
	}
	g.find(Finding{
		Rule: "V17", Level: Red, RaisedAt: g.counted(g.end), Evidence: evidence(g.accepted, g.end),
	}, g.hallWords())
}

// acceptedAfterwards reports whether the acceptance was told only when the case had
// been decided, though all there was had been read before.
func (g *judgement) acceptedAfterwards() bool {
	return !g.accepted.ToldAt.IsZero() && g.made(g.accepted) && g.counted(g.accepted).After(g.counted(g.end))
}

var _ = licensed((*judgement).signOff,
	Rule{
		Code: "V21", Level: Red, NameZH: "越权签批", NameEN: "Signed off without authority",
		BasisZH: "首席代表授权制度：授权范围内由首席代表或同岗替代人签批",
		BasisEN: "Chief-representative authorization: the representative or stand-in signs within the power given",
	},
	Rule{
		Code: "V22", Level: Yellow, NameZH: "授权缺失或过期", NameEN: "No live authorization",
		BasisZH: "首席代表授权制度：进驻事项应有有效授权",
		BasisEN: "Chief-representative authorization: items of the hall have a live authorization",
	},
)

// signOff sets the decision's signer against the chief representative's
// authorizations: V22, none was live; V21, somebody else signed.
func (g *judgement) signOff() {
	if !g.s.Item.WindowSignOff {
		return
	}
	for _, e := range g.decisions {
		if o := outcomeOf(e); (o == Granted || o == Refused) && !g.counted(e).After(g.now) && g.unauthorized(e) {
			return
		}
	}
}

// unauthorized looks who signed a decision, and tells whether something was found.
func (g *judgement) unauthorized(end *approval.Event) bool {
	at := g.counted(end)
	if !owed(g.s.Duties.Authorizations, g.s.Duties.AuthorizationsUntil, at) {
		return false
	}
	signer := end.Decision.Signer
	live := make([]*approval.Authorization, 0, 4)
	for i := range g.s.Authorizations {
		a := &g.s.Authorizations[i]
		if !covers(a, g.s.Item.Code) || !g.liveAt(a, at) {
			continue
		}
		if same(signer, a.Rep) || same(signer, a.StandIn) {
			return false
		}
		live = append(live, a)
	}
	if len(live) == 0 {
		g.find(Finding{
			Rule: "V22", Level: Yellow, RaisedAt: at, Evidence: evidence(end),
		}, g.unauthorizedWords(end))
		return true
	}
	slices.SortFunc(live, bySeq)
	seqs := evidence(end)
	for _, a := range live {
		seqs = append(seqs, a.Seq)
	}
	g.find(Finding{
		Rule: "V21", Level: Red, RaisedAt: at, Evidence: seqs,
	}, g.signerWords(end, live))
	return true
}

func bySeq(a, b *approval.Authorization) int { return cmp.Compare(a.Seq, b.Seq) }

// covers reports whether the authorization gives the power to sign the item's
// decisions.
func covers(a *approval.Authorization, item string) bool {
	return slices.Contains(a.Powers, approval.PowerSign) &&
		(len(a.Items) == 0 || slices.Contains(a.Items, item))
}

// liveAt reports whether the authorization was in force. One without an end is
// in force until revoked. One that was changed holds until the change was told, but
// for a revocation, which counts from its own date.
func (g *judgement) liveAt(a *approval.Authorization, t time.Time) bool {
	if t.Before(g.authorizedFrom(a)) || !a.ValidTo.IsZero() && !t.Before(a.ValidTo) || revoked(a, t) {
		return false
	}
	for i := range g.s.Authorizations {
		next := &g.s.Authorizations[i]
		if a.SourceID == "" || next.SourceID != a.SourceID || next.Seq <= a.Seq {
			continue
		}
		if revoked(next, t) || !LongAfter(g.cal, a.ObservedAt, next.ToldAt, g.set.BackEntry) || !t.Before(g.authorizedFrom(next)) && !t.Before(next.ToldAt) {
			return false
		}
	}
	return true
}

func revoked(a *approval.Authorization, t time.Time) bool {
	return !a.RevokedAt.IsZero() && !t.Before(a.RevokedAt)
}

// authorizedFrom is from when an authorization gives power: nobody acts on one that
// is not signed yet, and one that was told longer afterwards than the office allows
// was not there before.
func (g *judgement) authorizedFrom(a *approval.Authorization) time.Time {
	from := a.ValidFrom
	if !a.SignedAt.IsZero() && g.cal.DateOf(a.SignedAt) > g.cal.DateOf(from) {
		from = g.cal.StartOf(g.cal.DateOf(a.SignedAt))
	}
	if a.ToldAt.IsZero() || !LongAfter(g.cal, from, a.ToldAt, g.set.BackEntry) {
		return from
	}
	if b := g.amended(a); b == nil {
		return a.ToldAt
	} else if at := g.authorizedFrom(b); at.After(from) && at.Equal(b.ToldAt) {
		return at
	}
	return from
}

// amended is the authorization told shortly before that this one sets right, and
// replaces from the beginning; nil: none.
func (g *judgement) amended(a *approval.Authorization) (before *approval.Authorization) {
	for i := range g.s.Authorizations {
		b := &g.s.Authorizations[i]
		if a.SourceID != "" && b.SourceID == a.SourceID && b.Seq < a.Seq && (before == nil || b.Seq > before.Seq) {
			before = b
		}
	}
	if before == nil || LongAfter(g.cal, before.ObservedAt, a.ToldAt, g.set.BackEntry) {
		return nil
	}
	return before
}

// same compares two persons by staff number, or by name where either has none.
func same(a, b approval.Person) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID == b.ID
	}
	return a.Name != "" && a.Name == b.Name
}
