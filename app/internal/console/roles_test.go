package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
)

// call is an operation of the API's description with an example made from it.
type call struct {
	id, method, path, body string
}

type schema struct {
	Ref                string `json:"$ref"`
	Type               any
	Enum               []any
	Format             string
	Minimum, MinLength float64
	Properties         map[string]schema
	Required           []string
	Items              *schema
}

type description struct {
	Paths map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Parameters  []struct {
			Name, In string
			Required bool
			Schema   schema
		}
		RequestBody struct {
			Content map[string]struct{ Schema schema }
		} `json:"requestBody"`
	}
	Components struct{ Schemas map[string]schema }
}

// example is a value that a schema allows.
func (d *description) example(s schema) any {
	if s.Ref != "" {
		return d.example(d.Components.Schemas[s.Ref[strings.LastIndex(s.Ref, "/")+1:]])
	}
	for _, v := range s.Enum {
		if v != "" {
			return v
		}
	}
	switch s.Type {
	case "object":
		out := map[string]any{}
		for name, p := range s.Properties {
			if slices.Contains(s.Required, name) {
				out[name] = d.example(p)
			}
		}
		return out
	case "array":
		return []any{}
	case "integer", "number":
		return max(1, s.Minimum)
	case "boolean":
		return true
	}
	if s.Format == "date" {
		return "2026-11-02"
	}
	return strings.Repeat("例", max(3, int(s.MinLength)))
}

// calls makes one call of every operation.
func calls(t *testing.T) (out []call) {
	t.Helper()
	raw, err := httpapi.OpenAPI("test", Described())
	if err != nil {
		t.Fatal(err)
	}
	var d description
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	for path, methods := range d.Paths {
		for method, op := range methods {
			c := call{id: op.OperationID, method: strings.ToUpper(method), path: path}
			query := url.Values{}
			for _, p := range op.Parameters {
				value := fmt.Sprint(d.example(p.Schema))
				switch {
				case p.In == "path":
					c.path = strings.ReplaceAll(c.path, "{"+p.Name+"}", url.PathEscape(value))
				case p.Required:
					query.Set(p.Name, value)
				}
			}
			if len(query) > 0 {
				c.path += "?" + query.Encode()
			}
			if content, ok := op.RequestBody.Content["application/json"]; ok {
				b, err := json.Marshal(d.example(content.Schema))
				if err != nil {
					t.Fatal(err)
				}
				c.body = string(b)
			}
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b call) int { return strings.Compare(a.id, b.id) })
	return out
}

// openers are the operations that tell who an applicant or a rater is.
var openers = []string{"unmaskApplicant", "openRater", "openCallback"}

// Every endpoint × every role: allowed or refused as access's table says, and
// what identifies an applicant never leaves the server but through the one
// operation for it.
func TestEveryEndpointForEveryRole(t *testing.T) {
	w := openTown(t)
	w.rate()
	if _, err := w.c.SignCheckpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := calls(t)
	w.add("head", access.Head, "")
	today := w.c.Now().In(w.c.cal.Zone()).Format(time.DateOnly)
	if _, err := w.c.Ratings().DrawCallbacks(access.With(t.Context(), access.Here), httpapi.CallbackRequest{From: "2026-01-01", To: today, Percent: 100}); err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles {
		department := ""
		if role == access.Liaison {
			department = "GH"
		}
		w.add("as-"+string(role), role, department)
	}
	checked, table := 0, httpapi.Table(Described())
	for _, c := range all {
		// Nobody at all.
		status, answer := w.browser().do(c.method, c.path, c.body)
		if want := http.StatusUnauthorized; status != want {
			t.Errorf("%s by nobody: %d %s, want %d", c.id, status, answer, want)
		}
		if c.id == "signIn" {
			continue
		}
		for _, role := range access.Roles {
			b := w.signedIn("as-" + string(role)) // anew: some calls sign out
			status, answer := b.do(c.method, c.path, c.body)
			refused := status == http.StatusUnauthorized || status == http.StatusForbidden
			if may := slices.Contains(table[c.id], role); refused == may || may && status >= 500 {
				t.Errorf("%s %s by %s: %d %.200s; the table says %v", c.method, c.path, role, status, answer, may)
			}
			checked++
			if slices.Contains(openers, c.id) && slices.Contains(table[c.id], role) {
				continue
			}
			for _, secret := range []string{applicant, idNumber, phone} {
				if holds(answer, secret) {
					t.Errorf("%s tells %s an applicant's %s", c.id, role, secret)
				}
			}
			if role == access.Liaison && c.id != "departments" && c.id != "items" && (holds(answer, "JS-2026") || holds(answer, `"JS"`)) {
				t.Errorf("%s tells a liaison of GH of JS: %.300s", c.id, answer)
			}
			if role == access.Volunteer && (holds(answer, handler) || holds(answer, "-2026-0")) {
				t.Errorf("%s tells a volunteer too much: %.300s", c.id, answer)
			}
		}
	}
	if want := (len(all) - 1) * len(access.Roles); checked != want || len(all) < 40 {
		t.Errorf("checked %d of %d", checked, want)
	}
	for op := range table {
		if op != "live" && !slices.ContainsFunc(all, func(c call) bool { return c.id == op }) {
			t.Errorf("the table speaks of %s, which does not exist", op)
		}
	}
}

// A liaison who asks for another department's matters by their address gets
// what somebody gets who asks for what does not exist.
func TestALiaisonIsKeptToItsDepartment(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("gh", access.Liaison, "GH")
	head, liaison := w.signedIn("head"), w.signedIn("gh")
	var page struct {
		Rows []struct {
			ID         uint64
			Department string
			CaseNo     string `json:"case_no"`
		}
	}
	if _, answer := head.do("GET", "/api/cases", ""); json.Unmarshal(answer, &page) != nil || len(page.Rows) != 8 {
		t.Fatalf("head sees %d cases", len(page.Rows))
	}
	for _, row := range page.Rows {
		for _, path := range []string{
			fmt.Sprintf("/api/cases/%d", row.ID), fmt.Sprintf("/api/cases/%d/proof?seq=%d", row.ID, row.ID),
			fmt.Sprintf("/api/cases/by-number?department=%s&case_no=%s", row.Department, row.CaseNo),
			"/api/cases?department=" + row.Department, "/api/findings?department=" + row.Department, "/api/events?department=" + row.Department,
			"/api/registers/overdue?department=" + row.Department, "/api/registers/rejections?department=" + row.Department,
			"/api/registers/authorizations?department=" + row.Department,
			"/api/exports/cases?format=csv&department=" + row.Department, "/api/exports/ratings?format=csv&department=" + row.Department,
			"/api/ratings?department=" + row.Department, "/api/ratings/figures?from=2026-01-01&to=2100-01-01&department=" + row.Department,
		} {
			want := http.StatusOK
			if row.Department != "GH" {
				want = http.StatusNotFound
			}
			if status, answer := liaison.do("GET", path, ""); status != want {
				t.Errorf("%s: %d %.200s, want %d", path, status, answer, want)
			}
		}
	}
	var board struct {
		City        struct{ Open int }
		Departments []struct{ Code string }
	}
	_, answer := liaison.do("GET", "/api/board", "")
	if err := json.Unmarshal(answer, &board); err != nil || board.City.Open != 2 || len(board.Departments) != 1 || board.Departments[0].Code != "GH" {
		t.Errorf("board %+v, %v", board, err)
	}
	_, answer = liaison.do("GET", "/api/search?q=JS", "")
	if holds(answer, "JS-2026") {
		t.Errorf("search finds %s", answer)
	}
}
