package rating_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/rating/ratingtest"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func praised(r *pb.Rating) { r.Level, r.Text, r.Reasons = 1, "很好", nil }

// A bad rating that its department makes a good one, before anybody looked, is
// followed up as it was told first, its rater can still be asked, and figures and
// lists count it as bad; the list and the rating itself show both.
func TestARewrittenRatingStaysBad(t *testing.T) {
	o := open(t)
	bad := func() *pb.Rating { return o.Rating("r1", 5) }
	o.Rate(bad(), o.Rating("r2", 1))
	o.At("2026-09-28 10:30")
	better := bad()
	praised(better)
	ratingtest.Anonymous(better)
	o.Rate(better)
	o.MustFollow()
	m := o.Matter(o.GH, 1)
	if m.State != matter.Contact || m.Fact != "跑了三趟" || m.Category != "very_dissatisfied" || fmt.Sprint(m.Reasons) != "[多次跑动]" {
		t.Errorf("%+v", m)
	}
	o.At("2026-09-28 11:00") // and again, once it was followed up
	o.Rate(better)
	o.MustFollow()
	if m := o.Matter(o.GH, 1); m.State != matter.Contact {
		t.Errorf("the duty to contact ended with the name: %s", m.State)
	}
	f, err := o.Figures(ctx, "GH", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00"))
	o.Must(err)
	if f.Levels != [5]int{0: 1, 4: 1} || f.Rewritten != 1 || f.ByCall != 0 || f.Waiting != 1 {
		t.Errorf("%+v", f.Count)
	}
	for _, ask := range []string{"bad", "rewritten"} {
		p, err := o.List(ctx, o.Head, list.Asking(ask, "true").Window(0, 10))
		o.Must(err)
		if len(p.Rows) != 1 || p.Total != 1 {
			t.Fatalf("%s: %+v", ask, p)
		}
		if r := p.Rows[0]; r.Level != 1 || r.FirstLevel != 5 || r.Counts() != 5 || !r.Named || !r.Bad() || !r.RewrittenAt.Equal(officetest.When("2026-09-28 10:30")) {
			t.Errorf("%+v", r)
		}
	}
	who, err := o.Rater(ctx, o.Staff, m.SourceID, "部门把姓名改没了，核对")
	if err != nil || who.Name != ratingtest.Name || who.Phone != ratingtest.Phone {
		t.Errorf("%+v, %v", who, err)
	}
	o.Verify()
}

// Another telephone takes the first one's place nowhere: both are told.
func TestAnotherTelephoneIsToldBesides(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 5))
	o.Rate(o.Rating("r1", 5, func(r *pb.Rating) { r.RaterPhone = "13900000000" }))
	o.MustFollow()
	who, err := o.Rater(context.Background(), o.Staff, o.Matter(o.Head, 1).SourceID, "联系评价人核实")
	if err != nil || who.Phone != ratingtest.Phone || len(who.Others) != 1 || who.Others[0].Phone != "13900000000" {
		t.Errorf("%+v, %v", who, err)
	}
	o.Verify()
}

// Of a department that is read as it goes, a contact that is told after it was due
// counts from when it was told; told before, from when it was.
func TestAContactToldAfterItsDeadlineCountsFromThen(t *testing.T) {
	for name, c := range map[string]struct {
		contacted, seen string
		late            bool
		at              string
	}{
		"told weeks later":  {"2026-09-29 09:00", "2026-10-12 09:00", true, "2026-10-12 09:00"},
		"told in its time":  {"2026-09-29 09:00", "2026-09-29 16:00", false, "2026-09-29 09:00"},
		"late by its words": {"2026-09-30 09:00", "2026-09-30 09:05", true, "2026-09-30 09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t) // Monday 2026-09-28 10:00; the rating is due on the 29th, at 17:30
			o.Must(o.Intake.GoLive(ctx, "a", true))
			o.Rate(o.Rating("r1", 5))
			o.MustFollow()
			given := o.Rating("r1", 5)
			o.At(c.seen)
			ratingtest.Contacted(c.contacted)(given)
			o.Rate(given)
			o.MustFollow()
			m := o.Matter(o.GH, 1)
			if len(m.Steps) != 1 || !m.Steps[0].At.Equal(officetest.When(c.at)) || o.M.Late(&m)[0] != c.late {
				t.Errorf("%s: %+v, late %v", m.State, m.Steps, o.M.Late(&m))
			}
			o.Verify()
		})
	}
}
