package patterns

import (
	"strings"
	"sync"

	"github.com/trustelem/zxcvbn/frequency"
	"github.com/trustelem/zxcvbn/match"
)

// commonWords are zxcvbn's lists (passwords, English words, names), each word with
// the best of its ranks: that one decides.
var commonWords = sync.OnceValue(func() map[string]int {
	total := 0
	for _, list := range frequency.FrequencyLists {
		total += len(list)
	}
	rank := make(map[string]int, total)
	for _, list := range frequency.FrequencyLists {
		for word, r := range ranked(list) {
			if best := rank[word]; best == 0 || r < best {
				rank[word] = r
			}
		}
	}
	return rank
})

// ranked gives each word of a list its place, counted from one; one that stands
// there twice has its last.
func ranked(list []string) map[string]int {
	rank := make(map[string]int, len(list))
	for i, word := range list {
		rank[strings.ToLower(word)] = i + 1
	}
	return rank
}

// dictionary is what is looked for as words.
type dictionary struct {
	first  map[string]int // tried before all others
	common map[string]int
}

// rank is a word's best one, 0 of what is no word.
func (d dictionary) rank(word string) int {
	a, b := d.first[word], d.common[word]
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

// plain finds the words in a password, whatever their case.
func (d dictionary) plain(password string) (found []*match.Match) {
	lower := strings.ToLower(password)
	for i := range lower {
		for j := i; j < len(lower); j++ {
			if rank := d.rank(lower[i : j+1]); rank > 0 {
				found = append(found, &match.Match{Pattern: "dictionary", I: i, J: j, Token: password[i : j+1], MatchedWord: lower[i : j+1], Rank: rank})
			}
		}
	}
	return found
}

// backwards finds the words that are written from their end.
func (d dictionary) backwards(password string) []*match.Match {
	found := d.plain(reversed(password))
	for _, m := range found {
		m.I, m.J = len(password)-1-m.J, len(password)-1-m.I
		m.Token, m.Reversed = password[m.I:m.J+1], true
	}
	return found
}

func reversed(s string) string {
	out := make([]byte, len(s))
	for i := range len(s) {
		out[len(s)-1-i] = s[i]
	}
	return string(out)
}
