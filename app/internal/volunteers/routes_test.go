package volunteers

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
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// route is one of two stops on Thursday 24 September 2026, the day after
// tomorrow, for the first two volunteers.
func (o *office) route() Route {
	return Route{Date: "2026-09-24", Mode: "unannounced", Note: "上午开门时", Members: []uint64{o.volunteers[0].Account, o.volunteers[1].Account},
		Stops: []Stop{{Department: "GH", Place: "政务大厅二楼", Window: "12 号", Item: "许可", Look: "看是否一次说清"}, {Department: "JS", Window: "3 号"}}}
}

var keys int

func newKey() string {
	keys++
	return fmt.Sprintf("key-%08d", keys)
}

func (o *office) plan(r Route) uint64 {
	o.Helper()
	id, err := o.PlanRoute(ctx, access.Here, newKey(), r)
	if err != nil {
		o.Fatal(err)
	}
	return id
}

func (o *office) planned(id uint64) VisitPlan {
	o.Helper()
	p, err := o.PlanOf(ctx, id)
	if err != nil {
		o.Fatal(err)
	}
	return p
}

// asPlanned is a plan as the page sends it back.
func (p *VisitPlan) asPlanned() Route {
	r := Route{Date: p.Date, Mode: p.Mode, Note: p.Note}
	for _, m := range p.Members {
		r.Members = append(r.Members, m.Account)
	}
	for _, s := range p.Stops {
		r.Stops = append(r.Stops, s.Stop)
	}
	return r
}

func (o *office) change(id uint64, f func(*Route)) error {
	o.Helper()
	p := o.planned(id)
	r := p.asPlanned()
	f(&r)
	return o.ChangeRoute(ctx, access.Here, id, newKey(), p.Version, r)
}

// sees is a stop as somebody saw it.
func (o *office) sees(by access.Principal, plan uint64, stop int, department string) {
	o.Helper()
	s := o.sheet()
	s.Plan, s.Stop, s.Department = plan, stop, department
	if _, err := o.FileVisit(ctx, by, newKey(), s, nil); err != nil {
		o.Fatal(err)
	}
}

func (o *office) on(day string) {
	o.Helper()
	o.now = workday.Default().StartOf(date(o, day)).Add(10 * time.Hour)
}

func (o *office) mine(p access.Principal) []VisitPlan {
	o.Helper()
	all, err := o.MyPlans(ctx, p.Account, date(o, "2026-09-01"))
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
			id, err := o.PlanRoute(ctx, access.Here, "key-of-the-page", o.route())
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
	other := o.route()
	other.Note = "换一个说法"
	_, err := o.PlanRoute(ctx, access.Here, "key-of-the-page", other)
	wantCode(t, err, "act_key_used")
	_, err = o.PlanRoute(ctx, access.Here, "short", other)
	wantCode(t, err, "visit_key")

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
		all, err := o.MyPlans(ctx, p, date(t, "2026-09-24"))
		if err != nil || len(all) != 1 || all[0].Open() != 1 || all[0].Stops[0].FiledAt.IsZero() || all[0].Stops[0].Findings != 1 || all[0].Stops[0].Mine != own || all[0].Stops[1].Mine {
			t.Errorf("%d: %+v, %v", p, all, err)
		}
	}
	o.sees(first, id, 1, "GH")
	at := o.planned(id).Stops[0].FiledAt
	if !at.Equal(o.now) {
		t.Errorf("done at %v", at)
	}
	o.sees(first, id, 2, "JS")
	if p := o.planned(id); p.State(workday.Default(), date(t, "2026-12-01")) != Complete {
		t.Errorf("%+v", p)
	}
	if all, err := o.Plans(ctx, date(t, "2026-09-25")); err != nil || len(all) != 0 {
		t.Errorf("from the day after: %+v, %v", all, err)
	}
	o.verify()
}

func TestWhatIsWrongWithARouteIsNamed(t *testing.T) {
	o := open(t, 3)
	for name, c := range map[string]struct {
		field string
		spoil func(*Route)
	}{
		"no date":          {"date", func(r *Route) { r.Date = "someday" }},
		"yesterday":        {"date", func(r *Route) { r.Date = "2026-09-21" }},
		"years ahead":      {"date", func(r *Route) { r.Date = "2062-09-24" }},
		"no such mode":     {"mode", func(r *Route) { r.Mode = "secret" }},
		"no stops":         {"stops", func(r *Route) { r.Stops = nil }},
		"13 stops":         {"stops", func(r *Route) { r.Stops = slices.Repeat(r.Stops[:1], 13) }},
		"no department":    {"stops", func(r *Route) { r.Stops[1].Department = "" }},
		"long window":      {"stops", func(r *Route) { r.Stops[1].Window = strings.Repeat("窗", 41) }},
		"no such matter":   {"stops", func(r *Route) { r.Stops[1].Matter = 7 }},
		"nobody":           {"members", func(r *Route) { r.Members = nil }},
		"the same twice":   {"members", func(r *Route) { r.Members[1] = r.Members[0] }},
		"three":            {"members", func(r *Route) { r.Members = append(r.Members, o.volunteers[2].Account) }},
		"not a volunteer":  {"members", func(r *Route) { r.Members[0] = 999 }},
		"too much to read": {"note", func(r *Route) { r.Note = strings.Repeat("说", 501) }},
	} {
		r := o.route()
		c.spoil(&r)
		_, err := o.PlanRoute(ctx, access.Here, newKey(), r)
		if f, _ := fault.As(err); f == nil {
			t.Errorf("%s: planned", name)
			continue
		}
		wantField(t, err, c.field)
	}
	today := o.route()
	today.Date, today.Members = "2026-09-22", today.Members[:1]
	o.plan(today) // today, and alone
}

func TestARouteIsChangedUntilItsDayIsOver(t *testing.T) {
	o := open(t, 4)
	id := o.plan(o.route())
	seen := o.planned(id).Version
	if err := o.change(id, func(r *Route) {
		slices.Reverse(r.Stops)
		r.Stops = append(r.Stops, Stop{Department: "GH", Window: "自助区"})
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
	wantCode(t, o.ChangeRoute(ctx, access.Here, id, newKey(), seen, p.asPlanned()), "visit_plan_moved")
	wantCode(t, o.CancelRoute(ctx, access.Here, id, newKey(), seen, "改到下周再去"), "visit_plan_moved")
	wantCode(t, o.ChangeRoute(ctx, access.Here, 999, newKey(), 1, p.asPlanned()), "unknown_visit_plan")

	// A stop that was taken out keeps its number to itself.
	if err := o.change(id, func(r *Route) { r.Stops = append(r.Stops[:2], Stop{Department: "JS", Window: "5 号"}) }); err != nil {
		t.Fatal(err)
	}
	if p = o.planned(id); len(p.Stops) != 3 || p.Stops[2].Number != 4 || p.Stops[2].Window != "5 号" {
		t.Errorf("%+v", p.Stops)
	}
	wantCode(t, o.change(id, func(r *Route) { r.Stops[0].Number = 9 }), "visit_plan_moved")
	wantField(t, o.change(id, func(r *Route) { r.Stops[0].Number = r.Stops[1].Number }), "stops")

	// What was seen at a stop stays with it.
	o.on("2026-09-25")
	o.sees(o.volunteers[0], id, 2, "JS")
	wantField(t, o.change(id, func(r *Route) { r.Stops = r.Stops[1:] }), "stops")
	wantField(t, o.change(id, func(r *Route) { r.Stops[0].Department = "GH" }), "stops")
	if err := o.change(id, func(r *Route) { slices.Reverse(r.Stops) }); err != nil {
		t.Errorf("on its day: %v", err)
	}
	if p = o.planned(id); p.Stops[2].FiledAt.IsZero() || p.Open() != 2 {
		t.Errorf("%+v", p.Stops)
	}
	wantField(t, o.change(id, func(r *Route) { r.Date = "2026-09-24" }), "date")

	o.on("2026-09-26")
	wantCode(t, o.change(id, func(r *Route) { r.Note = "事后改" }), "visit_plan_over")
	wantField(t, o.CancelRoute(ctx, access.Here, id, newKey(), o.planned(id).Version, "不"), "reason")
	if err := o.CancelRoute(ctx, access.Here, id, newKey(), o.planned(id).Version, "下午停电，两站没有去成"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, o.change(id, func(r *Route) { r.Date = "2026-09-30" }), "visit_plan_cancelled")
	if p = o.planned(id); p.Cancelled != "下午停电，两站没有去成" || len(o.mine(o.volunteers[0])) != 0 {
		t.Errorf("%+v", p)
	}
	// A sheet that lay in a phone meanwhile is still taken.
	o.sees(o.volunteers[0], id, 1, "GH")

	done := o.plan(Route{Date: "2026-09-26", Mode: "online", Members: []uint64{o.volunteers[0].Account}, Stops: []Stop{{Department: "GH"}}})
	o.sees(o.volunteers[0], done, 1, "GH")
	wantCode(t, o.CancelRoute(ctx, access.Here, done, newKey(), 1, "不用去了"), "visit_plan_done")
	o.verify()
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
		p := VisitPlan{Date: c.day, Stops: []PlannedStop{{}}}
		if got := p.State(cal, date(t, c.today)); string(got) != c.want {
			t.Errorf("of %s on %s: %s, want %s", c.day, c.today, got, c.want)
		}
		p.Cancelled = "下雨"
		if got := p.State(cal, date(t, c.today)); got != Cancelled {
			t.Errorf("%s", got)
		}
	}
}

func TestWhoCannotGoIsReplacedAndAnInterestBarsTheDepartment(t *testing.T) {
	o := open(t, 4)
	a, b, c, d := o.volunteers[0], o.volunteers[1], o.volunteers[2], o.volunteers[3]
	id := o.plan(o.route())
	wantCode(t, o.Decline(ctx, c, id, newKey(), Ill, nil, ""), "unknown_visit_plan") // was not asked
	wantField(t, o.Decline(ctx, a, id, newKey(), "boredom", nil, ""), "why")
	wantField(t, o.Decline(ctx, a, id, newKey(), Interested, nil, ""), "departments")
	wantField(t, o.Decline(ctx, a, id, newKey(), Ill, []string{"GH"}, ""), "departments")
	wantField(t, o.Decline(ctx, a, id, newKey(), Interested, []string{"XX"}, ""), "departments")
	for range 2 { // sent twice
		if err := o.Decline(ctx, a, id, "key-of-the-phone", Ill, nil, " 感冒发烧 "); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, o.Decline(ctx, a, id, newKey(), OtherDuty, nil, ""), "declined_already")
	p := o.planned(id)
	if !p.Declined() || p.Members[0].Declined != Ill || p.Members[0].Note != "感冒发烧" || !p.Members[0].DeclinedAt.Equal(o.now) || p.Version != 2 || len(o.mine(a)) != 0 {
		t.Errorf("%+v", p)
	}
	all, proposed, err := o.Visitors(ctx, VisitorQuery{Date: p.Date, Departments: []string{"GH", "JS"}, Plan: id, Going: []uint64{b.Account}})
	if err != nil || fmt.Sprint(proposed) != fmt.Sprint([]uint64{b.Account, c.Account}) {
		t.Fatalf("proposed %v, %v", proposed, err)
	}
	if i := slices.IndexFunc(all, func(x Visitor) bool { return x.Account == a.Account }); i < 0 || !all[i].Unable || all[i].eligible() {
		t.Errorf("%+v", all)
	}
	if err := o.change(id, func(r *Route) { r.Members = proposed }); err != nil {
		t.Fatal(err)
	}
	if p = o.planned(id); p.Declined() || len(o.mine(c)) != 1 {
		t.Errorf("%+v", p)
	}

	if err := o.Decline(ctx, c, id, newKey(), Interested, []string{"GH"}, "表弟在那里上班"); err != nil {
		t.Fatal(err)
	}
	wantField(t, o.change(id, func(r *Route) { r.Note = "还是请您去" }), "members") // with c still on it
	all, proposed, err = o.Visitors(ctx, VisitorQuery{Date: "2026-09-29", Departments: []string{"JS", "GH", "GH"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if barred := x.Account == c.Account; barred != (fmt.Sprint(x.Barred) == "[GH]") || barred && slices.Contains(proposed, x.Account) {
			t.Errorf("%+v, proposed %v", x, proposed)
		}
	}
	r := o.route()
	r.Members = []uint64{c.Account, d.Account}
	_, err = o.PlanRoute(ctx, access.Here, newKey(), r)
	wantField(t, err, "members")
	if f, _ := fault.As(err); !strings.HasPrefix(f.Fields[0].ZH, "监督员2与路线上的部门有利害关系") {
		t.Errorf("%+v", f.Fields)
	}
	r.Stops = r.Stops[1:]
	o.plan(r) // to the other department they may go
	o.sign()
	if _, err := o.Draw(ctx, access.Here, o.overdueOf(100, 0)); err != nil {
		t.Fatal(err)
	}
	reviews, err := o.List(ctx, list.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	for _, r := range reviews.Rows {
		if _, has := r.SeatOf(c.Account); has {
			of[r.Department]++
		}
	}
	if of["GH"] != 0 || of["JS"] == 0 {
		t.Errorf("of reviews, too: %v", of)
	}
	// Asked again after being well, one has said nothing yet.
	if err := o.change(id, func(r *Route) { r.Members = []uint64{a.Account, b.Account} }); err != nil {
		t.Fatal(err)
	}
	if p = o.planned(id); p.Declined() || len(o.mine(a)) != 1 {
		t.Errorf("%+v", p)
	}
	o.on("2026-09-25")
	wantCode(t, o.Decline(ctx, b, id, newKey(), OtherDuty, nil, ""), "visit_plan_over")
	o.verify()
}

func TestAPlanOfBeforeThereWereRoutesIsARouteOfOneStop(t *testing.T) {
	o := open(t, 3)
	a, b, c := o.volunteers[0].Account, o.volunteers[1].Account, o.volunteers[2].Account
	rec, _, err := o.in.Act(ctx, intake.Act{Key: "visit.planned/GH", Type: "visit.planned", By: 0,
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
	if zh, en, ok := Words(&intake.RecordedAct{Type: "visit.planned", Data: rec.Data}); !ok || zh != "安排暗访：GH 2026-09-24" || en == "" {
		t.Error(zh, en, ok)
	}
	o.verify()
}

// A folder that an earlier console wrote is brought to what folding its journal
// anew gives.
func TestAnOlderFoldersPlansBecomeRoutes(t *testing.T) {
	o := open(t, 2)
	a, b := o.volunteers[0], o.volunteers[1]
	var plans []uint64
	for i, day := range []string{"2026-09-24", "2026-09-28"} {
		rec, _, err := o.in.Act(ctx, intake.Act{Key: day, Type: "visit.planned", Data: map[string]any{"department": "GH", "date": day, "members": []uint64{a.Account, b.Account}[:i+1]}})
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
		db, err := sql.Open("sqlite3", filepath.Join(o.dir, store.DatabaseFile))
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
			for rows.Next() {
				values := make([]any, len(columns))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					t.Fatal(err)
				}
				row := table
				for _, v := range values {
					row += fmt.Sprintf("|%v", *v.(*any))
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
	migration, err := os.ReadFile("../store/migrations/00011_routes.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", filepath.Join(o.dir, store.DatabaseFile))
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
	o.verify()
}
