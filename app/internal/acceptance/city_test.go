package acceptance

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// cityCases is how big the simulated year is: the whole city of 155,000 cases
// where MINGCHA_FULL is set, a share of it otherwise.
func cityCases() int {
	if os.Getenv("MINGCHA_FULL") != "" {
		return 155_000
	}
	return 5_000
}

// ingestCity ingests the simulated year and returns the folder and the answer
// key.
func ingestCity(t *testing.T) (dir, key string) {
	t.Helper()
	dir = t.TempDir()
	key = filepath.Join(t.TempDir(), "key.csv")
	config := write(t, "year.yaml", fmt.Sprintf("seed: 20261120\nstart: \"2026-01-01\"\nuntil: \"2026-11-20\"\ncases: %d\nanswer_key: %q\n", cityCases(), key))
	must(t, "ingest", "--data", dir, "--adapter", "simulator", "--config", config, "--as-of", "2026-11-20")
	return dir, key
}

// Two ingests of the same year, side by side, and what each finds.
func TestCityYear(t *testing.T) {
	var findings [2]string
	t.Run("ingests", func(t *testing.T) {
		t.Run("finds what was injected and nothing else", func(t *testing.T) {
			t.Parallel()
			findings[0] = findsWhatWasInjectedAndNothingElse(t)
		})
		t.Run("again", func(t *testing.T) {
			t.Parallel()
			dir, _ := ingestCity(t)
			findings[1] = must(t, "findings", "--data", dir, "--format", "csv")
		})
	})
	if findings[0] != findings[1] {
		t.Error("a second run with the same seed gives other findings")
	}
}

// Every injected violation is found, and nothing else is.
func findsWhatWasInjectedAndNothingElse(t *testing.T) (findings string) {
	dir, key := ingestCity(t)
	findings = must(t, "findings", "--data", dir, "--format", "csv")
	want, got := answers(t, key), found(t, findings)
	kinds := map[string]int{}
	for _, w := range want {
		kinds[strings.Split(w, ",")[2]]++
	}
	for _, rule := range []string{"V01", "V02", "V03", "V04", "V05", "V06", "V07", "V08", "V09", "V10", "V11", "V13", "V17", "V19", "V20", "V21", "V22", "V24", "V27"} {
		if kinds[rule] == 0 {
			t.Errorf("the city committed no %s", rule)
		}
	}
	missed, invented := difference(want, got), difference(got, want)
	if len(missed)+len(invented) > 0 {
		t.Errorf("of %d injected findings %d were missed and %d invented:\n- %s\n+ %s", len(want), len(missed), len(invented),
			strings.Join(head(missed), "\n- "), strings.Join(head(invented), "\n+ "))
	}
	t.Logf("%d cases: %d findings of %d kinds, precision and recall 1.0", cityCases(), len(want), len(kinds))
	must(t, "verify", "--data", dir)
	return findings
}

// answers reads the key as far as it had come true by the last day.
func answers(t *testing.T, file string) []string {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2026, 11, 20, 23, 59, 59, 0, time.FixedZone("", 8*3600))
	var out []string
	for _, r := range rows[1:] { // department,case_no,rule,key,level,raised_at
		at, err := time.Parse(time.RFC3339, r[5])
		if err != nil {
			t.Fatal(err)
		}
		if !at.After(asOf) {
			out = append(out, strings.Join([]string{r[0], r[1], r[2], r[3], at.UTC().Format(time.RFC3339)}, ","))
		}
	}
	sort.Strings(out)
	return out
}

// found reads an export of findings in the key's form.
func found(t *testing.T, text string) []string {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var out []string
	for _, r := range rows[1:] {
		raised, err := time.ParseInLocation(time.DateTime, r[at["raised_at"]], time.FixedZone("", 8*3600))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.Join([]string{r[at["department"]], r[at["case_no"]], r[at["rule"]], r[at["key"]], raised.UTC().Format(time.RFC3339)}, ","))
	}
	sort.Strings(out)
	return out
}

// difference lists what a has more often than b.
func difference(a, b []string) (out []string) {
	n := map[string]int{}
	for _, x := range b {
		n[x]++
	}
	for _, x := range a {
		if n[x]--; n[x] < 0 {
			out = append(out, x)
		}
	}
	return out
}

func head(s []string) []string { return s[:min(len(s), 15)] }

// number reads an integer from the environment.
func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}
