package ratings_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

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
	cert, err := o.Certificate(ctx, id)
	o.Must(err)
	b, err := json.Marshal(cert)
	o.Must(err)
	if strings.Contains(string(b), raterName) || strings.Contains(string(b), raterPhone) {
		o.Errorf("a rater's name or number stands in the certificate: %s", b)
	}
	dir := o.TempDir()
	program, file := filepath.Join(dir, "mingcha-redraw.exe"), filepath.Join(dir, "draw.json")
	o.Must(os.WriteFile(file, b, 0o600))
	build := exec.Command("go", "build", "-trimpath", "-o", program, "../../../sdk/cmd/mingcha-redraw")
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
		all = append(all, o.rating("g"+string(rune('0'+i)), 1+i%2))
	}
	for i := range 4 {
		all = append(all, o.rating("j"+string(rune('0'+i)), 1, func(r *pb.Rating) { r.Department, r.CaseNo = "JS", "" }))
	}
	all = append(all, o.rating("nobody", 1, anonymous), o.rating("name only", 1, func(r *pb.Rating) { r.RaterPhone = "" }),
		o.rating("too early", 1, func(r *pb.Rating) { r.RatedAt = timestamppb.New(officetest.When("2026-08-31 23:59")) }))
	o.rate(all...)
	o.At("2026-09-29 09:00")
	_, err := o.Intake.Checkpoint(ctx)
	o.Must(err)
	o.rate(o.rating("too late", 1)) // behind the checkpoint
	d, err := o.DrawCallbacks(ctx, o.staff, ratings.DrawRequest{First: day("2026-09-01"), Last: day("2026-09-29"), Percent: 25, AtLeast: 1})
	o.Must(err)
	if d.Candidates != 14 || d.Drawn != 4 || d.Name != "callback/rating/*/2026-09-29/1" { // 25 % of 10, rounded up, and of 4
		t.Fatalf("%+v", d)
	}
	return o
}

func TestASampleOfRatersIsDrawnAgainAlike(t *testing.T) {
	o := drawnOffice(t)
	all, err := o.Callbacks(ctx, 0)
	o.Must(err)
	departments := map[string]int{}
	for _, c := range all {
		departments[c.Department]++
		if c.State != ratings.Open || !c.DueAt.Equal(officetest.When("2026-10-12 17:30")) || c.Given != c.Level { // 30 September, 8, 9, 10, 12 October
			t.Errorf("%+v", c)
		}
	}
	if len(all) != 4 || departments["GH"] != 3 || departments["JS"] != 1 {
		t.Errorf("%v", departments)
	}
	o.redraw(all[0].Draw)
	_, err = o.DrawCallbacks(ctx, o.staff, ratings.DrawRequest{First: day("2026-09-02"), Last: day("2026-09-01"), Percent: 1})
	o.WantCode(err, "rating")
	_, err = o.DrawCallbacks(ctx, o.staff, ratings.DrawRequest{First: day("2026-08-01"), Last: day("2026-08-01"), Percent: 1})
	o.WantCode(err, "nothing_to_draw")
	// Nobody is drawn twice.
	d, err := o.DrawCallbacks(ctx, o.staff, ratings.DrawRequest{First: day("2026-09-01"), Last: day("2026-09-29"), Percent: 100})
	if err != nil || d.Candidates != 10 || d.Drawn != 10 || d.Name != "callback/rating/*/2026-09-29/2" {
		t.Errorf("%+v, %v", d, err)
	}
	o.redraw(d.ID)
	o.Verify()
}

func TestCallingBack(t *testing.T) {
	o := drawnOffice(t)
	all, err := o.Callbacks(ctx, 0)
	o.Must(err)
	slices.SortFunc(all, func(a, b ratings.Callback) int { return strings.Compare(a.Department, b.Department) })
	stands, turned, foreign, away := all[0].ID, all[1].ID, all[2].ID, all[3].ID
	record := func(id uint64, c ratings.Call) error { return o.Record(ctx, o.staff, id, c) }

	o.WantCode(record(stands, ratings.Call{Reached: true, Own: true}), "rating")
	o.WantCode(record(stands, ratings.Call{Now: 1}), "rating")
	o.WantCode(record(turned, ratings.Call{Reached: true, Own: true, Now: 5, Said: "差"}), "rating")
	o.WantCode(record(4000, ratings.Call{}), "unknown_callback")
	for range 2 { // the second is the first sent twice
		o.Must(record(stands, ratings.Call{Reached: true, Own: true, Now: 3, Said: "还可以"}))
	}
	o.WantCode(record(stands, ratings.Call{Reached: true, Own: true, Now: 1}), "act_key_used")
	o.At("2026-09-30 16:00")
	o.Must(record(turned, ratings.Call{Reached: true, Own: true, Now: 5, Said: "工作人员当面催着按满意"}))
	o.Must(record(foreign, ratings.Call{Reached: true, Said: "没有去过大厅"}))
	for i := range 3 {
		o.Must(record(away, ratings.Call{Tries: i, Said: "无人接听"}))
	}
	o.WantCode(record(away, ratings.Call{Tries: 3}), "called_meanwhile")

	draws, err := o.CallbackDraws(ctx)
	o.Must(err)
	d := draws[0]
	if d.Drawn != 4 || d.Candidates != 14 || d.Open != 0 || d.Reached != 3 || d.Unreached != 1 || d.Agreeing != 1 || d.NotTheirs != 1 || d.First != "2026-09-01" || d.Last != "2026-09-29" {
		t.Errorf("%+v", d)
	}
	one, err := o.Callback(ctx, away)
	if err != nil || one.State != ratings.Unreached || len(one.Tries) != 3 || one.Tries[2].Note != "无人接听" || one.Tries[2].Account != o.staff.Account {
		t.Errorf("%+v, %v", one, err)
	}
	if open, err := o.Callbacks(ctx, 0); err != nil || len(open) != 0 {
		t.Errorf("%+v, %v", open, err)
	}

	// Who was called satisfied and is not is a bad rating from now on, for the
	// department to contact within a working day of the call.
	o.follow()
	m := o.matters(o.gh)
	if len(m) != 1 || m[0].State != matter.Contact || m[0].Category != "very_dissatisfied" || m[0].Fact != "工作人员当面催着按满意" || m[0].SourceID != all[1].Rating.ID {
		t.Fatalf("%+v", m)
	}
	o.due(1, "2026-10-08 17:30")
	o.Verify()
}

// A department's report from before the call is no contact after it.
func TestContactReportedBeforeACallBackIsNone(t *testing.T) {
	o := open(t)
	fair := o.rating("r1", 2, contacted("2026-09-28 10:30"))
	o.At("2026-09-28 11:00")
	o.rate(fair)
	o.At("2026-09-29 09:00")
	_, err := o.Intake.Checkpoint(ctx)
	o.Must(err)
	_, err = o.DrawCallbacks(ctx, o.staff, ratings.DrawRequest{First: day("2026-09-28"), Last: day("2026-09-28"), Percent: 100})
	o.Must(err)
	o.Must(o.Record(ctx, o.staff, 1, ratings.Call{Reached: true, Own: true, Now: 4, Said: "其实不满意"}))
	o.follow()
	if m := o.one(o.gh, 1); m.State != matter.Contact {
		t.Errorf("%+v", m)
	}
	o.Verify()
}
