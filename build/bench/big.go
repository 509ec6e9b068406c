package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// lists are the pages whose first page is timed, with the filters a clerk uses: also
// those that nothing or little matches, and departments that have long been silent.
var lists = []string{
	"/api/cases", "/api/cases?sort=due&ascending=true", "/api/cases?department=D07", "/api/cases?state=open", "/api/cases?state=accepted",
	"/api/cases?level=red", "/api/cases?level=any", "/api/cases?overdue=true", "/api/cases?department=D07&level=red", "/api/cases?text=D07-2026-0000", "/api/cases?department=D07&item=I03", "/api/cases?sort=case_no&ascending=true",
	"/api/cases?state=ended", "/api/cases?state=paused", "/api/cases?committed=true", "/api/cases?sort=ended", "/api/cases?due_from=2099-01-01", "/api/cases?level=red&state=open", "/api/cases?overdue=true&state=open",
	"/api/cases?department=D07&state=open", "/api/cases?department=D07&state=accepted", "/api/cases?department=D07&state=ended", "/api/cases?department=D07&sort=due&ascending=true", "/api/cases?department=D07&sort=case_no",
	"/api/findings", "/api/findings?rule=V02", "/api/findings?level=red", "/api/findings?department=D07", "/api/findings?state=active",
	"/api/findings?open=true", "/api/findings?open=true&level=red", "/api/findings?department=D07&state=settled", "/api/findings?text=D07-2026-0000",
	"/api/findings?rule=V01,V02", "/api/findings?level=red,yellow", "/api/findings?state=active,settled", "/api/findings?rule=V01&level=review", "/api/findings?department=D07&rule=V03", "/api/findings?level=red&text=D07-2026-0000",
	"/api/cases?department=D07&level=red,yellow", "/api/cases?state=accepted&level=red&sort=due&ascending=true", "/api/cases?department=D07&state=accepted&sort=case_no", "/api/cases?department=D07&item=I03&state=accepted", "/api/cases?state=accepted&due_from=2099-01-01",
	"/api/cases?state=accepted&text=D07-2026-0000", "/api/cases?level=red&overdue=true&sort=case_no", "/api/registers/overdue?agreement=only_ours,awaited&text=D07-2026-0000",
	"/api/matters?open=true&sort=due", "/api/visits?finding=slow", "/api/reviews?text=D", "/api/ratings?level=fair",
	"/api/registers/overdue", "/api/registers/overdue?department=D07", "/api/registers/rejections", "/api/registers/authorizations",
	"/api/events", "/api/events?department=D07", "/api/departments", "/api/items", "/api/board", "/api/quarantine", "/api/adapters",
}

// bigFolder measures what must not grow with the number of cases.
func (b *bench) bigFolder() error {
	// Ten thousand and a million open cases; every fiftieth long overdue.
	small, err := b.fill("small", 10_000)
	if err != nil {
		return err
	}
	big, err := b.fill("big", b.cases)
	if err != nil {
		return err
	}
	if err := b.growth(fmt.Sprintf("cost of an event, %d cases in store against 10,000", b.cases), small, big); err != nil {
		return err
	}
	if err := b.opening(big); err != nil {
		return err
	}
	if err := b.idleTick(big); err != nil {
		return err
	}
	return b.pages(big, "first page of any list", 20)
}

// fill makes a folder with so many open cases.
func (b *bench) fill(name string, cases int) (dir string, err error) {
	dir = filepath.Join(b.dir, name)
	// Handed in over the last day and a half, so that nothing but the late ones is
	// due while the bench runs.
	f := &feed{Cases: cases, Open: true, Step: within(cases).String(), Start: time.Now().Add(-40 * time.Hour).Format(time.RFC3339), Late: 50}
	return dir, b.takeAll(dir, f)
}

// within is how far apart so many open cases may come in and all have done so: what is
// dated ahead is refused.
func within(cases int) time.Duration {
	return min(100*time.Millisecond, 38*time.Hour/time.Duration(cases))
}

// takeAll makes a folder of all that a feed has.
func (b *bench) takeAll(dir string, f *feed) error {
	if err := prepare(dir, "feeder", f); err != nil {
		return err
	}
	rate, err := b.take(dir, f)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "  %d cases, %d of them open: %.0f events/s\n", f.Cases, f.Cases-f.Ended, rate)
	return nil
}

// growth compares the cost of an event in a small and in a big folder, in turn.
func (b *bench) growth(what, small, big string) error {
	var ratios, spent []float64
	for i := range rounds {
		// A department of its own: those of the other cases are served by another adapter.
		f := &feed{Cases: 15_000, Letter: string(rune('E' + i)), Among: 1, Offset: 50_000_000 + i*100_000, Start: time.Now().Add(-20 * time.Hour).Format(time.RFC3339)}
		var rates, took [2]float64
		for k, dir := range []string{small, big} {
			if err := prepare(dir, fmt.Sprintf("feeder%d", i), f); err != nil {
				return err
			}
			rate, err := b.take(dir, f)
			if err != nil {
				return err
			}
			rates[k], took[k] = rate, b.spent["path"]
		}
		ratios, spent = append(ratios, rates[0]/rates[1]), append(spent, took[1]/took[0])
		fmt.Fprintf(os.Stderr, "  small %.0f/s, big %.0f/s; core time %.2f×\n", rates[0], rates[1], took[1]/took[0])
	}
	b.add(what, fmt.Sprintf("%.2f× (core time %.2f×)", median(ratios), median(spent)), "< 1.3×", median(ratios) < 1.3)
	return nil
}

var tickLine = regexp.MustCompile(`BenchmarkIdleTick\S*\s+\d+\s+([0-9.]+) ns/op`)

// idleTick times a look at the clock with nothing due, inside the console's own
// code: no one outside can see a tick that does nothing.
func (b *bench) idleTick(big string) error {
	cmd := exec.Command("go", "test", "-trimpath", "./app/internal/intake", "-run", "^$", "-bench", "IdleTick")
	cmd.Env = append(os.Environ(), "MINGCHA_BENCH_FOLDER="+big)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	m := tickLine.FindSubmatch(out)
	if m == nil {
		return fmt.Errorf("no figure in\n%s", out)
	}
	ns, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		return err
	}
	b.add(fmt.Sprintf("a tick with %d open cases and nothing due", b.cases), fmt.Sprintf("%.4f ms", ns/1e6), "< 1 ms", ns < 1e6)
	return nil
}

// pages times the first page of every list, which is promised within so many
// milliseconds.
func (b *bench) pages(big, what string, promised float64) error {
	if err := prepare(big, "", nil); err != nil {
		return err
	}
	c, err := b.serve(big)
	if err != nil {
		return err
	}
	defer c.stop() //nolint:errcheck // the figures are in
	worst, which := 0.0, ""
	for _, path := range lists {
		var times []float64
		for range 7 {
			took, err := c.get(path)
			if err != nil {
				return err
			}
			times = append(times, took.Seconds()*1000)
		}
		slices.Sort(times)
		fmt.Fprintf(os.Stderr, "  %6.1f ms %s\n", median(times), path)
		if m := median(times); m > worst {
			worst, which = m, path
		}
	}
	b.add(fmt.Sprintf("%s, the slowest of %d", what, len(lists)), fmt.Sprintf("%.1f ms (%s)", worst, strings.TrimPrefix(which, "/api")), fmt.Sprintf("< %.0f ms", promised), worst < promised)
	b.memory = max(b.memory, peak(c.cmd.Process.Pid))
	return nil
}
