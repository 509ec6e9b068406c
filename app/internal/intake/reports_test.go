package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func (r *rig) filing(id, no string, when time.Time) {
	r.t.Helper()
	if err := r.in.Rejections(ctx, "a", &pb.RejectionsResponse{CaughtUp: true, Cursor: []byte(id), Records: []*pb.RejectionRecord{{Record: &pb.RejectionRecord_Rejection{
		Rejection: &pb.Rejection{SourceId: id, Department: "GH", CaseNo: no, FilingNo: "F-" + id, FiledAt: ts(when), Reason: "不符合"}}}}}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) report(id, no string, when time.Time) {
	r.t.Helper()
	if err := r.in.Overdue(ctx, "a", &pb.OverdueResponse{CaughtUp: true, Cursor: []byte(id), Records: []*pb.OverdueRecord{{Record: &pb.OverdueRecord_Overdue{
		Overdue: &pb.OverdueCase{SourceId: id, Department: "GH", CaseNo: no, Clock: 1, ReportedAt: ts(when)}}}}}); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) power(id, rep, standIn string, from, signed time.Time) {
	r.t.Helper()
	a := &pb.Authorization{SourceId: id, Department: "GH", AuthNo: id, Rep: &pb.Person{Name: rep}, StandIn: &pb.Person{Name: standIn}, Powers: []string{"sign"},
		ValidFrom: ts(from), ValidTo: ts(at("2027-01-01 00:00:00")), SignedAt: ts(signed)}
	if err := r.in.Authorizations(ctx, "a", &pb.AuthorizationsResponse{CaughtUp: true, Cursor: []byte(id + standIn), Records: []*pb.AuthorizationRecord{{
		Record: &pb.AuthorizationRecord_Authorization{Authorization: a}}}}); err != nil {
		r.t.Fatal(err)
	}
}

// decidedBy is a case that somebody signed on Tuesday 2026-03-03, with an outcome.
func decidedBy(no, signer string, outcome pb.Outcome) []*pb.Event {
	return append(begunCase(no), event(no+"-3", no, pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-03 09:00:00"), func(e *pb.Event) {
		e.Decision = &pb.Decision{Outcome: outcome, Signer: &pb.Person{Name: signer}, Reason: "不符合", LegalBasis: "第38条", RemediesTold: true, NoticeNo: "1"}
	}))
}

// R4, R14: what a department reports afterwards, for a date by which the console
// had read all there was, counts from when it was told: V08, V27, V21 and V22 stand.
func TestR4ReportsToldAfterwardsTakeNothingBack(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-02 08:30:00"))
	every := slices.Concat(everyDuty.Capabilities, []pb.Capability{pb.Capability_CAPABILITY_AUTHORIZATIONS})
	if err := r.in.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "test", Capabilities: every}, []*pb.Department{{Code: "GH", Name: "规划局"}},
		[]*pb.Item{{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发", Promised: days(5), Statutory: days(20), WindowSignOff: true}}); err != nil {
		t.Fatal(err)
	}
	r.power("p1", "张三", "", at("2026-03-01 00:00:00"), at("2026-02-27 00:00:00")) // history
	r.goLive(true)
	r.now = at("2026-03-03 09:05:00")
	r.take(decidedBy("GH-1", "张三", pb.Outcome_OUTCOME_REFUSED)...)
	r.take(decidedBy("GH-2", "赵六", pb.Outcome_OUTCOME_GRANTED)...)
	r.take(decidedBy("GH-3", "钱七", pb.Outcome_OUTCOME_GRANTED)...)
	r.take(begunCase("GH-4")...)
	r.now = at("2026-03-20 09:00:00")
	r.take()
	r.says("GH-1", "V08 V27")
	r.says("GH-2", "V21")
	r.says("GH-3", "V21")
	r.says("GH-4", "V01 V02 V27")

	r.filing("f1", "GH-1", at("2026-03-02 17:00:00"))
	r.power("p1", "张三", "赵六", at("2026-03-01 00:00:00"), at("2026-02-27 00:00:00")) // changed
	r.power("p2", "钱七", "", at("2026-03-01 00:00:00"), at("2026-03-02 00:00:00"))   // new, for a date before
	r.report("o1", "GH-4", at("2026-03-10 09:00:00"))
	r.says("GH-1", "V08 V09 V27")
	r.says("GH-2", "V21")
	r.says("GH-3", "V21")
	r.says("GH-4", "V01 V02 V27")
	for _, f := range r.findings(r.caseByNo("GH-1").ID) {
		if f.Rule == "V09" { // filed late it was, and stays
			if f.State != store.FindingActive || !store.Time(f.Raised).Equal(r.now) {
				t.Errorf("%s: state %d, since %v", f.Rule, f.State, store.Time(f.Raised))
			}
			continue
		}
		if f.State != store.FindingSettled || !store.Time(f.Settled).Equal(r.now) || !strings.Contains(f.WordsZH, "故以收到的时间为准") {
			t.Errorf("%s: state %d, settled %v: %s", f.Rule, f.State, store.Time(f.Settled), f.WordsZH)
		}
	}
	r.verify("")
	r.again()
	r.verify("")

	// Sent again with another date, it is no earlier than it was.
	r.goLive(true)
	r.filing("f1", "GH-1", at("2026-03-02 16:00:00"))
	r.report("o1", "GH-4", at("2026-03-09 18:00:00"))
	r.says("GH-1", "V08 V09 V27")
	r.says("GH-4", "V01 V02 V27")

	// What is signed from then on goes by what was told.
	r.now = at("2026-03-20 10:00:00")
	r.take(event("5-1", "GH-5", pb.EventKind_EVENT_KIND_ACCEPTED, at("2026-03-20 09:10:00")),
		event("5-2", "GH-5", pb.EventKind_EVENT_KIND_DECIDED, at("2026-03-20 09:40:00"), granted, func(e *pb.Event) { e.Decision.Signer = &pb.Person{Name: "赵六"} }))
	r.says("GH-5", "")
	r.verify("")
}

// A report that was sent in time is no earlier for being sent again with an earlier
// date, and a filing that was late stays late.
func TestR4ACorrectedReportIsNoEarlierThanItWas(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-02 08:30:00"))
	r.describedWith(pb.Capability_CAPABILITY_REJECTIONS)
	r.goLive(true)
	r.now = at("2026-03-03 09:05:00")
	r.take(decidedBy("GH-1", "张三", pb.Outcome_OUTCOME_REFUSED)...)
	r.now = at("2026-03-06 09:05:00")
	r.filing("f1", "GH-1", at("2026-03-06 09:00:00"))
	r.says("GH-1", "V08 V09 V27")
	r.filing("f1", "GH-1", at("2026-03-03 08:30:00"))
	r.says("GH-1", "V08 V09 V27")
	r.verify("")
}
