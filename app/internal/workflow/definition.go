// Package workflow is the one engine behind everything the office hands to a
// department and wants an answer to: findings of visits and reviews now, cards,
// rectification notices and appeals by the same means. What may be done is data,
// a Definition; what was done is a list of steps; the state is the fold of the
// steps. The package is pure: it keeps nothing, and time comes as an argument.
package workflow

import "slices"

// Words is how something is called in the office's two languages.
type Words struct{ ZH, EN string }

// Party is whose turn it is, and so on whom a deadline is.
type Party string

const (
	Office     Party = "office"     // 效能办
	Department Party = "department" // the department the thing was assigned to
)

// System is the role of steps that the console takes by itself. No person has
// it; who takes requests from people never passes it on.
const System = "system"

// Unbegun is the state of an instance without steps. An action from it begins
// the instance.
const Unbegun = ""

// maxDays bounds any deadline: a year of working days.
const maxDays = 250

// Definition says what may be done by whom, in which order and by when. It is
// never changed once in use; see Check.
type Definition struct {
	Name    string
	Words   Words
	Roles   []Role
	States  []State
	Actions []Action
}

// Role is a kind of person, as the definition's actions name it.
type Role struct {
	Name  string
	Words Words
}

// State is where an instance may stand.
type State struct {
	Name  string
	Words Words
	Final bool  // nothing is done from here any more
	Lapse Lapse // what comes of a deadline that passes here
}

// Lapse is what comes of a deadline that passes. The instance is overdue in any
// case; it never changes its state by that alone.
type Lapse struct {
	// Escalate names the roles that are told; none: it is only marked overdue.
	Escalate []string
	// Action is the one that the console is to apply, as System, so that it is
	// a step like any other; empty: none.
	Action string
}

// Clock is what an action does to the deadline that is running.
type Clock uint8

const (
	Stops    Clock = iota // it ends; none is running
	Keeps                 // it runs on
	Starts                // it ends, and a new one starts
	SetAside              // it is set aside, and a new one starts
	Resumes               // the one running ends; the one set aside runs on as if nothing had been
	Extends               // as Resumes, and it has more days
)

func (c Clock) counts() bool { return c == Starts || c == SetAside || c == Extends }

// Action is one thing that can be done.
type Action struct {
	Name   string
	Words  Words
	From   []string // states; Unbegun alone: the action begins an instance
	To     string   // state; empty: it stays where it is
	Roles  []string
	Fields []Field

	Different Different
	// Most is how often the action may be taken, counted anew after each of the
	// actions in Since; 0: any number of times.
	Most  int
	Since []string
	// InTime: only until the deadline that is running has passed.
	InTime bool

	Clock Clock
	Days  int   // working days, where the clock starts or extends a deadline
	On    Party // on whom, where it starts one
	// Choose: the person gives the number of days, from 1 to Days.
	Choose bool
}

// Different asks for a second pair of eyes: the person must not be the one who
// last took any of the actions. The zero value asks for nothing.
type Different struct {
	From []string // actions
	Free []string // roles that are not bound by it
}

// Field is a text that an action brings. Texts are trimmed before they are
// measured, in characters.
type Field struct {
	Name     string
	Words    Words
	Required bool
	Min, Max int
	Number   bool // a positive whole number in digits
}

// State finds a state by its name.
func (d *Definition) State(name string) (State, bool) {
	i := slices.IndexFunc(d.States, func(s State) bool { return s.Name == name })
	if i < 0 {
		return State{}, false
	}
	return d.States[i], true
}

// Action finds an action by its name.
func (d *Definition) Action(name string) (Action, bool) {
	i := slices.IndexFunc(d.Actions, func(a Action) bool { return a.Name == name })
	if i < 0 {
		return Action{}, false
	}
	return d.Actions[i], true
}

// role is what a role is called; one that the definition does not know is
// called by its name.
func (d *Definition) role(name string) Words {
	i := slices.IndexFunc(d.Roles, func(r Role) bool { return r.Name == name })
	if i < 0 {
		return Words{name, name}
	}
	return d.Roles[i].Words
}
