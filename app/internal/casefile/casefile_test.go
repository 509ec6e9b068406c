package casefile_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// running takes in five cases: one whose clock runs, one whose clock stands, one
// that counts calendar days, one whose last calendar day was moved off a rest
// day (Saturday the 19th to Sunday the 20th, which was worked), and one that ended.
func running(o *office) {
	o.catalogue()
	o.take(
		event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
		event("GH-2", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
		event("GH-2", pb.EventKind_EVENT_KIND_PAUSED, "2026-09-15 09:00:00", paused),
		event("WJ-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00", ofWJ),
		event("WJ-2", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-12 09:00:00", ofWJ),
		event("GH-3", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
		event("GH-3", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-15 09:00:00", granted),
	)
	o.judged("2026-09-15 12:00:00")
}

// A list, a file, one case by its number and its whole page say the same of a
// case, for the same moment.
func TestR19EveryWayOfReadingACaseSaysTheSame(t *testing.T) {
	o := open(t, "2026-09-21 10:00:00")
	running(o)
	for _, o.live = range []bool{false, true} {
		all := o.listed(access.Here, list.Ask{})
		if len(all) != 5 {
			t.Fatalf("%d cases", len(all))
		}
		err := o.cases.View(here, func(v *casefile.View) error {
			return v.EachCase(list.Ask{}, func(c *casefile.Case) error {
				if utc(*c) != all[c.CaseNo] {
					t.Errorf("live %v: a file has %+v\nthe list %+v", o.live, *c, all[c.CaseNo])
				}
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		for no, c := range all {
			one := read(o, access.Here, func(v *casefile.View) (casefile.Case, error) { return v.CaseByNo(c.Department, no) })
			whole := read(o, access.Here, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(c.ID) })
			if utc(one) != c || utc(whole.Case) != c {
				t.Errorf("live %v: the list has %+v\nby number %+v\nwhole %+v", o.live, c, one, whole.Case)
			}
		}
	}
}

// Without an adapter cases are shown for the moment that they were judged for,
// with one they count on with the office clock.
func TestOpenCasesCountOnToTheMoment(t *testing.T) {
	o := open(t, "2026-09-21 10:00:00")
	running(o)
	used := func() string {
		c := o.listed(access.Here, list.Ask{})
		return fmt.Sprint(c["GH-1"].Used, c["GH-2"].Used, c["GH-2"].Paused, c["WJ-1"].Used, c["WJ-2"].Used, c["GH-3"].Used)
	}
	if got := used(); got != "1 1 0 1 3 1" {
		t.Errorf("at rest: %s", got)
	}
	dueAtRest := o.listed(access.Here, list.Ask{})["GH-2"].DueAt
	o.live = true
	if got := used(); got != "6 1 5 7 9 1" {
		t.Errorf("by the office clock: %s", got)
	}
	if due := o.listed(access.Here, list.Ask{})["GH-2"].DueAt; !due.After(dueAtRest) {
		t.Errorf("a standing clock's due time stands: %v", due)
	}
	// A folder that no console runs on is read as one at rest.
	o.live = false
	want := o.listed(access.Here, list.Ask{})
	var err error
	if o.cases, err = casefile.AtRest(here, o.store, workday.Default(), rules.DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	for no, c := range o.listed(access.Here, list.Ask{}) {
		if c != want[no] {
			t.Errorf("no console: %+v\na console at rest: %+v", c, want[no])
		}
	}
}

// The overdue register runs on in the list as in the file.
func TestTheOverdueRegisterRunsOn(t *testing.T) {
	o := open(t, "2026-09-24 10:00:00")
	running(o)
	o.judged("2026-09-22 10:00:00") // GH-1 was due on the 20th, a Sunday that was worked
	for _, want := range []int{2, 4} {
		page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) {
			return v.OverdueRegister(list.Asking("department", "GH"))
		})
		if len(page.Rows) != 1 || page.Rows[0].CaseNo != "GH-1" || page.Rows[0].OverBy != want || page.Rows[0].Agreement != "awaited" && page.Rows[0].Agreement != "only_ours" {
			t.Fatalf("want over by %d: %+v", want, page.Rows)
		}
		if err := o.cases.View(here, func(v *casefile.View) error {
			return v.EachOverdue(list.Asking("department", "GH"), func(r *casefile.OverdueRow) error {
				if *r != page.Rows[0] {
					t.Errorf("the file has %+v, the list %+v", *r, page.Rows[0])
				}
				return nil
			})
		}); err != nil {
			t.Fatal(err)
		}
		o.live = true
	}
}

// A limit in working hours runs on as well: nine hours from nine on the 14th end
// at half past ten on the 15th, with lunch from twelve to half past one.
func TestTheOverdueRegisterRunsOnInHours(t *testing.T) {
	o := open(t, "2026-09-16 11:30:00")
	o.catalogue()
	o.take(event("WJ-9", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00", ofWJ, func(e *pb.Event) { e.ItemCode = "J2" }))
	o.judged("2026-09-15 12:00:00")
	for _, o.live = range []bool{false, true} {
		page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) {
			return v.OverdueRegister(list.Asking("department", "WJ"))
		})
		if len(page.Rows) != 1 {
			t.Fatalf("%+v", page.Rows)
		}
		whole := read(o, access.Here, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(page.Rows[0].CaseID) })
		if row := page.Rows[0]; row.OverBy != -whole.Promised.Remaining || o.live != (row.OverBy > 1) {
			t.Errorf("live %v: over by %d, by its page %d", o.live, row.OverBy, -whole.Promised.Remaining)
		}
	}
}

// A case that is paused after it ran over stands in the register like every other,
// and how far it is over stands.
func TestB1AnOverdueCaseThatStandsStillIsInTheRegister(t *testing.T) {
	o := open(t, "2026-09-24 10:00:00")
	running(o)
	o.take(event("GH-1", pb.EventKind_EVENT_KIND_PAUSED, "2026-09-22 09:00:00", paused))
	o.judged("2026-09-22 10:00:00")
	o.live = true
	page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) {
		return v.OverdueRegister(list.Asking("department", "GH"))
	})
	if len(page.Rows) != 1 || page.Rows[0].CaseNo != "GH-1" || !page.Rows[0].PausedNow || page.Rows[0].OverBy != 2 { // the 21st and the 22nd
		t.Errorf("%+v", page.Rows)
	}
}

// Whatever a liaison asks for, it gets its own department's; nobody gets
// nothing.
func TestAViewIsKeptToWhoAsks(t *testing.T) {
	o := open(t, "2026-09-24 10:00:00")
	running(o)
	o.judged("2026-09-24 10:00:00")
	liaison := access.Principal{Account: 9, Role: access.Liaison, Department: "WJ"}
	all := o.listed(access.Here, list.Ask{})
	if c := o.listed(liaison, list.Ask{}); len(c) != 2 || c["WJ-1"].ID == 0 {
		t.Errorf("a liaison's cases: %+v", c)
	}
	board := read(o, liaison, (*casefile.View).Board)
	if len(board.Departments) != 1 || board.Departments[0].Code != "WJ" || board.City.Total != 2 {
		t.Errorf("a liaison's board: %+v", board)
	}
	for _, d := range read(o, liaison, (*casefile.View).Departments) {
		if (d.Figures.Total > 0) != (d.Code == "WJ") {
			t.Errorf("a liaison sees %+v", d)
		}
	}
	for _, d := range read(o, access.Principal{Account: 8, Role: access.Volunteer}, (*casefile.View).Departments) {
		if d.Figures != (casefile.Figures{}) || d.Name == "" {
			t.Errorf("a volunteer sees %+v", d)
		}
	}
	for what, f := range map[string]func(*casefile.View) error{
		"cases":     func(v *casefile.View) error { _, err := v.Cases(list.Asking("department", "GH")); return err },
		"a case":    func(v *casefile.View) error { _, err := v.Case(all["GH-1"].ID); return err },
		"its page":  func(v *casefile.View) error { _, err := v.CaseDetail(all["GH-1"].ID); return err },
		"a record":  func(v *casefile.View) error { _, err := v.RecordOf(all["GH-1"].ID, 0); return err },
		"by number": func(v *casefile.View) error { _, err := v.CaseByNo("GH", "GH-1"); return err },
		"findings": func(v *casefile.View) error {
			_, err := v.Findings(list.Asking("department", "GH"))
			return err
		},
		"events": func(v *casefile.View) error { _, err := v.RecentChanges(0, "GH", 10); return err },
		"overdue": func(v *casefile.View) error {
			_, err := v.OverdueRegister(list.Asking("department", "GH"))
			return err
		},
		"rejections": func(v *casefile.View) error {
			_, err := v.RejectionRegister(list.Asking("department", "GH"))
			return err
		},
		"authorizations": func(v *casefile.View) error {
			_, err := v.AuthorizationRegister(list.Asking("department", "GH"))
			return err
		},
		"a file": func(v *casefile.View) error {
			return v.EachCase(list.Asking("department", "GH"), func(*casefile.Case) error { return errors.New("a row") })
		},
	} {
		err, code := o.cases.View(access.With(here, liaison), f), "not_found"
		if what == "a case" || what == "its page" || what == "a record" {
			code = "unknown_case" // as of one that does not exist
		}
		if p, ok := fault.As(err); !ok || p.Kind != fault.NotFound || p.Code != code {
			t.Errorf("%s of another department: %v", what, err)
		}
		if err := o.cases.View(here, f); err != nil && what != "a file" {
			t.Errorf("%s for the office: %v", what, err)
		}
	}
	findings := read(o, liaison, func(v *casefile.View) (store.Page[casefile.Finding], error) {
		return v.Findings(list.Ask{})
	})
	for _, f := range findings.Rows {
		if f.Department != "WJ" {
			t.Errorf("a liaison sees %+v", f)
		}
	}
	if len(findings.Rows) == 0 {
		t.Error("a liaison sees no finding of its own")
	}
	if err := o.cases.View(access.With(here, access.Principal{}), func(*casefile.View) error { return nil }); err == nil {
		t.Error("nobody gets a view")
	}
}

// The original and its correction stand side by side.
func TestACorrectionStandsBesideWhatItCorrects(t *testing.T) {
	o := open(t, "2026-09-24 10:00:00")
	running(o)
	later := event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 11:00:00")
	later.SourceId = "1"
	o.take(later)
	c := o.listed(access.Here, list.Ask{})["GH-1"]
	events := read(o, access.Here, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(c.ID) }).Events
	if !c.Corrected || len(events) != 2 || events[1].Corrects != events[0].Seq || events[0].CorrectedBy != events[1].Seq {
		t.Errorf("%+v", events)
	}
}

// Who was away reads from the journal what who was there heard.
func TestTheJournalTellsWhatTheStreamTold(t *testing.T) {
	o := open(t, "2026-09-24 10:00:00")
	running(o)
	o.told = nil
	before, err := o.store.Head(here)
	o.must(err)
	o.take(event("GH-4", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-22 09:00:00"),
		event("GH-4", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-23 09:00:00", granted))
	o.must(o.in.Ratings(here, "a", &pb.RatingsResponse{Cursor: []byte("r"), CaughtUp: true, Records: []*pb.RatingRecord{
		{Record: &pb.RatingRecord_Rating{Rating: &pb.Rating{SourceId: "p1", Department: "GH", CaseNo: "GH-4", ItemCode: "I1", Level: pb.RatingLevel_RATING_LEVEL_VERY_DISSATISFIED,
			RatedAt: ts(at("2026-09-23 15:45:00")), Channel: "terminal", Window: "3"}}}}}))
	missed, err := o.cases.ChangesSince(here, before, 10)
	o.must(err)
	if len(missed) != len(o.told) || len(missed) == 0 {
		t.Fatalf("missed %+v\ntold %+v", missed, o.told)
	}
	last := missed[len(missed)-1]
	if last.Kind != "rating" || last.Detail != "very_dissatisfied" || last.CaseID == 0 || !last.At.Equal(at("2026-09-23 15:45:00")) || !last.ObservedAt.Equal(o.now) {
		t.Errorf("the rating reads %+v", last)
	}
	for i := range missed {
		a, b := missed[i], o.told[i]
		a.At, a.ObservedAt, a.Level = b.At, b.ObservedAt, b.Level // of one batch the stream tells a case's last level only
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("missed %+v\ntold   %+v", missed[i], o.told[i])
		}
	}
}

// A folder without anything has a board with empty lists, not with none.
func TestAnEmptyFolderHasABoard(t *testing.T) {
	o := open(t, "2026-09-24 10:00:00")
	b := read(o, access.Here, (*casefile.View).Board)
	if b.Departments == nil || len(b.Due) == 0 || b.Warnings == nil || !b.Now.Equal(o.now) {
		t.Errorf("%+v", b)
	}
	still := b.Still()
	b.Now, b.Seq = b.Now.Add(time.Hour), 7
	if fmt.Sprint(b.Still()) != fmt.Sprint(still) {
		t.Error("the time alone makes another board")
	}
}
