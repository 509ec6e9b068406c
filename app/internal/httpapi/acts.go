package httpapi

import (
	"context"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/acts"
	"github.com/mingcha-console/mingcha/app/internal/export"
)

// Act is something that somebody did, or the console by itself, as the journal
// has it. What volunteer supervisors did is told without who it was.
type Act struct {
	Seq    uint64      `json:"seq" doc:"journal number"`
	At     time.Time   `json:"at"`
	Type   string      `json:"type"`
	Group  acts.Group  `json:"group" enum:"access,export,opening,review,visit,matter,rating,term,setting"`
	Who    acts.Who    `json:"who" enum:"account,here,console,volunteer" doc:"here: at the console's own machine; console: by itself; volunteer: sealed"`
	By     uint64      `json:"by" doc:"account, else 0"`
	Name   string      `json:"name" doc:"of the account, else empty"`
	ZH     string      `json:"zh"`
	EN     string      `json:"en"`
	About  *ActSubject `json:"about,omitempty" doc:"absent: nothing in particular, or sealed"`
	Reason string      `json:"reason,omitempty" doc:"as it was given"`
	Remote string      `json:"remote,omitempty" doc:"where somebody signed in from: address and port"`
}

// ActSubject is what an act was about.
type ActSubject struct {
	Kind string `json:"kind" enum:"case,rating,review,visit,matter,callback,plan,account,department"`
	ID   uint64 `json:"id,omitempty" doc:"absent: a department"`
	Code string `json:"code,omitempty" doc:"a department's"`
	Name string `json:"name,omitempty" doc:"a case's number, an account's name"`
}

// ActPerson is somebody by whose acts one may filter.
type ActPerson struct {
	ID     uint64      `json:"id"`
	Name   string      `json:"name"`
	Role   access.Role `json:"role" enum:"head,staff,duty,leader,liaison,volunteer"`
	Active bool        `json:"active"`
}

// ActFilter are the filters of the list of acts and its export.
type ActFilter struct {
	Group string `query:"group" enum:"access,export,opening,review,visit,matter,rating,term,setting"`
	By    string `query:"by" maxLength:"20" doc:"an account's number, or here, console, volunteer, or people (all but the console); of a volunteer none are found"`
	Text  string `query:"text" maxLength:"100" doc:"part of a reason, or a case's whole number"`
	From  string `query:"from" doc:"an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
	To    string `query:"to" doc:"exclusive"`
}

func (f *ActFilter) query() (acts.Query, error) {
	q := acts.Query{Group: acts.Group(f.Group), By: f.By, Text: f.Text}
	return q, instants(instant{"from", f.From, &q.From}, instant{"to", f.To, &q.To})
}

// recorded registers who did what.
func (a *oldAPI) recorded() {
	get(a, "/acts", "acts", "What people and the console did, newest first", func(ctx context.Context, in *struct {
		ActFilter
		Before uint64 `query:"before" doc:"journal number; 0: from the newest"`
		Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	}) ([]Act, error) {
		q, err := in.query()
		if err != nil {
			return nil, err
		}
		q.Before, q.Limit = in.Before, in.Limit
		return a.people.Acts(ctx, q)
	})
	get(a, "/acts/people", "actPeople", "Whose acts one may filter by", func(ctx context.Context, _ *none) ([]ActPerson, error) {
		return a.people.ActPeople(ctx)
	})
	huma.Register(a.huma, exportOperation("acts", "exportActs", "Acts as a file, newest first"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		ActFilter
	}) (*huma.StreamResponse, error) {
		q, err := in.query()
		return a.Download("acts", "操作记录", in.Format, in.ActFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
			return export.Acts(w, f, func(each func(*acts.Told) error) error { return a.people.EachAct(ctx, q, each) })
		}), nil
	})
}
