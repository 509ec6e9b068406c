package signin

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a password has to be follows OWASP ASVS 5.0 (V6.2) and NIST SP 800-63B:
// long enough and not among the first that anybody tries; no rules about
// capitals and signs, which only make people write it down.
const (
	shortest = 8   // characters
	longest  = 128 // characters
)

// normal is a password as it is hashed: what looks the same on another
// keyboard is the same.
func normal(password string) string { return norm.NFKC.String(password) }

func checkPassword(login, password string) error {
	p := normal(password)
	n := utf8.RuneCountInString(p)
	switch {
	case !utf8.ValidString(password):
		return badField("new", "密码中有无法识别的字符", "the password holds characters that cannot be read")
	case n < shortest:
		return badField("new", "密码至少 8 个字符", "at least 8 characters")
	case n > longest:
		return badField("new", "密码至多 128 个字符", "at most 128 characters")
	}
	lower := strings.ToLower(p)
	switch {
	case login != "" && utf8.RuneCountInString(login) >= 3 && strings.Contains(lower, login) && n < utf8.RuneCountInString(login)+shortest:
		return badField("new", "密码不能只是登录名加几个字符", "not the login with a few characters added")
	case monotonous(lower), walk(lower), date(lower), common(lower):
		return badField("new", "这个密码太常见，容易被猜中；可以用几个不相干的词连成一句", "this password is among the first that are tried; several unrelated words make a good one")
	}
	return nil
}

// monotonous: a piece of up to four characters over and over.
func monotonous(p string) bool {
	r := []rune(p)
	for size := 1; size <= 4; size++ {
		same := true
		for i := size; i < len(r) && same; i++ {
			same = r[i] == r[i%size]
		}
		if same {
			return true
		}
	}
	return false
}

// rows are neighbours on a keyboard and in the alphabet.
var rows = []string{
	"0123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyzabcdef",
	"qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p", "!@#$%^&*()",
}

// walk: nothing but a way along a row, forwards or backwards.
func walk(p string) bool {
	for _, row := range rows {
		if strings.Contains(row, p) || strings.Contains(reversed(row), p) {
			return true
		}
	}
	return false
}

func reversed(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

// date: a birthday.
func date(p string) bool {
	digits := strings.NewReplacer("-", "", ".", "", "/", "", "年", "", "月", "", "日", "").Replace(p)
	if len(digits) != 8 {
		return false
	}
	for _, form := range []string{"20060102", "02012006", "01022006"} {
		if t, err := time.Parse(form, digits); err == nil && t.Year() >= 1900 && t.Year() <= 2100 {
			return true
		}
	}
	return false
}

// words that people begin with, alone or with a number, a year or a sign after
// them; and what is the same in pinyin.
var words = strings.Fields(`password passwd passw0rd p@ssword p@ssw0rd pass admin administrator root user test guest welcome letmein iloveyou
	abc abcd qwe qwer qwert qwerty asd asdf zxc zxcv qaz wsx monkey dragon master sunshine princess football baseball superman
	woaini woaiwo woaizhongguo zhongguo nihao wodemima mima caonima aini wangwei zhangwei liwei dearbook china beijing shanghai anhui bengbu
	mingcha jiandu shenpi xiaoneng dating chuangkou computer internet windows office company changeme default secret login`)

// common: one of the words, or two, with nothing but digits and signs around.
func common(p string) bool {
	core := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	core = strings.NewReplacer("0", "o", "1", "i", "3", "e", "@", "a", "$", "s").Replace(core)
	if core == "" { // digits and signs: ten of them are tried in seconds
		return utf8.RuneCountInString(p) < 10
	}
	if utf8.RuneCountInString(p)-utf8.RuneCountInString(core) > 8 {
		return false
	}
	for _, w := range words {
		after, ok := strings.CutPrefix(core, w)
		if !ok {
			continue
		}
		if after == "" {
			return true
		}
		for _, x := range words {
			if after == x {
				return true
			}
		}
	}
	return false
}
