package acceptance

import (
	"encoding/csv"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// The command line and the page's export are one reading: on the same folder
// they give the same rows, each in its order, of open cases too, whose clocks run on.
func TestCommandLineAndPagesAnswerTheSame(t *testing.T) {
	dir := t.TempDir()
	// A dense month that breaks off in the middle of a day, so that many are open.
	config := write(t, "autumn.yaml", "seed: 20261123\nstart: \"2026-10-20\"\nuntil: \"2026-11-19T11:00:00+08:00\"\ncases: 24000\n")
	must(t, "ingest", "--data", dir, "--adapter", "simulator", "--config", config, "--as-of", "2026-11-20")
	s := serve(t, dir)
	for _, what := range []string{"cases", "findings"} {
		line, page := rowsOf(t, must(t, what, "--data", dir)), rowsOf(t, strings.TrimPrefix(s.export(what), "\ufeff"))
		if len(line) != len(page) || len(line) < 50 {
			t.Fatalf("%s: %d rows on the command line, %d from the page", what, len(line), len(page))
		}
		for i := range line {
			if line[i] != page[i] {
				t.Errorf("%s, row %d:\n command line %s\n page         %s", what, i+1, line[i], page[i])
			}
		}
	}
	// The folder holds what could differ.
	if open := strings.Count(must(t, "cases", "--data", dir, "--state", "open"), "\n") - 1; open < 50 {
		t.Errorf("only %d cases are open", open)
	}
}

// rowsOf are the rows of a csv file, by what stands in them.
func rowsOf(t *testing.T, file string) (rows []string) {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		rows = append(rows, strings.Join(r, "|"))
	}
	slices.Sort(rows)
	return rows
}

// export downloads a list as csv.
func (s *server) export(what string) string {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, "http://"+s.Listen+"/api/exports/"+what+"?format=csv", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s, %v: %s", answer.Status, err, b)
	}
	return string(b)
}
