package visit

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
)

// FiledSheet is a sheet as a phone sends it.
type FiledSheet struct {
	Key string `json:"key" minLength:"8" maxLength:"64" doc:"chosen by the phone; the same sheet sent again is filed once"`
	Sheet
	Photos           []string `json:"photos,omitempty" maxItems:"10" doc:"SHA-256 of photographs sent before"`
	ConflictDeclared bool     `json:"conflict_declared,omitempty" doc:"true: the volunteer has an interest, and the visit is not taken"`
}

// MyVisits is what a volunteer is asked for and has filed.
type MyVisits struct {
	Planned []route.MyRoute `json:"planned" doc:"those to come, and those before of which something is not filed"`
	Filed   []MyVisit       `json:"filed"`
}

// MyVisit is one's own visit, as it was filed.
type MyVisit struct {
	ID          uint64            `json:"id"`
	FiledAt     time.Time         `json:"filed_at"`
	Sheet       Sheet             `json:"sheet"`
	Photos      []VisitPhoto      `json:"photos"`
	Supplements []VisitSupplement `json:"supplements"`
	Findings    []FollowedFinding `json:"findings" doc:"what became of each, in the sheet's order"`
}

// FollowedFinding is a finding with what became of it.
type FollowedFinding struct {
	VisitFinding
	matter.Outcome
}

// VisitRow is a visit for the office, without who made it.
type VisitRow struct {
	ID          uint64            `json:"id"`
	Seq         uint64            `json:"seq" doc:"journal number"`
	FiledAt     time.Time         `json:"filed_at"`
	Sheet       Sheet             `json:"sheet"`
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

// sealed is a visit for the office: without who made it, and without the plan,
// which names who went.
func sealed(x *Visit) VisitRow {
	row := rowOf(x)
	row.Sheet.Plan, row.Sheet.Stop = 0, 0
	return row
}

func rowOf(x *Visit) VisitRow {
	row := VisitRow{ID: x.ID, Seq: x.Seq, FiledAt: x.FiledAt, Sheet: x.Sheet, Photos: photosOf(x.Photos), Supplements: make([]VisitSupplement, len(x.Supplements))}
	for i, s := range x.Supplements {
		row.Supplements[i] = VisitSupplement{At: s.At, Text: s.Text, Photos: photosOf(s.Photos)}
	}
	return row
}

func photosOf(photos []Photo) []VisitPhoto {
	out := make([]VisitPhoto, len(photos))
	for i, p := range photos {
		out[i] = VisitPhoto{SHA256: p.SHA256, Lat: p.Lat, Lon: p.Lon}
		if !p.At.IsZero() {
			out[i].At = &p.At
		}
	}
	return out
}
