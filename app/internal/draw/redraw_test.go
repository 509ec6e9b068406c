package draw

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// redraw is the built program mingcha-redraw. The cache of go test does not see
// its sources: after a change there run with -count=1, as make test does.
var redraw string

func TestMain(m *testing.M) { os.Exit(build(m)) }

func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "mingcha-redraw-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	redraw = filepath.Join(dir, "mingcha-redraw.exe") // the ending that every system runs
	cmd := exec.Command("go", "build", "-trimpath", "-o", redraw, "../../../sdk/cmd/mingcha-redraw")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building mingcha-redraw: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// check runs the program and gives its exit status and all that it printed.
func check(t fataler, args ...string) (int, string) {
	t.Helper()
	out, err := exec.Command(redraw, args...).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), string(out)
	}
	if err != nil {
		t.Fatalf("%v", err)
	}
	return 0, string(out)
}

func write(t fataler, file, content string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatalf("%v", err)
	}
	return file
}

func TestRedrawAgrees(t *testing.T) {
	o := openOffice(t)
	file := write(t, filepath.Join(t.TempDir(), "certificate.json"),
		encoded(t, must(t, o.request(t, vectorPopulation, Share(50, 1)))))
	for _, args := range [][]string{{file, "--key", o.signer.PublicKey()}, {"--key=" + o.signer.PublicKey(), file}} {
		status, out := check(t, args...)
		if status != 0 || !strings.Contains(out, "一致：") || !strings.Contains(out, "AGREES") || strings.Contains(out, "WARNING") {
			t.Errorf("status %d:\n%s", status, out)
		}
	}
	status, out := check(t, file)
	if status != 0 || !strings.HasPrefix(out, "注意！") || !strings.Contains(out, "WARNING") || !strings.Contains(out, "AGREES") {
		t.Errorf("without a key: status %d:\n%s", status, out)
	}
}

// The least share above a whole number: one percent of 101 are two, of 100 one.
func TestRedrawRoundsUp(t *testing.T) {
	o, file := openOffice(t), filepath.Join(t.TempDir(), "certificate.json")
	for size, want := range map[int]int{100: 1, 101: 2} {
		var population []Candidate
		for i := range size {
			population = append(population, Candidate{fmt.Sprint(i), "gongan", 1})
		}
		c := must(t, o.request(t, population, Share(1, 0)))
		write(t, file, encoded(t, c))
		if status, out := check(t, file, "--key", c.PublicKey); status != 0 || len(c.Sample) != want {
			t.Errorf("one percent of %d: %d drawn, status %d:\n%s", size, len(c.Sample), status, out)
		}
	}
}

// A certificate of the first release must be good for ever.
func TestPublishedCertificateStaysGood(t *testing.T) {
	file := filepath.Join("testdata", "certificate.json")
	published, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var c Certificate
	if err := json.Unmarshal(published, &c); err != nil {
		t.Fatal(err)
	}
	again := must(t, Request{c.Name, c.Checkpoint, c.PublicKey, c.Population, c.Wanted})
	if got := encoded(t, again) + "\n"; got != string(published) {
		t.Errorf("drawn again it reads\n%s", got)
	}
	if status, out := check(t, file, "--key", c.PublicKey); status != 0 {
		t.Errorf("status %d:\n%s", status, out)
	}
}

// Two programs without common code come to the same sample, whatever is drawn;
// and of two neighbours in the sample exchanged, it names the first.
func TestRedrawAgreesWithEveryDraw(t *testing.T) {
	o, file := openOffice(t), filepath.Join(t.TempDir(), "certificate.json")
	rapid.Check(t, func(rt *rapid.T) {
		c := must(rt, o.request(t, populations(0).Draw(rt, "population"), wanteds().Draw(rt, "wanted")))
		write(rt, file, encoded(rt, c))
		if status, out := check(rt, file, "--key", c.PublicKey); status != 0 {
			rt.Fatalf("status %d:\n%s", status, out)
		}
		if len(c.Sample) < 2 {
			return
		}
		i := rapid.IntRange(0, len(c.Sample)-2).Draw(rt, "exchanged")
		c.Sample[i], c.Sample[i+1] = c.Sample[i+1], c.Sample[i]
		write(rt, file, encoded(rt, c))
		if status, out := check(rt, file, "--key", c.PublicKey); status != 1 || !strings.Contains(out, fmt.Sprintf("sample[%d]:", i)) {
			rt.Fatalf("exchanged %d: status %d:\n%s", i, status, out)
		}
	})
}

func TestRedrawNamesTheFirstDifference(t *testing.T) {
	o, other := openOffice(t), openOffice(t)
	file := filepath.Join(t.TempDir(), "certificate.json")
	// Drawn: ZJ-2 GA-1 GA-2. Canonical order: GA-1 GA-2 GA-3 ZJ-1 ZJ-2 住建-3.
	for name, v := range map[string]struct {
		change func(*Certificate)
		place  string
	}{
		"a drawn one exchanged": {func(c *Certificate) { c.Sample[1] = "GA-3" }, "sample[1]:"},
		"order of the sample":   {func(c *Certificate) { slices.Reverse(c.Sample) }, "sample[0]:"},
		"the last left out":     {func(c *Certificate) { c.Sample = c.Sample[:2] }, "sample[2]:"},
		"one too many":          {func(c *Certificate) { c.Sample = append(c.Sample, "住建-3") }, "sample[3]:"},
		"nothing drawn":         {func(c *Certificate) { c.Sample = nil }, "sample[0]:"},
		"candidate left out":    {func(c *Certificate) { c.Population = c.Population[1:] }, "population_sha256:"},
		"candidate's id":        {func(c *Certificate) { c.Population[0].ID = "GA-0" }, "population_sha256:"},
		"candidate's stratum":   {func(c *Certificate) { c.Population[0].Stratum = "x" }, "population_sha256:"},
		"candidate's number":    {func(c *Certificate) { c.Population[0].Seq = 12 }, "population_sha256:"},
		"candidates' order":     {func(c *Certificate) { slices.Reverse(c.Population) }, "population[1]:"},
		"candidate twice":       {func(c *Certificate) { c.Population[3] = c.Population[2] }, "population[3]:"},
		"after the checkpoint":  {func(c *Certificate) { c.Population[4].Seq = 1001 }, "population[4]:"},
		"no journal number":     {func(c *Certificate) { c.Population[2].Seq = 0 }, "population[2]:"},
		"a drawn one left out everywhere": {func(c *Certificate) {
			p := slices.Delete(slices.Clone(c.Population), 0, 1)
			*c = must(t, o.request(t, p, c.Wanted))
			c.Sample[1] = "GA-3"
		}, "sample[1]:"},
		"hash":             {func(c *Certificate) { c.PopulationHash = strings.ToUpper(c.PopulationHash) }, "population_sha256:"},
		"checkpoint":       {func(c *Certificate) { c.Checkpoint = strings.Replace(c.Checkpoint, "\n1000\n", "\n9000\n", 1) }, "checkpoint:"},
		"no signature":     {func(c *Certificate) { c.Checkpoint, _, _ = strings.Cut(c.Checkpoint, "\n\n") }, "checkpoint:"},
		"other checkpoint": {func(c *Certificate) { c.Checkpoint = o.note(t, 1001, vectorRoot) }, "sample[1]:"},
		"negative size":    {func(c *Certificate) { c.Checkpoint = o.note(t, -1, vectorRoot) }, "checkpoint:"},
		"other's signature": {func(c *Certificate) {
			c.Checkpoint = other.note(t, 1000, vectorRoot)
		}, "checkpoint:"},
		"other's key and signature": {func(c *Certificate) {
			c.PublicKey, c.Checkpoint = other.signer.PublicKey(), other.note(t, 1000, vectorRoot)
		}, "public_key:"},
		"name":              {func(c *Certificate) { c.Name = "review/overdue/gongan/2026-11-23/2" }, "sample[0]:"},
		"a free name":       {func(c *Certificate) { c.Name = "review" }, "name:"},
		"version":           {func(c *Certificate) { c.Version = "mingcha-draw-v2" }, "version:"},
		"fewer wanted":      {func(c *Certificate) { c.Wanted.Total = 2 }, "sample[2]:"},
		"more wanted":       {func(c *Certificate) { c.Wanted.Total = 4 }, "sample[3]:"},
		"negative":          {func(c *Certificate) { c.Wanted.Total = -1 }, "wanted:"},
		"two rules":         {func(c *Certificate) { c.Wanted.Percent = 10 }, "wanted:"},
		"unknown rule":      {func(c *Certificate) { c.Wanted.Rule = "mine" }, "wanted:"},
		"stratum forgotten": {func(c *Certificate) { c.Wanted = PerStratum(map[string]int{"gongan": 1}) }, "wanted:"},
		"stratum twice": {func(c *Certificate) {
			c.Wanted = Wanted{Rule: RuleStrata, Strata: []Quota{{"gongan", 1}, {"gongan", 2}, {"zhujian", 1}}}
		}, "wanted:"},
		"strata out of order": {func(c *Certificate) {
			c.Wanted = Wanted{Rule: RuleStrata, Strata: []Quota{{"zhujian", 1}, {"gongan", 1}}}
		}, "wanted:"},
	} {
		c := must(t, o.request(t, vectorPopulation, Total(3)))
		v.change(&c)
		write(t, file, encoded(t, c))
		status, out := check(t, file, "--key", o.signer.PublicKey())
		if status != 1 || !strings.Contains(out, "不一致") || !strings.Contains(out, "DISAGREES") || !strings.Contains(out, "\n"+v.place) {
			t.Errorf("%s: status %d, want 1 and %s\n%s", name, status, v.place, out)
		}
	}
}

// A forger's own key, signature and sample agree with themselves: only the key
// from outside shows it.
func TestOnlyThePublishedKeyShowsAForgery(t *testing.T) {
	o, forger := openOffice(t), openOffice(t)
	file := write(t, filepath.Join(t.TempDir(), "certificate.json"),
		encoded(t, must(t, forger.request(t, vectorPopulation, Total(3)))))
	if status, out := check(t, file); status != 0 || !strings.Contains(out, "WARNING") {
		t.Errorf("without a key: status %d:\n%s", status, out)
	}
	if status, out := check(t, file, "--key", o.signer.PublicKey()); status != 1 || !strings.Contains(out, "\npublic_key:") {
		t.Errorf("with the office's key: status %d:\n%s", status, out)
	}
}

func TestRedrawRefusesWhatItCannotRead(t *testing.T) {
	o := openOffice(t)
	dir := t.TempDir()
	good := encoded(t, must(t, o.request(t, vectorPopulation, Total(3))))
	goodFile := write(t, filepath.Join(dir, "good.json"), good)
	for name, content := range map[string]string{
		"truncated":     good[:len(good)/2],
		"empty":         "",
		"trailing":      good + "{}",
		"unknown field": strings.Replace(good, `"version"`, `"comment": "x", "version"`, 1),
		"field twice":   strings.Replace(good, `"sample"`, `"sample": ["GA-3"], "sample"`, 1),
		"other case":    strings.Replace(good, `"sample"`, `"Sample": ["GA-3"], "sample"`, 1),
		"twice, inside": strings.Replace(good, `"seq": 11`, `"seq": 13, "seq": 11`, 1),
		"not UTF-8":     strings.Replace(good, "住建", "\xff", 1),
		"wrong type":    strings.Replace(good, `"seq": 11`, `"seq": -11`, 1),
	} {
		if content == good {
			t.Fatalf("%s: nothing was changed", name)
		}
		file := write(t, filepath.Join(dir, "bad.json"), content)
		if status, out := check(t, file, "--key", o.signer.PublicKey()); status != 2 || !strings.Contains(out, "无法读取") {
			t.Errorf("%s: status %d:\n%s", name, status, out)
		}
	}
	for name, args := range map[string][]string{
		"missing file":  {filepath.Join(dir, "none.json")},
		"a folder":      {dir},
		"no file":       {},
		"two files":     {goodFile, goodFile},
		"not a key":     {goodFile, "--key", "mingcha+00000000+AAAA"},
		"empty key":     {goodFile, "--key", ""},
		"key forgotten": {goodFile, "--key"},
		"unknown flag":  {goodFile, "--loud"},
	} {
		if status, out := check(t, args...); status != 2 || out == "" {
			t.Errorf("%s: status %d:\n%s", name, status, out)
		}
	}
	if status, out := check(t, "--help"); status != 0 || !strings.HasPrefix(out, "用法") {
		t.Errorf("--help: status %d:\n%s", status, out)
	}
}

// What a forger writes into a certificate reaches the reader's terminal as text,
// never as a command to the terminal.
func TestRedrawPrintsNoControlCharacters(t *testing.T) {
	o := openOffice(t)
	const wipe = "\x1b[2J"
	file := filepath.Join(t.TempDir(), "certificate.json")
	for name, change := range map[string]func(*Certificate){
		"version": func(c *Certificate) { c.Version = wipe },
		"name":    func(c *Certificate) { c.Name = wipe },
		"hash":    func(c *Certificate) { c.PopulationHash = wipe },
		"rule":    func(c *Certificate) { c.Wanted.Rule = wipe },
		"sample":  func(c *Certificate) { c.Sample[0] = wipe },
		"stratum": func(c *Certificate) {
			*c = must(t, o.request(t, []Candidate{{"a", wipe, 1}}, Total(1)))
			c.Wanted = PerStratum(nil)
		},
		"key":        func(c *Certificate) { c.PublicKey = wipe },
		"checkpoint": func(c *Certificate) { c.Checkpoint = wipe },
	} {
		c := must(t, o.request(t, vectorPopulation, Total(3)))
		change(&c)
		write(t, file, encoded(t, c))
		if status, out := check(t, file); status != 1 || strings.ContainsRune(out, '\x1b') {
			t.Errorf("%s: status %d:\n%q", name, status, out)
		}
	}
}
