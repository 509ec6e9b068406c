// Package review is what the volunteer supervisors (义务监督员) review: what is put up
// to them, who of them reviews it, and what they found. All of it is acts in the
// journal; the tables follow from them.
//
// Two people review the same thing, each without knowing of the other. Where
// they differ, a third decides. Who has an interest in a case is refused it
// before seeing anything of it.
package review

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
)

// ReadCase reads a case whole, judged for this moment.
type ReadCase func(ctx context.Context, id uint64) (*casefile.CaseDetail, error)

// AtVisits calls f with every account and each department in which it declared an
// interest at visits.
type AtVisits func(ctx context.Context, f func(account uint64, department string)) error

// Reviews reads and writes the volunteers' reviewing.
type Reviews struct {
	office   *feature.Office
	people   *account.Accounts
	matters  *matter.Matters
	sampling *sampling.Sampler
	readCase ReadCase
	visiting AtVisits
}

// New is the reviews of an office.
func New(o *feature.Office, people *account.Accounts, matters *matter.Matters, read ReadCase, visiting AtVisits) *Reviews {
	return &Reviews{office: o, people: people, matters: matters, sampling: sampling.New(o), readCase: read, visiting: visiting}
}
