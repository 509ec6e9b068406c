// Package callback is how the office calls back (回访) who rated the service: a
// sample of the raters who left a telephone is drawn, so that nobody chooses whom
// to call and anybody can check it; they are asked whether the rating was theirs
// and what they think now. Who was called satisfied and is not is a bad rating from
// then on. All of it is acts in the journal; the tables follow from them.
package callback

import (
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
)

// Callbacks draws raters to call back and records the calls.
type Callbacks struct {
	office  *feature.Office
	people  *account.Accounts
	ratings *rating.Ratings
}

// New is the call-backs of an office.
func New(o *feature.Office, people *account.Accounts, ratings *rating.Ratings) *Callbacks {
	return &Callbacks{o, people, ratings}
}

// sampler takes draws from the office's own chance.
func (s *Callbacks) sampler() *sampling.Sampler { return sampling.New(s.office) }
