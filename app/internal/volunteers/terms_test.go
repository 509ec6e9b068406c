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
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
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
func TestOnlyWhoIsInTermIsGivenReviewsAndVisits(t *testing.T) {
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
	plan := func(department, date string, p access.Principal) error {
		return o.ask(department, date, p.Account, never.Account)
	}
	o.at("2026-10-31 02:00")
	wantCode(t, plan("GH", "2026-11-01", a), "visit_plan") // in term today, and not on that day
	wantCode(t, plan("JS", "2026-11-02", b), "visit_plan") // where the person works
	for _, err := range []error{plan("GH", "2026-10-31", a), plan("GH", "2026-11-02", b)} {
		if err != nil {
			t.Error(err)
		}
	}
	o.at("2026-11-01 02:00")
	wantCode(t, plan("GH", "2026-11-02", a), "visit_plan")
	o.verify()
}

// ask asks volunteers for a visit to one department.
func (o *office) ask(department, date string, members ...uint64) error {
	_, err := o.PlanRoute(ctx, access.Here, newKey(), Route{Date: date, Mode: "unannounced", Members: members, Stops: []Stop{{Department: department}}})
	return err
}

// What was asked for is finished after the term, nothing of one's own accord is
// begun; a sheet that waited in the phone is of the day of the visit.
func TestVisitsOutOfTerm(t *testing.T) {
	o := open(t, 2)
	v := o.volunteers[0]
	o.serves(v, "2026-09-01", "2026-09-22")
	if err := o.ask("GH", "2026-09-22", v.Account, o.volunteers[1].Account); err != nil {
		t.Fatal(err)
	}
	within := o.sheet()
	o.now = o.now.AddDate(0, 0, 1)
	if _, err := o.FileVisit(ctx, v, "within-term", within, nil); err != nil {
		t.Errorf("made in term, sent afterwards: %v", err)
	}
	_, err := o.FileVisit(ctx, v, "out-of-term", o.sheet(), nil)
	wantCode(t, err, "visit")
	plans, err := o.MyPlans(ctx, v.Account, date(t, "2026-09-22"))
	if err != nil || len(plans) != 1 {
		t.Fatal(plans, err)
	}
	asked := o.sheet()
	asked.Plan = plans[0].ID
	if _, err := o.FileVisit(ctx, v, "asked-for-01", asked, nil); err != nil {
		t.Errorf("asked for in term: %v", err)
	}
	if _, err := o.FileVisit(ctx, o.volunteers[1], "never-appointed", o.sheet(), nil); err != nil {
		t.Errorf("by somebody never appointed: %v", err)
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

// liaison makes a liaison of GH.
func (o *office) liaison(login, department string) access.Principal {
	o.Helper()
	a, err := accounts.New(o.office()).Create(ctx, access.Here, login, accounts.Profile{Name: "联络员", Role: access.Liaison, Department: department})
	if err != nil {
		o.Fatal(err)
	}
	return a.Principal()
}

// end brings a matter to its end: closed, or not upheld.
func (o *office) end(id uint64, gh access.Principal, upheld bool) {
	o.Helper()
	m := matter.New(o.office(), accounts.New(o.office()))
	step := func(by access.Principal, version int, action, field, text string) {
		o.Helper()
		if err := m.Step(ctx, by, id, fmt.Sprintf("step-%d-%d", id, version), version, action, map[string]string{field: text}); err != nil {
			o.Fatal(err)
		}
	}
	if !upheld {
		step(access.Here, 0, "drop", "reason", "查无此事，已核实。")
		return
	}
	step(access.Here, 0, "assign", "task", "请核查后答复。")
	step(gh, 1, "reply", "reply", "情况属实，已经整改。")
	step(access.Here, 2, "close", "conclusion", "整改到位，予以销号。")
}

// Tuesday 22 September 2026; verdicts are due on Wednesday 30 September at 17:30.
func TestARecordSumsUpAndStandsAsItWasAtTheEndOfTheSpan(t *testing.T) {
	o := open(t, 2)
	v, other := o.volunteers[0], o.volunteers[1]
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(0, 2)); err != nil { // four reviews, all four for both
		t.Fatal(err)
	}
	if err := o.ask("GH", "2026-09-23", v.Account, other.Account); err != nil {
		t.Fatal(err)
	}
	if err := o.ask("JS", "2026-09-24", v.Account, other.Account); err != nil {
		t.Fatal(err)
	}
	plans, err := o.MyPlans(ctx, v.Account, date(t, "2026-09-22"))
	if err != nil {
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
	o.at("2026-09-23 03:00")
	s := o.sheet()
	s.Plan = plans[0].ID
	s.Findings = append(s.Findings, VisitFinding{Category: "no_sign", Severity: "minor", Fact: "没有暂停服务牌"}, VisitFinding{Category: "slow", Severity: "minor", Fact: "等候四十分钟"})
	if _, err := o.FileVisit(ctx, v, "asked-for-01", s, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.FileVisit(ctx, v, "own-accord-01", o.sheet(), nil); err != nil {
		t.Fatal(err)
	}
	gh := o.liaison("gh", "GH")
	o.end(1, gh, true)
	o.end(2, gh, false)
	o.at("2026-09-30 09:31") // a minute after the office closed
	declare(3, None)
	judge(3)
	o.at("2026-10-31 15:59")
	september := Record{Assigned: 4, InTime: 1, Late: 1, OpenLate: 1, Interests: 1, Asked: 2, Answered: 1, Filed: 2, Findings: 4, Upheld: 1, Dropped: 1}
	if got := o.record(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("%+v, want %+v", got, september)
	}
	if got, want := o.record(v, "2026-09-22", "2026-09-22"), (Record{Assigned: 4, InTime: 1, Open: 2, Interests: 1}); got != want {
		t.Errorf("of the first day: %+v, want %+v", got, want)
	}
	if got, want := o.record(other, "2026-09-01", "2026-09-30"), (Record{Assigned: 4, OpenLate: 4, Asked: 2}); got != want {
		t.Errorf("of the other: %+v, want %+v", got, want)
	}
	if got := o.record(v, "2026-10-01", "2026-10-31"); got != (Record{}) {
		t.Errorf("of the month after: %+v", got)
	}
	// What comes later does not change what was told of September.
	if err := o.Declare(ctx, other, 4, Kin, ""); err != nil {
		t.Fatal(err)
	}
	if got, want := o.record(other, "2026-09-01", "2026-09-30"), (Record{Assigned: 4, OpenLate: 4, Asked: 2}); got != want {
		t.Errorf("of the other, changed afterwards to %+v", got)
	}
	if got := o.record(other, "2026-09-01", "2026-10-31"); got.Interests != 1 || got.OpenLate != 3 {
		t.Errorf("of the other, to the end of October: %+v", got)
	}
	declare(4, None)
	judge(4)
	o.end(3, gh, true)
	if got := o.record(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("changed afterwards to %+v", got)
	}
	if got := o.record(v, "2026-09-01", "2026-10-31"); got.Late != 2 || got.OpenLate != 0 || got.Upheld != 2 {
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

func TestNinetyDaysWithoutAnythingThoughAsked(t *testing.T) {
	o := open(t, 3)
	r := o.one() // 22 September
	idle, done := r.Seats[0].Account, access.Principal{Account: r.Seats[1].Account}
	var free uint64
	for _, v := range o.volunteers {
		if _, has := r.SeatOf(v.Account); !has {
			free = v.Account
		}
	}
	if err := errors.Join(o.Declare(ctx, done, r.ID, None, ""), o.Judge(ctx, done, r.ID, Proper, nil, "")); err != nil {
		t.Fatal(err)
	}
	began := date(t, "2026-09-22")
	inactive := func(account uint64, active workday.Date, by string) bool {
		t.Helper()
		got, err := o.Inactive(ctx, account, active, date(t, by))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if inactive(idle, began, "2026-12-20") { // 89 days
		t.Error("marked a day too early")
	}
	if !inactive(idle, began, "2026-12-21") {
		t.Error("not marked after 90 days with a review overdue")
	}
	if inactive(idle, date(t, "2026-10-01"), "2026-12-21") {
		t.Error("marked though there was something in between")
	}
	if _, has := func() (Seat, bool) { other := o.review(3 - r.ID); return other.SeatOf(free) }(); !has {
		t.Fatal("the third has no review of the other department")
	}
	at, err := o.Active(ctx, done.Account, date(t, "2026-09-22"))
	if err != nil || !at.Equal(o.now) {
		t.Errorf("active at %v, %v", at, err)
	}
	if at, err := o.Active(ctx, done.Account, date(t, "2026-09-21")); err != nil || !at.IsZero() {
		t.Errorf("active before at %v, %v", at, err)
	}
	joined, err := accounts.New(o.office()).Create(ctx, access.Here, "new", accounts.Profile{Name: "新监督员", Role: access.Volunteer})
	if err != nil {
		t.Fatal(err)
	}
	if inactive(joined.ID, began, "2027-06-30") {
		t.Error("marked though never asked")
	}
	if err := o.ask("GH", "2026-10-12", joined.ID, free); err != nil {
		t.Fatal(err)
	}
	if !inactive(joined.ID, began, "2027-01-31") || inactive(joined.ID, date(t, "2026-10-12"), "2027-01-31") {
		t.Error("a visit that was not made marks, unless there was something since")
	}
}

// The office and the volunteer are told of ratings by threes.
func TestADepartmentRatesANoteOnceAndItsVolunteerReadsAverages(t *testing.T) {
	o := open(t, 2)
	v := o.volunteers[0]
	gh, js := o.liaison("gh", "GH"), o.liaison("js", "JS")
	rated := func() Rated {
		t.Helper()
		r, err := o.Rated(ctx, v.Account, date(t, "2026-09-22"))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	rate := func(by access.Principal, matter uint64, facts, fairness int) error {
		return o.RateNote(ctx, by, fmt.Sprintf("rating-%d", matter), matter, NoteRating{facts, fairness, " 写得清楚 "})
	}
	for i := range 4 {
		if _, err := o.FileVisit(ctx, v, fmt.Sprintf("visit-%04d", i), o.sheet(), nil); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, rate(gh, 1, 4, 5), "nothing_to_rate") // not handed over yet
	for id := range uint64(4) {
		o.end(id+1, gh, true)
	}
	wantCode(t, rate(js, 1, 4, 5), "nothing_to_rate")
	wantCode(t, rate(v, 1, 4, 5), "nothing_to_rate")
	wantCode(t, rate(gh, 1, 0, 5), "note_rating")
	wantCode(t, rate(gh, 1, 4, 6), "note_rating")
	for id, x := range [][2]int{{4, 5}, {5, 5}, {5, 2}, {1, 1}} {
		for range 2 { // sent twice
			if err := rate(gh, uint64(id+1), x[0], x[1]); err != nil {
				t.Fatal(err)
			}
		}
		want := Rated{}
		if id >= 2 { // the fourth alone is not told
			want = Rated{Ratings: 3, Facts: 4.7, Fairness: 4}
		}
		if got := rated(); got != want {
			t.Errorf("after %d: %+v, want %+v", id+1, got, want)
		}
	}
	wantCode(t, o.RateNote(ctx, gh, "again-0001", 1, NoteRating{5, 5, ""}), "rated_already")
	if r, err := o.NoteRating(ctx, 1); err != nil || *r != (NoteRating{4, 5, "写得清楚"}) {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := o.NoteRating(ctx, 99); err != nil || r != nil {
		t.Errorf("%+v, %v", r, err)
	}
	if got, err := o.Rated(ctx, o.volunteers[1].Account, date(t, "2026-09-22")); err != nil || got != (Rated{}) {
		t.Errorf("of the other: %+v, %v", got, err)
	}
	if got, err := o.Rated(ctx, v.Account, date(t, "2026-09-21")); err != nil || got != (Rated{}) {
		t.Errorf("by the day before: %+v, %v", got, err)
	}
	o.verify()
}

// A review's note is of those who held it improper.
func TestARatingOfAReviewCountsToThoseInWhoseWordsItWentOn(t *testing.T) {
	o := open(t, 3)
	r := o.one()
	gh := o.liaison("lian", r.Department)
	judge := func(i int, verdict Verdict) {
		t.Helper()
		p := access.Principal{Account: o.review(r.ID).Seats[i].Account}
		if err := errors.Join(o.Declare(ctx, p, r.ID, None, ""), o.Judge(ctx, p, r.ID, verdict, nil, "部门的说明对不上")); err != nil {
			t.Fatal(err)
		}
	}
	judge(0, Improper)
	judge(1, Proper)
	judge(2, Improper)
	o.end(1, gh, true)
	if err := o.RateNote(ctx, gh, "rating-0001", 1, NoteRating{3, 3, ""}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 0, 1} {
		var n int
		if err := o.s.Readers().QueryRowContext(ctx, `SELECT count(*) FROM note_rated WHERE account = ?`, int64(o.review(r.ID).Seats[i].Account)).Scan(&n); err != nil || n != want {
			t.Errorf("seat %d: counted %d times, %v; want %d", i+1, n, err, want)
		}
	}
	o.verify()
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
// opened, as they are when its journal is folded anew; and who changes one, or a
// rating, is found out.
func TestDeclarationsAndRatingsAreVerified(t *testing.T) {
	for table, change := range map[string]string{
		"review_declarations": `UPDATE review_declarations SET at = at + 1`,
		"note_ratings":        `UPDATE note_ratings SET facts = 1`,
		"note_rated":          `DELETE FROM note_rated`,
	} {
		t.Run(table, func(t *testing.T) {
			o := open(t, 2)
			r := o.one()
			if err := o.Declare(ctx, access.Principal{Account: r.Seats[0].Account}, r.ID, None, ""); err != nil {
				t.Fatal(err)
			}
			if _, err := o.FileVisit(ctx, o.volunteers[0], key, o.sheet(), nil); err != nil {
				t.Fatal(err)
			}
			gh := o.liaison("gh", "GH")
			o.end(1, gh, true)
			if err := o.RateNote(ctx, gh, "rating-0001", 1, NoteRating{5, 5, ""}); err != nil {
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
