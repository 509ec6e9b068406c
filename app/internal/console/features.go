package console

import (
	"context"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// areas are the features of an office.
type areas struct {
	accounts *accounts.Accounts
	matters  *matter.Matters
	ratings  *rating.Ratings
	calls    *callback.Callbacks
	terms    *term.Terms

	volunteers *volunteers.Volunteers
}

// openAreas opens the features of an office, whose records intake takes; without
// an office they can be described.
func openAreas(o *feature.Office, in *intake.Intake) *areas {
	a := &areas{accounts: accounts.New(o)}
	a.matters = matter.New(o, a.accounts)
	a.ratings = rating.New(o, a.accounts, a.matters, in)
	a.calls = callback.New(o, a.accounts, a.ratings)
	a.terms = term.New(o, a.accounts, a.work())
	return a
}

// work is what volunteers did, as terms ask for it.
func (a *areas) work() term.Work {
	return term.Work{
		Record: func(ctx context.Context, account uint64, s term.Span) (term.Record, error) {
			r, err := a.volunteers.Record(ctx, account, volunteers.Span(s))
			return term.Record(r), err
		},
		Active: func(ctx context.Context, account uint64, by workday.Date) (time.Time, error) {
			return a.volunteers.Active(ctx, account, by)
		},
		Asked: func(ctx context.Context, account uint64, after, by workday.Date) (bool, error) {
			return a.volunteers.Inactive(ctx, account, after, by)
		},
		Rated: func(ctx context.Context, account uint64, by workday.Date) (term.Rated, error) {
			r, err := a.volunteers.Rated(ctx, account, by)
			return term.Rated(r), err
		},
	}
}

// features are what the areas hand the program.
func (a *areas) features() []feature.Feature {
	return []feature.Feature{a.matters.Feature(), a.ratings.Feature(), a.calls.Feature(), a.terms.Feature()}
}

// Offers are the operations of all features, for the API's description and for
// serving it.
func (c *Console) offers() (out []func(*api.API)) { return operations(c.areas) }

func operations(a *areas) (out []func(*api.API)) {
	for _, f := range a.features() {
		if f.Operations != nil {
			out = append(out, f.Operations)
		}
	}
	return out
}

// Described are the operations of all features, without an office behind them.
func Described() []func(*api.API) { return operations(openAreas(&feature.Office{}, nil)) }

// desk is what the console does for every file that leaves it.
func (c *Console) desk() api.Desk {
	return api.Desk{Now: c.Now, Exported: c.People().Exported, Departments: func(ctx context.Context) (map[string]string, error) {
		all, err := c.store.Departments(ctx, c.Now())
		names := make(map[string]string, len(all))
		for i := range all {
			names[all[i].Code] = all[i].Name
		}
		return names, err
	}}
}

// Declared are the acts that features declare.
func Declared() *act.Registry { return feature.Registry(openAreas(&feature.Office{}, nil).features()) }

// Lists are the lists of all features.
func Lists() (out []list.Any) {
	for _, f := range openAreas(&feature.Office{}, nil).features() {
		out = append(out, f.Lists...)
	}
	return out
}

// Words are the vocabularies that features speak besides those of their lists.
func Words() (out []*vocab.Vocabulary) {
	for _, f := range openAreas(&feature.Office{}, nil).features() {
		out = append(out, f.Words...)
	}
	return out
}
