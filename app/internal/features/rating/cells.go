package rating

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

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
		if unicode.IsControl(r) && r != '\n' || r == '\uFEFF' || r == '\u200B' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// cut shortens what a sentence quotes.
func cut(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
