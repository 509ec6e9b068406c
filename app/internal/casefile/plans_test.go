package casefile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// plans are how SQLite reads what f reads, a line a query.
func plans[T any](o *office, who access.Principal, f func(*casefile.View) (T, error)) (out []string) {
	o.Helper()
	ctx := store.Explaining(access.With(here, who), func(query string, steps []string) {
		if !strings.Contains(query, "_kinds") { // what is counted on write
			out = append(out, strings.Join(steps, "; "))
		}
	})
	_, err := casefile.Read(ctx, o.cases, f)
	o.must(err)
	return out
}

// liaison is one of department GH.
var liaison = access.Principal{Role: access.Liaison, Department: "GH"}

// All that the board shows is counted on write: no number of cases that come due
// in these days makes it dearer, and none is left out.
func TestM17TheBoardReadsNoCases(t *testing.T) {
	o := open(t, "2026-12-21 10:00:00") // within sixty days of a year without a holiday list
	running(o)
	o.judged("2026-12-21 10:00:00")
	for _, who := range []access.Principal{access.Here, liaison} {
		all := plans(o, who, (*casefile.View).Board)
		due := 0
		for _, plan := range all {
			if strings.Contains(plan, "cases") || strings.Contains(plan, "SCAN journal") && !strings.Contains(plan, "USING") {
				t.Errorf("%s reads %s", who.Role, plan)
			}
			if strings.Contains(plan, "due USING PRIMARY KEY (slot>? AND slot<?)") {
				due++
			}
		}
		if due != 2 {
			t.Errorf("%s: what comes due is read %d times of 2: %q", who.Role, due, all)
		}
	}
}

// The board's days ahead are the cases themselves, counted: of every level, paused
// and resumed, extended, ended and taken back, of all departments and of one.
func TestM17TheDaysAheadAreTheCasesCounted(t *testing.T) {
	o := open(t, "2026-09-14 10:00:00")
	o.catalogue()
	o.live = true
	day := func(n int) string { return fmt.Sprintf("2026-09-%02d 09:00:00", n) }
	for i := range 40 {
		no := fmt.Sprintf("GH-%d", i)
		o.take(event(no, pb.EventKind_EVENT_KIND_ACCEPTED, day(3+i%12)), event(fmt.Sprintf("WJ-%d", i), pb.EventKind_EVENT_KIND_ACCEPTED, day(4+i%11), ofWJ))
		switch i % 5 {
		case 1:
			o.take(event(no, pb.EventKind_EVENT_KIND_PAUSED, day(14), paused))
		case 2:
			o.take(event(no, pb.EventKind_EVENT_KIND_DECIDED, day(14), granted))
		case 3:
			o.take(event(no, pb.EventKind_EVENT_KIND_EXTENDED, day(14), func(e *pb.Event) {
				e.Extension = &pb.Extension{By: days(2), Approver: "王局长", Reason: "复杂", NotifiedAt: e.OccurredAt}
			}))
		}
	}
	for _, now := range []string{"2026-09-14 10:00:00", "2026-09-15 16:00:00", "2026-09-17 08:00:00"} {
		o.now = at(now)
		o.judged(now)
		for _, who := range []access.Principal{access.Here, liaison} {
			board := read(o, who, (*casefile.View).Board)
			var counted []casefile.DueDay
			total := 0
			for _, d := range board.DueDays {
				c := casefile.DueDay{Date: d.Date, Workday: d.Workday, Departments: d.Departments}
				begin := at(d.Date + " 00:00:00")
				for level, n := range map[string]*int{"level < 3": &c.None, "level = 3": &c.Warn, "level = 4": &c.Yellow, "level = 5": &c.Red} {
					o.must(o.store.Readers().QueryRowContext(here, `SELECT count(*) FROM cases WHERE ended_at = 0 AND due_at >= ? AND due_at < ? AND `+level+
						` AND dept IN (SELECT id FROM departments WHERE code = ? OR ? = '')`,
						begin.UnixMicro(), begin.AddDate(0, 0, 1).UnixMicro(), who.Department, who.Department).Scan(n))
				}
				sum := 0
				for _, x := range d.Departments {
					sum += x.Count
				}
				if all := c.None + c.Warn + c.Yellow + c.Red; sum != all || len(counted) == 0 && board.City.DueToday != all {
					t.Errorf("%s: %d cases, of departments %d, due today %d", d.Date, all, sum, board.City.DueToday)
				}
				total += sum
				counted = append(counted, c)
			}
			if fmt.Sprint(counted) != fmt.Sprint(board.DueDays) || total == 0 {
				t.Errorf("%s, %s: the board says\n%v, the cases\n%v", now, who.Role, board.DueDays, counted)
			}
			hours := 0
			for _, s := range board.Due {
				hours += s.Count
			}
			var want int
			from := o.now.Truncate(store.DueSlot)
			o.must(o.store.Readers().QueryRowContext(here, `SELECT count(*) FROM cases WHERE ended_at = 0 AND due_at >= ? AND due_at < ?
				AND dept IN (SELECT id FROM departments WHERE code = ? OR ? = '')`, from.UnixMicro(), from.UnixMicro()+8*3600*1e6, who.Department, who.Department).Scan(&want))
			if hours != want {
				t.Errorf("%s: %d cases in the next hours, want %d", now, hours, want)
			}
		}
	}
}

// What a department's latest events are is found in its own: those of others that
// came since are not read.
func TestEventsOfASilentDepartmentAreFoundAtOnce(t *testing.T) {
	o := open(t, "2026-09-14 10:00:00")
	running(o)
	all := plans(o, liaison, func(v *casefile.View) ([]casefile.Change, error) { return v.RecentChanges(0, "", 10) })
	found := false
	for _, plan := range all {
		found = found || strings.Contains(plan, "SEARCH j USING INDEX journal_dept (dept=?")
		if strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "SCAN") && !strings.Contains(plan, "departments") && !strings.Contains(plan, "items") {
			t.Error(plan)
		}
	}
	if !found {
		t.Errorf("%q", all)
	}
}

// Whatever a list is narrowed by, one thing or two, in every order and for whoever
// asks: its page is what a file of it has, and as many are told as there are.
func TestEveryPageOfAListIsWhatItsFileHas(t *testing.T) {
	o := open(t, "2026-11-30 10:00:00")
	various(o)
	for _, x := range []struct {
		name    string
		filters [][]string
		orders  []string
		page    func(*casefile.View, list.Ask) ([]string, int, error)
		file    func(*casefile.View, list.Ask) ([]string, error)
	}{
		{"cases", [][]string{{"department", "GH"}, {"department", "GH", "item", "I1"}, {"state", "open"}, {"state", "ended"}, {"state", "accepted"}, {"state", "paused", "state", "received"}, {"state", "paused", "state", "ended"},
			{"level", "any"}, {"level", "red"}, {"level", "red", "level", "warn"}, {"overdue", "true"}, {"committed", "true"}, {"text", "GH-1"}, {"text", "许可"}, {"text", "许可 GH-1"}, {"text", "GH"}, {"text", "none"},
			{"received_from", "2026-09-04"}, {"due_from", "2026-09-16"}, {"due_from", "", "due_to", "2026-09-20"}},
			[]string{"received", "due", "ended", "case_no", "level", "department"},
			func(v *casefile.View, a list.Ask) (out []string, total int, err error) {
				p, err := v.Cases(a)
				for i := range p.Rows {
					out = append(out, p.Rows[i].CaseNo)
				}
				return out, p.Total, err
			},
			func(v *casefile.View, a list.Ask) (out []string, err error) {
				return out, v.EachCase(a, func(c *casefile.Case) error { out = append(out, c.CaseNo); return nil })
			}},
		{"findings", [][]string{{"department", "GH"}, {"rule", "V02"}, {"rule", "V02", "rule", "V01"}, {"level", "red"}, {"level", "red", "level", "warn"}, {"state", "active"}, {"state", "superseded", "state", "active"},
			{"open", "true"}, {"text", "GH-1"}, {"text", "WJ-"}, {"text", "none"}, {"raised_from", "2026-09-16"}},
			[]string{""},
			func(v *casefile.View, a list.Ask) (out []string, total int, err error) {
				p, err := v.Findings(a)
				for i := range p.Rows {
					out = append(out, p.Rows[i].ID)
				}
				return out, p.Total, err
			},
			func(v *casefile.View, a list.Ask) (out []string, err error) {
				return out, v.EachFinding(a, func(f *casefile.Finding) error { out = append(out, f.ID); return nil })
			}},
	} {
		found := 0
		for i := -1; i < len(x.filters); i++ {
			for k := i; k < len(x.filters); k++ {
				var by []string
				for _, n := range []int{i, k} {
					if n >= 0 && (n != i || k == i || len(by) == 0) {
						by = append(by, x.filters[n]...)
					}
				}
				if i == k && i >= 0 {
					by = x.filters[i]
				} else if i >= 0 && k >= 0 && x.filters[i][0] == x.filters[k][0] {
					continue
				}
				for _, order := range x.orders {
					for _, up := range []bool{false, true} {
						for n, who := range []access.Principal{access.Here, liaison} {
							if i >= 0 && i != k && (up != ((i+k)%2 == 0) || n != i%2) {
								continue // of two things, one direction for one of them
							}
							ask := list.Asking(by...).By(order).AsShown()
							ask.Ascending = up
							var page, file []string
							var total int
							_, err := casefile.Read(access.With(here, who), o.cases, func(v *casefile.View) (_ int, err error) {
								if page, total, err = x.page(v, ask.Window(0, 1000)); err != nil {
									return 0, err
								}
								file, err = x.file(v, ask)
								return 0, err
							})
							if err != nil || fmt.Sprint(page) != fmt.Sprint(file) || total != len(file) {
								t.Fatalf("%s by %v, %s, ascending %v, %s: %v\n%d of %v, the file\n%v", x.name, by, order, up, who.Role, err, total, page, file)
							}
							found += len(page)
							if order != "due" && order != "level" && order != "department" || i != k && (i+k)%4 != 0 {
								continue
							}
							// Page by page, and of so many that they are not sorted, there are the same.
							restore := casefile.SortingAtMost(0)
							var paged []string
							_, err = casefile.Read(access.With(here, who), o.cases, func(v *casefile.View) (_ int, err error) {
								for at := 0; at < len(file) && err == nil; at += 7 {
									if page, total, err = x.page(v, ask.Window(at, 7)); total != len(file) {
										t.Errorf("%s by %v, %s from %d: %d of %d", x.name, by, order, at, total, len(file))
									}
									paged = append(paged, page...)
								}
								return 0, err
							})
							if restore(); err != nil || fmt.Sprint(paged) != fmt.Sprint(file) {
								t.Fatalf("%s by %v, %s, ascending %v, %s, page by page: %v\n%v, the file\n%v", x.name, by, order, up, who.Role, err, paged, file)
							}
						}
					}
				}
			}
		}
		if found == 0 {
			t.Errorf("no %s", x.name)
		}
	}
}

// What two filters leave of a register is counted in an index that holds both.
func TestWhatTwoFiltersLeaveOfARegisterIsCountedWithoutIt(t *testing.T) {
	o := open(t, "2026-11-30 10:00:00")
	various(o)
	for _, by := range [][]string{{"department", "GH", "agreement", "no_duty"}, {"department", "GH", "agreement", "no_duty", "agreement", "both"}, {"text", "GH-", "agreement", "no_duty"}} {
		for name, of := range map[string]func(*casefile.View) (int, error){
			"overdue": func(v *casefile.View) (int, error) {
				p, err := v.OverdueRegister(list.Asking(by...))
				return p.Total, err
			},
			"rejections": func(v *casefile.View) (int, error) {
				p, err := v.RejectionRegister(list.Asking(by...))
				return p.Total, err
			},
		} {
			counted := false
			for _, plan := range plans(o, access.Here, of) {
				counted = counted || strings.Contains(plan, "SEARCH register_"+name+" USING COVERING INDEX")
			}
			if !counted {
				t.Errorf("%s by %v: %q", name, by, plans(o, access.Here, of))
			}
		}
	}
}

// various takes cases of two departments, in every state and level, some early, some
// late, some ended.
func various(o *office) {
	o.catalogue()
	o.live = true
	day := func(n int) string { return fmt.Sprintf("2026-09-%02d 09:%02d:00", n, n) }
	for i := range 24 {
		no := fmt.Sprintf("GH-%d", i)
		o.take(event(no, pb.EventKind_EVENT_KIND_RECEIVED, day(1+i%9)), event(fmt.Sprintf("WJ-%d", i), pb.EventKind_EVENT_KIND_ACCEPTED, day(2+i%9), ofWJ))
		if i%6 == 5 {
			continue
		}
		o.take(event(no, pb.EventKind_EVENT_KIND_ACCEPTED, day(2+i%9)))
		switch i % 6 {
		case 1:
			o.take(event(no, pb.EventKind_EVENT_KIND_PAUSED, day(12), paused))
		case 2:
			o.take(event(no, pb.EventKind_EVENT_KIND_DECIDED, day(13), granted))
		case 3:
			o.take(event(no, pb.EventKind_EVENT_KIND_DECIDED, day(28), granted))
		}
	}
	o.now = at("2026-09-17 08:00:00")
	o.judged("2026-09-17 08:00:00")
	o.now = at("2026-09-24 08:00:00")
	o.judged("2026-09-24 08:00:00")
}

// Each filter is served by what it narrows: a list's page and its count search an
// index, whatever the filter is joined with, and no page of years is sorted for it.
func TestNoFilterOfAListReadsTheWholeTable(t *testing.T) {
	o := open(t, "2026-11-30 10:00:00")
	running(o)
	o.take(event("GH-4", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-09-14 09:00:00"), event("GH-4", pb.EventKind_EVENT_KIND_PAUSED, "2026-09-15 09:00:00", paused),
		event("GH-5", pb.EventKind_EVENT_KIND_RECEIVED, "2026-09-14 09:00:00"), event("GH-6", pb.EventKind_EVENT_KIND_ACCEPTED, "2026-08-14 09:00:00"),
		event("GH-6", pb.EventKind_EVENT_KIND_DECIDED, "2026-09-29 09:00:00", func(e *pb.Event) { e.Decision = &pb.Decision{Outcome: pb.Outcome_OUTCOME_REFUSED} }))
	o.judged("2026-11-30 10:00:00")
	cases := func(a list.Ask) func(*casefile.View) (int, error) {
		return func(v *casefile.View) (int, error) { p, err := v.Cases(a); return p.Total, err }
	}
	findings := func(a list.Ask) func(*casefile.View) (int, error) {
		return func(v *casefile.View) (int, error) { p, err := v.Findings(a); return p.Total, err }
	}
	overdue := func(a list.Ask) func(*casefile.View) (int, error) {
		return func(v *casefile.View) (int, error) { p, err := v.OverdueRegister(a); return p.Total, err }
	}
	rejections := func(a list.Ask) func(*casefile.View) (int, error) {
		return func(v *casefile.View) (int, error) { p, err := v.RejectionRegister(a); return p.Total, err }
	}
	asks := []struct {
		name string
		of   func(list.Ask) func(*casefile.View) (int, error)
		by   []string // a filter and its value
		// aligned is the index that gives the rows in the list's order, if the page is
		// read in it and not found first and then sorted.
		aligned string
	}{
		{"cases", cases, []string{"state", "open"}, "cases_open_received"},
		{"cases", cases, []string{"state", "ended"}, "cases_ended_received"},
		{"cases", cases, []string{"state", "paused"}, "cases_open_state"},
		{"cases", cases, []string{"state", "paused", "state", "received"}, ""},
		{"cases", cases, []string{"level", "red"}, "cases_level"},
		{"cases", cases, []string{"level", "any"}, "cases_found"},
		{"cases", cases, []string{"level", "red", "level", "yellow"}, ""},
		{"cases", cases, []string{"overdue", "true"}, "cases_overdue"},
		{"cases", cases, []string{"committed", "true"}, "cases_ended_received"},
		{"cases", cases, []string{"text", "GH-"}, ""},
		{"cases", cases, []string{"text", "规划"}, ""},
		{"cases", cases, []string{"due_from", "2026-09-15T00:00:00+08:00"}, ""},
		{"cases", cases, []string{"overdue", "true", "state", "open"}, ""},
		{"cases", cases, []string{"level", "red", "state", "open"}, ""},
		{"findings", findings, []string{"rule", "V02"}, "findings_rule"},
		{"findings", findings, []string{"level", "red"}, "findings_level"},
		{"findings", findings, []string{"state", "active"}, "findings_state"},
		{"findings", findings, []string{"open", "true"}, "findings_open"},
		{"findings", findings, []string{"open", "true", "level", "red"}, ""},
		{"findings", findings, []string{"rule", "V03", "state", "active"}, ""},
		{"findings", findings, []string{"level", "red", "level", "yellow"}, ""},
		{"findings", findings, []string{"text", "GH-"}, ""},
		{"overdue", overdue, []string{"agreement", "only_ours"}, "register_overdue_agreement"},
		{"overdue", overdue, []string{"text", "GH-"}, ""},
		{"overdue", overdue, []string{"text", "规划"}, ""},
		{"rejections", rejections, []string{"text", "规划"}, ""},
		{"rejections", rejections, []string{"agreement", "only_ours"}, "register_rejections_agreement"},
		{"rejections", rejections, []string{"stage", "refused"}, "register_rejections_stage"},
		{"rejections", rejections, []string{"text", "GH-"}, ""},
		{"rejections", rejections, []string{"decided_from", "2026-09-01T00:00:00+08:00"}, ""},
	}
	reading := func(name string, who access.Principal, f func(*casefile.View) (int, error)) (read []string) {
		for _, plan := range plans(o, who, f) {
			if strings.Contains(plan, "departments") || strings.Contains(plan, "SCAN items") || strings.HasPrefix(plan, "SEARCH journal") {
				continue // names, and what a case is counted on by
			}
			read = append(read, plan)
			if strings.Contains(plan, "SCAN cases") && !strings.Contains(plan, "USING INDEX cases_") && !strings.Contains(plan, "USING COVERING INDEX cases_") ||
				strings.Contains(plan, "SCAN f") && !strings.Contains(plan, "INDEX findings_") || strings.Contains(plan, "SCAN register") && !strings.Contains(plan, "INDEX register_") {
				t.Errorf("%s, %s: %s", name, who.Role, plan)
			}
		}
		return read
	}
	for _, x := range asks {
		name := x.name + " by " + strings.Join(x.by, " ")
		found := 0
		for _, who := range []access.Principal{access.Here, liaison} {
			total := read(o, who, x.of(list.Asking(x.by...)))
			found += total
			all := reading(name, who, x.of(list.Asking(x.by...)))
			served := false
			for _, plan := range all {
				sorted := strings.Contains(plan, "TEMP B-TREE FOR ORDER BY")
				served = served || strings.Contains(plan, "USING INDEX "+x.aligned+" ") || strings.HasSuffix(plan, "USING INDEX "+x.aligned) || strings.Contains(plan, x.aligned+";")
				if sorted && who == access.Here && x.aligned != "" {
					t.Errorf("%s is sorted: %s", name, plan)
				}
			}
			if who == access.Here && x.aligned != "" && !served {
				t.Errorf("%s is not read by %s: %q", name, x.aligned, all)
			}
			byKind := x.name == "cases" || x.name == "findings" // read by what finds them soonest, of whomever
			if who != access.Here && total > 0 && !byKind && !strings.Contains(strings.Join(all, " "), "dept") && !strings.Contains(strings.Join(all, " "), "case_no") && !strings.Contains(strings.Join(all, " "), "_decided") {
				t.Errorf("%s reads other departments' rows: %q", name, all)
			}
		}
		if found == 0 {
			t.Errorf("%s finds nothing", name)
		}
	}
}
