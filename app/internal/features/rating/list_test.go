package rating_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/features/rating"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
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
