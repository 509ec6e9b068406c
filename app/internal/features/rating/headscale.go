package rating

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// scale is what a heading says of the levels below it: 满意度（1-5分），
// 评价（非常满意/满意/不满意）, 评分（1非常满意 … 5非常不满意）.
type scale struct {
	text      string      // as the heading has it
	low, high int         // numbers from and to; both 0: it names none
	level     map[int]int // of the numbers of which it says what they mean
	words     []int       // levels that it names in words, without numbers
}

// steps are what the levels of scales of three to five steps mean, the best first, as
// pages offer them.
var steps = map[int][]int{3: {2, 3, 4}, 4: {1, 2, 3, 4}, 5: {1, 2, 3, 4, 5}}

// headed is what a heading says of its levels, if it begins as a column of levels is
// called and goes on with nothing but a scale; nil where that is not understood, or is
// but a word of forms.
func headed(heading string) (s *scale, ok bool) {
	text := strings.ToLower(norm.NFKC.String(heading))
	text = strings.TrimLeft(strings.TrimSpace(text), "*请您对的 ")
	for name := beginning(text, longestName); name != ""; {
		last, size := utf8.DecodeLastRuneInString(name)
		if rest := text[len(name):]; rest != "" && unicode.IsLetter(last) && fields[plain(name)] == fieldLevel {
			if s, ok = scaleOf(rest); ok {
				return s, true
			}
		}
		name = name[:len(name)-size]
	}
	return nil, false
}

// longestName bounds what a column's name is looked for in, in characters: a cell of a
// table may hold 32,767.
const longestName = 40

// beginning is the first so many characters of a text.
func beginning(text string, most int) string {
	for i := range text {
		if most == 0 {
			return text[:i]
		}
		most--
	}
	return text
}

// filler is what scales are written with besides numbers and levels, and filled what
// forms say of a field.
const filler = "分级档等星颗制为是即表示代从到至满共打请按选择个"

var filled = map[string]bool{"必填": true, "必选": true, "单选": true, "选填": true, "必答": true, "required": true, "*": true}

// What ends of a scale are called.
var ends = map[string]int{"最好": 1, "最高": 1, "最优": 1, "最满意": 1, "best": 1, "最差": 5, "最低": 5, "最不满意": 5, "worst": 5}

// token is a number, or a level's word.
type token struct {
	number int
	level  int  // 0: it is a number
	end    bool // the best or the worst, whatever that is
}

// scaleOf reads what follows a column's name in its heading.
func scaleOf(text string) (*scale, bool) {
	if filled[plain(text)] || plain(text) == "" {
		return nil, true
	}
	all, ok := tokens(text)
	if !ok {
		return nil, false
	}
	s, ok := understood(all, text)
	if !ok {
		return nil, bracketed.MatchString(text)
	}
	return s, true
}

func understood(all []token, text string) (*scale, bool) {
	s := &scale{text: strings.TrimSpace(text), level: map[int]int{}}
	var numbers []int
	words := 0
	for _, t := range all {
		if t.level > 0 {
			words++
		} else {
			numbers = append(numbers, t.number)
		}
	}
	switch {
	case len(all) == 0:
		return nil, false
	case len(numbers) == 0:
		for _, t := range all {
			if t.end {
				return nil, false
			}
			s.words = append(s.words, t.level)
		}
		return s, len(s.words) > 1
	case words == 0:
		return s, s.span(numbers, text)
	}
	// Numbers that none of the words belongs to are the scale's ends: 1-5分，5分最好.
	from := 0
	if extra := len(numbers) - words; extra == 2 && all[0].level == 0 && all[1].level == 0 {
		if !s.span(numbers[:2], text) {
			return nil, false
		}
		from = 2
	} else if extra != 0 {
		return nil, false
	}
	return s, s.pair(all[from:])
}

// span takes the ends of a scale.
func (s *scale) span(numbers []int, text string) bool {
	s.low, s.high = slices.Min(numbers), slices.Max(numbers)
	if len(numbers) == 1 { // 5分制, 五级, 满分100
		if s.low = 1; s.high > 5 {
			s.low = 0
		}
		return s.high > 1 && strings.ContainsAny(text, "分制级档星满")
	}
	return s.low < s.high
}

// pair takes numbers and the words that stand beside them, all before or all behind.
func (s *scale) pair(all []token) bool {
	first := all[0].level == 0
	best, worst := 0, 0
	for i := 0; i < len(all); i += 2 {
		if i+1 == len(all) || (all[i].level == 0) != first || (all[i+1].level == 0) == first {
			return false
		}
		n, w := all[i], all[i+1]
		if !first {
			n, w = w, n
		}
		if w.end {
			if w.level == 1 {
				best = n.number
			} else {
				worst = n.number
			}
		} else {
			s.level[n.number] = w.level
		}
		if s.high == 0 && s.low == 0 {
			s.low, s.high = n.number, n.number
		}
		s.low, s.high = min(s.low, n.number), max(s.high, n.number)
	}
	if best+worst > 0 {
		up := best == s.high || worst > 0 && worst == s.low
		for i, level := range steps[s.high-s.low+1] {
			n := s.low + i
			if up {
				n = s.high - i
			}
			if s.level[n] == 0 {
				s.level[n] = level
			}
		}
	}
	// Of which only the ends have words.
	if a, b := s.level[s.low], s.level[s.high]; len(s.level) == 2 && s.high-s.low == 4 && a+b == 6 && (a == 1 || a == 5) {
		for n := s.low + 1; n < s.high; n++ {
			s.level[n] = a + (n-s.low)*(b-a)/4
		}
	}
	return s.low < s.high
}

// tokens reads numbers and words; ok is false where something else is said, too.
func tokens(text string) (all []token, ok bool) {
	r := []rune(text)
	for i := 0; i < len(r); {
		switch {
		case unicode.IsDigit(r[i]):
			n := i
			for n < len(r) && unicode.IsDigit(r[n]) {
				n++
			}
			v, err := strconv.Atoi(string(r[i:n]))
			if err != nil || n-i > 3 {
				return nil, false
			}
			all, i = append(all, token{number: v}), n
			continue
		case strings.HasPrefix(string(r[i:]), "百分制"):
			all, i = append(all, token{number: 100}), i+3
			continue
		}
		if size, t := word(r[i:]); size > 0 {
			all, i = append(all, t), i+size
			continue
		}
		if n := slices.Index([]rune("一二三四五"), r[i]); n >= 0 {
			all = append(all, token{number: n + 1})
		} else if unicode.IsLetter(r[i]) && !strings.ContainsRune(filler, r[i]) {
			return nil, false
		}
		i++
	}
	return all, true
}

// word is the longest level's word that a text begins with, in characters.
func word(r []rune) (size int, t token) {
	for n := min(len(r), 24); n > 0; n-- {
		if unicode.IsLetter(r[n-1]) && n < len(r) && r[n-1] < 0x80 && r[n] < 0x80 && unicode.IsLetter(r[n]) {
			continue // within an English word
		}
		w := string(r[:n])
		if level := ends[w]; level > 0 {
			return n, token{level: level, end: true}
		}
		if level := levelWords[compact(w)]; level > 0 && unicode.IsLetter(r[n-1]) {
			return n, token{level: level}
		}
	}
	return 0, token{}
}

// agrees tells whether two headings state one scale.
func (s *scale) agrees(o *scale) bool {
	return s.low == o.low && s.high == o.high && maps.Equal(s.level, o.level) && slices.Equal(s.words, o.words)
}

// of is the level that the heading says a mark is; 0: it does not say.
func (s *scale) of(m *mark) int {
	if s == nil {
		return 0
	}
	if n, ok := m.whole(); ok {
		return s.level[n]
	}
	if all := steps[s.high]; m.stars > 0 && s.low <= 1 && m.stars <= len(all) {
		return all[len(all)-m.stars]
	}
	return 0
}

// differs says where what stands below a heading, or what a person said of it, is not
// what the heading states; nothing where it agrees, or the heading does not say.
func (s *scale) differs(v *value, said int) (w words) {
	if s == nil || said == LeftOut {
		return w
	}
	stated := s.of(&v.mark)
	n, number := v.whole()
	if v.stars > 0 {
		n, number = v.stars, true
	}
	switch {
	case said > 0 && stated > 0 && said != stated:
		w.zh = fmt.Sprintf("表头写的是“%s”，按它“%s”是%s；您选的是%s", cut(s.text), cut(v.text), vocab.RatingLevels.ZH(LevelWord(stated)), vocab.RatingLevels.ZH(LevelWord(said)))
		w.en = fmt.Sprintf("By the heading's “%s”, “%s” is %s; you chose %s", cut(s.text), cut(v.text), vocab.RatingLevels.EN(LevelWord(stated)), vocab.RatingLevels.EN(LevelWord(said)))
	case number && s.high > 0 && (n < s.low || n > s.high):
		w.zh = fmt.Sprintf("表头写的是“%s”，文件里的“%s”不在其内", cut(s.text), cut(v.text))
		w.en = fmt.Sprintf("“%s” is outside of what the heading states, “%s”", cut(v.text), cut(s.text))
	case v.level > 0 && len(s.words) > 0 && !slices.Contains(s.words, v.level):
		w.zh = fmt.Sprintf("表头写的是“%s”，文件里的“%s”不在其内", cut(s.text), cut(v.text))
		w.en = fmt.Sprintf("“%s” is not among what the heading states, “%s”", cut(v.text), cut(s.text))
	}
	return w
}
