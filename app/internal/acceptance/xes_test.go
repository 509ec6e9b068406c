//go:build unix

package acceptance

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// licensing is a mapping of the shortest life of a licence.
const licensing = `case: {from: "concept:name"}
items:
  - {code: GH-001, name: 建设工程规划许可, promised: 5 working_days, statutory: 20 working_days, supplement_pauses: true, regime: licensing, clock_start: acceptance}
events:
  - {kind: received, when: [{attribute: "concept:name", is: 收件}]}
  - {kind: accepted, when: [{attribute: "concept:name", is: 受理}]}
  - {kind: supplement_requested, when: [{attribute: "concept:name", is: 补正告知}]}
  - {kind: supplement_received, when: [{attribute: "concept:name", is: 补正收到}]}
  - {kind: decided, outcome: granted, when: [{attribute: "concept:name", is: 准予许可}]}
`

// limits is the same without the law.
var limits = strings.Replace(licensing, "regime: licensing, clock_start: acceptance", "regime: limits_only", 1)

// happened is an event of a log: what was done, and when.
func happened(name, at string) string {
	return fmt.Sprintf("<event><string key=\"concept:name\" value=%q/><date key=\"time:timestamp\" value=%q/></event>\n", name, at)
}

func traceOf(no string, events ...string) string {
	return fmt.Sprintf("<trace><string key=\"concept:name\" value=%q/>\n%s</trace>\n", no, strings.Join(events, ""))
}

func logOf(traces ...string) string {
	return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n" + strings.Join(traces, "") + "</log>\n"
}

// ingestXES is the command that ingests a log's text under a mapping, from a file
// of its own.
func ingestXES(t testing.TB, dir, mapping, log, asOf string, more ...string) []string {
	t.Helper()
	config := write(t, "config.yaml", fmt.Sprintf("file: %q\nmapping: %q\ndepartment: GHJ\ndepartment_name: 规划局\n", write(t, "log.xes", log), write(t, "m.yaml", mapping)))
	return append([]string{"ingest", "--data", dir, "--adapter", "xes", "--config", config, "--as-of", asOf}, more...)
}

// tallied is what an ingest says with --json.
type tallied struct {
	Tally []struct {
		Stream                                      string
		Source                                      *struct{ Entries, Cases, Records, Unreadable, Before, Ignored, Notes int }
		Taken, Known, Corrections, Refused, Missing int
		Reasons                                     []struct{ Code, ZH, EN string }
	}
	Warnings []struct{ ZH, EN string }
}

// tallyOf runs an ingest and reads its tally of events; its status must be as
// given.
func tallyOf(t testing.TB, status int, args ...string) (events struct{ Entries, Taken, Known, Corrections, Refused int }, all tallied) {
	t.Helper()
	ran := mingcha(t, append(args, "--json")...)
	if ran.code != status {
		t.Fatalf("status %d, want %d:\n%s%s", ran.code, status, ran.stdout, ran.stderr)
	}
	if err := json.Unmarshal([]byte(ran.stdout), &all); err != nil {
		t.Fatalf("%v:\n%s", err, ran.stdout)
	}
	for _, s := range all.Tally {
		if s.Stream == "events" {
			events.Taken, events.Known, events.Corrections, events.Refused = s.Taken, s.Known, s.Corrections, s.Refused
			if s.Source != nil {
				events.Entries = s.Source.Entries
			}
		}
		if s.Missing != 0 {
			t.Errorf("%d records of %s are not accounted for: %+v", s.Missing, s.Stream, s)
		}
	}
	return events, all
}

type count = struct{ Entries, Taken, Known, Corrections, Refused int }

func wantTally(t testing.TB, what string, got, want count) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %+v, want %+v", what, got, want)
	}
}

// findingRules are a folder's findings that stand, sorted. What an export that
// broke off in the middle gave reason for is withdrawn and stays to be seen (R13).
func findingRules(t *testing.T, dir string) []string {
	t.Helper()
	return allFindings(t, dir, false)
}

// withdrawnFindings are those that were raised and no longer stand, sorted.
func withdrawnFindings(t *testing.T, dir string) []string {
	t.Helper()
	return allFindings(t, dir, true)
}

func allFindings(t *testing.T, dir string, withdrawn bool) (all []string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(must(t, "findings", "--data", dir), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	state := slices.Index(rows[0], "state")
	for _, r := range rows[1:] {
		if (r[state] == "withdrawn") != withdrawn {
			continue
		}
		var kept []string
		for i, v := range r {
			if rows[0][i] != "id" && rows[0][i] != "evidence" {
				kept = append(kept, v)
			}
		}
		all = append(all, strings.Join(kept, " | "))
	}
	slices.Sort(all)
	return all
}

// The same log exported again, two events of one second the other way round and
// later ones added: nothing is doubled, and the one request for papers is one.
func TestIdentityTwoEventsOfOneSecondTurnedRound(t *testing.T) {
	t.Parallel()
	in, look := happened("收件", "2026-03-02T09:30:00+08:00"), happened("现场勘察", "2026-03-04T09:30:00+08:00")
	ask, back := happened("补正告知", "2026-03-04T09:30:00+08:00"), happened("补正收到", "2026-03-06T09:30:00+08:00")
	dir := t.TempDir()
	got, _ := tallyOf(t, 0, ingestXES(t, dir, licensing, logOf(traceOf("S-1", in, look, ask, back)), "2026-03-31")...)
	wantTally(t, "the first export", got, count{Entries: 4, Taken: 4})
	again := logOf(traceOf("S-1", in, ask, look, back, happened("受理", "2026-03-06T10:30:00+08:00"), happened("准予许可", "2026-03-12T10:00:00+08:00")))
	got, _ = tallyOf(t, 0, ingestXES(t, dir, licensing, again, "2026-03-31", "--name", "second")...)
	wantTally(t, "the second", got, count{Entries: 6, Taken: 2, Known: 4})
	_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir)))
	if rows["S-1"]["requests"] != "1" || rows["S-1"]["outcome"] != "granted" {
		t.Errorf("%v", rows)
	}
	if found := findingRules(t, dir); len(found) > 0 {
		t.Errorf("findings: %v", found)
	}
	// After the first export it was, by R6, an application that counts as accepted
	// on Friday 6 March, when the papers came; five working days are 9 to 13 March.
	// People saw that, and see it taken back.
	var gone []string
	for _, row := range withdrawnFindings(t, dir) {
		gone = append(gone, regexp.MustCompile(`V\d\d`).FindString(row)+regexp.MustCompile(` 2026-03-\d\d 17:30:00`).FindString(row))
	}
	if want := "V01 2026-03-12 17:30:00, V02 2026-03-13 17:30:00, V05 2026-03-13 17:30:00"; strings.Join(gone, ", ") != want {
		t.Errorf("withdrawn: %v, want %v", gone, want)
	}
	must(t, "verify", "--data", dir)
}

// A case whose events come in a file a month is as if they had come in one: two
// requests, six days paused, the statutory limit over on 1 April.
func TestIdentitySplitByMonths(t *testing.T) {
	t.Parallel()
	march := []string{happened("收件", "2026-03-02T09:30:00+08:00"), happened("补正告知", "2026-03-03T09:30:00+08:00"), happened("补正收到", "2026-03-05T09:30:00+08:00")}
	april := []string{happened("会签", "2026-04-01T10:00:00+08:00"), happened("补正告知", "2026-04-02T09:30:00+08:00"), happened("补正收到", "2026-04-09T09:30:00+08:00"), happened("准予许可", "2026-04-13T10:00:00+08:00")}
	whole, split := t.TempDir(), t.TempDir()
	must(t, ingestXES(t, whole, limits, logOf(traceOf("S-1", append(slices.Clone(march), april...)...)), "2026-04-30")...)
	must(t, ingestXES(t, split, limits, logOf(traceOf("S-1", march...)), "2026-04-30", "--name", "march")...)
	got, _ := tallyOf(t, 0, ingestXES(t, split, limits, logOf(traceOf("S-1", april...)), "2026-04-30", "--name", "april")...)
	wantTally(t, "April", got, count{Entries: 4, Taken: 4})
	_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", split)))
	if r := rows["S-1"]; r["requests"] != "2" || r["paused"] != "6" || r["statutory_due"] != "2026-04-08" || r["ended"] != "2026-04-13" {
		t.Errorf("%v", r)
	}
	red := false
	for _, row := range findingRules(t, split) {
		red = red || strings.Contains(row, "| V03 |") && strings.Contains(row, "2026-04-01")
	}
	if !red {
		t.Errorf("no V03 of 1 April: %v", findingRules(t, split))
	}
	if a, b := must(t, "cases", "--data", whole), must(t, "cases", "--data", split); a != b {
		t.Errorf("in one file\n%s\nsplit\n%s", a, b)
	}
	must(t, "verify", "--data", split)
}

// The file of an open case is exported again under the same name with one event
// more, whether at the end or in between, with the others in another order or in
// another form: read on, and what is new is taken.
func TestIdentityAGrowingFileIsReadOnUnderItsName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := write(t, "log.xes", logOf(traceOf("S-1", happened("收件", "2026-03-02T09:30:00+08:00"), happened("受理", "2026-03-02T10:30:00+08:00")), traceOf("S-2", happened("收件", "2026-03-03T09:30:00+08:00"))))
	config := write(t, "config.yaml", fmt.Sprintf("file: %q\nmapping: %q\ndepartment: GHJ\n", log, write(t, "m.yaml", licensing)))
	ingest := []string{"ingest", "--data", dir, "--adapter", "xes", "--config", config, "--as-of", "2026-03-05"}
	got, _ := tallyOf(t, 0, ingest...)
	wantTally(t, "at first", got, count{Entries: 3, Taken: 3})
	for _, c := range []struct {
		what, log string
		want      count
	}{
		{"one more at the end of the first case", logOf(traceOf("S-1", happened("收件", "2026-03-02T09:30:00+08:00"), happened("受理", "2026-03-02T10:30:00+08:00"), happened("勘察", "2026-03-04T09:00:00+08:00")), traceOf("S-2", happened("收件", "2026-03-03T09:30:00+08:00"))), count{Entries: 4, Taken: 1, Known: 3}},
		{"one in between, cases turned round", logOf(traceOf("S-2", happened("收件", "2026-03-03T09:30:00+08:00")), traceOf("S-1", happened("收件", "2026-03-02T09:30:00+08:00"), happened("核对", "2026-03-02T10:00:00+08:00"), happened("受理", "2026-03-02T10:30:00+08:00"), happened("勘察", "2026-03-04T09:00:00+08:00"))), count{Entries: 5, Taken: 1, Known: 4}},
		{"times in UTC, one month's part only", logOf(traceOf("S-1", happened("勘察", "2026-03-04T01:00:00Z"), happened("会签", "2026/3/5 9:00"))), count{Entries: 2, Taken: 1, Known: 1}},
		{"the same once more", logOf(traceOf("S-1", happened("勘察", "2026-03-04T01:00:00Z"), happened("会签", "2026/3/5 9:00"))), count{Entries: 2, Known: 2}},
	} {
		if err := os.WriteFile(log, []byte(c.log), 0o644); err != nil {
			t.Fatal(err)
		}
		got, _ := tallyOf(t, 0, ingest...)
		wantTally(t, c.what, got, c.want)
	}
	must(t, "verify", "--data", dir)
}

// Where the source numbers its events, these numbers name them: what is changed
// is a correction, whatever it is.
func TestIdentityBySourcesOwnNumbers(t *testing.T) {
	t.Parallel()
	numbered := func(id, name, at string) string {
		return strings.Replace(happened(name, at), "<event>", fmt.Sprintf("<event><id key=\"identity:id\" value=%q/>", id), 1)
	}
	dir := t.TempDir()
	must(t, ingestXES(t, dir, licensing, logOf(traceOf("S-1", numbered("a", "收件", "2026-03-02T09:30:00+08:00"), numbered("b", "受理", "2026-03-03T09:30:00+08:00"))), "2026-03-31")...)
	got, _ := tallyOf(t, 0, ingestXES(t, dir, licensing, logOf(traceOf("S-1", numbered("b", "受理", "2026-03-04T09:30:00+08:00"), numbered("a", "收件", "2026-03-02T09:30:00+08:00"))), "2026-03-31", "--name", "second")...)
	wantTally(t, "one changed", got, count{Entries: 2, Known: 1, Corrections: 1})
	_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir)))
	if rows["S-1"]["accepted"] != "2026-03-04" {
		t.Errorf("%v", rows)
	}
}

// Events straight in the log are taken by their case's number; one without is in
// quarantine with its reason. Nothing is gone.
func TestCaseCLogEventsStraightInTheLog(t *testing.T) {
	t.Parallel()
	straight := func(no string) string {
		return strings.Replace(happened("收件", "2026-03-03T09:30:00+08:00"), "<event>", fmt.Sprintf("<event><string key=\"case:concept:name\" value=%q/>", no), 1)
	}
	dir := t.TempDir()
	log := logOf(traceOf("S-1", happened("收件", "2026-03-02T09:30:00+08:00")), straight("S-2"), straight("S-2"), straight("S-2"), happened("收件", "2026-03-04T09:30:00+08:00"))
	got, _ := tallyOf(t, 0, ingestXES(t, dir, licensing, log, "2026-03-31")...)
	wantTally(t, "straight events", got, count{Entries: 5, Taken: 4, Refused: 1})
	if n := strings.Join(caseNumbers(t, dir), " "); n != "S-1 S-2" {
		t.Errorf("cases %s", n)
	}
	for _, q := range quarantine(t, dir) {
		if !strings.Contains(q.ReasonEN, "in no trace") {
			t.Errorf("the reason: %+v", q)
		}
	}
}

// Times as other tools write them are read; those that have two readings are
// refused with that reason, unless the mapping gives the format.
func TestCaseCTTimesAsOtherToolsWriteThem(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{
		"2026/03/02 09:30:00.000": "2026-03-02", "2026-03-02T09:30:00.000+0800": "2026-03-02", "2026-03-02T09:30+08:00": "2026-03-02", "2026-03-02": "2026-03-02",
		"2026-03-01T24:00:00": "2026-03-01", "2026年3月2日 上午12:05": "2026-03-02", "3/13/2026 12:30 AM": "2026-03-13", "20260302093000": "2026-03-02",
	} {
		dir := t.TempDir()
		must(t, ingestXES(t, dir, licensing, logOf(traceOf("S-1", happened("收件", at))), "2026-03-31")...)
		if _, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir))); rows["S-1"]["received"] != want {
			t.Errorf("%s: received %q, want %s", at, rows["S-1"]["received"], want)
		}
	}
	dir := t.TempDir()
	two := logOf(traceOf("S-1", happened("收件", "02/03/2026 09:30")))
	if ran := mingcha(t, ingestXES(t, dir, licensing, two, "2026-03-31")...); ran.code != 3 || !strings.Contains(ran.stderr, "all of 1 records were refused") {
		t.Errorf("with two readings: status %d, %s", ran.code, ran.stderr)
	}
	for _, q := range quarantine(t, dir) {
		if !strings.Contains(q.ReasonEN, "may be month 2, day 3 or month 3, day 2") {
			t.Errorf("the reason: %s", q.ReasonEN)
		}
	}
	must(t, ingestXES(t, dir, licensing+"time: {from: \"time:timestamp\", formats: [\"02/01/2006 15:04\"]}\n", two, "2026-03-31", "--name", "with-the-format")...)
	if _, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir))); rows["S-1"]["received"] != "2026-03-02" {
		t.Errorf("with its format: %v", rows)
	}
}

// A run that took nothing, or of which everything was refused, ends with status 3
// and says why; one that is up to date ends with 0.
func TestCaseCTARunThatTookNothingEndsWithThree(t *testing.T) {
	t.Parallel()
	one := logOf(traceOf("S-1", happened("收件", "2026-03-02T09:30:00+08:00")))
	nothing := logOf(traceOf("S-1", happened("收件", "soon"), happened("受理", "later")))
	for _, c := range []struct{ what, mapping, log, says string }{
		{"an empty log", licensing, logOf(), "the source holds nothing"},
		{"every time unreadable", licensing, nothing, "all of 2 records were refused"},
		{"a mapping that fits nothing", "notes: false\n" + strings.ReplaceAll(licensing, "收件", "接件"), one, "the mapping takes none"},
		{"an item that fits nothing", strings.Replace(licensing, "name: 建设", "when: [{trace: a, is: b}], name: 建设", 1), one, "all of 1 records were refused"},
	} {
		args := ingestXES(t, t.TempDir(), c.mapping, c.log, "2026-03-31")
		if ran := mingcha(t, args...); ran.code != 3 || !strings.Contains(ran.stderr, c.says) {
			t.Errorf("%s: status %d, %s", c.what, ran.code, ran.stderr)
		}
		if again := mingcha(t, args...); again.code != 3 {
			t.Errorf("%s, once more: status %d", c.what, again.code)
		}
	}
	dir := t.TempDir()
	for _, want := range []count{{Entries: 1, Taken: 1}, {Entries: 1, Known: 1}} {
		got, _ := tallyOf(t, 0, ingestXES(t, dir, licensing, one, "2026-03-31", "--name", "one")...)
		wantTally(t, "a right log", got, want)
	}
}

// Encodings and packings of other programs are read; what is not read is told for
// what it is.
func TestCaseCUTF16EncodingsOfOtherProgramsAndTrueReasons(t *testing.T) {
	t.Parallel()
	whole := logOf(traceOf("S-1", happened("收件", "2026-03-02T09:30:00+08:00"), happened("受理", "2026-03-06T10:00:00+08:00")))
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(whole, "UTF-8", "UTF-16", 1))
	if err != nil {
		t.Fatal(err)
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(whole)
	if err != nil {
		t.Fatal(err)
	}
	for what, log := range map[string]string{
		"UTF-16 with a mark": utf16, "UTF-16 declared as UTF-8": strings.Replace(utf16, "1\x006\x00", "8\x00 \x00", 1), "UTF-8 declared as UTF-16": strings.Replace(whole, "UTF-8", "utf-16", 1),
		"UTF-8 declared as GBK": strings.Replace(whole, "UTF-8", "GBK", 1), "XML 1.1": strings.Replace(whole, "1.0", "1.1", 1), "GB18030": strings.Replace(gbk, "UTF-8", "GB18030", 1), "GB18030 declared as UTF-8": gbk, "gzip": gzipped(whole),
	} {
		dir := t.TempDir()
		got, _ := tallyOf(t, 0, ingestXES(t, dir, licensing, log, "2026-03-31")...)
		wantTally(t, what, got, count{Entries: 2, Taken: 2})
	}
	long := logOf(traceOf("S-1", happened(strings.Repeat("收件受理決定", 10), "2026-03-02T09:30:00+08:00")))
	if long, err = traditionalchinese.Big5.NewEncoder().String(long); err != nil {
		t.Fatal(err)
	}
	for log, says := range map[string]string{
		long:                   "not UTF-8",
		"PK\x03\x04 and so on": "zip",
		"7z\xbc\xaf\x27\x1c":   "7z",
		"<html><body></html>":  "<html>",
		"办件编号,环节,时间\n1,收件,2026\n": "no XML at all",
		"": "is empty",
	} {
		fails(t, 1, "file", ingestXES(t, t.TempDir(), licensing, log, "2026-03-31")...).says(t, says)
	}
}

// One forbidden character in one remark, or one broken place: what stands there
// is in quarantine, and every later case is read.
func TestCaseCCtrlRefOneBadPlaceEndsNoSource(t *testing.T) {
	t.Parallel()
	good := happened("收件", "2026-03-02T09:30:00+08:00")
	remark := func(text string) string {
		return strings.Replace(good, "</event>", `<string key="remark" value="`+text+`"/></event>`, 1)
	}
	later := traceOf("S-2", happened("收件", "2026-03-03T09:30:00+08:00")) + traceOf("S-3", happened("收件", "2026-03-03T09:30:00+08:00"))
	for what, c := range map[string]struct {
		log, says string
		entries   int
	}{
		"a control character referred to": {logOf(traceOf("S-1", remark("第一行&#x1;第二行")), later), `第一行\x01第二行`, 3},
		"a control character":             {logOf(traceOf("S-1", remark("第一行\x0b第二行")), later), `\x0b`, 3},
		"bytes of another encoding":       {logOf(traceOf("S-1", remark("\xb3\xc7\xca\xd0")), later), `\xb3\xc7\xca\xd0`, 3},
		"a quotation left open":           {logOf(traceOf("S-1", strings.Replace(good, `value="收件"`, `value="收件`, 1)), later), "not well-formed from line 4", 3},
		"a tag left open":                 {logOf(traceOf("S-1", strings.Replace(good, `"收件"/>`, `"收件">`, 1)), later), "not well-formed from line", 3},
		"a case not closed":               {logOf(strings.TrimSuffix(traceOf("S-1", remark("x")[:20]), "</trace>\n"), later), "not well-formed from line", 3},
	} {
		dir := t.TempDir()
		got, _ := tallyOf(t, 0, ingestXES(t, dir, licensing, c.log, "2026-03-31")...)
		wantTally(t, what, got, count{Entries: c.entries, Taken: 2, Refused: 1})
		if n := strings.Join(caseNumbers(t, dir), " "); n != "S-2 S-3" {
			t.Errorf("%s: cases %s, want S-2 S-3", what, n)
		}
		for _, q := range quarantine(t, dir) {
			if !strings.Contains(q.ReasonEN, c.says) {
				t.Errorf("%s: the reason is %q", what, q.ReasonEN)
			}
		}
	}
}

// A mapping that names no regime is said to be without the law.
func TestCaseRollAMappingWithoutARegimeIsSaid(t *testing.T) {
	t.Parallel()
	log := logOf(traceOf("S-1", happened("收件", "2026-03-02T09:30:00+08:00")))
	_, all := tallyOf(t, 0, ingestXES(t, t.TempDir(), strings.Replace(licensing, "regime: licensing, ", "", 1), log, "2026-03-31")...)
	if len(all.Warnings) != 1 || !strings.Contains(all.Warnings[0].EN, "GH-001") || !strings.Contains(all.Warnings[0].ZH, "regime") {
		t.Errorf("%+v", all.Warnings)
	}
	for _, mapping := range []string{licensing, limits} {
		if _, all := tallyOf(t, 0, ingestXES(t, t.TempDir(), mapping, log, "2026-03-31")...); len(all.Warnings) > 0 {
			t.Errorf("%+v", all.Warnings)
		}
	}
}

// byPlace unpacks the folder of testdata/byplace and copies its log beside it.
func byPlace(t *testing.T) (dir, config string) {
	t.Helper()
	dir = t.TempDir()
	from := filepath.Join(root(), "app", "internal", "acceptance", "testdata", "byplace")
	for _, e := range readTarball(t, filepath.Join(from, "folder.tar.gz")) {
		file := filepath.Join(dir, filepath.FromSlash(e.name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, e.content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"log.xes", "log.yaml", "m.yaml"} {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "folder"), filepath.Join(dir, "log.yaml")
}

// A folder of a program that knew events by their place: the same log, under its
// name or another, in its order or another, doubles nothing; what is new is taken.
func TestIdentityOldFoldersAreReadOn(t *testing.T) {
	t.Parallel()
	dir, config := byPlace(t)
	// The older program judged by older rules: what is right is what this one makes
	// of the same log in a new folder.
	fresh := t.TempDir()
	must(t, "ingest", "--data", fresh, "--adapter", "xes", "--config", config, "--as-of", "2026-03-31")
	want := must(t, "cases", "--data", fresh)
	if _, rows := readCSV(t, strings.NewReader(want)); len(rows) != 2 || rows["S-1"]["due"] != "2026-03-13" || rows["S-2"]["ended"] != "2026-03-05" {
		// S-1, by R6: the papers came on Friday 6 March, five working days are 9 to 13 March.
		t.Fatalf("a new folder holds\n%s", want)
	}
	ingest := []string{"ingest", "--data", dir, "--adapter", "xes", "--config", config, "--as-of", "2026-03-31"}
	for range 2 {
		got, _ := tallyOf(t, 0, ingest...)
		wantTally(t, "the same log", got, count{Entries: 9, Known: 9})
	}
	got, _ := tallyOf(t, 0, append(ingest, "--name", "another")...)
	wantTally(t, "under another name", got, count{Entries: 9, Known: 9})
	b, err := os.ReadFile(filepath.Join(filepath.Dir(config), "log.xes"))
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^  <event>.*\n`).FindAllString(string(b), -1)
	slices.Reverse(lines)
	turned := strings.NewReplacer(`"S-1"/>`+"\n"+lines[8], `"S-1"/>`+"\n", lines[7], "", lines[6], "", lines[5], "", lines[4], strings.Join(lines[4:9], "")).Replace(string(b))
	if err := os.WriteFile(filepath.Join(filepath.Dir(config), "log.xes"), []byte(strings.Replace(turned, "</trace>\n</log>", happened("送达", "2026-03-06T10:00:00+08:00")+"</trace>\n</log>", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	got, _ = tallyOf(t, 0, ingest...)
	if got.Taken != 1 || got.Corrections != 0 || got.Known != got.Entries-1 {
		t.Errorf("turned round, with one more: %+v", got)
	}
	if after := must(t, "cases", "--data", dir); after != want {
		t.Errorf("a new folder\n%s\nthe old one\n%s", want, after)
	}
	must(t, "verify", "--data", dir)
}

// Any order, split, repetition and re-export of a log's events gives the same
// verdict, byte for byte but for journal numbers. The seed is printed.
func TestIdentityAnyExportsGiveTheSameVerdict(t *testing.T) {
	t.Parallel()
	seed := rand.Int63()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewSource(seed))
	whole := map[string][]string{}
	for n := range 6 {
		no := fmt.Sprintf("S-%d", n)
		day := 2 + n
		at := func(d, h int) string { return fmt.Sprintf("2026-03-%02dT%02d:30:00+08:00", day+d, h) }
		whole[no] = []string{happened("收件", at(0, 9)), happened("核对", at(0, 9)), happened("受理", at(0, 10)), happened("核对", at(1, 9)), happened("核对", at(1, 9)),
			happened("补正告知", at(2, 9)), happened("补正收到", at(2+n%3, 15)), happened("准予许可", at(5+n*2, 9))}
	}
	numbers := []string{"S-0", "S-1", "S-2", "S-3", "S-4", "S-5"}
	look := func(dir string) string {
		must(t, "verify", "--data", dir)
		found := findingRules(t, dir)
		_, rows := readCSV(t, strings.NewReader(must(t, "cases", "--data", dir)))
		b, err := json.MarshalIndent(rows, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + "\n" + strings.Join(found, "\n")
	}
	clean := t.TempDir()
	var traces []string
	for _, no := range numbers {
		traces = append(traces, traceOf(no, whole[no]...))
	}
	must(t, ingestXES(t, clean, licensing, logOf(traces...), "2026-03-31")...)
	want := look(clean)
	for round := range 3 {
		dir := t.TempDir()
		// Equal events of one case (the two 核对 of one hour) are told apart by their
		// number alone and come together.
		for export := range 3 {
			var traces []string
			for _, no := range numbers {
				events := slices.Clone(whole[no])
				if export < 2 { // the last export is whole
					cut := rnd.Intn(len(events) + 1)
					for cut == 4 {
						cut = rnd.Intn(len(events) + 1)
					}
					if events = events[:cut]; rnd.Intn(2) == 0 {
						events = whole[no][cut:]
					}
				}
				events = slices.Clone(events)
				rnd.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
				if len(events) > 0 {
					traces = append(traces, traceOf(no, events...))
				}
			}
			rnd.Shuffle(len(traces), func(i, j int) { traces[i], traces[j] = traces[j], traces[i] })
			if len(traces) > 0 {
				must(t, ingestXES(t, dir, licensing, logOf(traces...), "2026-03-31", "--name", fmt.Sprintf("export-%d", export%2))...)
			}
		}
		if got := look(dir); got != want {
			a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
			t.Errorf("round %d:\n%s\nin one:\n%s", round, strings.Join(head(difference(a, b)), "\n"), strings.Join(head(difference(b, a)), "\n"))
		}
	}
}
