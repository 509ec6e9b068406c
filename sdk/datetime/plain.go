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

// half is which part of the day a clock of twelve hours means.
type half uint8

const (
	noHalf   half = iota
	before        // before noon: 12:05 is 00:05
	after         // after noon: 12:05 is 12:05
	around        // 中午, noon: 11:50 and 12:05 as they stand, 1:05 is 13:05
	evening       // 晚上: 5:05 is 17:05; 12:05 is 00:05, 1:05 as it stands
	night         // 夜里: 6:05 is 18:05; 12:05 is 00:05, 1:05 as it stands
	midnight      // 午夜: as night; alone it is 00:00
	dusk          // 傍晚: 6:05 is 18:05; there is no 12:05
)

// halfWords are the words for parts of the day, as programs (the day periods of
// Unicode's CLDR) and people write them.
var halfWords = map[string]half{
	"上午": before, "午前": before, "早上": before, "早晨": before, "早间": before, "清晨": before, "凌晨": before, "清早": before, "大早": before,
	"am": before, "a.m.": before, "in the morning": before,
	"下午": after, "午后": after, "pm": after, "p.m.": after, "in the afternoon": after,
	"中午": around, "正午": around, "晌午": around, "午间": around, "noon": around,
	"晚上": evening, "晚间": evening, "晚間": evening, "夜晚": evening, "晚": evening, "in the evening": evening,
	"夜里": night, "夜裡": night, "夜间": night, "夜間": night, "深夜": night, "半夜": night, "夜": night, "at night": night,
	"午夜": midnight, "子夜": midnight, "midnight": midnight,
	"傍晚": dusk,
}

var halves = regexp.MustCompile(`(?i)上午|午前|早上|早晨|早间|清晨|凌晨|清早|大早|下午|午后|中午|正午|晌午|午间|傍晚|晚上|晚间|晚間|夜晚|晚|夜里|夜裡|夜间|夜間|深夜|半夜|午夜|子夜|夜|` +
	`\bin the (?:morning|afternoon|evening)\b|\bat night\b|(?:\b|\d)noon\b|(?:\b|\d)midnight\b|(?:\b|\d)[ap]\.m\.|(?:\b|\d)[ap]m(?:\b|\d)`)

// inHalves are characters of which each word for a part of the day has one.
const inHalves = "午早晨晚夜mMnN"

// halfOf takes the word for a part of the day out of a text. Two words that
// contradict each other are two. Most times have none, and are not searched for one.
func halfOf(text string) (rest string, of half, n int) {
	if !strings.ContainsAny(text, inHalves) {
		return strings.Join(strings.Fields(text), " "), noHalf, 0
	}
	rest = halves.ReplaceAllStringFunc(text, func(word string) string {
		left, word, right := bare(word)
		of = halfWords[strings.ToLower(word)]
		n++
		return left + " " + right
	})
	return strings.Join(strings.Fields(rest), " "), of, n
}

// bare is a word without the digits that stand at it: 9:30PM, PM9:30.
func bare(match string) (left, word, right string) {
	word = strings.TrimLeft(match, "0123456789")
	left = match[:len(match)-len(word)]
	right = word
	word = strings.TrimRight(word, "0123456789")
	return left, word, right[len(word):]
}

// bareHour is an hour without minutes, which only a word for a part of the day
// makes a time: 12 AM, 3 pm.
var bareHour = regexp.MustCompile(`^(\d{1,2})$`)

// alone is the hour that a word means without one; false for those that mean none.
func alone(of half, text string) (hour int, means bool) {
	if text != "" {
		return 0, false
	}
	return 12, of == around || of == midnight
}

// hourOf is the hour of a clock of 24 hours; false where the two contradict each
// other. The date that stands beside it is that of the instant, as programs write
// it: 12:10 at night of a date is ten past its beginning.
func hourOf(hour int, of half) (int, bool) {
	switch of {
	case noHalf:
		return hour, true
	case before:
		return hour % 12, hour <= 12
	case after:
		return hour%12 + 12, hour < 24
	case around:
		switch {
		case hour >= 1 && hour <= 2:
			return hour + 12, true
		case hour < 10 || hour > 14:
			return 0, false
		}
		return hour, true
	case dusk:
		return hour%12 + 12, hour >= 4 && hour <= 8 || hour >= 16 && hour <= 20
	}
	first := 5 // from this hour on it is that of the evening
	if of != evening {
		first = 6
	}
	switch {
	case hour == 12:
		return 0, true
	case hour >= first && hour < 12:
		return hour + 12, true
	}
	return hour, hour < first || hour >= first+12 && hour < 24
}
