package patterns

import (
	"strings"
	"testing"

	"github.com/trustelem/zxcvbn/frequency"
	"github.com/trustelem/zxcvbn/matching"
	"github.com/trustelem/zxcvbn/scoring"
	"pgregory.net/rapid"
)

// library is the estimate by zxcvbn's own matching.
func library(password string, first []string) float64 {
	return scoring.MostGuessableMatchSequence(password, matching.Omnimatch(password, first), true).Guesses
}

var known = []string{"wang", "xiaofang", "admin", "2026", "1314520", "Hongqi", "wang"}

// What zxcvbn's own matching estimates is estimated here: of its lists, as they stand
// and as people change them.
func TestTheEstimateIsZxcvbns(t *testing.T) {
	changes := []func(string) string{
		func(s string) string { return s },
		func(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "1" },
		func(s string) string { return reversed(s) + "2019" },
		func(s string) string { return strings.NewReplacer("a", "@", "o", "0", "e", "3").Replace(s) },
		func(s string) string { return strings.NewReplacer("i", "1", "l", "7", "s", "$").Replace(s) + "!" },
		func(s string) string { return s + s },
		func(s string) string { return "wang" + s + "12.3.98" },
		func(s string) string { return s + "qwert" + s },
	}
	for _, p := range []string{
		"", "a", "1", "aa", "ab", "acegik", "afkpu", "agmsy", "zyxw", "97531", "abcdcba",
		"aabaab", "aaaa", "abcabcabc", "aabaabaabaab", "xaaaaabbbbb", "wangwang", "passwordpassword",
		"1991", "9111", "11191", "111504", "1112015", "20150604", "2015_06_04", "1/1/91", "31.12.1999", "12-31-99", "99-12-31", "1999 12 31", "45/45/45", "1/2-1999", "1/1/50", "31.12.51", "0/5/0", "40/5/40", "00/00/2000", "13/13/13", "999/1/1", "2051.1.1",
		"1899", "1900", "2019", "2020", "191999", "qwerty", "QWERTY", "!@#$%^", "zaq1xsw2", "',.pyf", "789456123", "/*-+", "poiuyt", "qw", "qwe",
		"P@ssw0rd", "1337", "4dm1n", "7i77le", "drowssap", "DROWSSAP", "PassWorD", "zxcvbn2019", "\x11\x18\x1f\x7f\x7f\x11\x18",
	} {
		if ours, its := Guesses(p, known), library(p, known); ours != its {
			t.Errorf("%q: %g, and zxcvbn %g", p, ours, its)
		}
	}
	tried := 0
	for _, list := range frequency.FrequencyLists {
		for i := 0; i < len(list); i += 97 {
			for _, change := range changes {
				p := change(list[i])
				if len(p) > 24 {
					continue
				}
				tried++
				if ours, its := Guesses(p, known), library(p, known); ours != its {
					t.Errorf("%q: %g, and zxcvbn %g", p, ours, its)
				}
			}
		}
	}
	if tried < 7000 {
		t.Errorf("%d tried", tried)
	}
}

func TestTheEstimateOfAnySignsIsZxcvbns(t *testing.T) {
	part := rapid.OneOf(
		rapid.StringMatching(`[ -~]{1,6}`),
		rapid.StringMatching(`[0-9]{1,10}`),
		rapid.StringMatching(`[0-9]{1,4}[-./_ ][0-9]{1,2}[-./_ ][0-9]{1,4}`),
		rapid.StringMatching(`(19|20)[0-9]{2}`),
		rapid.StringMatching(`[a-e]{1,3}`),
		rapid.Custom(func(t *rapid.T) string { // a run of any step
			at, step, run := rapid.IntRange('0', 'z').Draw(t, "first"), rapid.IntRange(-6, 6).Draw(t, "step"), ""
			for ; len(run) < 5 && at >= ' ' && at <= '~'; at += step {
				run += string(rune(at))
			}
			return run
		}),
		rapid.StringMatching(`[1-9qazwsx]{2,5}`),
		rapid.SampledFrom(strings.Fields("wang password P@ssw0rd qwerty drowssap abcdef 97531 zxcvbn 1a2b iloveyou 4dm1n 741852963 aabaab")),
	)
	rapid.Check(t, func(t *rapid.T) {
		p := strings.Join(rapid.SliceOfN(part, 1, 4).Draw(t, "parts"), "")
		p = p[:min(len(p), 24)]
		ours, its := Guesses(p, known), library(p, known)
		if ours > its || ours < its && lettersWithSigns(p) < 4 {
			t.Fatalf("%q: %g, and zxcvbn %g", p, ours, its)
		}
	})
}

// lettersWithSigns is for how many letters signs may stand in a password. From the
// fourth on zxcvbn's own matching writes one reading over another and loses words.
func lettersWithSigns(p string) (n int) {
	for _, of := range signsOf {
		if strings.ContainsAny(p, of.signs) {
			n++
		}
	}
	return n
}

// 4dm1n is admin among all of these signs, of which zxcvbn's own matching finds it in
// none; ten digits by chance stand before it.
func TestWordsAreFoundHoweverManySignsThereAre(t *testing.T) {
	const p = "00003009704dm1n!"
	if ours, its := Guesses(p, known), library(p, known); ours >= its {
		t.Errorf("%g, and zxcvbn %g", ours, its)
	}
}
