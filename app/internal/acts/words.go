package acts

import (
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/terms"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// words tell an act to people, in the words of the package whose it is.
func (s *Acts) words(a *intake.RecordedAct) (zh, en string) {
	for _, words := range []func(*intake.RecordedAct) (zh, en string, known bool){accounts.Words, ratings.Words, terms.Words, volunteers.Words} {
		if zh, en, known := words(a); known {
			return zh, en
		}
	}
	return s.declared.Words(a)
}
