package api

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/access"
)

// JPEG is the media type of pictures.
const JPEG = "image/jpeg"

type picture struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// Picture registers where a picture (JPEG) is read.
func Picture[I any](a *API, path, id, summary string, may []access.Role, read func(context.Context, *I) ([]byte, error)) {
	op := a.Describe(http.MethodGet, path, id, summary, may)
	huma.Register(a.huma, op.Operation, func(ctx context.Context, in *I) (*picture, error) {
		b, err := read(ctx, in)
		if err != nil {
			return nil, ProblemOf(ctx, a.log, err)
		}
		return &picture{JPEG, b}, nil
	})
}

type attached struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Options     string `header:"X-Content-Type-Options"`
	Body        []byte
}

// Attached registers where a file that somebody sent is read. It is for keeping and
// never for a browser to open within the console's pages.
func Attached[I any](a *API, path, id, summary string, may []access.Role, read func(context.Context, *I) (name, media string, content []byte, err error)) {
	op := a.Describe(http.MethodGet, path, id, summary, may)
	op.Responses["200"] = &huma.Response{Description: "The file", Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
	huma.Register(a.huma, op.Operation, func(ctx context.Context, in *I) (*attached, error) {
		name, media, b, err := read(ctx, in)
		if err != nil {
			return nil, ProblemOf(ctx, a.log, err)
		}
		return &attached{media, "attachment; filename*=UTF-8''" + url.PathEscape(name), "nosniff", b}, nil
	})
}
