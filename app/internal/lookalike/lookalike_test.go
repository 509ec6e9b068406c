package lookalike

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What looks alike has one skeleton; what does not has two.
func TestWhatLooksAlikeHasOneSkeleton(t *testing.T) {
	for _, other := range []string{"ＧＨ－４１７", "GН-417", "GH-4\u200B17", "\uFEFFGH-417", "GH\u2011417", "GH\u2013417", "GH-417 ", "\u3000GH-417", "GH-41\uFE0F7", "GH-417\u3164", "G\u00ADH-417", "GΗ-417"} {
		if got := Skeleton(other); got != "GH-417" {
			t.Errorf("%q looks like %q", other, got)
		}
	}
	for _, other := range []string{"gh-417", "GH-4l7", "GH417", "GH-416", "规GH-417", "ＧＨ－４１６"} {
		if got := Skeleton(other); got == "GH-417" {
			t.Errorf("%q is taken for GH-417", other)
		}
	}
	if a, b := Skeleton("规划（2026）0017　号"), Skeleton("规划(2026)0017 号"); a != b {
		t.Errorf("%q, %q", a, b)
	}
}

func TestTheCharacterIsNamed(t *testing.T) {
	for code, want := range map[string]string{
		"GН-417":       "第 2 个字符是 U+041D（西里尔字母），看上去是 H",
		"GH-41\uFE0F7": "第 6 个字符是 U+FE0F（看不见的字符）",
		"\u3164GH-417": "第 1 个字符是 U+3164（韩文填充符）",
	} {
		m, ok := First(code)
		if zh, en := m.Words(); !ok || zh != want || !strings.Contains(en, "U+") {
			t.Errorf("%s: %s, %s", code, zh, en)
		}
	}
	for _, code := range []string{"GH-417", "规划〔2026〕0017 号", "规划（2026）①é", "Ａ１", "No.7/Ⅱ"} {
		if m, ok := First(code); ok {
			t.Errorf("%s: %+v", code, m)
		}
	}
	if zh, _ := Differ("ＧH-417", "GH-417").Words(); zh != "第 1 个字符是 U+FF27（全角字符），看上去是 G" {
		t.Error(zh)
	}
	if zh, _ := Differ("GH-417\u3000", "GH-417").Words(); zh != "第 7 个字符是 U+3000（全角空格）" {
		t.Error(zh)
	}
}

// A mark that a spreadsheet's texts begin with is told by its name; one within a code
// is part of it.
func TestAMarkBeforeACodeIsNamed(t *testing.T) {
	for code, want := range map[string]string{"’S-1": "U+2019（右单引号）", "`S-1": "U+0060（反引号）", "'S-1": "U+0027（撇号）", "‘S-1": "U+2018（左单引号）", "＇S-1": "U+FF07（全角撇号）", "´S-1": "U+00B4（锐音符）"} {
		m, ok := TextMark(code)
		if zh, en := m.Words(); !ok || !strings.Contains(zh, want) || !strings.Contains(en, "U+") {
			t.Errorf("%s: %s, %s", code, zh, en)
		}
	}
	for _, code := range []string{"S-1", "", "S’1", "S-1'", "〔2026〕1", "\"S-1"} {
		if m, ok := TextMark(code); ok {
			t.Errorf("%s: %+v", code, m)
		}
	}
}

// A skeleton is its own, and that of plain ASCII is the code.
func TestSkeletonOfASkeleton(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.String().Draw(t, "code")
		if s := Skeleton(code); Skeleton(s) != s {
			t.Fatalf("%q: %q, then %q", code, s, Skeleton(s))
		}
		ascii := rapid.StringMatching(`[!-~]{0,20}`).Draw(t, "ascii")
		if Skeleton(ascii) != ascii {
			t.Fatalf("%q: %q", ascii, Skeleton(ascii))
		}
	})
}
