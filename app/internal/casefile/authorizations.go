package casefile

import (
	"database/sql"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// AuthorizationRow is one chief-representative authorization.
type AuthorizationRow struct {
	Seq        uint64    `json:"seq"`
	No         string    `json:"auth_no"`
	Department string    `json:"department"`
	Rep        string    `json:"rep"`
	RepPost    string    `json:"rep_post"`
	StandIn    string    `json:"stand_in"`
	Items      []string  `json:"items" doc:"item codes; empty = every item"`
	Powers     []string  `json:"powers"`
	ValidFrom  time.Time `json:"valid_from,omitzero"`
	ValidTo    time.Time `json:"valid_to,omitzero"`
	RevokedAt  time.Time `json:"revoked_at,omitzero"`
	Status     string    `json:"status" enum:"live,future,expired,revoked"`
	SealNo     string    `json:"seal_no"`
	SignedBy   string    `json:"signed_by"`
}

// AuthorizationRegister lists chief-representative authorizations, newest
// first, with their state at the moment of the view.
func (v *View) AuthorizationRegister(a list.Ask) (store.Page[AuthorizationRow], error) {
	w, n, err := narrow(v, AuthorizationList, a)
	if err != nil {
		return store.Page[AuthorizationRow]{}, err
	}
	return store.List(v.ctx, v.tx, authorizationRegister, w, a.At, scanAuthorization(n, v.now))
}

// EachAuthorization calls each with every authorization that is asked for,
// newest first.
func (v *View) EachAuthorization(a list.Ask, each func(*AuthorizationRow) error) error {
	w, n, err := narrow(v, AuthorizationList, a)
	if err != nil {
		return err
	}
	return store.All(v.ctx, v.tx, authorizationRegister, w, scanAuthorization(n, v.now), each)
}

var authorizationRegister = store.Listing{Columns: "a.seq, a.dept, j.body", From: "authorizations a CROSS JOIN journal j ON j.seq = a.seq", Counted: "authorizations a", Order: "a.valid_from DESC, a.id DESC"}

func scanAuthorization(n *registry, now time.Time) func(*sql.Rows) (AuthorizationRow, error) {
	return func(r *sql.Rows) (o AuthorizationRow, err error) {
		var dept int64
		var body sql.RawBytes
		if err = r.Scan(&o.Seq, &dept, &body); err != nil {
			return o, err
		}
		var m pb.Authorization
		if err = proto.Unmarshal(body, &m); err != nil {
			return o, fmt.Errorf("casefile: record %d: %w", o.Seq, err)
		}
		o.No, o.Department = m.AuthNo, n.code[dept]
		o.Rep, o.RepPost, o.StandIn = m.GetRep().GetName(), m.GetRep().GetPost(), m.GetStandIn().GetName()
		o.Items, o.Powers, o.SealNo, o.SignedBy = append([]string{}, m.Items...), append([]string{}, m.Powers...), m.SealNo, m.Signer
		o.ValidFrom, o.ValidTo = m.ValidFrom.AsTime(), m.ValidTo.AsTime()
		if m.RevokedAt != nil {
			o.RevokedAt = m.RevokedAt.AsTime()
		}
		switch {
		case !o.RevokedAt.IsZero() && !now.Before(o.RevokedAt):
			o.Status = "revoked"
		case now.Before(o.ValidFrom):
			o.Status = "future"
		case !now.Before(o.ValidTo):
			o.Status = "expired"
		default:
			o.Status = "live"
		}
		return o, nil
	}
}
