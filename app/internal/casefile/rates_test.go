package casefile_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Whatever is told of cases, in whatever order: no rate leaves its bounds, no part
// is more than the whole, nothing counts below nothing, and the city is the sum of
// its departments.
func TestRatesStayWithinBounds(t *testing.T) {
	o := open(t, "2026-06-30 10:00:00")
	o.catalogue()
	o.must(o.in.Catalogue(here, "a", &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}},
		[]*pb.Department{{Code: "SL", Name: "水利局"}}, []*pb.Item{
			{Department: "SL", Code: "K0", Name: "当日件", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: &pb.Limit{Unit: pb.Unit_UNIT_WORKING_DAYS, SameDay: true}},
			{Department: "SL", Code: "K1", Name: "即办件", CaseType: pb.CaseType_CASE_TYPE_ON_THE_SPOT, Promised: days(1)},
			{Department: "SL", Code: "K2", Name: "到秒", CaseType: pb.CaseType_CASE_TYPE_COMMITTED, Promised: &pb.Limit{N: 5405, Unit: pb.Unit_UNIT_WORKING_SECONDS}},
			{Department: "SL", Code: "K3", Name: "无时限", CaseType: pb.CaseType_CASE_TYPE_COMMITTED},
		}))
	items := [][2]string{{"GH", "I1"}, {"WJ", "J1"}, {"WJ", "J2"}, {"SL", "K0"}, {"SL", "K1"}, {"SL", "K2"}, {"SL", "K3"}}
	n := 0
	early := false
	rapid.Check(t, func(r *rapid.T) {
		n++
		item := rapid.SampledFrom(items).Draw(r, "item")
		for range rapid.IntRange(1, 6).Draw(r, "events") {
			when := at("2026-05-06 08:00:00").Add(time.Duration(rapid.IntRange(0, 40*24).Draw(r, "hours")) * time.Hour)
			kind := rapid.SampledFrom([]pb.EventKind{1, 2, 2, 3, 4, 7, 8, 9, 10, 10, 11, 14}).Draw(r, "kind")
			e := event(fmt.Sprint("C-", n), kind, when.Format(time.DateTime))
			e.Department, e.ItemCode = item[0], item[1]
			switch kind {
			case pb.EventKind_EVENT_KIND_PAUSED:
				paused(e)
			case pb.EventKind_EVENT_KIND_EXTENDED:
				e.Extension = &pb.Extension{By: days(3)}
			case pb.EventKind_EVENT_KIND_DECIDED:
				e.Decision = &pb.Decision{Outcome: pb.Outcome(rapid.IntRange(1, 5).Draw(r, "outcome"))}
			}
			if rapid.IntRange(0, 3).Draw(r, "dated back") == 0 {
				e.EffectiveAt = ts(when.AddDate(0, 0, -20))
			}
			o.take(e)
		}
		b := read(o, access.Here, (*casefile.View).Board)
		sum := casefile.Figures{}
		for _, d := range append([]casefile.Department{{Code: "city", Figures: b.City}}, b.Departments...) {
			f := d.Figures
			for _, k := range []int{f.Open, f.Paused, f.Warn, f.Yellow, f.Red, f.DueToday, f.ReceivedToday, f.EndedToday, f.RejectedToday, f.FindingsToday, f.OnTheSpot, f.CommittedEarly} {
				if k < 0 {
					r.Fatalf("%s counts below nothing: %+v", d.Code, f)
				}
			}
			if f.EarlyRate < 0 || f.EarlyRate > 1 || f.AverageDays < 0 || f.CommittedEarly > f.Committed || f.Committed+f.OnTheSpot > f.Ended || f.Open+f.Ended != f.Total || f.Paused > f.Open || f.Warn+f.Yellow+f.Red > f.Open {
				r.Fatalf("%s: %+v", d.Code, f)
			}
			if d.Code != "city" {
				sum.Total, sum.Ended, sum.Open, sum.CommittedEarly = sum.Total+f.Total, sum.Ended+f.Ended, sum.Open+f.Open, sum.CommittedEarly+f.CommittedEarly
			}
		}
		if sum.Total != b.City.Total || sum.Ended != b.City.Ended || sum.Open != b.City.Open || sum.CommittedEarly != b.City.CommittedEarly {
			r.Fatalf("departments %+v, city %+v", sum, b.City)
		}
		early = early || b.City.CommittedEarly > 0
	})
	if !early {
		t.Error("no case ended early")
	}
}

// Of items whose regime knows one limit alone, the early-finish rate is of these
// as well; not of licences without a promise. The mean of working days is of limits
// in working days, and the list holds what the rate counts. Opened Monday, ended
// Wednesday: two working days.
func TestEarlyFinishesOfItemsWithOneLimit(t *testing.T) {
	o := open(t, "2026-06-30 10:00:00")
	var items []*pb.Item
	for code, it := range map[string]*pb.Item{
		"ONE":     {Regime: pb.Regime_REGIME_LIMITS_ONLY, Statutory: &pb.Limit{N: 7, Unit: pb.Unit_UNIT_CALENDAR_DAYS}},
		"DAYS":    {Regime: pb.Regime_REGIME_LIMITS_ONLY, Statutory: days(10)},
		"LATE":    {Regime: pb.Regime_REGIME_LIMITS_ONLY, Statutory: days(1)},
		"LICENCE": {Statutory: days(20)},
		"PROMISE": {Promised: days(5), Statutory: days(20)},
		"NONE":    {Regime: pb.Regime_REGIME_LIMITS_ONLY},
	} {
		it.Department, it.Code, it.Name, it.CaseType = "GH", code, code, pb.CaseType_CASE_TYPE_COMMITTED
		items = append(items, it)
	}
	o.must(o.in.Catalogue(here, "a", &pb.DescribeResponse{Name: "test", Capabilities: []pb.Capability{pb.Capability_CAPABILITY_EVENTS}},
		[]*pb.Department{{Code: "GH", Name: "规划局"}}, items))
	for _, it := range items {
		of := func(e *pb.Event) { e.ItemCode = it.Code }
		o.take(event(it.Code, pb.EventKind_EVENT_KIND_RECEIVED, "2026-06-01 09:00:00", of), event(it.Code, pb.EventKind_EVENT_KIND_ACCEPTED, "2026-06-01 09:05:00", of),
			event(it.Code, pb.EventKind_EVENT_KIND_DECIDED, "2026-06-03 10:00:00", of, func(e *pb.Event) { e.Decision = &pb.Decision{Outcome: 1} }))
	}
	f := read(o, access.Here, (*casefile.View).Board).City
	if f.Ended != 6 || f.Committed != 4 || f.CommittedEarly != 3 || f.EarlyRate != 0.75 || f.Averaged != 3 || f.AverageDays != 2 {
		t.Errorf("%+v", f)
	}
	page := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Case], error) {
		return v.Cases(list.Asking("committed", "true").Window(0, 10))
	})
	if len(page.Rows) != 4 {
		t.Errorf("%d in the list: %+v", len(page.Rows), page.Rows)
	}
}
