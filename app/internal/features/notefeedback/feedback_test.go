package notefeedback_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/review"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/notefeedback"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/rules"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

var folders = []intake.Folder{act.NewRegistry().Add(account.Tables, account.Acts...), act.NewRegistry().Add(review.Tables, review.Acts...).Add(matter.Tables, matter.Acts...).Add(route.Tables, route.Acts...).
	Add(visit.Tables, visit.Acts...).Add(notefeedback.Tables, notefeedback.Acts...)}

// office is a real data folder with two departments, their liaisons and
// volunteers.
type office struct {
	*officetest.Folder
	*notefeedback.Feedback
	matters    *matter.Matters
	visits     *visit.Visits
	gh, js     access.Principal
	volunteers []access.Principal
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Folder: officetest.Open(t, "2026-09-22 10:00", folders...)}
	var departments []*pb.Department
	for _, code := range []string{"GH", "JS"} {
		departments = append(departments, &pb.Department{Code: code, Name: code + "局"})
	}
	o.Must(o.Intake.Catalogue(ctx, "a", &pb.DescribeResponse{Name: "a"}, departments, nil))
	f := o.Office()
	people := account.New(f)
	o.matters = matter.New(f, people)
	o.visits = visit.New(f, people, o.matters, route.New(f, people, o.matters, visit.NewSheets(f)))
	o.Feedback = notefeedback.New(f, o.matters)
	o.gh, o.js = o.Account("gh", access.Liaison, "GH"), o.Account("js", access.Liaison, "JS")
	for i := range 3 {
		o.volunteers = append(o.volunteers, o.Account(fmt.Sprint("v", i), access.Volunteer, ""))
	}
	return o
}

// note files a visit to GH that noted something.
func (o *office) note(by access.Principal) {
	o.Helper()
	_, err := o.visits.File(ctx, by, o.Key(), visit.Sheet{Mode: "unannounced", Department: "GH", ArrivedAt: o.Now.Add(-time.Hour), LeftAt: o.Now,
		Findings: []visit.VisitFinding{{Category: "unmanned", Severity: "serious", Fact: "12 号窗口无人"}}}, nil)
	o.Must(err)
}

// end closes a matter.
func (o *office) end(id uint64) {
	o.Helper()
	for version, x := range []struct {
		by                  access.Principal
		action, field, text string
	}{{access.Here, "assign", "task", "请核查后答复。"}, {o.gh, "reply", "reply", "情况属实，已经整改。"}, {access.Here, "close", "conclusion", "整改到位，予以销号。"}} {
		o.Must(o.matters.Step(ctx, x.by, id, o.Key(), version, x.action, map[string]string{x.field: x.text}))
	}
}

func day(t testing.TB, s string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The office and the volunteer are told of ratings by threes.
func TestADepartmentRatesANoteOnceAndItsVolunteerReadsAverages(t *testing.T) {
	o := open(t)
	v := o.volunteers[0]
	average := func() notefeedback.Rated {
		t.Helper()
		r, err := o.Average(ctx, v.Account, day(t, "2026-09-22"))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	rate := func(by access.Principal, matter uint64, facts, fairness int) error {
		return o.Rate(ctx, by, fmt.Sprintf("rating-%d", matter), matter, notefeedback.NoteRating{Facts: facts, Fairness: fairness, Word: " 写得清楚 "})
	}
	for range 4 {
		o.note(v)
	}
	o.WantCode(rate(o.gh, 1, 4, 5), "nothing_to_rate") // not handed over yet
	o.Must(o.matters.Step(ctx, access.Here, 1, o.Key(), 0, "assign", map[string]string{"task": "请核查后答复。"}))
	o.WantCode(rate(o.gh, 1, 4, 5), "rate_when_done")
	o.Must(o.matters.Step(ctx, o.gh, 1, o.Key(), 1, "reply", map[string]string{"reply": "情况属实，已经整改。"}))
	o.Must(o.matters.Step(ctx, access.Here, 1, o.Key(), 2, "close", map[string]string{"conclusion": "整改到位，予以销号。"}))
	for id := range uint64(3) {
		o.end(id + 2)
	}
	o.WantCode(rate(o.js, 1, 4, 5), "nothing_to_rate")
	o.WantCode(rate(v, 1, 4, 5), "nothing_to_rate")
	o.WantCode(rate(o.gh, 99, 4, 5), "nothing_to_rate")
	o.WantCode(rate(o.gh, 1, 0, 5), "note_rating")
	o.WantCode(rate(o.gh, 1, 4, 6), "note_rating")
	o.WantCode(o.Rate(ctx, o.gh, "no", 1, notefeedback.NoteRating{Facts: 4, Fairness: 4}), "visit_key")
	for id, x := range [][2]int{{4, 5}, {5, 5}, {5, 2}, {1, 1}} {
		for range 2 { // sent twice
			if err := rate(o.gh, uint64(id+1), x[0], x[1]); err != nil {
				t.Fatal(err)
			}
		}
		want := notefeedback.Rated{}
		if id >= 2 { // the fourth alone is not told
			want = notefeedback.Rated{Ratings: 3, Facts: 4.7, Fairness: 4}
		}
		if got := average(); got != want {
			t.Errorf("after %d: %+v, want %+v", id+1, got, want)
		}
	}
	o.WantCode(o.Rate(ctx, o.gh, "again-0001", 1, notefeedback.NoteRating{Facts: 5, Fairness: 5}), "rated_already")
	if r, err := o.Of(ctx, 1); err != nil || *r != (notefeedback.NoteRating{Facts: 4, Fairness: 5, Word: "写得清楚"}) {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err := o.Of(ctx, 99); err != nil || r != nil {
		t.Errorf("%+v, %v", r, err)
	}
	if got, err := o.Average(ctx, o.volunteers[1].Account, day(t, "2026-09-22")); err != nil || got != (notefeedback.Rated{}) {
		t.Errorf("of the other: %+v, %v", got, err)
	}
	if got, err := o.Average(ctx, v.Account, day(t, "2026-09-21")); err != nil || got != (notefeedback.Rated{}) {
		t.Errorf("by the day before: %+v, %v", got, err)
	}
	o.Verify()
}

// A review's note is of those who held it improper.
func TestARatingOfAReviewCountsToThoseInWhoseWordsItWentOn(t *testing.T) {
	o := open(t)
	do := func(by uint64, what string, data map[string]any) {
		t.Helper()
		_, _, err := o.Intake.Act(ctx, intake.Act{Key: o.Key(), Type: what, By: by, Data: data})
		o.Must(err)
	}
	do(0, "review.put_up", map[string]any{"kind": "overdue", "due": o.Now, "reason": "群众来电反映",
		"reviews": []any{map[string]any{"subject": "overdue/1", "department": "GH", "reviewers": []uint64{o.volunteers[0].Account, o.volunteers[1].Account, o.volunteers[2].Account}}}})
	for i, verdict := range []string{"improper", "proper", "improper"} {
		by := o.volunteers[i].Account
		do(by, "review.declared", map[string]any{"review": 1, "seat": i + 1, "conflict": "none"})
		do(by, "review.verdict", map[string]any{"review": 1, "seat": i + 1, "verdict": verdict, "note": "部门的说明对不上"})
	}
	o.end(1)
	o.Must(o.Rate(ctx, o.gh, o.Key(), 1, notefeedback.NoteRating{Facts: 3, Fairness: 3}))
	for i, want := range []int{1, 0, 1} {
		var n int
		if err := o.Store.Readers().QueryRowContext(ctx, `SELECT count(*) FROM note_rated WHERE account = ?`, int64(o.volunteers[i].Account)).Scan(&n); err != nil || n != want {
			t.Errorf("seat %d: counted %d times, %v; want %d", i+1, n, err, want)
		}
	}
	o.Verify()
}

// Who changes a rating, or to whom it counts, is found out.
func TestRatingsAreVerified(t *testing.T) {
	for table, change := range map[string]string{"note_ratings": `UPDATE note_ratings SET facts = 1`, "note_rated": `DELETE FROM note_rated`} {
		t.Run(table, func(t *testing.T) {
			o := open(t)
			o.note(o.volunteers[0])
			o.end(1)
			o.Must(o.Rate(ctx, o.gh, o.Key(), 1, notefeedback.NoteRating{Facts: 5, Fairness: 5}))
			o.Verify()
			w := o.Store.Writer()
			o.Must(errors.Join(w.Begin(), w.Exec(change), w.Commit()))
			rep, err := intake.Verify(ctx, o.Store, workday.Default(), rules.DefaultSettings(), folders, o.Signer.PublicKey(), nil)
			if err != nil || rep.Difference == nil || rep.Difference.Where != table {
				t.Errorf("%+v, %v", rep.Difference, err)
			}
		})
	}
}
