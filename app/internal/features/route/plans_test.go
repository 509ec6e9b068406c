package route_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// route is one of two stops on Thursday 24 September 2026, the day after
// tomorrow, for the first two volunteers.
func (o *office) outline() route.Outline {
	return route.Outline{Date: "2026-09-24", Mode: "unannounced", Note: "上午开门时", Members: []uint64{o.volunteers[0].Account, o.volunteers[1].Account},
		Stops: []route.Stop{{Department: "GH", Place: "政务大厅二楼", Window: "12 号", Item: "许可", Look: "看是否一次说清"}, {Department: "JS", Window: "3 号"}}}
}

func (o *office) plan(r route.Outline) uint64 {
	o.Helper()
	id, err := o.Plan(ctx, access.Here, o.Key(), r)
	if err != nil {
		o.Fatal(err)
	}
	return id
}

func (o *office) planned(id uint64) route.VisitPlan {
	o.Helper()
	p, err := o.One(ctx, id)
	if err != nil {
		o.Fatal(err)
	}
	return p
}

// asPlanned is a plan as the page sends it back.
func asPlanned(p *route.VisitPlan) route.Outline {
	r := route.Outline{Date: p.Date, Mode: p.Mode, Note: p.Note}
	for _, m := range p.Members {
		r.Members = append(r.Members, m.Account)
	}
	for _, s := range p.Stops {
		r.Stops = append(r.Stops, s.Stop)
	}
	return r
}

func (o *office) change(id uint64, f func(*route.Outline)) error {
	o.Helper()
	p := o.planned(id)
	r := asPlanned(&p)
	f(&r)
	return o.Change(ctx, access.Here, id, o.Key(), p.Version, r)
}

// sees is a stop as somebody saw it.
func (o *office) sees(by access.Principal, plan uint64, stop int, department string) {
	o.Helper()
	_, err := o.visits.File(ctx, by, o.Key(), visit.Sheet{Mode: "unannounced", Department: department, Plan: plan, Stop: stop, Window: "12", ArrivedAt: o.Now.Add(-time.Hour),
		LeftAt: o.Now.Add(-time.Hour / 2), Attitude: 2, Findings: []visit.VisitFinding{{Category: "unmanned", Severity: "serious", Fact: "9:05 到 9:25 12 号窗口无人"}}}, nil)
	o.Must(err)
}

func (o *office) on(day string) {
	o.Helper()
	o.Now = workday.Default().StartOf(date(o, day)).Add(10 * time.Hour)
}

func (o *office) mine(p access.Principal) []route.VisitPlan {
	o.Helper()
	all, err := o.Of(ctx, p.Account, date(o, "2026-09-01"))
	if err != nil {
		o.Fatal(err)
	}
	return all
}

func wantField(t testing.TB, err error, field string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != "visit_plan" || len(f.Fields) != 1 || f.Fields[0].Name != field {
		t.Errorf("%v %+v, want something wrong with %s", err, f, field)
	}
}

func TestARouteIsPlannedOnceAndBothSeeWhatIsDone(t *testing.T) {
	o := open(t, 3)
	first, second, third := o.volunteers[0], o.volunteers[1], o.volunteers[2]
	var wg sync.WaitGroup
	var mu sync.Mutex
	ids := map[uint64]bool{}
	for range 10 { // a page that hears no answer sends again
		wg.Go(func() {
			id, err := o.Plan(ctx, access.Here, "key-of-the-page", o.outline())
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			ids[id] = true
			mu.Unlock()
		})
	}
	wg.Wait()
	if len(ids) != 1 {
		t.Fatalf("planned as %v", ids)
	}
	var id uint64
	for id = range ids {
	}
	other := o.outline()
	other.Note = "换一个说法"
	_, err := o.Plan(ctx, access.Here, "key-of-the-page", other)
	o.WantCode(err, "act_key_used")
	_, err = o.Plan(ctx, access.Here, "short", other)
	o.WantCode(err, "visit_key")

	for _, p := range []access.Principal{first, second} {
		mine := o.mine(p)
		if len(mine) != 1 || mine[0].ID != id || len(mine[0].Stops) != 2 || mine[0].Stops[0].Look != "看是否一次说清" || mine[0].Stops[0].Number != 1 || mine[0].Open() != 2 {
			t.Fatalf("%+v", mine)
		}
	}
	if all := o.mine(third); len(all) != 0 {
		t.Errorf("who was not asked sees %+v", all)
	}

	// Whoever files first has done it for both; a sheet of somebody else, or of
	// another department, does not count.
	o.on("2026-09-24")
	o.sees(third, id, 1, "GH")
	o.sees(first, id, 2, "GH")
	if p := o.planned(id); p.Open() != 2 {
		t.Errorf("%+v", p)
	}
	o.sees(second, id, 1, "GH")
	for p, own := range map[uint64]bool{first.Account: false, second.Account: true} {
		all, err := o.Of(ctx, p, date(t, "2026-09-24"))
		if err != nil || len(all) != 1 || all[0].Open() != 1 || all[0].Stops[0].FiledAt.IsZero() || all[0].Stops[0].Findings != 1 || all[0].Stops[0].Mine != own || all[0].Stops[1].Mine {
			t.Errorf("%d: %+v, %v", p, all, err)
		}
	}
	o.sees(first, id, 1, "GH")
	at := o.planned(id).Stops[0].FiledAt
	if !at.Equal(o.Now) {
		t.Errorf("done at %v", at)
	}
	o.sees(first, id, 2, "JS")
	if p := o.planned(id); p.State(workday.Default(), date(t, "2026-12-01")) != route.Complete {
		t.Errorf("%+v", p)
	}
	if all, err := o.From(ctx, date(t, "2026-09-25")); err != nil || len(all) != 0 {
		t.Errorf("from the day after: %+v, %v", all, err)
	}
	o.Verify()
}

func TestWhatIsWrongWithARouteIsNamed(t *testing.T) {
	o := open(t, 3)
	for name, c := range map[string]struct {
		field string
		spoil func(*route.Outline)
	}{
		"no date":          {"date", func(r *route.Outline) { r.Date = "someday" }},
		"yesterday":        {"date", func(r *route.Outline) { r.Date = "2026-09-21" }},
		"years ahead":      {"date", func(r *route.Outline) { r.Date = "2062-09-24" }},
		"no such mode":     {"mode", func(r *route.Outline) { r.Mode = "secret" }},
		"no stops":         {"stops", func(r *route.Outline) { r.Stops = nil }},
		"13 stops":         {"stops", func(r *route.Outline) { r.Stops = slices.Repeat(r.Stops[:1], 13) }},
		"no department":    {"stops", func(r *route.Outline) { r.Stops[1].Department = "" }},
		"long window":      {"stops", func(r *route.Outline) { r.Stops[1].Window = strings.Repeat("窗", 41) }},
		"no such matter":   {"stops", func(r *route.Outline) { r.Stops[1].Matter = 7 }},
		"nobody":           {"members", func(r *route.Outline) { r.Members = nil }},
		"the same twice":   {"members", func(r *route.Outline) { r.Members[1] = r.Members[0] }},
		"three":            {"members", func(r *route.Outline) { r.Members = append(r.Members, o.volunteers[2].Account) }},
		"not a volunteer":  {"members", func(r *route.Outline) { r.Members[0] = 999 }},
		"too much to read": {"note", func(r *route.Outline) { r.Note = strings.Repeat("说", 501) }},
	} {
		r := o.outline()
		c.spoil(&r)
		_, err := o.Plan(ctx, access.Here, o.Key(), r)
		if f, _ := fault.As(err); f == nil {
			t.Errorf("%s: planned", name)
			continue
		}
		wantField(t, err, c.field)
	}
	today := o.outline()
	today.Date, today.Members = "2026-09-22", today.Members[:1]
	o.plan(today) // today, and alone
}

func TestARouteIsChangedUntilItsDayIsOver(t *testing.T) {
	o := open(t, 4)
	id := o.plan(o.outline())
	seen := o.planned(id).Version
	if err := o.change(id, func(r *route.Outline) {
		slices.Reverse(r.Stops)
		r.Stops = append(r.Stops, route.Stop{Department: "GH", Window: "自助区"})
		r.Date, r.Mode = "2026-09-25", "open"
		r.Members[1] = o.volunteers[2].Account
	}); err != nil {
		t.Fatal(err)
	}
	p := o.planned(id)
	if p.Version != seen+1 || p.Date != "2026-09-25" || p.Mode != "open" || len(p.Stops) != 3 || p.Stops[0].Number != 2 || p.Stops[1].Number != 1 || p.Stops[2].Number != 3 {
		t.Errorf("%+v", p)
	}
	if len(o.mine(o.volunteers[1])) != 0 || len(o.mine(o.volunteers[2])) != 1 {
		t.Error("one was replaced by another")
	}
	// Two who change it at once: the second is told.
	o.WantCode(o.Change(ctx, access.Here, id, o.Key(), seen, asPlanned(&p)), "visit_plan_moved")
	o.WantCode(o.Cancel(ctx, access.Here, id, o.Key(), seen, "改到下周再去"), "visit_plan_moved")
	o.WantCode(o.Change(ctx, access.Here, 999, o.Key(), 1, asPlanned(&p)), "unknown_visit_plan")

	// A stop that was taken out keeps its number to itself.
	if err := o.change(id, func(r *route.Outline) { r.Stops = append(r.Stops[:2], route.Stop{Department: "JS", Window: "5 号"}) }); err != nil {
		t.Fatal(err)
	}
	if p = o.planned(id); len(p.Stops) != 3 || p.Stops[2].Number != 4 || p.Stops[2].Window != "5 号" {
		t.Errorf("%+v", p.Stops)
	}
	o.WantCode(o.change(id, func(r *route.Outline) { r.Stops[0].Number = 9 }), "visit_plan_moved")
	wantField(t, o.change(id, func(r *route.Outline) { r.Stops[0].Number = r.Stops[1].Number }), "stops")

	// What was seen at a stop stays with it.
	o.on("2026-09-25")
	o.sees(o.volunteers[0], id, 2, "JS")
	wantField(t, o.change(id, func(r *route.Outline) { r.Stops = r.Stops[1:] }), "stops")
	wantField(t, o.change(id, func(r *route.Outline) { r.Stops[0].Department = "GH" }), "stops")
	if err := o.change(id, func(r *route.Outline) { slices.Reverse(r.Stops) }); err != nil {
		t.Errorf("on its day: %v", err)
	}
	if p = o.planned(id); p.Stops[2].FiledAt.IsZero() || p.Open() != 2 {
		t.Errorf("%+v", p.Stops)
	}
	wantField(t, o.change(id, func(r *route.Outline) { r.Date = "2026-09-24" }), "date")

	o.on("2026-09-26")
	o.WantCode(o.change(id, func(r *route.Outline) { r.Note = "事后改" }), "visit_plan_over")
	wantField(t, o.Cancel(ctx, access.Here, id, o.Key(), o.planned(id).Version, "不"), "reason")
	if err := o.Cancel(ctx, access.Here, id, o.Key(), o.planned(id).Version, "下午停电，两站没有去成"); err != nil {
		t.Fatal(err)
	}
	o.WantCode(o.change(id, func(r *route.Outline) { r.Date = "2026-09-30" }), "visit_plan_cancelled")
	if p = o.planned(id); p.Cancelled != "下午停电，两站没有去成" || len(o.mine(o.volunteers[0])) != 0 {
		t.Errorf("%+v", p)
	}
	// A sheet that lay in a phone meanwhile is still taken.
	o.sees(o.volunteers[0], id, 1, "GH")

	done := o.plan(route.Outline{Date: "2026-09-26", Mode: "online", Members: []uint64{o.volunteers[0].Account}, Stops: []route.Stop{{Department: "GH"}}})
	o.sees(o.volunteers[0], done, 1, "GH")
	o.WantCode(o.Cancel(ctx, access.Here, done, o.Key(), 1, "不用去了"), "visit_plan_done")
	o.Verify()
}

// 2026-09-25 to 27 is the mid-autumn holiday, 1 to 7 October the national day's;
// 10 October, a Saturday, is worked.
func TestWhatIsNotFiledWithinAWorkingDayIsLate(t *testing.T) {
	cal := workday.Default()
	for _, c := range []struct{ day, today, want string }{
		{"2026-09-24", "2026-09-23", "ahead"},
		{"2026-09-24", "2026-09-24", "today"},
		{"2026-09-24", "2026-09-25", "waiting"},
		{"2026-09-24", "2026-09-28", "waiting"}, // a Monday, the working day after
		{"2026-09-24", "2026-09-29", "late"},
		{"2026-09-30", "2026-10-08", "waiting"},
		{"2026-09-30", "2026-10-09", "late"},
		{"2026-10-09", "2026-10-10", "waiting"}, // the Saturday is worked
		{"2026-10-09", "2026-10-11", "late"},
		{"2026-10-10", "2026-10-12", "waiting"},
	} {
		p := route.VisitPlan{Date: c.day, Stops: []route.PlannedStop{{}}}
		if got := p.State(cal, date(t, c.today)); string(got) != c.want {
			t.Errorf("of %s on %s: %s, want %s", c.day, c.today, got, c.want)
		}
		p.Cancelled = "下雨"
		if got := p.State(cal, date(t, c.today)); got != route.Cancelled {
			t.Errorf("%s", got)
		}
	}
}

func TestWhoCannotGoIsReplacedAndAnInterestBarsTheDepartment(t *testing.T) {
	o := open(t, 4)
	a, b, c, d := o.volunteers[0], o.volunteers[1], o.volunteers[2], o.volunteers[3]
	id := o.plan(o.outline())
	o.WantCode(o.Decline(ctx, c, id, o.Key(), route.Ill, nil, ""), "unknown_visit_plan") // was not asked
	wantField(t, o.Decline(ctx, a, id, o.Key(), "boredom", nil, ""), "why")
	wantField(t, o.Decline(ctx, a, id, o.Key(), route.Interested, nil, ""), "departments")
	wantField(t, o.Decline(ctx, a, id, o.Key(), route.Ill, []string{"GH"}, ""), "departments")
	wantField(t, o.Decline(ctx, a, id, o.Key(), route.Interested, []string{"XX"}, ""), "departments")
	for range 2 { // sent twice
		if err := o.Decline(ctx, a, id, "key-of-the-phone", route.Ill, nil, " 感冒发烧 "); err != nil {
			t.Fatal(err)
		}
	}
	o.WantCode(o.Decline(ctx, a, id, o.Key(), route.OtherDuty, nil, ""), "declined_already")
	p := o.planned(id)
	if !p.Declined() || p.Members[0].Declined != route.Ill || p.Members[0].Note != "感冒发烧" || !p.Members[0].DeclinedAt.Equal(o.Now) || p.Version != 2 || len(o.mine(a)) != 0 {
		t.Errorf("%+v", p)
	}
	all, proposed, err := o.Visitors(ctx, route.Wanted{Date: p.Date, Departments: []string{"GH", "JS"}, Plan: id, Going: []uint64{b.Account}})
	if err != nil || fmt.Sprint(proposed) != fmt.Sprint([]uint64{b.Account, c.Account}) {
		t.Fatalf("proposed %v, %v", proposed, err)
	}
	if i := slices.IndexFunc(all, func(x route.Candidate) bool { return x.Account == a.Account }); i < 0 || !all[i].Unable || slices.Contains(proposed, a.Account) {
		t.Errorf("%+v", all)
	}
	if err := o.change(id, func(r *route.Outline) { r.Members = proposed }); err != nil {
		t.Fatal(err)
	}
	if p = o.planned(id); p.Declined() || len(o.mine(c)) != 1 {
		t.Errorf("%+v", p)
	}

	if err := o.Decline(ctx, c, id, o.Key(), route.Interested, []string{"GH"}, "表弟在那里上班"); err != nil {
		t.Fatal(err)
	}
	wantField(t, o.change(id, func(r *route.Outline) { r.Note = "还是请您去" }), "members") // with c still on it
	all, proposed, err = o.Visitors(ctx, route.Wanted{Date: "2026-09-29", Departments: []string{"JS", "GH", "GH"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if barred := x.Account == c.Account; barred != (fmt.Sprint(x.Barred) == "[GH]") || barred && slices.Contains(proposed, x.Account) {
			t.Errorf("%+v, proposed %v", x, proposed)
		}
	}
	r := o.outline()
	r.Members = []uint64{c.Account, d.Account}
	_, err = o.Plan(ctx, access.Here, o.Key(), r)
	wantField(t, err, "members")
	if f, _ := fault.As(err); !strings.HasPrefix(f.Fields[0].ZH, "姓名v02与路线上的部门有利害关系") {
		t.Errorf("%+v", f.Fields)
	}
	r.Stops = r.Stops[1:]
	o.plan(r) // to the other department they may go
	// Asked again after being well, one has said nothing yet.
	if err := o.change(id, func(r *route.Outline) { r.Members = []uint64{a.Account, b.Account} }); err != nil {
		t.Fatal(err)
	}
	if p = o.planned(id); p.Declined() || len(o.mine(a)) != 1 {
		t.Errorf("%+v", p)
	}
	o.on("2026-09-25")
	o.WantCode(o.Decline(ctx, b, id, o.Key(), route.OtherDuty, nil, ""), "visit_plan_over")
	o.Verify()
}

func TestAPlanOfBeforeThereWereRoutesIsARouteOfOneStop(t *testing.T) {
	o := open(t, 3)
	a, b, c := o.volunteers[0].Account, o.volunteers[1].Account, o.volunteers[2].Account
	rec, _, err := o.Intake.Act(ctx, intake.Act{Key: "visit.planned/GH", Type: "visit.planned", By: 0,
		Data: map[string]any{"department": "GH", "date": "2026-09-24", "note": "上午开门时", "members": []uint64{a, b, c}}})
	if err != nil {
		t.Fatal(err)
	}
	p := o.planned(rec.Seq)
	if p.Date != "2026-09-24" || p.Mode != "unannounced" || p.Note != "上午开门时" || len(p.Members) != 3 || len(p.Stops) != 1 || p.Stops[0].Department != "GH" || p.Stops[0].Number != 1 {
		t.Fatalf("%+v", p)
	}
	o.on("2026-09-24")
	o.sees(o.volunteers[1], rec.Seq, 0, "GH") // a sheet that knows of no stops
	if p = o.planned(rec.Seq); p.Open() != 0 || p.Stops[0].Findings != 1 {
		t.Errorf("%+v", p)
	}
	if zh, en := act.NewRegistry().Add(route.Tables, route.Acts...).Words(&rec); zh != "安排暗访：GH 2026-09-24" || en == "" {
		t.Error(zh, en)
	}
	o.Verify()
}

// A folder that an earlier console wrote is brought to what folding its journal
// anew gives.
func TestAnOlderFoldersPlansBecomeRoutes(t *testing.T) {
	o := open(t, 2)
	a, b := o.volunteers[0], o.volunteers[1]
	var plans []uint64
	for i, day := range []string{"2026-09-24", "2026-09-28"} {
		rec, _, err := o.Intake.Act(ctx, intake.Act{Key: day, Type: "visit.planned", Data: map[string]any{"department": "GH", "date": day, "members": []uint64{a.Account, b.Account}[:i+1]}})
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, rec.Seq)
	}
	o.on("2026-09-24")
	o.sees(b, plans[0], 0, "GH") // was not asked for it
	o.sees(a, plans[0], 0, "JS") // was somewhere else
	o.sees(a, plans[0], 0, "GH")
	o.sees(a, 0, 0, "GH")

	dump := func() string {
		t.Helper()
		db, err := sql.Open("sqlite3", filepath.Join(o.Dir, store.DatabaseFile))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var out []string
		for _, table := range []string{"visit_plans", "visit_plan_members", "visit_plan_stops", "visit_interests", "visits"} {
			rows, err := db.Query(`SELECT * FROM ` + table + ` ORDER BY 1, 2`)
			if err != nil {
				t.Fatal(err)
			}
			columns, err := rows.Columns()
			if err != nil {
				t.Fatal(err)
			}
			// A column that a later migration added may stand before one made anew here.
			byName := make([]int, len(columns))
			for i := range byName {
				byName[i] = i
			}
			slices.SortFunc(byName, func(a, b int) int { return strings.Compare(columns[a], columns[b]) })
			for rows.Next() {
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					t.Fatal(err)
				}
				row := table
				for _, i := range byName {
					row += fmt.Sprintf("|%v", *values[i].(*any))
				}
				out = append(out, row)
			}
			if err := rows.Err(); err != nil {
				t.Fatal(err)
			}
		}
		return strings.Join(out, "\n")
	}
	before := dump()
	migration, err := os.ReadFile("../../store/migrations/00011_routes.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", filepath.Join(o.Dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// Back to what 00004 made, and then forward.
	back := `DROP INDEX visits_plan; ALTER TABLE visits DROP COLUMN stop;
		ALTER TABLE visit_plans RENAME TO newer; CREATE TABLE visit_plans (id INTEGER PRIMARY KEY, department TEXT NOT NULL, date TEXT NOT NULL, note TEXT NOT NULL, created_at INTEGER NOT NULL);
		INSERT INTO visit_plans SELECT n.id, s.department, n.date, n.note, n.created_at FROM newer n JOIN visit_plan_stops s ON s.plan = n.id; DROP TABLE newer;
		ALTER TABLE visit_plan_members DROP COLUMN declined; ALTER TABLE visit_plan_members DROP COLUMN note; ALTER TABLE visit_plan_members DROP COLUMN declined_at;
		DROP TABLE visit_plan_stops; DROP TABLE visit_interests;`
	if _, err := db.ExecContext(context.Background(), back+string(migration)); err != nil {
		t.Fatal(err)
	}
	if after := dump(); after != before || strings.Count(after, "visit_plan_stops|") != 2 {
		t.Errorf("migrated\n%s\nfolded\n%s", after, before)
	}
}

// The two departments have 20 cases each that became overdue lately, which are
// findings; GH was visited, which found something.
func TestDepartmentsAreDueByWhatHappened(t *testing.T) {
	o := open(t, 2)
	o.sees(o.volunteers[0], 0, 0, "GH")
	all, err := o.Due(ctx)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	js, gh := all[0], all[1]
	if js.Department != "JS" || js.Last != "" || js.DaysPoints != 12 || js.Matters != 0 || js.Findings < overdueCases || js.FindingsPoints != 10 {
		t.Errorf("%+v", js)
	}
	if gh.Last != "2026-09-22" || gh.Days != 0 || gh.DaysPoints != 0 || gh.Matters != 1 || gh.MattersPoints != 2 || gh.Planned != "" {
		t.Errorf("%+v", gh)
	}
	id, err := o.Plan(ctx, access.Here, o.Key(), route.Outline{Date: "2026-09-24", Mode: "unannounced", Members: []uint64{o.volunteers[0].Account}, Stops: []route.Stop{{Department: "JS"}}})
	if err != nil {
		t.Fatal(err)
	}
	if all, err = o.Due(ctx); err != nil || all[0].Department != "GH" || all[1].Planned != "2026-09-24" {
		t.Errorf("%+v, %v", all, err)
	}
	if err := o.Cancel(ctx, access.Here, id, o.Key(), 1, "改到下周再去"); err != nil {
		t.Fatal(err)
	}
	if all, err = o.Due(ctx); err != nil || all[0].Department != "JS" || all[0].Planned != "" {
		t.Errorf("%+v, %v", all, err)
	}
	_, _, err = o.Visitors(ctx, route.Wanted{Date: "someday"})
	wantField(t, err, "date")
}

// A volunteer is asked from a day to another, both in term.
func TestOnlyWhoIsInTermIsAsked(t *testing.T) {
	o := open(t, 3)
	a, b, never := o.volunteers[0], o.volunteers[1], o.volunteers[2]
	o.serves(a, "2026-10-01", "2026-10-31")
	o.serves(b, "2026-10-31", "2027-10-30", "JS")
	ask := func(department, date string, p access.Principal) error {
		_, err := o.Plan(ctx, access.Here, o.Key(), route.Outline{Date: date, Mode: "unannounced", Members: []uint64{p.Account, never.Account}, Stops: []route.Stop{{Department: department}}})
		return err
	}
	o.At("2026-10-31 10:00")
	o.WantCode(ask("GH", "2026-11-01", a), "visit_plan") // in term today, and not on that day
	o.WantCode(ask("JS", "2026-11-02", b), "visit_plan") // where the person works
	for _, err := range []error{ask("GH", "2026-10-31", a), ask("GH", "2026-11-02", b)} {
		if err != nil {
			t.Error(err)
		}
	}
	o.At("2026-11-01 10:00")
	o.WantCode(ask("GH", "2026-11-02", a), "visit_plan")
	o.Verify()
}

// An interest that was declared at a review is one at visits too, and the other way
// round.
func TestAnInterestDeclaredAtAReviewBarsTheDepartment(t *testing.T) {
	o := open(t, 3)
	a, b, c := o.volunteers[0], o.volunteers[1], o.volunteers[2]
	r := o.outline()
	r.Members = []uint64{c.Account}
	o.Must(o.Decline(ctx, c, o.plan(r), o.Key(), route.Interested, []string{"GH"}, ""))
	_, err := o.Intake.Checkpoint(ctx)
	o.Must(err)
	today := workday.Default().DateOf(o.Now)
	_, err = o.reviews.Draw(ctx, access.Here, review.Sample{Kind: review.Overdue, From: today - 60, To: today, AtLeast: 1})
	o.Must(err)
	all, err := o.reviews.Mine(ctx, a.Account)
	o.Must(err)
	i := slices.IndexFunc(all, func(x review.Review) bool { return x.Department == "GH" })
	if i < 0 {
		t.Fatalf("GH's went to others than the two who may review it: %+v", all)
	}
	o.Must(o.reviews.Declare(ctx, a, all[i].ID, review.Employer, "我曾在该局工作"))

	visitors, proposed, err := o.Visitors(ctx, route.Wanted{Date: "2026-09-29", Departments: []string{"GH"}})
	o.Must(err)
	for _, x := range visitors {
		if free := x.Account == b.Account; free != (len(x.Barred) == 0) {
			t.Errorf("%+v", x)
		}
	}
	if !slices.Equal(proposed, []uint64{b.Account}) {
		t.Errorf("proposed %v", proposed)
	}
	r.Members = []uint64{a.Account}
	_, err = o.Plan(ctx, access.Here, o.Key(), r)
	wantField(t, err, "members")
	r.Members = []uint64{b.Account}
	o.plan(r)
	o.Verify()
}

// What somebody was asked for counts from day to day, unless it was cancelled or
// declined.
func TestWhatSomebodyWasAskedFor(t *testing.T) {
	o := open(t, 2)
	a, b := o.volunteers[0], o.volunteers[1]
	stands, declined, cancelled := o.plan(o.outline()), o.plan(o.outline()), o.plan(o.outline())
	o.Must(o.Decline(ctx, a, declined, o.Key(), route.Ill, nil, ""))
	o.Must(o.Cancel(ctx, access.Here, cancelled, o.Key(), 1, "改到下周再去"))
	for _, c := range []struct {
		account  uint64
		from, to string
		want     []uint64
	}{
		{a.Account, "2026-09-24", "2026-09-24", []uint64{stands}},
		{b.Account, "2026-09-01", "2026-09-30", []uint64{stands, declined}},
		{a.Account, "2026-09-25", "2026-12-31", nil},
		{a.Account, "2026-09-01", "2026-09-23", nil},
	} {
		if got, err := o.AskedOf(ctx, c.account, date(t, c.from), date(t, c.to)); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, %v", c, got, err)
		}
	}
}
