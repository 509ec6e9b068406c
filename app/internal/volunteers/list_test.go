package volunteers

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Two thousand five hundred visits: a list shows any window of them, a file has
// each once, and what the office filters by is what it gets.
func TestListsOfVisitsAreWhole(t *testing.T) {
	o := open(t, 0)
	const many = 2500
	db, err := sql.Open("sqlite3", filepath.Join(o.dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO visits (id, seq, account, plan, stop, department, arrived_at, filed_at, findings, sheet)
		SELECT i, i, 7, 0, 0, iif(i % 2, 'GH', 'JS'), i * 3600000000, i * 3600000000, 0,
			json_object('sheet', json_object('mode', iif(i % 5, 'open', 'online'), 'department', iif(i % 2, 'GH', 'JS'), 'window', i || ' 号',
				'findings', json(iif(i % 10, '[]', '[{"category":"late","severity":"minor","fact":"九点才来"}]'))))
		FROM n`, many); err != nil {
		t.Fatal(err)
	}
	ids := func(f VisitFilter, at store.Window) ([]uint64, int) {
		t.Helper()
		p, err := o.Visits(ctx, f, at)
		if err != nil {
			t.Fatal(err)
		}
		var out []uint64
		for _, v := range p.Rows {
			out = append(out, v.ID)
		}
		return out, p.Total
	}
	if got, total := ids(VisitFilter{}, store.Window{Offset: 1200, Limit: 3}); total != many || !slices.Equal(got, []uint64{1300, 1299, 1298}) {
		t.Errorf("%v of %d", got, total)
	}
	if got, total := ids(VisitFilter{Ascending: true}, store.Window{Offset: 2499, Limit: 3}); total != many || !slices.Equal(got, []uint64{2500}) {
		t.Errorf("%v of %d", got, total)
	}
	for name, c := range map[string]struct {
		f    VisitFilter
		want int
	}{
		"a department":         {VisitFilter{Department: "GH"}, many / 2},
		"a mode":               {VisitFilter{Mode: "online"}, many / 5},
		"a finding":            {VisitFilter{Category: "late"}, many / 10},
		"another finding":      {VisitFilter{Category: "slow"}, 0},
		"a fact":               {VisitFilter{Text: "九点才来"}, many / 10},
		"a window":             {VisitFilter{Text: "1234 号"}, 1},
		"a number":             {VisitFilter{Text: "#77"}, 1},
		"a fact, with another": {VisitFilter{Text: "九点", Department: "GH"}, 0}, // every tenth is JS's
		"a day":                {VisitFilter{From: time.UnixMicro(24 * 3600e6), To: time.UnixMicro(48 * 3600e6)}, 24},
	} {
		if _, total := ids(c.f, store.Window{}); total != c.want {
			t.Errorf("%s: %d, want %d", name, total, c.want)
		}
	}
	for _, ascending := range []bool{false, true} {
		seen := map[uint64]bool{}
		last := uint64(0)
		if err := o.EachVisit(ctx, VisitFilter{Ascending: ascending}, func(v *Visit) error {
			if seen[v.ID] || last != 0 && (v.ID > last) != ascending {
				return fmt.Errorf("visit %d after %d", v.ID, last)
			}
			seen[v.ID], last = true, v.ID
			return nil
		}); err != nil || len(seen) != many {
			t.Errorf("ascending %v: %d, %v", ascending, len(seen), err)
		}
	}
}

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
	var c struct{ CaseNo, ItemName, Department string }
	err = o.s.Readers().QueryRowContext(ctx, `SELECT c.case_no, i.name, d.code FROM cases c JOIN items i ON i.id = c.item JOIN departments d ON d.id = c.dept
		WHERE c.id = ?`, all.Rows[0].CaseID).Scan(&c.CaseNo, &c.ItemName, &c.Department)
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
