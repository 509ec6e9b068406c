package casefile_test

import (
	"slices"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// What the database numbers has words that people read, and nothing has words
// that the database cannot hold; open stands for several states.
func TestNumberedWordsAreTheVocabularies(t *testing.T) {
	for _, c := range []struct {
		of      *vocab.Vocabulary
		words   store.Words
		besides []string
	}{
		{vocab.CaseStates, store.States, []string{"open"}},
		{vocab.Outcomes, store.Outcomes, nil},
		{vocab.Levels, store.Levels, nil},
		{vocab.FindingStates, store.FindingStates, nil},
		{vocab.Units, store.Units, nil},
		{vocab.CaseTypes, store.CaseTypes, nil},
		{vocab.Agreements, store.Agreements, nil},
		{vocab.Clocks, store.Clocks, nil},
		{vocab.Stages, store.Stages, nil},
		{vocab.RatingLevels, store.RatingLevels, nil},
	} {
		numbered := slices.DeleteFunc(slices.Clone(c.words), func(w string) bool { return w == "" })
		told := slices.DeleteFunc(c.of.Keys(), func(w string) bool { return slices.Contains(c.besides, w) })
		slices.Sort(numbered)
		slices.Sort(told)
		if !slices.Equal(numbered, told) {
			t.Errorf("%s: the database numbers %q, people are told of %q", c.of.Name, numbered, told)
		}
	}
}
