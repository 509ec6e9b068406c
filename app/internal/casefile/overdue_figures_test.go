package casefile_test

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// reports has the department report case GH-1 as over its promise by something.
func (o *office) reports(overBy, when string) {
	o.Helper()
	o.says(overBy, when, pb.Clock_CLOCK_PROMISED)
}

// says is reports of either limit, or of one that is not said.
func (o *office) says(overBy, when string, clock pb.Clock) {
	o.Helper()
	o.must(o.in.Overdue(here, "a", &pb.OverdueResponse{Cursor: []byte(overBy + when), CaughtUp: true, Records: []*pb.OverdueRecord{{Record: &pb.OverdueRecord_Overdue{
		Overdue: &pb.OverdueCase{SourceId: overBy + when, Department: "GH", CaseNo: "GH-1", Clock: clock, OverBy: overBy, ReportedAt: ts(at(when))}}}}}))
}

// GH-1 was due on Sunday 2026-09-20, which was worked: on Tuesday the 22nd it is
// two working days over, on Thursday the 24th four.
func TestM1WhatBothReportIsComparedByItsFigure(t *testing.T) {
	for overBy, want := range map[string]struct {
		figures string
		since   int
	}{
		"4个工作日":          {"same", 0},
		"四个工作日":          {"same", 0},
		"超期 4 天":         {"same", 0},
		"4 working days": {"same", 0},
		"1个工作日":          {"differ", 2}, // reported on the 22nd, when it was two over: never right
		"2个工作日":          {"differ", 2}, // was right then
		"不足1个工作日":        {"differ", 2},
		"4个自然日":          {"", 0}, // another unit
		"约一周":            {"", 0},
		"":               {"", 0},
	} {
		o := open(t, "2026-09-24 10:00:00")
		running(o)
		o.live = true
		o.judged("2026-09-22 10:00:00")
		o.reports(overBy, "2026-09-22 10:00:00")
		page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) {
			return v.OverdueRegister(list.Asking("department", "GH"))
		})
		if len(page.Rows) != 1 {
			t.Fatalf("%q: %+v", overBy, page.Rows)
		}
		r := page.Rows[0]
		if r.Agreement != "both" || r.OverBy != 4 || r.Figures != want.figures || r.SinceReport != want.since {
			t.Errorf("%q: agreement %s, over by %d, figures %q, %d since; want %+v", overBy, r.Agreement, r.OverBy, r.Figures, r.SinceReport, want)
		}
		whole := read(o, access.Here, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(r.CaseID) })
		if d := whole.OverdueReports[0]; d.Figures != r.Figures || d.SinceReport != r.SinceReport {
			t.Errorf("%q: the case's page says %q, %d", overBy, d.Figures, d.SinceReport)
		}
	}
}

// GH-1's five working days of 2026-09-14 end on Sunday the 20th, which was worked,
// its twenty on Friday 16 October (1 to 7 October are holidays; the 10th is
// worked). On Monday the 19th the statutory limit is one working day over and the
// promised one sixteen. A report belongs to the limit that had run out when it was
// made: what was said of the promise on 21 September is not of the statute.
func TestM1AReportBelongsToTheLimitThatHadRunOut(t *testing.T) {
	for _, c := range []struct {
		name, reported, now string
		clock, of, figures  string
		overBy, since       int
	}{
		{"of the promise, before the statute's ran out", "2026-09-21 10:00:00", "2026-10-19 10:00:00", "statutory", "promised", "differ", 1, 15},
		{"of the statute's", "2026-10-19 09:00:00", "2026-10-19 10:00:00", "statutory", "statutory", "same", 1, 0},
		{"before any had run out", "2026-09-18 10:00:00", "2026-09-21 10:00:00", "promised", "none", "differ", 1, 0},
		{"of the promise", "2026-09-21 09:00:00", "2026-09-21 10:00:00", "promised", "promised", "same", 1, 0},
	} {
		o := open(t, c.now)
		running(o)
		o.live = true
		o.judged(c.now)
		o.says("1个工作日", c.reported, pb.Clock_CLOCK_UNSPECIFIED)
		page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) {
			return v.OverdueRegister(list.Asking("text", "GH-1"))
		})
		if len(page.Rows) != 1 {
			t.Fatalf("%s: %+v", c.name, page.Rows)
		}
		r := page.Rows[0]
		if r.Clock != c.clock || r.ReportedClock != c.of || r.Figures != c.figures || r.OverBy != c.overBy || r.SinceReport != c.since || r.ReportedN != 1 || r.ReportedUnit != "working_days" {
			t.Errorf("%s: %s over by %d; reported of %q, %s, %d since; want %+v", c.name, r.Clock, r.OverBy, r.ReportedClock, r.Figures, r.SinceReport, c)
		}
		whole := read(o, access.Here, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(r.CaseID) })
		if d := whole.OverdueReports[0]; d.Figures != r.Figures || d.ReportedClock != r.ReportedClock || d.SinceReport != r.SinceReport {
			t.Errorf("%s: the case's page says %q of %q, %d since", c.name, d.Figures, d.ReportedClock, d.SinceReport)
		}
	}
}
