package city

import (
	"cmp"
	"fmt"
	"slices"

	v1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// AuthorizationStream gives all authorizations in the order in which they were
// signed; one that is revoked comes a second time, then.
type AuthorizationStream struct{ rest []issue }

type issue struct {
	at      int64
	message *v1.Authorization
}

// Authorizations streams the authorizations of chief representatives.
func (c *City) Authorizations() *AuthorizationStream {
	var all []issue
	for _, d := range c.departments {
		for i, a := range d.auths {
			id := fmt.Sprintf("%s/A%03d", d.code, i+1)
			all = append(all, issue{a.signed, a.message(d, id, false)})
			if a.revoked != 0 {
				all = append(all, issue{a.revoked, a.message(d, id, true)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b issue) int { return cmp.Compare(a.at, b.at) })
	return &AuthorizationStream{all}
}

// Peek tells when the next authorization is signed or revoked.
func (s *AuthorizationStream) Peek() (int64, bool) {
	if len(s.rest) == 0 {
		return 0, false
	}
	return s.rest[0].at, true
}

// Next gives it; nil after the last.
func (s *AuthorizationStream) Next() *v1.Authorization {
	if len(s.rest) == 0 {
		return nil
	}
	m := s.rest[0].message
	s.rest = s.rest[1:]
	return m
}
