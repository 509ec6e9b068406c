package httpapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/export"
)

// exports registers the file downloads.
func (a *api) exports() {
	huma.Register(a.huma, exportOperation("cases", "exportCases", "Cases as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		CaseFilter
	}) (*huma.StreamResponse, error) {
		q, err := in.query()
		return a.download("cases", "办件", in.Format, in.CaseFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
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
		return a.download("findings", "异常", in.Format, in.FindingFilter, err, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Findings(w, f, func(each func(*casefile.Finding) error) error { return v.EachFinding(q, each) })
			})
		}), nil
	})
	huma.Register(a.huma, exportOperation("overdue", "exportOverdue", "The overdue register as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		ReportFilter
	}) (*huma.StreamResponse, error) {
		return a.download("overdue", "超时登记", in.Format, in.ReportFilter, nil, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Overdue(w, f, func(each func(*casefile.OverdueRow) error) error { return v.EachOverdue(in.query(), each) })
			})
		}), nil
	})
	huma.Register(a.huma, exportOperation("rejections", "exportRejections", "The register of rejections as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		ReportFilter
	}) (*huma.StreamResponse, error) {
		return a.download("rejections", "否定报备", in.Format, in.ReportFilter, nil, func(ctx context.Context, w io.Writer, f export.File) error {
			return a.cases.View(ctx, func(v *casefile.View) error {
				return export.Rejections(w, f, func(each func(*casefile.RejectionRow) error) error { return v.EachRejection(in.query(), each) })
			})
		}), nil
	})
	huma.Register(a.huma, exportOperation("authorizations", "exportAuthorizations", "Chief-representative authorizations as a file"), func(_ context.Context, in *struct {
		Format string `query:"format" enum:"csv,json,xlsx" default:"csv"`
		AuthorizationFilter
	}) (*huma.StreamResponse, error) {
		return a.download("authorizations", "首席代表授权", in.Format, in.AuthorizationFilter, nil, func(ctx context.Context, w io.Writer, f export.File) error {
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
	op.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: content}}
	return op
}

// download answers with a file that is written as it is read. That it leaves
// the console is journaled first.
func (a *api) download(name, zh, format string, filter any, err error, write func(context.Context, io.Writer, export.File) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		if err == nil {
			err = a.people.Exported(r.Context(), name, format, filter)
		}
		if err != nil {
			problemOf(r.Context(), a.log, err).write(w)
			return
		}
		f, err := a.file(r.Context(), export.Format(format))
		if err != nil {
			problemOf(r.Context(), a.log, err).write(w)
			return
		}
		d := &download{w: w, control: http.NewResponseController(w), begin: func(h http.Header) {
			day := a.console.Now().In(officeZone).Format(time.DateOnly)
			h.Set("Content-Type", f.Format.ContentType())
			h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s.%s"; filename*=UTF-8''%s-%s.%s`,
				name, day, f.Format, url.PathEscape(zh), day, f.Format))
		}}
		if f.Format == export.CSV {
			d.held.WriteString(export.BOM)
		}
		if err := write(r.Context(), d, f); err != nil {
			a.broken(r.Context(), w, d, err)
			return
		}
		_ = d.send() // the client is gone
	}}
}

// file is what a download writes; only xlsx shows departments by their names.
func (a *api) file(ctx context.Context, format export.Format) (export.File, error) {
	f := export.File{Format: format}
	if format != export.XLSX {
		return f, nil
	}
	all, err := casefile.Read(ctx, a.cases, (*casefile.View).Departments)
	f.Departments = make(map[string]string, len(all))
	for i := range all {
		f.Departments[all[i].Code] = all[i].Name
	}
	return f, err
}

// broken ends a download that failed. Once part of it is with the client, only
// a connection that breaks tells it that the file is not whole.
func (a *api) broken(ctx context.Context, w http.ResponseWriter, d *download, err error) {
	if !d.begun {
		problemOf(ctx, a.log, err).write(w)
		return
	}
	a.log.WarnContext(ctx, "an export broke off", "error", err)
	panic(http.ErrAbortHandler) // the window's bridge takes it for a broken connection too
}

const (
	// heldBytes of a download are kept back, so that what fails early fails
	// with a sentence and not with half a file.
	heldBytes = 64 << 10
	// stall is how long a client may leave a download lying.
	stall = time.Minute
)

// download is the body of a file, of which the beginning is kept back.
type download struct {
	w       http.ResponseWriter
	control *http.ResponseController
	begin   func(http.Header)
	held    bytes.Buffer
	begun   bool
}

func (d *download) Write(b []byte) (int, error) {
	d.held.Write(b)
	if d.held.Len() < heldBytes {
		return len(b), nil
	}
	return len(b), d.send()
}

func (d *download) send() error {
	if !d.begun {
		d.begun = true
		d.begin(d.w.Header())
		d.w.WriteHeader(http.StatusOK)
	}
	// Inside the window there is no connection that could stall.
	_ = d.control.SetWriteDeadline(time.Now().Add(stall))
	_, err := d.held.WriteTo(d.w)
	return err
}
