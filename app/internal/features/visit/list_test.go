package visit

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Two thousand five hundred visits: a list shows any window of them, a file has
// each once, and what the office filters by is what it gets.
func TestListsOfVisitsAreWhole(t *testing.T) {
	o := open(t, 0)
	const many = 2500
	db, err := sql.Open("sqlite3", filepath.Join(o.Dir, store.DatabaseFile))
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
	ids := func(ask list.Ask) ([]uint64, int) {
		t.Helper()
		p, err := o.List(ctx, ask)
		if err != nil {
			t.Fatal(err)
		}
		var out []uint64
		for _, v := range p.Rows {
			out = append(out, v.ID)
		}
		return out, p.Total
	}
	if got, total := ids(list.Asking().Window(1200, 3)); total != many || !slices.Equal(got, []uint64{1300, 1299, 1298}) {
		t.Errorf("%v of %d", got, total)
	}
	if got, total := ids(list.Asking().Up().Window(2499, 3)); total != many || !slices.Equal(got, []uint64{2500}) {
		t.Errorf("%v of %d", got, total)
	}
	for name, c := range map[string]struct {
		ask  list.Ask
		want int
	}{
		"a department":         {list.Asking("department", "GH"), many / 2},
		"a mode":               {list.Asking("mode", "online"), many / 5},
		"a finding":            {list.Asking("finding", "late"), many / 10},
		"one of two findings":  {list.Asking("finding", "late", "finding", "slow"), many / 10},
		"one of two modes":     {list.Asking("mode", "online", "mode", "open"), many},
		"another finding":      {list.Asking("finding", "slow"), 0},
		"a fact":               {list.Asking("text", "九点才来"), many / 10},
		"a window":             {list.Asking("text", "1234 号"), 1},
		"a number":             {list.Asking("text", "#77"), 1},
		"a fact, with another": {list.Asking("text", "九点", "department", "GH"), 0}, // every tenth is JS's
		"a day":                {list.Asking("from", "1970-01-02T00:00:00Z", "to", "1970-01-03T00:00:00Z"), 24},
	} {
		if _, total := ids(c.ask); total != c.want {
			t.Errorf("%s: %d, want %d", name, total, c.want)
		}
	}
	// What is found is counted in an index, without the sheets.
	for _, by := range [][]string{{"mode", "online"}, {"finding", "late"}, {"text", "九点"}, {"text", "九点", "finding", "late", "mode", "open"}} {
		counted := false
		ctx := store.Explaining(ctx, func(query string, steps []string) {
			if strings.HasPrefix(query, "SELECT count(*)") {
				counted = strings.Contains(strings.Join(steps, "; "), "COVERING INDEX visits_found")
			}
		})
		if _, err := o.List(ctx, list.Asking(by...)); err != nil || !counted {
			t.Errorf("%v: %v, counted in the index: %v", by, err, counted)
		}
	}
	for _, ascending := range []bool{false, true} {
		seen := map[uint64]bool{}
		last := uint64(0)
		ask := list.Asking()
		ask.Ascending = ascending
		if err := o.Each(ctx, ask, func(v *Visit) error {
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

// A file tells what was seen, and neither who made a visit nor the plan that it
// was of.
func TestFilesNameNobody(t *testing.T) {
	two, no := 2, false
	all := []Visit{{ID: 4, Seq: 70, Account: 4242, FiledAt: officetest.When("2026-09-22 10:30"), Photos: make([]Photo, 2),
		Sheet: Sheet{Mode: "unannounced", Department: "GH", Plan: 5151, Window: "12 号", ArrivedAt: officetest.When("2026-09-22 09:00"), LeftAt: officetest.When("2026-09-22 09:20"),
			StaffPresent: &two, ClosedSign: &no, ToldAllAtOnce: "no", Disclosed: []string{"limit", "materials"},
			Findings: []VisitFinding{{Category: "late", Severity: "minor", Fact: "九点十分才来"}, {Category: "no_sign", Severity: "serious", Fact: "没有牌子"}}},
		Supplements: []Supplement{{Text: "十点再去", Photos: make([]Photo, 1)}}}}
	x := listtest.File(t, Listed, list.File{Format: list.XLSX, Departments: listtest.Departments}, all)
	listtest.Want(t, listtest.Table(t, Listed, x)[0], "mode", "暗访", "department", "规划局", "staff_present", "2", "staff_required", "", "closed_sign", "否", "attitude", "", "told_all_at_once", "没说清",
		"disclosed", "承诺时限；所需材料", "findings", "迟到早退；没有暂停牌", "serious", "是", "facts", "九点十分才来\n没有牌子", "supplements", "十点再去", "photos", "3", "seq", "70")
	s := string(listtest.File(t, Listed, list.File{Format: list.JSON}, all))
	if strings.Contains(s, "4242") || strings.Contains(s, "5151") || !strings.Contains(s, `"attitude":null`) || !strings.Contains(s, `"findings":["late","no_sign"]`) {
		t.Errorf("%s", s)
	}
}
