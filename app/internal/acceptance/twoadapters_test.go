//go:build unix

package acceptance

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/runtime"
)

// Two adapters, each a process of its own, of one running console: the second
// describes the first's department, with an item of 9,999 days and a decision that
// was never made. It is refused as a whole, in a sentence that names who serves the
// department; the first goes on, nothing of its department changes, and the folder
// verifies.
func TestH1TwoAdaptersProcessesAndOneDepartment(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	instance := func(name, mapping, log string) runtime.Instance {
		config, err := runtime.ReadAdapterConfig(write(t, name+".yaml", fmt.Sprintf("file: %q\nmapping: %q\ndepartment: GHJ\ndepartment_name: 规划局\n", write(t, name+".xes", log), write(t, name+"-m.yaml", mapping))))
		if err != nil {
			t.Fatal(err)
		}
		return runtime.Instance{Name: name, Adapter: "xes", Config: config}
	}
	life := []string{happened("收件", "2026-03-02T09:00:00+08:00"), happened("受理", "2026-03-02T10:00:00+08:00")}
	first := instance("gh", licensing, logOf(traceOf("GH-1", life...)))
	second := instance("other", strings.NewReplacer("promised: 5 ", "promised: 9999 ", "statutory: 20 ", "statutory: 9999 ").Replace(licensing),
		logOf(traceOf("GH-1", append(life, happened("准予许可", "2026-03-03T09:00:00+08:00"))...)))
	run := func(all ...runtime.Instance) (findings string) {
		if err := (runtime.Config{Adapters: all}).Save(dir); err != nil {
			t.Fatal(err)
		}
		s := serve(t, dir)
		defer s.stop()
		caughtUp, refused := false, len(all) == 1
		for end := time.Now().Add(5 * time.Minute); !(caughtUp && refused); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%+v", s.adapters())
			}
			for _, a := range s.adapters() {
				caughtUp = caughtUp || a.Name == "gh" && a.CaughtUp
				refused = refused || a.Name == "other" && strings.Contains(a.ErrorZH, "GHJ") && strings.Contains(a.ErrorZH, "gh") && !a.CaughtUp
			}
		}
		return must(t, "findings", "--data", dir, "--format", "csv")
	}
	before := run(first)
	if !strings.Contains(before, "V02") || !strings.Contains(before, "V03") {
		t.Fatalf("months after 2 March nothing is over: %s", before)
	}
	cases := must(t, "cases", "--data", dir, "--format", "csv", "--state", "open")
	if after := run(second, first); after != before {
		t.Errorf("with another adapter on the same department:\n%s\nwithout:\n%s", after, before)
	}
	if got := must(t, "cases", "--data", dir, "--format", "csv", "--state", "open"); !strings.Contains(got, "GH-1") || got != cases {
		t.Errorf("the case: %s, was %s", got, cases)
	}
	must(t, "verify", "--data", dir)
}
