package acceptance

import (
	"encoding/csv"
	"io"
	"net/http"
	"strings"
	"testing"
)

// The command line and the page's export are one reading: on the same folder
// they give the same rows, open cases and standing clocks included.
func TestCommandLineAndPagesAnswerTheSame(t *testing.T) {
	dir, _ := ingestCity(t, 20261129, 6000)
	s := serve(t, dir)
	for _, what := range []string{"cases", "findings"} {
		line := strings.Split(must(t, what, "--data", dir), "\n")
		page := strings.Split(strings.TrimPrefix(s.export(what), "\ufeff"), "\n")
		if len(line) != len(page) || len(line) < 100 {
			t.Fatalf("%s: %d lines on the command line, %d from the page", what, len(line), len(page))
		}
		for i := range line {
			if line[i] != page[i] {
				t.Errorf("%s, line %d:\n command line %s\n page         %s", what, i+1, line[i], page[i])
			}
		}
	}
	// The folder holds what could differ: cases whose clock runs, and stands.
	rows, err := csv.NewReader(strings.NewReader(must(t, "cases", "--data", dir, "--state", "open"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	standing, at := 0, map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, r := range rows[1:] {
		if r[at["paused_now"]] == "true" {
			standing++
		}
	}
	if standing == 0 || len(rows)-1 == standing {
		t.Errorf("of %d open cases, %d stand", len(rows)-1, standing)
	}
}

// export downloads a list as csv.
func (s *server) export(what string) string {
	s.t.Helper()
	r, err := http.NewRequest("GET", "http://"+s.Listen+"/api/exports/"+what+"?format=csv", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%d, %v: %s", resp.StatusCode, err, b)
	}
	return string(b)
}
