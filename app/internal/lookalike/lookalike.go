// Package lookalike tells codes apart that people cannot: a Cyrillic А for a Latin A,
// a full-width １ for a 1, a character that does not show. Codes are compared by what
// they look like, after Unicode's UTS #39 (confusable detection), as far as codes of
// Chinese offices need it: full and half width and compatibility forms, the letters of
// other scripts that are drawn like Latin ones, dashes, and spaces. It is pure.
package lookalike

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Skeleton is what a code looks like: two codes with one skeleton cannot be told
// apart on paper. That of a code of printable ASCII without spaces is the code itself.
func Skeleton(code string) string {
	if plain(code) {
		return code
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(code) {
		switch latin, dash := foreign[r], unicode.Is(unicode.Pd, r) || r == '\u2212'; {
		case hidden(r):
		case latin != 0:
			b.WriteRune(latin)
		case dash:
			b.WriteByte('-')
		case r == '\u2044' || r == '\u2215':
			b.WriteByte('/')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func plain(code string) bool {
	for i := range len(code) {
		if code[i] <= ' ' || code[i] > '~' {
			return false
		}
	}
	return true
}

// A Mark is a character of a code that is not what it looks like.
type Mark struct {
	At   int  // which character of the code, from 1
	Rune rune // the character
	Like rune // the Latin letter or digit that it looks like; 0: it does not show
}

// First finds a code's first character that no code needs and that hides another
// behind it: one that does not show, or a letter of another script that is drawn like
// a Latin one. ok is false where there is none.
func First(code string) (m Mark, ok bool) {
	n := 0
	for _, r := range code {
		n++
		if hidden(r) || foreign[r] != 0 {
			return Mark{n, r, foreign[r]}, true
		}
	}
	return m, false
}

// TextMark finds the mark before a code with which a spreadsheet keeps a number as
// text, as programs and input methods write it: it is no part of the code, and a case
// whose number has it is found by nobody. ok is false where there is none.
func TextMark(code string) (m Mark, ok bool) {
	switch r, _ := utf8.DecodeRuneInString(code); r {
	case '\'', '\u2018', '\u2019', '\u201B', '\u02BC', '`', '\u00B4', '\uFF07', '\uFF40':
		return Mark{At: 1, Rune: r}, true
	}
	return m, false
}

// Differ finds where a code first differs from another of the same skeleton, and is
// not plain there.
func Differ(code, other string) Mark {
	a, b := []rune(code), []rune(other)
	for i, r := range a {
		if i < len(b) && b[i] == r {
			continue
		}
		if i < len(b) && r <= '~' {
			return Mark{i + 1, r, b[i]}
		}
		m := Mark{At: i + 1, Rune: r}
		if like := []rune(Skeleton(string(r))); len(like) == 1 {
			m.Like = like[0]
		}
		return m
	}
	return Mark{At: len(a) + 1, Rune: ' '}
}

// Words say which character it is, in Chinese and in English.
func (m Mark) Words() (zh, en string) {
	zh, en = fmt.Sprintf("第 %d 个字符是 U+%04X", m.At, m.Rune), fmt.Sprintf("character %d is U+%04X", m.At, m.Rune)
	switch name, named := names[m.Rune]; {
	case named:
		return zh + "（" + name[0] + "）", en + " (" + name[1] + ")"
	case unicode.Is(unicode.Cyrillic, m.Rune):
		zh, en = zh+"（西里尔字母）", en+" (a Cyrillic letter)"
	case unicode.Is(unicode.Greek, m.Rune):
		zh, en = zh+"（希腊字母）", en+" (a Greek letter)"
	case m.Rune >= '\uFF01' && m.Rune <= '\uFF5E':
		zh, en = zh+"（全角字符）", en+" (a full-width form)"
	case unicode.In(m.Rune, unicode.Bidi_Control):
		zh, en = zh+"（双向排列控制符）", en+" (a control of text direction)"
	case hidden(m.Rune) || unicode.Is(unicode.Cf, m.Rune):
		return zh + "（看不见的字符）", en + " (it does not show)"
	}
	if m.Like != 0 && m.Like != m.Rune {
		zh, en = zh+fmt.Sprintf("，看上去是 %c", m.Like), en+fmt.Sprintf(", which looks like %c", m.Like)
	}
	return zh, en
}

// Unprintable finds a code's first character for which ok is true.
func Unprintable(code string, is func(rune) bool) (m Mark, ok bool) {
	n := 0
	for _, r := range code {
		n++
		if is(r) {
			return Mark{At: n, Rune: r}, true
		}
	}
	return m, false
}

// names are of characters that people meet without seeing them.
var names = map[rune][2]string{
	'\u00AD': {"软连字符", "soft hyphen"}, '\u200B': {"零宽空格", "zero width space"}, '\u200C': {"零宽不连字", "zero width non-joiner"},
	'\u200D': {"零宽连字", "zero width joiner"}, '\u2060': {"词连接符", "word joiner"}, '\uFEFF': {"字节顺序标记", "byte order mark"},
	'\u3000': {"全角空格", "ideographic space"}, '\u00A0': {"不换行空格", "no-break space"}, ' ': {"空格", "space"}, '\t': {"制表符", "tab"}, '\n': {"换行符", "line break"},
	'\'': {"撇号", "apostrophe"}, '\u2018': {"左单引号", "left single quotation mark"}, '\u2019': {"右单引号", "right single quotation mark"},
	'\u201B': {"单高反引号", "single high-reversed-9 quotation mark"}, '\u02BC': {"撇号字母", "modifier letter apostrophe"}, '`': {"反引号", "grave accent"},
	'\u00B4': {"锐音符", "acute accent"}, '\uFF07': {"全角撇号", "full-width apostrophe"}, '\uFF40': {"全角反引号", "full-width grave accent"},
	'\u3164': {"韩文填充符", "Hangul filler"}, '\u2800': {"空白盲文", "blank Braille pattern"},
}

// hidden tells of a character that counts as printable and does not show.
func hidden(r rune) bool {
	switch {
	case r == '\u034F', r == '\u115F', r == '\u1160', r == '\u17B4', r == '\u17B5', r == '\u3164', r == '\uFFA0', r == '\u2800':
		return true
	case unicode.Is(unicode.Variation_Selector, r):
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// foreign are letters of other scripts by the Latin letter or digit that they are
// drawn like.
var foreign = pairs(
	"АВСЕНІЈКМОРЅТХУҮЗабсеһіјорѕхуүԁԛԝкмтвгн", "ABCEHIJKMOPSTXYY3a6cehijopsxyydqwkmtBrH", // Cyrillic
	"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ", "ABEZHIKMNOPTYXaikvopux", // Greek
	"ՕՍԼհոսօքց", "OULhnuoqg", // Armenian
	"ᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᏚᎢᏙᎳᏃ", "ABCDEHJKLMPSTVWZ", // Cherokee
	"ıɑɡʟ", "iagL", // Latin, of other uses
)

func pairs(all ...string) map[rune]rune {
	out := map[rune]rune{}
	for i := 0; i < len(all); i += 2 {
		like := []rune(all[i+1])
		for j, r := range []rune(all[i]) {
			out[r] = like[j]
		}
	}
	return out
}
