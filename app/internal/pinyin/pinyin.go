// Package pinyin finds Chinese names by the letters that people type for them: the
// initials (gaj), the whole syllables (gonganju), or some of either (gongaj). A
// character with several readings (行, 长, 重) is found by each of them.
package pinyin

import (
	"strings"
	"unicode"
)

// Query is what somebody looks for by letters.
type Query struct{ letters string }

// fewest letters are looked for: one alone is in almost every name.
const fewest = 2

// Of makes a query of what was typed; ok is false where it is no pinyin: letters of
// the alphabet, with blanks and apostrophes between syllables.
func Of(typed string) (q Query, ok bool) {
	var b strings.Builder
	for _, r := range strings.ToLower(typed) {
		switch {
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		case r == 'ü':
			b.WriteByte('v')
		case unicode.IsSpace(r) || r == '\'' || r == '’':
		default:
			return q, false
		}
	}
	return Query{b.String()}, b.Len() >= fewest
}

// In tells whether a part of a name reads so: from the beginning of a character on,
// each character by its initial or a whole reading, the last by the beginning of one.
func (q Query) In(name string) bool {
	var of [][]string // each character's readings, none of what is no Chinese character
	for _, r := range name {
		of = append(of, readings()[r])
	}
	for i := range of {
		if len(of[i]) > 0 && reads(of[i:], q.letters) {
			return true
		}
	}
	return false
}

// reads tells whether characters read as the letters begin. It keeps up to which
// letters they can be read, so that it costs no more than letters times characters.
func reads(readings [][]string, letters string) bool {
	at := make([]bool, len(letters)+1) // read up to there
	at[0] = true
	for _, all := range readings {
		next, some := make([]bool, len(letters)+1), false
		for from := range letters {
			if !at[from] {
				continue
			}
			left := letters[from:]
			for _, r := range all {
				for _, reading := range spelled(r) {
					if strings.HasPrefix(reading, left) { // still being typed
						return true
					}
					for _, part := range []string{reading, initial(reading), reading[:1]} {
						if strings.HasPrefix(left, part) {
							next[from+len(part)], some = true, true
						}
					}
				}
			}
		}
		if next[len(letters)] {
			return true
		}
		if !some {
			return false
		}
		at = next
	}
	return false
}

// spelled is a reading as people type it: ü is typed v, or u.
func spelled(reading string) []string {
	if strings.Contains(reading, "v") {
		return []string{reading, strings.Replace(reading, "v", "u", 1)}
	}
	return []string{reading}
}

// initial is a reading's initial consonant, of zh, ch and sh both letters.
func initial(reading string) string {
	if len(reading) > 1 && reading[1] == 'h' {
		return reading[:2]
	}
	return reading[:1]
}
