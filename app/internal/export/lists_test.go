package export

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// table reads an xlsx file back, by its header's English names.
func table(t *testing.T, b []byte) []map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			head := strings.Fields(rows[0][i])
			m[head[len(head)-1]] = cell
		}
		out = append(out, m)
	}
	return out
}

func want(t *testing.T, got map[string]string, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if got[pairs[i]] != pairs[i+1] {
			t.Errorf("%s: %q, want %q", pairs[i], got[pairs[i]], pairs[i+1])
		}
	}
}

var departments = map[string]string{"GH": "规划局"}

func TestReviewsAndVisitsNameNobody(t *testing.T) {
	var x bytes.Buffer
	if err := Reviews(&x, File{Format: XLSX, Departments: departments}, rowsOf([]Review{{ID: 9, Kind: "overdue", State: "done", Verdict: "improper", Department: "GH", CaseNo: "GH-1", Answered: 3,
		Verdicts: [3]string{"improper", "proper", "improper"}, Reasons: []string{"pause_abused", "nobody_responsible"}, Notes: "=1+1"}})); err != nil {
		t.Fatal(err)
	}
	want(t, table(t, x.Bytes())[0], "kind", "超时", "verdict", "不当", "verdict_1", "不当", "verdict_2", "适当", "verdict_3", "不当", "reasons", "挂起的理由不成立；没有人负责", "notes", "=1+1")

	two, no := 2, false
	visit := volunteers.Visit{ID: 4, Seq: 70, Account: 4242, FiledAt: at("2026-09-22 10:30:00"), Photos: make([]volunteers.Photo, 2),
		Sheet: volunteers.Sheet{Mode: "unannounced", Department: "GH", Plan: 5151, Window: "12 号", ArrivedAt: at("2026-09-22 09:00:00"), LeftAt: at("2026-09-22 09:20:00"),
			StaffPresent: &two, ClosedSign: &no, ToldAllAtOnce: "no", Disclosed: []string{"limit", "materials"},
			Findings: []volunteers.VisitFinding{{Category: "late", Severity: "minor", Fact: "九点十分才来"}, {Category: "no_sign", Severity: "serious", Fact: "没有牌子"}}},
		Supplements: []volunteers.Supplement{{Text: "十点再去", Photos: make([]volunteers.Photo, 1)}}}
	var j bytes.Buffer
	x.Reset()
	for f, b := range map[Format]*bytes.Buffer{XLSX: &x, JSON: &j} {
		if err := Visits(b, File{Format: f, Departments: departments}, rowsOf([]volunteers.Visit{visit})); err != nil {
			t.Fatal(err)
		}
	}
	want(t, table(t, x.Bytes())[0], "mode", "暗访", "department", "规划局", "staff_present", "2", "staff_required", "", "closed_sign", "否", "attitude", "", "told_all_at_once", "没说清",
		"disclosed", "承诺时限；所需材料", "findings", "迟到早退；没有暂停牌", "serious", "是", "facts", "九点十分才来\n没有牌子", "supplements", "十点再去", "photos", "3", "seq", "70")
	if s := j.String(); strings.Contains(s, "4242") || strings.Contains(s, "5151") || !strings.Contains(s, `"attitude":null`) || !strings.Contains(s, `"findings":["late","no_sign"]`) {
		t.Errorf("%s", s)
	}
}
