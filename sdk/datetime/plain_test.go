package datetime

import (
	"strings"
	"testing"
)

// A text is searched for a part of the day only where one can be: no word is missed.
func TestEveryWordForAPartOfTheDayIsFound(t *testing.T) {
	for word, want := range halfWords {
		for _, written := range []string{word, strings.ToUpper(word)} {
			rest, of, n := halfOf("2026-03-02 " + written + " 9:30")
			if rest != "2026-03-02 9:30" || of != want || n != 1 {
				t.Errorf("%s: %q, %d, %d words; want %d", written, rest, of, n, want)
			}
		}
	}
	if rest, of, n := halfOf(" 2026-03-02  09:30 "); rest != "2026-03-02 09:30" || of != noHalf || n != 0 {
		t.Errorf("without a word: %q, %d, %d", rest, of, n)
	}
}
