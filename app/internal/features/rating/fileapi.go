package rating

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
)

// importingTime is how long 100,000 rows may take.
const importingTime = 10 * time.Minute

// sent is a file as a page sends it.
type sent struct {
	Name             string   `query:"name" required:"true" minLength:"1" maxLength:"300"`
	Department       string   `query:"department" maxLength:"64" doc:"code; of a file that does not say"`
	DepartmentColumn string   `query:"department_column" maxLength:"300" doc:"heading of the column that says the department though it is not called so; -: none does"`
	Meanings         []string `query:"meaning,explode" maxItems:"60" doc:"what a level of the file means, as KEY=LEVEL; left_out: its rows are not taken"`
	Sheets           []string `query:"sheet,explode" maxItems:"1000" doc:"names of the sheets to read; none: all that are not hidden"`
	FollowOld        bool     `query:"follow_old" doc:"bad ratings given more than 30 days ago go to their departments, too"`
	RawBody          []byte   `contentType:"application/octet-stream"`
}

// file is the file, or what is wrong with what was said of it.
func (f *sent) file() (File, error) {
	out := File{Name: f.Name, Bytes: f.RawBody, Department: f.Department, DepartmentColumn: f.DepartmentColumn, Sheets: f.Sheets, Meaning: Meaning{}, FollowOld: f.FollowOld}
	for _, m := range f.Meanings {
		i := strings.LastIndex(m, "=")
		level := LeftOut
		if i > 0 && m[i+1:] != leftOut {
			level = LevelOf(m[i+1:])
		}
		if i <= 0 || level == 0 {
			return out, Invalid("meaning", "应为“值=等级”，等级如 satisfied、dissatisfied", "expected KEY=LEVEL, with a level such as satisfied or dissatisfied")
		}
		out.Meaning[m[:i]] = level
	}
	return out, nil
}

// fileOperations are the import of what electronic raters export.
func (s *Ratings) fileOperations(h *api.API) {
	takesFile := func(path, id, summary string) api.Operation {
		op := h.Describe(http.MethodPost, path, id, summary, access.Desk)
		op.MaxBodyBytes, op.SkipValidateBody, op.Within = MaxFile, true, importingTime
		return op
	}
	api.Handle(h, takesFile("/ratings/files/preview", "previewRatingImport", "Read an electronic rater's export (csv or xlsx) and take nothing"),
		func(ctx context.Context, in *sent) (*RatingPreview, error) {
			f, err := in.file()
			if err != nil {
				return nil, err
			}
			return s.preview(ctx, f)
		})
	api.Handle(h, takesFile("/ratings/files/import", "importRatings", "Take the ratings of an electronic rater's export; what is known already changes nothing"),
		func(ctx context.Context, in *sent) (*Imported, error) {
			f, err := in.file()
			if err != nil {
				return nil, err
			}
			return s.Import(ctx, access.From(ctx), f)
		})
	api.Get(h, "/ratings/imports", "ratingImports", "Imports that were made, newest first", access.Desk,
		func(ctx context.Context, _ *api.None) ([]RatingFileImport, error) {
			all, err := s.Imports(ctx)
			if err != nil {
				return nil, err
			}
			return s.fileImports(ctx, all)
		})
}

func (s *Ratings) preview(ctx context.Context, f File) (*RatingPreview, error) {
	p, err := s.Preview(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &RatingPreview{SHA256: p.SHA256, Format: p.Format, Encoding: p.Encoding, Sheets: p.Sheets, Columns: p.Columns, Values: p.Values, Asks: p.Asks, Warnings: p.Warnings,
		Rows: p.Rows, Usable: p.Usable, Notes: p.Notes, NoteRows: p.NoteRows, Levels: p.Levels[:], Departments: p.Departments, First: p.First, Last: p.Last, Callable: p.Callable, NoItem: p.NoItem, Old: p.Old, Wrong: p.Wrong}
	for _, r := range p.Sample {
		out.Sample = append(out.Sample, RatingFileRow{Sheet: r.Sheet, Line: r.Line, Department: r.Department, Window: r.Window, Handler: r.Handler, CaseNo: r.CaseNo,
			Level: LevelWord(r.Level), RatedAt: r.RatedAt, Callable: r.Callable, Text: r.Text})
	}
	out.Before, err = s.fileImports(ctx, p.Before)
	return out, err
}

func (s *Ratings) fileImports(ctx context.Context, all []Import) ([]RatingFileImport, error) {
	names, err := s.people.Names(ctx)
	out := make([]RatingFileImport, len(all))
	for i, x := range all {
		out[i] = RatingFileImport{At: x.At, By: names[x.Account], Name: x.Name, SHA256: x.SHA256, Imported: x.Imported}
	}
	return out, err
}
