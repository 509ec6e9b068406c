package httpapi

import (
	"net/http"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// What an operation would leave out of account it refuses, and names.
func TestEveryOperationRefusesParametersThatItDoesNotTake(t *testing.T) {
	s := serving(t)
	d, _ := describedAPI(t)
	asked := 0
	for path, methods := range d.Paths {
		for method, op := range methods {
			if refusals[op.OperationID] == 403 {
				continue // who may not at all is told that
			}
			target, known := examples[op.OperationID], map[string]bool{}
			for _, p := range op.Parameters {
				known[p.Name] = known[p.Name] || p.In == "query"
			}
			for _, name := range []string{"nope", "Department", "limits"} {
				sign := "?"
				if strings.Contains(target, "?") {
					sign = "&"
				}
				r := s.do(strings.ToUpper(method), target+sign+name+"=1", bodies[op.OperationID])
				if p := r.problem(t); r.StatusCode != http.StatusBadRequest || p.Code != "query" || len(p.Errors) != 1 || p.Errors[0].Name != name || !strings.Contains(p.EN, name) || !strings.Contains(p.ZH, name) {
					t.Errorf("%s %s with %s: %d %+v", method, path, name, r.StatusCode, p)
				}
				asked++
			}
		}
	}
	if asked == 0 {
		t.Error("no operations")
	}
}

func TestParametersAreTakenAsOftenAsTheyMean(t *testing.T) {
	s := serving(t)
	for query, want := range map[string][]fault.Field{
		"limit=1&limit=5":                     {{Name: "limit", ZH: "只能给一次，却给了 2 次", EN: "it is taken once, and was given 2 times"}},
		"department=GH&department=GH&nope":    {{Name: "department", ZH: "只能给一次，却给了 2 次", EN: "it is taken once, and was given 2 times"}, {Name: "nope", ZH: "这里没有这个参数", EN: "there is no such parameter here"}},
		"overdue=true&overdue=false":          {{Name: "overdue", ZH: "只能给一次，却给了 2 次", EN: "it is taken once, and was given 2 times"}},
		"text=%FF":                            {{Name: "text", ZH: "不是 UTF-8 文字", EN: "it is no UTF-8 text"}},
		"text=a%00b":                          {{Name: "text", ZH: "不是 UTF-8 文字", EN: "it is no UTF-8 text"}},
		strings.Repeat("x", 50) + "=1":        {{Name: strings.Repeat("x", 40) + "…", ZH: "这里没有这个参数", EN: "there is no such parameter here"}},
		"state=open&state=ended":              nil, // any of several
		"state=open,ended&state=open&text=":   nil,
		"sort=due&ascending=true&offset=0":    nil,
		"received_from=2026-09-01&level=any&": nil,
	} {
		for _, path := range []string{"/api/cases?", "/api/exports/cases?"} {
			if strings.Contains(path, "exports") && (strings.Contains(query, "limit") || strings.Contains(query, "offset")) {
				continue
			}
			r := s.do("GET", path+query, "")
			if want == nil {
				if r.StatusCode != http.StatusOK {
					t.Errorf("%s%s: %d %s", path, query, r.StatusCode, r.body)
				}
				continue
			}
			p := r.problem(t)
			if r.StatusCode != http.StatusBadRequest || len(p.Errors) != len(want) {
				t.Fatalf("%s%s: %d %+v", path, query, r.StatusCode, p)
			}
			for i := range want {
				if p.Errors[i] != want[i] {
					t.Errorf("%s%s: %+v", path, query, p.Errors[i])
				}
			}
		}
	}
	for query, named := range map[string]string{"text=%zz": `"%zz"`, "text=%": `"%"`, "state=open;level=red": `";"`} {
		if p := s.do("GET", "/api/cases?"+query, "").problem(t); p.Status != http.StatusBadRequest || !strings.Contains(p.EN, named) || !strings.Contains(p.ZH, named) {
			t.Errorf("%s: %+v", query, p)
		}
	}
}
