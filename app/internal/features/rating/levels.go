package rating

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// levelWords are how raters call levels, in words that leave no doubt: 1 the best
// to 5, of scales of two to five steps.
var levelWords = func() map[string]int {
	out := map[string]int{}
	for i, words := range []string{
		"非常满意 很满意 十分满意 特别满意 极为满意 极满意 完全满意 很好 非常好 优 优秀 verysatisfied extremelysatisfied completelysatisfied excellent verygood",
		"满意 比较满意 较满意 好 较好 良 良好 好评 satisfied fairlysatisfied somewhatsatisfied satisfactory good",
		"基本满意 一般 一般满意 尚可 中 中等 中评 还可以 合格 较一般 fair neutral average ok okay acceptable neithersatisfiednordissatisfied",
		"不满意 不太满意 较不满意 比较不满意 不够满意 差 较差 差评 不好 不合格 dissatisfied unsatisfied notsatisfied unsatisfactory somewhatdissatisfied poor bad",
		"非常不满意 很不满意 十分不满意 极不满意 特别不满意 极为不满意 完全不满意 很差 非常差 极差 verydissatisfied extremelydissatisfied completelydissatisfied veryunsatisfied verypoor verybad",
	} {
		for w := range strings.FieldsSeq(words) {
			out[w] = i + 1
		}
	}
	return out
}()

var (
	numbered = regexp.MustCompile(`^[0-9]+[\s.、:：\-—_]*(\D+)$`)
	digit    = regexp.MustCompile(`^([+\-]?[0-9]{1,3}(?:\.[0-9]{1,4})?)\s*[分级档等]?$`)
	letter   = regexp.MustCompile(`^([a-z])([+\-]?)\s*[级档等类]?$`)
	star     = regexp.MustCompile(`^([1-5一二两三四五])\s*(?:颗)?(?:星|星级|stars?)$`)
	stars    = regexp.MustCompile(`^[★*]{1,5}☆*$`)
)

// words say what is wrong with a row; zero: nothing.
type words struct {
	zh, en string
	of     field // which of its cells; empty: the row as a whole
}

// What a level is, where it is no word: a number or a letter, of a scale that nobody
// can know, or so many stars.
const (
	isNumber = "number"
	isLetter = "letter"
	isStars  = "stars"
)

// mark is a level as a file has it.
type mark struct {
	key    string // what tells it from others: what a person says that it means
	level  int    // by its word alone; 0: that says nothing
	kind   string // "": it is a word
	number int    // which, of letters from 1
	stars  int    // more are better, but of how many?
	remark bool   // a known level and more words, which may take it back
	// identity is a level in what tells a rating from others: as the file has it, so
	// that the same file read by another scale corrects what it brought, and doubles
	// nothing. It is coarser than the key, since ratings of before are known by it.
	identity string
}

// marked reads what stands in a cell.
func marked(text string) mark {
	s := strings.ToLower(strings.TrimSpace(norm.NFKC.String(text)))
	x := mark{key: shown(text)}
	if m := digit.FindStringSubmatch(s); m != nil {
		n, _ := strconv.ParseFloat(m[1], 64)
		x.kind, x.number, x.identity = isNumber, int(math.Round(n)), strconv.FormatFloat(n, 'f', -1, 64)
		if x.identity == strconv.Itoa(x.number) && x.number >= 1 && x.number <= 5 {
			x.identity = pb.RatingLevel(x.number).String()
		}
		return x
	}
	if m := letter.FindStringSubmatch(s); m != nil {
		x.kind, x.number, x.identity = isLetter, int(m[1][0]-'a')+1, m[1]+m[2]
		return x
	}
	if m := star.FindStringSubmatch(s); m != nil {
		x.kind, x.stars = isStars, strings.Index("12345", m[1])+1
		if x.stars == 0 {
			x.stars = map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}[m[1]]
		}
	} else if stars.MatchString(s) {
		x.kind, x.stars = isStars, strings.Count(s, "★")+strings.Count(s, "*")
	}
	if x.stars > 0 {
		x.identity = pb.RatingLevel(6 - x.stars).String()
		return x
	}
	x.level, x.remark = spoken(s)
	x.identity = identityOfWords(s)
	return x
}

// whole is a number that a level is, without a fraction; ok is false of what is none.
func (m *mark) whole() (n int, ok bool) {
	d := digit.FindStringSubmatch(m.key)
	if m.kind != isNumber || d == nil {
		return 0, false
	}
	f, err := strconv.ParseFloat(d[1], 64)
	return m.number, err == nil && f == float64(m.number)
}

// unsure tells whether a person must say what a mark means: of a number or a letter
// nobody can know how many steps its scale has, nor whether they go up or down.
func (m *mark) unsure() bool { return m.kind == isNumber || m.kind == isLetter }

// strange tells whether a mark is a word that is not known as a level's, and might be
// one.
func (m *mark) strange(text string) bool {
	return m.kind == "" && m.level == 0 && !byNobody(text)
}

// byNobody tells of what raters enter by themselves after a while.
func byNobody(text string) bool { return strings.Contains(text, "默认") }

// Meaning is what each mark of a file means, by its key: a level from 1 to 5, or
// LeftOut.
type Meaning map[string]int

// LeftOut is the level of rows that are not taken: a person said so.
const LeftOut = -1

// level is the level of a cell, or what is wrong with it.
func (r *reader) level(text string) (int, mark, words) {
	wrong := func(zh, en string) (int, mark, words) { return 0, mark{}, words{zh, en, fieldLevel} }
	if strings.TrimSpace(text) == "" {
		return wrong("没有填满意度", "there is no level")
	}
	x := marked(text)
	level, said := r.meaning[x.key]
	switch {
	case level == LeftOut:
		return wrong(fmt.Sprintf("满意度“%s”按您的选择不导入", cut(text)), fmt.Sprintf("the level “%s” is left out, as you chose", cut(text)))
	case said:
		return level, x, words{}
	case byNobody(text):
		return wrong(fmt.Sprintf("“%s”不是群众自己评的，不计入", cut(text)), fmt.Sprintf("“%s” was not given by anybody and does not count", cut(text)))
	case x.level > 0:
		return x.level, x, words{}
	case r.scale.of(&x) > 0:
		return r.scale.of(&x), x, words{}
	case x.stars > 0 && r.most >= 4:
		return 6 - x.stars, x, words{}
	case x.remark:
		return wrong(fmt.Sprintf("满意度“%s”除了等级还写着别的话，不能只当作那一级，请先选定", cut(text)), fmt.Sprintf("the level “%s” has other words beside a level, which may take it back; choose first what it means", cut(text)))
	case x.kind != "":
		return wrong(fmt.Sprintf("满意度“%s”不知是几级里的第几级，请先选定", cut(text)), fmt.Sprintf("of the level “%s” it is not known which it is, of how many; choose first", cut(text)))
	}
	return wrong(fmt.Sprintf("看不懂满意度“%s”", cut(text)), fmt.Sprintf("the level “%s” is not understood", cut(text)))
}
