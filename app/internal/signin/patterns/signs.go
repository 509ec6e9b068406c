package patterns

import (
	"maps"
	"strings"

	"github.com/trustelem/zxcvbn/match"
)

// signsOf are the signs that people write for a letter, by what they look like.
var signsOf = []struct {
	letter byte
	signs  string
}{
	{'a', "4@"}, {'b', "8"}, {'c', "({[<"}, {'e', "3"}, {'g', "69"}, {'i', "1!|"},
	{'l', "1|7"}, {'o', "0"}, {'s', "$5"}, {'t', "+7"}, {'x', "%"}, {'z', "2"},
}

// reading is which letter each sign stands for.
type reading map[byte]byte

// readings are all ways in which one sign stands for each letter that has any in
// the password. A sign that may be of two letters (1 of i and l) is of either.
func readings(password string) []reading {
	all := []reading{{}}
	for _, of := range signsOf {
		var next []reading
		for _, sign := range []byte(of.signs) {
			if strings.IndexByte(password, sign) < 0 {
				continue
			}
			for _, r := range all {
				if _, taken := r[sign]; taken {
					next = add(next, r)
				}
				r = maps.Clone(r)
				r[sign] = of.letter
				next = add(next, r)
			}
		}
		if next != nil {
			all = next
		}
	}
	return all
}

// add appends a reading that is not there yet.
func add(to []reading, r reading) []reading {
	for _, other := range to {
		if maps.Equal(other, r) {
			return to
		}
	}
	return append(to, r)
}

// inOtherSigns finds the words in which signs stand for letters. A single sign is
// no word: i and a are among the commonest.
func (d dictionary) inOtherSigns(password string) (found []*match.Match) {
	for _, r := range readings(password) {
		if len(r) == 0 {
			continue
		}
		letters := []byte(password)
		for i, b := range letters {
			if letter, ok := r[b]; ok {
				letters[i] = letter
			}
		}
		for _, m := range d.plain(string(letters)) {
			m.Token = password[m.I : m.J+1]
			if m.I == m.J || strings.ToLower(m.Token) == m.MatchedWord {
				continue
			}
			m.L33t, m.Sub = true, map[string]string{}
			for sign, letter := range r {
				if strings.IndexByte(m.Token, sign) >= 0 {
					m.Sub[string(rune(sign))] = string(rune(letter))
				}
			}
			found = append(found, m)
		}
	}
	return found
}
