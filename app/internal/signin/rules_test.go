package signin

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/trustelem/zxcvbn/frequency"
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
			if checkPassword(p.String(), "wang") != nil {
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
		if checkPassword(p, "wang") == nil {
			t.Fatalf("%q was taken", p)
		}
	})
}

// ASVS 6.2.4.
func TestTheCommonestPasswordsAreRefused(t *testing.T) {
	tried := 0
	for _, p := range frequency.FrequencyLists["passwords"] {
		if len(p) < shortest || tried == 3000 {
			continue
		}
		tried++
		for _, p := range []string{p, strings.ToUpper(p[:1]) + p[1:]} {
			if checkPassword(p) == nil {
				t.Errorf("%q was taken", p)
			}
		}
	}
	if n := len(frequency.FrequencyLists["passwords"]); tried != 3000 || n < 10_000 {
		t.Errorf("%d passwords tried of a list of %d", tried, n)
	}
}

func TestWhatIsKnownOfAPersonIsNoPassword(t *testing.T) {
	known := []string{"wang.xf", "王晓芳", "规划局", "Hongqi Road"}
	for _, bad := range []string{"wangxf2026", "Wang.XF!2026", "xf13955512345", "13955512345a", "340300198001010011", "34030019800101001X", "王晓芳王晓芳王晓", "规划局王晓芳2026",
		"wangfang520", "WangFang@2026", "woaini123456", "woaizhongguo1", "qwe123456", "88888888", "1q2w3e4r5t", "zhangwei19900101", "chenjie88", "hongqi2026", "我爱你1314520", "密码密码密码密码"} {
		if checkPassword(bad, known...) == nil {
			t.Errorf("%q was taken: %.3g guesses", bad, guesses(bad, known...))
		}
	}
	for _, fine := range []string{"窗外的雨下了三天三夜", "mei tian zou lu shang ban", "两把旧椅子 and a kettle", "Regen auf dem Dach", "gF4-wo9Kq!"} {
		if err := checkPassword(fine, known...); err != nil {
			t.Errorf("%q was refused: %.3g guesses", fine, guesses(fine, known...))
		}
	}
}

func TestAPasswordSaidTwiceIsHardlyMoreGuesses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringMatching(`[!-@a-z\p{Han}]{3,12}`).Draw(t, "password")
		once, twice := guesses(p), guesses(p+p)
		if once < 1 || twice > 1e3*once {
			t.Fatalf("%q: %v, said twice %v", p, once, twice)
		}
	})
}

// Whatever is typed is judged, and what follows the judged part changes nothing.
func TestWhateverIsTypedIsJudged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringN(0, longest, -1).Draw(t, "password")
		if g := guesses(normal(p), "wang", "王芳"); !(g >= 1) {
			t.Fatalf("%q: %v", p, g)
		}
		p = rapid.StringMatching(`[ -~]{24}`).Draw(t, "judged")
		if a, b := guesses(p), guesses(p+" and more"); a != b {
			t.Fatalf("%q: %v, with more %v", p, a, b)
		}
	})
}

// The work is bounded: it is done for whoever may change a password.
func TestTheHardestPasswordsAreJudgedQuickly(t *testing.T) {
	for _, p := range []string{strings.Repeat("aB3$wang", longest/8), strings.Repeat("4@8({[<3 69!1|0$5+7%2", 6), strings.Repeat("ab", 64), strings.Repeat("@1!7$5+069", 12),
		strings.Repeat("thepassword1990", 8), strings.Repeat("一二三四", 32)} {
		least := time.Hour
		for range 20 { // others work on this machine, too
			begun := time.Now()
			guesses(p, "wang")
			least = min(least, time.Since(begun))
		}
		if t.Logf("%.12s… takes %v", p, least); least > 500*time.Millisecond {
			t.Errorf("%q takes %v", p, least)
		}
	}
}
