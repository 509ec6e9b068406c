package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func TestExports(t *testing.T) {
	s := serving(t)
	r := s.do("GET", "/api/exports/cases?state=ended", "")
	if r.StatusCode != 200 || r.Header.Get("Content-Type") != "text/csv; charset=utf-8" ||
		r.Header.Get("Content-Disposition") != `attachment; filename="cases-2026-09-22.csv"; filename*=UTF-8''%E5%8A%9E%E4%BB%B6-2026-09-22.csv` {
		t.Errorf("%d %v", r.StatusCode, r.Header)
	}
	lines := strings.Split(strings.TrimSpace(string(r.body)), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], list.BOM+"case_no,department,limit,received,") || !strings.HasPrefix(lines[1], caseNo(0)+",GH,5,2026-08-23,granted,2026-08-24,") {
		t.Errorf("%q", lines)
	}
	var rows []map[string]any
	if r := s.do("GET", "/api/exports/cases?format=json&state=open", ""); json.Unmarshal(r.body, &rows) != nil || len(rows) != 29 {
		t.Errorf("json: %d rows", len(rows))
	}
	r = s.do("GET", "/api/exports/findings?format=xlsx", "")
	f, err := excelize.OpenReader(bytes.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet, _ := f.GetRows(f.GetSheetName(0))
	all := decode[store.Page[casefile.Finding]](t, s.do("GET", "/api/findings", ""))
	if len(sheet) != all.Total+1 || all.Total == 0 {
		t.Errorf("xlsx: %d rows for %d findings", len(sheet)-1, all.Total)
	}
	if p := s.do("GET", "/api/exports/cases?department=XX", "").problem(t); p.Code != "unknown_department" {
		t.Errorf("%+v", p)
	}
}

// A file has its rows as the list shows them, whether or not an order was asked for.
func TestM12AFileHasItsRowsAsTheListShowsThem(t *testing.T) {
	s := serving(t)
	for _, list := range []string{"cases", "findings"} {
		for _, query := range []string{"", "ascending=false", "ascending=true", "department=GH"} {
			var rows []struct {
				CaseNo string `json:"case_no"`
				Rule   string `json:"rule"`
			}
			if r := s.do("GET", "/api/exports/"+list+"?format=json&"+query, ""); json.Unmarshal(r.body, &rows) != nil {
				t.Fatalf("%s", r.body)
			}
			page := decode[struct {
				Rows []struct {
					CaseNo string `json:"case_no"`
					Rule   string `json:"rule"`
				}
				Total int
			}](t, s.do("GET", "/api/"+list+"?limit=1000&"+query, ""))
			if !slices.Equal(rows, page.Rows) || len(rows) < 2 || len(rows) != page.Total {
				t.Errorf("%s?%s: the file has %v, the list %v", list, query, rows, page.Rows)
			}
		}
	}
}

// breaking offers a list on a disk that goes away after some rows.
func breaking(rows int) func(*api.API) {
	l := &list.List[string, struct{}]{Name: "broken", ZH: "坏", EN: "Broken", Columns: []list.Column[string]{
		list.Text("text", "文字", "Text", 8, func(s *string) string { return *s })}}
	return func(h *api.API) {
		api.File(h, l, "exportBroken", "A list that breaks off", access.Everyone, func(_ context.Context, _ list.Ask, each func(*string) error) error {
			row := strings.Repeat("x", 100)
			for range rows {
				if err := each(&row); err != nil {
					return err
				}
			}
			return errors.New("disk gone")
		})
	}
}

// However late it fails, an export that is not whole is none: the client is told in a
// sentence, and gets nothing that could be taken for the file.
func TestAnExportThatBreaksOffIsNotTakenForWhole(t *testing.T) {
	for _, rows := range []int{200, 100_000} { // in memory, and in a temporary file
		for _, encoding := range []string{"identity", "gzip"} {
			s := serving(t, func(o *Options) { o.Features = append(o.Features, breaking(rows)) })
			r := s.do("GET", "/api/exports/broken", "", header("Accept-Encoding", encoding))
			if p := r.problem(t); p.Code != "internal" || r.Header.Get("Content-Disposition") != "" || r.Header.Get("Content-Encoding") != "" {
				t.Errorf("%d rows, %s: %+v %v", rows, encoding, p, r.Header)
			}
		}
	}
	h := New(Options{Features: []func(*api.API){breaking(10_000)}, Desk: desk}) // inside the window
	r, w := httptest.NewRequest("GET", "/api/exports/broken", nil), httptest.NewRecorder()
	r.Host = "wails"
	if h.ServeHTTP(w, r); w.Code != http.StatusInternalServerError {
		t.Errorf("inside the window an export that broke off ended with %d", w.Code)
	}
}
