package review

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Of two seats of somebody whose term ends, the one without a declaration goes
// to another; the one with it is theirs to finish.
func TestWhoseTermEndsFinishesWhatIsBegunAndLeavesTheRest(t *testing.T) {
	o := open(t, 2)
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(0, 1)); err != nil {
		t.Fatal(err)
	}
	leaves, stays := o.volunteers[0], o.volunteers[1]
	o.serves(leaves, "2026-09-01", "2026-09-22")
	if err := o.Declare(ctx, leaves, 1, None, ""); err != nil {
		t.Fatal(err)
	}
	o.Now = o.Now.AddDate(0, 0, 1)
	begun, _ := func() (Seat, bool) { r := o.review(1); return r.SeatOf(leaves.Account) }()
	_, _, err := o.Intake.Act(ctx, intake.Act{Key: "too-late", Type: seated.Name(), Data: seatedData{Review: 1, Account: 999, Instead: begun.Seat}})
	o.WantCode(err, "seat_taken") // declared a moment before
	if empty, err := o.Fill(ctx); err != nil || empty != 0 || len(o.review(2).Seats) != 2 {
		t.Fatalf("nobody else is there, and yet: %d empty, %v", empty, err)
	}
	for _, p := range []access.Principal{leaves, stays} { // the review goes on as it was
		if s, _ := func() (Seat, bool) { r := o.review(2); return r.SeatOf(p.Account) }(); s.State != Assigned {
			t.Errorf("%+v", s)
		}
	}
	joined, err := account.New(o.Office()).Create(ctx, access.Here, "new", account.Profile{Name: "新监督员", Role: access.Volunteer})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // looked at again, nothing more happens
		if empty, err := o.Fill(ctx); err != nil || empty != 0 {
			t.Fatalf("%d empty, %v", empty, err)
		}
	}
	first, second := o.review(1), o.review(2)
	if len(first.Seats) != 2 || len(second.Seats) != 3 || second.Missing() != 0 {
		t.Fatalf("%+v\n%+v", first, second)
	}
	if s, _ := second.SeatOf(leaves.Account); s.State != Left || !s.DoneAt.Equal(o.Now) {
		t.Errorf("%+v", s)
	}
	if s, ok := second.SeatOf(joined.ID); !ok || s.State != Assigned || s.Seat != 3 {
		t.Errorf("%+v", s)
	}
	o.WantCode(o.Declare(ctx, leaves, 2, None, ""), "seat_left")
	o.WantCode(o.Judge(ctx, leaves, 2, Proper, nil, ""), "seat_left")
	if err := o.Judge(ctx, leaves, 1, Proper, nil, ""); err != nil {
		t.Errorf("what was begun is finished: %v", err)
	}
	for _, p := range []access.Principal{stays, joined.Principal()} {
		if err := errors.Join(o.Declare(ctx, p, 2, None, ""), o.Judge(ctx, p, 2, Proper, nil, "")); err != nil {
			t.Fatal(err)
		}
	}
	if r := o.review(2); r.State != Done || r.Verdict != Proper {
		t.Errorf("%+v", r)
	}
	o.Verify()
}

// Whoever is or was employed by a department, or declared an interest in it at a
// visit, is not given its cases.
func TestAnEmployerBarsFromTheBeginning(t *testing.T) {
	o := open(t, 3)
	o.serves(o.volunteers[0], "2020-01-01", "2021-12-31", "GH") // by an appointment that is over
	o.serves(o.volunteers[0], "2026-01-01", "2027-12-31")
	o.atVisits[o.volunteers[1].Account] = "JS"
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(100, 0)); err != nil {
		t.Fatal(err)
	}
	all, err := o.List(ctx, at(list.Ask{}, store.Window{Limit: 100}))
	if err != nil || all.Total != 2*overdueCases {
		t.Fatal(all.Total, err)
	}
	for _, r := range all.Rows {
		if _, has := r.SeatOf(o.volunteers[0].Account); has == (r.Department == "GH") {
			t.Errorf("a review of %s, and a seat: %v", r.Department, has)
		}
		if _, has := r.SeatOf(o.volunteers[1].Account); has == (r.Department == "JS") {
			t.Errorf("a review of %s, and a seat in spite of an interest at a visit: %v", r.Department, has)
		}
	}
	o.Verify()
}

func draftReviewers(t *rapid.T, departments []string) []reviewer {
	all := make([]reviewer, rapid.IntRange(0, 12).Draw(t, "reviewers"))
	for i := range all {
		all[i] = reviewer{account: uint64(i + 1), load: rapid.IntRange(0, 4).Draw(t, "load"), not: map[string]bool{}, lately: map[string]int{}}
		for _, d := range departments {
			all[i].not[d] = rapid.IntRange(0, 4).Draw(t, "barred") == 0
			all[i].lately[d] = rapid.IntRange(0, 5).Draw(t, "lately")
		}
	}
	return all
}

func copied(all []reviewer) []reviewer {
	out := slices.Clone(all)
	for i := range out {
		lately := map[string]int{}
		for d, n := range out[i].lately {
			lately[d] = n
		}
		out[i].lately = lately
	}
	return out
}

// Nobody who is barred, taken or chosen before; first the least load, then the
// least of the department lately; the same again from the same.
func TestSeatsAreFairAndCanBeReckonedAgain(t *testing.T) {
	departments := []string{"GH", "JS", "SC"}
	rapid.Check(t, func(t *rapid.T) {
		all := draftReviewers(t, departments)
		department := rapid.SampledFrom(departments).Draw(t, "department")
		subject := fmt.Sprint("overdue/", rapid.IntRange(1, 1000).Draw(t, "subject"))
		taken := rapid.SliceOfDistinct(rapid.Uint64Range(1, 12), func(n uint64) uint64 { return n }).Draw(t, "taken")
		n := rapid.IntRange(1, 4).Draw(t, "n")
		before, again := copied(all), copied(all)
		got := seat(all, subject, department, n, taken...)
		if !slices.Equal(got, seat(again, subject, department, n, taken...)) {
			t.Fatal("the same chooses others")
		}
		eligible := map[uint64]reviewer{}
		for _, r := range before {
			if !r.not[department] && !slices.Contains(taken, r.account) {
				eligible[r.account] = r
			}
		}
		if len(got) != min(n, len(eligible)) {
			t.Fatalf("%d of %d chosen, %d wanted", len(got), len(eligible), n)
		}
		for _, account := range got {
			chosen, ok := eligible[account]
			if !ok {
				t.Fatalf("%d is barred, taken or chosen twice", account)
			}
			delete(eligible, account)
			for _, r := range eligible {
				if cmp.Or(cmp.Compare(r.load, chosen.load), cmp.Compare(r.lately[department], chosen.lately[department])) < 0 {
					t.Fatalf("%+v was passed over for %+v", r, chosen)
				}
			}
		}
	})
}

// Where nobody is barred, whatever departments reviews are of and whoever had
// them lately, loads that began equal never differ by more than one.
func TestLoadsStayEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		departments := []string{"GH", "JS", "SC", "HB"}
		all := draftReviewers(t, departments)
		for i := range all {
			all[i].load, all[i].not = 0, nil
		}
		if len(all) < 2 {
			return
		}
		for i := range rapid.IntRange(1, 60).Draw(t, "reviews") {
			seat(all, fmt.Sprint("overdue/", i), rapid.SampledFrom(departments).Draw(t, "department"), 2)
			least, most := all[0].load, all[0].load
			for _, r := range all {
				least, most = min(least, r.load), max(most, r.load)
			}
			if most-least > 1 {
				t.Fatalf("loads from %d to %d after %d reviews", least, most, i+1)
			}
		}
	})
}

// Four volunteers with equal loads take turns at a department: whoever had its
// reviews before waits until the others had as many.
func TestADepartmentGoesRound(t *testing.T) {
	all := []reviewer{}
	for i := range 4 {
		all = append(all, reviewer{account: uint64(i + 1), not: map[string]bool{}, lately: map[string]int{}})
	}
	all[0].lately["GH"], all[1].lately["GH"] = 2, 2
	for i := range 2 {
		got := seat(all, fmt.Sprint("overdue/", i), "GH", 2)
		slices.Sort(got)
		if !slices.Equal(got, []uint64{3, 4}) {
			t.Errorf("round %d: %v", i, got)
		}
		for j := range all {
			all[j].load = 0 // they are done before the next comes
		}
	}
	other := seat(all, "overdue/1", "JS", 4)
	if len(other) != 4 {
		t.Errorf("%v", other)
	}
}

// What came to somebody within 180 days counts, what they were refused does not.
func TestTheRotationLooksBack180Days(t *testing.T) {
	o := open(t, 3)
	r := o.one()
	a, b := r.Seats[0].Account, r.Seats[1].Account
	lately := func() map[uint64]int {
		all, err := o.reviewers(ctx)
		if err != nil {
			t.Fatal(err)
		}
		out := map[uint64]int{}
		for _, x := range all {
			out[x.account] = x.lately[r.Department]
		}
		return out
	}
	if got := lately(); got[a] != 1 || got[b] != 1 {
		t.Errorf("%v", got)
	}
	if err := o.Declare(ctx, access.Principal{Account: a}, r.ID, Kin, ""); err != nil {
		t.Fatal(err)
	}
	if got := lately(); got[a] != 0 || got[b] != 1 {
		t.Errorf("after one declared an interest: %v", got)
	}
	o.Now = o.Now.Add(round)
	if got := lately(); got[b] != 1 {
		t.Errorf("to the moment 180 days later: %v", got)
	}
	o.Now = o.Now.Add(time.Second)
	if got := lately(); got[b] != 0 {
		t.Errorf("after 180 days: %v", got)
	}
}

// free lists who can be given a review now.
func (o *office) free() (out []uint64) {
	o.Helper()
	all, err := o.reviewers(ctx)
	o.Must(err)
	for _, r := range all {
		out = append(out, r.account)
	}
	return out
}

// The office's day begins at 16:00 UTC; both days of a term belong to it.
func TestOnlyWhoIsInTermIsGivenReviews(t *testing.T) {
	o := open(t, 3)
	a, b, never := o.volunteers[0], o.volunteers[1], o.volunteers[2]
	o.serves(a, "2026-10-01", "2026-10-31")
	o.serves(b, "2026-10-31", "2027-10-30", "JS")
	for _, c := range []struct {
		at   string // UTC
		want []uint64
	}{
		{"2026-09-30 15:59", []uint64{never.Account}},
		{"2026-09-30 16:00", []uint64{a.Account, never.Account}},
		{"2026-10-30 15:59", []uint64{a.Account, never.Account}},
		{"2026-10-30 16:00", []uint64{a.Account, b.Account, never.Account}},
		{"2026-10-31 15:59", []uint64{a.Account, b.Account, never.Account}},
		{"2026-10-31 16:00", []uint64{b.Account, never.Account}},
	} {
		at, err := time.Parse("2006-01-02 15:04", c.at)
		o.Must(err)
		o.Now = at
		if got := o.free(); !slices.Equal(got, c.want) {
			t.Errorf("at %s: %v, want %v", c.at, got, c.want)
		}
	}
	o.Verify()
}
