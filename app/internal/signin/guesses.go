package signin

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn/matching"
	"github.com/trustelem/zxcvbn/scoring"
)

// judged is how many characters of a password decide: what follows only adds to
// them, and the work grows with the cube.
const judged = 24

// guesses estimates how many passwords a guesser tries before this one. It is
// zxcvbn's estimate by its lists (the 30,000 commonest passwords, words, names)
// and its patterns, as a product: its own sum lets any three words pass. known is
// what is known about the person and tried first.
//
// What is our own is where zxcvbn is blind: it knows no pinyin and no Chinese
// habits (habits.go), takes numbers that are known by heart for chance, ends its
// years with 2019, and does not find a Chinese character a second time.
func guesses(p string, known ...string) float64 {
	ascii, others := words(known)
	first := slices.Concat(byHeart.FindAllString(p, -1), years, ascii, habits)
	p = sameKeys.Replace(plain(familiarIn(p, others)))
	found := append(matching.Omnimatch(p, first), names(p)...)
	return scoring.MostGuessableMatchSequence(p, found, true).Guesses
}

// words divides what is known into what a guesser tries: each name whole and in
// its parts. zxcvbn takes ASCII only.
func words(known []string) (ascii, others []string) {
	for _, k := range known {
		for _, word := range append(strings.FieldsFunc(k, divides), k) {
			switch {
			case utf8.RuneCountInString(word) < 2:
			case isASCII(word):
				ascii = append(ascii, word)
			default:
				others = append(others, word)
			}
		}
	}
	return ascii, others
}

// familiarIn puts one character for each word and each sentence that is tried
// first.
func familiarIn(p string, known []string) string {
	for _, word := range slices.Concat(known, sentences) {
		p = strings.ReplaceAll(p, word, familiar)
	}
	return p
}

// byHeart are numbers of identity cards and mobile telephones.
var byHeart = regexp.MustCompile(`[1-9]\d{5}(19|20)\d{9}[\dxX]|1[3-9]\d{9}`)

var years = strings.Fields("2020 2021 2022 2023 2024 2025 2026 2027 2028 2029 2030 2031 2032 2033 2034 2035")

// familiar stands for a Chinese word that is tried first: one character.
const familiar = "\x7f"

// plain has one byte for each of the first characters, which is how zxcvbn
// counts: other characters than ASCII's become control characters, in an order that
// zxcvbn takes for no run.
func plain(p string) string {
	out := make([]byte, 0, judged)
	seen := map[rune]byte{}
	for _, r := range p {
		if len(out) == judged {
			break
		}
		if r > unicode.MaxASCII {
			if _, ok := seen[r]; !ok {
				seen[r] = byte((len(seen)*7 + 17) % 32)
			}
			r = rune(seen[r])
		}
		out = append(out, byte(r))
	}
	return string(out)
}

// sameKeys has signs that hardly anybody writes for a letter on the same key's
// or its neighbour's: zxcvbn tries every reading of all of them together.
var sameKeys = strings.NewReplacer("(", "9", "{", "]", "[", "]", "<", ",", "|", `\`, "+", "=")

func divides(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}
