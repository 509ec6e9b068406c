package api

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

	"github.com/mingcha-console/mingcha/app/internal/list"
)

// Download answers with a file that is written as it is read. That it leaves
// the console is journaled first.
func (a *API) Download(name, zh, format string, filter any, err error, write func(context.Context, io.Writer, list.File) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		if err == nil {
			err = a.desk.Exported(r.Context(), name, format, filter)
		}
		if err != nil {
			ProblemOf(r.Context(), a.log, err).Write(w)
			return
		}
		f, err := a.file(r.Context(), list.Format(format))
		if err != nil {
			ProblemOf(r.Context(), a.log, err).Write(w)
			return
		}
		d := &download{w: w, control: http.NewResponseController(w), begin: func(h http.Header) {
			day := a.desk.Now().In(list.Zone).Format(time.DateOnly)
			h.Set("Content-Type", f.Format.ContentType())
			h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s.%s"; filename*=UTF-8''%s-%s.%s`,
				name, day, f.Format, url.PathEscape(zh), day, f.Format))
		}}
		if f.Format == list.CSV {
			d.held.WriteString(list.BOM)
		}
		if err := write(r.Context(), d, f); err != nil {
			a.broken(r.Context(), w, d, err)
			return
		}
		_ = d.send() // the client is gone
	}}
}

// file is what a download writes; only xlsx shows departments by their names.
func (a *API) file(ctx context.Context, format list.Format) (list.File, error) {
	f := list.File{Format: format, At: a.desk.Now()}
	if format != list.XLSX {
		return f, nil
	}
	var err error
	f.Departments, err = a.desk.Departments(ctx)
	return f, err
}

// broken ends a download that failed. Once part of it is with the client, only
// a connection that breaks tells it that the file is not whole.
func (a *API) broken(ctx context.Context, w http.ResponseWriter, d *download, err error) {
	if !d.begun {
		ProblemOf(ctx, a.log, err).Write(w)
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
