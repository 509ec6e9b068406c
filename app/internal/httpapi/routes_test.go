package httpapi

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

func TestFiltersReachTheStore(t *testing.T) {
	s := serving(t)
	total := func(path string) int {
		t.Helper()
		return decode[store.Page[casefile.Case]](t, s.do("GET", path, "")).Total
	}
	for path, want := range map[string]int{
		"/api/cases":                          30,
		"/api/cases?state=ended":              1,
		"/api/cases?state=open":               29,
		"/api/cases?state=open,ended":         30,
		"/api/cases?state=open&state=ended":   30,
		"/api/cases?text=GH-2026-B":           4, // the 27th to the 30th
		"/api/cases?department=GH&item=I1":    30,
		"/api/cases?received_from=2026-09-20": 2, // of the 20th and 21st; the 30th case came yesterday
		"/api/cases?received_to=2026-08-24":   1,
		"/api/cases?received_from=2026-08-23T02:00:00Z&received_to=2026-08-24T02:00:01Z": 2,
	} {
		if got := total(path); got != want {
			t.Errorf("%s: %d cases, want %d", path, got, want)
		}
	}
	p := decode[store.Page[casefile.Case]](t, s.do("GET", "/api/cases?sort=case_no&ascending=true&offset=2&limit=3", ""))
	if len(p.Rows) != 3 || p.Rows[0].CaseNo != caseNo(2) || p.Rows[0].Department != "GH" {
		t.Errorf("%+v", p.Rows)
	}
	c := decode[casefile.Case](t, s.do("GET", "/api/cases/by-number?department=GH&case_no="+caseNo(0), ""))
	if c.Outcome != "granted" {
		t.Errorf("outcome %s", c.Outcome)
	}
	if p := s.do("GET", "/api/cases/by-number?department=GH&case_no=none", "").problem(t); p.Status != 404 || p.Code != "unknown_case" {
		t.Errorf("%+v", p)
	}
	if p := s.do("GET", "/api/cases?department=XX", "").problem(t); p.Status != 404 || p.Code != "unknown_department" {
		t.Errorf("%+v", p)
	}
	r := decode[casefile.SearchResult](t, s.do("GET", "/api/search?q=%E8%A7%84%E5%88%92", "")) // 规划
	if len(r.Cases) != 8 || len(r.Items) != 1 || len(r.Departments) != 1 {
		t.Errorf("search: %d cases, %d items, %d departments", len(r.Cases), len(r.Items), len(r.Departments))
	}
}

func TestWrongInputIsNamedInBothLanguages(t *testing.T) {
	s := serving(t)
	for path, want := range map[string]fault.Field{
		"/api/cases?limit=0":                          {Name: "limit", ZH: "应不小于 1", EN: "expected number >= 1"},
		"/api/cases?limit=5000":                       {Name: "limit", ZH: "应不大于 1000", EN: "expected number <= 1000"},
		"/api/cases?limit=%2B5":                       {Name: "limit", ZH: "应为整数", EN: "invalid integer"},
		"/api/findings?rule=V01,,V02":                 {Name: "rule", ZH: "两个逗号之间没有内容", EN: "there is nothing between two commas"},
		"/api/cases?limit=many":                       {Name: "limit", ZH: "应为整数", EN: "invalid integer"},
		"/api/cases?overdue=maybe":                    {Name: "overdue", ZH: "应为 true 或 false", EN: "invalid boolean"},
		"/api/findings?state=gone":                    {Name: "state", ZH: "只能是以下之一：active, superseded, settled, withdrawn", EN: `expected value to be one of "active, superseded, settled, withdrawn"`},
		"/api/cases?received_from=yesterday":          {Name: "received_from", ZH: "应为日期（如 2026-09-22）或 RFC 3339 时间", EN: "expected a date such as 2026-09-22, or an RFC 3339 time"},
		"/api/exports/cases?due_to=1":                 {Name: "due_to", ZH: "应为日期（如 2026-09-22）或 RFC 3339 时间", EN: "expected a date such as 2026-09-22, or an RFC 3339 time"},
		"/api/cases?item=I1":                          {Name: "item", ZH: "按事项筛选时请同时选择部门", EN: "choose a department along with the item"},
		"/api/exports/cases?format=pdf":               {Name: "format", ZH: "只能是以下之一：csv, json, xlsx", EN: `expected value to be one of "csv, json, xlsx"`},
		"/api/cases/by-number?department=GH":          {Name: "case_no", ZH: "必填", EN: "required query parameter is missing"},
		"/api/cases/abc":                              {Name: "id", ZH: "应为整数", EN: "invalid integer"},
		"/api/calendar/99":                            {Name: "year", ZH: "应不小于 1990", EN: "expected number >= 1990"},
		"/api/cases?text=" + strings.Repeat("x", 101): {Name: "text", ZH: "最多 100 个字符", EN: "expected length <= 100"},
	} {
		r := s.do("GET", path, "")
		p := r.problem(t)
		if r.StatusCode != 422 || p.Code != "invalid_input" || len(p.Errors) != 1 || p.Errors[0] != want {
			t.Errorf("%s: %d %+v", path, r.StatusCode, p)
		}
	}
}

func TestUnknownAddressesAndMethods(t *testing.T) {
	s := serving(t)
	for _, c := range []struct {
		method, path string
		status       int
		code         string
	}{
		{"GET", "/api/nothing", 404, "no_such_address"},
		{"GET", "/api", 404, "no_such_address"},
		{"GET", "/api/live", 404, "no_such_address"}, // none is served here
		{"DELETE", "/api/cases", 405, "wrong_method"},
		{"POST", "/api/board", 405, "wrong_method"},
	} {
		r := s.do(c.method, c.path, "")
		if p := r.problem(t); r.StatusCode != c.status || p.Code != c.code {
			t.Errorf("%s %s: %d %s", c.method, c.path, r.StatusCode, p.Code)
		}
		if c.status == 405 && !strings.Contains(r.Header.Get("Allow"), "GET") {
			t.Errorf("%s %s: Allow %q", c.method, c.path, r.Header.Get("Allow"))
		}
	}
}

func TestFaultsBecomeProblemsAndCausesStayInTheLog(t *testing.T) {
	con := &console{}
	s := serving(t, instead(con))
	cause := errors.New("constraint failed on table secret")
	for kind, status := range map[fault.Kind]int{fault.Internal: 500, fault.Invalid: 422, fault.NotFound: 404, fault.Conflict: 409, fault.Forbidden: 403, fault.Unavailable: 503} {
		f := fault.New(kind, "some_code", "请这样做。", "Do this.", cause)
		f.Fields = []fault.Field{{Name: "year", ZH: "错", EN: "wrong"}}
		con.fail = f
		r := s.do("GET", "/api/adapters/gh/logs", "")
		p := r.problem(t)
		if r.StatusCode != status || p.Code != "some_code" || p.ZH != "请这样做。" || p.EN != "Do this." || len(p.Errors) != 1 || p.Errors[0].Name != "year" {
			t.Errorf("kind %d: %d %s", kind, r.StatusCode, r.body)
		}
		if bytes.Contains(r.body, []byte("secret")) {
			t.Errorf("the cause got out: %s", r.body)
		}
	}
	con.fail = cause
	if p := s.do("POST", "/api/adapters/gh/restart", "").problem(t); p.Status != 500 || p.Code != "internal" || strings.Contains(p.EN, "secret") {
		t.Errorf("%+v", p)
	}
	con.fail = context.DeadlineExceeded
	if p := s.do("GET", "/api/calendar/2026", "").problem(t); p.Status != 504 || p.Code != "timeout" {
		t.Errorf("%+v", p)
	}
	if n := strings.Count(s.log.String(), "secret"); n != 7 {
		t.Errorf("the log tells the cause %d times of 7", n)
	}
}

func TestListsAreNeverNull(t *testing.T) {
	s := serving(t)
	for _, path := range []string{"/api/cases/4", "/api/adapters/gh/logs", "/api/calendar/2026", "/api/search?q=+",
		"/api/settings", "/api/registers/authorizations", "/api/cases/4/proof?seq=4", "/api/board", "/api/findings?department=GH"} {
		r := s.do("GET", path, "")
		if r.StatusCode != 200 || bytes.Contains(r.body, []byte("null")) {
			t.Errorf("%s: %d %s", path, r.StatusCode, r.body)
		}
	}
}

func TestAPanicStaysWithItsRequest(t *testing.T) {
	s := serving(t, instead(&console{panic: "out of luck"}))
	if p := s.do("GET", "/api/settings", "").problem(t); p.Status != 500 || p.Code != "internal" {
		t.Errorf("%+v", p)
	}
	if !strings.Contains(s.log.String(), "out of luck") {
		t.Error("the log does not tell of the panic")
	}
	if r := s.do("GET", "/api/rules", ""); r.StatusCode != 200 {
		t.Errorf("afterwards: %d", r.StatusCode)
	}
}
