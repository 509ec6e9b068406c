// Command table writes how characters read, as package pinyin embeds it: a line for
// each syllable without its tone (ü as v), then all characters that have it among
// their readings.
package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"slices"
	"unicode"

	gopinyin "github.com/mozillazg/go-pinyin"
)

func main() {
	args := gopinyin.NewArgs()
	args.Style, args.Heteronym = gopinyin.Normal, true
	of := map[string][]rune{}
	for c := range gopinyin.PinyinDict {
		if r := rune(c); unicode.Is(unicode.Han, r) {
			for _, syllable := range gopinyin.SinglePinyin(r, args) {
				of[syllable] = append(of[syllable], r)
			}
		}
	}
	out := bufio.NewWriter(os.Stdout)
	for _, syllable := range slices.Sorted(maps.Keys(of)) {
		slices.Sort(of[syllable])
		fmt.Fprintf(out, "%s %s\n", syllable, string(of[syllable]))
	}
	if err := out.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}
