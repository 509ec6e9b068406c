package casefile

import (
	"database/sql"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

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
// first; status is "", "live", "future", "expired" or "revoked" at
// the moment of the view.
func (v *View) AuthorizationRegister(q RegisterQuery, status string) (store.Page[AuthorizationRow], error) {
	f, n, err := v.authorizationFilter(q, status)
	if err != nil {
		return store.Page[AuthorizationRow]{}, err
	}
	return store.List(v.ctx, v.tx, authorizationRegister, &f.Where, store.Window{Offset: q.Offset, Limit: q.Limit}, scanAuthorization(n, v.now))
}

// EachAuthorization calls each with every authorization that a filter chooses,
// newest first.
func (v *View) EachAuthorization(q RegisterQuery, status string, each func(*AuthorizationRow) error) error {
	f, n, err := v.authorizationFilter(q, status)
	if err != nil {
		return err
	}
	return store.All(v.ctx, v.tx, authorizationRegister, &f.Where, scanAuthorization(n, v.now), each)
}

var authorizationRegister = store.Listing{Columns: "a.seq, a.dept, j.body", From: "authorizations a CROSS JOIN journal j ON j.seq = a.seq", Counted: "authorizations a", Order: "a.valid_from DESC, a.id DESC"}

func (v *View) authorizationFilter(q RegisterQuery, status string) (*filter, *registry, error) {
	f := &filter{}
	if err := v.who.Within(&q.Department); err != nil {
		return nil, nil, err
	}
	n, err := v.names()
	if err != nil {
		return nil, nil, err
	}
	if q.Department != "" {
		id, err := n.department(q.Department)
		if err != nil {
			return nil, nil, err
		}
		f.Add("a.dept = ?", id)
	}
	if q.Text != "" {
		like := "%" + likeEscaper.Replace(q.Text) + "%"
		f.Add(`(a.auth_no LIKE ? ESCAPE '\' OR a.rep LIKE ? ESCAPE '\' OR a.stand_in LIKE ? ESCAPE '\')`, like, like, like)
	}
	at := v.now.UnixMicro()
	switch status {
	case "revoked":
		f.Add("a.revoked_at > 0 AND a.revoked_at <= ?", at)
	case "expired":
		f.Add("a.valid_to <= ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at)
	case "future":
		f.Add("a.valid_from > ?", at)
	case "live":
		f.Add("a.valid_from <= ? AND a.valid_to > ? AND NOT (a.revoked_at > 0 AND a.revoked_at <= ?)", at, at, at)
	}
	return f, n, nil
}

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
