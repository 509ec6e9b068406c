package review

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func TestReviewsAreFoundByWhatTheOfficeKnows(t *testing.T) {
	o := open(t, 2)
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(100, 0)); err != nil {
		t.Fatal(err)
	}
	count := func(ask list.Ask) int {
		t.Helper()
		p, err := o.List(ctx, at(ask, store.Window{Limit: 1}))
		if err != nil {
			t.Fatal(err)
		}
		return p.Total
	}
	all, err := o.List(ctx, at(list.Ask{}, store.Window{}))
	if err != nil || all.Total != 2*overdueCases {
		t.Fatal(all.Total, err)
	}
	caseNo, err := o.Office().Cases.CaseNo(ctx, all.Rows[0].CaseID)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("minor 1: a review of a case has its number", func(t *testing.T) {
		p, err := o.rows(access.With(ctx, access.Here), at(list.Ask{}, store.Window{Limit: 1}))
		if err != nil || len(p.Rows) != 1 || p.Rows[0].CaseNo != caseNo {
			t.Errorf("%+v, want %s (%v)", p.Rows, caseNo, err)
		}
	})
	when := all.Rows[0].CreatedAt.Format(time.RFC3339Nano)
	for name, f := range map[string]list.Ask{"a case number": list.Asking("text", caseNo), "a number": list.Asking("text", fmt.Sprintf("#%d", all.Rows[0].ID))} {
		if n := count(f); n != 1 {
			t.Errorf("%s: %d", name, n)
		}
	}
	for name, got := range map[string][2]int{
		"a department":    {count(list.Asking("department", "GH")), overdueCases},
		"an item":         {count(list.Asking("text", "许可", "department", "GH")), overdueCases},
		"a kind":          {count(list.Asking("kind", string(Rejection))), 0},
		"a verdict":       {count(list.Asking("verdict", string(Proper))), 0},
		"before today":    {count(list.Asking("to", when)), 0},
		"from that on":    {count(list.Asking("from", when)), 2 * overdueCases},
		"what is undone":  {count(list.Asking("state", Open)), 2 * overdueCases},
		"some of several": {count(list.Asking("kind", string(Overdue), "kind", string(Finding))), 2 * overdueCases},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", name, got[0], got[1])
		}
	}
	// The letter that many cases' numbers begin with finds the same as where they are few.
	few := count(list.Asking("text", caseNo[:1]))
	fewCases = 1
	defer func() { fewCases = 2000 }()
	if many := count(list.Asking("text", caseNo[:1])); many != few || few == 0 || count(list.Asking("text", caseNo)) != 1 {
		t.Errorf("%d of many cases, %d of few", many, few)
	}
}

// A file has each review once, in either order, however many lots it takes.
func TestAFileOfReviewsIsWhole(t *testing.T) {
	o := open(t, 0)
	const many = 2500
	db, err := sql.Open("sqlite3", filepath.Join(o.Dir, store.DatabaseFile))
	o.Must(err)
	defer db.Close()
	_, err = db.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO reviews (id, kind, subject, case_id, department, item, draw, state, verdict, created_at, due_at, done_at, reason)
		SELECT i, 'overdue', 'overdue/' || i, 0, 'GH', '', 0, 'open', '', 0, 0, 0, '' FROM n`, many)
	o.Must(err)
	for _, ascending := range []bool{false, true} {
		seen, last := 0, uint64(0)
		if err := o.Each(ctx, list.Ask{Ascending: ascending}, func(r *Review) error {
			if last != 0 && (r.ID > last) != ascending {
				return fmt.Errorf("review %d after %d", r.ID, last)
			}
			seen, last = seen+1, r.ID
			return nil
		}); err != nil || seen != many {
			t.Errorf("ascending %v: %d, %v", ascending, seen, err)
		}
	}
}

// A department is told of what is decided of its own, whatever it asks for.
func TestADepartmentIsKeptToWhatIsDecidedOfItsOwn(t *testing.T) {
	gh := access.Principal{Role: access.Liaison, Department: "GH"}
	for name, c := range map[string]struct {
		ask  list.Ask
		some bool
	}{
		"all":                     {list.Ask{}, true},
		"its own":                 {list.Asking("department", "GH"), true},
		"another's":               {list.Asking("department", "JS"), false},
		"what is under review":    {list.Asking("state", Open), false},
		"what is, or is decided":  {list.Asking("state", Open, "state", Done), true},
		"of a kind, and of a day": {list.Asking("kind", "overdue", "from", "2026-09-01"), true},
	} {
		kept, restricted, some := own(gh, c.ask)
		if !restricted || some != c.some || kept.Text("department") != "GH" || !slices.Equal(kept.Texts["state"], []string{Done}) {
			t.Errorf("%s: %+v, %v, %v", name, kept.Texts, restricted, some)
		}
	}
	if _, restricted, some := own(access.Principal{Role: access.Staff}, list.Asking("department", "JS")); restricted || !some {
		t.Error("the office is kept to something")
	}
}

func TestFilesNameNobody(t *testing.T) {
	seat := func(v Verdict, note string, reasons ...string) ReviewSeat {
		return ReviewSeat{State: In, Verdict: v, Note: note, Reasons: reasons}
	}
	r := filed(Row{ID: 9, Kind: Overdue, State: Done, Verdict: Improper, Department: "GH", Seats: []ReviewSeat{seat(Improper, "=1+1", "pause_abused"), {State: Refused, Conflict: Kin},
		seat(Proper, ""), seat(Improper, "", "pause_abused", "nobody_responsible")}})
	r.CaseNo = "GH-1"
	rows := listtest.Table(t, Listed, listtest.File(t, Listed, list.File{Format: list.XLSX, Departments: listtest.Departments}, []Filed{r}))
	listtest.Want(t, rows[0], "kind", "超时", "department", "规划局", "case_no", "GH-1", "verdict", "不当", "answered", "3", "verdict_1", "不当", "verdict_2", "适当", "verdict_3", "不当",
		"reasons", "挂起的理由不成立；没有人负责", "notes", "=1+1")
}
