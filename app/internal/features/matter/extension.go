package matter

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// Extension is the state of a matter whose department asked for more time.
const Extension = "extension"

const ask = "ask_extension"

// extension is how a department comes to more time (延期): it asks once, before
// its deadline, with a reason; the office grants it or not. The deadline runs on
// meanwhile, and the department may reply all the same.
type extension struct {
	of      string // the state whose deadline it is
	days    int    // working days of that deadline
	longest int    // working days with all that can be granted
}

func (x *extension) more() workflow.Field {
	return workflow.Field{Name: workflow.DaysField, Words: workflow.Words{ZH: "延长几个工作日", EN: "Working days more"}, Number: true, Required: true, Min: 1, Max: x.longest - x.days,
		Hint: workflow.Words{ZH: fmt.Sprintf("1 至 %d 天，连同原来的 %d 个工作日不超过 %d 个", x.longest-x.days, x.days, x.longest),
			EN: fmt.Sprintf("1 to %d, with the first %d working days no more than %d", x.longest-x.days, x.days, x.longest)}}
}

func (x *extension) ask() workflow.Action {
	return workflow.Action{Name: ask, Words: workflow.Words{ZH: "申请延期", EN: "Ask for more time"}, From: []string{x.of}, To: Extension, By: dept,
		Fields: []workflow.Field{x.more(), reason(workflow.Words{ZH: "只能申请一次；批准之前原期限照算", EN: "Can be asked for once; the deadline runs on until it is granted"})}, Once: true, InTime: true}
}

func (x *extension) grant() workflow.Action {
	return workflow.Action{Name: "grant", Words: workflow.Words{ZH: "同意延期", EN: "Grant more time"}, From: []string{Extension}, To: x.of, By: desk,
		Fields: []workflow.Field{x.more()}, NotBy: []string{ask}, Clock: workflow.Extends}
}

func (x *extension) refuse() workflow.Action {
	return workflow.Action{Name: "refuse", Words: workflow.Words{ZH: "不同意延期", EN: "Refuse more time"}, From: []string{Extension}, To: x.of, By: desk,
		Fields: []workflow.Field{reason(forThem)}, NotBy: []string{ask}}
}
