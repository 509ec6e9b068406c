package patterns

import (
	"strings"

	"github.com/trustelem/zxcvbn/match"
	"github.com/trustelem/zxcvbn/scoring"
)

// furthest is how far apart the signs of a run may be: aceg, 97531.
const furthest = 5

// runs finds signs that follow one another by the same step: abcd, 13579, and two
// that are next to one another.
func runs(password string) (found []*match.Match) {
	for i := 0; i < len(password)-1; {
		step, j := int(password[i+1])-int(password[i]), i+1
		for j+1 < len(password) && int(password[j+1])-int(password[j]) == step {
			j++
		}
		far := max(step, -step)
		if far == 1 || j-i > 1 && far > 0 && far <= furthest {
			found = append(found, &match.Match{Pattern: "sequence", I: i, J: j, Token: password[i : j+1], Ascending: step > 0})
		}
		i = j
	}
	return found
}

// repetitions finds what is said twice or more, one after another: aaaa, abcabc.
// It is as many guesses as what is repeated, times how often.
func repetitions(password string) (found []*match.Match) {
	for i := 0; i < len(password); {
		base, n := repeated(password[i:])
		if n < 2 {
			i++
			continue
		}
		end := i + len(base)*n
		found = append(found, &match.Match{
			Pattern: "repeat", I: i, J: end - 1, Token: password[i:end], BaseToken: base, RepeatCount: n,
			BaseGuesses: scoring.MostGuessableMatchSequence(base, all(base, nil), false).Guesses,
		})
		i = end
	}
	return found
}

// repeated is what a text begins with and repeats at once, and how often it stands
// there: the shortest, unless the longest covers more of the text, of which it is
// then the shortest that makes it up: aab of aabaab.
func repeated(s string) (base string, n int) {
	shortest, longest := 0, 0
	for size := 1; size <= len(s)/2; size++ {
		if times(s, size) >= 2 {
			if shortest == 0 {
				shortest = size
			}
			longest = size
		}
	}
	if shortest == 0 {
		return "", 0
	}
	whole := longest * times(s, longest)
	if whole <= shortest*times(s, shortest) {
		return s[:shortest], times(s, shortest)
	}
	for size := 1; ; size++ {
		if whole%size == 0 && times(s[:whole], size) == whole/size {
			return s[:size], whole / size
		}
	}
}

// times is how often the first size bytes of a text stand at its beginning.
func times(s string, size int) int {
	n := 1
	for strings.HasPrefix(s[n*size:], s[:size]) {
		n++
	}
	return n
}
