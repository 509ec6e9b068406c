package console

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
)

// Unmask journals who wants to see an applicant's particulars and why, and then
// tells them.
func (c *Console) Unmask(ctx context.Context, caseID uint64, reason string) (*httpapi.Applicant, error) {
	if err := account.Note(ctx, c.accounts, account.Unmasked, access.From(ctx), account.Opening{Case: caseID, Reason: reason}); err != nil {
		return nil, err
	}
	a, err := casefile.Read(ctx, c.cases, func(v *casefile.View) (casefile.Applicant, error) { return v.Applicant(caseID) })
	return &httpapi.Applicant{Name: a.Name, Type: a.Type, Number: a.Number, Phone: a.Phone}, err
}
