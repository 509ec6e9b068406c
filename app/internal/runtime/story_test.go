package runtime

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/callback"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/review"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
	"github.com/mingcha-console/mingcha/app/internal/features/visit"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// refusals keeps what a log says of acts that were refused.
type refusals struct {
	slog.Handler
	mu  sync.Mutex
	all []string
}

func (r *refusals) Enabled(context.Context, slog.Level) bool { return true }

func (r *refusals) Handle(_ context.Context, rec slog.Record) error {
	if !strings.Contains(rec.Message, "demonstration") {
		return nil
	}
	line := rec.Message
	rec.Attrs(func(a slog.Attr) bool { line += " " + a.String(); return true })
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, line)
	return nil
}

// builtAdapters is a folder with the shipped adapters: those beside the console that
// MINGCHA_BIN names, or ones that are built.
func builtAdapters(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds the adapters and reads a city")
	}
	if built := os.Getenv("MINGCHA_BIN"); built != "" {
		return filepath.Join(filepath.Dir(built), "adapters")
	}
	out := filepath.Join(t.TempDir(), "adapters")
	if said, err := exec.Command("../../../build/scripts/adapters.sh", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return out
}

// demonstrated opens a demonstration and waits until its story is told and its
// adapter lives; or ends it once so many stages are told.
func demonstrated(t *testing.T, dir, adapters string, upTo int) (*Console, *refusals) {
	t.Helper()
	log := &refusals{Handler: slog.DiscardHandler}
	opening := time.Now()
	c, err := Open(t.Context(), Options{Dir: dir, Programs: ProgramsIn(adapters), Logger: slog.New(log)})
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	c.Run(context.Background())
	for end := begun.Add(4 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		told, err := LoadConfig(dir)
		if err != nil {
			t.Fatal(err)
		}
		if told.Story == nil && c.caughtUp() || told.Story != nil && upTo > 0 && told.Story.Told >= upTo {
			t.Logf("after %v, opened in %v", time.Since(begun), begun.Sub(opening))
			return c, log
		}
		if time.Now().After(end) {
			t.Fatalf("the story stands at %+v", told.Story)
		}
	}
}

func TestM25TheDemonstrationHasPeople(t *testing.T) {
	adapters, dir := builtAdapters(t), filepath.Join(t.TempDir(), "demo")
	if err := PrepareDemo(dir); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("MINGCHA_FULL") == "" {
		smaller(t, dir)
	}
	// Whoever closes it in the middle finds the rest told the next time, and nothing
	// was refused but what had been done.
	c, _ := demonstrated(t, dir, adapters, 5)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c, log := demonstrated(t, dir, adapters, 0)
	for _, line := range log.all { // of the stage in which it was closed, some acts were done
		if !strings.Contains(line, "stage=5") {
			t.Errorf("refused: %s", line)
		}
	}
	lookAtPeople(t, c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	verifies(t, dir)
}

// smaller makes of the demonstration's city one with half as many cases, and as many
// mistakes; with MINGCHA_FULL it is told of the whole one.
func smaller(t *testing.T, dir string) {
	t.Helper()
	c, err := LoadConfig(dir)
	if err != nil {
		t.Fatal(err)
	}
	var city map[string]any
	if err := json.Unmarshal(c.Adapters[0].Config, &city); err != nil {
		t.Fatal(err)
	}
	city["cases"], city["mistake_every"] = 78_000, 1250
	if c.Adapters[0].Config, err = json.Marshal(city); err != nil {
		t.Fatal(err)
	}
	if err := c.Save(dir); err != nil {
		t.Fatal(err)
	}
}

// counted counts by words.
func counted[T any](all []T, word func(*T) string) map[string]int {
	out := map[string]int{}
	for i := range all {
		out[word(&all[i])]++
	}
	return out
}

func lookAtPeople(t *testing.T, c *Console) {
	t.Helper()
	ctx := access.With(t.Context(), access.Here)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	cal, now := c.intake.Calendar(), c.Now()
	today := cal.DateOf(now)

	roll, err := c.terms.Roll(ctx)
	must(err)
	if n := len(roll.Volunteers); n != 8 {
		t.Errorf("%d volunteers", n)
	}

	plans, err := c.plans.From(ctx, today-60)
	must(err)
	states := counted(plans, func(p *route.VisitPlan) string { return string(p.State(cal, today)) })
	for state, n := range map[route.PlanState]int{route.Complete: 4, route.Late: 1, route.Today: 1, route.Ahead: 2, route.Cancelled: 1} {
		if states[string(state)] != n {
			t.Errorf("%d plans are %s, want %d: %v", states[string(state)], state, n, states)
		}
	}

	var visits []visit.Visit
	must(c.visits.Each(ctx, list.Ask{}, func(v *visit.Visit) error { visits = append(visits, *v); return nil }))
	photographs := map[string]bool{}
	for i := range visits {
		for _, p := range visits[i].Photos {
			b, err := visit.Photos{Dir: filepath.Join(c.opts.Dir, visit.PhotoFolder)}.Open(p.SHA256)
			must(err)
			if photographs[p.SHA256] = true; len(b) > 40<<10 || len(b) < 2<<10 {
				t.Errorf("a photograph of %d bytes", len(b))
			}
		}
	}
	if len(visits) != 11 || len(photographs) != 14 {
		t.Errorf("%d visits with %d photographs", len(visits), len(photographs))
	}

	var matters []matter.Matter
	must(c.matters.Each(ctx, access.Here, list.Ask{}, func(m *matter.Matter) error { matters = append(matters, *m); return nil }))
	bySource := map[matter.Source]map[string]int{}
	overdue := map[string]bool{}
	for i := range matters {
		m := &matters[i]
		if bySource[m.Source] == nil {
			bySource[m.Source] = map[string]int{}
		}
		bySource[m.Source][m.State]++
		if c.matters.Overdue(m) && m.Source == matter.Visit {
			overdue[m.Department] = true
		}
	}
	for state, n := range map[string]int{matter.Closed: 2, matter.Assigned: 2, matter.Revisited: 1, matter.Objected: 1, matter.Replied: 1, matter.Extension: 1, matter.Assess: 1} {
		if bySource[matter.Visit][state] != n {
			t.Errorf("%d matters of visits are %s, want %d", bySource[matter.Visit][state], state, n)
		}
	}
	if !overdue["WS"] || !overdue["JT"] || len(overdue) != 2 {
		t.Errorf("overdue: %v", overdue)
	}
	if r := bySource[matter.Review]; r[matter.Assigned] == 0 || r[matter.Dropped] == 0 {
		t.Errorf("matters of reviews: %v", r)
	}
	if r := bySource[matter.Rating]; r[matter.Closed] == 0 || r[matter.Replied] == 0 {
		t.Errorf("matters of ratings: %v", r)
	}

	var reviews []review.Review
	must(c.reviews.Each(ctx, list.Ask{}, func(r *review.Review) error { reviews = append(reviews, *r); return nil }))
	stands, late, refused := map[string]int{}, 0, 0
	for i := range reviews {
		r := &reviews[i]
		stands[string(r.Kind)+" "+r.State+" "+string(r.Verdict)]++
		if r.State != review.Done && r.DueAt.Before(now) {
			late++
		}
		for _, s := range r.Seats {
			if s.State == review.Refused {
				refused++
			}
		}
	}
	for _, want := range []string{"overdue done proper", "overdue done improper", "rejection done proper", "rejection open ", "rejection third ", "finding open "} {
		if stands[want] == 0 {
			t.Errorf("no review is %s: %v", want, stands)
		}
	}
	if late == 0 || refused != 1 || len(reviews) > 85 {
		t.Errorf("%d of %d reviews are late, %d seats were refused", late, len(reviews), refused)
	}

	draws, err := c.calls.Draws(ctx)
	must(err)
	open, err := c.calls.List(ctx, 0)
	must(err)
	lateCalls := counted(open, func(x *callback.Callback) string {
		return map[bool]string{true: "late", false: "open"}[x.DueAt.Before(now)]
	})
	if len(draws) != 2 || draws[1].Reached == 0 || draws[1].Unreached == 0 || draws[1].NotTheirs == 0 || draws[1].Reached == draws[1].Agreeing+draws[1].NotTheirs || lateCalls["late"] == 0 || lateCalls["open"] == 0 {
		t.Errorf("call-backs: %+v, open %v", draws, lateCalls)
	}

	kinds := map[string]int{}
	rows, err := c.store.Readers().QueryContext(ctx, `SELECT code, count(*) FROM quarantine GROUP BY code`)
	must(err)
	defer rows.Close()
	for rows.Next() {
		var code string
		var n int
		must(rows.Scan(&code, &n))
		kinds[code] = n
	}
	must(rows.Err())
	if len(kinds) != 4 || kinds["future"] == 0 || kinds["missing_item_code"] == 0 || kinds["missing_decision.outcome"] == 0 {
		t.Errorf("set aside: %v", kinds)
	}
}

// verifies checks the folder as mingcha verify does.
func verifies(t *testing.T, dir string) {
	t.Helper()
	if zh, en := found(t.Context(), dir); en != "" {
		t.Errorf("verify: %s %s", zh, en)
	}
}

// Who used the folder before it was a demonstration's keeps what they did: nothing is
// told as if it had come before.
func TestM25NothingIsToldBeforeWhatWasDone(t *testing.T) {
	dir := t.TempDir()
	c, err := Open(t.Context(), Options{Dir: dir, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.people.Create(t.Context(), access.Here, "zhuren", account.Profile{Name: "王主任", Role: access.Head}); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := PrepareDemo(dir); err != nil {
		t.Fatal(err)
	}
	if c, err = Open(t.Context(), Options{Dir: dir, Logger: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	if c.past.Load() != nil {
		t.Error("the office's clock was set back")
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// An office's folder has nobody but whom its head adds.
func TestM25AnOfficeHasNoneOfIt(t *testing.T) {
	c, err := Open(t.Context(), Options{Dir: t.TempDir(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c.Run(t.Context())
	all, err := c.people.All(t.Context())
	if err != nil || len(all) > 0 || c.past.Load() != nil {
		t.Errorf("%d accounts, %v", len(all), err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}
