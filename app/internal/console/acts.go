package console

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/acts"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
)

// Acts lists acts as who asks may be told of them, newest first.
func (p *People) Acts(ctx context.Context, q acts.Query) ([]httpapi.Act, error) {
	all, err := p.acts.List(ctx, q)
	out := make([]httpapi.Act, len(all))
	for i := range all {
		out[i] = actRow(&all[i])
	}
	return out, err
}

func actRow(a *acts.Told) httpapi.Act {
	out := httpapi.Act{Seq: a.Seq, At: a.At, Type: a.Type, Group: a.Group, Who: a.Who, By: a.By, Name: a.Name, ZH: a.ZH, EN: a.EN, Reason: a.Reason, Remote: a.Remote}
	if a.About != (acts.Subject{}) {
		out.About = &httpapi.ActSubject{Kind: a.About.Kind, ID: a.About.ID, Code: a.About.Code, Name: a.About.Name}
	}
	return out
}

// ActPeople lists whose acts who asks may filter by.
func (p *People) ActPeople(ctx context.Context) ([]httpapi.ActPerson, error) {
	all, err := p.acts.People(ctx)
	out := make([]httpapi.ActPerson, len(all))
	for i, x := range all {
		out[i] = httpapi.ActPerson{ID: x.ID, Name: x.Name, Role: x.Role, Active: x.Active}
	}
	return out, err
}

// EachAct calls f with every act of a query, newest first.
func (p *People) EachAct(ctx context.Context, q acts.Query, f func(*acts.Told) error) error {
	return p.acts.Each(ctx, q, f)
}
