package datetime

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var endOfDay = regexp.MustCompile(`\b24(:?00(?::?00(?:[.,]0+)?)?)`)

// readLayouts reads a text in one of the given layouts.
func readLayouts(text, written string, layouts []string, zone *time.Location) (time.Time, error) {
	clock, of, n := twelve(text)
	ended := endOfDay.ReplaceAllString(text, "00$1")
	for _, layout := range layouts {
		if at, fits := parse(layout, clock, zone); fits {
			if n == 0 {
				return at, nil
			}
			if hour, fits := inHalf(at.Hour(), of); n == 1 && fits {
				return time.Date(at.Year(), at.Month(), at.Day(), hour, at.Minute(), at.Second(), at.Nanosecond(), at.Location()), nil
			}
			return time.Time{}, contradicts(written)
		}
		if at, fits := parse(layout, ended, zone); fits && ended != text {
			return lastOf(at.AddDate(0, 0, 1)), nil
		}
	}
	return time.Time{}, problem("时间 %q 不合所写的格式（%s）。", "The time %q fits none of the formats given (%s).", written, strings.Join(layouts, ", "))
}

// parse reads a text in a layout, also one with a 60th second, which Go's parser takes for
// a fault: where another number in its place would be the second.
func parse(layout, text string, zone *time.Location) (at time.Time, fits bool) {
	if at, err := time.ParseInLocation(layout, text, zone); err == nil {
		return at, true
	}
	for i := strings.Index(text, "60"); i >= 0; {
		with := func(second string) int {
			at, err := time.ParseInLocation(layout, text[:i]+second+text[i+2:], zone)
			if err != nil {
				return -1
			}
			return at.Second()
		}
		if with("57") == 57 && with("58") == 58 {
			at, err := time.ParseInLocation(layout, text[:i]+strconv.Itoa(leapSecond)+text[i+2:], zone)
			return at.Truncate(time.Second), err == nil
		}
		next := strings.Index(text[i+1:], "60")
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return time.Time{}, false
}

// twelve puts AM where a text has its word for a part of the day, which then tells
// what the hour of the clock is.
func twelve(text string) (clock string, of half, n int) {
	clock = halves.ReplaceAllStringFunc(text, func(word string) string {
		left, word, right := bare(word)
		of = halfWords[strings.ToLower(word)]
		n++
		if word == "am" || word == "pm" { // small, as the layout may have it
			return left + "am" + right
		}
		return left + "AM" + right
	})
	return clock, of, n
}

// inHalf is hourOf for an hour that was read as one before noon.
func inHalf(hour int, of half) (int, bool) {
	if hour == 0 {
		hour = 12
	}
	return hourOf(hour, of)
}
