//go:build unix

package acceptance

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// writeGoldens asks the reference folder everything and keeps the answers, in
// the order in which they were asked: what leaves the folder is journaled, and
// so part of later answers.
func writeGoldens(t testing.TB) {
	t.Helper()
	var all []entry
	for _, part := range referenceParts {
		dir := unpackFolder(t)
		var questions []string
		switch part.name {
		case "command line":
			questions = commandQuestions()
		case "at the machine":
			questions = exportQuestions()
		default:
			s := serve(t, unpackFolder(t))
			questions = roleQuestions(t, s)
			s.stop()
		}
		ask := part.open(t, dir)
		refused := map[string]bool{}
		for _, q := range questions {
			kind := numbers.ReplaceAllString(q, "{}")
			if refused[kind] {
				continue // once is enough
			}
			answer := ask(q)
			refused[kind] = strings.HasPrefix(string(answer), "403 ")
			all = append(all, entry{part.name + ": " + q, answer})
		}
	}
	for _, g := range all {
		if strings.HasPrefix(string(g.content), "429 ") || strings.HasPrefix(string(g.content), "500 ") {
			t.Errorf("%s: %.200s", g.name, g.content)
		}
	}
	writeTarball(t, referenceFile("goldens.tar.gz"), all)
}

// numbers are what of an address tells one thing from another of its kind.
var numbers = regexp.MustCompile(`/[0-9a-f]{64}|/[0-9]+|\?.*`)

// commandQuestions are what the command line tells of a folder.
func commandQuestions() (out []string) {
	out = append(out, "verify", "verify --json")
	for _, format := range []string{"csv", "json", "xlsx"} {
		cases, findings := []string{"", " --state open"}, []string{"", " --department GH"}
		if format == "csv" {
			cases = append(cases, " --department GH", " --state ended", " --level any", " --level red", " --overdue")
			findings = append(findings, " --rule V02", " --level yellow", " --state active", " --state superseded")
		}
		for _, filter := range cases {
			out = append(out, "cases --format "+format+filter)
		}
		for _, filter := range findings {
			out = append(out, "findings --format "+format+filter)
		}
	}
	return out
}

// exportQuestions are every file that leaves by the pages, in every format,
// whole and with a filter.
func exportQuestions() (out []string) {
	for _, x := range [][]string{
		{"acts", "group=matter"},
		{"authorizations", "department=GS"},
		{"cases", "state=open&sort=due&ascending=true", "level=yellow", "overdue=true", "received_from=2026-09-01&department=GH"},
		{"findings", "rule=V02", "department=GH&state=active", "raised_from=2026-09-01"},
		{"matters", "open=true&sort=due", "source=review", "overdue=true", "department=GH"},
		{"overdue", "department=GH"},
		{"ratings", "bad=true", "department=GH"},
		{"rejections", "department=GH"},
		{"reviews", "state=done&verdict=improper", "kind=finding"},
		{"visits", "mode=unannounced", "finding=slow"},
		{"volunteers"},
	} {
		for _, format := range []string{"csv", "json", "xlsx"} {
			out = append(out, "/api/exports/"+x[0]+"?format="+format)
			for _, filter := range x[1:] {
				out = append(out, "/api/exports/"+x[0]+"?format="+format+"&"+filter)
			}
		}
	}
	return append(out, "/api/exports/cases?format=xlsx", "/api/session", "/api/acts")
}

// roleQuestions are, for each role, everything that can be read: each list
// plain, by each of its filters for the head, and each single thing that the
// lists name. Files come last, since they are journaled.
func roleQuestions(t testing.TB, s *server) []string {
	t.Helper()
	c := (&openedOffice{t: t, base: "http://" + s.Listen}).visitor("machine")
	c.token = s.Token
	var api struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name, In string
				Schema   struct {
					Type any
					Enum []any
				}
			}
		}
	}
	c.must("GET", "/api/openapi.json", nil, &api)
	single := singleQuestions(t, c)
	var plain, filtered, files []string
	for path, methods := range api.Paths {
		get, ok := methods["get"]
		switch {
		case !ok:
			continue
		case strings.HasPrefix(path, "/api/exports/"):
			files = append(files, path+"?format=json")
			continue
		case strings.Contains(path, "{"):
			if len(single[path]) == 0 {
				t.Errorf("nothing is asked of %s", path)
			}
			plain = append(plain, single[path]...)
			continue
		}
		if must, ok := required[path]; ok {
			plain = append(plain, path+"?"+must)
			continue
		}
		plain = append(plain, path)
		for _, p := range get.Parameters {
			values := p.Schema.Enum
			if p.Schema.Type == "boolean" {
				values = []any{true}
			}
			if values == nil {
				values = samples[p.Name]
			}
			if values == nil && p.Name != "case_id" {
				t.Errorf("nothing is asked of %s by %s", path, p.Name)
			}
			for _, v := range values {
				filtered = append(filtered, path+"?"+p.Name+"="+url.QueryEscape(fmt.Sprint(v)))
			}
		}
	}
	slices.Sort(plain)
	slices.Sort(filtered)
	slices.Sort(files)
	var out []string
	for _, login := range goldenPeople {
		ask := plain
		if login == "head" {
			ask = append(slices.Clone(plain), filtered...)
		}
		if login == "gh" { // a department is kept to its own, whatever it asks for
			ask = append(slices.Clone(plain), "/api/cases?department=JS", "/api/findings?department=JS", "/api/matters?department=JS", "/api/ratings?department=JS", "/api/reviews?department=JS")
		}
		for _, q := range append(slices.Clone(ask), files...) {
			out = append(out, login+" "+q)
		}
	}
	return out
}

// required are the parameters without which a list does not answer.
var required = map[string]string{
	"/api/cases/by-number": "department=CS&case_no=N002",
	"/api/ratings/figures": "from=2026-09-01&to=2026-10-01",
	"/api/search":          "q=GH-2026",
	"/api/visits/visitors": "date=2026-10-20&department=GH&department=SW",
}

// samples are values of filters that have no list of values.
var samples = map[string][]any{
	"department": {"GH", "JS"}, "item": {"GH-001"}, "text": {"GH", "窗口", "1"}, "by": {0, 1}, "rule": {"V02", "V20"}, "status": {"active"},
	"received_from": {"2026-09-01"}, "received_to": {"2026-07-01"}, "due_from": {"2026-10-01"}, "due_to": {"2026-08-01"},
	"raised_from": {"2026-09-01"}, "raised_to": {"2026-07-01"}, "from": {"2026-09-24"}, "to": {"2026-09-24T12:00:00Z"},
	"offset": {3}, "limit": {2}, "before": {1000}, "draw": {0}, "adapter": {"lines", "@office"}, "agreement": {"agrees"},
}

// singleQuestions name single things, by address: those that the lists name,
// and one that there is not.
func singleQuestions(t testing.TB, c *caller) map[string][]string {
	t.Helper()
	out := map[string][]string{
		"/api/calendar/{year}":      {"/api/calendar/2026", "/api/calendar/2027", "/api/calendar/2030"},
		"/api/adapters/{name}/logs": {"/api/adapters/city/logs"},
	}
	each := func(list string, every int, paths ...string) {
		for i, row := range c.rows(list) {
			if i%every == 0 {
				for _, p := range paths {
					out[p] = append(out[p], strings.Replace(p, "{id}", fmt.Sprintf("%.0f", row["id"]), 1))
				}
			}
		}
		for _, p := range paths {
			out[p] = append(out[p], strings.Replace(p, "{id}", "999999", 1))
		}
	}
	each("/api/cases?limit=200&sort=received", 16, "/api/cases/{id}", "/api/cases/{id}/reviews")
	each("/api/reviews?limit=200", 3, "/api/my/reviews/{id}")
	each("/api/draws", 1, "/api/draws/{id}/certificate")
	each("/api/callbacks/draws", 1, "/api/draws/{id}/certificate")
	each("/api/matters?limit=200", 3, "/api/matters/{id}", "/api/matters/{id}/rating", "/api/matters/{id}/visits")
	each("/api/quarantine", 2, "/api/quarantine/{id}")
	each("/api/ratings?limit=200", 9, "/api/ratings/{id}")
	each("/api/visits", 1, "/api/visits/{id}")
	for _, row := range c.rows("/api/registers/authorizations?limit=200")[:2] {
		out["/api/authorizations/{id}/reviews"] = append(out["/api/authorizations/{id}/reviews"], fmt.Sprintf("/api/authorizations/%.0f/reviews", row["seq"]))
	}
	var roll struct{ Volunteers []struct{ ID uint64 } }
	c.must("GET", "/api/volunteers", nil, &roll)
	for _, v := range roll.Volunteers {
		one := fmt.Sprintf("/api/volunteers/%d", v.ID)
		out["/api/volunteers/{id}"] = append(out["/api/volunteers/{id}"], one, one+"?from=2026-01&to=2026-09")
	}
	for _, visit := range c.rows("/api/visits") {
		for _, photo := range visit["photos"].([]any) {
			for _, of := range []string{"/api/visits/{id}/photos/{sha256}", "/api/my/visits/{id}/photos/{sha256}"} {
				out[of] = append(out[of], strings.NewReplacer("{id}", fmt.Sprintf("%.0f", visit["id"]), "{sha256}", photo.(map[string]any)["sha256"].(string)).Replace(of))
			}
		}
	}
	for _, asked := range out["/api/cases/{id}"] {
		r := c.do("GET", asked, nil)
		var detail struct{ Events []struct{ Seq uint64 } }
		if err := json.Unmarshal(r.body, &detail); err != nil || len(detail.Events) == 0 {
			continue
		}
		last := detail.Events[len(detail.Events)-1].Seq
		out["/api/cases/{id}/proof"] = append(out["/api/cases/{id}/proof"], fmt.Sprintf("%s/proof?seq=%d", asked, last))
	}
	return out
}
