package rating_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// What raters wrote is text in a spreadsheet too.
func TestExportedRatingsRunNothing(t *testing.T) {
	all := []rating.Rating{{ID: 1, Department: "GH", Level: 4, Text: `=HYPERLINK("http://evil.example")`, Reasons: []string{"+甲"}, RatedAt: officetest.When("2026-09-22 10:00")}}
	lines := strings.Split(strings.TrimSpace(string(listtest.File(t, rating.Listed, list.File{Format: list.CSV}, all))), "\n")
	if len(lines) != 2 || !strings.Contains(lines[1], `"'=HYPERLINK(`) || !strings.Contains(lines[1], "'+甲") || !strings.Contains(lines[1], ",dissatisfied,2026-09-22 10:00:00,") {
		t.Errorf("%q", lines)
	}
	var rows []map[string]any
	if b := listtest.File(t, rating.Listed, list.File{Format: list.JSON}, all); json.Unmarshal(b, &rows) != nil || len(rows) != 1 || rows[0]["level"] != "dissatisfied" {
		t.Errorf("%s", b)
	}
	named := listtest.Table(t, rating.Listed, listtest.File(t, rating.Listed, list.File{Format: list.XLSX, Departments: listtest.Departments}, all))
	listtest.Want(t, named[0], "level", "不满意", "department", "规划局", "rated_at", "2026-09-22 10:00:00")
}

// What few ratings have finds them by an index, of all departments and of one: the
// list of years is not looked through for it.
func TestNoFilterOfRatingsReadsThemAll(t *testing.T) {
	o := open(t)
	o.Rate(o.Rating("r1", 5), o.Rating("r2", 3), o.Rating("r3", 1))
	for _, by := range [][]string{{"level", "very_dissatisfied"}, {"level", "fair", "level", "very_satisfied"}, {"bad", "true"}, {"rewritten", "true"}, {"late", "true"}, {"text", "跑了"}, {"text", "zz"}} {
		for _, who := range []access.Principal{o.Head, o.GH} {
			read := 0
			ctx := store.Explaining(ctx, func(query string, steps []string) {
				if !strings.Contains(query, "FROM ratings r") {
					return
				}
				read++
				for _, step := range steps {
					few := strings.Contains(step, "INDEX ratings_rewritten") || strings.Contains(step, "COVERING INDEX ratings_texts") || strings.Contains(step, "COVERING INDEX ratings_reasons") || step == "SCAN rating_called"
					if strings.HasPrefix(step, "SCAN r") && !few {
						t.Errorf("%v: %s", by, step)
					}
				}
			})
			if _, err := o.List(ctx, who, list.Asking(by...)); err != nil || read == 0 {
				t.Errorf("%v: %v, %d queries", by, err, read)
			}
		}
	}
}
