package httpapi

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/export"
)

// exports registers the file downloads.
func (a *oldAPI) exports() {
	huma.Register(a.huma, exportOperation("cases", "exportCases", "Cases as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		CaseFilter
	}) (*huma.StreamResponse, error) {
		q, err := in.query()
		return a.Download("cases", "办件", in.Format, in.CaseFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Cases(w, f, func(each func(*casefile.Case) error) error { return v.EachCase(q, each) })
			})
		}), nil
	})
	huma.Register(a.huma, exportOperation("findings", "exportFindings", "Findings as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		FindingFilter
	}) (*huma.StreamResponse, error) {
		q, err := in.query()
		return a.Download("findings", "异常", in.Format, in.FindingFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Findings(w, f, func(each func(*casefile.Finding) error) error { return v.EachFinding(q, each) })
			})
		}), nil
	})
	huma.Register(a.huma, exportOperation("overdue", "exportOverdue", "The overdue register as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		ReportFilter
	}) (*huma.StreamResponse, error) {
		return a.Download("overdue", "超时登记", in.Format, in.ReportFilter, nil, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Overdue(w, f, func(each func(*casefile.OverdueRow) error) error { return v.EachOverdue(in.query(), each) })
			})
		}), nil
	})
	huma.Register(a.huma, exportOperation("rejections", "exportRejections", "The register of rejections as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		ReportFilter
	}) (*huma.StreamResponse, error) {
		return a.Download("rejections", "否定报备", in.Format, in.ReportFilter, nil, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Rejections(w, f, func(each func(*casefile.RejectionRow) error) error { return v.EachRejection(in.query(), each) })
			})
		}), nil
	})
	huma.Register(a.huma, exportOperation("authorizations", "exportAuthorizations", "Chief-representative authorizations as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		AuthorizationFilter
	}) (*huma.StreamResponse, error) {
		return a.Download("authorizations", "首席代表授权", in.Format, in.AuthorizationFilter, nil, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Authorizations(w, f, func(each func(*casefile.AuthorizationRow) error) error {
					return v.EachAuthorization(in.query(), in.Status, each)
				})
			})
		}), nil
	})
}

func exportOperation(what, id, summary string) huma.Operation {
	op := operation(http.MethodGet, "/exports/"+what, id, summary)
	content := map[string]*huma.MediaType{}
	for _, f := range []export.Format{export.CSV, export.JSON, export.XLSX} {
		content[f.ContentType()] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	op.Responses["200"] = &huma.Response{Description: "The file", Content: content}
	return op
}
