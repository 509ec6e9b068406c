package casefile_test

import (
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// On Monday 2026-09-14 the board looks to Monday the 21st; Sunday the 20th is
// worked that year. GH's five working days of the 14th end on the 20th, WJ's seven
// calendar days on the 21st.
func TestM26WhatComesDueOnTheNextWorkingDays(t *testing.T) {
	o := open(t, "2026-09-14 10:00:00")
	o.catalogue()
	o.take(event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"), event("GH-2", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:30:00"),
		event("WJ-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-10 09:00:00", ofWJ))
	o.judged("2026-09-14 10:00:00")
	days := read(o, access.Here, (*casefile.View).Board).DueDays
	got := ""
	for _, d := range days {
		got += fmt.Sprintf("%s %v %d", d.Date, d.Workday, d.None+d.Warn+d.Yellow+d.Red)
		for _, x := range d.Departments {
			got += fmt.Sprintf(" %s:%d", x.Code, x.Count)
		}
		got += "; "
	}
	const want = "2026-09-14 true 0; 2026-09-15 true 0; 2026-09-16 true 0; 2026-09-17 true 1 WJ:1; 2026-09-18 true 0; 2026-09-20 true 2 GH:2; "
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// What no adapter reports for is shown as of when it was last judged, and says so.
func TestM17WhatIsNotOfNowSaysSo(t *testing.T) {
	o := open(t, "2026-11-30 10:00:00")
	running(o)
	o.judged("2026-09-15 12:00:00")
	board := read(o, access.Here, (*casefile.View).Board)
	id := o.listed(access.Here, list.Ask{})["GH-1"].ID
	detail := func() casefile.CaseDetail {
		return read(o, access.Here, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(id) })
	}
	if d := board.Departments[0]; !d.AsOf.Equal(at("2026-09-15 12:00:00")) || !detail().AsOf.Equal(d.AsOf) {
		t.Errorf("at rest the board is as of %v, a case as of %v", d.AsOf, detail().AsOf)
	}
	o.live = true
	board = read(o, access.Here, (*casefile.View).Board)
	if d := board.Departments[0]; !d.AsOf.IsZero() || !detail().AsOf.IsZero() {
		t.Errorf("live the board is as of %v, a case as of %v", d.AsOf, detail().AsOf)
	}
}

// The tile of today's rejections leads to those of today, the badge of findings to
// those of open cases.
func TestM8ListsAreNarrowedToWhatAFigureCounts(t *testing.T) {
	o := open(t, "2026-09-22 10:00:00")
	running(o)
	refused := func(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_REFUSED} }
	o.take(event("GH-1", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-21 09:00:00", refused), event("GH-2", pb.EventKind_EVENT_KIND_RESUMED, "2026-09-21 15:00:00"),
		event("GH-2", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-22 09:00:00", refused))
	o.judged("2026-09-22 10:00:00")
	page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.RejectionRow], error) {
		return v.RejectionRegister(list.Asking("decided_from", "2026-09-22", "decided_to", "2026-09-23"))
	})
	if page.Total != 1 || page.Rows[0].CaseNo != "GH-2" {
		t.Errorf("today's rejections: %+v", page)
	}
	if n := read(o, access.Here, (*casefile.View).Board).City.RejectedToday; n != 1 {
		t.Errorf("the tile says %d", n)
	}
	findings := func(ask list.Ask) store.Page[casefile.Finding] {
		return read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Finding], error) { return v.Findings(ask) })
	}
	all, open := findings(list.Ask{}), findings(list.Asking("open", "true"))
	ended := map[string]bool{"GH-1": true, "GH-2": true, "GH-3": true}
	want := 0
	for _, f := range all.Rows {
		if !ended[f.CaseNo] {
			want++
		}
	}
	if open.Total != want || want == all.Total || want == 0 {
		t.Errorf("%d findings of open cases, want %d of %d", open.Total, want, all.Total)
	}
}
