package casefile_test

import (
	"fmt"
	"testing"
	"time"

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

// M8: a rejection counts on the day on which it takes effect, in the tile and in the
// list that the tile opens, whenever the department wrote it down.
func TestM8TodaysRejectionsAreThoseThatTheTileCounts(t *testing.T) {
	o := open(t, "2026-09-22 10:00:00")
	running(o)
	refused := func(effective string) func(*pb.Event) {
		return func(e *pb.Event) {
			e.Decision, e.EffectiveAt = &pb.Decision{Outcome: pb.Outcome_OUTCOME_REFUSED}, ts(at(effective))
		}
	}
	o.take(event("GH-1", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-22 08:40:00", refused("2026-09-21 16:00:00")),
		event("GH-2", pb.EventKind_EVENT_KIND_RESUMED, "2026-09-21 15:00:00"),
		event("GH-2", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-21 16:00:00", refused("2026-09-22 09:00:00")))
	o.judged("2026-09-22 10:00:00")
	for day, want := range map[string]string{"2026-09-21": "GH-1", "2026-09-22": "GH-2"} {
		next := at(day+" 00:00:00").AddDate(0, 0, 1).Format(time.DateOnly)
		page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.RejectionRow], error) {
			return v.RejectionRegister(list.Asking("decided_from", day, "decided_to", next))
		})
		if page.Total != 1 || page.Rows[0].CaseNo != want {
			t.Errorf("rejections of %s: %+v, want %s", day, page, want)
		}
	}
	if n := read(o, access.Here, (*casefile.View).Board).City.RejectedToday; n != 1 {
		t.Errorf("the tile says %d", n)
	}
}

// The tile of today's rejections leads to those of today, the badge of findings to
// those of open cases.
func TestM7M8ListsAreNarrowedToWhatAFigureCounts(t *testing.T) {
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

// What the early-finish rate and the mean are of is what their tiles open: GH-2,
// ended with a promise. J3 is done on the spot, J4 promises nothing, GH-1 is open.
func TestM8TheTilesOfWhatEndedOpenWhatTheyCount(t *testing.T) {
	o := open(t, "2026-09-22 10:00:00")
	o.must(o.in.Catalogue(here, "a", &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{
			{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(5), Statutory: days(20)},
			{Department: "GH", Code: "J3", Name: "规划咨询", CaseType: pb.CaseType_CASE_TYPE_ON_THE_SPOT, Promised: days(1)},
			{Department: "GH", Code: "J4", Name: "规划备案", CaseType: pb.CaseType_CASE_TYPE_COMMITTED},
		}))
	item := func(code string) func(*pb.Event) { return func(e *pb.Event) { e.ItemCode = code } }
	o.take(event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-21 09:00:00"))
	for no, code := range map[string]string{"GH-2": "I1", "GH-3": "J3", "GH-4": "J4"} {
		o.take(event(no, pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-21 09:00:00", item(code)),
			event(no, pb.EventKind_EVENT_KIND_DECIDED, "2026-09-21 15:00:00", granted, item(code)))
	}
	o.judged("2026-09-22 10:00:00")
	city := read(o, access.Here, (*casefile.View).Board).City
	page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Case], error) {
		return v.Cases(list.Asking("committed", "true"))
	})
	if city.Committed != page.Total || page.Total != 1 || page.Rows[0].CaseNo != "GH-2" {
		t.Errorf("the tile counts %d, its list %d: %+v", city.Committed, page.Total, page.Rows)
	}
}

// Where nothing reports any more the board looks ahead from the day that cases are
// shown for, and not from today: GH-1 comes due on 2026-09-20 (worked), two months
// before the 30 November of the office's clock.
func TestM17TheBoardLooksAheadFromTheDayThatItShows(t *testing.T) {
	o := open(t, "2026-11-30 10:00:00")
	running(o) // judged for 2026-09-15 12:00
	board := read(o, access.Here, (*casefile.View).Board)
	if board.DueDays[0].Date != "2026-09-15" {
		t.Errorf("the days begin with %s", board.DueDays[0].Date)
	}
	due := 0
	for _, d := range board.DueDays {
		due += d.None + d.Warn + d.Yellow + d.Red
	}
	if due == 0 {
		t.Errorf("nothing comes due: %+v", board.DueDays)
	}
	o.live = true
	if first := read(o, access.Here, (*casefile.View).Board).DueDays[0].Date; first != "2026-11-30" {
		t.Errorf("live the days begin with %s", first)
	}
}

// On 2026-11-30 the list of 2027 is missing. A case whose twenty working days end
// in December 2026 does not reach into it, one of a month later does; what ended
// reaches nowhere.
func TestM13ThereIsNoAlarmOfAYearThatNoOpenCaseReaches(t *testing.T) {
	warned := func(accepted string, more ...*pb.Event) string {
		o := open(t, "2026-12-21 10:00:00")
		o.catalogue()
		o.live = true
		o.take(append([]*pb.Event{event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, accepted)}, more...)...)
		o.judged("2026-12-21 10:00:00")
		defer o.close()
		out := ""
		for _, w := range read(o, access.Here, (*casefile.View).Board).Warnings {
			out += w.Code
		}
		return out
	}
	if got := warned("2026-11-30 09:00:00"); got != "" { // due 28 December
		t.Errorf("nothing reaches into 2027, yet: %s", got)
	}
	if got := warned("2026-12-18 09:00:00"); got != "calendar_2027" {
		t.Errorf("a case reaches into 2027: %q", got)
	}
	if got := warned("2026-12-18 09:00:00", event("GH-1", pb.EventKind_EVENT_KIND_DECIDED, "2026-12-18 15:00:00", granted)); got != "" {
		t.Errorf("the case ended: %s", got)
	}
}
