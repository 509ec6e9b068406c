// Package workflow is the one engine behind what the office hands to a
// department and wants an answer to: findings of visits and reviews now, cards
// and rectification notices by the same means. What may be done is data, a
// Definition; what was done is a list of steps; where it stands is the fold of
// the steps. The package is pure: it keeps nothing, and time and calendar come
// as arguments.
package workflow

import "slices"

// Words is how something is called in the office's two languages.
type Words struct{ ZH, EN string }

// Definition says what may be done by whom, in which order and by when. One
// that is in use never changes: recorded steps are folded by it again. Check
// tells whether it makes sense.
type Definition struct {
	Name    string
	Roles   []Role
	Start   string // the state in which an instance begins
	Days    int    // working days within which something must be done then
	On      string // by which role
	States  []State
	Actions []Action
}

// Role is a kind of person. One person may have several.
type Role struct {
	Name  string
	Words Words
}

// State is where an instance may stand.
type State struct {
	Name  string
	Words Words
	Final bool // nothing is done from here any more
}

// Clock is what an action does to the deadline. There is one as long as the
// state is not final.
type Clock uint8

const (
	Keeps   Clock = iota // it runs on
	Starts               // a new one starts, of the action's Days
	Extends              // it has as many working days more as the field DaysField says
)

// DaysField is the field that says by how many working days a deadline is
// extended.
const DaysField = "days"

// Action is one thing that can be done.
type Action struct {
	Name   string
	Words  Words
	From   []string // states
	To     string   // state
	By     []string // roles that may
	Fields []Field

	// For is the role in whose place it is taken; empty: in nobody's. It is late
	// where that role is.
	For string

	// NotBy asks for a second pair of eyes: who last took any of these actions
	// must leave this one to somebody else.
	NotBy  []string
	Once   bool // once in an instance's life
	InTime bool // only until the deadline has passed
	Late   bool // only once it has

	Clock Clock
	Days  int    // working days of a deadline that starts
	On    string // the role that it is on
}

// Field is what an action brings with it. Texts are trimmed before they are
// measured, in characters.
type Field struct {
	Name     string
	Words    Words
	Hint     Words
	Number   bool // a whole number from Min to Max, in digits
	Required bool
	Min, Max int
}

// State finds a state.
func (d *Definition) State(name string) (State, bool) {
	return find(d.States, func(s State) bool { return s.Name == name })
}

// Action finds an action.
func (d *Definition) Action(name string) (Action, bool) {
	return find(d.Actions, func(a Action) bool { return a.Name == name })
}

func (d *Definition) role(name string) Words {
	r, _ := find(d.Roles, func(r Role) bool { return r.Name == name })
	return r.Words
}

// Field finds a field of an action.
func (a *Action) Field(name string) (Field, bool) {
	return find(a.Fields, func(f Field) bool { return f.Name == name })
}

func find[T any](all []T, is func(T) bool) (found T, ok bool) {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	return found, false
}
