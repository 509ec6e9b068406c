package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// ordered are the numbers of the cases that are asked for, in the list's order.
func (o *office) ordered(a list.Ask) string {
	o.Helper()
	var out []string
	for _, c := range read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Case], error) { return v.Cases(a) }).Rows {
		out = append(out, c.CaseNo)
	}
	return strings.Join(out, " ")
}

// By when they are due, cases that are due on no day come last, up and down; by level
// and by department go gravity and code, and then receipt.
func TestCasesInTheOrderOfAColumn(t *testing.T) {
	o := open(t, "2026-09-24 08:00:00")
	o.catalogue()
	o.live = true
	in := func(no, day string, more ...func(*pb.Event)) {
		o.take(event(no, pb.EventKind_EVENT_KIND_RECEIVED, day+" 09:00:00", more...))
	}
	runs := func(no, day string, more ...func(*pb.Event)) {
		in(no, day, more...)
		o.take(event(no, pb.EventKind_EVENT_KIND_ACCEPTED, day+" 10:00:00", more...))
	}
	runs("GH-4", "2026-09-01") // due on the 8th: late
	runs("GH-1", "2026-09-21") // due on the 28th
	in("GH-2", "2026-09-22")   // not accepted yet: no clock runs
	runs("WJ-1", "2026-09-23", ofWJ)
	in("GH-3", "2026-09-18")
	runs("WJ-2", "2026-08-20", ofWJ) // due on the 27th: late
	o.judged("2026-09-24 08:00:00")
	for _, x := range []struct{ order, up, down string }{
		{"due", "WJ-2 GH-4 GH-1 WJ-1 GH-2 GH-3", "WJ-1 GH-1 GH-4 WJ-2 GH-3 GH-2"},
		{"department", "GH-4 GH-3 GH-1 GH-2 WJ-2 WJ-1", "WJ-1 WJ-2 GH-2 GH-1 GH-3 GH-4"},
		{"received", "WJ-2 GH-4 GH-3 GH-1 GH-2 WJ-1", "WJ-1 GH-2 GH-1 GH-3 GH-4 WJ-2"},
	} {
		if got := o.ordered(list.Asking().By(x.order).Up()); got != x.up {
			t.Errorf("by %s: %s, want %s", x.order, got, x.up)
		}
		if got := o.ordered(list.Asking().By(x.order)); got != x.down {
			t.Errorf("by %s, down: %s, want %s", x.order, got, x.down)
		}
	}
	rows := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Case], error) { return v.Cases(list.Asking().By("level")) }).Rows
	gravity := []string{"red", "yellow", "warn", "data", "review", "none"}
	levels := map[string]bool{}
	for i := range rows {
		levels[rows[i].Level] = true
		if i == 0 {
			continue
		}
		a, b := slices.Index(gravity, rows[i-1].Level), slices.Index(gravity, rows[i].Level)
		if a > b || a == b && rows[i-1].ReceivedAt.Before(rows[i].ReceivedAt) {
			t.Errorf("by level %s of %s stands before %s of %s", rows[i-1].Level, rows[i-1].ReceivedAt, rows[i].Level, rows[i].ReceivedAt)
		}
	}
	if len(levels) < 2 {
		t.Errorf("levels %v", levels)
	}
}
