package matter_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/list"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// wander opens matters of every source and has everybody take what steps they
// can, over weeks around the National Day.
func (o *office) wander(r *rand.Rand, steps int) {
	o.Helper()
	for i := range 4 {
		o.visit("第一件", "第二件")
		if _, _, err := o.Intake.Act(ctx, intake.Act{Key: fmt.Sprint("rated-", i), Type: "rating.followed",
			Data: map[string]any{"rating": i + 1, "department": []string{"GH", "JS"}[i%2], "level": 5, "rated_at": o.Now}}); err != nil {
			o.Fatal(err)
		}
	}
	for i := range steps {
		if i == steps/2 {
			o.gh2 = o.moves(o.gh2) // who replied as a liaison decides at the office now
		}
		o.Now = o.Now.Add(time.Duration(r.IntN(30)) * time.Hour)
		by := []access.Principal{o.head, o.staff, o.gh, o.js, o.gh2}[r.IntN(5)]
		all := o.list(by, list.Asking("open", "true"))
		if len(all) == 0 {
			continue
		}
		m := all[r.IntN(len(all))]
		can := o.Can(&m, by)
		if len(can) == 0 {
			continue
		}
		a := can[r.IntN(len(can))]
		if err := o.Step(ctx, by, m.ID, o.Key(), len(m.Steps), a.Name, filled(&a, 5)); err != nil && a.Clock != workflow.Extends {
			o.Fatal(err)
		}
	}
}

// What the database chooses and counts is what everybody may see, as it is told
// of each matter by itself.
func TestListsAndCountsAreOfWhatIsSeen(t *testing.T) {
	for seed := range uint64(4) {
		o := open(t)
		o.wander(rand.New(rand.NewPCG(seed, 1)), 90)
		byID := o.list(o.head, list.Asking())
		for _, p := range []access.Principal{access.Here, o.head, o.staff, o.leader, o.gh, o.js, o.gh2, o.volunteers[0], {}} {
			var seen []matter.Matter
			for _, m := range byID {
				if x, err := o.One(ctx, p, m.ID); err == nil {
					seen = append(seen, x)
				}
			}
			check := func(name string, f list.Ask, is func(*matter.Matter) bool) int {
				var want, got []uint64
				for _, m := range seen {
					if is(&m) {
						want = append(want, m.ID)
					}
				}
				for _, m := range o.list(p, f) {
					got = append(got, m.ID)
				}
				if page, err := o.List(ctx, p, f.Window(1, 2)); err != nil || page.Total != len(want) || len(page.Rows) != min(2, max(0, len(want)-1)) || len(page.Rows) > 0 && page.Rows[0].ID != want[1] {
					t.Errorf("%s, %s: a window %+v, %v, of %v", p.Login, name, page, err, want)
				}
				if !slices.Equal(got, want) {
					t.Errorf("seed %d, %s, %s: listed %v, want %v", seed, p.Login, name, got, want)
				}
				return len(want)
			}
			all := func(*matter.Matter) bool { return true }
			check("all", list.Asking(), all)
			check("of GH", list.Asking("department", "GH"), func(m *matter.Matter) bool { return m.Department == "GH" })
			check("of ratings", list.Asking("source", string(matter.Rating)), func(m *matter.Matter) bool { return m.Source == matter.Rating })
			half := byID[len(byID)/2].OpenedAt
			check("lately", list.Asking("from", half.Format(time.RFC3339Nano)), func(m *matter.Matter) bool { return !m.OpenedAt.Before(half) })
			check("before", list.Asking("to", half.Format(time.RFC3339Nano)), func(m *matter.Matter) bool { return m.OpenedAt.Before(half) })
			check("by number", list.Asking("text", "#3"), func(m *matter.Matter) bool { return m.ID == 3 || holds(m, "#3") })
			for _, text := range []string{"第一件", "请核查", "窗"} {
				check(text, list.Asking("text", text), func(m *matter.Matter) bool { return holds(m, text) })
			}
			check("each word", list.Asking("text", "窗 件"), func(m *matter.Matter) bool { return holds(m, "窗") && holds(m, "件") })
			o.ordered(p, seen)
			for d := range flows {
				for _, s := range d.States {
					check(s.Name, list.Asking("state", s.Name), func(m *matter.Matter) bool { return m.State == s.Name })
				}
			}
			waits := func(m *matter.Matter) bool { return o.Waits(m, p) }
			want := matter.Counts{
				Open:    check("open", list.Asking("open", "true"), func(m *matter.Matter) bool { return !m.Done }),
				Overdue: check("overdue", list.Asking("overdue", "true"), o.Overdue),
				Soon:    check("soon", list.Asking("soon", "true"), o.Soon),
				Waiting: check("waiting", list.Asking("waiting", "true"), waits),
			}
			if _, restricted := p.Restricted(); restricted { // M22: what is late or soon due is the department's where it is its turn
				want.Overdue = check("overdue, its turn", list.Asking("overdue", "true", "waiting", "true"), func(m *matter.Matter) bool { return o.Overdue(m) && waits(m) })
				want.Soon = check("soon, its turn", list.Asking("soon", "true", "waiting", "true"), func(m *matter.Matter) bool { return o.Soon(m) && waits(m) })
			}
			if got, err := o.Counts(ctx, p); err != nil || got != want {
				t.Errorf("seed %d, %s counts %+v, %v, want %+v", seed, p.Login, got, err, want)
			}
		}
		o.Verify()
		o.migrated()
	}
}

// holds tells whether what somebody reads of a matter holds a text.
func holds(m *matter.Matter, text string) bool {
	return strings.Contains(m.Fact, text) || strings.Contains(m.Place, text) || strings.Contains(m.Handler, text)
}

// ordered wants the orders of lists and of files.
func (o *office) ordered(p access.Principal, newest []matter.Matter) {
	o.Helper()
	oldest := slices.Clone(newest)
	slices.Reverse(oldest)
	same := func(name string, got, want []matter.Matter) {
		o.Helper()
		if !slices.EqualFunc(got, want, func(a, b matter.Matter) bool { return a.ID == b.ID }) {
			o.Errorf("%s, %s: %d matters, want %d in another order", p.Login, name, len(got), len(want))
		}
	}
	same("oldest first", o.list(p, list.Asking().Up()), oldest)
	var file []matter.Matter
	if err := o.Each(ctx, p, list.Asking().Up(), func(m *matter.Matter) error {
		file = append(file, *m)
		return nil
	}); err != nil {
		o.Fatal(err)
	}
	same("as a file", file, oldest)
	urgent := slices.DeleteFunc(oldest, func(m matter.Matter) bool { return m.Done })
	slices.SortStableFunc(urgent, func(a, b matter.Matter) int { return o.Due(&a).Compare(o.Due(&b)) })
	same("most urgent first", o.list(p, list.Asking().By("due").Up()), urgent)
}

// migrated wants of the migration the deadlines that steps lead to.
func (o *office) migrated() {
	o.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(o.Dir, store.DatabaseFile))
	if err != nil {
		o.Fatal(err)
	}
	defer db.Close()
	deadlinesOf := func() (out string) {
		if err := db.QueryRow(`SELECT group_concat(id || ' ' || state || ' ' || limit_from || ' ' || limit_days, char(10)) FROM matters`).Scan(&out); err != nil {
			o.Fatal(err)
		}
		return out
	}
	folded := deadlinesOf()
	for _, statement := range []string{`UPDATE matters SET limit_from = 0, limit_days = 0`, deadlines(o.T)} {
		if _, err := db.Exec(statement); err != nil {
			o.Fatal(err)
		}
	}
	if got := deadlinesOf(); got != folded {
		o.Errorf("migrated\n%s\nfolded\n%s", got, folded)
	}
}

// A warning comes a working day ahead, whatever rest days lie between. 1 to 7
// October 2026 are holidays.
func TestAWarningAWorkingDayAhead(t *testing.T) {
	o := open(t)
	o.visit(seen)
	o.At("2026-09-29 11:00")
	o.do(o.head, 1, "assign", fields{"task": "请核查后答复。"}) // due on 12 October
	for at, want := range map[string][2]bool{"2026-10-09 23:59": {false, false}, "2026-10-10 00:00": {true, false}, "2026-10-11 09:00": {true, false},
		"2026-10-12 17:30": {true, false}, "2026-10-12 17:31": {false, true}} {
		o.At(at)
		m := o.one(o.gh, 1)
		if got := [2]bool{o.Soon(&m), o.Overdue(&m)}; got != want {
			t.Errorf("at %s soon and overdue are %v, want %v", at, got, want)
		}
		c, err := o.Counts(ctx, o.gh)
		if err != nil || (c.Soon == 1) != want[0] || (c.Overdue == 1) != want[1] || c.Open != 1 {
			t.Errorf("at %s: %+v, %v", at, c, err)
		}
	}
}
