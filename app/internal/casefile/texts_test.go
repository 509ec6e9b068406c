package casefile_test

import (
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Of a text with blanks each word is found, in a number's beginning or an item's name;
// a number that has a blank in it is found as it is. Registers find the same.
func TestATextIsFoundWordByWord(t *testing.T) {
	o := open(t, "2026-09-24 08:00:00")
	o.catalogue()
	o.live = true
	for _, x := range []struct {
		no string
		of func(*pb.Event)
	}{
		{"GH-1", func(*pb.Event) {}}, {"GH-2", func(*pb.Event) {}}, {"WJ-1", ofWJ}, {"(2026) 12 号", ofWJ}, {"(2026) 13 号", ofWJ},
	} {
		o.take(event(x.no, pb.EventKind_EVENT_KIND_RECEIVED, "2026-08-20 09:00:00", x.of), event(x.no, pb.EventKind_EVENT_KIND_ACCEPTED, "2026-08-20 10:00:00", x.of),
			event(x.no, pb.EventKind_EVENT_KIND_DECIDED, "2026-09-23 10:00:00", x.of, func(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_REFUSED} }))
	}
	o.judged("2026-09-24 08:00:00")
	for text, want := range map[string]string{
		"许可": "GH-1 GH-2 WJ-1 (2026) 12 号 (2026) 13 号", "规划 许可": "GH-1 GH-2", "许可　规划": "GH-1 GH-2", "规划 卫生": "",
		"GH-1 许可": "GH-1", "许可 GH-1": "GH-1", "GH-1 卫生": "", "GH-1 GH-2": "",
		"(2026) 12": "(2026) 12 号", "(2026) 卫生": "(2026) 12 号 (2026) 13 号", "卫生 ": "WJ-1 (2026) 12 号 (2026) 13 号", "_": "", "%": "",
	} {
		ask := list.Asking("text", text)
		if got := o.ordered(ask.Up()); got != want {
			t.Errorf("cases of %q: %q, want %q", text, got, want)
		}
		var overdue, rejected []string
		for _, r := range read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) { return v.OverdueRegister(ask) }).Rows {
			overdue = append([]string{r.CaseNo}, overdue...)
		}
		for _, r := range read(o, access.Here, func(v *casefile.View) (store.Page[casefile.RejectionRow], error) { return v.RejectionRegister(ask) }).Rows {
			rejected = append([]string{r.CaseNo}, rejected...)
		}
		if got := strings.Join(overdue, " "); got != want {
			t.Errorf("overdue of %q: %q, want %q", text, got, want)
		}
		if got := strings.Join(rejected, " "); got != want {
			t.Errorf("rejections of %q: %q, want %q", text, got, want)
		}
	}
}

// A beginning that all numbers of a department have, and no others, is that department:
// nothing is looked for by numbers, and how many there are is counted on write.
func TestABeginningOfAllNumbersIsNotLookedFor(t *testing.T) {
	o := open(t, "2026-11-30 10:00:00")
	various(o)
	for _, by := range [][]string{{"text", "GH-"}, {"text", "GH-", "state", "open"}, {"text", "WJ", "department", "WJ"}} {
		for name, of := range map[string]func(*casefile.View) (int, error){
			"cases":    func(v *casefile.View) (int, error) { p, err := v.Cases(list.Asking(by...)); return p.Total, err },
			"findings": func(v *casefile.View) (int, error) { p, err := v.Findings(list.Asking(by[:2]...)); return p.Total, err },
		} {
			for _, plan := range plans(o, access.Here, of) {
				if strings.Contains(plan, "case_no>?") {
					t.Errorf("%s by %v: %s", name, by, plan)
				}
			}
		}
	}
}
