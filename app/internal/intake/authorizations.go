package intake

import (
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// admitAuthorization takes an authorization and judges anew the cases that
// were signed under it.
func (p *projector) admitAuthorization(d *department, r *prepared) error {
	seq, corrects, taken, err := p.take(d, r)
	if err != nil || !taken {
		return err
	}
	p.changes = append(p.changes, store.Change{Seq: seq, Kind: "authorization", Department: d.row.Code, At: r.auth.SignedAt, ObservedAt: p.now})
	a := *r.auth
	a.Seq, a.ObservedAt = seq, p.now
	from := a.ValidFrom
	if before := lastAuthorization(d.auths, a.SourceID); corrects > 0 && before != nil {
		a.ToldAt = p.changedFrom(d, before, &a)
		if before.ValidFrom.Before(from) {
			from = before.ValidFrom
		}
	} else if at, late := p.late(d, 0, lastOf(a.SignedAt, a.ValidFrom)); late {
		a.ToldAt = at
	}
	if !a.ToldAt.IsZero() {
		if err := p.appendTold(d, seq, a.ToldAt, 0); err != nil {
			return err
		}
	}
	if err := p.applyAuthorization(d, corrects, &a); err != nil {
		return err
	}
	// Its own span and that of the version before it.
	return p.touchDecided(d, from)
}

// changedFrom is from when a changed authorization can count instead of the one
// before it: from when it was told, or signed, where nobody looked then. It is zero
// in a history that is read for the first time, in which the last word holds.
func (p *projector) changedFrom(d *department, before, a *approval.Authorization) time.Time {
	told := p.telling()
	until, known := p.readUntil(d, told)
	switch {
	case !known:
		return time.Time{}
	case a.SignedAt.After(before.SignedAt) && a.SignedAt.After(until) && a.SignedAt.Before(told):
		return a.SignedAt
	}
	return told
}

func lastOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func lastAuthorization(all []approval.Authorization, sourceID string) *approval.Authorization {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].SourceID == sourceID {
			return &all[i]
		}
	}
	return nil
}

// withAuthorization adds an authorization, or what it changed to. The versions
// before stay that held until it was told.
func withAuthorization(all []approval.Authorization, a *approval.Authorization) []approval.Authorization {
	if a.ToldAt.IsZero() {
		all = slices.DeleteFunc(all, func(b approval.Authorization) bool { return b.SourceID == a.SourceID })
	}
	return append(all, *a)
}

func (p *projector) applyAuthorization(d *department, corrects uint64, a *approval.Authorization) error {
	d.auths = withAuthorization(d.auths, a)
	id := a.Seq
	if corrects > 0 {
		id = corrects
	}
	return p.w.PutAuthorization(&store.AuthorizationIndexRow{ID: id, Seq: a.Seq, Dept: d.row.ID, No: a.No,
		From: store.Micros(a.ValidFrom), To: store.Micros(a.ValidTo), Revoked: store.Micros(a.RevokedAt), Rep: a.Rep.Name, StandIn: a.StandIn.Name})
}

// touchDecided has every case of the department judged anew that ended at or
// after a moment.
func (p *projector) touchDecided(d *department, from time.Time) error {
	ids, err := p.w.EndedSince(d.row.ID, from)
	if err != nil {
		return err
	}
	for _, id := range ids {
		e, err := p.findID(id)
		if err != nil {
			return err
		}
		p.touch(e)
	}
	return nil
}

func loadAuthorizations(t *store.Reader, dept int64) (out []approval.Authorization, err error) {
	ids, err := t.AuthorizationIDs(dept)
	if err != nil {
		return nil, err
	}
	r := &reader{tx: t}
	for _, id := range ids {
		if err := t.Versions(id, func(rec store.RecordRow) error {
			a, err := decodeAuthorization(rec.Body)
			if err != nil {
				return err
			}
			a.Seq, a.ObservedAt = rec.Seq, store.Time(rec.Observed)
			if a.ToldAt, err = r.toldOf(dept, rec.Seq); err != nil {
				return err
			}
			out = withAuthorization(out, &a)
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func decodeAuthorization(body []byte) (approval.Authorization, error) {
	var m pb.Authorization
	if err := proto.Unmarshal(body, &m); err != nil {
		return approval.Authorization{}, fmt.Errorf("intake: authorization: %w", err)
	}
	return wire.Authorization(&m), nil
}
