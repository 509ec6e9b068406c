package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

func errBroken(err error) error {
	return fault.New(fault.Internal, "workflow", "流程出错，这一步没有办成。请刷新后再试，仍不成请联系维护人员。",
		"The workflow failed and nothing was done. Reload and try again; if it fails again, call those who maintain the console.", err)
}

func errRead(fields ...fault.Field) *fault.Error {
	return fault.InvalidFields("step", "填写的内容有误。请按提示更正后再提交。",
		"Something is wrong in what you filled in. Correct what is named and send it again.", fields...)
}

// errStillPast refuses an extension that nobody could keep any more.
func errStillPast(due time.Time, cal *workday.Calendar) error {
	return errRead(fault.Field{Name: DaysField, ZH: fmt.Sprintf("这样延期到 %s，已经过去了；请多给几天，或不同意延期", stampZH(due, cal)),
		EN: fmt.Sprintf("this extends it to %s, which has passed; give more days, or refuse", stampEN(due, cal))})
}

// permit asks all that does not concern what the step brings. The role comes
// first: who may not act is told nothing of what others did.
func (d *Definition) permit(in *Instance, version int, who Actor, s Step, cal *workday.Calendar) (Action, error) {
	a, known := d.Action(s.Action)
	if !known {
		return a, fault.New(fault.Invalid, "unknown_action", "没有这项操作。请刷新页面。", "There is no such action. Reload the page.", nil)
	}
	if !who.is(a.By) {
		zh, en := d.list(a.By)
		return a, fault.New(fault.Forbidden, "not_your_action",
			fmt.Sprintf("“%s”只能由%s办理。请转告他们。", a.Words.ZH, zh),
			fmt.Sprintf("“%s” is for %s to do. Tell them.", a.Words.EN, en), nil)
	}
	if version != len(in.Steps) || !slices.Contains(a.From, in.State) {
		return a, d.meanwhile(in, &a, cal)
	}
	if before, ok := in.Last(a.NotBy...); ok && before.By == who.Account {
		did, _ := d.Action(before.Action)
		return a, fault.New(fault.Forbidden, "same_person",
			fmt.Sprintf("“%s”是您办理的，“%s”须由另一人办理。请交给同事。", did.Words.ZH, a.Words.ZH),
			fmt.Sprintf("“%s” was done by you, so somebody else must do “%s”. Hand it to a colleague.", did.Words.EN, a.Words.EN), nil)
	}
	if _, taken := in.Last(a.Name); taken && a.Once {
		return a, fault.New(fault.Conflict, "used_up",
			fmt.Sprintf("“%s”只能办理一次，已经用过。请选择其他操作。", a.Words.ZH),
			fmt.Sprintf("“%s” can be done once, and was. Choose something else.", a.Words.EN), nil)
	}
	if a.Late && !in.Overdue(cal, s.At) {
		due := in.Limit.Due(cal)
		return a, fault.New(fault.Conflict, "not_late_yet",
			fmt.Sprintf("期限 %s 还没有过，现在不能“%s”。请到期后再办。", stampZH(due, cal), a.Words.ZH),
			fmt.Sprintf("The deadline of %s has not passed, so “%s” cannot be done yet. Wait until it has.", stampEN(due, cal), a.Words.EN), nil)
	}
	if a.InTime && in.Overdue(cal, s.At) {
		due := in.Limit.Due(cal)
		return a, fault.New(fault.Conflict, "too_late",
			fmt.Sprintf("“%s”应在期限届满前提出，期限已于 %s 届满。请尽快办理，并说明逾期原因。", a.Words.ZH, stampZH(due, cal)),
			fmt.Sprintf("“%s” must come before the deadline, which passed on %s. Act soon, and say why it is late.", a.Words.EN, stampEN(due, cal)), nil)
	}
	return a, nil
}

// meanwhile refuses what was decided without having seen what others did, and
// tells what that was. Nobody is named: departments and office see each other
// as offices.
func (d *Definition) meanwhile(in *Instance, a *Action, cal *workday.Calendar) error {
	state, _ := d.State(in.State)
	if len(in.Steps) == 0 {
		return fault.New(fault.Conflict, "moved_on",
			fmt.Sprintf("现在是“%s”，不能办理“%s”。请刷新后按现在的情况办理。", state.Words.ZH, a.Words.ZH),
			fmt.Sprintf("It is at “%s” now, where “%s” cannot be done. Reload and go on from there.", state.Words.EN, a.Words.EN), nil)
	}
	last := in.Steps[len(in.Steps)-1]
	did, _ := d.Action(last.Action)
	zh, en := d.list(did.By)
	return fault.New(fault.Conflict, "moved_on",
		fmt.Sprintf("%s已于 %s 办理“%s”，现为“%s”。请刷新，看过之后再决定。", zh, stampZH(last.At, cal), did.Words.ZH, state.Words.ZH),
		fmt.Sprintf("Meanwhile %s did “%s” on %s; it is now at “%s”. Reload, read it, and decide then.", en, did.Words.EN, stampEN(last.At, cal), state.Words.EN), nil)
}

// read trims what an action brings and asks whether it is all there, and
// nothing else.
func (a *Action) read(given map[string]string) (map[string]string, error) {
	f := errRead()
	out := map[string]string{}
	for _, field := range a.Fields {
		text := strings.TrimSpace(given[field.Name])
		if w := field.wrong(text); w.ZH != "" {
			f.Fields = append(f.Fields, fault.Field{Name: field.Name, ZH: w.ZH, EN: w.EN})
		} else if text != "" {
			out[field.Name] = text
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := a.Field(name); !ok {
			f.Fields = append(f.Fields, fault.Field{Name: name, ZH: "这一步没有这一栏，请去掉", EN: "this step has no such field; leave it out"})
		}
	}
	if len(f.Fields) > 0 {
		return nil, f
	}
	return out, nil
}

// wrong says what is wrong with a field's text; nothing where it is right.
func (f *Field) wrong(text string) Words {
	length := utf8.RuneCountInString(text)
	switch {
	case text == "" && f.Required:
		return Words{"请填写", "fill this in"}
	case text == "":
		return Words{}
	case f.Number:
		if n, err := strconv.Atoi(text); err != nil || n < f.Min || n > f.Max || strconv.Itoa(n) != text {
			return Words{fmt.Sprintf("应为 %d 至 %d 的整数", f.Min, f.Max), fmt.Sprintf("a whole number from %d to %d", f.Min, f.Max)}
		}
	case length < f.Min:
		return Words{fmt.Sprintf("至少 %d 字", f.Min), fmt.Sprintf("at least %d characters", f.Min)}
	case length > f.Max:
		return Words{fmt.Sprintf("最多 %d 字，现有 %d 字", f.Max, length), fmt.Sprintf("at most %d characters; there are %d", f.Max, length)}
	}
	return Words{}
}

// list names roles.
func (d *Definition) list(roles []string) (zh, en string) {
	var z, e []string
	for _, r := range roles {
		w := d.role(r)
		z, e = append(z, w.ZH), append(e, w.EN)
	}
	return strings.Join(z, "、"), strings.Join(e, ", ")
}

func stampZH(t time.Time, cal *workday.Calendar) string {
	return t.In(cal.Zone()).Format("2006 年 1 月 2 日 15:04")
}

func stampEN(t time.Time, cal *workday.Calendar) string {
	return t.In(cal.Zone()).Format("2 January 2006, 15:04")
}
