package visit

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// Tuesday 22 September 2026.
func TestSumsStandAsTheyWereAtTheEndOfTheDays(t *testing.T) {
	o := open(t, 2)
	v, other := o.volunteers[0], o.volunteers[1]
	plan := o.ask("GH", "2026-09-23", v.Account, other.Account)
	o.ask("JS", "2026-09-24", v.Account, other.Account)
	o.At("2026-09-23 11:00")
	s := o.sheet()
	s.Plan = plan
	s.Findings = append(s.Findings, VisitFinding{Category: "no_sign", Severity: "minor", Fact: "没有暂停服务牌"}, VisitFinding{Category: "slow", Severity: "minor", Fact: "等候四十分钟"})
	for _, x := range []Sheet{s, o.sheet()} { // asked for, and of one's own accord
		if _, err := o.File(ctx, v, o.Key(), x, nil); err != nil {
			t.Fatal(err)
		}
	}
	gh := o.Account("gh", access.Liaison, "GH")
	o.end(1, gh, true)
	o.end(2, gh, false)
	o.At("2026-10-31 23:59")
	sums := func(p access.Principal, from, to string) Sums {
		t.Helper()
		x, err := o.Sums(ctx, p.Account, day(t, from), day(t, to))
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	september := Sums{Asked: 2, Answered: 1, Filed: 2, Findings: 4, Upheld: 1, Dropped: 1}
	if got := sums(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("%+v, want %+v", got, september)
	}
	if got := sums(v, "2026-09-22", "2026-09-22"); got != (Sums{}) {
		t.Errorf("of the first day: %+v", got)
	}
	if got := sums(other, "2026-09-01", "2026-09-30"); got != (Sums{Asked: 2}) {
		t.Errorf("of the other: %+v", got)
	}
	if got := sums(v, "2026-10-01", "2026-10-31"); got != (Sums{}) {
		t.Errorf("of the month after: %+v", got)
	}
	// What comes later does not change what was told of September.
	o.end(3, gh, true)
	if got := sums(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("changed afterwards to %+v", got)
	}
	if got := sums(v, "2026-09-01", "2026-10-31"); got.Upheld != 2 {
		t.Errorf("to the end of October: %+v", got)
	}
	o.Verify()
}

func TestWhoFilesOrAddsIsActive(t *testing.T) {
	o := open(t, 1)
	v := o.volunteers[0]
	filed, err := o.File(ctx, v, o.Key(), o.sheet(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if at, err := o.Active(ctx, v.Account, day(t, "2026-09-21")); err != nil || !at.IsZero() {
		t.Errorf("before: %v, %v", at, err)
	}
	if at, err := o.Active(ctx, v.Account, day(t, "2026-09-22")); err != nil || !at.Equal(o.Now) {
		t.Errorf("%v, %v, want %v", at, err, o.Now)
	}
	o.At("2026-09-25 10:00")
	if err := o.Supplement(ctx, v, filed.ID, o.Key(), "补充一点", nil); err != nil {
		t.Fatal(err)
	}
	if at, err := o.Active(ctx, v.Account, day(t, "2026-09-30")); err != nil || !at.Equal(o.Now) {
		t.Errorf("%v, %v, want %v", at, err, o.Now)
	}
}

// What was asked for is finished after the term, nothing of one's own accord is
// begun; a sheet that waited in the phone is of the day of the visit.
func TestVisitsOutOfTerm(t *testing.T) {
	o := open(t, 2)
	v := o.volunteers[0]
	o.serves(v, "2026-09-01", "2026-09-22")
	plan := o.ask("GH", "2026-09-22", v.Account, o.volunteers[1].Account)
	within := o.sheet()
	o.Now = o.Now.AddDate(0, 0, 1)
	if _, err := o.File(ctx, v, "within-term", within, nil); err != nil {
		t.Errorf("made in term, sent afterwards: %v", err)
	}
	_, err := o.File(ctx, v, "out-of-term", o.sheet(), nil)
	o.WantCode(err, "visit")
	asked := o.sheet()
	asked.Plan = plan
	if _, err := o.File(ctx, v, "asked-for-01", asked, nil); err != nil {
		t.Errorf("asked for in term: %v", err)
	}
	if _, err := o.File(ctx, o.volunteers[1], "never-appointed", o.sheet(), nil); err != nil {
		t.Errorf("by somebody never appointed: %v", err)
	}
	o.Verify()
}
