package casefile_test

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// A department that never undertook to report leaves nothing out: in registers, in
// what badges count and on the case's page (V27 says so of itself). GH-1 ran over
// on 2026-09-20, GH-2 was refused on the 15th; grace is a working day each.
func TestR14RegistersSayLeftOutOnlyWhereTheDutyIsDeclared(t *testing.T) {
	refused := func(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_REFUSED} }
	for want, duties := range map[string][]pb.Capability{
		"no_duty":   nil,
		"only_ours": {pb.Capability_CAPABILITY_REJECTIONS, pb.Capability_CAPABILITY_OVERDUE},
	} {
		o := open(t, "2026-09-24 10:00:00")
		o.must(o.in.Catalogue(here, "a", &pb.DescribeResponse{Name: "test", Capabilities: append(duties, pb.Capability_CAPABILITY_EVENTS)},
			[]*pb.Department{{Code: "GH", Name: "规划局"}}, []*pb.Item{{Department: "GH", Code: "I1", Name: "建设用地规划许可证核发",
				CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: days(5), Statutory: days(20)}}))
		o.take(event("GH-1", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
			event("GH-2", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"),
			event("GH-2", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-15 09:00:00", refused))
		o.judged("2026-09-24 10:00:00")
		overdue := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.OverdueRow], error) { return v.OverdueRegister(list.Ask{}) })
		rejections := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.RejectionRow], error) {
			return v.RejectionRegister(list.Ask{})
		})
		if overdue.Total != 1 || rejections.Total != 1 || overdue.Rows[0].Agreement != want || rejections.Rows[0].Agreement != want {
			t.Errorf("want %s: %+v %+v", want, overdue.Rows, rejections.Rows)
		}
		left := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.RejectionRow], error) {
			return v.RejectionRegister(list.Asking("agreement", "only_ours"))
		})
		if counted := left.Total == 1; counted != (want == "only_ours") {
			t.Errorf("want %s: the badge counts %d", want, left.Total)
		}
		o.close()
	}
}
