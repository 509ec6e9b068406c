package casework

import (
	"context"

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

// applicant registers an applicant's particulars, which are closed but for a reason.
func (s *Casework) applicant(h *api.API) {
	api.Post(h, "/cases/{id}/applicant", "unmaskApplicant", "See an applicant's full particulars; who and why is journaled", access.Desk,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) (*Applicant, error) {
			return s.unmask(ctx, in.ID, in.Body.Reason)
		})
}

// unmask journals who wants to see an applicant's particulars and why, and then
// tells them. Of a case that who asks may not see nothing is journaled.
func (s *Casework) unmask(ctx context.Context, caseID uint64, reason string) (*Applicant, error) {
	if _, err := casefile.Read(ctx, s.office.Cases, func(v *casefile.View) (casefile.Case, error) { return v.Case(caseID) }); err != nil {
		return nil, err
	}
	if err := account.Note(ctx, s.accounts, account.Unmasked, access.From(ctx), account.Opening{Case: caseID, Reason: reason}); err != nil {
		return nil, err
	}
	a, err := casefile.Read(ctx, s.office.Cases, func(v *casefile.View) (casefile.Applicant, error) { return v.Applicant(caseID) })
	return &Applicant{Name: a.Name, Type: a.Type, Number: a.Number, Phone: a.Phone}, err
}
