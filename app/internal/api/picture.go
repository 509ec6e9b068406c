package api

import (
	"context"
	"net/http"

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
