package pinyin

import (
	_ "embed"
	"strings"
	"sync"
)

// table has a line for each syllable: the syllable, and the characters that read so.
// It is made from go-pinyin by package table (make generate): the library's own map
// of 41,000 characters is built at every start of a program, looked at or not.
//
//go:embed readings.txt
var table string

// readings are all readings of a character, without tones, ü as v.
var readings = sync.OnceValue(func() map[rune][]string {
	of := make(map[rune][]string, 1<<16)
	for line := range strings.Lines(table) {
		syllable, characters, _ := strings.Cut(strings.TrimSpace(line), " ")
		for _, r := range characters {
			of[r] = append(of[r], syllable)
		}
	}
	return of
})
