package review

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// By the calendar on the wall: 2026-11-23 is a Monday.
func TestTheLastPeriodIsTheOneThatEnded(t *testing.T) {
	for _, c := range []struct{ every, today, from, to string }{
		{Weekly, "2026-11-23", "2026-11-16", "2026-11-22"},
		{Weekly, "2026-11-22", "2026-11-09", "2026-11-15"},
		{Weekly, "2027-01-01", "2026-12-21", "2026-12-27"},
		{Monthly, "2026-11-30", "2026-10-01", "2026-10-31"},
		{Monthly, "2026-12-01", "2026-11-01", "2026-11-30"},
		{Monthly, "2027-01-31", "2026-12-01", "2026-12-31"},
		{Monthly, "2028-03-01", "2028-02-01", "2028-02-29"},
	} {
		from, to := lastPeriod(c.every, date(t, c.today))
		if from.String() != c.from || to.String() != c.to {
			t.Errorf("%s on %s: %s to %s, want %s to %s", c.every, c.today, from, to, c.from, c.to)
		}
	}
}

// Periods follow one another without a gap and without a day twice.
func TestPeriodsCoverEveryDayOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every := rapid.SampledFrom([]string{Weekly, Monthly}).Draw(t, "every")
		today := workday.NewDate(2026, 1, 1) + workday.Date(rapid.IntRange(0, 4000).Draw(t, "day"))
		from, to := lastPeriod(every, today)
		if from > to || to >= today {
			t.Fatalf("%s to %s before %s", from, to, today)
		}
		if _, before := lastPeriod(every, to); before != from-1 {
			t.Fatalf("the period before %s ends on %s", from, before)
		}
		if next, _ := lastPeriod(every, to+1); next != from {
			t.Fatalf("on the day after %s the last period is from %s, want %s", to, next, from)
		}
	})
}

// Cases of Monday 7 September with five working days are overdue in September.
func TestThePlanDrawsEveryPeriodOnceByItself(t *testing.T) {
	o := openWith(t, 6, 15)
	set := func(p ReviewPlan) {
		t.Helper()
		if err := o.SetPlan(ctx, access.Here, p); err != nil {
			t.Fatal(err)
		}
	}
	planned := func() []sampling.Drawn {
		t.Helper()
		d, err := o.DrawPlanned(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if d := planned(); d != nil {
		t.Errorf("drawn without a plan: %+v", d)
	}
	// A tenth of every department's, but a quarter of JS's.
	plan := ReviewPlan{Every: Monthly, Shares: []Share{{Overdue, "", 10, 1}, {Overdue, "JS", 25, 0}, {Rejection, "", 10, 0}}}
	set(plan)
	o.sign()
	if d := planned(); d != nil {
		t.Errorf("drawn from before the plan: %+v", d)
	}
	o.Now = time.Date(2026, 10, 9, 10, 0, 0, 0, o.Now.Location()) // the first working day of October
	_, err := o.DrawPlanned(ctx)
	o.WantCode(err, "no_checkpoint_today")
	o.sign()

	d := planned()
	if len(d) != 1 || d[0].Kind != string(Overdue) || d[0].Period != "2026-09-01" || d[0].Candidates != 2*overdueCases || d[0].Drawn != 2+5 {
		t.Errorf("drawn %+v", d)
	}
	if again := planned(); again != nil {
		t.Errorf("drawn twice: %+v", again)
	}
	reviews, err := o.List(ctx, at(list.Ask{}, store.Window{Limit: 100}))
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	for _, r := range reviews.Rows {
		of[r.Department]++
		if len(r.Seats) != 2 || r.Reason != "" {
			t.Errorf("review %+v", r)
		}
	}
	if of["GH"] != 2 || of["JS"] != 5 {
		t.Errorf("reviews by department: %v", of)
	}
	draws, err := o.Draws(ctx)
	if err != nil || len(draws) != 1 || draws[0].Period != "2026-09-01" {
		t.Errorf("draws %+v, %v", draws, err)
	}
	cert, err := o.Certificate(ctx, draws[0].ID)
	if err != nil || len(cert.Sample) != 7 {
		t.Errorf("certificate %+v, %v", cert.Wanted, err)
	}

	set(ReviewPlan{})
	o.Now = time.Date(2026, 11, 2, 10, 0, 0, 0, o.Now.Location())
	o.sign()
	if d := planned(); d != nil {
		t.Errorf("drawn by a plan that was stopped: %+v", d)
	}
	o.Verify()
}

func TestAPlanSaysWhatIsWrongWithIt(t *testing.T) {
	o := open(t, 0)
	for name, p := range map[string]ReviewPlan{
		"no such period":     {Every: "day", Shares: []Share{{Overdue, "", 1, 0}}},
		"nothing wanted":     {Every: Weekly, Shares: []Share{{Overdue, "", 0, 0}}},
		"no such kind":       {Every: Weekly, Shares: []Share{{"gossip", "", 1, 0}}},
		"too much":           {Every: Weekly, Shares: []Share{{Overdue, "", 101, 0}}},
		"no such department": {Every: Weekly, Shares: []Share{{Overdue, "XX", 1, 0}}},
		"twice":              {Every: Weekly, Shares: []Share{{Overdue, "GH", 1, 0}, {Overdue, "GH", 2, 0}}},
	} {
		if err := o.SetPlan(ctx, access.Here, p); err == nil {
			t.Errorf("%s: put in force", name)
		} else {
			o.WantCode(err, "review")
		}
	}
	if p, err := o.Plan(ctx); err != nil || !p.Since.IsZero() {
		t.Errorf("plan %+v, %v", p, err)
	}
}

func TestTheOfficePutsUpOneByHandAndDoesNotChooseWhoReviewsIt(t *testing.T) {
	o := open(t, 3)
	subjects, err := o.SubjectsOfCase(ctx, o.caseOf("GH-00"))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(subjects, func(s Subject) bool { return s.Kind == Overdue })
	if i < 0 {
		t.Fatalf("an overdue case has %+v", subjects)
	}
	for _, s := range subjects {
		if s.Kind == Finding && s.Rule() == "" || s.Kind == Overdue && s.Rule() != "" {
			t.Errorf("subject %+v has rule %q", s, s.Rule())
		}
	}
	o.WantCode(o.PutUp(ctx, access.Here, subjects[i].ID, "查"), "review")
	o.WantCode(o.PutUp(ctx, access.Here, "overdue/99999", "群众来电反映"), "unknown_subject")
	o.WantCode(o.PutUp(ctx, access.Here, "gossip/1", "群众来电反映"), "unknown_subject")
	if err := o.PutUp(ctx, access.Here, subjects[i].ID, "群众来电反映"); err != nil {
		t.Fatal(err)
	}
	o.WantCode(o.PutUp(ctx, access.Here, subjects[i].ID, "另有原因再看"), "reviewed_already")
	r := o.review(1)
	if r.Subject != subjects[i].ID || r.Department != "GH" || r.Draw != 0 || r.Reason != "群众来电反映" || len(r.Seats) != 2 {
		t.Errorf("review %+v", r)
	}
	again, err := o.SubjectsOfCase(ctx, r.CaseID)
	if err != nil || again[i].Review != 1 || again[i].State != Open {
		t.Errorf("subjects %+v, %v", again, err)
	}
	o.Verify()
}

func (o *office) caseOf(no string) (id uint64) {
	o.Helper()
	if err := o.Store.Readers().QueryRowContext(ctx, `SELECT id FROM cases WHERE case_no = ?`, no).Scan(&id); err != nil {
		o.Fatal(err)
	}
	return id
}
