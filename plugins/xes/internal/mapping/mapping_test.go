package mapping

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/sdk"
)

const least = `case: {from: "concept:name"}
items: [{code: A, name: 甲}]
events:
  - {kind: received, when: [{attribute: "concept:name", is: in}]}
`

// Every mistake is named with its place, in both languages, and the mapping
// without it is right.
func TestMistakesAreNamed(t *testing.T) {
	if _, err := Parse([]byte(least)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, says string }{
		{"items:", "colour: red\nitems:", "colour"},
		{"[{code", "[{{code", "[2:"},
		{"code: A", "code: [1]", "[2:"},
		{"case: {from: \"concept:name\"}", "case: {from: {a: b}}", "case.from"},
		{"case: {from: \"concept:name\"}", "case: {from: [1, 2]}", "case.from"},
		{"case: {from: \"concept:name\"}", "case: {from: []}", "case.from"},
		{"case: {from: \"concept:name\"}", "case: {from: \"\"}", "case.from"},
		{"items:", "handler: {from: 7}\nitems:", "handler.from"},
		{"items:", "zone: Mars\nitems:", "zone in the mapping says \"Mars\"; it can be: instant、as_written"},
		{"items:", "granularity: year\nitems:", "granularity"},
		{"items:", "entered_at: {formats: [\"2006-01-02\"]}\nitems:", "entered_at"},
		{"items:", "entered_at: {from: d, formats: [yyyy-MM-dd]}\nitems:", "yyyy-MM-dd"},
		{"items:", "entered_at: {from: d, formats: [\"2006-01\"]}\nitems:", "2006-01"},
		{"[{code: A, name: 甲}]", "[]", "lacks items"},
		{"name: 甲", "name: \"\"", "items[0]"},
		{"{code: A, name: 甲}", "{code: A, name: 甲}, {code: A, name: 乙}", "items[1].code"},
		{"name: 甲", "name: 甲, promised: soon", "items[0].promised"},
		{"name: 甲", "name: 甲, statutory: -5 working_days", "items[0].statutory"},
		{"name: 甲", "name: 甲, statutory: 5 weeks", "5 weeks"},
		{"name: 甲", "name: 甲, regime: royal", "items[0].regime"},
		{"name: 甲", "name: 甲, clock_start: noon", "items[0].clock_start"},
		{"name: 甲", "name: 甲, when: [{attribute: a, is: b}]", "items[0].when[0]"},
		{"name: 甲", "name: 甲, when: [{trace: a}]", "items[0].when[0]"},
		{"kind: received", "kind: recieved", "events[0].kind in the mapping says \"recieved\""},
		{"kind: received", "kind: decided", "events[0].outcome"},
		{"kind: received", "kind: decided, outcome: perhaps", "events[0].outcome"},
		{"kind: received", "kind: paused, pause: foo", "events[0].pause in the mapping says \"foo\"; it can be: hearing、tender"},
		{"kind: received", "kind: paused, pause: Expert", "events[0].pause"},
		{"kind: received", "kind: resumed, pause: expert", "events[0].pause in the mapping goes with paused, not with resumed"},
		{"kind: received", "kind: received, outcome: granted", "events[0].outcome in the mapping goes with decided"},
		{"kind: received", "kind: received, by: 5 working_days", "events[0].by in the mapping goes with extended"},
		{"kind: received", "kind: received, step: 初审", "events[0].step in the mapping goes with step_started"},
		{"kind: received", "kind: extended", "events[0].by"},
		{"kind: received", "kind: extended, by: 0 working_days", "events[0].by"},
		{"kind: received", "kind: received, effective_at: {from: q, formats: [d-m-y]}", "events[0].effective_at.formats"},
		{"when: [{attribute: \"concept:name\", is: in}]", "when: []", "events[0].when"},
		{"is: in", "is: in, present: true", "events[0].when[0]"},
		{"is: in", "trace: t, is: in", "events[0].when[0]"},
	} {
		text := strings.Replace(least, c.from, c.to, 1)
		if text == least {
			t.Fatalf("%q is not in the mapping", c.from)
		}
		_, err := Parse([]byte(text))
		p, ok := AsProblem(err)
		if !ok {
			t.Errorf("%s: %v, want a problem", c.to, err)
			continue
		}
		if !strings.Contains(p.EN, c.says) || !strings.Contains(p.ZH, "映射") {
			t.Errorf("%s:\n%s\n%s\ndoes not say %q", c.to, p.ZH, p.EN, c.says)
		}
	}
}

// A ground of a pause that the law does not list is told in the log's own words.
func TestAPauseOnAGroundOfItsOwnBearsTheLogsWord(t *testing.T) {
	for pause, want := range map[string]string{"other": "领导出差", "expert": "expert"} {
		got := translate(t, strings.Replace(least, "kind: received, when: [{attribute: \"concept:name\", is: in}]", "kind: paused, pause: "+pause+", when: [{attribute: \"concept:name\", is: 领导出差}]", 1), case7, "领导出差|2014-03-01")
		if kind := got[0].Event.GetPause().GetKind(); kind != want {
			t.Errorf("%s: %q, want %q", pause, kind, want)
		}
	}
}

func TestLoadFindsShippedMappingsAndFiles(t *testing.T) {
	if m, err := Load("bpic15", nil); err != nil || len(m.Items) != 2 || len(m.Events) != 11 {
		t.Errorf("bpic15: %+v, %v", m, err)
	}
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(in("own.yaml"), []byte(least), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load("own.yaml", in); err != nil {
		t.Error(err)
	}
	_, err := Load("bpic16", in)
	if p, ok := AsProblem(err); !ok || !strings.Contains(p.EN, `"bpic16"`) || !strings.Contains(p.EN, "bpic15") {
		t.Errorf("an unknown mapping: %v", err)
	}
}

// The example of the handbook is a right mapping.
func TestTheHandbooksExampleIsRight(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "```yaml\n")
	example, _, found := strings.Cut(rest, "```")
	if m, err := Parse([]byte(example)); err != nil || !found || len(m.Events) != 3 {
		t.Errorf("%v\n%s", err, example)
	}
}

// Case d_roll: Civil Code art. 203 is of no one law. Terms in calendar days are moved
// off days of rest whatever the regime is called, or not called; it takes saying that
// another law applies. The note advises nothing that changes that.
func TestCaseRollRestDaysMoveEndsInEveryRegime(t *testing.T) {
	for regime, want := range map[string]bool{"": true, ", regime: limits_only": true, ", rest_days_move_end: true": true, ", regime: limits_only, rest_days_move_end: false": false, ", rest_days_move_end: false": false} {
		m, err := Parse([]byte(strings.Replace(least, "name: 甲", "name: 甲, statutory: 10 calendar_days"+regime, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if it := m.Catalogue("M1")[0]; it.Regime != sdk.LimitsOnly || it.RestDaysMoveEnd != want {
			t.Errorf("%q: %v, want moved %v", regime, it, want)
		}
	}
	if _, err := Parse([]byte(strings.Replace(least, "name: 甲", "name: 甲, regime: licensing, rest_days_move_end: false", 1))); err == nil || !strings.Contains(err.Error(), "art. 203") {
		t.Errorf("a licence whose terms are not moved: %v", err)
	}
	m, err := Parse([]byte(least))
	if err != nil {
		t.Fatal(err)
	}
	if w := m.Warnings(); len(w) != 1 || !strings.Contains(w[0].ZH, "无论写哪一种，按自然日计的期限末日是休息日的都顺延") || !strings.Contains(w[0].EN, "With either, a term in calendar days") {
		t.Errorf("the note: %v", w)
	}
}
