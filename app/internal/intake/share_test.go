package intake

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// What an event says like its case and the event before is held once, and what it says
// otherwise stays its own.
func TestEventsHoldTheirCasesWordsOnce(t *testing.T) {
	d := &department{row: store.DepartmentRow{Code: "GH"}}
	e := &entry{key: caseKey{1, "GH-1"}}
	e.subject.Item = &approval.Item{Code: "I01"}
	decoded := func(window string) approval.Event {
		c := strings.Clone
		return approval.Event{Department: c("GH"), CaseNo: c("GH-1"), ItemCode: c("I01"), Window: c(window), Unit: c("一科"),
			Handler: approval.Person{Name: c("李窗口"), ID: c("0417"), Post: c("窗口")}}
	}
	one := func(a, b string) bool { return a == b && unsafe.StringData(a) == unsafe.StringData(b) }
	for _, window := range []string{"12", "12", "13"} {
		ev := decoded(window)
		e.share(d, &ev)
		e.tell(&ev)
	}
	first, second, third := &e.subject.Events[0], &e.subject.Events[1], &e.subject.Events[2]
	for what, held := range map[string]bool{
		"department":        one(second.Department, d.row.Code),
		"case number":       one(second.CaseNo, e.key.no),
		"item":              one(second.ItemCode, e.subject.Item.Code),
		"window":            one(second.Window, first.Window),
		"unit":              one(third.Unit, first.Unit),
		"handler":           one(third.Handler.Name, first.Handler.Name) && one(third.Handler.Post, first.Handler.Post),
		"another window":    third.Window == "13",
		"the first's words": *first == decoded("12"),
	} {
		if !held {
			t.Errorf("%s: not so", what)
		}
	}
}
