package console

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/volunteers"
)

// photoFolder is where photographs lie in a data folder.
const photoFolder = "photos"

// Visits is the volunteers' visiting as the HTTP API sees it.
type Visits struct {
	c      *Console
	v      *volunteers.Volunteers
	photos volunteers.Photos
}

// Visits is the console's.
func (c *Console) Visits() *Visits {
	return &Visits{c, c.volunteers, volunteers.Photos{Dir: filepath.Join(c.opts.Dir, photoFolder)}}
}

// Mine is what the asking volunteer is asked for and has filed.
func (s *Visits) Mine(ctx context.Context) (*httpapi.MyVisits, error) {
	who := access.From(ctx)
	filed, err := s.v.MyVisits(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	plans, err := s.mine(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	followed, err := s.c.followVisits(ctx, filed)
	if err != nil {
		return nil, err
	}
	out := &httpapi.MyVisits{Planned: plans, Filed: make([]httpapi.MyVisit, len(filed))}
	for i := range filed {
		row := visitRow(&filed[i])
		out.Filed[i] = httpapi.MyVisit{ID: row.ID, FiledAt: row.FiledAt, Sheet: row.Sheet, Photos: row.Photos, Supplements: row.Supplements, Findings: followed[row.ID]}
	}
	return out, nil
}

// PutPhoto keeps a photograph until a sheet names it.
func (s *Visits) PutPhoto(ctx context.Context, hash string, picture []byte, t volunteers.Taken) error {
	return s.photos.Put(access.From(ctx).Account, hash, picture, t)
}

// File files a visit of the asking volunteer.
func (s *Visits) File(ctx context.Context, sheet httpapi.FiledSheet) (*httpapi.FiledVisit, error) {
	if sheet.ConflictDeclared {
		return nil, fault.New(fault.Invalid, "visit_conflict", "您声明与该部门有利害关系，这次暗访应当回避，由别的监督员去。",
			"You declared an interest in this department; please leave this visit to another volunteer.", nil)
	}
	who := access.From(ctx)
	photos, err := s.photos.Of(who.Account, sheet.Photos)
	if err != nil {
		return nil, err
	}
	x, err := s.v.FileVisit(ctx, who, sheet.Key, sheet.Sheet, photos)
	if err != nil {
		return nil, err
	}
	return &httpapi.FiledVisit{ID: x.ID, FiledAt: x.FiledAt}, nil
}

// Supplement adds to one's own visit.
func (s *Visits) Supplement(ctx context.Context, id uint64, key, text string, hashes []string) error {
	who := access.From(ctx)
	photos, err := s.photos.Of(who.Account, hashes)
	if err != nil {
		return err
	}
	return s.v.Supplement(ctx, who, id, key, text, photos)
}

// All lists visits without who made them, nor of which plan they were, which
// names who went.
func (s *Visits) All(ctx context.Context, f volunteers.VisitFilter, at store.Window) (store.Page[httpapi.VisitRow], error) {
	p, err := s.v.Visits(ctx, f, at)
	return paged(p, sealed), err
}

// Each calls each with every visit of the filter.
func (s *Visits) Each(ctx context.Context, f volunteers.VisitFilter, each func(*volunteers.Visit) error) error {
	return s.v.EachVisit(ctx, f, each)
}

// One is a visit without who made it.
func (s *Visits) One(ctx context.Context, id uint64) (*httpapi.VisitRow, error) {
	x, err := s.v.Visit(ctx, id)
	if err != nil {
		return nil, err
	}
	row := sealed(&x)
	return &row, nil
}

func sealed(x *volunteers.Visit) httpapi.VisitRow {
	row := visitRow(x)
	row.Sheet.Plan, row.Sheet.Stop = 0, 0
	return row
}

func visitRow(x *volunteers.Visit) httpapi.VisitRow {
	row := httpapi.VisitRow{ID: x.ID, Seq: x.Seq, FiledAt: x.FiledAt, Sheet: x.Sheet, Photos: visitPhotos(x.Photos), Supplements: make([]httpapi.VisitSupplement, len(x.Supplements))}
	for i, s := range x.Supplements {
		row.Supplements[i] = httpapi.VisitSupplement{At: s.At, Text: s.Text, Photos: visitPhotos(s.Photos)}
	}
	return row
}

func visitPhotos(photos []volunteers.Photo) []httpapi.VisitPhoto {
	out := make([]httpapi.VisitPhoto, len(photos))
	for i, p := range photos {
		out[i] = httpapi.VisitPhoto{SHA256: p.SHA256, Lat: p.Lat, Lon: p.Lon}
		if !p.At.IsZero() {
			out[i].At = &p.At
		}
	}
	return out
}

// Photo is a photograph that belongs to a visit.
func (s *Visits) Photo(ctx context.Context, id uint64, hash string) ([]byte, error) {
	x, err := s.v.Visit(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.photoOf(&x, hash)
}

// MyPhoto is a photograph that belongs to a visit of the asking volunteer.
func (s *Visits) MyPhoto(ctx context.Context, id uint64, hash string) ([]byte, error) {
	x, err := s.v.Visit(ctx, id)
	if err != nil {
		return nil, err
	}
	if x.Account != access.From(ctx).Account {
		return nil, errUnknownPhoto
	}
	return s.photoOf(&x, hash)
}

var errUnknownPhoto = fault.New(fault.NotFound, "unknown_photo", "这次暗访没有这张照片。", "This visit has no such photograph.", nil)

func (s *Visits) photoOf(x *volunteers.Visit, hash string) ([]byte, error) {
	of := func(photos []volunteers.Photo) bool {
		return slices.ContainsFunc(photos, func(p volunteers.Photo) bool { return p.SHA256 == hash })
	}
	if !of(x.Photos) && !slices.ContainsFunc(x.Supplements, func(m volunteers.Supplement) bool { return of(m.Photos) }) {
		return nil, errUnknownPhoto
	}
	return s.photos.Open(hash)
}

// Unseal tells who made a visit, and journals who asked and why.
func (s *Visits) Unseal(ctx context.Context, id uint64, reason string) (*api.Reviewer, error) {
	x, err := s.v.Visit(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := account.Note(ctx, s.c.accounts, account.Unsealed, access.From(ctx), account.Opening{Visit: id, Reason: reason}); err != nil {
		return nil, err
	}
	names, err := s.c.accounts.Names(ctx)
	if err != nil {
		return nil, err
	}
	return &api.Reviewer{Seat: 1, Name: names[x.Account]}, nil
}
