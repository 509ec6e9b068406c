package volunteers

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/accounts"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/terms"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// serves appoints a volunteer from a day to another.
func (o *office) serves(p access.Principal, first, last string, barred ...string) {
	o.Helper()
	err := terms.New(o.s, o.in, func() time.Time { return o.now }).Appoint(ctx, access.Here, fmt.Sprintf("appoint-%s-%d", first, p.Account), p.Account,
		terms.Particulars{Certificate: fmt.Sprintf("%s-%d", first, p.Account), Group: terms.Citizen, Barred: barred, First: first, Last: last})
	if err != nil {
		o.Fatal(err)
	}
}

// free lists who can be given a review now.
func (o *office) free() (out []uint64) {
	o.Helper()
	all, err := o.reviewers(ctx)
	if err != nil {
		o.Fatal(err)
	}
	for _, r := range all {
		out = append(out, r.account)
	}
	return out
}

func (o *office) at(s string) {
	o.Helper()
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		o.Fatal(err)
	}
	o.now = t
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
		o.at(c.at)
		if got := o.free(); !slices.Equal(got, c.want) {
			t.Errorf("at %s: %v, want %v", c.at, got, c.want)
		}
	}
	o.verify()
}

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
	o.now = o.now.AddDate(0, 0, 1)
	begun, _ := func() (Seat, bool) { r := o.review(1); return r.SeatOf(leaves.Account) }()
	_, _, err := o.in.Act(ctx, intake.Act{Key: "too-late", Type: seated, Data: seatedData{Review: 1, Account: 999, Instead: begun.Seat}})
	wantCode(t, err, "seat_taken") // declared a moment before
	if empty, err := o.Fill(ctx); err != nil || empty != 0 || len(o.review(2).Seats) != 2 {
		t.Fatalf("nobody else is there, and yet: %d empty, %v", empty, err)
	}
	for _, p := range []access.Principal{leaves, stays} { // the review goes on as it was
		if s, _ := func() (Seat, bool) { r := o.review(2); return r.SeatOf(p.Account) }(); s.State != Assigned {
			t.Errorf("%+v", s)
		}
	}
	joined, err := accounts.New(o.office()).Create(ctx, access.Here, "new", accounts.Profile{Name: "新监督员", Role: access.Volunteer})
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
	if s, _ := second.SeatOf(leaves.Account); s.State != Left || !s.DoneAt.Equal(o.now) {
		t.Errorf("%+v", s)
	}
	if s, ok := second.SeatOf(joined.ID); !ok || s.State != Assigned || s.Seat != 3 {
		t.Errorf("%+v", s)
	}
	wantCode(t, o.Declare(ctx, leaves, 2, None, ""), "seat_left")
	wantCode(t, o.Judge(ctx, leaves, 2, Proper, nil, ""), "seat_left")
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
	o.verify()
}

// Whoever is or was employed by a department is not given its cases.
func TestAnEmployerBarsFromTheBeginning(t *testing.T) {
	o := open(t, 3)
	o.serves(o.volunteers[0], "2020-01-01", "2021-12-31", "GH") // by an appointment that is over
	o.serves(o.volunteers[0], "2026-01-01", "2027-12-31")
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(100, 0)); err != nil {
		t.Fatal(err)
	}
	all, err := o.Reviews(ctx, ReviewFilter{}, store.Window{Limit: 100})
	if err != nil || all.Total != 2*overdueCases {
		t.Fatal(all.Total, err)
	}
	for _, r := range all.Rows {
		if _, has := r.SeatOf(o.volunteers[0].Account); has == (r.Department == "GH") {
			t.Errorf("a review of %s, and a seat: %v", r.Department, has)
		}
	}
	o.verify()
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
	o.now = o.now.Add(round)
	if got := lately(); got[b] != 1 {
		t.Errorf("to the moment 180 days later: %v", got)
	}
	o.now = o.now.Add(time.Second)
	if got := lately(); got[b] != 0 {
		t.Errorf("after 180 days: %v", got)
	}
}

func (o *office) record(p access.Principal, from, to string) Record {
	o.Helper()
	r, err := o.Record(ctx, p.Account, Span{date(o.T, from), date(o.T, to)})
	if err != nil {
		o.Fatal(err)
	}
	return r
}

// Tuesday 22 September 2026; verdicts are due on Wednesday 30 September at 17:30.
func TestARecordSumsUpAndStandsAsItWasAtTheEndOfTheSpan(t *testing.T) {
	o := open(t, 2)
	v, other := o.volunteers[0], o.volunteers[1]
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(0, 2)); err != nil { // four reviews, all four for both
		t.Fatal(err)
	}
	declare := func(review uint64, c Conflict) {
		t.Helper()
		if err := o.Declare(ctx, v, review, c, ""); err != nil {
			t.Fatal(err)
		}
	}
	judge := func(review uint64) {
		t.Helper()
		if err := o.Judge(ctx, v, review, Proper, nil, ""); err != nil {
			t.Fatal(err)
		}
	}
	declare(1, None)
	judge(1)
	declare(2, Kin)
	o.at("2026-09-30 09:31") // a minute after the office closed
	declare(3, None)
	judge(3)
	o.at("2026-10-31 15:59")
	september := Record{Assigned: 4, InTime: 1, Late: 1, OpenLate: 1, Interests: 1}
	if got := o.record(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("%+v, want %+v", got, september)
	}
	if got, want := o.record(v, "2026-09-22", "2026-09-22"), (Record{Assigned: 4, InTime: 1, Open: 2, Interests: 1}); got != want {
		t.Errorf("of the first day: %+v, want %+v", got, want)
	}
	if got, want := o.record(other, "2026-09-01", "2026-09-30"), (Record{Assigned: 4, OpenLate: 4}); got != want {
		t.Errorf("of the other: %+v, want %+v", got, want)
	}
	if got := o.record(v, "2026-10-01", "2026-10-31"); got != (Record{}) {
		t.Errorf("of the month after: %+v", got)
	}
	// What comes later does not change what was told of September.
	if err := o.Declare(ctx, other, 4, Kin, ""); err != nil {
		t.Fatal(err)
	}
	if got, want := o.record(other, "2026-09-01", "2026-09-30"), (Record{Assigned: 4, OpenLate: 4}); got != want {
		t.Errorf("of the other, changed afterwards to %+v", got)
	}
	if got := o.record(other, "2026-09-01", "2026-10-31"); got.Interests != 1 || got.OpenLate != 3 {
		t.Errorf("of the other, to the end of October: %+v", got)
	}
	declare(4, None)
	judge(4)
	if got := o.record(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("changed afterwards to %+v", got)
	}
	if got := o.record(v, "2026-09-01", "2026-10-31"); got.Late != 2 || got.OpenLate != 0 {
		t.Errorf("to the end of October: %+v", got)
	}
	o.verify()
}

// A third who comes to a review when it is due has five working days as well:
// from Wednesday 30 September over the National Day holidays, with Saturday 10
// October worked: 8, 9, 10, 12, 13 October.
func TestWhoComesLaterHasTheSameTime(t *testing.T) {
	o := open(t, 0)
	zone := workday.Default().Zone()
	due := time.Date(2026, 9, 30, 17, 30, 0, 0, zone)
	if got, want := o.limit(time.Date(2026, 9, 30, 12, 0, 0, 0, zone), due), time.Date(2026, 10, 13, 17, 30, 0, 0, zone); !got.Equal(want) {
		t.Errorf("%v, want %v", got.In(zone), want)
	}
	if got := o.limit(time.Date(2026, 9, 22, 12, 0, 0, 0, zone), due); !got.Equal(due) {
		t.Errorf("%v, want %v", got.In(zone), due)
	}
}

// A review is owed from when it is overdue until it is in, refused or handed over;
// what was done says when somebody was active.
func TestAnOverdueReviewIsOwed(t *testing.T) {
	o := open(t, 3)
	r := o.one() // 22 September; due on the 30th
	idle, done := r.Seats[0].Account, access.Principal{Account: r.Seats[1].Account}
	if err := errors.Join(o.Declare(ctx, done, r.ID, None, ""), o.Judge(ctx, done, r.ID, Proper, nil, "")); err != nil {
		t.Fatal(err)
	}
	joined, err := accounts.New(o.office()).Create(ctx, access.Here, "new", accounts.Profile{Name: "新监督员", Role: access.Volunteer})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		account uint64
		by      string
		want    bool
	}{{idle, "2026-09-29", false}, {idle, "2026-09-30", true}, {idle, "2026-12-21", true}, {joined.ID, "2027-06-30", false}} {
		if got, err := o.Owes(ctx, c.account, date(t, c.by)); err != nil || got != c.want {
			t.Errorf("%d by %s: %v, %v", c.account, c.by, got, err)
		}
	}
	at, err := o.Active(ctx, done.Account, date(t, "2026-09-22"))
	if err != nil || !at.Equal(o.now) {
		t.Errorf("active at %v, %v", at, err)
	}
	if at, err := o.Active(ctx, done.Account, date(t, "2026-09-21")); err != nil || !at.IsZero() {
		t.Errorf("active before at %v, %v", at, err)
	}
}

// Who declared an interest in a department when asked to visit it is not given its
// reviews either.
func TestAnInterestOfAVisitBarsReviews(t *testing.T) {
	o := open(t, 3)
	w := o.s.Writer()
	if err := errors.Join(w.Begin(), w.Exec(`INSERT INTO visit_interests (account, department) VALUES (?, 'GH')`, int64(o.volunteers[2].Account)), w.Commit()); err != nil {
		t.Fatal(err)
	}
	free, err := o.reviewers(ctx)
	if err != nil || !free[2].not["GH"] || free[2].not["JS"] || free[0].not["GH"] {
		t.Errorf("%+v, %v", free, err)
	}
}

// seeding is what the migration makes of declarations from before it.
func seeding(t *testing.T) string {
	t.Helper()
	migration, err := os.ReadFile("../store/migrations/00010_terms.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, statement, found := strings.Cut(string(migration), "INSERT INTO review_declarations")
	if !found {
		t.Fatal("the migration inserts nothing")
	}
	return "INSERT INTO review_declarations" + statement
}

// Declarations of a folder from before they were kept are there when it is
// opened, as they are when its journal is folded anew; and who changes one is
// found out.
func TestDeclarationsAreVerified(t *testing.T) {
	for table, change := range map[string]string{
		"review_declarations": `UPDATE review_declarations SET at = at + 1`,
	} {
		t.Run(table, func(t *testing.T) {
			o := open(t, 2)
			r := o.one()
			if err := o.Declare(ctx, access.Principal{Account: r.Seats[0].Account}, r.ID, None, ""); err != nil {
				t.Fatal(err)
			}
			w := o.s.Writer()
			if err := errors.Join(w.Begin(), w.Exec(`DELETE FROM review_declarations`), w.Exec(seeding(t)), w.Commit()); err != nil {
				t.Fatal(err)
			}
			o.verify()
			if err := errors.Join(w.Begin(), w.Exec(change), w.Commit()); err != nil {
				t.Fatal(err)
			}
			rep, err := intake.Verify(ctx, o.s, workday.Default(), rules.DefaultSettings(), folders, o.signer.PublicKey(), nil)
			if err != nil || rep.Difference == nil || rep.Difference.Where != table {
				t.Errorf("%+v, %v", rep.Difference, err)
			}
		})
	}
}
