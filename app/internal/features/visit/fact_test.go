package visit

import (
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// Minor 24: the page and the server ask for the same: a fact of two characters, blanks
// not counted.
func TestMinor24AFactHasTwoCharactersHereAndOnThePage(t *testing.T) {
	page, err := os.ReadFile("../../../../frontend/src/pages/visits/limits.ts")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`LEAST_FACT = (\d+)`).FindSubmatch(page)
	if m == nil || string(m[1]) != strconv.Itoa(leastFact) || leastFact != 2 {
		t.Errorf("the page asks for %s characters, the server for %d", m, leastFact)
	}
	for fact, ok := range map[string]bool{"": false, "人": false, "  人  ": false, "无人": true} {
		at := time.Date(2026, 9, 22, 1, 0, 0, 0, time.UTC)
		sheet := Sheet{Mode: "unannounced", Department: "GH", ArrivedAt: at, LeftAt: at, Findings: []VisitFinding{{Category: "unmanned", Severity: "serious", Fact: fact}}}
		if got := len(sheet.problems(at)) == 0; got != ok {
			t.Errorf("%q: taken %v, want %v", fact, got, ok)
		}
	}
}
