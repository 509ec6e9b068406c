package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/ratings"
)

// importingTime is how long 100,000 rows may take.
const importingTime = 10 * time.Minute

// RatingPreview is what was understood of a file, before anything is taken.
type RatingPreview struct {
	SHA256      string             `json:"sha256" doc:"hex"`
	Format      string             `json:"format" enum:"csv,xlsx"`
	Encoding    string             `json:"encoding" enum:",UTF-8,GB18030,UTF-16" doc:"of csv"`
	Sheet       string             `json:"sheet" doc:"of xlsx"`
	Columns     []RatingColumn     `json:"columns" doc:"as the file has them"`
	Rows        int                `json:"rows"`
	Usable      int                `json:"usable"`
	Levels      []int              `json:"levels" minItems:"5" maxItems:"5" doc:"of usable rows, the best first"`
	Numeric     bool               `json:"numeric" doc:"levels are numbers, of which one must know where they begin"`
	Departments []RatingFileCount  `json:"departments" doc:"usable rows of each"`
	First       time.Time          `json:"first,omitzero" doc:"of usable rows"`
	Last        time.Time          `json:"last,omitzero"`
	Callable    int                `json:"callable" doc:"usable rows with a telephone"`
	NoItem      int                `json:"no_item" doc:"usable rows whose item is not listed"`
	Sample      []RatingFileRow    `json:"sample" doc:"the first rows as they were understood"`
	Wrong       []RatingFileFault  `json:"wrong" doc:"rows that cannot be used; at most 5000"`
	Before      []RatingFileImport `json:"before" doc:"imports of this very file"`
}

// RatingColumn is a column of a file.
type RatingColumn struct {
	Heading string `json:"heading"`
	Field   string `json:"field" enum:",department,window,handler,handler_id,item,case_no,level,time,date,reasons,text,channel,rater,phone,serial,ordinal" doc:"empty: not used"`
}

// RatingFileCount is how many usable rows a department has.
type RatingFileCount struct {
	Department string `json:"department"`
	Rows       int    `json:"rows"`
}

// RatingFileRow is one row as it was understood, without who rated.
type RatingFileRow struct {
	Line       int       `json:"line"`
	Department string    `json:"department"`
	Window     string    `json:"window"`
	Handler    string    `json:"handler"`
	CaseNo     string    `json:"case_no"`
	Level      string    `json:"level" enum:"very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied"`
	RatedAt    time.Time `json:"rated_at"`
	Callable   bool      `json:"callable" doc:"with a telephone"`
	Text       string    `json:"text"`
}

// RatingFileFault is a row that cannot be used.
type RatingFileFault struct {
	Line int    `json:"line"`
	ZH   string `json:"zh"`
	EN   string `json:"en"`
}

// RatingImported is what became of a file's rows.
type RatingImported struct {
	Rows      int `json:"rows"`
	Taken     int `json:"taken" doc:"new"`
	Known     int `json:"known" doc:"stand in the journal already"`
	Corrected int `json:"corrected" doc:"change one that stands there"`
	Refused   int `json:"refused" doc:"cannot be used; in quarantine"`
}

// RatingFileImport is an import that was made.
type RatingFileImport struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Name   string    `json:"name"`
	SHA256 string    `json:"sha256"`
	RatingImported
}

// RatingFiles are exports of electronic raters; package console has it.
type RatingFiles interface {
	Preview(ctx context.Context, f ratings.File) (*RatingPreview, error)
	Import(ctx context.Context, f ratings.File) (*RatingImported, error)
	Imports(ctx context.Context) ([]RatingFileImport, error)
}

// ratingFile is a file as a page sends it.
type ratingFile struct {
	Name       string `query:"name" required:"true" minLength:"1" maxLength:"300"`
	Department string `query:"department" maxLength:"64" doc:"code; of a file that does not say"`
	FiveBest   bool   `query:"five_best" doc:"levels in numbers count up to the best; else down, as in GB/T 39046-2020"`
	RawBody    []byte `contentType:"application/octet-stream"`
}

func (f *ratingFile) file() ratings.File {
	return ratings.File{Name: f.Name, Bytes: f.RawBody, Department: f.Department, FiveBest: f.FiveBest}
}

// ratingFiles registers the import of what electronic raters export.
func (a *oldAPI) ratingFiles() {
	preview := operation(http.MethodPost, "/ratings/files/preview", "previewRatingImport", "Read an electronic rater's export (csv or xlsx) and take nothing")
	preview.MaxBodyBytes, preview.SkipValidateBody = ratings.MaxFile, true
	handle(a, preview, importingTime, func(ctx context.Context, in *ratingFile) (*RatingPreview, error) {
		return a.ratings.Preview(ctx, in.file())
	})
	take := operation(http.MethodPost, "/ratings/files/import", "importRatings", "Take the ratings of an electronic rater's export; what is known already changes nothing")
	take.MaxBodyBytes, take.SkipValidateBody = ratings.MaxFile, true
	handle(a, take, importingTime, func(ctx context.Context, in *ratingFile) (*RatingImported, error) {
		return a.ratings.Import(ctx, in.file())
	})
	get(a, "/ratings/imports", "ratingImports", "Imports that were made, newest first", func(ctx context.Context, _ *none) ([]RatingFileImport, error) {
		return a.ratings.Imports(ctx)
	})
}
