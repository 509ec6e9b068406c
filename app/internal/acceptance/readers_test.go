package acceptance

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What commands that only read say in this process is what the program says, its
// status included, right and wrong.
func TestReadersSayWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	dir, _ := calm(t)
	copied := filepath.Join(t.TempDir(), "copied.zip")
	must(t, "backup", "--data", dir, copied)
	seconds := regexp.MustCompile(`\d+\.\d s|"seconds": [\d.]+`)
	for _, args := range [][]string{
		{"cases", "--data", dir}, {"cases", "--data", dir, "--json", "--state", "open"}, {"cases", "--data", "OWN/nothing"},
		{"findings", "--data", dir, "--format", "csv"}, {"findings", "--data", dir, "--format", "odt"}, {"findings", "--data", dir, "--format", "odt", "--json"},
		{"verify", "--data", dir}, {"verify", "--data", dir, "--json"}, {"verify", "--data", "OWN/nothing", "--json"}, {"verify", "--help"},
		{"backup", "--data", dir, "OWN/copy.zip"}, {"backup"}, {"restore", "--data", dir, "OWN/copy.zip"}, {"restore", "--data", "OWN/anew", copied},
	} {
		said := func(run func(testing.TB, ...string) result) result {
			own := t.TempDir() // what this run writes
			given := make([]string, len(args))
			for i, arg := range args {
				given[i] = strings.Replace(arg, "OWN", own, 1)
			}
			r := run(t, given...)
			r.stdout = seconds.ReplaceAllString(strings.ReplaceAll(r.stdout, own, "OWN"), "…")
			r.stderr = strings.ReplaceAll(r.stderr, own, "OWN")
			return r
		}
		if program, function := said(program), said(mingcha); program != function || program.stdout+program.stderr == "" {
			t.Errorf("%q: the program says\n%+.600v\nits function\n%+.600v", args, program, function)
		}
	}
}
