// Package access says who somebody is and what their role may do at all. Which
// operation is for which roles is said where it is registered; build/docs/permissions.md
// has all of them in one table. It is pure.
package access

import (
	"context"
	"slices"
)

// Role is what a person does at the office; it decides what they may do.
type Role string

const (
	Head      Role = "head"      // 效能办主任: everything, people's accounts included
	Staff     Role = "staff"     // 工作人员: the daily work
	Duty      Role = "duty"      // 值班员: watches the board and the adapters
	Leader    Role = "leader"    // 领导: reads, changes nothing
	Liaison   Role = "liaison"   // 部门联络员: sees its own department only
	Volunteer Role = "volunteer" // 义务监督员: sees what is assigned
)

// Roles lists the roles, the office's own first.
var Roles = []Role{Head, Staff, Duty, Leader, Liaison, Volunteer}

// Known tells whether there is such a role.
func (r Role) Known() bool { return slices.Contains(Roles, r) }

// Office tells whether the role belongs to the supervision office itself.
func (r Role) Office() bool { return r == Head || r == Staff || r == Duty }

// Principal is who asks.
type Principal struct {
	Account    uint64 // 0: the person at the console's own machine
	Login      string
	Name       string
	Role       Role
	Department string // a liaison's; they see nothing else
	MustChange bool   // signed in with a first password: nothing until it is changed
	MustSetUp  bool   // the role asks for a second factor: nothing until there is one
}

// Here is the person at the console's own machine, who could open the data
// folder anyway.
var Here = Principal{Name: "本机", Role: Head}

// Restricted names the only department whose matters the principal may see.
func (p Principal) Restricted() (department string, restricted bool) {
	return p.Department, p.Role == Liaison
}

type key struct{}

// With puts the principal into a context.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, key{}, p)
}

// From is the principal of a context. Without one nobody asks: a principal
// without a role, who may do nothing.
func From(ctx context.Context) Principal {
	p, _ := ctx.Value(key{}).(Principal)
	return p
}
