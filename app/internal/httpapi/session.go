package httpapi

import (
	"context"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
)

// session registers where a page is.
func (a *oldAPI) session() {
	get(a, "/session", "session", "Where the page is, and who asks", func(ctx context.Context, _ *none) (Session, error) {
		s := a.console.Session()
		p := access.From(ctx)
		s.Account = account.Self{ID: p.Account, Login: p.Login, Name: p.Name, Role: p.Role, Department: p.Department}
		s.SignsIn, s.MustChange, s.MustSetUp, s.May = a.sessions, p.MustChange, p.MustSetUp, append(access.Operations(p.Role), a.Operations(p.Role)...)
		slices.Sort(s.May)
		return s, nil
	})
}
