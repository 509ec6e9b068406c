package export

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
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

func TestRegistersAsFiles(t *testing.T) {
	var x bytes.Buffer
	if err := Overdue(&x, File{Format: XLSX, Departments: departments}, rowsOf([]casefile.OverdueRow{{CaseNo: "GH-1", Department: "GH", Agreement: "only_ours", Clock: "statutory", OverBy: 3, Unit: "working_days", DueAt: at("2026-09-22 17:30:00")}})); err != nil {
		t.Fatal(err)
	}
	want(t, table(t, x.Bytes())[0], "agreement", "漏报", "clock", "法定时限", "over_by", "3", "unit", "工作日", "due_at", "2026-09-22 17:30:00")
	x.Reset()
	if err := Rejections(&x, File{Format: XLSX, Departments: departments}, rowsOf([]casefile.RejectionRow{{CaseNo: "GH-2", Stage: "not_accepted", Agreement: "both", RemediesTold: true}})); err != nil {
		t.Fatal(err)
	}
	want(t, table(t, x.Bytes())[0], "stage", "不予受理", "agreement", "双方一致", "remedies_told", "是")
	x.Reset()
	if err := Authorizations(&x, File{Format: XLSX, Departments: departments}, rowsOf([]casefile.AuthorizationRow{{No: "A-1", Department: "GH", Rep: "王芳", Powers: []string{"sign", "seal"}, Status: "live"}})); err != nil {
		t.Fatal(err)
	}
	want(t, table(t, x.Bytes())[0], "rep", "王芳", "powers", "签批；用章", "status", "有效")
}
