//go:build unix

package acceptance

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// A log that breaks off is told with its line; the cases before the break are
// kept; once the file is repaired the same command goes on, and in the end the
// folder holds what it would have held anyway.
func TestDamagedLogGoesOnAfterRepair(t *testing.T) {
	t.Parallel()
	const cases = 120
	whole := permits(cases)
	at := strings.Index(whole, `value="C0076"`)
	packed := gzipped(whole)
	clean := t.TempDir()
	must(t, xesIngest(t, clean, write(t, "log.xes", whole))...)
	want := contents(t, clean)
	for _, c := range []struct {
		name, damaged, repaired string
		says                    string
		atLeast, atMost         int // cases kept
	}{
		{"cut off", whole[:at], whole, "ends too early", 76, 76},
		{"truncated gzip", packed[:len(packed)*2/3], packed, "ends too early", 1, cases - 1},
		{"gzip cut in its last bytes", packed[:len(packed)-3], packed, "ends too early", cases, cases},
		{"gzip with a wrong checksum", packed[:len(packed)-8] + "\x00\x01\x02\x03" + packed[len(packed)-4:], packed, "damaged", cases, cases},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, log := t.TempDir(), write(t, "log.xes", c.damaged)
			ingest := xesIngest(t, dir, log)
			said := fails(t, 1, "file", ingest...)
			said.says(t, c.says, "line ")
			if !strings.Contains(said.printed, "事件 events：新收 taken ") {
				t.Errorf("no tally of what was kept:\n%s", said.printed)
			}
			_, told, _ := strings.Cut(said.EN, "; the ")
			var kept int
			if _, err := fmt.Sscanf(told, "%d cases before it were read and kept", &kept); err != nil {
				t.Fatalf("%q does not say how much was kept: %v", said.EN, err)
			}
			if n := len(caseNumbers(t, dir)); n != kept || n < c.atLeast || n > c.atMost {
				t.Errorf("%d cases were kept, it said %d; want %d to %d", n, kept, c.atLeast, c.atMost)
			}
			must(t, "verify", "--data", dir)
			if err := os.WriteFile(log, []byte(c.repaired), 0o644); err != nil {
				t.Fatal(err)
			}
			must(t, ingest...)
			holds(t, dir, want)
		})
	}
}

// A place that is broken costs what stands in it: what follows is read. Once the
// file is repaired the same command adds what was missing, and doubles nothing.
func TestADamagedPlaceIsAddedAfterRepair(t *testing.T) {
	t.Parallel()
	const cases = 120
	whole := permits(cases)
	at := strings.Index(whole, `value="C0076"`)
	sorted := func(dir string) string {
		rows := strings.Split(must(t, "cases", "--data", dir), "\n")
		slices.Sort(rows)
		found := strings.Split(withoutNumbers(t, must(t, "findings", "--data", dir, "--format", "csv")), "\n")
		slices.Sort(found)
		return strings.Join(rows, "\n") + "\n" + strings.Join(found, "\n")
	}
	clean := t.TempDir()
	must(t, xesIngest(t, clean, write(t, "log.xes", whole))...)
	want := sorted(clean)
	for _, c := range []struct {
		name, damaged, says string
		kept, refused       int
	}{
		{"broken tag", whole[:at] + "<" + whole[at:], "not well-formed", cases - 1, 1},
		{"tag left open", strings.Replace(whole, `value="C0076"/>`, `value="C0076">`, 1), "not well-formed", cases - 1, 1},
		{"broken in the first case", strings.Replace(whole, "</trace>", "</event>", 1), "not well-formed", cases, 1},
		{"not UTF-8", strings.Replace(whole, "C0076", "C\xe5\x9f\xff\xfe", 1), `C\xe5\x9f\xff\xfe`, cases - 1, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, log := t.TempDir(), write(t, "log.xes", c.damaged)
			ingest := xesIngest(t, dir, log)
			must(t, ingest...)
			if n := len(caseNumbers(t, dir)); n != c.kept {
				t.Errorf("%d cases were kept, want %d", n, c.kept)
			}
			set := quarantine(t, dir)
			if len(set) != c.refused {
				t.Errorf("%d records in quarantine, want %d: %+v", len(set), c.refused, set)
			}
			for _, q := range set {
				if !strings.Contains(q.ReasonEN, c.says) {
					t.Errorf("the reason is %q", q.ReasonEN)
				}
			}
			must(t, "verify", "--data", dir)
			if err := os.WriteFile(log, []byte(whole), 0o644); err != nil {
				t.Fatal(err)
			}
			must(t, ingest...)
			if got := sorted(dir); got != want {
				t.Errorf("after the repair:\n%.1500s\nwant\n%.1500s", got, want)
			}
			must(t, "verify", "--data", dir)
		})
	}
}

// A wrong argument or configuration is status 2 with the field named, and
// touches nothing.
func TestWrongArgumentsAndConfigurationNameTheField(t *testing.T) {
	t.Parallel()
	dir, log := t.TempDir(), write(t, "log.xes", permits(6))
	must(t, xesIngest(t, dir, log)...)
	before := contents(t, dir)
	const mapping = "case: {from: \"concept:name\"}\nitems: [{code: A, name: B}]\nevents:\n  - {kind: received, when: [{attribute: \"concept:name\", is: x}]}\n"
	config := func(text string, a ...any) []string {
		return []string{"ingest", "--data", dir, "--adapter", "xes", "--config", write(t, "log.yaml", fmt.Sprintf(text, a...))}
	}
	good := fmt.Sprintf("file: %q\nmapping: bpic15\ndepartment: M1\n", log)
	for _, c := range []struct {
		name, field string
		args        []string
		says        []string
	}{
		{"unknown mapping", "mapping", config("file: %q\nmapping: bpic16\ndepartment: M1\n", log), []string{"bpic16", "bpic15"}},
		{"mapping with broken YAML", "mapping", config("file: %q\nmapping: %q\ndepartment: M1\n", log, write(t, "m.yaml", strings.Replace(mapping, "[{code", "[{{code", 1))), []string{"[2:"}},
		{"mapping with a word unknown to it", "mapping", config("file: %q\nmapping: %q\ndepartment: M1\n", log, write(t, "m.yaml", mapping+"colour: red\n")), []string{"[5:", "colour"}},
		{"mapping with an unknown kind", "mapping", config("file: %q\nmapping: %q\ndepartment: M1\n", log, write(t, "m.yaml", strings.Replace(mapping, "received", "recieved", 1))), []string{"events[0].kind", "recieved"}},
		{"wrong type", "department", config("file: %q\nmapping: bpic15\ndepartment: 12\n", log), []string{"text in quotes"}},
		{"unknown field", "colour", config("%scolour: red\n", good), []string{"no setting called colour"}},
		{"wrong field within a field", "replay.speed", config("%sreplay: {moment: \"2014-06-02\", speed: fast}\n", good), []string{"a number"}},
		{"log file missing", "file", config("file: nowhere.xes\nmapping: bpic15\ndepartment: M1\n"), []string{"nowhere.xes"}},
		{"empty configuration", "department", config(""), nil},
		{"configuration is a list", "", config("- 1\n"), []string{"an object"}},
		{"configuration with broken YAML", "--config", config("file: [\n"), []string{"YAML"}},
		{"configuration missing", "--config", []string{"ingest", "--data", dir, "--adapter", "xes", "--config", "nowhere.yaml"}, []string{"nowhere.yaml"}},
		{"unknown adapter", "--adapter", []string{"ingest", "--data", dir, "--adapter", "oracle", "--config", write(t, "log.yaml", good)}, []string{"oracle", "simulator, xes"}},
		{"wrong date", "--as-of", append(config("%s", good), "--as-of", "2015-13-45"), []string{"2015-13-45"}},
		{"wrong source name", "--name", append(config("%s", good), "--name", "规划 局"), nil},
		{"argument missing", "--adapter", []string{"ingest", "--data", dir, "--config", "x"}, nil},
		{"unknown flag", "--colour", []string{"cases", "--data", dir, "--colour", "red"}, nil},
		{"unknown format", "--format", []string{"cases", "--data", dir, "--format", "doc"}, nil},
		{"everybody's address", "--listen", []string{"serve", "--data", t.TempDir(), "--listen", "0.0.0.0:0"}, []string{"no head's account", "mingcha account add"}},
		{"no port", "--listen", []string{"serve", "--data", t.TempDir(), "--listen", "8617"}, []string{"127.0.0.1:8617"}},
		{"another machine's address", "--listen", []string{"serve", "--data", t.TempDir(), "--listen", "198.51.100.1:8617"}, []string{"not an address of this machine"}},
	} {
		t.Run(c.name, func(t *testing.T) { fails(t, 2, c.field, c.args...).says(t, c.says...) })
	}
	if contents(t, dir) != before {
		t.Error("a refused command changed the folder")
	}
}

// lifeOf is what happens to one case of the test adapter.
func lifeOf(n int) (out []map[string]any) {
	no := fmt.Sprintf("N%03d", n)
	day := time.Date(2026, 1, 5, 10, 0, 0, 0, time.FixedZone("", 8*3600)).AddDate(0, 0, n%40)
	add := func(kind string, days int) {
		out = append(out, map[string]any{"id": fmt.Sprintf("%s/%d", no, len(out)), "case": no, "item": "I1", "kind": kind, "at": day.AddDate(0, 0, days), "outcome": 1})
	}
	add("received", 0)
	add("accepted", 1)
	if n%4 == 0 {
		add("supplement_requested", 3)
		add("supplement_received", 9)
	}
	if n%5 > 0 {
		add("decided", 12+n%40)
	}
	return out
}

// withoutNumbers is an export of findings without what depends on the order of
// arrival: the journal's numbers.
func withoutNumbers(t *testing.T, text string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		var kept []string
		for i, v := range r {
			if name := strings.TrimPrefix(rows[0][i], "\ufeff"); name != "id" && name != "evidence" {
				kept = append(kept, v)
			}
		}
		out = append(out, strings.Join(kept, " | "))
	}
	return strings.Join(out, "\n")
}

// Events out of order, within a case and across cases, give what they give in
// order.
func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	t.Parallel()
	var events []map[string]any
	for n := range 150 {
		events = append(events, lifeOf(n)...)
	}
	look := func(events []map[string]any) string {
		dir := t.TempDir()
		must(t, linesIngest(t, dir, events)...)
		must(t, "verify", "--data", dir)
		_, cases := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir)))
		for _, row := range cases {
			delete(row, "id")
			delete(row, "received_seq")
		}
		b, err := json.MarshalIndent(cases, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		findings := strings.Split(withoutNumbers(t, must(t, "findings", "--data", dir)), "\n")
		if len(findings) < 20 {
			t.Errorf("only %d findings: the test shows little", len(findings))
		}
		slices.Sort(findings)
		return string(b) + "\n" + strings.Join(findings, "\n")
	}
	want := look(events)
	rand.New(rand.NewSource(5)).Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	if got := look(events); got != want {
		a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
		t.Errorf("shuffled:\n%s\nin order:\n%s", strings.Join(head(difference(a, b)), "\n"), strings.Join(head(difference(b, a)), "\n"))
	}
}

// What is not valid goes to quarantine with its reason and whole; the rest goes
// on, and the same command again doubles nothing.
func TestWhatIsNotValidIsQuarantinedAndTheRestGoesOn(t *testing.T) {
	t.Parallel()
	future := time.Now().AddDate(0, 0, 2)
	note := func(id string, more map[string]any) map[string]any {
		e := map[string]any{"id": id, "case": "N001", "item": "I1", "kind": "note", "at": "2026-01-20T10:00:00+08:00"}
		for k, v := range more {
			e[k] = v
		}
		return e
	}
	const tenMB = 10<<20/3 + 1 // characters of three bytes
	events := lifeOf(1)
	events = append(events,
		note("future", map[string]any{"at": future}),
		note("unknown item", map[string]any{"item": "I9"}),
		note("unknown kind", map[string]any{"kind": "celebrated"}),
		note("10 MB", map[string]any{"long": tenMB}),
		note("100 KB", map[string]any{"long": 34_000}),
		note("not UTF-8", map[string]any{"bytes": []byte("\xb3\xc7\xca\xd0")}),
		note("no time", map[string]any{"at": time.Time{}}),
		note("before there were offices", map[string]any{"at": "0201-01-20T10:00:00+08:00"}),
		note("N001/0", map[string]any{"case": "N777"}),
		note("no case", map[string]any{"case": ""}))
	want := map[string]string{"future": "future", "unknown item": "unknown_item", "unknown kind": "kind", "10 MB": "unreadable", "100 KB": "too_long",
		"not UTF-8": "unreadable", "no time": "missing_occurred_at", "before there were offices": "too_early", "N001/0": "source_id_reused", "no case": "missing_case_no"}
	events = append(events, lifeOf(2)...)
	dir := t.TempDir()
	ingest := linesIngest(t, dir, events)
	for range 2 {
		must(t, ingest...)
		got := quarantine(t, dir)
		for id, code := range want {
			if got[id].Code != code {
				t.Errorf("%s: quarantined as %q, want %q", id, got[id].Code, code)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d records in quarantine, want %d: %+v", len(got), len(want), got)
		}
		if size := got["10 MB"].RawSize; size < 10<<20 {
			t.Errorf("of the 10 MB record %d bytes are told", size)
		}
		if n := strings.Join(caseNumbers(t, dir), " "); n != "N001 N002" {
			t.Errorf("cases %s, want N001 N002", n)
		}
	}
	valid := t.TempDir()
	must(t, linesIngest(t, valid, append(lifeOf(1), lifeOf(2)...))...)
	// By what it judges, the department, its item, six events, that all was read, and the
	// moment are eleven records; the seal of what lies in quarantine is one more, and one
	// only (J3).
	holds(t, dir, strings.Replace(contents(t, valid), "records 11 ", "records 12 ", 1))
}

// A log with a time in the future and a field of 10 MB: the rest goes on.
func TestXESFutureAndHugeField(t *testing.T) {
	t.Parallel()
	whole := permits(30)
	bad := strings.Replace(whole, "2014-01-06T", "2099-01-06T", 1)
	bad = strings.Replace(bad, `value="08_AWB45_020_1"`, `value="`+strings.Repeat("材", 10<<20/3+1)+`"`, 1)
	dir := t.TempDir()
	must(t, xesIngest(t, dir, write(t, "log.xes", bad))...)
	got := quarantine(t, dir)
	var set []string
	for id, q := range got {
		set = append(set, id[:6]+q.Code)
		if q.Code == "unreadable" && q.RawSize < 10<<20 {
			t.Errorf("of the huge field %d bytes are told", q.RawSize)
		}
	}
	slices.Sort(set)
	if fmt.Sprint(set) != "[C0000#future C0000#unreadable]" {
		t.Errorf("quarantine: %v", set)
	}
	if n := len(caseNumbers(t, dir)); n != 30 {
		t.Errorf("%d cases, want 30", n)
	}
	must(t, "verify", "--data", dir)
}

// Another log under the same name is read like any other: nothing asks for
// another name, and what is here already is not doubled.
func TestAnotherLogUnderTheSameNameIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, longer := write(t, "a.xes", permits(40)), write(t, "c.xes", permits(60))
	other := write(t, "b.xes", strings.ReplaceAll(permits(60), "C00", "D00"))
	must(t, xesIngest(t, dir, first, "--name", "permits")...)
	// The log has grown: the same source goes on behind its place.
	must(t, xesIngest(t, dir, longer, "--name", "permits")...)
	clean := t.TempDir()
	must(t, xesIngest(t, clean, longer)...)
	_, got := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir)))
	_, want := readCSV(t, strings.NewReader(must(t, "cases", "--data", clean)))
	if len(got) != 60 || len(want) != 60 {
		t.Errorf("%d cases after the log has grown, %d at once; want 60", len(got), len(want))
	}
	for no, row := range want {
		for column, v := range row {
			if column != "id" && got[no][column] != v {
				t.Errorf("case %s, %s: %q, want %q", no, column, got[no][column], v)
			}
		}
	}
	// Other cases altogether, then the first log again.
	must(t, xesIngest(t, dir, other, "--name", "permits")...)
	must(t, xesIngest(t, dir, first, "--name", "permits")...)
	if n := len(caseNumbers(t, dir)); n != 120 {
		t.Errorf("%d cases, want 60 of each log", n)
	}
	must(t, "verify", "--data", dir)
	// A cursor that another adapter's stream left under the same name.
	fails(t, 1, "", append(linesIngest(t, dir, lifeOf(1)), "--name", "permits")...)
}
