package matter_test

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// A matter at its department that is overdue can be pressed for. Nothing else
// follows from it: the deadline stays, nobody's turn changes, and what the
// department reports of before is still taken.
func TestM5AnOverdueMatterCanBePressedFor(t *testing.T) {
	o := open(t)
	o.visit(seen)
	o.do(o.head, 1, "assign", fields{"task": "9 月 28 日上午 12 号窗口无人值守，请核查。"})
	can := func(p access.Principal) bool {
		m := o.one(p, 1)
		for _, a := range o.Can(&m, p) {
			if a.Name == "urge" {
				return true
			}
		}
		return false
	}
	o.due(1, "2026-10-10") // Monday the 28th; 29, 30 September, 8, 9, 10 October
	if can(o.head) {
		t.Error("it can be pressed for in time")
	}
	o.WantCode(o.step(o.head, 1, "urge", fields{"urged": "请尽快答复。"}), "not_late_yet")
	o.At("2026-10-12 09:00")
	if !can(o.head) || !can(o.staff) || can(o.gh) {
		t.Errorf("who can press for it: head %v, staff %v, department %v", can(o.head), can(o.staff), can(o.gh))
	}
	if m := o.one(o.head, 1); o.Waits(&m, o.head) {
		t.Error("it waits for the office, though the department owes the reply")
	}
	before := o.one(o.head, 1)
	for range 2 { // as often as it takes
		o.do(o.head, 1, "urge", fields{"urged": "已逾期，请今日内答复。"})
	}
	m := o.one(o.gh, 1)
	if m.State != matter.Assigned || !m.Since.Equal(before.Since) || len(m.Steps) != 3 || m.Steps[2].Fields["urged"] != "已逾期，请今日内答复。" {
		t.Errorf("the department sees %+v", m)
	}
	o.due(1, "2026-10-10")
	n, err := o.Counts(ctx, o.head)
	if err != nil || n.Overdue != 1 || n.Waiting != 0 || len(o.list(o.head, list.Asking("waiting", "true"))) != 0 {
		t.Errorf("%+v %v", n, err)
	}
	o.do(o.gh, 1, "reply", fields{"reply": "情况属实，已批评教育。"})
	m = o.one(o.head, 1)
	if late := o.Late(&m); late[1] || late[2] || !late[3] {
		t.Errorf("late: %v", late)
	}
}

// What a liaison is told to do is what its department can do: a reply that the
// office has not verified in time is late at the office, and no to-do of the
// department's.
func TestM22ALiaisonsCountsAreOfItsOwnTurn(t *testing.T) {
	o := open(t)
	o.visit(seen)
	o.do(o.head, 1, "assign", fields{"task": "9 月 28 日上午 12 号窗口无人值守，请核查。"})
	counts := func(p access.Principal, want matter.Counts) {
		t.Helper()
		if got, err := o.Counts(ctx, p); err != nil || got != want {
			t.Errorf("%s counts %+v, %v, want %+v", p.Login, got, err, want)
		}
	}
	o.At("2026-10-12 09:00") // due 10 October
	counts(o.gh, matter.Counts{Waiting: 1, Overdue: 1, Open: 1})
	o.do(o.gh, 1, "reply", fields{"reply": "情况属实，已批评教育。"})
	o.At("2026-10-20 09:00") // the office had two working days
	counts(o.gh, matter.Counts{Open: 1})
	counts(o.head, matter.Counts{Waiting: 1, Overdue: 1, Open: 1})
	if n := len(o.list(o.gh, list.Asking("overdue", "true", "waiting", "true"))); n != 0 {
		t.Errorf("the list of what is late has %d", n)
	}
}
