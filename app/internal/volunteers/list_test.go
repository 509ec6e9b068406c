package volunteers

import (
	"fmt"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func TestReviewsAreFoundByWhatTheOfficeKnows(t *testing.T) {
	o := open(t, 2)
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(100, 0)); err != nil {
		t.Fatal(err)
	}
	count := func(f ReviewFilter) int {
		t.Helper()
		p, err := o.Reviews(ctx, f, store.Window{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		return p.Total
	}
	all, err := o.Reviews(ctx, ReviewFilter{}, store.Window{})
	if err != nil || all.Total != 2*overdueCases {
		t.Fatal(all.Total, err)
	}
	c, err := o.s.Case(ctx, all.Rows[0].CaseID)
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]ReviewFilter{"a case number": {Text: c.CaseNo}, "a number": {Text: fmt.Sprintf("#%d", all.Rows[0].ID)}} {
		if n := count(f); n != 1 {
			t.Errorf("%s: %d", name, n)
		}
	}
	for name, got := range map[string][2]int{
		"a department":   {count(ReviewFilter{Department: "GH"}), overdueCases},
		"an item":        {count(ReviewFilter{Text: c.ItemName, Department: c.Department}), overdueCases},
		"a kind":         {count(ReviewFilter{Kind: Rejection}), 0},
		"a verdict":      {count(ReviewFilter{Verdict: Proper}), 0},
		"before today":   {count(ReviewFilter{To: all.Rows[0].CreatedAt}), 0},
		"from that on":   {count(ReviewFilter{From: all.Rows[0].CreatedAt}), 2 * overdueCases},
		"what is undone": {count(ReviewFilter{State: Open}), 2 * overdueCases},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", name, got[0], got[1])
		}
	}
}
