package record_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
)

// A sheet of acts is for people: whoever opens it reads no code in it, whatever the
// act, and a reason once.
func TestM12ASheetOfActsIsInChinese(t *testing.T) {
	o := open(t)
	clerk := o.account("clerk", access.Staff)
	o.publish()
	for _, what := range o.Types() {
		o.did(clerk, what, o.sample(what))
	}
	code := regexp.MustCompile(`^[a-z]+([._][a-z]+)*$`)
	all := o.list(record.Query{Limit: record.MostAtOnce})
	rows := listtest.Table(t, record.Listed, listtest.File(t, record.Listed, list.File{Format: list.XLSX, Departments: listtest.Departments}, all))
	if len(rows) != len(all) || len(rows) < len(o.Types()) {
		t.Fatalf("%d rows of %d acts", len(rows), len(all))
	}
	reasons, departments := 0, 0
	for _, row := range rows {
		for column, cell := range row {
			if code.MatchString(cell) || column == "words_en" {
				t.Errorf("%s: %q in %v", column, cell, row)
			}
		}
		if reason := row["reason"]; reason != "" {
			reasons++
			if strings.Contains(row["words_zh"], reason) {
				t.Errorf("%q says the reason, which stands beside it", row["words_zh"])
			}
		}
		if row["about"] == "部门" && row["about_id"] == "规划局" {
			departments++
		}
	}
	if reasons < 6 || departments == 0 {
		t.Errorf("%d acts have reasons, %d are about a department by its name", reasons, departments)
	}
}
