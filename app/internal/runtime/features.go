package runtime

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/office"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/signin"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/casework"
	"github.com/mingcha-console/mingcha/app/internal/features/catalogue"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/notefeedback"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// areas are the features of an office.
type areas struct {
	office    *feature.Office
	running   *office.Running
	console   *office.Console
	accounts  *account.Accounts
	people    *account.People
	casework  *casework.Casework
	matters   *matter.Matters
	record    *record.Acts
	reviews   *review.Reviews
	ratings   *rating.Ratings
	calls     *callback.Callbacks
	terms     *term.Terms
	plans     *route.Plans
	visits    *visit.Visits
	feedback  *notefeedback.Feedback
	catalogue *catalogue.Catalogue
	declared  *act.Registry
}

// openAreas opens the features of an office; without a service for passwords, only
// to describe them.
func openAreas(o *feature.Office, passwords *signin.Service, in *intake.Intake) *areas {
	a := &areas{office: o, running: &office.Running{}, declared: act.NewRegistry(), accounts: account.New(o)}
	a.console = office.New(o, a.accounts, a.running)
	a.people = account.NewPeople(a.accounts, passwords)
	a.matters = matter.New(o, a.accounts)
	a.casework = casework.New(o, a.accounts, a.matters)
	a.plans = route.New(o, a.accounts, a.matters, visit.NewSheets(o))
	a.reviews = review.New(o, a.accounts, a.matters, func(ctx context.Context, id uint64) (*casefile.CaseDetail, error) {
		d, err := casefile.Read(ctx, o.Cases, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(id) })
		return &d, err
	}, a.plans.Interests)
	a.visits = visit.New(o, a.accounts, a.matters, a.plans)
	a.feedback = notefeedback.New(o, a.matters)
	a.ratings = rating.New(o, a.accounts, a.matters, in)
	a.calls = callback.New(o, a.accounts, a.ratings)
	a.terms = term.New(o, a.accounts, a.work())
	a.catalogue = catalogue.New(o)
	a.record = record.New(o, a.accounts, a.declared)
	for _, f := range a.features() {
		a.declared.Add(f.Tables, f.Acts...)
		o.Lists = append(o.Lists, f.Lists...)
	}
	a.declared.Add(nil, office.Acts...)
	return a
}

// work is what volunteers did, as terms ask for it.
func (a *areas) work() term.Work {
	return term.Work{
		Record: func(ctx context.Context, account uint64, s term.Span) (term.Record, error) {
			r, err := a.reviews.Tally(ctx, account, s.From, s.To)
			if err != nil {
				return term.Record{}, err
			}
			v, err := a.visits.Sums(ctx, account, s.From, s.To)
			return term.Record{Assigned: r.Assigned, InTime: r.InTime, Late: r.Late, Open: r.Open, OpenLate: r.OpenLate, Interests: r.Interests, HandedOver: r.HandedOver,
				Asked: v.Asked, Answered: v.Answered, Filed: v.Filed, Findings: v.Findings, Upheld: v.Upheld, Dropped: v.Dropped}, err
		},
		Active: func(ctx context.Context, account uint64, by workday.Date) (time.Time, error) {
			reviewed, err := a.reviews.Active(ctx, account, by)
			if err != nil {
				return reviewed, err
			}
			visited, err := a.visits.Active(ctx, account, by)
			if visited.After(reviewed) {
				return visited, err
			}
			return reviewed, err
		},
		Asked: func(ctx context.Context, account uint64, after, by workday.Date) (bool, error) {
			if asked, err := a.plans.AskedOf(ctx, account, after+1, by); err != nil || len(asked) > 0 {
				return len(asked) > 0, err
			}
			return a.reviews.Owes(ctx, account, by)
		},
		Rated: func(ctx context.Context, account uint64, by workday.Date) (term.Rated, error) {
			r, err := a.feedback.Average(ctx, account, by)
			return term.Rated(r), err
		},
	}
}

// features are what the areas hand the program.
func (a *areas) features() []feature.Feature {
	return []feature.Feature{a.people.Feature(), a.casework.Feature(), a.matters.Feature(), a.reviews.Feature(), a.plans.Feature(), a.visits.Feature(), a.feedback.Feature(), a.ratings.Feature(), a.calls.Feature(), a.terms.Feature(), a.catalogue.Feature(), a.record.Feature()}
}

// described are the features without an office behind them.
func described() *areas { return openAreas(&feature.Office{}, nil, nil) }

// operations are what all features offer, the console being reached in a way.
func operations(a *areas, w office.Way) (out []func(*api.API)) {
	for _, f := range append(a.features(), a.console.Feature(w)) {
		if f.Operations != nil {
			out = append(out, f.Operations)
		}
	}
	return out
}

// Described are the operations of all features, without an office behind them.
func Described() []func(*api.API) { return operations(described(), office.Way{}) }

// desk is what the console does for every file that leaves it.
func (c *Console) desk() api.Desk {
	return api.Desk{Now: c.Now, Exported: c.people.Exported, Files: c.files, Journal: func(ctx context.Context) (*list.Journal, error) { return journaled(ctx, c.store, c.signer.PublicKey()) }, Departments: func(ctx context.Context) (map[string]string, error) {
		all, _, err := c.store.Catalogue(ctx)
		names := make(map[string]string, len(all))
		for i := range all {
			names[all[i].Code] = all[i].Name
		}
		return names, err
	}}
}

// journaled is what the journal of a folder is now, for the files that leave it.
func journaled(ctx context.Context, s *store.Store, publicKey string) (*list.Journal, error) {
	head, err := s.TreeHead(ctx)
	if err != nil {
		return nil, err
	}
	note, err := s.Checkpoint(ctx)
	return &list.Journal{Origin: journal.OriginOf(publicKey), Head: head, Note: note, PublicKey: publicKey}, err
}

// Journaled is what the journal of a folder is that is open for reading; nil where
// its public key cannot be read.
func Journaled(ctx context.Context, s *store.Store) (*list.Journal, error) {
	key, err := os.ReadFile(filepath.Join(s.Dir(), journal.PublicKeyFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil //nolint:nilnil // a folder that was never opened has no key
	}
	if err != nil {
		return nil, err
	}
	return journaled(ctx, s, strings.TrimSpace(string(key)))
}

// Declared are the acts that features declare.
func Declared() *act.Registry { return described().declared }

// Lists are the lists of all features.
func Lists() (out []list.Any) {
	for _, f := range described().features() {
		out = append(out, f.Lists...)
	}
	return out
}

// Words are the vocabularies that features speak besides those of their lists.
func Words() (out []*vocab.Vocabulary) {
	for _, f := range described().features() {
		out = append(out, f.Words...)
	}
	return out
}

// People are who may sign in here; they know whose sessions there are.
func (c *Console) People() *account.People { return c.people }

// Catalogue is what adapters declare, and who serves whom.
func (c *Console) Catalogue() *catalogue.Catalogue { return c.catalogue }

// Record is what people and the console did.
func (c *Console) Record() *record.Acts { return c.record }
