// Package record tells the journal's acts to people: who did what, about what, and
// why it was opened that is usually closed. It is for the head and the desk, and
// for whoever inspects them.
//
// What a volunteer supervisor did by that office is told without who it was and
// without what it was about: reviewers and visitors are known to nobody but by
// an opening that the journal keeps. Nobody learns when a volunteer signed in
// either, since a visit or a verdict may come right after it.
package record

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Who did an act.
type Who string

const (
	Account   Who = "account"
	Here      Who = "here"      // the person at the console's own machine
	Console   Who = "console"   // the console, by itself
	Volunteer Who = "volunteer" // some volunteer supervisor; sealed
)

// Entry is an act as people are told of it.
type Entry struct {
	Seq   uint64
	At    time.Time
	Type  string
	Group act.Group
	Who   Who
	By    uint64 // who is an account
	Name  string // theirs, else empty
	ZH    string
	EN    string
	About act.Subject // zero: nothing in particular
	// Reason is why something was opened, put up for review, taken back or ended.
	Reason string
	// Remote is where somebody signed in from, as address and port.
	Remote string
}

// Acts reads a data folder's acts.
type Acts struct {
	office   *feature.Office
	people   *account.Accounts
	declared *act.Registry
}

// New is the acts of an office, as features declare them.
func New(o *feature.Office, people *account.Accounts, declared *act.Registry) *Acts {
	return &Acts{o, people, declared}
}

func (s *Acts) db() *store.Pool { return s.office.Store.Readers() }

// List lists acts, newest first.
func (s *Acts) List(ctx context.Context, q Query) ([]Entry, error) {
	t, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	return t.list(ctx, &q)
}

// Each calls f with every act of a query, newest first, whatever its limit.
func (s *Acts) Each(ctx context.Context, q Query, f func(*Entry) error) error {
	t, err := s.reader(ctx)
	if err != nil {
		return err
	}
	for q.Limit = MostAtOnce; ; {
		page, err := t.list(ctx, &q)
		if err != nil {
			return err
		}
		for i := range page {
			if err := f(&page[i]); err != nil {
				return err
			}
		}
		if len(page) < q.Limit {
			return nil
		}
		q.Before = page[len(page)-1].Seq
	}
}

// Person is somebody by whose acts one may filter.
type Person struct {
	ID     uint64
	Name   string
	Role   access.Role
	Active bool
}

// People lists whose acts are told by name, those who may sign in first.
func (s *Acts) People(ctx context.Context) ([]Person, error) {
	all, err := s.people.All(ctx)
	if err != nil {
		return nil, err
	}
	out, closed := []Person{}, []Person{}
	for i := range all {
		a := &all[i]
		switch x := (Person{ID: a.ID, Name: a.Name, Role: a.Role, Active: a.Active}); {
		case a.Role == access.Volunteer:
		case a.Active:
			out = append(out, x)
		default:
			closed = append(closed, x)
		}
	}
	return append(out, closed...), nil
}

// reader tells acts.
type reader struct {
	*Acts
	names       map[uint64]string
	departments map[string]*store.DepartmentRow // by code
	sealed      []span                          // when accounts were volunteers' whose every act is sealed
}

func (s *Acts) reader(ctx context.Context) (*reader, error) {
	t := &reader{Acts: s}
	var err error
	if t.sealed, err = s.volunteering(ctx); err != nil {
		return nil, err
	}
	t.names, err = s.people.Names(ctx)
	delete(t.names, 0) // who is at the console's own machine is told as Here
	if err != nil {
		return nil, err
	}
	all, _, err := s.office.Store.Catalogue(ctx)
	t.departments = make(map[string]*store.DepartmentRow, len(all))
	for i := range all {
		t.departments[all[i].Code] = &all[i]
	}
	return t, err
}

// department is what a department is called.
func (t *reader) department(code string) (zh, en string) {
	d := t.departments[code]
	if d == nil {
		return "", ""
	}
	return d.Name, d.NameOrCode()
}

func (t *reader) list(ctx context.Context, q *Query) ([]Entry, error) {
	records, err := t.find(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(records))
	for i, r := range records {
		a, err := intake.ReadAct(r)
		if err != nil {
			return nil, err
		}
		if out[i], err = t.render(&a); err != nil {
			return nil, err
		}
	}
	return out, t.name(ctx, out)
}

// render tells an act, as yet without the names of what it is about.
func (t *reader) render(a *intake.RecordedAct) (Entry, error) {
	k := t.declared.Info(a.Type)
	out := Entry{Seq: a.Seq, At: a.At, Type: a.Type, Group: k.Group, Who: t.who(a, &k)}
	out.ZH, out.EN = t.declared.WordsNaming(a, t.department)
	if out.Who == Volunteer {
		return out, nil
	}
	if out.Who == Account {
		out.By, out.Name = a.By, t.names[a.By]
	}
	var d struct {
		Reason string `json:"reason"`
		Remote string `json:"remote"`
	}
	if len(a.Data) > 0 && a.Data[0] == '{' {
		if err := json.Unmarshal(a.Data, &d); err != nil {
			return out, err
		}
	}
	out.Reason, out.Remote = d.Reason, d.Remote
	var err error
	out.About, err = t.declared.About(a)
	return out, err
}

func (t *reader) who(a *intake.RecordedAct, k *act.Info) Who {
	switch {
	case k.Sealed || slices.ContainsFunc(t.sealed, func(s span) bool { return s.holds(a) }):
		return Volunteer
	case a.By != 0:
		return Account
	case byItself(k, a):
		return Console
	}
	return Here
}
