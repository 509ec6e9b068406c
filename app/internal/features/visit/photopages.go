package visit

import (
	"context"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// photoOf names a photograph of a visit in the address. It never changes, and yet
// no browser may keep it: it shows people, and the next one at the machine may be
// somebody else.
type photoOf struct {
	api.ByID
	SHA256 string `path:"sha256" minLength:"64" maxLength:"64" pattern:"^[0-9a-f]{64}$"`
}

var errUnknownPhoto = fault.New(fault.NotFound, "unknown_photo", "这次暗访没有这张照片。", "This visit has no such photograph.", nil)

// photo is a photograph that belongs to a visit.
func (s *Visits) photo(ctx context.Context, in *photoOf) ([]byte, error) {
	x, err := s.One(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.open(&x, in.SHA256)
}

// ownPhoto is a photograph that belongs to a visit of the asking volunteer.
func (s *Visits) ownPhoto(ctx context.Context, in *photoOf) ([]byte, error) {
	all, err := s.read(ctx, `WHERE id = ? AND account = ?`, int64(in.ID), int64(access.From(ctx).Account))
	if err == nil && len(all) == 0 {
		err = errNoVisit // another's is none
	}
	if err != nil {
		return nil, err
	}
	return s.open(&all[0], in.SHA256)
}

func (s *Visits) open(x *Visit, hash string) ([]byte, error) {
	of := func(photos []Photo) bool {
		return slices.ContainsFunc(photos, func(p Photo) bool { return p.SHA256 == hash })
	}
	if !of(x.Photos) && !slices.ContainsFunc(x.Supplements, func(m Supplement) bool { return of(m.Photos) }) {
		return nil, errUnknownPhoto
	}
	return s.photos().Open(hash)
}
