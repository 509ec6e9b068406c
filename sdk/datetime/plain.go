package datetime

import (
	"regexp"
	"strings"
	"unicode"
)

// plain is a text without what does not matter: signs of full width, blanks of
// every kind, and several in a row.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～': // full width forms of ASCII
			return r - '！' + '!'
		case unicode.IsSpace(r), r == '\u200b', r == '\ufeff':
			return ' '
		case r == '\u2212', r == '–':
			return '-'
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// half is which half of the day a clock of twelve hours means.
type half uint8

const (
	noHalf half = iota
	before      // before noon: 12:05 is 00:05
	after       // after noon: 12:05 is 12:05
	around      // 中午: 11:50 and 12:05 as they stand, 1:05 is 13:05
)

var halves = regexp.MustCompile(`(?i)上午|早上|早晨|清晨|凌晨|下午|晚上|夜里|傍晚|中午|\b[ap]\.m\.|(?:\b|\d)[ap]m(?:\b|\d)`)

// halfOf takes the word for half of the day out of a text. Two words that
// contradict each other are two.
func halfOf(text string) (rest string, of half, n int) {
	rest = halves.ReplaceAllStringFunc(text, func(word string) string {
		n++
		left, right := "", ""
		if word[0] >= '0' && word[0] <= '9' { // 9:30PM
			left, word = word[:1], word[1:]
		}
		if last := len(word) - 1; word[last] >= '0' && word[last] <= '9' { // PM9:30
			word, right = word[:last], word[last:]
		}
		switch strings.ToLower(word) {
		case "上午", "早上", "早晨", "清晨", "凌晨", "am", "a.m.":
			of = before
		case "中午":
			of = around
		default:
			of = after
		}
		return left + " " + right
	})
	return strings.Join(strings.Fields(rest), " "), of, n
}

// hourOf is the hour of a clock of 24 hours; false where the two contradict each
// other.
func hourOf(hour int, of half) (int, bool) {
	switch of {
	case before:
		switch {
		case hour == 12:
			return 0, true
		case hour > 12:
			return 0, false
		}
	case after:
		switch {
		case hour == 24:
			return 0, false
		case hour < 12:
			return hour + 12, true
		}
	case around:
		switch {
		case hour >= 1 && hour <= 2:
			return hour + 12, true
		case hour < 10 || hour > 14:
			return 0, false
		}
	}
	return hour, true
}
