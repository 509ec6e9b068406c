package list

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

func TestTheGuardStopsFormulasAndLeavesPlainValues(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+cmd|x": "'+cmd|x", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "＝1": "'＝1",
		"-5": "-5", "+3.25": "+3.25", "-": "-", "": "", "GH-2026-1": "GH-2026-1", "a=b": "a=b", "张三": "张三", "'x": "'x", "0012": "0012",
	} {
		if got := guard(in); got != want {
			t.Errorf("guard(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if got := guard(s); got != s && got != "'"+s {
			t.Fatalf("guard(%q) = %q", s, got)
		}
	})
}

func TestASheetHoldsNoMoreThanExcelShows(t *testing.T) {
	x, err := newXLSX(&bytes.Buffer{}, File{}, "s", []head{{"a", "甲", 8}})
	if err != nil {
		t.Fatal(err)
	}
	defer x.close()
	x.maxRows = 1
	if err := x.row([]any{1}); err != nil {
		t.Fatal(err)
	}
	if e, ok := fault.As(x.row([]any{2})); !ok || e.Code != "too_many_rows" {
		t.Errorf("too many rows: %v", e)
	}
}
