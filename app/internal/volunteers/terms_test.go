package volunteers

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/term"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// serves appoints a volunteer from a day to another.
func (o *office) serves(p access.Principal, first, last string, barred ...string) {
	o.Helper()
	err := term.New(&feature.Office{Store: o.s, Journal: o.in, Now: func() time.Time { return o.now }}, nil, term.Work{}).Appoint(ctx, access.Here, fmt.Sprintf("appoint-%s-%d", first, p.Account), p.Account,
		term.Particulars{Certificate: fmt.Sprintf("%s-%d", first, p.Account), Group: term.Citizen, Barred: barred, First: first, Last: last})
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) at(s string) {
	o.Helper()
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		o.Fatal(err)
	}
	o.now = t
}

// Whoever is asked is in term both when asked and on the day.
func TestOnlyWhoIsInTermIsAskedForVisits(t *testing.T) {
	o := open(t, 3)
	a, b, never := o.volunteers[0], o.volunteers[1], o.volunteers[2]
	o.serves(a, "2026-10-01", "2026-10-31")
	o.serves(b, "2026-10-31", "2027-10-30", "JS")
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
	a, err := account.New(o.office()).Create(ctx, access.Here, login, account.Profile{Name: "联络员", Role: access.Liaison, Department: department})
	if err != nil {
		o.Fatal(err)
	}
	return a.Principal()
}

// end brings a matter to its end: closed, or not upheld.
func (o *office) end(id uint64, gh access.Principal, upheld bool) {
	o.Helper()
	m := matter.New(o.office(), account.New(o.office()))
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

func TestARecordSumsUpAndStandsAsItWasAtTheEndOfTheSpan(t *testing.T) {
	o := open(t, 2)
	v, other := o.volunteers[0], o.volunteers[1]
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
	o.at("2026-10-31 15:59")
	september := Record{Asked: 2, Answered: 1, Filed: 2, Findings: 4, Upheld: 1, Dropped: 1}
	if got := o.record(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("%+v, want %+v", got, september)
	}
	if got := o.record(v, "2026-09-22", "2026-09-22"); got != (Record{}) {
		t.Errorf("of the first day: %+v", got)
	}
	if got, want := o.record(other, "2026-09-01", "2026-09-30"), (Record{Asked: 2}); got != want {
		t.Errorf("of the other: %+v, want %+v", got, want)
	}
	if got := o.record(v, "2026-10-01", "2026-10-31"); got != (Record{}) {
		t.Errorf("of the month after: %+v", got)
	}
	// What comes later does not change what was told of September.
	o.end(3, gh, true)
	if got := o.record(v, "2026-09-01", "2026-09-30"); got != september {
		t.Errorf("changed afterwards to %+v", got)
	}
	if got := o.record(v, "2026-09-01", "2026-10-31"); got.Upheld != 2 {
		t.Errorf("to the end of October: %+v", got)
	}
	o.verify()
}

func TestWhoVisitsIsActiveAndWhoIsAskedIsTold(t *testing.T) {
	o := open(t, 2)
	v, other := o.volunteers[0], o.volunteers[1]
	if _, err := o.FileVisit(ctx, v, "own-accord-01", o.sheet(), nil); err != nil {
		t.Fatal(err)
	}
	if at, err := o.Volunteers.Active(ctx, v.Account, date(t, "2026-09-22")); err != nil || !at.Equal(o.now) {
		t.Errorf("active at %v, %v", at, err)
	}
	if at, err := o.Volunteers.Active(ctx, v.Account, date(t, "2026-09-21")); err != nil || !at.IsZero() {
		t.Errorf("active before at %v, %v", at, err)
	}
	if err := o.ask("GH", "2026-10-12", v.Account, other.Account); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		want     bool
	}{{"2026-10-12", "2026-10-12", true}, {"2026-09-22", "2027-01-31", true}, {"2026-10-13", "2027-01-31", false}, {"2026-09-22", "2026-10-11", false}} {
		if asked, err := o.Asked(ctx, other.Account, date(t, c.from), date(t, c.to)); err != nil || asked != c.want {
			t.Errorf("from %s to %s: %v, %v", c.from, c.to, asked, err)
		}
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
	judge := func(i int, verdict review.Verdict) {
		t.Helper()
		p := access.Principal{Account: o.review(r.ID).Seats[i].Account}
		if err := errors.Join(o.Declare(ctx, p, r.ID, review.None, ""), o.Judge(ctx, p, r.ID, verdict, nil, "部门的说明对不上")); err != nil {
			t.Fatal(err)
		}
	}
	judge(0, review.Improper)
	judge(1, review.Proper)
	judge(2, review.Improper)
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
			if err := o.Declare(ctx, access.Principal{Account: r.Seats[0].Account}, r.ID, review.None, ""); err != nil {
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
