package rating

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
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
	fieldDepartment: "部门 单位 科室 部门名称 单位名称 部门代码 单位代码 部门编码 部门编号 所属部门 所属单位 办理部门 办理单位 受理部门 受理单位 被评价部门 被评价单位 委办局 department",
	fieldWindow:     "窗口 窗口号 窗口编号 窗口名称 服务窗口 评价窗口 办理窗口 受理窗口 window",
	fieldHandler:    "工作人员 工作人员姓名 员工姓名 员工 人员姓名 窗口人员 窗口工作人员 经办人 经办人姓名 办理人 办理人员 受理人 受理人员 服务人员 被评价人 被评价人姓名 handler",
	fieldHandlerID:  "工号 员工号 员工编号 员工工号 人员编号 工作人员编号 工作人员工号",
	fieldItem:       "业务 事项 业务名称 事项名称 业务类型 办理事项 办理业务 服务事项 事项编码 业务编码 item",
	fieldCase:       "办件编号 办件号 办件流水号 业务号 业务编号 业务流水号 受理编号 受理号 申办流水号 案件编号 caseno",
	fieldLevel:      "评价 满意度 评价结果 评价等级 满意程度 满意度等级 满意度评价 评价级别 评价值 评议结果 服务评价 评分 评价分值 level rating",
	fieldWhen:       "时间 评价时间 评议时间 提交时间 评价日期时间 日期时间 time ratedat",
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
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}

// head is the row of a file that names its columns.
type head struct {
	line    int
	columns []Column
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

const (
	headWithin = 20 // rows; above the headings stands at most a title and some notes
	mostShown  = 60 // columns
)

// errEnough ends the reading of a file of which enough was read.
var errEnough = errors.New("rating: enough was read")

// findHead finds the row that names most columns.
func findHead(each func(func(line int, cells []string) error) error) (head, error) {
	best, most, n := head{}, 0, 0
	err := each(func(line int, cells []string) error {
		if n++; n > headWithin {
			return errEnough
		}
		columns := understand(cells)
		known := 0
		for _, c := range columns {
			if c.Field != "" {
				known++
			}
		}
		if known > most {
			best, most = head{line, columns}, known
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return best, err
}

// understand finds out what each column says. Of two that say the same the first
// counts.
func understand(cells []string) []Column {
	out := make([]Column, min(len(cells), mostShown))
	seen := map[field]bool{"": true}
	for i := range out {
		f := fields[plain(cells[i])]
		if f == fieldName {
			f = whoseName(cells, i)
		}
		out[i] = Column{Heading: strings.TrimSpace(cells[i])}
		if !seen[f] {
			out[i].Field, seen[f] = string(f), true
		}
	}
	return out
}

// whoseName is whose a bare 姓名 is: beside a staff number it is the staff's,
// else the rater's, which is kept secret.
func whoseName(cells []string, i int) field {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(cells) && fields[plain(cells[j])] == fieldHandlerID {
			return fieldHandler
		}
	}
	return fieldRater
}

func (h *head) has(f field) bool {
	return slices.ContainsFunc(h.columns, func(c Column) bool { return c.Field == string(f) })
}

// check says what is missing. Without a column for it, the department is the one
// that the office named.
func (h *head) check(department string) error {
	var zh, en []string
	need := func(has bool, z, e string) {
		if !has {
			zh, en = append(zh, z), append(en, e)
		}
	}
	need(h.has(fieldLevel), "满意度（如“满意度”“评价结果”）", "the level (such as 满意度)")
	need(h.has(fieldWhen) || h.has(fieldDay), "时间（如“评价时间”“日期”）", "the time (such as 评价时间)")
	need(h.has(fieldDepartment) || department != "", "部门（如“部门”“单位”；没有这一列时请先选定部门）", "the department (such as 部门; where there is no such column, choose the department first)")
	if len(zh) == 0 {
		return nil
	}
	var found []string
	for _, c := range h.columns {
		if c.Heading != "" {
			found = append(found, c.Heading)
		}
	}
	headings := strings.Join(found, "、")
	if headings == "" {
		headings = "—"
	}
	return badFile(fmt.Sprintf("缺少这几列：%s。文件里的列名是：%s。请补上列名后再导入。", strings.Join(zh, "、"), headings),
		fmt.Sprintf("These columns are missing: %s. The file's headings are: %s. Add the headings and import it again.", strings.Join(en, "; "), headings), nil)
}
