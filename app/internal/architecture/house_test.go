package architecture

import (
	"slices"
	"testing"
)

// TestEveryArrowPointsDown is the house's law, for every import there is.
func TestEveryArrowPointsDown(t *testing.T) {
	g := repository(t)
	for _, sentence := range Mingcha().Check(g) {
		t.Error(sentence)
	}
}

// TestNobodyStandsInTwoLayers keeps the table readable: a package's place does
// not depend on which line is read first.
func TestNobodyStandsInTwoLayers(t *testing.T) {
	seen := map[string]string{}
	for _, l := range Mingcha().Layers {
		for _, p := range l.Packages {
			if other, twice := seen[p]; twice {
				t.Errorf("%s stands in %s and in %s", p, other, l.Name)
			}
			seen[p] = l.Name
		}
	}
}

// repository reads this repository, and says so if it did not find it whole.
func repository(t *testing.T) Graph {
	t.Helper()
	g, err := Read("../../..")
	if err != nil {
		t.Fatal(err)
	}
	for pkg, to := range map[string]string{
		"app":                     "app/internal/cli",
		"app/internal/intake":     "app/internal/rules",
		"app/internal/rules":      "app/internal/approval",
		"app/internal/desktop":    "github.com/wailsapp/wails/v2", // behind a build tag
		"plugins/xes":             "sdk",
		"app/internal/acceptance": "", // tests alone
	} {
		imports, found := g[pkg]
		if !found || to != "" && !slices.Contains(imports, to) {
			t.Fatalf("%s and its import of %q were not read", pkg, to)
		}
	}
	return g
}
