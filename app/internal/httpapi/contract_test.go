package httpapi

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// example is a request that works, for each operation of the API.
var examples = map[string]string{
	"board": "/api/board", "departments": "/api/departments", "items": "/api/items?department=GH", "rules": "/api/rules",
	"cases": "/api/cases?state=open&sort=due&ascending=true&limit=5", "caseByNumber": "/api/cases/by-number?department=GH&case_no=" + caseNo(3),
	"findings": "/api/findings?level=yellow", "events": "/api/events?limit=10",
	"quarantine": "/api/quarantine?adapter=gh", "quarantineRow": "/api/quarantine/1", "quarantineSums": "/api/quarantine/sums", "search": "/api/search?q=GH",
	"overdueRegister": "/api/registers/overdue?agreement=only_ours", "rejectionRegister": "/api/registers/rejections",
	"authorizationRegister": "/api/registers/authorizations?status=live",
	"session":               "/api/session", "settings": "/api/settings", "case": "/api/cases/4", "proof": "/api/cases/4/proof?seq=4",
	"checkpoint": "/api/checkpoint", "signCheckpoint": "/api/checkpoint", "checkpointConsistency": "/api/checkpoint/consistency?from=1", "adapters": "/api/adapters", "adapterLogs": "/api/adapters/gh/logs",
	"startAdapter": "/api/adapters/gh/start", "stopAdapter": "/api/adapters/gh/stop", "restartAdapter": "/api/adapters/gh/restart",
	"calendar": "/api/calendar/2026", "importCalendar": "/api/calendar/2027",
	"exportCases": "/api/exports/cases?format=csv", "exportFindings": "/api/exports/findings?format=json",
	"exportOverdue": "/api/exports/overdue?agreement=only_ours", "exportRejections": "/api/exports/rejections?format=json", "exportAuthorizations": "/api/exports/authorizations?status=live",
	"signIn": "/api/sign-in", "signOut": "/api/sign-out", "changePassword": "/api/password",
	"mySessions": "/api/my/sessions", "endMySessions": "/api/my/sessions/end",
	"secondFactor": "/api/second-factor", "beginSecondFactor": "/api/second-factor", "confirmSecondFactor": "/api/second-factor/confirm", "endSecondFactor": "/api/second-factor/off",
	"factorRoles": "/api/factor-roles", "requireSecondFactor": "/api/factor-roles", "removeSecondFactor": "/api/accounts/7/remove-second-factor",
	"accounts": "/api/accounts", "createAccount": "/api/accounts", "changeAccount": "/api/accounts/7", "resetPassword": "/api/accounts/7/reset",
	"revokeSessions": "/api/accounts/7/revoke", "acts": "/api/acts?group=opening&by=7&from=2026-09-01&to=2026-10-01&text=核对&before=10&limit=5", "actPeople": "/api/acts/people", "exportActs": "/api/exports/acts?format=xlsx&by=here", "unmaskApplicant": "/api/cases/4/applicant",
	"myReviews": "/api/my/reviews", "myReview": "/api/my/reviews/1", "declareInterest": "/api/my/reviews/1/interest", "giveVerdict": "/api/my/reviews/1/verdict",
	"reviews": "/api/reviews?state=done&text=GH&from=2026-09-01", "exportReviews": "/api/exports/reviews?format=xlsx", "unsealReviewers": "/api/reviews/1/names",
	"draws": "/api/draws", "makeDraw": "/api/draws", "drawCertificate": "/api/draws/1/certificate",
	"reviewPlan": "/api/reviews/plan", "setReviewPlan": "/api/reviews/plan", "putUpForReview": "/api/reviews",
	"caseReviews": "/api/cases/1/reviews", "authorizationReviews": "/api/authorizations/1/reviews",
	"network": "/api/network", "openNetwork": "/api/network/open", "closeNetwork": "/api/network/close",
	"noteRating": "/api/matters/1/rating", "rateNote": "/api/matters/1/rating",
}

// bodies are what the examples send.
var bodies = map[string]string{
	"importCalendar": `{"year":2027,"days":[],"papers":[]}`, "signIn": `{"login":"a","password":"b"}`, "changePassword": `{"current":"a","new":"b"}`,
	"createAccount": `{"login":"wang","name":"王芳","role":"staff"}`, "changeAccount": `{"name":"王芳","role":"staff","active":true}`,
	"beginSecondFactor": `{"password":"a"}`, "confirmSecondFactor": `{"code":"123456"}`, "endSecondFactor": `{"password":"a"}`, "requireSecondFactor": `{"roles":["head"]}`,
	"unmaskApplicant": `{"reason":"核对投诉"}`,
	"unsealVisitor":   `{"reason":"核对投诉"}`, "planVisit": `{"key":"12345678","date":"2026-09-24","mode":"unannounced","members":[7],"stops":[{"department":"GH"}]}`,
	"changeVisitPlan": `{"key":"12345678","version":1,"date":"2026-09-24","mode":"unannounced","members":[7],"stops":[{"stop":1,"department":"GH"}]}`,
	"cancelVisitPlan": `{"key":"12345678","version":1,"reason":"改到下周再去"}`, "declineVisit": `{"key":"12345678","why":"illness"}`,
	"fileVisit":       `{"key":"12345678","mode":"open","department":"GH","arrived_at":"2026-09-22T01:00:00Z","left_at":"2026-09-22T02:00:00Z"}`,
	"supplementVisit": `{"key":"12345678","text":"补充"}`,
	"stepMatter":      `{"key":"12345678","version":0,"action":"assign","fields":{"task":"请核查"}}`,
	"openNetwork":     `{"port":8617}`, "declareInterest": `{"conflict":"none"}`, "giveVerdict": `{"verdict":"proper"}`,
	"rateNote":      `{"key":"12345678","facts":4,"fairness":5}`,
	"endMySessions": `{"password":"p"}`,
}

// refusals are the examples that have no data behind them, and what they
// answer: nobody signs in where a token is asked for, and who has the token is
// no volunteer.
var refusals = map[string]int{"quarantineRow": 404, "checkpoint": 404, "checkpointConsistency": 404, "signIn": 409, "rateNote": 403,
	"myVisits": 403, "declineVisit": 403, "fileVisit": 403, "supplementVisit": 403, "putPhoto": 403, "myVisitPhoto": 403,
	"myReviews": 403, "myReview": 403, "declareInterest": 403, "giveVerdict": 403}

type operationDoc struct {
	OperationID string `json:"operationId"`
	Parameters  []struct {
		Name, In string
		Required bool
	}
	Responses map[string]struct {
		Content map[string]struct{ Schema json.RawMessage }
	}
}

type document struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]operationDoc
}

func describedAPI(t *testing.T) (document, *jsonschema.Compiler) {
	t.Helper()
	raw, err := OpenAPI("test", features(t, filled(t)))
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("mingcha:api", doc); err != nil {
		t.Fatal(err)
	}
	return d, c
}

func TestEveryOperation(t *testing.T) {
	s := serving(t)
	d, schemas := describedAPI(t)
	if !strings.HasPrefix(d.OpenAPI, "3.1.") {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	seen := 0
	for path, methods := range d.Paths {
		for method, op := range methods {
			method = strings.ToUpper(method)
			target, ok := examples[op.OperationID]
			if !ok {
				t.Errorf("%s %s (%s) has no example", method, path, op.OperationID)
				continue
			}
			seen++
			body := bodies[op.OperationID]
			for what, c := range map[string]struct {
				change with
				status int
				code   string
			}{
				"without token":      {noToken, 401, "no_token"},
				"wrong token":        {header("Authorization", "Bearer "+token+"x"), 401, "no_token"},
				"wrong scheme":       {header("Authorization", "Basic "+token), 401, "no_token"},
				"foreign host":       {host("evil.example"), 403, "foreign_host"},
				"host of the window": {host("wails"), 403, "foreign_host"},
				"foreign origin":     {header("Origin", "http://evil.example"), 403, "foreign_origin"},
				"sandboxed origin":   {header("Origin", "null"), 403, "foreign_origin"},
			} {
				r := s.do(method, target, body, c.change)
				if p := r.problem(t); r.StatusCode != c.status || p.Code != c.code {
					t.Errorf("%s %s %s: %d %s", method, target, what, r.StatusCode, p.Code)
				}
			}
			r := s.do(method, target, body, header("Origin", s.http.URL))
			switch {
			case refusals[op.OperationID] > 0:
				if r.StatusCode != refusals[op.OperationID] {
					t.Errorf("%s %s: %d %s", method, target, r.StatusCode, r.body)
				}
				r.problem(t)
			case r.StatusCode >= 300:
				t.Errorf("%s %s: %d %s", method, target, r.StatusCode, r.body)
			case r.StatusCode == 200 && r.Header.Get("Content-Type") == "application/json" && !strings.HasPrefix(op.OperationID, "export"):
				checkSchema(t, schemas, op, method, path, r.body)
			}
		}
	}
	if seen == 0 {
		t.Error("no operations")
	}
}

// checkSchema holds an answer against what the description promises.
func checkSchema(t *testing.T, c *jsonschema.Compiler, op operationDoc, method, path string, body []byte) {
	t.Helper()
	escaped := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path)
	schema, err := c.Compile("mingcha:api#/paths/" + escaped + "/" + strings.ToLower(method) + "/responses/200/content/application~1json/schema")
	if err != nil {
		t.Errorf("%s: %v", op.OperationID, err)
		return
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s answers what it does not promise: %v\n%.400s", op.OperationID, err, body)
	}
}

func TestTheDescriptionIsSound(t *testing.T) {
	d, c := describedAPI(t)
	raw, _ := OpenAPI("test", features(t, filled(t)))
	var doc struct {
		Components struct{ Schemas map[string]json.RawMessage }
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for name := range doc.Components.Schemas { // each is a JSON Schema 2020-12 whose references lead somewhere
		if _, err := c.Compile("mingcha:api#/components/schemas/" + name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	ids := map[string]bool{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			if ids[op.OperationID] || op.OperationID == "" {
				t.Errorf("%s %s: operationId %q", method, path, op.OperationID)
			}
			ids[op.OperationID] = true
			for _, p := range op.Parameters {
				if p.In == "path" && (!p.Required || !strings.Contains(path, "{"+p.Name+"}")) {
					t.Errorf("%s: path parameter %s", path, p.Name)
				}
			}
			if n := strings.Count(path, "{"); n > 0 && len(op.Parameters) < n {
				t.Errorf("%s: a path parameter is not described", path)
			}
			if len(op.Responses) == 0 {
				t.Errorf("%s: no responses", path)
			}
		}
	}
	if bytes.Contains(raw, []byte(`"null"`)) {
		t.Error("something may be null")
	}
}

func TestTheDescriptionIsServed(t *testing.T) {
	s := serving(t)
	r := s.do("GET", "/api/openapi.json", "")
	d := decode[document](t, r)
	if len(d.Paths) < 20 || !strings.HasPrefix(d.OpenAPI, "3.1.") {
		t.Errorf("%d paths, OpenAPI %s", len(d.Paths), d.OpenAPI)
	}
	if r := s.do("GET", "/api/openapi.json", "", noToken); r.StatusCode != 401 {
		t.Errorf("without token: %d", r.StatusCode)
	}
}
