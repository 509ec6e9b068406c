package signin

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a password has to be follows OWASP ASVS 5.0 (V6.2) and NIST SP 800-63B:
// long enough and not among the first that anybody tries; no rules about
// capitals and signs, which only make people write it down.
const (
	shortest = 8   // characters
	longest  = 128 // characters
	fewest   = 5e7 // guesses: half of what zxcvbn counts for eight characters by chance, which may hold a short word
)

// normal is a password as it is hashed: what looks the same on another
// keyboard is the same.
func normal(password string) string { return norm.NFKC.String(password) }

func checkPassword(password string, known ...string) error {
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
	if guesses(p, known...) < fewest {
		return badField("new", "这个密码太常见，容易被猜中；可以用几个不相干的词连成一句", "this password is among the first that are tried; several unrelated words make a good one")
	}
	return nil
}
