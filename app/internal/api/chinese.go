package api

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2/validation"
)

// What huma says of a wrong field, in Chinese. The patterns are made from
// huma's own messages, so that they change with them.
var phrases = []struct {
	pattern *regexp.Regexp
	zh      string // %s stands for what the message names
}{
	phrase(validation.MsgExpectedMinimumNumber, "应不小于 %s"),
	phrase(validation.MsgExpectedMaximumNumber, "应不大于 %s"),
	phrase(validation.MsgExpectedMinLength, "至少 %s 个字符"),
	phrase(validation.MsgExpectedMaxLength, "最多 %s 个字符"),
	phrase(validation.MsgExpectedOneOf, "只能是以下之一：%s"),
	phrase(validation.MsgExpectedRequiredProperty, "缺少 %s"),
	phrase(validation.MsgUnexpectedProperty, "多余的字段"),
	phrase(validation.MsgExpectedNumber, "应为数字"),
	phrase(validation.MsgExpectedInteger, "应为整数"),
	phrase(validation.MsgExpectedBoolean, "应为 true 或 false"),
	phrase(validation.MsgExpectedString, "应为文字"),
	phrase(validation.MsgExpectedArray, "应为列表"),
	phrase(validation.MsgExpectedObject, "应为对象"),
	phrase("unexpected end of JSON input", "不是完整的 JSON"),
	phrase("invalid character %s", "不是有效的 JSON"),
	phrase("invalid integer", "应为整数"),
	phrase("invalid float", "应为数字"),
	phrase("invalid boolean", "应为 true 或 false"),
	phrase("required query parameter is missing", "必填"),
	phrase("required path parameter is missing", "必填"),
}

var placeholder = regexp.MustCompile(`"?%[vsd]"?`)

func phrase(english, zh string) struct {
	pattern *regexp.Regexp
	zh      string
} {
	p := placeholder.ReplaceAllString(regexp.QuoteMeta(english), `"?(.*?)"?`)
	return struct {
		pattern *regexp.Regexp
		zh      string
	}{regexp.MustCompile("^" + p + "$"), zh}
}

func inChinese(message string) string {
	for _, p := range phrases {
		if m := p.pattern.FindStringSubmatch(message); m != nil {
			if strings.Contains(p.zh, "%s") {
				return fmt.Sprintf(p.zh, m[1])
			}
			return p.zh
		}
	}
	return "内容不符合要求"
}
