package matter_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

// flows are all the ways of matters, with the most working days that a
// department can have at a stretch.
var flows = map[*workflow.Definition]int{&matter.Flow: 10, &matter.RatingFlow: 15}

func TestTheFlowsMakeSense(t *testing.T) {
	for d := range flows {
		if err := workflow.Check(d); err != nil {
			t.Error(err)
		}
	}
}

var (
	clerks   = []workflow.Actor{{Account: 1, Roles: []string{matter.Office}}, {Account: 2, Roles: []string{matter.Office}}}
	liaisons = []workflow.Actor{{Account: 3, Roles: []string{matter.Department}}, {Account: 4, Roles: []string{matter.Department}}}
	moved    = workflow.Actor{Account: 3, Roles: []string{matter.Office}} // a liaison who has come to the office
	console  = workflow.Actor{Roles: []string{matter.Console}}
)

// began has the National Day's holidays ahead.
var began = time.Date(2026, 9, 21, 9, 0, 0, 0, cal.Zone())

// filled is what an action asks for.
func filled(a *workflow.Action, days int) fields {
	out := fields{}
	for _, f := range a.Fields {
		if out[f.Name] = "写明了情况"; f.Number {
			out[f.Name] = fmt.Sprint(min(days, f.Max))
		}
	}
	return out
}

// explore takes every action that some people can take, and all that can follow,
// at one moment, and in between what is for deadlines that have passed; it tells
// which they took.
func explore(d *workflow.Definition, in workflow.Instance, now time.Time, people ...workflow.Actor) (taken map[string]bool) {
	taken = map[string]bool{}
	explored(d, in, now, people, func(_ workflow.Instance, a string) bool { taken[a] = true; return true })
	return taken
}

// ends tells whether people can bring it to an end.
func ends(d *workflow.Definition, in workflow.Instance, now time.Time, people ...workflow.Actor) bool {
	end := in.Done
	explored(d, in, now, people, func(next workflow.Instance, _ string) bool { end = end || next.Done; return !end })
	return end
}

// explored follows each way once, until yield, which is told of each step, has enough.
func explored(d *workflow.Definition, in workflow.Instance, now time.Time, people []workflow.Actor, yield func(next workflow.Instance, action string) bool) {
	ways := map[string]bool{}
	for ahead := []workflow.Instance{in}; len(ahead) > 0; ahead = ahead[1:] {
		for _, who := range people {
			can := d.Allowed(ahead[0], who, now, cal)
			for _, a := range d.Allowed(ahead[0], who, now.AddDate(0, 3, 0), cal) {
				if a.Late {
					can = append(can, a)
				}
			}
			for _, a := range can {
				at := now
				if a.Late {
					at = now.AddDate(0, 3, 0)
				}
				next, err := d.Apply(ahead[0], len(ahead[0].Steps), who, workflow.Step{Action: a.Name, At: at, Fields: filled(&a, 1)}, cal)
				if way := fmt.Sprint(a.Name, who.Account, next.State); err == nil && !ways[way] {
					if !yield(next, a.Name) {
						return
					}
					ways[way], ahead = true, append(ahead, next)
				}
			}
		}
	}
}

func TestEveryActionCanBeTaken(t *testing.T) {
	for d := range flows {
		taken := explore(d, d.Begin(began), began, append(clerks, append(liaisons, console)...)...)
		for _, a := range d.Actions {
			if !taken[a.Name] {
				t.Errorf("%s: nobody can ever take %s", d.Name, a.Name)
			}
		}
		if len(d.Actions) < 5 {
			t.Errorf("%s has %d actions", d.Name, len(d.Actions))
		}
	}
	if len(flows) < 2 {
		t.Errorf("%d flows", len(flows))
	}
}

// However a matter came to where it stands, and however late: it is somebody's
// turn, theirs whom the deadline is on; the people there are can bring it to an
// end, and so can the office alone, for departments that have no liaison or whose
// liaison never answers; and no department ever has more than its longest time.
func TestNoMatterIsStuck(t *testing.T) {
	everybody := append(append([]workflow.Actor{console, moved}, clerks...), liaisons...)
	type choice struct {
		who workflow.Actor
		a   workflow.Action
	}
	for d, longest := range flows {
		t.Run(d.Name, rapid.MakeCheck(func(t *rapid.T) {
			in, now := d.Begin(began), began
			for range rapid.IntRange(1, 14).Draw(t, "steps") {
				now = now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "hours")) * time.Hour)
				var all []choice
				turn := false
				for _, who := range everybody {
					for _, a := range d.Allowed(in, who, now, cal) {
						all, turn = append(all, choice{who, a}), turn || a.For == "" && who.Roles[0] == in.Limit.On
					}
				}
				if in.Done {
					if len(all) > 0 {
						t.Fatalf("at its end, %+v can be done", all)
					}
					break
				}
				together := ends(d, in, now, append(clerks, liaisons...)...)
				alone := ends(d, in, now, clerks[0])
				switch {
				case !turn:
					t.Fatalf("at %s, on %s, it is nobody's turn: %+v", in.State, in.Limit.On, in.Steps)
				case !together || !alone:
					t.Fatalf("at %s it has no end, together %v, the office alone %v: %+v", in.State, together, alone, in.Steps)
				case in.Limit.On == matter.Department && in.Limit.Days > longest:
					t.Fatalf("the department has %d working days: %+v", in.Limit.Days, in.Steps)
				}
				c := rapid.SampledFrom(all).Draw(t, "choice")
				next, err := d.Apply(in, len(in.Steps), c.who, workflow.Step{Action: c.a.Name, At: now, Fields: filled(&c.a, rapid.IntRange(1, 30).Draw(t, "days"))}, cal)
				switch {
				case err != nil && (c.a.Clock != workflow.Extends || !in.Overdue(cal, now)): // to a day that has passed
					t.Fatal(err)
				case err == nil && c.a.Clock != workflow.Keeps && next.Overdue(cal, now):
					t.Fatalf("%s gives until %s, on %s", c.a.Name, next.Limit.Due(cal), now)
				}
				in = next // what it was, where it was refused
			}
		}))
	}
}

// The words of every state, in time and late, name no deadline of another.
func TestEveryStateIsToldInWords(t *testing.T) {
	o := open(t)
	for d := range flows {
		for _, s := range d.States {
			for _, now := range []string{"2026-09-28 11:00", "2026-11-30 11:00"} {
				m := matter.Matter{Instance: d.Begin(o.Now), Opening: matter.Opening{Source: matter.Visit}}
				m.State, m.Done = s.Name, s.Final
				if s.Final {
					m.Steps = []workflow.Step{{Fields: fields{"conclusion": "已经核实"}}}
				}
				then := o.Now
				o.At(now)
				if told := o.Summarize(&m); told.ZH == "" || told.EN == "" || !s.Final && strings.Contains(told.ZH, "9 月") == strings.Contains(told.ZH, "10 月") {
					t.Errorf("%s: %q %q", s.Name, told.ZH, told.EN)
				}
				o.Now = then
			}
		}
	}
}
