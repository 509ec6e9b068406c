package workflow

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

var cal = workday.Default()

func words(s string) Words { return Words{s + "（中）", s} }

// notice is a rectification notice: signed for, answered, and confirmed by
// another person than who drafted it.
func notice() Definition {
	return Definition{
		Name:  "notice",
		Roles: []Role{{"clerk", words("clerk")}, {"bureau", words("bureau")}},
		Start: "draft", Days: 1, On: "clerk",
		States: []State{
			{Name: "draft", Words: words("draft")}, {Name: "checked", Words: words("checked")}, {Name: "issued", Words: words("issued")},
			{Name: "answered", Words: words("answered")}, {Name: "closed", Words: words("closed"), Final: true},
		},
		Actions: []Action{
			{Name: "write", Words: words("write"), From: []string{"draft"}, To: "checked", By: []string{"clerk"}, Clock: Starts, Days: 1, On: "clerk",
				Fields: []Field{{Name: "text", Words: words("text"), Required: true, Min: 4, Max: 10}}},
			{Name: "issue", Words: words("issue"), From: []string{"checked"}, To: "issued", By: []string{"clerk"}, NotBy: []string{"write"}, Clock: Starts, Days: 5, On: "bureau"},
			{Name: "more", Words: words("more"), From: []string{"issued"}, To: "issued", By: []string{"clerk"}, Clock: Extends,
				Fields: []Field{{Name: DaysField, Words: words("days"), Number: true, Required: true, Min: 1, Max: 5}}},
			{Name: "appeal", Words: words("appeal"), From: []string{"issued"}, To: "checked", By: []string{"bureau"}, Once: true, InTime: true, Clock: Starts, Days: 2, On: "clerk"},
			{Name: "answer", Words: words("answer"), From: []string{"issued"}, To: "answered", By: []string{"bureau"}, Clock: Starts, Days: 2, On: "clerk",
				Fields: []Field{{Name: "text", Words: words("text"), Max: 10}}},
			{Name: "again", Words: words("again"), From: []string{"answered"}, To: "issued", By: []string{"clerk"}},
			{Name: "close", Words: words("close"), From: []string{"answered"}, To: "closed", By: []string{"clerk"}, NotBy: []string{"answer"}},
		},
	}
}

var (
	anna   = Actor{1, []string{"clerk"}}
	ben    = Actor{2, []string{"clerk"}}
	bureau = Actor{3, []string{"bureau"}}
	both   = Actor{4, []string{"clerk", "bureau"}}
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, cal.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

// run is an instance under way.
type run struct {
	*testing.T
	d  Definition
	in Instance
}

func begin(t *testing.T, when string) *run {
	d := notice()
	return &run{t, d, d.Begin(at(when))}
}

func (r *run) try(who Actor, when, action string, fields map[string]string) error {
	in, err := r.d.Apply(r.in, len(r.in.Steps), who, Step{Action: action, At: at(when), Fields: fields}, cal)
	r.in = in
	return err
}

func (r *run) do(who Actor, when, action string, fields map[string]string) {
	r.Helper()
	if err := r.try(who, when, action, fields); err != nil {
		r.Fatalf("%s: %v", action, err)
	}
}

func (r *run) refused(err error, code string) *fault.Error {
	r.Helper()
	f, ok := fault.As(err)
	if !ok || f.Code != code {
		r.Fatalf("got %v, want %s", err, code)
	}
	return f
}

func (r *run) due(want string) {
	r.Helper()
	if got := r.in.Limit.Due(cal).In(cal.Zone()).Format(time.DateOnly); got != want {
		r.Errorf("%s is due on %s, want %s", r.in.State, got, want)
	}
}

func text(s string) map[string]string { return map[string]string{"text": s} }

// 1 to 7 October 2026 are holidays; Saturday the 10th is worked in their place.
func TestDeadlinesOverTheNationalHoliday(t *testing.T) {
	r := begin(t, "2026-09-28 09:00:00") // Monday
	r.due("2026-09-29")
	r.do(anna, "2026-09-28 10:00:00", "write", text("abcd"))
	r.do(ben, "2026-09-29 16:00:00", "issue", nil)
	r.due("2026-10-12") // 30 September, 8, 9, 10 (Saturday, worked), 12 October
	if closing := r.in.Limit.Due(cal); r.in.Overdue(cal, closing.Add(999*time.Millisecond)) || !r.in.Overdue(cal, closing.Add(time.Second)) {
		t.Errorf("business closes at %v, and the second after it is late", closing)
	}
	r.do(anna, "2026-10-09 09:00:00", "more", map[string]string{DaysField: "3"})
	r.due("2026-10-15")
	if r.in.Limit.On != "bureau" {
		t.Errorf("on %s", r.in.Limit.On)
	}
	r.do(bureau, "2026-10-02 09:00:00", "answer", text("ok")) // on a holiday: two working days after it
	r.due("2026-10-09")
	r.do(anna, "2026-10-08 09:00:00", "again", nil) // without a clock of its own the deadline runs on
	r.due("2026-10-09")
	r.do(bureau, "2026-10-08 10:00:00", "answer", text("ok"))
	r.do(anna, "2026-10-30 10:00:00", "close", nil)
	if !r.in.Done || r.in.State != "closed" || r.in.Overdue(cal, at("2027-01-01 00:00:00")) || len(r.in.Steps) != 7 {
		t.Errorf("%+v", r.in)
	}
}

func TestWhatIsRefusedAndWhy(t *testing.T) {
	r := begin(t, "2026-11-02 09:00:00")
	r.refused(r.try(anna, "2026-11-02 09:00:00", "burn", nil), "unknown_action")
	if f := r.refused(r.try(bureau, "2026-11-02 09:00:00", "write", text("abcd")), "not_your_action"); !strings.Contains(f.ZH, "clerk（中）") || f.Kind != fault.Forbidden {
		t.Errorf("%+v", f)
	}
	r.refused(r.try(anna, "2026-11-02 09:00:00", "close", nil), "moved_on")
	for given, want := range map[string]string{"": "fill this in", "  ab ": "at least 4 characters", "abcdefghijk": "at most 10 characters; there are 11"} {
		if f := r.refused(r.try(anna, "2026-11-02 09:00:00", "write", text(given)), "step"); len(f.Fields) != 1 || f.Fields[0].EN != want {
			t.Errorf("%q: %+v", given, f.Fields)
		}
	}
	if f := r.refused(r.try(anna, "2026-11-02 09:00:00", "write", map[string]string{"text": "abcd", "colour": "red"}), "step"); len(f.Fields) != 1 || f.Fields[0].Name != "colour" {
		t.Errorf("%+v", f.Fields)
	}
	r.do(anna, "2026-11-02 09:00:00", "write", text("  一二三四  ")) // four characters
	if got := r.in.Steps[0].Fields["text"]; got != "一二三四" {
		t.Errorf("kept %q", got)
	}

	// A second pair of eyes.
	r.refused(r.try(anna, "2026-11-02 10:00:00", "issue", nil), "same_person")
	r.do(ben, "2026-11-02 10:00:00", "issue", nil)
	for _, days := range []string{"0", "6", "-1", "2.5", "03", "two", ""} {
		r.refused(r.try(anna, "2026-11-02 11:00:00", "more", map[string]string{DaysField: days}), "step")
	}

	// Somebody who had seen less than there is.
	_, err := r.d.Apply(r.in, 1, bureau, Step{Action: "answer", At: at("2026-11-03 09:00:00")}, cal)
	if f := r.refused(err, "moved_on"); f.Kind != fault.Conflict || !strings.Contains(f.ZH, "clerk（中）已于 2026 年 11 月 2 日 10:00 办理“issue（中）”，现为“issued（中）”") {
		t.Errorf("%s", f.ZH)
	}

	// Once, and in time: the 2nd is a Monday, so the five days end on the 9th.
	r.refused(r.try(bureau, "2026-11-10 00:00:00", "appeal", nil), "too_late")
	r.do(bureau, "2026-11-09 12:00:00", "appeal", nil)
	r.do(ben, "2026-11-09 12:30:00", "issue", nil)
	r.refused(r.try(bureau, "2026-11-09 12:40:00", "appeal", nil), "used_up")
	r.do(both, "2026-11-10 09:00:00", "answer", nil)
	r.refused(r.try(both, "2026-11-10 09:30:00", "close", nil), "same_person") // who replied may not close
	r.do(anna, "2026-11-10 10:00:00", "close", nil)
	r.refused(r.try(anna, "2026-11-10 11:00:00", "close", nil), "moved_on")
}

func TestAFaultyDefinitionIsNamed(t *testing.T) {
	sound := notice()
	if err := Check(&sound); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*Definition){
		`nothing leads to the state "attic"`: func(d *Definition) {
			d.States = append(d.States, State{Name: "attic", Words: words("attic"), Final: true})
		},
		`nothing leads from the state "answered" to an end`: func(d *Definition) { d.Actions = d.Actions[:5] },
		`begins in a state "dream"`:                         func(d *Definition) { d.Start = "dream" },
		`there is no state "moon"`:                          func(d *Definition) { d.Actions[0].To = "moon" },
		`there is no role "king"`:                           func(d *Definition) { d.Actions[0].By = []string{"king"} },
		`there is no action "sing"`:                         func(d *Definition) { d.Actions[6].NotBy = []string{"sing"} },
		`nobody can ever take it`:                           func(d *Definition) { d.Actions[3].By = nil },
		`leads on from "closed", which is final`:            func(d *Definition) { d.Actions[5].From = []string{"closed"} },
		`action write: a deadline of 0 days on "clerk"`:     func(d *Definition) { d.Actions[0].Days = 0 },
		`the beginning: a deadline of 1 days on "nobody"`:   func(d *Definition) { d.On = "nobody" },
		`close: a deadline that never runs`:                 func(d *Definition) { d.Actions[6].Clock, d.Actions[6].Days, d.Actions[6].On = Starts, 1, "clerk" },
		`does not say by how many days it extends`:          func(d *Definition) { d.Actions[2].Fields = nil },
		`field "text" cannot be filled in`:                  func(d *Definition) { d.Actions[0].Fields[0].Min = 11 },
		`action "more" has no name of its own`:              func(d *Definition) { d.Actions[3].Name = "more" },
		`state "issued" has no words`:                       func(d *Definition) { d.States[2].Words.EN = "" },
	} {
		d := notice()
		spoil(&d)
		if err := Check(&d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got: %v", want, err)
		}
	}
}

// Whatever people try: a state is come to only by an action that leads there
// from the one before, what is refused changes nothing, and the recorded steps
// fold to the same instance.
func TestWhateverPeopleTryTheStepsTellIt(t *testing.T) {
	d := notice()
	names := []string{"burn"}
	for _, a := range d.Actions {
		names = append(names, a.Name)
	}
	people := []Actor{anna, ben, bureau, both}
	rapid.Check(t, func(t *rapid.T) {
		began := at("2026-09-01 08:00:00")
		in, now := d.Begin(began), began
		for i := range rapid.IntRange(1, 40).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, "hours")) * time.Hour)
			who := rapid.SampledFrom(people).Draw(t, "who")
			version := len(in.Steps) - rapid.SampledFrom([]int{0, 0, 0, 1, -1}).Draw(t, "behind")
			var action Action
			if can := d.Allowed(in, who, now, cal); len(can) > 0 && rapid.Bool().Draw(t, "sensible") {
				action = rapid.SampledFrom(can).Draw(t, "allowed")
			} else {
				action.Name = rapid.SampledFrom(names).Draw(t, "any")
				action, _ = d.Action(action.Name)
			}
			fields := map[string]string{}
			for _, f := range action.Fields {
				fields[f.Name] = rapid.SampledFrom([]string{"3", "four", "好的，收到"}).Draw(t, "text")
			}
			next, err := d.Apply(in, version, who, Step{Action: action.Name, At: now, Fields: fields}, cal)
			if err != nil {
				if fmt.Sprint(next) != fmt.Sprint(in) {
					t.Fatalf("try %d: refused (%v), yet it went from %+v to %+v", i, err, in, next)
				}
				continue
			}
			if version != len(in.Steps) || next.State != action.To || !slices.Contains(action.From, in.State) || !who.is(action.By) || len(next.Steps) != len(in.Steps)+1 {
				t.Fatalf("try %d: %s by %v led from %+v to %+v", i, action.Name, who, in, next)
			}
			if end, _ := d.State(next.State); end.Final != next.Done || next.Done && len(d.Allowed(next, both, now, cal)) > 0 {
				t.Fatalf("try %d: done %v in %s", i, next.Done, next.State)
			}
			in = next
		}
		again, err := d.Fold(began, in.Steps)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(in) {
			t.Fatalf("folds to %+v (%v), was %+v", again, err, in)
		}
	})
}

// Of two who decide on the same version, the second is refused; and going on
// from one instance twice leaves both as they were.
func TestTwoFromTheSameVersion(t *testing.T) {
	r := begin(t, "2026-11-02 09:00:00")
	r.do(anna, "2026-11-02 09:00:00", "write", text("abcd"))
	r.do(ben, "2026-11-02 09:00:00", "issue", nil)
	seen := r.in
	r.do(anna, "2026-11-02 10:00:00", "more", map[string]string{DaysField: "2"})
	_, err := r.d.Apply(r.in, len(seen.Steps), bureau, Step{Action: "answer", At: at("2026-11-02 11:00:00")}, cal)
	r.refused(err, "moved_on")
	other, err := r.d.Apply(seen, len(seen.Steps), bureau, Step{Action: "answer", At: at("2026-11-02 11:00:00")}, cal)
	if err != nil || other.Steps[2].Action != "answer" || r.in.Steps[2].Action != "more" {
		t.Errorf("%+v and %+v, %v", other.Steps, r.in.Steps, err)
	}
}

func TestStepsThatDoNotFollowAreNotFolded(t *testing.T) {
	d := notice()
	in, err := d.Fold(at("2026-11-02 09:00:00"), []Step{{Action: "write"}, {Action: "close"}})
	if err == nil || in.State != "checked" {
		t.Errorf("%+v, %v", in, err)
	}
	if _, err := d.Fold(at("2026-11-02 09:00:00"), []Step{{Action: "write"}, {Action: "issue"}, {Action: "more", Fields: map[string]string{DaysField: "many"}}}); err == nil {
		t.Error("extended by “many” days")
	}
}
