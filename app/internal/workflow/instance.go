package workflow

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Step is one thing that was done, or that somebody wants to do.
type Step struct {
	Action string
	By     uint64 // account
	Role   string // that the person acts in
	At     time.Time
	Text   map[string]string // the action's fields
	// Days is how many working days the step gives. Where the action leaves
	// them to the person, they are asked for here; elsewhere leave it 0. The
	// step that Apply puts into the instance always has the number: recorded,
	// it holds even if the office changes its setting later.
	Days int
	// Seen is the number of steps the person had before their eyes, 0 if
	// unknown. Apply refuses if others came since.
	Seen int
	// Who is how the person is named to others who are refused because of this
	// step; empty: by role. Leave it empty for people whose identity is sealed.
	Who string
}

// Instance is one thing on its way through a definition.
type Instance struct {
	State string
	Since time.Time // when it came into the state
	// Due is the close of business by which DueBy must have acted: that of the
	// DueDays-th working day after the day of DueFrom (Civil Code art. 201 and
	// 203). Zero: no deadline is running. A year without a holiday list makes it
	// a guess; Calendar.Unlisted tells.
	Due     time.Time
	DueBy   Party
	DueFrom time.Time // the step that started the deadline
	DueDays int       // extensions included
	// Aside is the deadline set aside meanwhile; its From is zero if there is none.
	Aside Deadline
	Steps []Step
	Done  bool // in a final state
}

// Deadline is a number of working days after the day of From.
type Deadline struct {
	From time.Time
	Days int
	By   Party
}

// Due is the close of business on the deadline's last day; zero if there is none.
func (l Deadline) Due(cal *workday.Calendar) time.Time {
	if l.From.IsZero() {
		return time.Time{}
	}
	return cal.CloseOf(cal.AddWorkingDays(cal.DateOf(l.From), l.Days))
}

// Last is the latest step with one of the actions.
func (in Instance) Last(actions ...string) (Step, bool) {
	for _, s := range slices.Backward(in.Steps) {
		if slices.Contains(actions, s.Action) {
			return s, true
		}
	}
	return Step{}, false
}

// Overdue tells whether the deadline has passed. The second in which business
// closes is in time.
func Overdue(in Instance, now time.Time) bool {
	return !in.Done && !in.Due.IsZero() && now.Truncate(time.Second).After(in.Due)
}

// Lapsed is what is to come of the instance's deadline, if it has passed.
func (d *Definition) Lapsed(in Instance, now time.Time) (Lapse, bool) {
	s, known := d.State(in.State)
	if !known || !Overdue(in, now) {
		return Lapse{}, false
	}
	return s.Lapse, true
}

// Fold is where recorded steps lead. It follows them only: who might take them
// and what they had to bring was asked by Apply when they were taken, and a
// rule tightened since undoes nothing. Deadlines are reckoned anew, so that a
// holiday announced later moves them. It fails on steps that do not follow from
// each other; the instance is then as far as they did.
func (d *Definition) Fold(steps []Step, cal *workday.Calendar) (Instance, error) {
	var in Instance
	if cal == nil {
		return in, errNoCalendar
	}
	for i, s := range steps {
		next, err := d.move(in, s, cal)
		if err != nil {
			return in, fmt.Errorf("%s: step %d: %w", d.Name, i+1, err)
		}
		in = next
	}
	return in, nil
}

// Apply takes one more step, or refuses it with a *fault.Error that says why
// and what to do. The instance given is not changed.
func (d *Definition) Apply(in Instance, s Step, cal *workday.Calendar) (Instance, error) {
	if cal == nil {
		return in, errNoCalendar
	}
	a, err := d.permit(in, s)
	if err != nil {
		return in, err
	}
	if s.Text, err = a.read(s.Text); err != nil {
		return in, err
	}
	if s.Days, err = a.days(s.Days); err != nil {
		return in, err
	}
	steps := in.Steps
	in.Steps = slices.Clip(steps) // so that two who go on from here do not share what they append
	out, err := d.move(in, s, cal)
	if err != nil {
		in.Steps = steps
		return in, errBroken(err)
	}
	return out, nil
}

// Allowed lists what a person may do now, in the definition's order: what the
// state, the role, the second pair of eyes and the number of times permit.
// Whether a deadline has passed is asked by Apply.
func (d *Definition) Allowed(in Instance, role string, by uint64) []Action {
	var out []Action
	for _, a := range d.Actions {
		if slices.Contains(a.From, in.State) && slices.Contains(a.Roles, role) && !a.same(in, role, by) && !a.usedUp(in) {
			out = append(out, a)
		}
	}
	return out
}

// same tells whether a second pair of eyes is asked for and these are the first.
func (a Action) same(in Instance, role string, by uint64) bool {
	if len(a.Different.From) == 0 || slices.Contains(a.Different.Free, role) {
		return false
	}
	s, ok := in.Last(a.Different.From...)
	return ok && s.Role != System && s.By == by
}

func (a Action) usedUp(in Instance) bool {
	if a.Most == 0 {
		return false
	}
	n := 0
	for _, s := range slices.Backward(in.Steps) {
		if slices.Contains(a.Since, s.Action) {
			break
		}
		if s.Action == a.Name {
			n++
		}
	}
	return n >= a.Most
}

// move does what a step does, and asks only what it cannot do without.
func (d *Definition) move(in Instance, s Step, cal *workday.Calendar) (Instance, error) {
	a, known := d.Action(s.Action)
	switch {
	case !known:
		return in, fmt.Errorf("no action %q", s.Action)
	case !slices.Contains(a.From, in.State):
		return in, fmt.Errorf("%q does not lead on from %q", s.Action, in.State)
	case !plausible(s.At):
		return in, fmt.Errorf("%q was taken at an impossible time", s.Action)
	case s.Days < 0 || s.Days > maxDays:
		return in, fmt.Errorf("%q gives %d days", s.Action, s.Days)
	}
	s.At = s.At.Round(0)
	s.Text = maps.Clone(s.Text)
	s.Seen = 0 // of use to Apply alone
	switch {
	case !a.Clock.counts():
		s.Days = 0
	case s.Days == 0:
		s.Days = a.Days
	}
	in.Steps = append(in.Steps, s)
	in.tick(a, s, cal)
	if a.To != "" {
		to, ok := d.State(a.To)
		if !ok {
			return in, errors.New("the definition does not know its own state " + a.To)
		}
		in.State, in.Since, in.Done = to.Name, s.At, to.Final
	}
	return in, nil
}

// tick brings the deadline up to date.
func (in *Instance) tick(a Action, s Step, cal *workday.Calendar) {
	now, aside := Deadline{in.DueFrom, in.DueDays, in.DueBy}, Deadline{}
	switch a.Clock {
	case Keeps:
		aside = in.Aside
	case Starts:
		now = Deadline{s.At, s.Days, a.On}
	case SetAside:
		now, aside = Deadline{s.At, s.Days, a.On}, now
	case Resumes:
		now = in.Aside
	case Extends:
		now = in.Aside
		now.Days += s.Days
	default:
		now = Deadline{}
	}
	if now.From.IsZero() {
		now = Deadline{}
	}
	in.Due, in.DueBy, in.DueFrom, in.DueDays, in.Aside = now.Due(cal), now.By, now.From, now.Days, aside
}

// plausible keeps garbage out of the reckoning, whose dates end with year 9999.
func plausible(t time.Time) bool { return t.Year() >= 1970 && t.Year() < 9000 }
