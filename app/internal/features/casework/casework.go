// Package casework is what the office and departments read of cases: the live
// board, cases and what came of them, the registers, what could not be taken in.
// It reads all of it in package casefile and has no acts of its own; that an
// applicant's particulars were seen is journaled with accounts.
package casework

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/rules"
)

// Casework offers the reading of cases.
type Casework struct {
	office   *feature.Office
	accounts *account.Accounts
	matters  *matter.Matters
}

// New is an office's casework; accounts journal whose particulars were seen, and are
// found with matters by a search.
func New(o *feature.Office, a *account.Accounts, m *matter.Matters) *Casework {
	return &Casework{o, a, m}
}

// Feature is what is read of cases.
func (s *Casework) Feature() feature.Feature {
	return feature.Feature{Name: "casework", Operations: func(h *api.API) {
		s.city(h)
		s.cases(h)
		s.applicant(h)
		s.registers(h)
		s.quarantine(h)
	}, Lists: []list.Any{casefile.CaseList, casefile.FindingList, casefile.OverdueList, casefile.RejectionList, casefile.AuthorizationList, casefile.QuarantineList}}
}

// read answers what f reads in a view for who asks.
func read[I, O any](s *Casework, f func(*casefile.View, I) (O, error)) func(context.Context, I) (O, error) {
	return func(ctx context.Context, in I) (O, error) {
		return casefile.Read(ctx, s.office.Cases, func(v *casefile.View) (O, error) { return f(v, in) })
	}
}

// file gives the rows of a file as who asks may see them.
func file[R any](s *Casework, f func(*casefile.View, list.Ask, func(*R) error) error) func(context.Context, list.Ask, func(*R) error) error {
	return func(ctx context.Context, a list.Ask, each func(*R) error) error {
		return s.office.Cases.View(ctx, func(v *casefile.View) error { return f(v, a, each) })
	}
}

// city registers the board, and what the law and the office have published.
func (s *Casework) city(h *api.API) {
	api.Get(h, "/board", "board", "Live board", access.SeesCases,
		read(s, func(v *casefile.View, _ *api.None) (casefile.Board, error) { return v.Board() }))
	api.Get(h, "/departments", "departments", "Departments with their figures", access.Everyone,
		read(s, func(v *casefile.View, _ *api.None) ([]casefile.Department, error) { return v.Departments() }))
	type of struct {
		Department string `query:"department" maxLength:"64"`
	}
	api.Get(h, "/items", "items", "Approval items", access.Everyone,
		read(s, func(v *casefile.View, in *of) ([]casefile.Item, error) { return v.Items(in.Department) }))
	api.Get(h, "/rules", "rules", "Violation catalogue", access.Everyone, func(context.Context, *api.None) ([]Rule, error) {
		var out []Rule
		for _, r := range rules.Catalogue() {
			out = append(out, Rule{r.Code, r.NameZH, r.NameEN, r.Level.String(), r.BasisZH, r.BasisEN})
		}
		return out, nil
	})
	s.search(h)
}

// Rule is one entry of the violation catalogue.
type Rule struct {
	Code    string `json:"code"`
	NameZH  string `json:"name_zh"`
	NameEN  string `json:"name_en"`
	Level   string `json:"level" enum:"review,data,warn,yellow,red" doc:"as raised"`
	BasisZH string `json:"basis_zh"`
	BasisEN string `json:"basis_en"`
}
