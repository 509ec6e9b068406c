package httpapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
)

// Applicant is what a department told of who applies.
type Applicant struct {
	Name   string `json:"name"`
	Type   string `json:"type" doc:"person or organisation"`
	Number string `json:"number" doc:"of an identity card or a company"`
	Phone  string `json:"phone"`
}

// session registers where a page is, and an applicant's particulars.
func (a *oldAPI) session() {
	get(a, "/session", "session", "Where the page is, and who asks", func(ctx context.Context, _ *none) (Session, error) {
		s := a.console.Session()
		p := access.From(ctx)
		s.Account = account.Self{ID: p.Account, Login: p.Login, Name: p.Name, Role: p.Role, Department: p.Department}
		s.SignsIn, s.MustChange, s.MustSetUp, s.May = a.sessions, p.MustChange, p.MustSetUp, append(access.Operations(p.Role), a.Operations(p.Role)...)
		slices.Sort(s.May)
		return s, nil
	})
	handle(a, operation(http.MethodPost, "/cases/{id}/applicant", "unmaskApplicant", "See an applicant's full particulars; who and why is journaled"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) (*Applicant, error) {
			if _, err := casefile.Read(ctx, a.cases, func(v *casefile.View) (casefile.Case, error) { return v.Case(in.ID) }); err != nil {
				return nil, err
			}
			return a.console.Unmask(ctx, in.ID, in.Body.Reason)
		})
}
