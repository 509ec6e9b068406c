package volunteers

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

func date(t testing.TB, s string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
