package workflow

import (
	"errors"
	"fmt"
	"slices"
)

// mostDays bounds a deadline: a year of working days.
const mostDays = 250

// Check names everything that is wrong with a definition: words that are
// missing, names that nothing bears, states that nothing leads to or that
// nothing leads out of, deadlines on nobody.
func Check(d *Definition) error {
	c := &checker{d: d, roles: map[string]bool{}, states: map[string]bool{}, actions: map[string]bool{}}
	c.names()
	for i := range d.Actions {
		c.action(&d.Actions[i])
	}
	c.deadline("the beginning", d.Days, d.On)
	c.ways()
	return errors.Join(c.wrong...)
}

type checker struct {
	d                      *Definition
	roles, states, actions map[string]bool
	wrong                  []error
}

func (c *checker) say(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Errorf(c.d.Name+": "+format, args...))
}

func (c *checker) name(all map[string]bool, kind, name string, w Words) {
	if name == "" || all[name] {
		c.say("%s %q has no name of its own", kind, name)
	}
	if w.ZH == "" || w.EN == "" {
		c.say("%s %q has no words", kind, name)
	}
	all[name] = true
}

func (c *checker) names() {
	for _, r := range c.d.Roles {
		c.name(c.roles, "role", r.Name, r.Words)
	}
	for _, s := range c.d.States {
		c.name(c.states, "state", s.Name, s.Words)
	}
	for _, a := range c.d.Actions {
		c.name(c.actions, "action", a.Name, a.Words)
	}
	if !c.states[c.d.Start] {
		c.say("it begins in a state %q that does not exist", c.d.Start)
	}
}

func (c *checker) known(all map[string]bool, where, kind string, names []string) {
	for _, n := range names {
		if !all[n] {
			c.say("%s: there is no %s %q", where, kind, n)
		}
	}
}

func (c *checker) action(a *Action) {
	where := "action " + a.Name
	c.known(c.states, where, "state", append([]string{a.To}, a.From...))
	c.known(c.roles, where, "role", a.By)
	c.known(c.actions, where, "action", a.NotBy)
	if a.For != "" {
		c.known(c.roles, where, "role", []string{a.For})
	}
	if len(a.From) == 0 || len(a.By) == 0 {
		c.say("%s: nobody can ever take it", where)
	}
	for _, from := range a.From {
		if s, _ := c.d.State(from); s.Final {
			c.say("%s: it leads on from %q, which is final", where, from)
		}
	}
	to, _ := c.d.State(a.To)
	if a.Clock == Starts {
		c.deadline(where, a.Days, a.On)
	}
	if to.Final && a.Clock != Keeps || a.Clock != Starts && (a.Days != 0 || a.On != "") {
		c.say("%s: a deadline that never runs", where)
	}
	if f, ok := a.Field(DaysField); a.Clock == Extends && (!ok || !f.Number || !f.Required || f.Min < 1 || f.Max > mostDays) {
		c.say("%s: it does not say by how many days it extends", where)
	}
	fields := map[string]bool{}
	for _, f := range a.Fields {
		c.name(fields, where+": field", f.Name, f.Words)
		if f.Max < 1 || f.Min > f.Max {
			c.say("%s: field %q cannot be filled in", where, f.Name)
		}
	}
}

func (c *checker) deadline(where string, days int, on string) {
	if days < 1 || days > mostDays || !c.roles[on] {
		c.say("%s: a deadline of %d days on %q", where, days, on)
	}
}

// ways asks whether every state can be come to, and left for a final one.
func (c *checker) ways() {
	reached, ending := map[string]bool{c.d.Start: true}, map[string]bool{}
	for _, s := range c.d.States {
		ending[s.Name] = s.Final
	}
	for range c.d.States { // a way is no longer than there are states
		for _, a := range c.d.Actions {
			if slices.ContainsFunc(a.From, func(s string) bool { return reached[s] }) {
				reached[a.To] = true
			}
			for _, from := range a.From {
				ending[from] = ending[from] || ending[a.To]
			}
		}
	}
	for _, s := range c.d.States {
		if !reached[s.Name] {
			c.say("nothing leads to the state %q", s.Name)
		}
		if !ending[s.Name] {
			c.say("nothing leads from the state %q to an end", s.Name)
		}
	}
}
