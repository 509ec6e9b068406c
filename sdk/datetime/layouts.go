package datetime

import (
	"regexp"
	"strings"
	"time"
)

var (
	endOfDay = regexp.MustCompile(`\b24(:?00(?::?00(?:[.,]0+)?)?)`)
	chinese  = strings.NewReplacer("上午", "AM", "早上", "AM", "凌晨", "AM", "下午", "PM", "晚上", "PM")
)

// readLayouts reads a text in one of the given layouts.
func readLayouts(text, written string, layouts []string, zone *time.Location) (time.Time, error) {
	text = chinese.Replace(text)
	midnight := endOfDay.ReplaceAllString(text, "00$1")
	for _, layout := range layouts {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, nil
		}
		if at, err := time.ParseInLocation(layout, midnight, zone); err == nil && midnight != text {
			return at.AddDate(0, 0, 1), nil
		}
	}
	return time.Time{}, problem("时间 %q 不合所写的格式（%s）。", "The time %q fits none of the formats given (%s).", written, strings.Join(layouts, ", "))
}
