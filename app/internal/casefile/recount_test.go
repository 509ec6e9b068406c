package casefile_test

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// Of 2027 only the fixed holidays are known. A list says that Monday 4 January is of
// rest as well: what falls due after it falls due a working day later, and whoever
// was late by it is not. The trial says so and writes nothing; applied, the list does
// what the trial said.
func TestM14AListIsTriedOutAndThenDoesWhatTheTrialSaid(t *testing.T) {
	o := open(t, "2027-01-05 17:31:00")
	o.catalogue()
	o.take(
		event("early", pb.EventKind_EVENT_KIND_RECEIVED, "2026-12-14 09:00:00"), event("early", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-12-14 09:00:00"),
		event("early", pb.EventKind_EVENT_KIND_DECIDED, "2026-12-16 10:00:00", granted),
		event("late", pb.EventKind_EVENT_KIND_RECEIVED, "2026-12-28 09:00:00"), event("late", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-12-28 09:00:00"),
		event("calendar", pb.EventKind_EVENT_KIND_RECEIVED, "2026-12-31 09:00:00", ofWJ), event("calendar", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-12-31 09:00:00", ofWJ),
	)
	o.live = true
	o.judged("2027-01-05 17:31:00")
	y := holidays.Year{Year: 2027, Days: []holidays.Day{
		{Date: "2027-01-01", Name: "元旦", Off: true}, {Date: "2027-01-02", Name: "元旦", Off: true}, {Date: "2027-01-03", Name: "元旦", Off: true}, {Date: "2027-01-04", Name: "元旦", Off: true}}}
	head := func() uint64 {
		n, err := o.store.Head(here)
		o.must(err)
		return n
	}
	before, n := o.listed(access.Here, list.Asking("", "")), head()
	// 29, 30, 31 December, 4, 5 January; twenty days of work end on 26 January.
	if got := before["late"]; !got.DueAt.Equal(at("2027-01-05 17:30:00")) || !got.Overdue {
		t.Fatalf("before: %+v", got)
	}
	try := func() casefile.Recount {
		return read(o, access.Here, func(v *casefile.View) (casefile.Recount, error) {
			return v.Recount(rules.New(o.in.Calendar().With(y), rules.DefaultSettings()), at("2027-01-04 00:00:00"))
		})
	}
	r := try()
	// Of the case in calendar days the statutory limit of art. 42 moves, which is in working days.
	if r.Judged != 3 || r.Moved != 2 || len(r.Cases) != 2 || r.Cases[1].CaseNo != "calendar" || !r.Cases[1].DueBefore.Equal(r.Cases[1].DueAfter) {
		t.Fatalf("%+v", r)
	}
	c := r.Cases[0]
	if c.CaseNo != "late" || !c.DueBefore.Equal(at("2027-01-05 17:30:00")) || !c.DueAfter.Equal(at("2027-01-06 17:30:00")) ||
		!c.StatutoryBefore.Equal(at("2027-01-26 17:30:00")) || !c.StatutoryAfter.Equal(at("2027-01-27 17:30:00")) {
		t.Errorf("%+v", c)
	}
	vanishes := map[string]bool{}
	for _, f := range r.Findings {
		vanishes[f.Rule+map[bool]string{true: "+", false: "-"}[f.Appears]] = true
		if f.CaseNo != "late" || f.Department != "GH" || f.NameZH == "" {
			t.Errorf("%+v", f)
		}
	}
	if !vanishes["V02-"] || r.Vanish == 0 || r.Appear+r.Vanish != len(r.Findings) {
		t.Errorf("%d appear, %d vanish: %+v", r.Appear, r.Vanish, r.Findings)
	}
	if after := o.listed(access.Here, list.Asking("", "")); head() != n || !after["late"].DueAt.Equal(before["late"].DueAt) || !after["late"].Overdue {
		t.Error("the trial wrote something")
	}
	raw := `{"year":2027,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-02","isOffDay":true},
		{"name":"元旦","date":"2027-01-03","isOffDay":true},{"name":"元旦","date":"2027-01-04","isOffDay":true}]}`
	changed, err := o.in.ImportHolidays(here, 2027, []byte(raw), intake.HolidayCause{How: "days", Basis: "国办发明电〔2026〕1号", Reason: "试", By: 7})
	o.must(err)
	if changed != 3 { // two have another statutory end
		t.Errorf("%d changed, want 3", changed)
	}
	if got := o.listed(access.Here, list.Asking("", ""))["late"]; !got.DueAt.Equal(c.DueAfter) || got.Overdue {
		t.Errorf("applied: %+v", got)
	}
	withdrawn := read(o, access.Here, func(v *casefile.View) (store.Page[casefile.Finding], error) {
		return v.Findings(list.Asking("state", "withdrawn"))
	})
	if len(withdrawn.Rows) != r.Vanish {
		t.Errorf("%d withdrawn, %d foretold", len(withdrawn.Rows), r.Vanish)
	}
	if again := try(); again.Moved != 0 || again.Appear+again.Vanish != 0 {
		t.Errorf("tried out once more: %+v", again)
	}
	// The journal says why.
	var x intake.HolidayImport
	o.must(o.store.Read(here, func(tx *store.ReadTx) error {
		return tx.Records(func(r *store.Reader) (err error) {
			x, _, err = intake.HolidaysOf(r, 2027)
			return err
		})
	}))
	if x.Cause == nil || *x.Cause != (intake.HolidayCause{How: "days", Basis: "国办发明电〔2026〕1号", Reason: "试", By: 7}) || !x.At.Equal(o.now) {
		t.Errorf("%+v", x)
	}
}
