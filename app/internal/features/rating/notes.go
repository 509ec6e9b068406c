package rating

import (
	"regexp"
	"strings"

	"github.com/mingcha-console/mingcha/sdk/sheet"
)

// total is how rows begin that count the others, or tell who made the table.
var total = regexp.MustCompile(`(?i)^(?:[（(【\[]?\s*)(?:本页|本月|全部|各窗口)?(?:合计|总计|小计|共计|总数|平均|满意率|制表|填表|审核|复核|负责人|备注|注|说明|填报|打印|导出|数据来源|sub-?total|total|grand total|sum|average|notes?)(?:[:：\s）)】\]]|人|时间|日期|单位|数|值|分|率|$)`)

// note tells whether a row is no rating: a total, a note, a row of which but the
// number was filled in, or the headings again at a page's top. It is told of, and
// neither taken nor refused.
func (p *part) note(r *sheet.Row) bool {
	if r.Fault != nil {
		return false
	}
	filled, again, first := 0, 0, ""
	for i, c := range r.Cells {
		t := strings.Join(strings.Fields(c.Text), " ")
		if t == "" {
			continue
		}
		if filled++; first == "" {
			first = t
		}
		if i < len(p.head.Headings) {
			if h := p.head.Headings[i].Readings; len(h) > 0 && h[len(h)-1] == t {
				again++
			}
		}
	}
	switch {
	case filled == 1, filled > 1 && again == filled:
		return true
	case !total.MatchString(first):
		return false
	}
	_, w := (&timeReader{zone: utc}).read(p.text(r, fieldDay), p.text(r, fieldWhen))
	return w.zh != ""
}

// text is what stands in a row's column.
func (p *part) text(r *sheet.Row, f field) string {
	if i, ok := p.column[f]; ok && i < len(r.Cells) {
		return tidy(r.Cells[i].Text)
	}
	return ""
}
