package record

import (
	"context"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// Act is something that somebody did, or the console by itself, as the journal
// has it. What volunteer supervisors did is told without who it was.
type Act struct {
	Seq    uint64      `json:"seq" doc:"journal number"`
	At     time.Time   `json:"at"`
	Type   string      `json:"type"`
	Group  act.Group   `json:"group" enum:"access,export,opening,review,visit,matter,rating,term,setting"`
	Who    Who         `json:"who" enum:"account,here,console,volunteer" doc:"here: at the console's own machine; console: by itself; volunteer: sealed"`
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

// Feature is the record of acts.
func (s *Acts) Feature() feature.Feature {
	return feature.Feature{Name: "record", Lists: []list.Any{Listed}, Operations: s.operations}
}

func (s *Acts) operations(h *api.API) {
	api.Query(h, h.Describe(http.MethodGet, "/acts", "acts", "What people and the console did, newest first", access.Desk), Listed,
		api.Parameters(api.Since("before", "journal number; 0: from the newest"), api.Limit(MostAtOnce, 100)), s.page)
	api.Get(h, "/acts/people", "actPeople", "Whose acts one may filter by", access.Desk, func(ctx context.Context, _ *api.None) ([]ActPerson, error) {
		all, err := s.People(ctx)
		out := make([]ActPerson, len(all))
		for i, x := range all {
			out[i] = ActPerson(x)
		}
		return out, err
	})
	api.File(h, Listed, "exportActs", "Acts as a file, newest first", access.Desk, func(ctx context.Context, a list.Ask, each func(*Entry) error) error {
		return s.Each(ctx, asked(a), each)
	})
}

func (s *Acts) page(ctx context.Context, a list.Ask) ([]Act, error) {
	all, err := s.List(ctx, asked(a))
	out := make([]Act, len(all))
	for i := range all {
		x := &all[i]
		out[i] = Act{Seq: x.Seq, At: x.At, Type: x.Type, Group: x.Group, Who: x.Who, By: x.By, Name: x.Name, ZH: x.ZH, EN: x.EN, Reason: x.Reason, Remote: x.Remote}
		if x.About != (act.Subject{}) {
			out[i].About = &ActSubject{Kind: x.About.Kind, ID: x.About.ID, Code: x.About.Code, Name: x.About.Name}
		}
	}
	return out, err
}
