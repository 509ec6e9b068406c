package console

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/casework"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// areas are the features of an office.
type areas struct {
	accounts *accounts.Accounts
	matters  *matter.Matters
	casework *casework.Casework
}

// open opens the features of an office.
func openAreas(o *feature.Office) *areas {
	a := &areas{accounts: accounts.New(o), casework: casework.New(o)}
	a.matters = matter.New(o, a.accounts)
	return a
}

// features are what the areas hand the program.
func (a *areas) features() []feature.Feature {
	return []feature.Feature{a.casework.Feature(), a.matters.Feature()}
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
func Described() []func(*api.API) { return operations(openAreas(&feature.Office{})) }

// desk is what the console does for every file that leaves it.
func (c *Console) desk() api.Desk {
	return api.Desk{Now: c.Now, Exported: c.People().Exported, Departments: func(ctx context.Context) (map[string]string, error) {
		all, _, err := c.store.Catalogue(ctx)
		names := make(map[string]string, len(all))
		for i := range all {
			names[all[i].Code] = all[i].Name
		}
		return names, err
	}}
}

// Declared are the acts that features declare.
func Declared() *act.Registry { return feature.Registry(openAreas(&feature.Office{}).features()) }

// Lists are the lists of all features.
func Lists() (out []list.Any) {
	for _, f := range openAreas(&feature.Office{}).features() {
		out = append(out, f.Lists...)
	}
	return out
}

// Words are the vocabularies that features speak besides those of their lists.
func Words() (out []*vocab.Vocabulary) {
	for _, f := range openAreas(&feature.Office{}).features() {
		out = append(out, f.Words...)
	}
	return out
}
