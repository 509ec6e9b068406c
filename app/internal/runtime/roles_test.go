package runtime

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

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

// openers are the operations that tell who an applicant, a rater, a reviewer or
// a visitor is.
var openers = []string{"unmaskApplicant", "openRater", "openCallback", "unsealReviewers", "unsealVisitor"}

// namers are the operations that name volunteers without saying whose a review or
// a visit was: the roll of volunteers, whom the office asks to go, and oneself.
var namers = []string{"accounts", "changeAccount", "terms", "volunteerRecord", "trainings", "exportVolunteers", "visitors", "visitPlans", "planVisit", "changeVisitPlan",
	"createAccount", "resetPassword", "acts", "exportActs", "session", "myVisits"}

// reading is what one reads at an operation in the peopled town: its address, and
// what stands in the answer.
type reading struct{ path, holds string }

// readings are an object of the town for each operation that reads; GH's, which
// a liaison of GH may read, too.
func (w *peopled) readings() map[string]reading {
	span := "from=2026-01-01&to=2026-12-31"
	today := w.c.cal.DateOf(w.c.Now()).String()
	at := func(format string, a ...any) string { return fmt.Sprintf(format, a...) }
	return map[string]reading{
		"accounts":              {"/api/accounts", `"as-staff"`},
		"actPeople":             {"/api/acts/people", "姓名as-head"},
		"acts":                  {"/api/acts?limit=500", "visit.filed"},
		"authorizationRegister": {"/api/registers/authorizations", "GH-授权-1"},
		"authorizationReviews":  {at("/api/authorizations/%d/reviews", w.authorization), `"state":"open"`},
		"board":                 {"/api/board", `"GH"`},
		"calendar":              {"/api/calendar/2026", "2026-10-01"},
		"calendarList":          {"/api/calendar/2026/list", "2026-10-01"},
		"callbackDraws":         {"/api/callbacks/draws", `"drawn":4`},
		"callbacks":             {"/api/callbacks", "GH-2026-00"},
		"case":                  {at("/api/cases/%d", w.ghCase), "GH-2026-02"},
		"caseByNumber":          {"/api/cases/by-number?department=GH&case_no=GH-2026-02", itoa(w.ghCase)},
		"caseReviews":           {at("/api/cases/%d/reviews", w.ghCase), "overdue"},
		"cases":                 {"/api/cases", "GH-2026-02"},
		"checkpoint":            {"/api/checkpoint", `"size"`},
		"checkpointConsistency": {"/api/checkpoint/consistency?from=1", `"proof"`},
		"departments":           {"/api/departments", "GH局"},
		"drawCertificate":       {at("/api/draws/%d/certificate", w.draw), `"sample"`},
		"draws":                 {"/api/draws", "overdue"},
		"events":                {"/api/events?limit=500", "GH-2026-02"},
		"exportActs":            {"/api/exports/acts?format=csv", "visit.filed"},
		"exportAuthorizations":  {"/api/exports/authorizations?format=csv", "GH-授权-1"},
		"exportCases":           {"/api/exports/cases?format=csv", "GH-2026-02"},
		"exportFindings":        {"/api/exports/findings?format=csv", "GH-2026-02"},
		"exportMatters":         {"/api/exports/matters?format=csv", ofGH},
		"exportOverdue":         {"/api/exports/overdue?format=csv", "GH-2026-02"},
		"exportRatings":         {"/api/exports/ratings?format=csv", "GH-2026-00"},
		"exportRejections":      {"/api/exports/rejections?format=csv", "GH-报备-1"},
		"exportReviews":         {"/api/exports/reviews?format=csv", "proper"},
		"exportVisits":          {"/api/exports/visits?format=csv", "12 号"},
		"exportVolunteers":      {"/api/exports/volunteers?format=csv", "证-000"},
		"factorRoles":           {"/api/factor-roles", "roles"},
		"findings":              {"/api/findings", "GH-2026-02"},
		"itemChanges":           {"/api/catalogue/changes?department=GH", "GH许可"},
		"items":                 {"/api/items", "GH许可"},
		"matter":                {at("/api/matters/%d", w.matter), ofGH},
		"matterCounts":          {"/api/matters/counts", "waiting"},
		"matterVisits":          {at("/api/matters/%d/visits", w.arranged), today},
		"matters":               {"/api/matters", ofGH},
		"myReview":              {at("/api/my/reviews/%d", w.ownReview), `"open"`},
		"myReviews":             {"/api/my/reviews", `"open"`},
		"mySessions":            {"/api/my/sessions", "127.0.0.1"},
		"myTerm":                {"/api/my/term", "证-000"},
		"myVisitPhoto":          {at("/api/my/visits/%d/photos/%s", w.ownVisit, w.photo), "\xff\xd8"},
		"myVisits":              {"/api/my/visits", ofGH},
		"matterAttachment":      {at("/api/matters/%d/attachments/%s", w.matter, w.paper), "%PDF-"},
		"noteRating":            {at("/api/matters/%d/rating", w.matter), "写得清楚"},
		"proof":                 {at("/api/cases/%d/proof?seq=%d", w.ghCase, w.ghCase), "record_sha256"},
		"quarantine":            {"/api/quarantine", `"bad"`},
		"quarantineSums":        {"/api/quarantine/sums", `"code":"kind"`},
		"quarantineRow":         {at("/api/quarantine/%d", w.quarantined), "GH-2026-77"},
		"rating":                {at("/api/ratings/%d", w.rating), "GH-2026-00"},
		"ratingFigures":         {"/api/ratings/figures?" + span, `"GH"`},
		"ratingImports":         {"/api/ratings/imports", "九月.csv"},
		"ratings":               {"/api/ratings", "GH-2026-00"},
		"rejectionRegister":     {"/api/registers/rejections", "GH-报备-1"},
		"overdueRegister":       {"/api/registers/overdue", "GH-2026-02"},
		"reviewPlan":            {"/api/reviews/plan", `"every":"month"`},
		"reviews":               {"/api/reviews", `"done"`},
		"rules":                 {"/api/rules", "V02"},
		"search":                {"/api/search?q=GH-2026", "GH-2026-02"},
		"secondFactor":          {"/api/second-factor", `"on":false`},
		"session":               {"/api/session", "姓名as-"},
		"settings":              {"/api/settings", "civil"},
		"terms":                 {"/api/volunteers", "证-000"},
		"trainings":             {"/api/trainings", "暗访要领"},
		"visit":                 {at("/api/visits/%d", w.visit), ofGH},
		"visitCandidates":       {"/api/visits/candidates", `"JS"`},
		"visitPhoto":            {at("/api/visits/%d/photos/%s", w.visit, w.photo), "\xff\xd8"},
		"visitPlanCounts":       {"/api/visits/plans/counts", "declined"},
		"visitPlans":            {"/api/visits/plans", "穿便装"},
		"visitors":              {"/api/visits/visitors?date=" + today + "&department=GH", "姓名seer0"},
		"visits":                {"/api/visits", ofGH},
		"volunteerRecord":       {at("/api/volunteers/%d", w.volunteers[0].ID), "按时完成评议"},
	}
}

// elsewhere are the operations that read what a town without adapter programs and
// without a window has not got, and what they answer.
var elsewhere = map[string]int{"adapters": http.StatusOK, "adapterLogs": http.StatusOK, "network": http.StatusConflict}

// places are the objects of the town at which an example of an act is tried.
func (w *peopled) places() *strings.Replacer {
	one := w.volunteers[1]
	return strings.NewReplacer("/accounts/1", "/accounts/"+itoa(one.ID), "/volunteers/1", "/volunteers/"+itoa(one.ID), "/cases/1/", "/cases/"+itoa(w.ghCase)+"/",
		"/my/reviews/1/", "/my/reviews/"+itoa(w.ownReview)+"/", "/reviews/1/", "/reviews/"+itoa(w.review)+"/", "/my/visits/plans/1/", "/my/visits/plans/"+itoa(w.plan)+"/",
		"/visits/plans/1", "/visits/plans/"+itoa(w.plan), "/my/visits/1/", "/my/visits/"+itoa(w.ownVisit)+"/", "/visits/1/", "/visits/"+itoa(w.visit)+"/",
		"/matters/1/", "/matters/"+itoa(w.matter)+"/", "/ratings/1/", "/ratings/"+itoa(w.rating)+"/", "/callbacks/1/", "/callbacks/"+itoa(w.callback)+"/",
		"/terms/1/", "/terms/"+itoa(w.term)+"/", "/trainings/1/", "/trainings/"+itoa(w.training)+"/")
}

// keys are the fields under which an answer would number a person.
var keys = regexp.MustCompile(`"(account|accounts|by|who|visitor|volunteer|volunteers|reviewer|reviewers|members?|author)":\[?(\d+(?:,\d+)*)`)

// tells lists what an answer tells a role that must not be told it.
func (w *peopled) tells(op string, role access.Role, answer []byte) (all []string) {
	want := func(what string, secrets ...string) {
		for _, s := range secrets {
			if holds(answer, s) {
				all = append(all, what+" "+s)
			}
		}
	}
	opened := slices.Contains(openers, op) && slices.Contains(w.table[op], role)
	if !opened {
		want("an applicant's", applicant, idNumber, phone)
	}
	if !opened && !slices.Contains(namers, op) {
		for _, v := range w.volunteers {
			if op == "session" {
				continue
			}
			want("the volunteer", v.Name, `"`+v.Login+`"`)
			for _, m := range keys.FindAllSubmatch(answer, -1) {
				if slices.Contains(strings.Split(string(m[2]), ","), itoa(v.ID)) {
					all = append(all, "the number of "+v.Name+" as "+string(m[1]))
				}
			}
		}
	}
	if role == access.Liaison {
		// What the office publishes names every department: its list, its items, and
		// what a draw was made from, by numbers that say nothing to a stranger.
		if op != "departments" && op != "items" && op != "drawCertificate" {
			want("another department's", `"JS"`, ",JS,")
		}
		want("another department's", "JS-", ofJS)
		want("the volunteer's words", "赵记面馆")
	}
	if role == access.Volunteer {
		want("too much:", handler, "-2026-0", ofJS)
	}
	return all
}

// Every endpoint × every role, in a town where everything has happened: allowed
// or refused as the table says; what one may read is there; and what
// identifies an applicant, a rater or a volunteer, or is another department's,
// never leaves the server but through the operation for it.
func TestEveryEndpointForEveryRole(t *testing.T) {
	w := people(t)
	all := calls(t)
	readings, places := w.readings(), w.places()
	sessions := map[access.Role]*browser{}
	checked := 0
	try := func(c call, path string) {
		// Nobody at all.
		if status, answer := w.browser().do(c.method, path, c.body); status != http.StatusUnauthorized {
			t.Errorf("%s by nobody: %d %s", c.id, status, answer)
		}
		if c.id == "signIn" {
			return
		}
		for _, role := range access.Roles {
			b := sessions[role]
			if b == nil {
				b = w.signedIn("as-" + string(role))
				sessions[role] = b
			}
			status, answer := b.do(c.method, path, c.body)
			if c.method != http.MethodGet && (strings.HasPrefix(path, "/api/my/sessions") || strings.HasPrefix(path, "/api/password") || strings.HasPrefix(path, "/api/second-factor") || path == "/api/sign-out") {
				delete(sessions, role) // ended, or nearer to being locked
			}
			refused := status == http.StatusUnauthorized || status == http.StatusForbidden
			may := slices.Contains(w.table[c.id], role)
			if refused == may || may && status >= 500 {
				t.Errorf("%s %s by %s: %d %.200s; the table says %v", c.method, path, role, status, answer, may)
			}
			if r, reads := readings[c.id]; may && reads && (status != http.StatusOK || !holds(answer, r.holds)) {
				t.Errorf("%s %s by %s: %d, wants %q in %.2000s", c.method, path, role, status, r.holds, answer)
			}
			if want, is := elsewhere[c.id]; may && is && status != want {
				t.Errorf("%s %s by %s: %d %.200s, want %d", c.method, path, role, status, answer, want)
			}
			for _, told := range w.tells(c.id, role, answer) {
				t.Errorf("%s %s tells %s %s: %.600s", c.method, path, role, told, answer)
			}
			checked++
		}
	}
	for _, c := range all {
		if c.method != http.MethodGet {
			continue
		}
		r, reads := readings[c.id]
		if _, is := elsewhere[c.id]; !reads && !is {
			t.Errorf("no object is read at %s: add one to the readings", c.id)
		}
		if !reads {
			r.path = c.path
		}
		try(c, r.path)
	}
	for _, c := range all { // after all was read: these change it
		if c.method != http.MethodGet {
			try(c, places.Replace(c.path))
		}
	}
	if want := (len(all) - 1) * len(access.Roles); checked != want || len(all) < 40 {
		t.Errorf("checked %d of %d", checked, want)
	}
	for op := range w.table {
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
