package acceptance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two small logs in full: an extension six working days after the statutory end,
// and ten calendar days that end on a holiday. Neither mapping names a regime for
// all of its items.

func caseFile(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func xesEvent(name, at string) string {
	return `<event><string key="concept:name" value="` + name + `"/><date key="time:timestamp" value="` + at + `+08:00"/></event>`
}

func xesLog(traces ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0">` + strings.Join(traces, "") + `</log>`
}

func xesTrace(no string, events ...string) string {
	return `<trace><string key="concept:name" value="` + no + `"/>` + strings.Join(events, "") + `</trace>`
}

const termEvents = `
events:
  - {kind: received, when: [{attribute: "concept:name", is: 收件}]}
  - {kind: accepted, when: [{attribute: "concept:name", is: 受理}]}
  - {kind: extended, by: 10 working_days, when: [{attribute: "concept:name", is: 延长审批}]}
  - {kind: decided, outcome: granted, when: [{attribute: "concept:name", is: 准予许可}]}
`

func ingestTerms(t *testing.T, dir, items, log, asOf string) {
	t.Helper()
	mapping := caseFile(t, "m.yaml", "case: {from: \"concept:name\"}\nitems:\n"+items+termEvents)
	config := caseFile(t, "c.yaml", "file: "+caseFile(t, "log.xes", log)+"\nmapping: "+mapping+"\ndepartment: GHJ\ndepartment_name: 规划局\n")
	must(t, "ingest", "--data", dir, "--adapter", "xes", "--config", config, "--as-of", asOf)
}

// Accepted on 2 March, due on the 9th by the promise and on the 30th by law; extended on
// 8 April: all findings stay as they were, and what it is over goes on from 9 March, in
// either regime: 20 working days on 7 April, 21 on the 8th.
func TestCaseLX2LateExtensionTakesNothingBack(t *testing.T) {
	t.Parallel()
	for _, regime := range []string{"", ", regime: licensing, clock_start: acceptance"} {
		dir := t.TempDir()
		items := "  - {code: GH-001, name: 规划许可, promised: 5 working_days, statutory: 20 working_days" + regime + "}\n"
		before := []string{xesEvent("收件", "2026-03-02T09:30:00"), xesEvent("受理", "2026-03-02T10:00:00")}
		ingestTerms(t, dir, items, xesLog(xesTrace("E-2", before...)), "2026-04-07")
		for _, overBy := range []string{"20", "21"} {
			_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir, "--format", "csv")))
			if r := rows["E-2"]; r["overdue"] != "1" || r["due"] != "2026-03-09" || r["over_by"] != overBy || r["extended"] != "0" {
				t.Errorf("regime %q: overdue %q, due %q, over by %q, extended %q", regime, r["overdue"], r["due"], r["over_by"], r["extended"])
			}
			findings := must(t, "findings", "--data", dir, "--format", "csv")
			for rule, at := range map[string]string{"V01": "2026-03-06 17:30", "V02": "2026-03-09 17:30", "V03": "2026-03-30 17:30"} {
				if !strings.Contains(findings, rule+",") || !strings.Contains(findings, at) {
					t.Errorf("regime %q: no %s of %s in %s", regime, rule, at, findings)
				}
			}
			ingestTerms(t, dir, items, xesLog(xesTrace("E-2", append(before, xesEvent("延长审批", "2026-04-08T15:00:00"))...)), "2026-04-08")
		}
		must(t, "verify", "--data", dir)
	}
}

// Ten calendar days from 21 September end on 1 October: moved to the 8th, with
// the law named and without, and with the regime written as the import's note
// advises; but not for a law of which it is said that it does not move them.
func TestCaseRollATermThatEndsOnAHoliday(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	items := "  - {code: L, name: 许可, promised: 10 calendar_days, regime: licensing, when: [{trace: \"concept:name\", is: L-1}]}\n" +
		"  - {code: N, name: 其他, promised: 10 calendar_days, when: [{trace: \"concept:name\", is: N-1}]}\n" +
		"  - {code: A, name: 其他（写明）, promised: 10 calendar_days, regime: limits_only, when: [{trace: \"concept:name\", is: A-1}]}\n" +
		"  - {code: F, name: 外国, promised: 10 calendar_days, regime: limits_only, rest_days_move_end: false}\n"
	ingestTerms(t, dir, items, xesLog(
		xesTrace("L-1", xesEvent("收件", "2026-09-21T10:00:00"), xesEvent("受理", "2026-09-21T10:00:00"), xesEvent("准予许可", "2026-10-08T16:00:00")),
		xesTrace("N-1", xesEvent("收件", "2026-09-21T10:00:00"), xesEvent("准予许可", "2026-10-08T16:00:00")),
		xesTrace("A-1", xesEvent("收件", "2026-09-21T10:00:00"), xesEvent("准予许可", "2026-10-08T16:00:00")),
		xesTrace("F-1", xesEvent("收件", "2026-09-21T10:00:00"), xesEvent("准予许可", "2026-10-08T16:00:00"))), "2026-11-01")
	_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir, "--format", "csv")))
	for _, no := range []string{"L-1", "N-1", "A-1"} {
		if r := rows[no]; r["due"] != "2026-10-08" || r["overdue"] != "0" {
			t.Errorf("%s: due %s, overdue %s", no, r["due"], r["overdue"])
		}
	}
	if r := rows["F-1"]; r["due"] != "2026-10-01" || r["over_by"] != "7" {
		t.Errorf("F-1: due %s, over by %s", r["due"], r["over_by"])
	}
	if findings := must(t, "findings", "--data", dir, "--format", "csv"); !strings.Contains(findings, "只剩 14 日（自然日）") {
		t.Errorf("words: %s", findings)
	}
	must(t, "verify", "--data", dir)
}
