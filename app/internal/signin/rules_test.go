package signin

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// What a generator of passwords makes is hardly ever refused, be it the
// shortest.
func TestPasswordsMadeByChanceAreTaken(t *testing.T) {
	for alphabet, most := range map[string]int{ // of a thousand
		"abcdefghijklmnopqrstuvwxyz0123456789":                           100,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789": 50,
	} {
		chance := rand.New(rand.NewPCG(1, 2)) // the same for each, in whatever order they come
		refused := 0
		for range 1000 {
			var p strings.Builder
			for range 8 {
				p.WriteByte(alphabet[chance.IntN(len(alphabet))])
			}
			if checkPassword("wang", p.String()) != nil {
				refused++
			}
		}
		if refused > most {
			t.Errorf("%d of a thousand of %s are refused", refused, alphabet)
		}
	}
}

func TestWhateverIsAddedANumberIsNotMade(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("wangfang monkey qwerty password superman iloveyou woaini dragon"))
	rapid.Check(t, func(t *rapid.T) { // a word, a year or some ones, a sign
		p := word.Draw(t, "word") + rapid.StringMatching(`(19|20)[0-9]{2}|1{2,6}|1234?5?`).Draw(t, "number") + rapid.StringMatching(`[!.@]?`).Draw(t, "sign")
		if rapid.Bool().Draw(t, "capital") {
			p = strings.ToUpper(p[:1]) + p[1:]
		}
		if checkPassword("wang", p) == nil {
			t.Fatalf("%q was taken", p)
		}
	})
}

func TestAPasswordSaidTwiceIsHardlyMoreGuesses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringMatching(`[!-@a-z]{2,24}`).Draw(t, "password")
		once, twice := pieces([]rune(p), nil), pieces([]rune(p+p), nil)
		if once <= 0 || once > 9*float64(len(p)) || twice > once+1 {
			t.Fatalf("%q: %v, said twice %v", p, once, twice)
		}
	})
}

// The work is bounded: it is done for whoever may change a password.
func TestTheLongestPasswordIsJudgedQuickly(t *testing.T) {
	begun := time.Now()
	guesses(strings.Repeat("aB3$wang", longest/8), "wang")
	if took := time.Since(begun); took > time.Second {
		t.Errorf("takes %v", took)
	} else {
		t.Log(took)
	}
}
