package matter_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/list/listtest"
	"github.com/mingcha-console/mingcha/app/internal/officetest"
)

// People open xlsx and read Chinese; programs read csv and json and find the
// words of the API.
func TestFilesSpeakToPeopleAndToPrograms(t *testing.T) {
	of := func(o matter.Opening, opened string) matter.Filed {
		m := &matter.Matter{Opening: o, OpenedAt: officetest.When(opened)}
		return matter.Filed{Matter: m}
	}
	first := of(matter.Opening{Source: matter.Visit, Category: "unmanned", Severity: "serious", Department: "GH", Fact: "九点无人"}, "2026-09-22 10:00")
	first.ID, first.State, first.DueAt, first.Overdue, first.LateSteps = 1, "assigned", officetest.When("2026-09-29 17:30"), true, 1
	second := of(matter.Opening{Source: matter.Rating, Category: "dissatisfied", Department: "XX"}, "2026-09-22 10:00")
	third := of(matter.Opening{Source: matter.Review, Category: "rejection"}, "2026-09-22 10:00")
	third.State = "unheard_of"
	all := []matter.Filed{first, second, third}

	named := list.File{Format: list.XLSX, Departments: listtest.Departments}
	rows := listtest.Table(t, matter.Listed, listtest.File(t, matter.Listed, named, all))
	listtest.Want(t, rows[0], "source", "暗访", "category", "无人在岗", "severity", "严重", "department", "规划局", "state", "待部门答复", "overdue", "是", "due_at", "2026-09-29 17:30:00")
	listtest.Want(t, rows[1], "source", "好差评", "category", "不满意", "department", "XX")
	listtest.Want(t, rows[2], "category", "否定报备", "state", "unheard_of")
	plain := listtest.Table(t, matter.Listed, listtest.File(t, matter.Listed, list.File{Format: list.XLSX}, all)) // from the command line
	listtest.Want(t, plain[0], "source", "visit", "department", "GH", "state", "assigned", "overdue", "1")
	lines, err := csv.NewReader(bytes.NewReader(listtest.File(t, matter.Listed, list.File{Format: list.CSV}, all))).ReadAll()
	if err != nil || strings.Join(lines[1], "|") != "1|visit|GH||unmanned|serious|九点无人||||2026-09-22 10:00:00|assigned|2026-09-29 17:30:00|1|1|||||" {
		t.Errorf("%q, %v", lines[1], err)
	}
	var objects []map[string]any
	if err := json.Unmarshal(listtest.File(t, matter.Listed, list.File{Format: list.JSON}, all), &objects); err != nil || objects[0]["department"] != "GH" ||
		objects[0]["state"] != "assigned" || objects[0]["done_at"] != nil || objects[0]["overdue"] != true {
		t.Errorf("%v, %v", objects[0], err)
	}
}
