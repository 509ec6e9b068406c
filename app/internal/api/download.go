package api

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Download answers with a file. That it leaves the console is journaled first. The
// file is put together whole when its turn has come, and only then sent: neither the
// queue nor the database waits for who fetches it.
func (a *API) Download(name, zh, format string, filter any, err error, write func(context.Context, io.Writer, list.File) error) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		if err == nil {
			err = a.desk.Files.queue(r.Context(), w)
		}
		if err == nil {
			err = a.putTogether(r.Context(), w, name, zh, format, filter, write)
		}
		if err != nil {
			startAnew(w)
			ProblemOf(r.Context(), a.log, err).Write(w)
		}
	}}
}

func (a *API) putTogether(ctx context.Context, w http.ResponseWriter, name, zh, format string, filter any, write func(context.Context, io.Writer, list.File) error) error {
	release, err := a.desk.Files.wait(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := a.desk.Exported(ctx, name, format, filter); err != nil {
		return err
	}
	ctx = store.ForFile(ctx)
	f, err := a.file(ctx, list.Format(format))
	if err != nil {
		return err
	}
	h, day := w.Header(), a.desk.Now().In(list.Zone).Format(time.DateOnly)
	h.Set("Content-Type", f.Format.ContentType())
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s.%s"; filename*=UTF-8''%s-%s.%s`,
		name, day, f.Format, url.PathEscape(zh), day, f.Format))
	if f.Journal != nil {
		h.Set(JournalHeader, f.Journal.Line())
		h.Set(CheckpointHeader, base64.StdEncoding.EncodeToString([]byte(f.Journal.Note)))
	}
	if f.Format == list.CSV {
		if _, err := io.WriteString(w, list.BOM); err != nil {
			return err
		}
	}
	return write(ctx, w, f)
}

// What a file's answer says of the journal that it was written from: origin,
// number of records and root; and the signed checkpoint (base64 of the note).
// Files that programs read stay as they are.
const (
	JournalHeader    = "Mingcha-Journal"
	CheckpointHeader = "Mingcha-Checkpoint"
)

// startAnew drops what was written of an answer.
func startAnew(w http.ResponseWriter) {
	for w != nil {
		if x, can := w.(interface{ Anew() error }); can {
			_ = x.Anew() // a temporary file may stay until the next start
		}
		inner, wraps := w.(interface{ Unwrap() http.ResponseWriter })
		if !wraps {
			return
		}
		w = inner.Unwrap()
	}
}

// file is what a download writes; only xlsx shows departments by their names.
func (a *API) file(ctx context.Context, format list.Format) (list.File, error) {
	f := list.File{Format: format, At: a.desk.Now()}
	var err error
	if a.desk.Journal != nil {
		if f.Journal, err = a.desk.Journal(ctx); err != nil {
			return f, err
		}
	}
	if format != list.XLSX {
		return f, nil
	}
	f.Departments, err = a.desk.Departments(ctx)
	return f, err
}
