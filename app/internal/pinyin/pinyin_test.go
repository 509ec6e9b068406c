package pinyin

import (
	"slices"
	"testing"
	"unicode"

	gopinyin "github.com/mozillazg/go-pinyin"
)

// The embedded table is what the library says today; make generate makes it anew.
func TestTheTableIsTheLibrarys(t *testing.T) {
	args := gopinyin.NewArgs()
	args.Style, args.Heteronym = gopinyin.Normal, true
	if got := readings()['行']; !slices.Equal(got, []string{"hang", "heng", "xing"}) {
		t.Errorf("行: %q", got)
	}
	characters := 0
	for c := range gopinyin.PinyinDict {
		r := rune(c)
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		characters++
		want := slices.Sorted(slices.Values(gopinyin.SinglePinyin(r, args)))
		if got := readings()[r]; !slices.Equal(got, want) {
			t.Errorf("%c: %q, and the library %q", r, got, want)
		}
	}
	if n := len(readings()); n != characters || n < 20_000 {
		t.Errorf("%d characters, and the library %d", n, characters)
	}
}

func TestMinor10NamesAreFoundByTheirLetters(t *testing.T) {
	for _, c := range []struct {
		typed, name string
		found       bool
	}{
		{"gaj", "公安局", true},
		{"gonganju", "公安局", true},
		{"Gong An Ju", "公安局", true},
		{"gong'an", "公安局", true},
		{"gongaj", "公安局", true},
		{"gonga", "公安局", true}, // still being typed
		{"anju", "公安局", true},  // from its second character on
		{"gaj", "市公安局", true},
		{"onganju", "公安局", false}, // from the middle of a syllable
		{"gjj", "公安局", false},
		{"goaj", "公安局", false}, // neither an initial nor a syllable
		{"zrzyj", "自然资源局", true},
		{"zhuangan", "状元案", false},
		{"shj", "生态环境局", false},
		{"sthjj", "生态环境局", true},
		{"shengthjj", "生态环境局", true},
		// Characters with several readings are found by each.
		{"yinhang", "银行", true}, {"yinxing", "银行", true}, {"yh", "银行", true}, {"yx", "银行", true},
		{"xingzheng", "行政审批局", true}, {"hzspj", "行政审批局", true},
		{"chang", "长江路", true}, {"zhangjianglu", "长江路", true}, {"zjl", "长江路", true},
		{"chongjian", "重建", true}, {"zhongjian", "重建", true},
		{"lvhua", "绿化局", true}, {"luhua", "绿化局", true}, {"lühua", "绿化局", true},
		{"wzx", "王志新", true}, {"wangzhixin", "王志新", true}, {"zhx", "王志新", true},
		{"abc", "ABC 公司", false}, // letters of a name are found as they stand, elsewhere
		{"gs", "ABC 公司", true},
	} {
		q, ok := Of(c.typed)
		if !ok || q.In(c.name) != c.found {
			t.Errorf("%q in %s: %v (%v), want %v", c.typed, c.name, !c.found, ok, c.found)
		}
	}
	for _, typed := range []string{"", "g", "公安", "GA-2026", "ga1", "g'"} {
		if _, ok := Of(typed); ok {
			t.Errorf("%q is taken for pinyin", typed)
		}
	}
}

// However many readings, it does not take for ever.
func FuzzIn(f *testing.F) {
	f.Add("gaj", "公安局")
	f.Add("hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhx", "行行行行行行行行行行行行行行行行行行行行行行行行行行行行行行行行")
	f.Fuzz(func(_ *testing.T, typed, name string) {
		if q, ok := Of(typed); ok {
			q.In(name)
		}
	})
}
