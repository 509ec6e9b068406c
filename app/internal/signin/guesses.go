package signin

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
)

// guesses estimates how many passwords a guesser tries before this one, as a
// power of two: the cheapest way to put it together from words, walks over the
// keyboard, runs, dates and single characters. Letters cost what they cost in
// a language: a word that is in no list here is still told from chance. known
// is what is known about the person and tried first.
func guesses(p string, known ...string) float64 {
	lower := []rune(strings.ToLower(p))
	capitals := 0.0
	for i, r := range []rune(p) {
		if unicode.IsUpper(r) && i > 0 {
			capitals++
		}
	}
	best := pieces(lower, known)
	plain, replaced := make([]rune, len(lower)), 0.0
	for i, r := range lower {
		if plain[i] = r; spelt[r] != 0 {
			plain[i] = spelt[r]
			replaced++
		}
	}
	best = min(best, replaced+pieces(plain, known))
	for step := 2; step <= 3 && len(lower) >= 8; step++ { // a1b2c3d4: several runs, woven
		woven := 4 * float64(step)
		for from := range step {
			var thread []rune
			for i := from; i < len(lower); i += step {
				thread = append(thread, lower[i])
			}
			woven += pieces(thread, nil)
		}
		best = min(best, woven)
	}
	return best + min(capitals, 3)
}

// spelt are signs that stand for letters.
var spelt = map[rune]rune{'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', '$': 's', '!': 'i'}

// longestPiece bounds the work; longer ones are put together from several.
const longestPiece = 24

// pieces is the cheapest way to put a password together.
func pieces(p []rune, known []string) float64 {
	best := make([]float64, len(p)+1)
	for j := 1; j <= len(p); j++ {
		best[j] = best[j-1] + character(p, j-1)
		for i := max(0, j-longestPiece); i < j-1; i++ {
			cost := piece(p[i:j])
			if slices.Contains(known, string(p[i:j])) {
				cost = 1
			}
			best[j] = min(best[j], best[i]+cost)
			if half := j - i; i >= half && string(p[i-half:i]) == string(p[i:j]) {
				best[j] = min(best[j], best[i]+1) // the same once more
			}
		}
	}
	return best[len(p)]
}

// piece is the cost of several characters as one thing.
func piece(p []rune) float64 {
	n := float64(len(p))
	switch s := string(p); {
	case words[s]:
		return math.Log2(float64(len(words)))
	case beginnings[s]:
		return math.Log2(float64(len(words))) + 3
	case len(p) >= 3 && run(p):
		return 5 + math.Log2(n)
	case len(p) >= 4 && walk(p):
		return 5 + 2.2*(n-1)
	case len(p) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20")) && digits(p):
		return 6
	case (len(p) == 8 || len(p) == 6) && date(s):
		return 15
	case len(p) == 11 && p[0] == '1' && p[1] >= '3' && digits(p): // of a mobile telephone; who knows the person knows it
		return 15
	}
	return math.Inf(1)
}

// character is the cost of one character after those before it.
func character(p []rune, i int) float64 {
	r := p[i]
	var cost float64
	switch {
	case r >= 'a' && r <= 'z':
		if i > 0 && p[i-1] >= 'a' && p[i-1] <= 'z' {
			return float64(pairs[p[i-1]-'a'][r-'a'] - '0')
		}
		cost = 5
	case r >= '0' && r <= '9':
		cost = math.Log2(10)
	case r < 128:
		cost = 4
	default:
		return 8 // Chinese: rather a word than a character
	}
	if i > 0 && kind(p[i-1]) != kind(r) {
		cost += 1.5 // where it changes has to be guessed as well
	}
	return cost
}

func kind(r rune) int {
	switch {
	case unicode.IsLetter(r):
		return 0
	case unicode.IsDigit(r):
		return 1
	}
	return 2
}

func digits(p []rune) bool {
	for _, r := range p {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// run: one character over and over, or one after the other as in the alphabet
// or among the digits, either way.
func run(p []rune) bool {
	step := p[1] - p[0]
	if step < -2 || step > 2 {
		return false
	}
	for i := 2; i < len(p); i++ {
		if next := p[i] - p[i-1]; next != step && !(p[i-1] == '9' && p[i] == '0') {
			return false
		}
	}
	return true
}

// keyboard is the place of each key, in widths of one.
var keyboard = func() map[rune][2]float64 {
	at := map[rune][2]float64{}
	for y, row := range []string{"1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"} {
		for x, r := range row {
			at[r] = [2]float64{float64(x) + 0.3*float64(y), float64(y)}
		}
	}
	for x, r := range "!@#$%^&*()" {
		at[r] = [2]float64{float64(x), 0}
	}
	return at
}()

// walk: from each key to one close by.
func walk(p []rune) bool {
	for i, r := range p {
		here, ok := keyboard[r]
		if !ok {
			return false
		}
		if i == 0 {
			continue
		}
		before := keyboard[p[i-1]]
		if math.Hypot(here[0]-before[0], here[1]-before[1]) > 2.05 {
			return false
		}
	}
	return true
}

// date: a day of the last or this century, in six digits or in eight.
func date(p string) bool {
	for _, form := range []string{"20060102", "02012006", "01022006", "060102"} {
		if t, err := time.Parse(form, p); err == nil && t.Year() >= 1900 && t.Year() < 2100 {
			return true
		}
	}
	return false
}

// pairs is what a letter costs after another (rows: the first), in powers of
// two: counted over the words of English technical prose and the syllables of
// pinyin.
var pairs = strings.Fields(`
95449758586352458443777767
36673779369388488546388958
38583873494469279563579979
47642678289577468547467779
47436568598553756334866578
49663489299467379454399959
56463655466554456445586665
29882999299778389565399979
36454558987552468544568785
39972899299977379958299999
36762759299775569647397979
38652789298388379755578949
25772899397657339856489989
47444527576666567743667776
56448567676542557345455776
38673876497489359354498979
38574899399688489758199996
38662669396656379544568959
57573783397677558642497959
38572784299568469345597859
35565667477453457444997776
36661786399667586867865899
37573775299575379347488998
47473897399768439773489579
46584787399644429634487987
39892992399799599799498877`)
