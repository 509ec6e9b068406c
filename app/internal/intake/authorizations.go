package intake

import (
	"fmt"
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
	if err := p.applyAuthorization(d, seq, corrects, *r.auth); err != nil {
		return err
	}
	// Its own span and that of the version before it.
	return p.touchDecided(d, r.auth.ValidFrom)
}

func (p *projector) applyAuthorization(d *department, seq, corrects uint64, a approval.Authorization) error {
	a.Seq = seq
	id := seq
	if corrects > 0 {
		id = corrects
		for i := range d.auths {
			if d.auths[i].SourceID == a.SourceID {
				d.auths[i] = a
			}
		}
	} else {
		d.auths = append(d.auths, a)
	}
	return p.w.PutAuthorization(&store.AuthorizationIndexRow{ID: id, Seq: seq, Dept: d.row.ID, No: a.No,
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
	seqs, err := t.AuthorizationSeqs(dept)
	if err != nil {
		return nil, err
	}
	for _, seq := range seqs {
		rec, _, err := t.Record(seq)
		if err != nil {
			return nil, err
		}
		a, err := decodeAuthorization(rec.Body)
		if err != nil {
			return nil, err
		}
		a.Seq = seq
		out = append(out, a)
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
