package visit

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Feature is what volunteers see at visits.
func (s *Visits) Feature() feature.Feature {
	return feature.Feature{Name: "visit", Acts: Acts, Tables: Tables, Lists: []list.Any{Listed}, Operations: s.operations}
}

// operations are volunteers' for their own visits, and the office's for all of
// them without who made them. Who did is the head's to open, and the journal says
// so.
func (s *Visits) operations(h *api.API) {
	s.ownOperations(h)
	api.List(h, Listed, "visits", "Visits, newest first, without who made them", access.Office, func(ctx context.Context, ask list.Ask) (store.Page[VisitRow], error) {
		p, err := s.List(ctx, ask)
		return store.Mapped(p, sealed), err
	})
	api.File(h, Listed, "exportVisits", "Visits as a file, without who made them", access.Desk, s.Each)
	api.Get(h, "/visits/{id}", "visit", "A visit, without who made it", access.Office, func(ctx context.Context, in *api.ByID) (*VisitRow, error) {
		x, err := s.One(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		row := sealed(&x)
		return &row, nil
	})
	api.Picture(h, "/visits/{id}/photos/{sha256}", "visitPhoto", "A photograph of a visit", access.Office, s.photo)
	api.Post(h, "/visits/{id}/names", "unsealVisitor", "See who made a visit; who asks and why is journaled", access.HeadAlone,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) (*api.Reviewer, error) {
			return s.unseal(ctx, in.ID, in.Body.Reason)
		})
}

func (s *Visits) ownOperations(h *api.API) {
	api.Get(h, "/my/visits", "myVisits", "Visits that one is asked for and has filed", access.Volunteers, s.mine)
	put := h.Describe(http.MethodPut, "/my/photos/{sha256}", "putPhoto", "Send a photograph; its sheet names it afterwards", access.Volunteers)
	put.MaxBodyBytes, put.SkipValidateBody = MaxPhoto, true
	api.Do(h, put, s.putPhoto)
	api.Post(h, "/my/visits", "fileVisit", "File a visit; it cannot be changed, only supplemented", access.Volunteers,
		func(ctx context.Context, in *struct{ Body FiledSheet }) (*FiledVisit, error) {
			return s.take(ctx, &in.Body)
		})
	api.Command(h, "/my/visits/{id}/supplements", "supplementVisit", "Add to one's own visit", access.Volunteers, func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			Key    string   `json:"key" minLength:"8" maxLength:"64"`
			Text   string   `json:"text,omitempty" maxLength:"4000"`
			Photos []string `json:"photos,omitempty" maxItems:"10"`
		}
	}) error {
		who := access.From(ctx)
		photos, err := s.photos().Of(who.Account, in.Body.Photos)
		if err != nil {
			return err
		}
		return s.Supplement(ctx, who, in.ID, in.Body.Key, in.Body.Text, photos)
	})
	api.Picture(h, "/my/visits/{id}/photos/{sha256}", "myVisitPhoto", "A photograph of one's own visit", access.Volunteers, s.ownPhoto)
}

// mine is what the asking volunteer is asked for and has filed.
func (s *Visits) mine(ctx context.Context, _ *api.None) (*MyVisits, error) {
	who := access.From(ctx)
	all, err := s.Of(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	planned, err := s.plans.Mine(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	followed, err := s.followed(ctx, all)
	if err != nil {
		return nil, err
	}
	out := &MyVisits{Planned: planned, Filed: make([]MyVisit, len(all))}
	for i := range all {
		row := rowOf(&all[i])
		out.Filed[i] = MyVisit{ID: row.ID, FiledAt: row.FiledAt, Sheet: row.Sheet, Photos: row.Photos, Supplements: row.Supplements, Findings: followed[row.ID]}
	}
	return out, nil
}

// putPhoto keeps a photograph until a sheet names it.
func (s *Visits) putPhoto(ctx context.Context, in *struct {
	SHA256  string `path:"sha256" minLength:"64" maxLength:"64" pattern:"^[0-9a-f]{64}$"`
	Taken   string `header:"X-Taken" maxLength:"200" doc:"JSON: when and where it was taken {at, lat, lon}; kept apart from the picture"`
	RawBody []byte `contentType:"image/jpeg"`
}) error {
	var t Taken
	if in.Taken != "" && json.Unmarshal([]byte(in.Taken), &t) != nil {
		t = Taken{} // a phone's clock that makes no sense loses no picture
	}
	return s.photos().Put(access.From(ctx).Account, in.SHA256, in.RawBody, t)
}

// take files a visit of the asking volunteer.
func (s *Visits) take(ctx context.Context, f *FiledSheet) (*FiledVisit, error) {
	if f.ConflictDeclared {
		return nil, fault.New(fault.Invalid, "visit_conflict", "您声明与该部门有利害关系，这次暗访应当回避，由别的监督员去。",
			"You declared an interest in this department; please leave this visit to another volunteer.", nil)
	}
	who := access.From(ctx)
	photos, err := s.photos().Of(who.Account, f.Photos)
	if err != nil {
		return nil, err
	}
	x, err := s.File(ctx, who, f.Key, f.Sheet, photos)
	if err != nil {
		return nil, err
	}
	return &FiledVisit{ID: x.ID, FiledAt: x.FiledAt}, nil
}

// unseal tells who made a visit, and journals who asked and why.
func (s *Visits) unseal(ctx context.Context, id uint64, reason string) (*api.Reviewer, error) {
	x, err := s.One(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := account.Note(ctx, s.people, account.Unsealed, access.From(ctx), account.Opening{Visit: id, Reason: reason}); err != nil {
		return nil, err
	}
	names, err := s.people.Names(ctx)
	if err != nil {
		return nil, err
	}
	return &api.Reviewer{Seat: 1, Name: names[x.Account]}, nil
}
