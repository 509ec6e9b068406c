package httpapi

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
)

func TestAFileIsSentAsItIsAndBounded(t *testing.T) {
	s := serving(t)
	const preview = "/api/ratings/files/preview?name=9.csv"
	if r := s.do("POST", preview, strings.Repeat("x", MaxBody+1)); decode[RatingPreview](t, r).Rows != MaxBody+1 {
		t.Errorf("%d %s", r.StatusCode, r.body)
	}
	for what, c := range map[string]struct {
		body   string
		change with
		status int
		code   string
	}{
		"a form's file": {"x", header("Content-Type", "multipart/form-data; boundary=x"), 415, "not_json"},
		"JSON":          {"{}", header("Content-Type", "application/json"), 415, "not_json"},
		"too much":      {strings.Repeat("x", ratings.MaxFile+1), header("X-A", "b"), 413, "too_large"},
	} {
		r := s.do("POST", preview, c.body, c.change)
		if p := r.problem(t); r.StatusCode != c.status || p.Code != c.code {
			t.Errorf("%s: %d %+v", what, r.StatusCode, p)
		}
	}
}

// What raters wrote is text in a spreadsheet too.
func TestExportedRatingsRunNothing(t *testing.T) {
	s := serving(t)
	r := s.do("GET", "/api/exports/ratings?bad=true", "")
	lines := strings.Split(strings.TrimSpace(string(r.body)), "\n")
	if len(lines) != 2 || !strings.Contains(lines[1], `"'=HYPERLINK(`) || !strings.Contains(lines[1], "'+甲") || !strings.Contains(lines[1], ",dissatisfied,2026-09-22 10:00:00,") ||
		!strings.Contains(r.Header.Get("Content-Disposition"), "ratings-2026-09-22.csv") {
		t.Errorf("%q %v", lines, r.Header)
	}
	var rows []map[string]any
	if r := s.do("GET", "/api/exports/ratings?format=json", ""); json.Unmarshal(r.body, &rows) != nil || len(rows) != 1 || rows[0]["level"] != "dissatisfied" {
		t.Errorf("%s", r.body)
	}
}

func TestRatingFilters(t *testing.T) {
	liaison := access.With(t.Context(), access.Principal{Role: access.Liaison, Department: "GH"})
	f := RatingFilter{Level: "very_dissatisfied", From: "2026-09-01"}
	q, err := f.query(liaison)
	if err != nil || q.Level != 5 || q.Department != "GH" || q.From.Format("2006-01-02 15:04 MST") != "2026-09-01 00:00 CST" {
		t.Errorf("%+v, %v", q, err)
	}
	f.Department = "JS"
	if _, err := f.query(liaison); err == nil {
		t.Error("a liaison asks for another department's")
	}
	f = RatingFilter{From: "yesterday"}
	if _, err := f.query(access.With(t.Context(), access.Here)); err == nil {
		t.Error("no date")
	}
}
