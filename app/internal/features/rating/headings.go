package rating

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mingcha-console/mingcha/sdk/sheet"
)

// field is what a column of an export says.
type field string

const (
	fieldDepartment field = "department"
	fieldWindow     field = "window"
	fieldHandler    field = "handler"
	fieldHandlerID  field = "handler_id"
	fieldItem       field = "item"
	fieldCase       field = "case_no"
	fieldLevel      field = "level"
	fieldWhen       field = "time"
	fieldDay        field = "date"
	fieldReasons    field = "reasons"
	fieldText       field = "text"
	fieldChannel    field = "channel"
	fieldRater      field = "rater"
	fieldPhone      field = "phone"
	fieldSerial     field = "serial"
	fieldOrdinal    field = "ordinal" // only counts the file's rows, and counts others in the next file
	fieldName       field = "name"    // whose is told by the columns beside it
)

// synonyms are the headings that makers of electronic raters and halls use.
var synonyms = map[field]string{
	fieldDepartment: "部门 单位 科室 部门名称 单位名称 部门代码 单位代码 部门编码 部门编号 所属部门 所属单位 办理部门 办理单位 受理部门 受理单位 被评价部门 被评价单位 委办局 承办部门 承办单位 责任部门 责任单位 主办部门 主办单位 实施部门 实施单位 实施主体 进驻部门 进驻单位 窗口单位 窗口部门 机构 机构名称 部门全称 单位全称 dept agency department departmentname",
	fieldWindow:     "窗口 窗口号 窗口编号 窗口名称 服务窗口 评价窗口 办理窗口 受理窗口 window",
	fieldHandler:    "工作人员 工作人员姓名 员工姓名 员工 人员姓名 窗口人员 窗口工作人员 经办人 经办人姓名 办理人 办理人员 受理人 受理人员 服务人员 被评价人 被评价人姓名 handler",
	fieldHandlerID:  "工号 员工号 员工编号 员工工号 人员编号 工作人员编号 工作人员工号",
	fieldItem:       "业务 事项 业务名称 事项名称 业务类型 办理事项 办理业务 服务事项 事项编码 业务编码 item",
	fieldCase:       "办件编号 办件号 办件流水号 业务号 业务编号 业务流水号 受理编号 受理号 申办流水号 案件编号 caseno",
	fieldLevel:      "评价 满意度 评价结果 评价等级 满意程度 满意度等级 满意度评价 评价级别 评价值 评议结果 服务评价 评分 评价分值 评价得分 评价选项 评价星级 星级 level rating score satisfaction",
	fieldWhen:       "时间 评价时间 评议时间 提交时间 评价日期时间 日期时间 time ratedat datetime",
	fieldDay:        "日期 评价日期 评议日期 date",
	fieldReasons:    "原因 评价原因 不满意原因 差评原因 评价标签 标签 评价指标 reasons",
	fieldText:       "意见 留言 评价内容 意见建议 评价意见 建议 备注 文字评价 评语 群众意见 text comment",
	fieldChannel:    "渠道 评价渠道 评价方式 评价来源 来源 channel",
	fieldRater:      "评价人 评价人姓名 评价者 群众姓名 办事人 办事人姓名 办事群众 申请人 申请人姓名 客户姓名 联系人",
	fieldPhone:      "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 评价人电话 办事人电话 申请人电话 评价人手机 phone",
	fieldSerial:     "流水号 评价流水号 评价编号 评价单号 评价号 记录编号 记录号 唯一标识 评价id id serial",
	fieldOrdinal:    "序号 编号 行号 no",
	fieldName:       "姓名",
}

var fields = func() map[string]field {
	out := map[string]field{}
	for f, words := range synonyms {
		for w := range strings.FieldsSeq(words) {
			out[w] = f
		}
	}
	return out
}()

// plain leaves of a text only what tells words apart.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

// Column is a column of a file.
type Column struct {
	Heading string `json:"heading"`
	// Field is empty where it was not understood, or where there is another such
	// column before it.
	Field string `json:"field" enum:",department,window,handler,handler_id,item,case_no,level,time,date,reasons,text,channel,rater,phone,serial,ordinal" doc:"empty: not used"`
}

// SchemaName is its name in the API's description.
func (Column) SchemaName() string { return "RatingColumn" }

const mostShown = 200 // columns

// understand finds out what each column says. Of two that say the same the first
// counts.
func understand(headings []sheet.Heading) []Column {
	out := make([]Column, min(len(headings), mostShown))
	seen := map[field]bool{"": true}
	for i := range out {
		f := said(headings, i)
		out[i] = Column{Heading: headings[i].Text}
		if !seen[f] {
			out[i].Field, seen[f] = string(f), true
		}
	}
	return out
}

// said is what a heading says, by the first of its readings that is known.
func said(headings []sheet.Heading, i int) field {
	for _, r := range headings[i].Readings {
		switch f := fields[plain(unfilled(r))]; f {
		case "":
			if _, ok := headed(r); ok {
				return fieldLevel
			}
		case fieldName:
			return whoseName(headings, i)
		default:
			return f
		}
	}
	return ""
}

// unfilled is a heading without what forms say of a field: 部门（必填）, *部门.
func unfilled(heading string) string {
	return bracketed.ReplaceAllStringFunc(norm.NFKC.String(heading), func(s string) string {
		if filled[plain(s)] {
			return ""
		}
		return s
	})
}

// whoseName is whose a bare 姓名 is: beside a staff number it is the staff's,
// else the rater's, which is kept secret.
func whoseName(headings []sheet.Heading, i int) field {
	for _, j := range []int{i - 1, i + 1} {
		if j < 0 || j >= len(headings) {
			continue
		}
		if slices.ContainsFunc(headings[j].Readings, func(r string) bool { return fields[plain(r)] == fieldHandlerID }) {
			return fieldHandler
		}
	}
	return fieldRater
}

// knownOf says how much of some headings is understood. What only counts the rows
// says least; what says its column together with the heading above it, most: a
// bare 姓名 may be anybody's.
func knownOf(headings []sheet.Heading) (n int) {
	for i, c := range understand(headings) {
		switch readings := headings[i].Readings; {
		case c.Field == "":
		case c.Field == string(fieldOrdinal):
			n++
		case len(readings) > 1 && fields[plain(readings[0])] != "":
			n += 3
		default:
			n += 2
		}
	}
	return n
}
