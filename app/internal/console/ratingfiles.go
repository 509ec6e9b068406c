package console

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/ratings"
)

// Preview reads a file and takes nothing.
func (s *Ratings) Preview(ctx context.Context, f ratings.File) (*httpapi.RatingPreview, error) {
	p, err := s.r.Preview(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &httpapi.RatingPreview{SHA256: p.SHA256, Format: p.Format, Encoding: p.Encoding, Sheet: p.Sheet, Rows: p.Rows, Usable: p.Usable,
		Levels: p.Levels[:], Numeric: p.Numeric, First: p.First, Last: p.Last, Callable: p.Callable, NoItem: p.NoItem}
	for _, c := range p.Columns {
		out.Columns = append(out.Columns, httpapi.RatingColumn(c))
	}
	for _, d := range p.Departments {
		out.Departments = append(out.Departments, httpapi.RatingFileCount(d))
	}
	for _, r := range p.Sample {
		out.Sample = append(out.Sample, httpapi.RatingFileRow{Line: r.Line, Department: r.Department, Window: r.Window, Handler: r.Handler, CaseNo: r.CaseNo,
			Level: levelWord(r.Level), RatedAt: r.RatedAt, Callable: r.Callable, Text: r.Text})
	}
	for _, w := range p.Wrong {
		out.Wrong = append(out.Wrong, httpapi.RatingFileFault(w))
	}
	out.Before, err = s.imports(ctx, p.Before)
	return out, err
}

// Import takes a file's ratings.
func (s *Ratings) Import(ctx context.Context, f ratings.File) (*httpapi.RatingImported, error) {
	n, err := s.r.Import(ctx, access.From(ctx), f)
	if err != nil {
		return nil, err
	}
	out := httpapi.RatingImported(*n)
	return &out, nil
}

// Imports lists the imports that were made.
func (s *Ratings) Imports(ctx context.Context) ([]httpapi.RatingFileImport, error) {
	all, err := s.r.Imports(ctx)
	if err != nil {
		return nil, err
	}
	return s.imports(ctx, all)
}

func (s *Ratings) imports(ctx context.Context, all []ratings.Import) ([]httpapi.RatingFileImport, error) {
	names, err := s.c.accounts.Names(ctx)
	out := make([]httpapi.RatingFileImport, len(all))
	for i, x := range all {
		out[i] = httpapi.RatingFileImport{At: x.At, By: names[x.Account], Name: x.Name, SHA256: x.SHA256, RatingImported: httpapi.RatingImported(x.Imported)}
	}
	return out, err
}
