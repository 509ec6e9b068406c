package workflow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

var errNoCalendar = fault.New(fault.Internal, "no_calendar", "没有工作日历，无法计算期限。请联系维护人员。",
	"There is no calendar to reckon deadlines with. Call those who maintain the console.", nil)

func errBroken(err error) error {
	return fault.New(fault.Internal, "workflow", "流程出错，这一步没有办成。请刷新后再试，仍不成请联系维护人员。",
		"The workflow failed and nothing was done. Reload and try again; if it fails again, call those who maintain the console.", err)
}

// permit asks all that does not concern what the step brings. The role comes
// first: who may not act is told nothing of what others did.
func (d *Definition) permit(in Instance, s Step) (Action, error) {
	a, known := d.Action(s.Action)
	if !known {
		return a, fault.New(fault.Invalid, "unknown_action", "没有这项操作。请刷新页面。", "There is no such action. Reload the page.", nil)
	}
	if !slices.Contains(a.Roles, s.Role) {
		zh, en := d.list(a.Roles)
		return a, fault.New(fault.Forbidden, "not_your_action",
			fmt.Sprintf("“%s”只能由%s办理。请转告他们。", a.Words.ZH, zh),
			fmt.Sprintf("“%s” is for %s to do. Tell them.", a.Words.EN, en), nil)
	}
	if err := d.meanwhile(in, a, s.Seen); err != nil {
		return a, err
	}
	switch {
	case !plausible(s.At), len(in.Steps) > 0 && s.At.Before(in.Steps[len(in.Steps)-1].At):
		return a, fault.New(fault.Unavailable, "clock_back", "时钟早于上一步的办理时间。请校准时钟后再试。",
			"The clock is behind the time of the step before. Set the clock right and try again.", nil)
	case a.same(in, s.Role, s.By):
		before, _ := in.Last(a.Different.From...)
		did, _ := d.Action(before.Action)
		return a, fault.New(fault.Forbidden, "same_person",
			fmt.Sprintf("“%s”是您办理的，“%s”须由另一人办理。请交给同事。", did.Words.ZH, a.Words.ZH),
			fmt.Sprintf("“%s” was done by you, so somebody else must do “%s”. Hand it to a colleague.", did.Words.EN, a.Words.EN), nil)
	case a.usedUp(in):
		return a, fault.New(fault.Conflict, "used_up",
			fmt.Sprintf("“%s”最多 %d 次，已经用完。请选择其他操作。", a.Words.ZH, a.Most),
			fmt.Sprintf("“%s” can be done %s at most, and was. Choose something else.", a.Words.EN, times(a.Most)), nil)
	case a.InTime && Overdue(in, s.At):
		return a, fault.New(fault.Conflict, "too_late",
			fmt.Sprintf("“%s”应在期限届满前提出，期限已于%s届满。请尽快办理，并说明逾期原因。", a.Words.ZH, stampZH(in.Due)),
			fmt.Sprintf("“%s” must come before the deadline, which passed on %s. Act soon, and say why it is late.", a.Words.EN, stampEN(in.Due)), nil)
	}
	return a, nil
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return strconv.Itoa(n) + " times"
}

// meanwhile refuses what does not fit the present state, and what was decided
// without having seen what others did; it tells who did what, and when.
func (d *Definition) meanwhile(in Instance, a Action, seen int) error {
	fits := slices.Contains(a.From, in.State)
	if fits && (seen == 0 || seen == len(in.Steps)) {
		return nil
	}
	if len(in.Steps) == 0 {
		return fault.New(fault.Conflict, "not_begun", "这件事还没有登记。请先登记。", "This has not been opened yet. Open it first.", nil)
	}
	last := in.Steps[len(in.Steps)-1]
	if !fits { // what moved it is to blame, rather than a remark made since
		for _, s := range slices.Backward(in.Steps) {
			if did, ok := d.Action(s.Action); ok && did.To != "" {
				last = s
				break
			}
		}
	}
	did, ok := d.Action(last.Action)
	if !ok {
		did.Words = Words{last.Action, last.Action}
	}
	state, ok := d.State(in.State)
	if !ok {
		state.Words = Words{in.State, in.State}
	}
	who := d.role(last.Role)
	if last.Who != "" {
		who = Words{last.Who, last.Who}
	}
	zh := fmt.Sprintf("%s已于%s作出“%s”，现为“%s”。", who.ZH, stampZH(last.At), did.Words.ZH, state.Words.ZH)
	en := fmt.Sprintf("%s did “%s” on %s; it is now “%s”.", who.EN, did.Words.EN, stampEN(last.At), state.Words.EN)
	if fits {
		return fault.New(fault.Conflict, "moved_on", zh+"请刷新，看过之后再决定。", en+" Reload, read it, and decide then.", nil)
	}
	return fault.New(fault.Conflict, "moved_on",
		fmt.Sprintf("%s不能再办理“%s”。请刷新后按现在的情况办理。", zh, a.Words.ZH),
		fmt.Sprintf("%s “%s” can no longer be done. Reload and go on from there.", en, a.Words.EN), nil)
}

// read trims the texts and asks whether they are all there, and no others.
func (a Action) read(text map[string]string) (map[string]string, error) {
	f := fault.New(fault.Invalid, "step", "填写的内容有误。请按提示更正后再提交。",
		"Something is wrong in what you filled in. Correct what is named and send it again.", nil)
	out := make(map[string]string, len(text))
	for _, field := range a.Fields {
		t := strings.TrimSpace(text[field.Name])
		if w, wrong := field.wrong(t); wrong {
			f.Fields = append(f.Fields, fault.Field{Name: field.Name, ZH: w.ZH, EN: w.EN})
		} else if t != "" {
			out[field.Name] = t
		}
	}
	for name := range text {
		if !slices.ContainsFunc(a.Fields, func(f Field) bool { return f.Name == name }) {
			f.Fields = append(f.Fields, fault.Field{Name: name, ZH: "这一步没有这一栏，请去掉。", EN: "This step has no such field; leave it out."})
		}
	}
	if len(f.Fields) > 0 {
		slices.SortFunc(f.Fields, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
		return nil, f
	}
	return out, nil
}

// wrong says what is wrong with a field's text.
func (f Field) wrong(t string) (Words, bool) {
	n := utf8.RuneCountInString(t)
	number, err := strconv.ParseInt(t, 10, 64)
	switch {
	case t == "" && f.Required:
		return Words{"请填写" + f.Words.ZH + "。", "Enter the " + f.Words.EN + "."}, true
	case t == "":
		return Words{}, false
	case !utf8.ValidString(t):
		return Words{f.Words.ZH + "含有无法识别的字符，请重新填写。", "The " + f.Words.EN + " has characters that cannot be read; enter it again."}, true
	case f.Number && (err != nil || number <= 0 || strconv.FormatInt(number, 10) != t):
		return Words{f.Words.ZH + "应为数字编号。", "The " + f.Words.EN + " must be a number."}, true
	case n < f.Min:
		return Words{fmt.Sprintf("%s至少 %d 字。", f.Words.ZH, f.Min), fmt.Sprintf("The %s must have at least %d characters.", f.Words.EN, f.Min)}, true
	case n > f.Max:
		return Words{fmt.Sprintf("%s最多 %d 字，现有 %d 字。", f.Words.ZH, f.Max, n), fmt.Sprintf("The %s may have %d characters at most; it has %d.", f.Words.EN, f.Max, n)}, true
	}
	return Words{}, false
}

// days is how many days a step gives, of those it asked for.
func (a Action) days(asked int) (int, error) {
	switch {
	case a.Choose && asked >= 1 && asked <= a.Days:
		return asked, nil
	case !a.Choose && (asked == 0 || a.Clock.counts() && asked == a.Days):
		return a.Days, nil
	}
	f := fault.New(fault.Invalid, "step", "天数有误。请按提示更正后再提交。", "The number of days is wrong. Correct it and send it again.", nil)
	w := Words{"这一步的天数由办公室统一规定，请不要填写。", "The days of this step are set by the office; leave them out."}
	if a.Choose {
		w = Words{fmt.Sprintf("请填写 1 至 %d 个工作日。", a.Days), fmt.Sprintf("Enter 1 to %d working days.", a.Days)}
	}
	f.Fields = []fault.Field{{Name: "days", ZH: w.ZH, EN: w.EN}}
	return 0, f
}

// list names roles that people have.
func (d *Definition) list(roles []string) (zh, en string) {
	var z, e []string
	for _, r := range roles {
		if r != System {
			w := d.role(r)
			z, e = append(z, w.ZH), append(e, w.EN)
		}
	}
	if len(z) == 0 {
		w := d.role(System)
		return w.ZH, w.EN
	}
	return strings.Join(z, "、"), strings.Join(e, ", ")
}

func stampZH(t time.Time) string { return t.Format("2006年1月2日 15:04") }
func stampEN(t time.Time) string { return t.Format("2 January 2006, 15:04") }
