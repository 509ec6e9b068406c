package review

import (
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/draw"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

func TestADrawPutsUpTheSampleWithTwoReviewersEach(t *testing.T) {
	o := open(t, 6)
	_, err := o.Draw(ctx, access.Here, o.overdueOf(20, 1))
	o.WantCode(err, "no_checkpoint_today")
	o.sign()
	d, err := o.Draw(ctx, access.Here, o.overdueOf(20, 1))
	if err != nil {
		t.Fatal(err)
	}
	// A fifth of twenty, of each of two departments.
	if d.Candidates != 2*overdueCases || d.Drawn != 8 || d.Name != "review/overdue/*/2026-09-22/1" {
		t.Errorf("drawn %+v", d)
	}
	all, err := o.List(ctx, at(list.Asking("state", Open, "kind", string(Overdue)), store.Window{Limit: 100}))
	if err != nil || all.Total != 8 {
		t.Fatalf("%d reviews, %v", all.Total, err)
	}
	load := map[uint64]int{}
	of := map[string]int{}
	for _, r := range all.Rows {
		of[r.Department]++
		if len(r.Seats) != 2 || r.Seats[0].Account == r.Seats[1].Account || r.CaseID == 0 || r.Draw != d.ID {
			t.Errorf("review %+v", r)
		}
		// Five working days from a Tuesday, over the Mid-Autumn Festival (Friday 25
		// September to Sunday; the Sunday before was worked): 23, 24, 28, 29, 30.
		if want := time.Date(2026, 9, 30, 17, 30, 0, 0, workday.Default().Zone()); !r.DueAt.Equal(want) {
			t.Errorf("due %v, want %v", r.DueAt.In(want.Location()), want)
		}
		for _, s := range r.Seats {
			load[s.Account]++
		}
	}
	if of["GH"] != 4 || of["JS"] != 4 {
		t.Errorf("of departments %v", of)
	}
	for _, v := range o.volunteers { // 16 seats for 6 people
		if load[v.Account] < 2 || load[v.Account] > 3 {
			t.Errorf("loads %v are not even", load)
		}
	}
	// The certificate makes the same draw again.
	c, err := o.Certificate(ctx, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	again, err := draw.Draw(draw.Request{Name: c.Name, Note: c.Checkpoint, PublicKey: o.Signer.PublicKey(), Population: c.Population, Wanted: c.Wanted})
	if err != nil || !slices.Equal(again.Sample, c.Sample) || len(c.Sample) != 8 {
		t.Errorf("drawn again %v, %v; certificate %v", again.Sample, err, c.Sample)
	}
	// Nothing is reviewed twice; what came after the checkpoint is not drawn.
	second, err := o.Draw(ctx, access.Here, o.overdueOf(100, 0))
	if err != nil || second.Candidates != 2*overdueCases-8 || second.Name != "review/overdue/*/2026-09-22/2" {
		t.Errorf("second draw %+v, %v", second, err)
	}
	_, err = o.Draw(ctx, access.Here, o.overdueOf(100, 0))
	o.WantCode(err, "nothing_to_draw")
	o.Verify()
}

func TestReviewersWhoDifferGetAThird(t *testing.T) {
	o := open(t, 5)
	r := o.one()
	first, second := access.Principal{Account: r.Seats[0].Account}, access.Principal{Account: r.Seats[1].Account}
	o.WantCode(o.Judge(ctx, first, r.ID, Proper, nil, ""), "declare_first")
	for _, p := range []access.Principal{first, second} {
		if err := o.Declare(ctx, p, r.ID, None, ""); err != nil {
			t.Fatal(err)
		}
	}
	o.WantCode(o.Declare(ctx, first, r.ID, Kin, ""), "act_key_used")
	o.WantCode(o.Judge(ctx, first, r.ID, "splendid", nil, ""), "review")
	o.WantCode(o.Judge(ctx, first, r.ID, Improper, nil, "短"), "review")
	o.WantCode(o.Judge(ctx, first, r.ID, Improper, []string{"no_such_reason"}, ""), "review")
	o.WantCode(o.Judge(ctx, access.Principal{Account: 999}, r.ID, Proper, nil, ""), "unknown_review")
	for range 2 { // sent twice, as phones do
		if err := o.Judge(ctx, first, r.ID, Improper, []string{"pause_abused"}, "挂起理由不成立"); err != nil {
			t.Fatal(err)
		}
	}
	o.WantCode(o.Judge(ctx, first, r.ID, Proper, nil, ""), "act_key_used")
	if err := o.Judge(ctx, second, r.ID, Proper, nil, ""); err != nil {
		t.Fatal(err)
	}
	got := o.review(r.ID)
	if got.State != Third || len(got.Seats) != 3 || got.Verdict != "" {
		t.Fatalf("after two that differ: %+v", got)
	}
	third := access.Principal{Account: got.Seats[2].Account}
	if third == first || third == second {
		t.Error("the third is one of the two")
	}
	if err := o.Declare(ctx, third, r.ID, None, ""); err != nil {
		t.Fatal(err)
	}
	if err := o.Judge(ctx, third, r.ID, Improper, nil, "四个字够了"); err != nil {
		t.Fatal(err)
	}
	got = o.review(r.ID)
	if got.State != Done || got.Verdict != Improper || got.DoneAt.IsZero() {
		t.Errorf("after the third: %+v", got)
	}
	o.Verify()
}

func TestWhoHasAnInterestIsReplaced(t *testing.T) {
	o := open(t, 3)
	r := o.one()
	refuses := access.Principal{Account: r.Seats[0].Account}
	if err := o.Declare(ctx, refuses, r.ID, Employer, "我曾在该局工作"); err != nil {
		t.Fatal(err)
	}
	got := o.review(r.ID)
	if len(got.Seats) != 3 || got.Seats[0].State != Refused || got.Seats[2].Account == refuses.Account {
		t.Fatalf("seats %+v", got.Seats)
	}
	o.WantCode(o.Judge(ctx, refuses, r.ID, Proper, nil, ""), "declare_first")
	// No fourth is there: the seat stays empty until somebody joins.
	if err := o.Declare(ctx, access.Principal{Account: got.Seats[1].Account}, r.ID, Kin, ""); err != nil {
		t.Fatal(err)
	}
	if empty, err := o.Fill(ctx); err != nil || empty != 1 {
		t.Errorf("%d empty seats, %v; want 1", empty, err)
	}
	joined, err := account.New(o.Office()).Create(ctx, access.Here, "new", account.Profile{Name: "新监督员", Role: access.Volunteer})
	if err != nil {
		t.Fatal(err)
	}
	if empty, err := o.Fill(ctx); err != nil || empty != 0 {
		t.Errorf("%d empty seats, %v; want 0", empty, err)
	}
	if _, ok := func() (Seat, bool) { r := o.review(r.ID); return r.SeatOf(joined.ID) }(); !ok {
		t.Error("who joined got no seat")
	}
	o.Verify()
}

// Whatever order verdicts come in, and however often each is sent, a review is
// decided once.
func TestVerdictsAtTheSameTime(t *testing.T) {
	o := open(t, 4)
	r := o.one()
	var wg sync.WaitGroup
	for _, s := range r.Seats {
		p := access.Principal{Account: s.Account}
		if err := o.Declare(ctx, p, r.ID, None, ""); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			wg.Go(func() {
				if err := o.Judge(ctx, p, r.ID, Proper, nil, "没有发现问题"); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	got := o.review(r.ID)
	if got.State != Done || got.Verdict != Proper || len(got.Seats) != 2 {
		t.Errorf("%+v", got)
	}
	o.Verify()
}

func TestDecided(t *testing.T) {
	p, i, c := Proper, Improper, CannotTell
	for _, x := range []struct {
		in   []Verdict
		want Verdict
		done bool
	}{
		{nil, "", false}, {[]Verdict{p}, "", false}, {[]Verdict{p, p}, p, true}, {[]Verdict{p, i}, "", false}, {[]Verdict{c, c}, c, true},
		{[]Verdict{p, i, i}, i, true}, {[]Verdict{i, p, p}, p, true}, {[]Verdict{p, i, c}, c, true}, {[]Verdict{c, i, c}, c, true},
	} {
		if got, done := decided(x.in); got != x.want || done != x.done {
			t.Errorf("%v: %q, %v; want %q, %v", x.in, got, done, x.want, x.done)
		}
	}
}

// An act says all that its tables need, so that it can be read by others.
func TestActsAreSelfContained(t *testing.T) {
	o := open(t, 3)
	o.one()
	var last store.RecordRow
	if err := o.Store.Snapshot(ctx, func(w *store.Reader) error {
		return w.Acts(func(r store.RecordRow) error {
			last = r
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	var body struct {
		Type string
		Data putUpData
	}
	if err := json.Unmarshal(last.Body, &body); err != nil || body.Type != putUp.Name() || len(body.Data.Reviews) != 2 || body.Data.Draw == nil {
		t.Errorf("%s, %v", last.Body, err)
	}
}
