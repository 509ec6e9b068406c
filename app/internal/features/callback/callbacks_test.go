package callback_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/features/rating/ratingtest"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/sampling"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

var ctx = context.Background()

// office is one with ratings whose raters are called back.
type office struct {
	*ratingtest.Office
	*callback.Callbacks
}

func open(t *testing.T) *office {
	t.Helper()
	o := ratingtest.Open(t, act.NewRegistry().Add(append([]string{"draws"}, callback.Tables...), callback.Acts...)) // draws of reviews stand there too
	return &office{o, callback.New(o.Folder.Office(), account.New(o.Folder.Office()), o.Ratings)}
}

func day(s string) workday.Date {
	d, err := workday.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// redraw makes a draw again with the program that shares no code with ours.
func (o *office) redraw(id uint64) {
	o.Helper()
	cert, err := sampling.New(o.Office.Office()).Certificate(ctx, id)
	o.Must(err)
	b, err := json.Marshal(cert)
	o.Must(err)
	if strings.Contains(string(b), ratingtest.Name) || strings.Contains(string(b), ratingtest.Phone) {
		o.Errorf("a rater's name or number stands in the certificate: %s", b)
	}
	dir := o.TempDir()
	program, file := filepath.Join(dir, "mingcha-redraw.exe"), filepath.Join(dir, "draw.json")
	o.Must(os.WriteFile(file, b, 0o600))
	build := exec.Command("go", "build", "-trimpath", "-o", program, "../../../../sdk/cmd/mingcha-redraw")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		o.Fatalf("%v: %s", err, out)
	}
	if out, err := exec.Command(program, file, "--key", o.Signer.PublicKey()).CombinedOutput(); err != nil {
		o.Errorf("mingcha-redraw: %v: %s", err, out)
	}
}

// drawnOffice has ten ratings of GH and four of JS with a telephone, and some
// that cannot be drawn; on the next day its draw of a quarter is made.
func drawnOffice(t *testing.T) *office {
	t.Helper()
	o := open(t)
	var all []*pb.Rating
	for i := range 10 {
		all = append(all, o.Rating("g"+string(rune('0'+i)), 1+i%2))
	}
	for i := range 4 {
		all = append(all, o.Rating("j"+string(rune('0'+i)), 1, func(r *pb.Rating) { r.Department, r.CaseNo = "JS", "" }))
	}
	all = append(all, o.Rating("nobody", 1, ratingtest.Anonymous), o.Rating("name only", 1, func(r *pb.Rating) { r.RaterPhone = "" }),
		o.Rating("too early", 1, func(r *pb.Rating) { r.RatedAt = timestamppb.New(officetest.When("2026-08-31 23:59")) }))
	o.Rate(all...)
	o.At("2026-09-29 09:00")
	_, err := o.Intake.Checkpoint(ctx)
	o.Must(err)
	o.Rate(o.Rating("too late", 1)) // behind the checkpoint
	d, err := o.Draw(ctx, o.Staff, callback.DrawRequest{First: day("2026-09-01"), Last: day("2026-09-29"), Percent: 25, AtLeast: 1})
	o.Must(err)
	if d.Candidates != 14 || d.Drawn != 4 || d.Name != "callback/rating/*/2026-09-29/1" { // 25 % of 10, rounded up, and of 4
		t.Fatalf("%+v", d)
	}
	return o
}

func TestASampleOfRatersIsDrawnAgainAlike(t *testing.T) {
	o := drawnOffice(t)
	all, err := o.List(ctx, 0)
	o.Must(err)
	departments := map[string]int{}
	for _, c := range all {
		departments[c.Department]++
		if c.State != callback.Open || !c.DueAt.Equal(officetest.When("2026-10-12 17:30")) || c.Given != c.Level { // 30 September, 8, 9, 10, 12 October
			t.Errorf("%+v", c)
		}
	}
	if len(all) != 4 || departments["GH"] != 3 || departments["JS"] != 1 {
		t.Errorf("%v", departments)
	}
	o.redraw(all[0].Draw)
	_, err = o.Draw(ctx, o.Staff, callback.DrawRequest{First: day("2026-09-02"), Last: day("2026-09-01"), Percent: 1})
	o.WantCode(err, "rating")
	_, err = o.Draw(ctx, o.Staff, callback.DrawRequest{First: day("2026-08-01"), Last: day("2026-08-01"), Percent: 1})
	o.WantCode(err, "nothing_to_draw")
	// Nobody is drawn twice.
	d, err := o.Draw(ctx, o.Staff, callback.DrawRequest{First: day("2026-09-01"), Last: day("2026-09-29"), Percent: 100})
	if err != nil || d.Candidates != 10 || d.Drawn != 10 || d.Name != "callback/rating/*/2026-09-29/2" {
		t.Errorf("%+v, %v", d, err)
	}
	o.redraw(d.ID)
	o.Verify()
}

func TestCallingBack(t *testing.T) {
	o := drawnOffice(t)
	all, err := o.List(ctx, 0)
	o.Must(err)
	slices.SortFunc(all, func(a, b callback.Callback) int { return strings.Compare(a.Department, b.Department) })
	stands, turned, foreign, away := all[0].ID, all[1].ID, all[2].ID, all[3].ID
	record := func(id uint64, c callback.Call) error { return o.Record(ctx, o.Staff, id, c) }

	o.WantCode(record(stands, callback.Call{Reached: true, Own: true}), "rating")
	o.WantCode(record(stands, callback.Call{Now: 1}), "rating")
	o.WantCode(record(turned, callback.Call{Reached: true, Own: true, Now: 5, Said: "差"}), "rating")
	o.WantCode(record(4000, callback.Call{}), "unknown_callback")
	for range 2 { // the second is the first sent twice
		o.Must(record(stands, callback.Call{Reached: true, Own: true, Now: 3, Said: "还可以"}))
	}
	o.WantCode(record(stands, callback.Call{Reached: true, Own: true, Now: 1}), "act_key_used")
	o.At("2026-09-30 16:00")
	o.Must(record(turned, callback.Call{Reached: true, Own: true, Now: 5, Said: "工作人员当面催着按满意"}))
	o.Must(record(foreign, callback.Call{Reached: true, Said: "没有去过大厅"}))
	for i := range 3 {
		o.Must(record(away, callback.Call{Tries: i, Said: "无人接听"}))
	}
	o.WantCode(record(away, callback.Call{Tries: 3}), "called_meanwhile")

	draws, err := o.Draws(ctx)
	o.Must(err)
	d := draws[0]
	if d.Drawn != 4 || d.Candidates != 14 || d.Open != 0 || d.Reached != 3 || d.Unreached != 1 || d.Agreeing != 1 || d.NotTheirs != 1 || d.First != "2026-09-01" || d.Last != "2026-09-29" {
		t.Errorf("%+v", d)
	}
	one, err := o.One(ctx, away)
	if err != nil || one.State != callback.Unreached || len(one.Tries) != 3 || one.Tries[2].Note != "无人接听" || one.Tries[2].Account != o.Staff.Account {
		t.Errorf("%+v, %v", one, err)
	}
	if open, err := o.List(ctx, 0); err != nil || len(open) != 0 {
		t.Errorf("%+v, %v", open, err)
	}

	// Who was called satisfied and is not is a bad rating from now on, for the
	// department to contact within a working day of the call.
	o.MustFollow()
	m := o.Matters(o.GH)
	if len(m) != 1 || m[0].State != matter.Contact || m[0].Category != "very_dissatisfied" || m[0].Fact != "工作人员当面催着按满意" || m[0].SourceID != all[1].Rating.ID {
		t.Fatalf("%+v", m)
	}
	o.WantDue(1, "2026-10-08 17:30")
	// M3: what the figures count is what their lists hold, also of a rating whose level
	// was a good one when it was given.
	f, err := o.Figures(ctx, "GH", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00"))
	o.Must(err)
	for _, show := range []string{"waiting", "late"} {
		p, err := o.Ratings.List(ctx, o.Head, list.Asking(show, "true").Window(0, 10))
		o.Must(err)
		if want := map[string]int{"waiting": f.Waiting, "late": f.Late}[show]; len(p.Rows) != want {
			t.Errorf("%s: the figures say %d, the list has %d", show, want, len(p.Rows))
		}
	}
	if f.Followed != 1 || f.Waiting != 1 {
		t.Errorf("%+v", f.Count)
	}
	o.Verify()
}

// What a department reported and what the rater said stand side by side; figures
// and lists count what was said, and say so; what was not theirs counts nowhere.
func TestBothValuesStandAndTheRatersCounts(t *testing.T) {
	o := open(t)
	rewritten := o.Rating("r3", 5)
	o.Rate(o.Rating("r0", 1), o.Rating("r1", 1), o.Rating("r2", 1), rewritten)
	rewritten.Level = 1
	o.Rate(rewritten)
	o.At("2026-09-29 09:00")
	_, err := o.Intake.Checkpoint(ctx)
	o.Must(err)
	_, err = o.Draw(ctx, o.Staff, callback.DrawRequest{First: day("2026-09-28"), Last: day("2026-09-28"), Percent: 100})
	o.Must(err)
	all, err := o.List(ctx, 0)
	o.Must(err)
	slices.SortFunc(all, func(a, b callback.Callback) int { return int(a.Rating.ID) - int(b.Rating.ID) })
	o.Must(o.Record(ctx, o.Staff, all[1].ID, callback.Call{Reached: true, Own: true, Now: 5, Said: "窗口的人替我按的"}))
	o.Must(o.Record(ctx, o.Staff, all[2].ID, callback.Call{Reached: true, Said: "没有去过大厅"}))
	o.Must(o.Record(ctx, o.Staff, all[3].ID, callback.Call{Reached: true, Own: true, Now: 1, Said: "后来处理得好"}))
	p, err := o.Ratings.List(ctx, o.Head, list.Asking().Window(0, 10))
	o.Must(err)
	slices.SortFunc(p.Rows, func(a, b rating.Rating) int { return int(a.ID) - int(b.ID) })
	for i, want := range []string{"1 0  1", "1 0 very_dissatisfied 5", "1 0 not_theirs 0", "1 5 very_satisfied 1"} {
		r := &p.Rows[i]
		if got := fmt.Sprint(r.Level, " ", r.FirstLevel, " ", r.Called, " ", r.Counts()); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	f, err := o.Figures(ctx, "GH", officetest.When("2026-09-01 00:00"), officetest.When("2026-11-01 00:00"))
	o.Must(err)
	if f.Levels != [5]int{0: 2, 4: 1} || f.ByCall != 2 || f.NotTheirs != 1 || f.Rewritten != 0 || f.Total() != 3 {
		t.Errorf("%+v", f.Count)
	}
	for level, want := range map[string]int{"very_satisfied": 2, "very_dissatisfied": 1} {
		if p, err := o.Ratings.List(ctx, o.Head, list.Asking("level", level).Window(0, 10)); err != nil || len(p.Rows) != want {
			t.Errorf("%s: %d, %v", level, len(p.Rows), err)
		}
	}
	if p, err := o.Ratings.List(ctx, o.Head, list.Asking("bad", "true").Window(0, 10)); err != nil || len(p.Rows) != 1 || p.Rows[0].ID != all[1].Rating.ID {
		t.Errorf("%+v, %v", p, err)
	}
	o.Verify()
}

// A department's report from before the call is no contact after it.
func TestContactReportedBeforeACallBackIsNone(t *testing.T) {
	o := open(t)
	fair := o.Rating("r1", 2, ratingtest.Contacted("2026-09-28 10:30"))
	o.At("2026-09-28 11:00")
	o.Rate(fair)
	o.At("2026-09-29 09:00")
	_, err := o.Intake.Checkpoint(ctx)
	o.Must(err)
	_, err = o.Draw(ctx, o.Staff, callback.DrawRequest{First: day("2026-09-28"), Last: day("2026-09-28"), Percent: 100})
	o.Must(err)
	o.Must(o.Record(ctx, o.Staff, 1, callback.Call{Reached: true, Own: true, Now: 4, Said: "其实不满意"}))
	o.MustFollow()
	if m := o.Matter(o.GH, 1); m.State != matter.Contact {
		t.Errorf("%+v", m)
	}
	o.Verify()
}

func TestActsInWords(t *testing.T) {
	acts := act.NewRegistry().Add(callback.Tables, callback.Acts...)
	for want, data := range map[string][2]string{
		"抽取回访：1 条（2026-09-01 至 2026-09-30）": {"callback.drawn", `{"first":"2026-09-01","last":"2026-09-30","callbacks":[{}]}`},
		"回访 #3：第 2 次没有接通":                   {"callback.recorded", `{"callback":3,"n":2}`},
		"回访 #3：已接通":                         {"callback.recorded", `{"callback":3,"n":2,"reached":true}`},
	} {
		a := intake.RecordedAct{Type: data[0], Data: []byte(data[1])}
		if zh, en := acts.Words(&a); zh != want || en == "" {
			t.Errorf("%s: %q %q", data[0], zh, en)
		}
	}
}
