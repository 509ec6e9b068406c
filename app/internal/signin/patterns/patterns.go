// Package patterns finds in a password what guessers know: words, also backwards
// and in other signs, rows of keys, runs, repetitions, years and dates. They are
// zxcvbn's patterns (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation",
// USENIX Security 2016), found in its word lists and keyboards and weighed by its
// scoring; a test holds that both give one estimate. They are found here, and not
// by the library's own matching, because that one reads its 94,000 words at every
// start of every program that links it; here it is done when the first password is
// judged.
package patterns

import (
	"github.com/trustelem/zxcvbn/match"
	"github.com/trustelem/zxcvbn/scoring"
)

// Guesses estimates how many passwords are tried before this one, which is in ASCII.
// first are words that are tried before all others, in this order, and found are
// matches of the caller's own. The estimate is the product of its parts' alone:
// zxcvbn's own sum lets any three words pass.
func Guesses(password string, first []string, found ...*match.Match) float64 {
	return scoring.MostGuessableMatchSequence(password, append(all(password, ranked(first)), found...), true).Guesses
}

// all finds every pattern. No match is left out because another covers it.
func all(password string, first map[string]int) []*match.Match {
	words := dictionary{first: first, common: commonWords()}
	var found []*match.Match
	found = append(found, words.plain(password)...)
	found = append(found, words.backwards(password)...)
	found = append(found, words.inOtherSigns(password)...)
	found = append(found, rowsOfKeys(password)...)
	found = append(found, repetitions(password)...)
	found = append(found, runs(password)...)
	found = append(found, recentYears(password)...)
	found = append(found, dates(password)...)
	return found
}
