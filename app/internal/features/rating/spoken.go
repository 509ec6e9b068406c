package rating

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// shown is a text by what a person sees of it: two texts that people tell apart are
// two. Full and half width, capitals and small letters, and blanks are not told apart,
// nor is what does not show.
func shown(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(norm.NFC.String(text)))), " ")
}

var (
	bracketed = regexp.MustCompile(`[(\[{【〔〖《<「『](.*?)[)\]}】〕〗》>」』]`)
	// ofScale is what scales write in brackets beside a word: its number.
	ofScale = regexp.MustCompile(`^\s*(?:[0-9]{1,3}|[一二三四五六七八九十])?\s*(?:分|级|档|等|星|颗星|%)?\s*$`)
)

const (
	before = "√✓✔☑●•·-—\"'“”‘’ "  // what lists and forms put before a word
	behind = ".。!~;；,，、·\"'“”‘’ " // and behind it
	joints = "-_ "                // and between English words
	ascii  = unicode.MaxASCII
)

// spoken is the level that a text says in words and in nothing but words; 0 of others.
// remark tells of one that says more beside a level: 不满意（误点） is no 不满意 until
// somebody says so.
func spoken(s string) (level int, remark bool) {
	s = strings.TrimSpace(strings.ToLower(norm.NFKC.String(s)))
	if m := bracketed.FindStringSubmatch(s); m != nil && m[0] == s {
		s = m[1]
	}
	bare := bracketed.ReplaceAllString(s, "")
	level = levelOf(bare)
	if level == 0 {
		return 0, besides(s)
	}
	for _, m := range bracketed.FindAllStringSubmatch(s, -1) {
		if !ofScale.MatchString(m[1]) && levelOf(m[1]) != level {
			return 0, true
		}
	}
	return level, false
}

// levelOf is the level of a text that is a level's word; 0: it is none.
func levelOf(s string) int {
	s = strings.TrimLeft(strings.TrimRight(strings.TrimSpace(s), behind), before)
	if level := levelWords[compact(s)]; level > 0 {
		return level
	}
	if m := numbered.FindStringSubmatch(s); m != nil {
		return levelWords[compact(m[1])]
	}
	return 0
}

// compact is a word without the blanks in it, an English one also without what joins
// its parts.
func compact(s string) string {
	foreign := strings.ContainsFunc(s, func(r rune) bool { return r > ascii })
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), !foreign && strings.ContainsRune(joints, r):
			return -1
		}
		return r
	}, s)
}

// besides tells whether a text begins or ends with a level's word that something sets
// off from what else it says.
func besides(s string) bool {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	parts := strings.FieldsFunc(s, apart)
	if len(parts) == 0 {
		return false
	}
	return levelWords[parts[0]] > 0 || levelWords[parts[len(parts)-1]] > 0
}

// aside is what stands in round brackets.
var aside = regexp.MustCompile(`[（(].*?[)）]`)

// identityOfWords is what a rating whose level is in words is known by: its level
// where the word is one's whatever is written around it, or else its letters.
func identityOfWords(s string) string {
	bare := aside.ReplaceAllString(s, "")
	if m := numbered.FindStringSubmatch(strings.TrimSpace(bare)); m != nil && levelWords[plain(bare)] == 0 {
		bare = m[1]
	}
	if level := levelWords[plain(bare)]; level > 0 {
		return pb.RatingLevel(level).String()
	}
	if key := plain(bare); key != "" {
		return key
	}
	return s
}
