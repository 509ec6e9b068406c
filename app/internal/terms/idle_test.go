package terms_test

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/terms"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

func TestNinetyDaysAreIdle(t *testing.T) {
	last, err := workday.ParseDate("2026-09-22")
	if err != nil {
		t.Fatal(err)
	}
	for days, want := range map[int]bool{0: false, 89: false, 90: true, 500: true} {
		if terms.Idle(last, last+workday.Date(days)) != want {
			t.Errorf("%d days: %v", days, !want)
		}
	}
}
