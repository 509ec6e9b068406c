package rating

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

// levelWords are how raters call the five levels, 1 the best.
var levelWords = func() map[string]int {
	out := map[string]int{}
	for i, words := range []string{
		"非常满意 很满意 十分满意 特别满意 极为满意 极满意 五星 5星 verysatisfied",
		"满意 比较满意 较满意 四星 4星 satisfied",
		"基本满意 一般 一般满意 尚可 三星 3星 fair",
		"不满意 不太满意 较不满意 差 较差 二星 两星 2星 dissatisfied",
		"非常不满意 很不满意 十分不满意 极不满意 特别不满意 很差 非常差 极差 一星 1星 verydissatisfied",
	} {
		for w := range strings.FieldsSeq(words) {
			out[w] = i + 1
		}
	}
	return out
}()

var (
	aside    = regexp.MustCompile(`[（(].*?[)）]`)
	numbered = regexp.MustCompile(`^[0-9]+[\s.、:：\-—_]*(\D+)$`)
	digit    = regexp.MustCompile(`^([1-5])(\.0+)?分?$`)
)

// words say what is wrong with a row; zero: nothing.
type words struct{ zh, en string }

// level reads a level: its word, or its number from 1 (best) to 5, or the other
// way round where the office says so.
func level(s string, fiveBest bool) (int, words) {
	s = strings.TrimSpace(norm.NFKC.String(s))
	if s == "" {
		return 0, words{"没有填满意度", "there is no level"}
	}
	if m := digit.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		if fiveBest {
			n = 6 - n
		}
		return n, words{}
	}
	if strings.Contains(s, "默认") {
		return 0, words{fmt.Sprintf("“%s”不是群众自己评的，不计入", cut(s)), fmt.Sprintf("“%s” was not given by anybody and does not count", cut(s))}
	}
	bare := aside.ReplaceAllString(s, "")
	if m := numbered.FindStringSubmatch(strings.TrimSpace(bare)); m != nil && levelWords[plain(bare)] == 0 {
		bare = m[1]
	}
	if n := levelWords[plain(bare)]; n > 0 {
		return n, words{}
	}
	return 0, words{fmt.Sprintf("看不懂满意度“%s”", cut(s)), fmt.Sprintf("the level “%s” is not understood", cut(s))}
}

// layouts are how times are written once their words and slashes are dashes and
// colons. Parts of two digits may have one.
var layouts = []string{"2006-1-2 15:4:5", "2006-1-2 15:4", "2006-1-2T15:4:5", "2006-1-2T15:4", "2006-1-2", "20060102150405", "20060102 15:4:5", "20060102 15:4", "20060102"}

var (
	timeWords = strings.NewReplacer("年", "-", "月", "-", "日", " ", "时", ":", "点", ":", "分", ":", "秒", "", "/", "-", ".", "-",
		"上午", " ", "下午", " ", "AM", "", "PM", "")
	fraction = regexp.MustCompile(`(:\d+)\.\d+$`)
)

// moment reads a time in the office's zone: text as people and programs write
// it, or a date of Excel's. A day alone is its beginning.
func moment(s string, zone *time.Location, date1904 bool) (t time.Time, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(norm.NFKC.String(s)))
	if n, err := strconv.ParseFloat(s, 64); err == nil && n > 20_000 && n < 90_000 {
		wall, err := excelize.ExcelDateToTime(n, date1904)
		wall = wall.Round(time.Second)
		y, m, d := wall.Date()
		return time.Date(y, m, d, wall.Hour(), wall.Minute(), wall.Second(), 0, zone), err == nil
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, true
	}
	afternoon := strings.Contains(s, "下午") || strings.HasSuffix(s, "PM")
	s = timeWords.Replace(fraction.ReplaceAllString(s, "$1"))
	s = strings.Trim(strings.Join(strings.Fields(s), " "), ":")
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, s, zone)
		if err != nil {
			continue
		}
		if afternoon && t.Hour() < 12 {
			t = t.Add(12 * time.Hour)
		}
		return t, true
	}
	return t, false
}

// clock reads a time of day alone.
func clock(s string) (time.Duration, bool) {
	s = strings.TrimSpace(norm.NFKC.String(s))
	if n, err := strconv.ParseFloat(s, 64); err == nil && n >= 0 && n < 1 {
		return time.Duration(math.Round(n*86_400)) * time.Second, true
	}
	for _, layout := range []string{"15:4:5", "15:4"} {
		if t, err := time.Parse(layout, s); err == nil {
			return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second, true
		}
	}
	return 0, false
}

// channels are what exports call ways of rating.
var channels = map[string]string{
	"窗口": "window", "窗口评价": "window", "评价器": "window", "评议器": "window", "大厅": "window", "线下": "window",
	"自助": "terminal", "自助终端": "terminal", "自助机": "terminal", "一体机": "terminal",
	"手机": "mobile", "手机端": "mobile", "移动端": "mobile", "app": "mobile", "小程序": "mobile", "微信": "mobile", "二维码": "mobile", "扫码": "mobile",
	"网上": "online", "网站": "online", "pc": "online", "pc端": "online", "线上": "online", "网页": "online",
	"短信": "sms", "电话": "phone", "热线": "phone",
}

// channel is a way of rating; an electronic rater stands at a window.
func channel(s string) string {
	if c, known := channels[plain(s)]; known {
		return c
	}
	return "window"
}

// dial is a telephone that can be called: not one of which the export shows a
// part.
func dial(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
	if strings.ContainsAny(s, "*xX") || len(s) < 5 || len(s) > 20 || strings.Trim(s, "+()0123456789") != "" {
		return ""
	}
	return s
}

// tidy is a text without what does not show and breaks lines of lists.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' || r == '\uFEFF' {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "_x000D_", ""))
	return strings.TrimSpace(s)
}

// cut shortens what a sentence quotes.
func cut(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
