package casefile_test

import (
	"strconv"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// R2, R3: under another law than the licensing law facts count by their dates. Five
// working days of 2026-09-14 end on Saturday's make-up week's Sunday the 20th, which is
// worked, at 17:30. A decision for the 18th that was registered only on Monday the 28th
// leaves V02 standing, and the lists that a clerk opens for it show the case with both
// readings: by registration over by five working days (21 to 24 and 28 September; the
// 25th to the 27th are the Mid-Autumn holiday). GH-2, registered on the day, is in none.
func TestR2WhatIsOverByRegistrationStandsInTheLists(t *testing.T) {
	o := open(t, "2026-09-30 10:00:00")
	defer o.close()
	o.must(o.in.Catalogue(here, "a", &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{{Department: "GH", Code: "I1", Name: "占道审批",
			CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Regime: pb.Regime_REGIME_LIMITS_ONLY, Promised: days(5), Statutory: days(20)}}))
	late := func(e *pb.Event) { e.EnteredAt = ts(at("2026-09-28 09:00:00")) }
	o.take(event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
		event("GH-1", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-18 09:00:00", granted, late),
		event("GH-2", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
		event("GH-2", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-18 09:00:00", granted))
	o.judged("2026-09-30 10:00:00")

	cases := o.listed(access.Here, list.Asking("overdue", "true"))
	c, found := cases["GH-1"]
	if len(cases) != 1 || !found || c.Overdue || !c.OverdueByRegistration || c.Level != "yellow" {
		t.Fatalf("overdue cases: %+v", cases)
	}
	register := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) { return v.OverdueRegister(list.Ask{}) })
	if register.Total != 1 {
		t.Fatalf("register: %+v", register.Rows)
	}
	due := at("2026-09-20 17:30:00")
	if r := register.Rows[0]; r.CaseNo != "GH-1" || !r.ByRegistration || r.Clock != "promised" || !r.DueAt.Equal(due) || !r.OverAt.Equal(due) || r.OverBy != 5 {
		t.Errorf("register: %+v", r)
	}
	detail := read(o, access.Here, func(v *casefile.View) (casefile.CaseDetail, error) { return v.CaseDetail(c.ID) })
	if p := detail.Promised; p.Over || !p.LapsedAt.Equal(due) || p.LapsedBy != 5 {
		t.Errorf("limits of case %s: %+v", strconv.FormatUint(c.ID, 10), p)
	}
	if len(detail.OverdueReports) != 1 || detail.OverdueReports[0].OverBy != 5 {
		t.Errorf("the case's own row: %+v", detail.OverdueReports)
	}
}

// A filing that came when the time for it had passed is late, and not "both report":
// refused on Tuesday 2026-09-15, due by the 16th at 17:30, filed on the 22nd.
func TestR14AFilingAfterItsTimeIsLateInTheRegister(t *testing.T) {
	o := open(t, "2026-09-24 10:00:00")
	defer o.close()
	o.must(o.in.Catalogue(here, "a", &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS, pb.Capability_CAPABILITY_REJECTIONS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发",
			CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(5), Statutory: days(20)}}))
	refused := func(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_REFUSED} }
	for _, no := range []string{"GH-1", "GH-2"} {
		o.take(event(no, pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"), event(no, pb.EventKind_EVENT_KIND_DECIDED, "2026-09-15 09:00:00", refused))
	}
	var records []*pb.RejectionRecord
	for no, when := range map[string]string{"GH-1": "2026-09-22 09:00:00", "GH-2": "2026-09-15 08:00:00"} {
		records = append(records, &pb.RejectionRecord{Record: &pb.RejectionRecord_Rejection{Rejection: &pb.Rejection{
			SourceId: no, Department: "GH", CaseNo: no, FilingNo: "F-" + no, FiledAt: ts(at(when)), Reason: "不符合"}}})
	}
	o.must(o.in.Rejections(here, "a", &pb.RejectionsResponse{CaughtUp: true, Cursor: []byte("f"), Records: records}))
	o.judged("2026-09-24 10:00:00")
	for no, want := range map[string]string{"GH-1": "late", "GH-2": "both"} {
		page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.RejectionRow], error) {
			return v.RejectionRegister(list.Asking("agreement", want))
		})
		if page.Total != 1 || page.Rows[0].CaseNo != no {
			t.Errorf("%s: %+v", want, page.Rows)
		}
	}
}
