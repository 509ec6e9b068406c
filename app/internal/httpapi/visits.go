package httpapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/export"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// FiledSheet is a sheet as a phone sends it.
type FiledSheet struct {
	Key string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the phone; the same sheet sent again is filed once"`
	volunteers.Sheet
	Photos           []string `json:"photos,omitempty" maxItems:"10" doc:"SHA-256 of photographs sent before"`
	ConflictDeclared bool     `json:"conflict_declared,omitempty" doc:"true: the volunteer has an interest, and the visit is not taken"`
}

// MyVisits is what a volunteer is asked for and has filed.
type MyVisits struct {
	Planned []MyRoute `json:"planned" doc:"those to come, and those before of which something is not filed"`
	Filed   []MyVisit `json:"filed"`
}

// MyVisit is one's own visit, as it was filed.
type MyVisit struct {
	ID          uint64            `json:"id"`
	FiledAt     time.Time         `json:"filed_at"`
	Sheet       volunteers.Sheet  `json:"sheet"`
	Photos      []VisitPhoto      `json:"photos"`
	Supplements []VisitSupplement `json:"supplements"`
	Findings    []FollowedFinding `json:"findings" doc:"what became of each, in the sheet's order"`
}

// FollowedFinding is a finding with what became of it.
type FollowedFinding struct {
	volunteers.VisitFinding
	matter.Outcome
}

// VisitRow is a visit for the office, without who made it.
type VisitRow struct {
	ID          uint64            `json:"id"`
	Seq         uint64            `json:"seq" doc:"journal number"`
	FiledAt     time.Time         `json:"filed_at"`
	Sheet       volunteers.Sheet  `json:"sheet"`
	Photos      []VisitPhoto      `json:"photos"`
	Supplements []VisitSupplement `json:"supplements"`
}

// VisitPhoto is a photograph of a visit; the picture itself holds neither time
// nor place.
type VisitPhoto struct {
	SHA256 string     `json:"sha256" doc:"of the picture, as it stands in the journal"`
	At     *time.Time `json:"at,omitempty" doc:"when the phone took it, by its own clock"`
	Lat    float64    `json:"lat,omitempty" doc:"degrees north; 0 with lon 0: not known"`
	Lon    float64    `json:"lon,omitempty" doc:"degrees east"`
}

// VisitSupplement is what was added to a visit.
type VisitSupplement struct {
	At     time.Time    `json:"at"`
	Text   string       `json:"text"`
	Photos []VisitPhoto `json:"photos"`
}

// FiledVisit is the answer to a sheet.
type FiledVisit struct {
	ID      uint64    `json:"id"`
	FiledAt time.Time `json:"filed_at"`
}

// VisitFilter are the filters of the visits and their export.
type VisitFilter struct {
	Department string `query:"department" maxLength:"64"`
	Mode       string `query:"mode" enum:"open,unannounced,online"`
	Finding    string `query:"finding" enum:"unmanned,late,no_sign,chatting,refused,attitude,disclosure,slow,other" doc:"with a finding of this category"`
	Text       string `query:"text" maxLength:"100" doc:"a visit's number, or part of what was written down"`
	From       string `query:"from" doc:"when it was made: an instant (RFC 3339), or a date, which means its beginning in the office's zone"`
	To         string `query:"to" doc:"exclusive"`
	Ascending  bool   `query:"ascending"`
}

func (f *VisitFilter) query() (volunteers.VisitFilter, error) {
	q := volunteers.VisitFilter{Department: f.Department, Mode: f.Mode, Category: f.Finding, Text: strings.TrimSpace(f.Text), Ascending: f.Ascending}
	return q, instants(instant{"from", f.From, &q.From}, instant{"to", f.To, &q.To})
}

// Visits is the volunteers' visiting; package console has it.
type Visits interface {
	VisitPlanning
	Mine(ctx context.Context) (*MyVisits, error)
	PutPhoto(ctx context.Context, hash string, picture []byte, t volunteers.Taken) error
	File(ctx context.Context, s FiledSheet) (*FiledVisit, error)
	Supplement(ctx context.Context, id uint64, key, text string, photos []string) error
	All(ctx context.Context, f volunteers.VisitFilter, at store.Window) (store.Page[VisitRow], error)
	Each(ctx context.Context, f volunteers.VisitFilter, each func(*volunteers.Visit) error) error
	One(ctx context.Context, id uint64) (*VisitRow, error)
	Photo(ctx context.Context, id uint64, hash string) ([]byte, error)
	MyPhoto(ctx context.Context, id uint64, hash string) ([]byte, error)
	Unseal(ctx context.Context, id uint64, reason string) (*api.Reviewer, error)
}

// PhotoPath is where photographs are sent, which are bigger than all else.
const PhotoPath = "/api/my/photos/"

type picture struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// visiting registers what volunteers saw, and what the office sees of it.
func (a *oldAPI) visiting() {
	get(a, "/my/visits", "myVisits", "Visits that one is asked for and has filed", func(ctx context.Context, _ *none) (*MyVisits, error) {
		return a.visits.Mine(ctx)
	})
	put := operation(http.MethodPut, "/my/photos/{sha256}", "putPhoto", "Send a photograph; its sheet names it afterwards")
	put.DefaultStatus, put.MaxBodyBytes, put.SkipValidateBody = http.StatusNoContent, volunteers.MaxPhoto, true
	actOn(a, put, func(ctx context.Context, in *struct {
		SHA256  string `path:"sha256" minLength:"64" maxLength:"64" pattern:"^[0-9a-f]{64}$"`
		Taken   string `header:"X-Taken" maxLength:"200" doc:"JSON: when and where it was taken {at, lat, lon}; kept apart from the picture"`
		RawBody []byte `contentType:"image/jpeg"`
	}) error {
		var t volunteers.Taken
		if in.Taken != "" && json.Unmarshal([]byte(in.Taken), &t) != nil {
			t = volunteers.Taken{} // a phone's clock that makes no sense loses no picture
		}
		return a.visits.PutPhoto(ctx, in.SHA256, in.RawBody, t)
	})
	handle(a, operation(http.MethodPost, "/my/visits", "fileVisit", "File a visit; it cannot be changed, only supplemented"), api.UsualTime,
		func(ctx context.Context, in *struct{ Body FiledSheet }) (*FiledVisit, error) {
			return a.visits.File(ctx, in.Body)
		})
	act(a, "/my/visits/{id}/supplements", "supplementVisit", "Add to one's own visit", func(ctx context.Context, in *struct {
		api.ByID
		Body struct {
			Key    string   `json:"key" minLength:"8" maxLength:"64"`
			Text   string   `json:"text,omitempty" maxLength:"4000"`
			Photos []string `json:"photos,omitempty" maxItems:"10"`
		}
	}) error {
		return a.visits.Supplement(ctx, in.ID, in.Body.Key, in.Body.Text, in.Body.Photos)
	})
	get(a, "/visits", "visits", "Visits, newest first, without who made them", func(ctx context.Context, in *struct {
		VisitFilter
		Window
	}) (store.Page[VisitRow], error) {
		q, err := in.query()
		if err != nil {
			return store.Page[VisitRow]{}, err
		}
		return a.visits.All(ctx, q, in.at())
	})
	huma.Register(a.huma, exportOperation("visits", "exportVisits", "Visits as a file, without who made them"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		VisitFilter
	}) (*huma.StreamResponse, error) {
		q, err := in.query()
		return a.Download("visits", "暗访", in.Format, in.VisitFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
			return export.Visits(w, f, func(each func(*volunteers.Visit) error) error { return a.visits.Each(ctx, q, each) })
		}), nil
	})
	get(a, "/visits/{id}", "visit", "A visit, without who made it", func(ctx context.Context, in *api.ByID) (*VisitRow, error) {
		return a.visits.One(ctx, in.ID)
	})
	a.photo("/visits/{id}/photos/{sha256}", "visitPhoto", "A photograph of a visit", func(ctx context.Context, visit uint64, hash string) ([]byte, error) {
		return a.visits.Photo(ctx, visit, hash)
	})
	a.photo("/my/visits/{id}/photos/{sha256}", "myVisitPhoto", "A photograph of one's own visit", func(ctx context.Context, visit uint64, hash string) ([]byte, error) {
		return a.visits.MyPhoto(ctx, visit, hash)
	})
	handle(a, operation(http.MethodPost, "/visits/{id}/names", "unsealVisitor", "See who made a visit; who asks and why is journaled"), api.UsualTime,
		func(ctx context.Context, in *struct {
			api.ByID
			Body struct {
				Reason string `json:"reason" minLength:"4" maxLength:"200"`
			}
		}) (*api.Reviewer, error) {
			return a.visits.Unseal(ctx, in.ID, in.Body.Reason)
		})
}

// photo registers where a picture is read. It never changes, and yet no browser
// may keep it: it shows people, and the next one at the machine may be somebody
// else.
func (a *oldAPI) photo(path, id, summary string, read func(ctx context.Context, visit uint64, hash string) ([]byte, error)) {
	huma.Register(a.huma, operation(http.MethodGet, path, id, summary), func(ctx context.Context, in *struct {
		api.ByID
		SHA256 string `path:"sha256" minLength:"64" maxLength:"64" pattern:"^[0-9a-f]{64}$"`
	}) (*picture, error) {
		b, err := read(ctx, in.ID, in.SHA256)
		if err != nil {
			return nil, api.ProblemOf(ctx, a.log, err)
		}
		return &picture{"image/jpeg", b}, nil
	})
}
