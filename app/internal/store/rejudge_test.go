package store

import (
	"context"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// How many cases are to be judged anew is asked at every start, mostly of none: a
// million cases are not read for it.
func TestCountingWhatIsToBeJudgedAnewReadsNoOtherCases(t *testing.T) {
	s, err := Open(context.Background(), t.TempDir(), workday.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Readers().QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+toRejudge)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(plan, "; "); !strings.HasPrefix(got, "SCAN r; SEARCH c USING COVERING INDEX") {
		t.Errorf("the plan is %s", got)
	}
}
