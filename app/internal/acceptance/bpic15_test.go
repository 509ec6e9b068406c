package acceptance

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

// ingestLog ingests a log of the BPI Challenge 2015 into a fresh folder.
func ingestLog(t *testing.T, log, department string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	config := write(t, "bpic15.yaml", fmt.Sprintf("file: %q\nmapping: bpic15\ndepartment: %s\n", shared(t, log), department))
	must(t, "ingest", "--data", dir, "--adapter", "xes", "--config", config, "--as-of", "2015-08-31")
	return dir
}

func readCSV(t *testing.T, r io.Reader) (header []string, rows map[string]map[string]string) {
	t.Helper()
	all, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header = all[0]
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	rows = map[string]map[string]string{}
	for _, rec := range all[1:] {
		row := map[string]string{}
		for i, v := range rec {
			row[header[i]] = v
		}
		rows[row["case_no"]] = row
	}
	return header, rows
}

// Real permits of a real municipality come out as a separate program computed
// them, case by case and column by column, and so do the totals.
func TestBPIC15Log1AgreesCaseByCase(t *testing.T) {
	t.Parallel()
	dir := ingestLog(t, "bpic15/BPIC15_1.xes.gz", "M1")
	_, got := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir, "--format", "csv")))

	f, err := os.Open(shared(t, "bpic15/expected_BPIC15_1.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	columns, want := readCSV(t, z)
	if len(got) != len(want) || len(want) != 1199 {
		t.Fatalf("%d cases, want %d", len(got), len(want))
	}
	wrong := 0
	for no, w := range want {
		for _, column := range columns {
			if v, has := got[no][column]; !has || v != w[column] {
				if wrong++; wrong <= 20 {
					t.Errorf("case %s, %s: %q, want %q", no, column, v, w[column])
				}
			}
		}
		if got[no]["department"] != "M1" {
			t.Errorf("case %s: department %q", no, got[no]["department"])
		}
	}
	if wrong > 20 {
		t.Errorf("… %d differences in all", wrong)
	}
	compareTotals(t, got)
	must(t, "verify", "--data", dir)
}

// compareTotals counts the published totals anew from our export.
func compareTotals(t *testing.T, rows map[string]map[string]string) {
	t.Helper()
	b, err := os.ReadFile(shared(t, "bpic15/expected_BPIC15_1.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{"cases": float64(len(rows))}
	count := func(name string, is bool) {
		if is {
			got[name]++
		}
	}
	for _, name := range []string{"never_received", "decided", "withdrawn", "not_accepted", "open", "refusal_grounds", "supplement_requested",
		"requested_twice_or_more", "extended", "paused_now", "overdue_ended", "overdue_open", "overdue_ended_without_pauses", "overdue_open_without_pauses", "ended_before_received"} {
		got[name] = 0
	}
	for _, r := range rows {
		open := r["outcome"] == "open"
		count(r["outcome"], true)
		count("never_received", r["received"] == "")
		count("refusal_grounds", r["refused"] == "1")
		count("supplement_requested", r["requests"] != "0")
		count("requested_twice_or_more", r["requests"] != "0" && r["requests"] != "1")
		count("extended", r["extended"] != "0")
		count("paused_now", r["paused_now"] == "1")
		count("overdue_ended", r["overdue"] == "1" && !open)
		count("overdue_open", r["overdue"] == "1" && open)
		count("overdue_ended_without_pauses", r["overdue_without_pauses"] == "1" && !open)
		count("overdue_open_without_pauses", r["overdue_without_pauses"] == "1" && open)
		// By date, as the published total counts it: the day of receipt lies
		// after the day of the end.
		count("ended_before_received", !open && r["received"] > r["ended"])
	}
	for name, w := range want {
		if n, is := w.(float64); is && name != "events" && got[name] != n {
			t.Errorf("total %s: %v, want %v", name, got[name], n)
		}
	}
}

func TestBPIC15Log2RunsClean(t *testing.T) {
	t.Parallel()
	dir := ingestLog(t, "bpic15/BPIC15_2.xes.gz", "M2")
	_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir)))
	if len(rows) != 832 {
		t.Errorf("%d cases, want 832", len(rows))
	}
	var rep struct {
		Cases      int
		Difference any
	}
	if err := json.Unmarshal([]byte(must(t, "verify", "--data", dir, "--json")), &rep); err != nil {
		t.Fatal(err)
	}
	if rep.Cases != 832 || rep.Difference != nil {
		t.Errorf("verify: %+v", rep)
	}
}
